"""Workers that are started anew and import all that they need: where a system can't fork."""

from __future__ import annotations

import os
import subprocess
import sys
from multiprocessing.connection import Connection, Pipe

from budgetkit.errors import UsageError
from budgetkit.work.worker import environment


class SpawnedWorkers:
    """Starts workers, with the same methods as :class:`~budgetkit.work.forkserver.ForkServer`.

    Parameters
    ----------
    preload
        Modules to import, and functions ``module:function`` to call, before the first task.
    """

    def __init__(self, preload: tuple[str, ...]) -> None:
        self._preload = preload
        self._processes: dict[int, subprocess.Popen[bytes]] = {}

    def start(self) -> tuple[Connection, int]:
        """Start a worker; return the connection to it, and its process number.

        Raises
        ------
        UsageError
            It ended before it answered.
        """
        ours, theirs = Pipe()
        with theirs:
            handle = theirs.fileno()
            os.set_inheritable(handle, True)
            process = subprocess.Popen(
                [sys.executable, "-m", "budgetkit.work.worker", str(handle), *self._preload],
                close_fds=False,
                env=environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        try:
            pid: int = ours.recv()
        except EOFError as error:
            raise UsageError(
                f"a worker ended before it could work (exit code {process.wait()})",
                remedy="repeat the command: it continues",
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
        """End all workers."""
        for pid in list(self._processes):
            self.kill(pid)
