"""The inner side of a worker process: take a task, do it, say what came of it."""

from __future__ import annotations

import contextlib
import importlib
import os
import pickle
import sys
from collections.abc import Iterable
from multiprocessing.connection import Connection

from budgetkit.work.tasks import Outcome, perform

#: Keeps the numeric libraries from starting threads of their own: the processes fill the cores.
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
}


def prepare(names: Iterable[str]) -> None:
    """Import modules, and call functions written ``module:function``, before work comes."""
    for name in names:
        module, _, function = name.partition(":")
        found = importlib.import_module(module)
        if function:
            getattr(found, function)()


def serve(connection: Connection) -> None:
    """Do what comes over a connection until it closes; each answer is an outcome."""
    connection.send(os.getpid())
    while True:
        try:
            task = connection.recv()
        except (EOFError, OSError):
            return
        outcome = perform(task)
        with contextlib.suppress(BrokenPipeError):
            connection.send_bytes(_packed(outcome))


def _packed(outcome: Outcome) -> bytes:
    try:
        return pickle.dumps(outcome)
    except Exception as error:
        said = f"gave something that can't be sent: {type(error).__name__}"
        return pickle.dumps(Outcome(outcome.key, None, said, outcome.seconds))


def main(arguments: list[str]) -> None:
    """Be a worker that was started anew: ``python -m budgetkit.work.worker FD PREPARE...``."""
    prepare(arguments[1:])
    serve(Connection(int(arguments[0])))


if __name__ == "__main__":
    main(sys.argv[1:])
