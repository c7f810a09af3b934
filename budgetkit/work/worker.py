"""The inside of a worker process: take a task, do it, send its outcome."""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import os
import pickle
import signal
import sys
from collections.abc import Iterable
from multiprocessing.connection import Connection

from budgetkit.work.tasks import Outcome, perform

#: Numeric libraries start no threads of their own: the processes fill the cores already.
_ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1"
)


def environment() -> dict[str, str]:
    """Return the environment of a worker: it imports from the same places as this process."""
    path = os.pathsep.join(filter(None, sys.path))
    return os.environ | _ONE_THREAD | {"PYTHONPATH": path}


#: Linux: a process ends with the one that started it.
_PR_SET_PDEATHSIG = 1


def end_with(parent: int) -> None:
    """End this process as soon as the one that started it ends, where the system can do that.

    A task in the middle of a library never looks at a closed connection.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def load(names: Iterable[str]) -> None:
    """Import modules, and call the functions that are written ``module:function``."""
    for name in names:
        module, _, function = name.partition(":")
        found = importlib.import_module(module)
        if function:
            getattr(found, function)()


def serve(connection: Connection) -> None:
    """Do the tasks that come over a connection, until it closes."""
    connection.send(os.getpid())
    while True:
        try:
            task = connection.recv()
        except (EOFError, OSError):
            return
        outcome = perform(task)
        with contextlib.suppress(BrokenPipeError):
            connection.send_bytes(_pickled(outcome))


def _pickled(outcome: Outcome) -> bytes:
    try:
        return pickle.dumps(outcome)
    except Exception as error:
        failure = f"returned something that can't be sent: {type(error).__name__}"
        return pickle.dumps(Outcome(outcome.key, None, failure, outcome.seconds))


if __name__ == "__main__":  # python -m budgetkit.work.worker FD PRELOAD...
    load(sys.argv[2:])
    serve(Connection(int(sys.argv[1])))
