"""What a machine lacks is said in a sentence, and what is there is not done again."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import chromium, set_up

ROOT = Path(__file__).parents[1]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout in which everything has been installed."""
    for lock in (*set_up.LOCKS.values(), "package-lock.json"):
        (tmp_path / lock).write_text(f"what {lock} says")
    for name in ("ROOT", "VENV", "VENDOR"):
        monkeypatch.setattr(set_up, name, tmp_path / str(getattr(set_up, name).relative_to(ROOT)))
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / "static" / "vendor").mkdir(parents=True)
    return tmp_path


def program(folder: Path, name: str, says: str = "", code: int = 0) -> None:
    """A program in *folder* that says something and ends."""
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{says}'\nexit {code}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_an_old_python_is_refused_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))

    with pytest.raises(SystemExit, match=r"^Python 3\.11 or newer is needed, and this is Python 3\.9; name a newer one: make run PYTHON=python3\.12$"):
        set_up.main("run")


def test_a_taken_port_is_refused_before_anything_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))

        with pytest.raises(SystemExit, match=rf"^Port {port} is taken by another program; stop that one, or choose another: PORT=\d+$"):
            set_up.main("run")


def test_a_missing_npm_is_refused_in_one_sentence(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(checkout, "node", "v22.1.0")
    monkeypatch.setenv("PATH", str(checkout))

    with pytest.raises(set_up.CannotSetUp, match=r"^npm is missing; install Node\.js 20 or newer with npm"):
        set_up.check_node()


def test_an_old_node_is_refused_in_one_sentence(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(checkout, "node", "v18.19.0")
    program(checkout, "npm")
    monkeypatch.setenv("PATH", str(checkout))

    with pytest.raises(set_up.CannotSetUp, match=r"^Node\.js 20 or newer is needed, and this is v18\.19\.0\.$"):
        set_up.check_node()


def test_what_pip_says_when_it_fails_is_shown(checkout: Path) -> None:
    program(checkout / ".venv" / "bin", "python", "ERROR: hashes do not match", 1)

    with pytest.raises(set_up.CannotSetUp, match=r"hashes do not match\n.*could not be installed; is the network there\?"):
        set_up.install_packages("run")
    assert not set_up.is_done("run")


def test_packages_are_installed_once_for_each_lock(checkout: Path) -> None:
    program(checkout / ".venv" / "bin", "python")
    set_up.install_packages("run")
    program(checkout / ".venv" / "bin", "python", "asked again", 1)

    set_up.install_packages("run")
    (checkout / "requirements.txt").write_text("another lock")

    with pytest.raises(set_up.CannotSetUp, match="asked again"):
        set_up.install_packages("run")


def test_what_is_installed_for_the_tests_serves_the_run_too(checkout: Path) -> None:
    program(checkout / ".venv" / "bin", "python")

    set_up.install_packages("test")

    assert set_up.is_done("run")


def test_front_end_files_go_where_the_site_serves_them(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(set_up, "run", lambda *_command: None)
    for each in set_up.FRONT_END:
        (checkout / "node_modules" / each).parent.mkdir(parents=True, exist_ok=True)
        (checkout / "node_modules" / each).write_text(each)

    set_up.install_front_end("run")

    assert set_up.front_end_is_there("run")
    assert {each.name for each in (checkout / "static" / "vendor").iterdir()} >= {"htmx.min.js", "pico.min.css"}


def test_a_catalogue_is_compiled_when_it_has_changed(tmp_path: Path) -> None:
    words, compiled = tmp_path / "messages.po", tmp_path / "messages.mo"
    words.touch()
    assert set_up.is_stale(words)

    compiled.touch()
    os.utime(words, (0, 0))

    assert not set_up.is_stale(words)


def test_the_chromium_that_is_named_is_the_one_that_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CENTRE_CHROMIUM", "/somewhere/chromium")

    assert chromium.found() == "/somewhere/chromium"


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any Chromium; returns the folder that is its path and where Playwright puts what it downloads."""
    monkeypatch.delenv("CENTRE_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "DOWNLOADS", ())
    monkeypatch.setattr(chromium, "APPLICATIONS", ())
    return tmp_path


def put(file: Path) -> str:
    """Put a program there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o755)
    return str(file)


@pytest.mark.parametrize("place", ["chromium-1200/chrome-linux/chrome", "chromium_headless_shell-1200/chrome-headless-shell-linux64/chrome-headless-shell"])
def test_a_chromium_that_playwright_downloaded_is_found(bare: Path, place: str) -> None:
    downloaded = put(bare / place)

    assert chromium.found() == downloaded


def test_a_headless_shell_comes_before_a_whole_browser(bare: Path) -> None:
    put(bare / "chromium")
    shell = put(bare / "chromium-headless-shell")

    assert chromium.found() == shell


@pytest.mark.parametrize("brought", ["chromium-headless-shell", None])
def test_where_there_is_a_whole_browser_only_the_shell_is_asked_of_the_system_and_nothing_is_downloaded(
    bare: Path, brought: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, asked = put(bare / "chromium"), []
    put(bare / "apt-get")
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)

    def run(command: list[str], **_how: object) -> None:
        asked.append(" ".join(command[:2]))
        if brought and "install" in command:
            put(bare / brought)

    monkeypatch.setattr(chromium.subprocess, "run", run)

    chromium.install()

    assert asked == ["apt-get update", "apt-get install"]
    assert chromium.found() == (str(bare / brought) if brought else browser)


def test_without_any_chromium_the_set_up_says_what_to_do(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium.subprocess, "run", lambda *_command, **_how: None)

    with pytest.raises(SystemExit, match="CENTRE_CHROMIUM=/path/to/chromium make test"):
        chromium.install()


def test_make_explains_every_command() -> None:
    said = subprocess.run(["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert [line.split()[1] for line in said.splitlines()] == ["help", "run", "test", "check", "bench"]
    assert all(len(line.split()) > 4 for line in said.splitlines())


def test_make_says_when_there_is_no_python() -> None:
    done = subprocess.run(["make", "run", "PYTHON=no-such-python"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode != 0
    assert "no-such-python is missing; install Python 3.11 or newer" in done.stdout
