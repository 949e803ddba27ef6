"""Sets the checkout up for `make`: virtual environment, locked packages, front-end files, translations.

It needs nothing but Python's own library, and does again only what a lock file says has changed.
Even a Python that is too old must be able to read it, and to say so.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENDOR = ROOT / "static" / "vendor"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20
FRONT_END = ("htmx.org/dist/htmx.min.js", "@picocss/pico/css/pico.min.css")
PIP = ("--quiet", "--no-input", "--disable-pip-version-check", "--require-hashes")
LOCKS = {"run": "requirements.txt", "test": "requirements-test.txt"}


class CannotSetUp(Exception):
    """Something that this machine lacks; the text says what, and what to do."""


def main(purpose: str) -> None:
    """Set up for *purpose*, `run` or `test`; ends with one sentence when the machine lacks something."""
    sys.path.insert(0, str(ROOT))
    try:
        check_python()
        if purpose == "run":
            check_port()
        if not front_end_is_there(purpose):
            check_node()
        make_environment()
        install_packages(purpose)
        install_front_end(purpose)
        compile_translations()
        if purpose == "test":
            from scripts.chromium import install

            install()
    except CannotSetUp as problem:
        sys.exit(str(problem))


def check_python() -> None:
    """Refuse a Python that is too old, and say how to name another."""
    if sys.version_info < OLDEST_PYTHON:
        here = ".".join(str(part) for part in sys.version_info[:2])
        raise CannotSetUp(f"Python 3.11 or newer is needed, and this is Python {here}; name a newer one: make run PYTHON=python3.12")


def check_port() -> None:
    """Refuse a port that is taken before anything slow is done; the launcher looks again."""
    from privacy_center.processes import CannotStart, free_port

    try:
        free_port(os.environ.get("PORT"))
    except CannotStart as problem:
        raise CannotSetUp(str(problem)) from problem


def make_environment() -> None:
    """Make .venv, unless one with this very Python is there."""
    wanted = "version = {}.{}.".format(*sys.version_info)
    if (VENV / "bin" / "python").exists() and wanted in (VENV / "pyvenv.cfg").read_text():
        return
    say("Making a virtual environment in .venv")
    try:
        run(sys.executable, "-m", "venv", "--clear", str(VENV))
    except CannotSetUp as problem:
        raise CannotSetUp(f"{problem}\nPython's own venv module can't make an environment; on Debian and Ubuntu: apt-get install python3-venv") from problem


def install_packages(purpose: str) -> None:
    """Install the packages of the lock, each checked against its hash."""
    if is_done(purpose):
        return
    say(f"Installing the packages of {LOCKS[purpose]}")
    try:
        run(str(VENV / "bin" / "python"), "-m", "pip", "install", *PIP, "-r", LOCKS[purpose])
    except CannotSetUp as problem:
        raise CannotSetUp(f"{problem}\nThe packages of {LOCKS[purpose]} could not be installed; is the network there?") from problem
    for done in ("run", "test") if purpose == "test" else ("run",):
        stamp_of(done).write_text(digest_of(LOCKS[done]))


def is_done(purpose: str) -> bool:
    """Whether the lock's packages are there: the stamp that was left names the lock's present contents."""
    stamp = stamp_of(purpose)
    return stamp.exists() and stamp.read_text() == digest_of(LOCKS[purpose])


def stamp_of(purpose: str) -> Path:
    """The file that notes which lock was installed."""
    return VENV / f"installed-for-{purpose}"


def install_front_end(purpose: str) -> None:
    """Fetch the front-end files from npm and copy them to where the site serves them."""
    if front_end_is_there(purpose):
        return
    say("Installing the front-end files")
    leave_out = ["--omit=dev"] if purpose == "run" else []
    try:
        run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", *leave_out)
    except CannotSetUp as problem:
        raise CannotSetUp(f"{problem}\nThe front-end files could not be installed from npm; is the network there?") from problem
    VENDOR.mkdir(parents=True, exist_ok=True)
    for each in FRONT_END:
        shutil.copyfile(ROOT / "node_modules" / each, VENDOR / Path(each).name)
    for done in ("run", "test") if purpose == "test" else ("run",):
        (VENDOR / f".installed-for-{done}").write_text(digest_of("package-lock.json"))


def front_end_is_there(purpose: str) -> bool:
    """Whether the files are where the site serves them, as the lock has them now."""
    stamp = VENDOR / f".installed-for-{purpose}"
    whole = all((VENDOR / Path(each).name).exists() for each in FRONT_END)
    return whole and stamp.exists() and stamp.read_text() == digest_of("package-lock.json")


def check_node() -> None:
    """Refuse a machine without npm, or with a Node that is too old."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise CannotSetUp(f"{program} is missing; install Node.js {OLDEST_NODE} or newer with npm, which fetches the front-end files.")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout.strip()
    major = version.lstrip("v").partition(".")[0]
    if not major.isdigit() or int(major) < OLDEST_NODE:
        raise CannotSetUp(f"Node.js {OLDEST_NODE} or newer is needed, and this is {version or 'none that answers'}.")


def compile_translations() -> None:
    """Compile each catalogue that is newer than its compiled form."""
    stale = [each for each in ROOT.glob("translations/*/LC_MESSAGES/*.po") if is_stale(each)]
    if stale:
        run(str(VENV / "bin" / "pybabel"), "--quiet", "compile", "--directory", "translations")


def is_stale(catalogue: Path) -> bool:
    """Whether the compiled form of a catalogue is missing or older."""
    compiled = catalogue.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime


def digest_of(name: str) -> str:
    """The SHA-256 of one of the checkout's files."""
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def run(*command: str) -> None:
    """Run a command quietly; raises CannotSetUp with what it said when it fails."""
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        raise CannotSetUp("\n".join(done.stdout.splitlines()[-20:]))


def say(words: str) -> None:
    """Tell what is being done, as it may take a while."""
    print(f"{words} …", flush=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "run")
