"""A prepared process that forks workers: imports are paid for once, not once a worker.

It runs as ``python -m budgetkit.work.forkserver FD PREPARE...`` and has one thread, so that a fork
of it is safe whatever the parent does.  Over the socket it takes *fork* with the worker's end of
a pipe, and *kill* with a number.  When the socket closes, for whatever reason, it ends its
workers and itself: a run that is killed leaves nobody behind.
"""

from __future__ import annotations

import contextlib
import gc
import os
import select
import signal
import socket
import struct
import subprocess
import sys
from multiprocessing.connection import Connection, Pipe

from budgetkit.work.worker import ONE_THREAD, prepare, serve

#: One request: what to do, and with which process.
REQUEST = struct.Struct("!cI")
FORK, KILL = b"f", b"k"


class Nursery:
    """The outer side: starts the prepared process and asks it for workers.

    Parameters
    ----------
    prepared
        Modules to import and ``module:function`` to call before the first worker is wanted.
    """

    def __init__(self, prepared: tuple[str, ...]) -> None:
        self._socket, inner = socket.socketpair()
        with inner:
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__, str(inner.fileno()), *prepared],
                pass_fds=[inner.fileno()],
                env=os.environ
                | ONE_THREAD
                | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )

    def worker(self) -> tuple[Connection, int]:
        """Fork a worker: the connection to it, and its number.

        Raises
        ------
        ChildProcessError
            The prepared process is gone.
        """
        ours, theirs = Pipe()
        with theirs:
            try:
                socket.send_fds(self._socket, [REQUEST.pack(FORK, 0)], [theirs.fileno()])
            except OSError as error:
                raise self._gone() from error
        try:
            pid: int = ours.recv()
        except EOFError as error:
            raise self._gone() from error
        return ours, pid

    def _gone(self) -> ChildProcessError:
        return ChildProcessError(
            f"the process that starts the workers ended (exit code {self._process.wait()})"
        )

    def kill(self, pid: int) -> None:
        """End a worker and all that it started."""
        with contextlib.suppress(OSError):
            self._socket.sendall(REQUEST.pack(KILL, pid))

    def close(self) -> None:
        """End the workers and the prepared process."""
        self._socket.close()
        self._process.wait()


def main(arguments: list[str]) -> None:
    """Be the prepared process."""
    prepare(arguments[1:])
    # What is there now stays shared: no collection in a worker touches, and so copies, its pages.
    gc.collect()
    gc.freeze()
    outer = socket.socket(fileno=int(arguments[0]))
    children: set[int] = set()
    try:
        while _attend(outer, children):
            _reap(children)
    finally:
        for pid in children:
            _end(pid)


def _attend(outer: socket.socket, children: set[int]) -> bool:
    """Do one request, if one comes within a while; False when there will be none."""
    if not select.select([outer], [], [], 1.0)[0]:
        return True
    try:
        message, handles, _, _ = socket.recv_fds(outer, REQUEST.size, 1)
    except OSError:
        return False
    if len(message) < REQUEST.size:
        return False
    what, pid = REQUEST.unpack(message)
    if what == KILL and pid in children:
        _end(pid)
    elif what == FORK and handles:
        pid = os.fork()
        if pid == 0:
            outer.close()
            _work(handles[0])
        os.close(handles[0])
        children.add(pid)
    return True


def _work(handle: int) -> None:
    """Be a forked worker; never comes back."""
    code = 1
    try:
        os.setsid()
        connection = Connection(handle)
        serve(connection)
        code = 0
    finally:
        os._exit(code)


def _end(pid: int) -> None:
    # Its session where it has made one, itself where it was just born.
    with contextlib.suppress(OSError):
        os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.kill(pid, signal.SIGKILL)


def _reap(children: set[int]) -> None:
    for pid in list(children):
        if os.waitpid(pid, os.WNOHANG)[0]:
            children.discard(pid)


if __name__ == "__main__":
    main(sys.argv[1:])
