"""Servers on loopback, all of one kind: gunicorn, one sync worker, the application named by its import path."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
STARTS_WITHIN = 60.0
NANOSECONDS = 1_000_000_000


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]

    def processor_seconds(self) -> float | None:
        """The processor time that the worker has taken so far; None where the system doesn't tell."""
        try:
            children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
            return int(Path(f"/proc/{children[0]}/schedstat").read_text().split()[0]) / NANOSECONDS
        except (OSError, IndexError):
            return None


@contextmanager
def serving(application: str, environment: Mapping[str, str]) -> Iterator[Server]:
    """Serve *application* on a free port for as long as the block lasts."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        one_sync_worker = ["--worker-class", "sync", "--workers", "1", "--threads", "1", "--log-level", "error"]
        command = [sys.executable, "-m", "gunicorn", *one_sync_worker, "--bind", f"fd://{listening.fileno()}", application]
        process = subprocess.Popen(command, env={**os.environ, **environment}, pass_fds=[listening.fileno()], cwd=ROOT)
    try:
        _wait_until_it_answers(process, port)
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait(20)


def _wait_until_it_answers(process: subprocess.Popen[bytes], port: int) -> None:
    """Ask until the worker answers anything at all."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"The server ended with {process.returncode} before it answered.")
        try:
            with socket.create_connection(("127.0.0.1", port), 5) as wire:
                wire.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                if wire.recv(16):
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The server did not answer in time.")
