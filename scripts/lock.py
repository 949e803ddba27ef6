"""Writes the lock files anew: names, versions and hashes, and nothing that says where they came from.

Run it after a change of pyproject.toml or package.json; it needs the network, and uv only in a throw-away environment.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUIET = ("--universal", "--generate-hashes", "--python-version", "3.11", "--no-header", "--no-annotate", "--no-emit-index-url", "--quiet")


def main() -> None:
    """Write all three locks."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        run(f"{folder}/bin/python", "-m", "pip", "install", "--quiet", "uv")
        uv = (f"{folder}/bin/uv", "pip", "compile", *QUIET, "pyproject.toml")
        run(*uv, "--output-file", "requirements.txt")
        run(*uv, "--extra", "test", "--constraint", "requirements.txt", "--output-file", "requirements-test.txt")
    run("npm", "install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund")
    strip(ROOT / "package-lock.json")


def strip(lock: Path) -> None:
    """Remove addresses from npm's lock; it installs by name, version and hash."""
    whole = json.loads(lock.read_text())
    for package in whole["packages"].values():
        for unneeded in ("funding", "resolved"):
            package.pop(unneeded, None)
    lock.write_text(json.dumps(whole, indent=2) + "\n")


def run(*command: str) -> None:
    """Run a command in the checkout; raises when it fails."""
    subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
