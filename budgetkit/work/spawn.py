"""Two ways to get a worker process: forked from a prepared one, or started anew."""

from __future__ import annotations

import os
import subprocess
import sys
from multiprocessing.connection import Connection, Pipe
from typing import Protocol

from budgetkit.work.forkserver import Nursery
from budgetkit.work.worker import ONE_THREAD


class Births(Protocol):
    """Gives workers, and takes them away."""

    def worker(self) -> tuple[Connection, int]:
        """Give the connection to a new worker, and its process number."""

    def kill(self, pid: int) -> None:
        """End a worker."""

    def close(self) -> None:
        """End all of them."""


class Started:
    """Workers that are started anew and import all they need: where a system can't fork."""

    def __init__(self, prepared: tuple[str, ...]) -> None:
        self._prepared = prepared
        self._processes: dict[int, subprocess.Popen[bytes]] = {}

    def worker(self) -> tuple[Connection, int]:
        """Start a process and wait until it answers."""
        ours, theirs = Pipe()
        handle = theirs.fileno()
        os.set_inheritable(handle, True)
        command = [sys.executable, "-m", "budgetkit.work.worker", str(handle), *self._prepared]
        path = os.pathsep.join(filter(None, sys.path))
        process = subprocess.Popen(
            command,
            close_fds=False,
            env=os.environ | ONE_THREAD | {"PYTHONPATH": path},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        theirs.close()
        try:
            pid: int = ours.recv()
        except EOFError as error:
            raise ChildProcessError(
                f"a worker ended before it could work (exit code {process.wait()})"
            ) from error
        self._processes[pid] = process
        return ours, pid

    def kill(self, pid: int) -> None:
        """End a worker."""
        process = self._processes.pop(pid, None)
        if process:
            process.kill()
            process.wait()

    def close(self) -> None:
        """End all of them."""
        for pid in list(self._processes):
            self.kill(pid)


def can_fork() -> bool:
    """Whether this system forks safely; macOS has it but its libraries do not bear it."""
    return hasattr(os, "fork") and sys.platform != "darwin"


def births(prepared: tuple[str, ...], *, fork: bool | None = None) -> Births:
    """Choose the way to get workers: forked wherever the system can."""
    return Nursery(prepared) if (can_fork() if fork is None else fork) else Started(prepared)
