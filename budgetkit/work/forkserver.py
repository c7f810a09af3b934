"""A prepared process that forks workers, so that imports are paid for only once.

It runs as ``python -m budgetkit.work.forkserver FD PRELOAD...`` and has one thread, so that
forking it is safe whatever the parent does.  Over the socket it takes two requests: *fork*, with
the worker's end of a pipe, and *kill*, with a process number.  When the socket closes, for
whatever reason, it ends its workers and itself: a run that is killed leaves no process behind.
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
from collections.abc import Iterator
from multiprocessing.connection import Connection, Pipe

from budgetkit.errors import UsageError
from budgetkit.work.worker import end_with, environment, load, serve

#: Seconds between two looks at the other side, while modules are imported.
LOOK = 0.5
#: A request: what to do, and with which process.
REQUEST = struct.Struct("!cI")
FORK, KILL = b"f", b"k"


class ForkServer:
    """The outer side: starts the prepared process and asks it for workers.

    Parameters
    ----------
    preload
        Modules to import, and functions ``module:function`` to call, before the first fork.
    """

    def __init__(self, preload: tuple[str, ...]) -> None:
        self._socket, inner = socket.socketpair()
        with inner:
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__, str(inner.fileno()), *preload],
                pass_fds=[inner.fileno()],
                env=environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )

    def start(self) -> tuple[Connection, int]:
        """Fork a worker; return the connection to it, and its process number.

        Raises
        ------
        UsageError
            The prepared process has ended.
        """
        ours, theirs = Pipe()
        try:
            with theirs:
                socket.send_fds(self._socket, [REQUEST.pack(FORK, 0)], [theirs.fileno()])
            pid: int = ours.recv()
        except (EOFError, OSError) as error:
            raise UsageError(
                f"the process that starts the workers ended (exit code {self._process.wait()})",
                remedy="repeat the command: it continues",
            ) from error
        return ours, pid

    def kill(self, pid: int) -> None:
        """End a worker and all that it started."""
        with contextlib.suppress(OSError):
            self._socket.sendall(REQUEST.pack(KILL, pid))

    def close(self) -> None:
        """End the workers and the prepared process."""
        self._socket.close()
        self._process.wait()


def _main(arguments: list[str]) -> None:
    """Be the prepared process."""
    outer = socket.socket(fileno=int(arguments[0]))
    with _ending_with(outer):
        load(arguments[1:])
    # What is there now stays shared: no collection in a worker touches, and so copies, its pages.
    gc.collect()
    gc.freeze()
    children: set[int] = set()
    try:
        while _answer(outer, children):
            _reap(children)
    finally:
        for pid in children:
            _end(pid)


@contextlib.contextmanager
def _ending_with(outer: socket.socket) -> Iterator[None]:
    """End while the imports of the workers take their time, if the other side has ended."""
    watched = select.poll()
    watched.register(outer, select.POLLRDHUP if hasattr(select, "POLLRDHUP") else select.POLLHUP)

    def look(*_: object) -> None:
        if watched.poll(0):
            os._exit(1)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, LOOK, LOOK)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)


def _answer(outer: socket.socket, children: set[int]) -> bool:
    """Answer one request, if one comes within a second; False when there will be no more."""
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
        starter = os.getpid()
        pid = os.fork()
        if pid == 0:
            outer.close()
            _work(handles[0], starter)
        os.close(handles[0])
        children.add(pid)
    return True


def _work(handle: int, starter: int) -> None:
    """Be a forked worker; never returns."""
    code = 1
    try:
        os.setsid()
        end_with(starter)
        connection = Connection(handle)
        serve(connection)
        code = 0
    finally:
        os._exit(code)


def _end(pid: int) -> None:
    # Its session where it leads one already, and itself where it was only just forked.
    with contextlib.suppress(OSError):
        os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.kill(pid, signal.SIGKILL)


def _reap(children: set[int]) -> None:
    for pid in list(children):
        if os.waitpid(pid, os.WNOHANG)[0]:
            children.discard(pid)


if __name__ == "__main__":
    _main(sys.argv[1:])
