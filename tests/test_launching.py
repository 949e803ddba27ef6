"""The processes of a run live and die together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from privacy_center import processes
from privacy_center.processes import CannotStart, Part, run_together
from privacy_center.settings import PREFIX

ROOT = Path(__file__).parents[1]
SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]


def ends(code: int) -> list[str]:
    """A command that ends at once."""
    return [sys.executable, "-c", f"raise SystemExit({code})"]


def start(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`python app.py` with these settings and no others."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return subprocess.run([sys.executable, "app.py", *words], cwd=ROOT, env={**plain, **environment}, capture_output=True, text=True, check=False, timeout=60)


def free_port() -> str:
    """A port that nobody has."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return str(probe.getsockname()[1])


def test_when_one_process_ends_it_is_named_and_the_rest_are_stopped(capsys: pytest.CaptureFixture[str]) -> None:
    begun = time.monotonic()

    code = run_together([Part("worker", SLEEPS), Part("site", ends(3))], os.environ, lambda: None)

    assert code == 1
    assert "The site ended by itself (exit code 3), so everything was stopped." in capsys.readouterr().err
    assert time.monotonic() - begun < 10


def noting(pid: Path) -> Part:
    """A part that notes its number, and sleeps."""
    code = f"import os, pathlib, time; pathlib.Path({str(pid)!r}).write_text(str(os.getpid())); time.sleep(60)"
    return Part("worker", [sys.executable, "-c", code], lambda: pid.exists() and bool(pid.read_text()))


def is_alive(pid: Path) -> bool:
    """Whether the process of that number runs; one that has ended, and that nobody has asked about yet, doesn't."""
    try:
        os.kill(int(pid.read_text()), 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid.read_text()}/status")
    return not (status.exists() and "State:\tZ" in status.read_text())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_all_and_nothing_is_left(number: signal.Signals, tmp_path: Path) -> None:
    pid = tmp_path / "pid"

    code = run_together([noting(pid)], os.environ, lambda: os.kill(os.getpid(), number))

    assert code == 0
    assert not is_alive(pid)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can be asked for it")
def test_when_the_launcher_is_killed_its_processes_end_too(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    run = f"import os, pathlib, tests.test_launching as t; t.run_together([t.noting(pathlib.Path({str(pid)!r}))], os.environ, lambda: os.kill(os.getpid(), 9))"

    subprocess.run([sys.executable, "-c", run], cwd=ROOT, check=False, timeout=30)

    deadline = time.monotonic() + 10
    while is_alive(pid):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_process_that_will_not_stop_is_ended_at_a_second_signal(tmp_path: Path) -> None:
    note = tmp_path / "deaf"
    deaf = [sys.executable, "-c", f"import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); open({str(note)!r}, 'w'); time.sleep(60)"]
    threading.Timer(1.5, os.kill, (os.getpid(), signal.SIGTERM)).start()
    begun = time.monotonic()

    run_together([Part("worker", deaf, note.exists)], os.environ, lambda: os.kill(os.getpid(), signal.SIGTERM))

    assert time.monotonic() - begun < processes.GRACE / 2


def test_a_part_is_started_when_the_one_before_it_is_ready(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    wait_and_touch = "import pathlib, sys, time; time.sleep(0.3); pathlib.Path(sys.argv[1]).touch(); time.sleep(60)"
    look_and_touch = "import pathlib, sys, time; assert pathlib.Path(sys.argv[2]).exists(); pathlib.Path(sys.argv[1]).touch(); time.sleep(60)"
    parts = [
        Part("first", [sys.executable, "-c", wait_and_touch, str(first)], first.exists),
        Part("second", [sys.executable, "-c", look_and_touch, str(second), str(first)], second.exists),
    ]

    assert run_together(parts, os.environ, lambda: os.kill(os.getpid(), signal.SIGINT)) == 0


def test_a_taken_port_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = start(PORT=str(port))

    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} is taken by another program; stop that one, or choose another: PORT=")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1"])
def test_a_port_that_is_none_is_one_sentence(port: str) -> None:
    with pytest.raises(CannotStart, match="must be a number from 1 to 65535"):
        processes.free_port(port)


def test_without_the_sandbox_everything_that_is_missing_is_said_at_once() -> None:
    done = start(PORT=free_port())

    assert done.returncode == 1
    assert done.stderr.startswith("The settings don't allow a start:\n- ")
    for name in ("SECRET_KEY", "BASE_URL", "ZAI_CLIENT_ID", "MAIL_SERVER", "FEEDBACK_DIGEST_SALT"):
        assert PREFIX + name in done.stderr
    assert "Traceback" not in done.stderr


def test_the_sandbox_listens_to_nobody_else(tmp_path: Path) -> None:
    done = start(PORT=free_port(), HOST="0.0.0.0", INSTANCE=str(tmp_path), PRIVACY_CENTER_SANDBOX="1")

    assert done.returncode == 1
    assert done.stderr == "PRIVACY_CENTER_SANDBOX=1 serves loopback only, but HOST is 0.0.0.0.\n"


def test_outside_the_sandbox_the_operator_brings_the_database_up_to_date(tmp_path: Path) -> None:
    given = {"SECRET_KEY": "s" * 32, "BASE_URL": "https://privacy.example", "ZAI_CLIENT_ID": "c", "MAIL_SERVER": "localhost", "FEEDBACK_DIGEST_SALT": "x"}

    done = start(PORT=free_port(), INSTANCE=str(tmp_path), **{PREFIX + name: value for name, value in given.items()})

    assert done.returncode == 1
    lacking = len(list((ROOT / "privacy_center/migrations").glob("0*.py")))
    assert done.stderr == f"The database lacks {lacking} migration(s), beginning with 0001_first_edition; run: flask db upgrade\n"


def test_a_database_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    done = start(
        PORT=free_port(), INSTANCE=str(tmp_path), PRIVACY_CENTER_SANDBOX="1", PRIVACY_CENTER_DATABASE_URL="postgresql://nobody:opensesame@127.0.0.1:9/none"
    )

    assert done.returncode == 1
    assert done.stderr.startswith("The database does not answer:")
    assert "opensesame" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
