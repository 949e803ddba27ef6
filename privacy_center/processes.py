"""Several processes as one: started together, watched, and stopped together. It knows nothing of what they do."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

LOOPBACK = "127.0.0.1"
GRACE = 25.0  # seconds for a process to finish what it is doing, once told to stop
LOOK_EVERY = 0.05
Running = dict[str, subprocess.Popen[bytes]]
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
            probe.bind((host.strip("[]"), port))
        except OSError:
            return False
    return True


def next_free_ports(after: int, count: int) -> list[int]:
    """The next *count* ports above *after* that nobody uses."""
    candidates = (port for port in range(after + 1, 65536) if is_free(port))
    return [next(candidates) for _ in range(count)]


def answers(address: tuple[str, int], path: str, *, name: str | None = None) -> bool:
    """Whether a site answers there within a second; *name* is the host it is known by, if that is another."""
    asking = http.client.HTTPConnection(*address, timeout=1)
    with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(asking):
        asking.request("GET", path, headers={"Host": name} if name else {})
        return asking.getresponse().status < HTTPStatus.BAD_REQUEST
    return False


@dataclass(frozen=True)
class Part:
    """One process: how it is called, how it is started, and how to see that it is ready."""

    name: str
    command: list[str]
    is_ready: Callable[[], bool] = lambda: True


def run_together(parts: Sequence[Part], environment: Mapping[str, str], say_ready: Callable[[], None]) -> int:
    """Run the parts until a signal comes or one of them ends, then stop all; returns the exit code.

    A part is started when those before it are ready, so that the first has the machine to itself; *say_ready* is called when all are.
    """
    told_to_stop = threading.Event()
    running: Running = {}
    with _stopping(told_to_stop):
        try:
            ended = _watch(_starts(parts, environment, running, say_ready), running, told_to_stop)
        finally:
            told_to_stop.clear()
            _stop(running, told_to_stop)
    if ended:
        print(f"The {ended} ended by itself (exit code {running[ended].returncode}), so everything was stopped.", file=sys.stderr)
    return 1 if ended else 0


def _starts(parts: Sequence[Part], environment: Mapping[str, str], running: Running, say_ready: Callable[[], None]) -> Iterator[None]:
    """Start the parts one after the other, pausing wherever one is not ready yet."""
    for part in parts:
        running[part.name] = _start(part.command, environment)
        while not part.is_ready():
            yield
    say_ready()


def _watch(starts: Iterator[None], running: Running, told_to_stop: threading.Event) -> str | None:
    """Go on with the starts until told to stop (None) or until a process ends (its name)."""
    while not told_to_stop.wait(LOOK_EVERY):
        next(starts, None)
        for name, process in running.items():
            if process.poll() is not None:
                return name
    return None


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
