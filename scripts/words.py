"""Gathers the words that people read and brings the catalogues of translations up to date with them."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = ("_l", "_nl:1,2", "lazy_gettext", "lazy_ngettext:1,2", "lazy_pgettext:1c,2", "pgettext_lazy:1c,2")


def gather(target: Path) -> None:
    """Write every word of the code and the templates into *target*, a catalogue without translations."""
    keywords = [part for keyword in KEYWORDS for part in ("-k", keyword)]
    options = ["--mapping-file", "babel.cfg", "--add-location=file", "--sort-by-file", "--no-wrap", "--omit-header", "--output-file", str(target)]
    run("extract", *options, *keywords, ".")


def update() -> None:
    """Bring every catalogue up to date: new words come in untranslated, words that are gone go."""
    with tempfile.TemporaryDirectory() as folder:
        words = Path(folder) / "words.pot"
        gather(words)
        for catalogue in ROOT.glob("translations/*/LC_MESSAGES/messages.po"):
            language = catalogue.parts[-3]
            options = ["--no-fuzzy-matching", "--ignore-obsolete", "--no-wrap", "--ignore-pot-creation-date"]
            run("update", *options, "--input-file", str(words), "--output-file", str(catalogue), "--locale", language)


def run(*arguments: str) -> None:
    """Run pybabel quietly in the checkout; raises when it fails."""
    subprocess.run([sys.executable, "-m", "babel.messages.frontend", "--quiet", *arguments], cwd=ROOT, check=True)


if __name__ == "__main__":
    update()
