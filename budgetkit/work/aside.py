"""Work in a thread that nobody waits for when the command is interrupted."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from budgetkit.storage.scratch import ASIDE

Result = TypeVar("Result")


def begin_aside(work: Callable[[], Result]) -> Future[Result]:
    """Begin work in a thread of its own.

    A ``ThreadPoolExecutor`` is waited for at its end, also after Ctrl-C: a notebook whose kernel
    was interrupted while it began may then be waited for without end.

    Returns
    -------
    concurrent.futures.Future
        Of what ``work`` returns or raises.

    Examples
    --------
    >>> begin_aside(lambda: 6 * 7).result()
    42
    """
    done = Future[Result]()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:  # raised where the result is asked for
            done.set_exception(error)

    threading.Thread(target=run, name=ASIDE, daemon=True).start()
    return done
