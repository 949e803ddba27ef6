"""Several processes as one: started together, watched, and stopped together. It knows nothing of what they do."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping

LOOPBACK = "127.0.0.1"
GRACE = 25.0  # seconds for a process to finish what it is doing, once told to stop
LOOK_EVERY = 0.05
Running = Mapping[str, subprocess.Popen[bytes]]
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class CannotStart(Exception):
    """Something keeps the centre from starting; the text says what, and what to do."""


def free_port(text: str | None, host: str = LOOPBACK) -> int:
    """The port that PORT names, or 8000; raises CannotStart when it is no port or somebody else has it."""
    text = text or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise CannotStart(f"PORT is {text!r}; it must be a number from 1 to 65535.")
    if not is_free(int(text), host):
        raise CannotStart(f"Port {text} is taken by another program; stop that one, or choose another: PORT={next_free_ports(int(text), 1)[0]}")
    return int(text)


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """Whether we could listen on that port now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def next_free_ports(after: int, count: int) -> list[int]:
    """The next *count* ports above *after* that nobody uses."""
    candidates = (port for port in range(after + 1, 65536) if is_free(port))
    return [next(candidates) for _ in range(count)]


def listens(port: int, host: str = LOOPBACK) -> bool:
    """Whether somebody answers on that port."""
    with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=0.2):
        return True
    return False


def run_together(commands: Mapping[str, list[str]], environment: Mapping[str, str], *, is_ready: Callable[[], bool], say_ready: Callable[[], None]) -> int:
    """Run the named commands until a signal comes or one of them ends, then stop all; returns the exit code.

    *say_ready* is called once, as soon as *is_ready* says so.
    """
    told_to_stop = threading.Event()
    with _stopping(told_to_stop):
        running = {name: _start(command, environment) for name, command in commands.items()}
        try:
            ended = _watch(running, told_to_stop, is_ready, say_ready)
        finally:
            told_to_stop.clear()
            _stop(running, told_to_stop)
    if ended:
        print(f"The {ended} ended by itself (exit code {running[ended].returncode}), so everything was stopped.", file=sys.stderr)
    return 1 if ended else 0


@contextlib.contextmanager
def _stopping(event: threading.Event) -> Iterator[None]:
    """Let the signals that mean “stop” set *event* inside the block."""
    before = {each: signal.signal(each, lambda *_: event.set()) for each in STOPS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _start(command: list[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a command in a session of its own, so that Ctrl-C reaches only us and we decide the order."""
    end_with_us = _end_with_parent if sys.platform == "linux" else None
    return subprocess.Popen(command, env=dict(environment), stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=end_with_us)


def _end_with_parent() -> None:
    """Ask Linux to end this process when its parent dies, even by a signal that nobody can catch."""
    import ctypes

    set_parent_death_signal = 1
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)


def _watch(
    running: Mapping[str, subprocess.Popen[bytes]], told_to_stop: threading.Event, is_ready: Callable[[], bool], say_ready: Callable[[], None]
) -> str | None:
    """Wait until told to stop (None) or until a process ends (its name)."""
    said = False
    while not told_to_stop.wait(LOOK_EVERY):
        for name, process in running.items():
            if process.poll() is not None:
                return name
        if not said and is_ready():
            said = True
            say_ready()
    return None


def _stop(running: Running, again: threading.Event) -> None:
    """Ask all to stop, wait, and end what is left; a second signal ends the waiting."""
    for process in running.values():
        process.terminate()
    deadline = time.monotonic() + GRACE
    while any(process.poll() is None for process in running.values()):
        if time.monotonic() > deadline or again.wait(LOOK_EVERY):
            break
    for process in running.values():
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
