"""Tasks on the machines of a Dask scheduler.

Each worker of the cluster does a task in a process of its own, under the same limits as on this
machine.  When a worker of the cluster dies, Dask gives its tasks to another one.  The bytes of the
files travel with the tasks, so that no folder has to be shared.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable, Iterator
from queue import Empty, Queue
from typing import Any

from budgetkit.errors import UsageError, one_line
from budgetkit.work.fingerprint import code_digest
from budgetkit.work.local import LocalPool
from budgetkit.work.tasks import DIED, Limits, Outcome, Task

#: Seconds to wait for the scheduler.
PATIENCE = 15
#: Seconds between two looks at whether the scheduler is still there.
LOOK = 1.0
#: Tasks sent ahead for each thread of the cluster, so that none waits for the next one.
AHEAD = 2

#: The pool of each thread of a cluster's worker, with its limits and preloads.
_thread = threading.local()


class OtherVersion(Exception):
    """A worker of the cluster runs another version of the code than this process."""


def run_on_cluster(
    tasks: Iterable[Task], address: str, limits: Limits, preload: tuple[str, ...]
) -> Iterator[Outcome]:
    """Run tasks on a cluster and yield their outcomes as they come.

    Parameters
    ----------
    tasks
        Taken one by one as the cluster's threads become free.
    address
        Address of the scheduler, as ``host:port``.
    limits
        Limits of each task.
    preload
        What workers import and call before their first task.

    Yields
    ------
    Outcome
        One for each task, in any order.

    Raises
    ------
    UsageError
        Dask is not installed, no scheduler answers, or a worker runs another version.
    """
    client = _connect(address)
    try:
        yield from _outcomes(client, tasks, (limits, preload, code_digest()))
    except OtherVersion as error:
        raise UsageError(
            f"the cluster at {address} runs another version of budgetkit",
            remedy="install the same one on all its machines",
        ) from error
    finally:
        client.close()


def _outcomes(
    client: Any, tasks: Iterable[Task], how: tuple[Limits, tuple[str, ...], str]
) -> Iterator[Outcome]:
    queue, keys, ready = iter(tasks), dict[str, str](), Queue[Any]()

    def submit() -> bool:
        task = next(queue, None)
        if task is None:
            return False
        future = client.submit(_do, task, *how, pure=False)
        keys[future.key] = task.key
        future.add_done_callback(ready.put)
        return True

    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        raise UsageError(
            "the Dask scheduler has no worker",
            remedy="start one with 'dask worker' and the address of the scheduler",
        ) from error
    threads: dict[str, int] = client.nthreads()
    while len(keys) < AHEAD * max(sum(threads.values()), 1) and submit():
        pass
    while keys:
        future = _next(client, ready)
        key = keys.pop(future.key)
        submit()
        yield _outcome(future, key)


def _next(client: Any, ready: Queue[Any]) -> Any:
    """Wait for a task that is done, as long as there is a scheduler."""
    lost = 0.0
    while True:
        try:
            return ready.get(timeout=LOOK)
        except Empty:
            lost = 0.0 if client.status == "running" else lost + LOOK
            if lost > PATIENCE:
                raise _lost() from None


def _lost() -> UsageError:
    return UsageError(
        "the connection to the Dask scheduler was lost",
        remedy="start it and repeat the command: it continues",
    )


def _do(task: Task, limits: Limits, preload: tuple[str, ...], expected: str) -> Outcome:
    """Do one task on a worker of the cluster, in a process that is kept for the next task.

    So limits hold there too, and a file that ends its process does not end the worker.
    """
    if code_digest() != expected:
        raise OtherVersion
    kept: tuple[Any, LocalPool] | None = getattr(_thread, "pool", None)
    if kept is None or kept[0] != (limits, preload):
        if kept is not None:
            kept[1].close()
        kept = _thread.pool = ((limits, preload), LocalPool(1, limits, preload))
    try:
        (outcome,) = kept[1].run([task])
    except BaseException:
        kept[1].close()
        _thread.pool = None
        raise
    return outcome


def _outcome(future: Any, key: str) -> Outcome:
    from distributed.client import FutureCancelledError
    from distributed.scheduler import KilledWorker

    try:
        outcome: Outcome = future.result()
    except KilledWorker:
        return Outcome(key, None, DIED)
    except FutureCancelledError as error:
        raise _lost() from error
    except OtherVersion:
        raise
    except Exception as error:
        raise UsageError(
            f"a worker of the cluster can't do the work ({one_line(str(error))})",
            remedy="install the same version of budgetkit on all its machines",
        ) from error
    return outcome


def _connect(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError(
            "--cluster needs Dask", remedy="install it with 'pip install budgetkit[cluster]'"
        ) from error
    try:
        asyncio.run(asyncio.wait_for(_greet(address), PATIENCE))
        return Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"no Dask scheduler answers at {address}",
            remedy="start one with 'dask scheduler' and give the address that it prints",
        ) from error


async def _greet(address: str) -> None:
    """Exchange the first words of a connection: a port that says nothing would hold a client."""
    from distributed.comm.core import connect
    from distributed.security import Security

    comm = await connect(address, timeout=PATIENCE, **Security().get_connection_args("client"))
    comm.abort()
