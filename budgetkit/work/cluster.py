"""The same work on the machines of a Dask scheduler.

Each of the cluster's workers does a task in a process of its own, under the same limits as
here.  A worker of the cluster that dies has its work done again by another one; that is Dask's
own doing.  The files' bytes travel with the tasks, so that no folder need be shared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from queue import Queue
from typing import Any

from budgetkit.errors import UsageError
from budgetkit.work.local import guarded
from budgetkit.work.tasks import DIED, Limits, Outcome, Task

#: Seconds to wait for the scheduler.
PATIENCE = 15
#: Tasks under way for each thread of the cluster, so that none waits for the next one.
AHEAD = 2


class OtherVersion(Exception):
    """A worker of the cluster runs other code than this process."""


def run_on_cluster(
    tasks: Iterable[Task], address: str, limits: Limits, prepared: tuple[str, ...]
) -> Iterator[Outcome]:
    """Do tasks on a cluster; outcomes come as they are ready.

    Raises
    ------
    UsageError
        Dask is not installed, no scheduler answers, or a worker runs another version.
    """
    from budgetkit.work.fingerprint import code_digest

    client = _connect(address)
    expected = code_digest()
    try:
        yield from _all_done(client, tasks, (limits, prepared, expected))
    except OtherVersion as error:
        raise UsageError(
            f"the cluster at {address} runs another version of budgetkit",
            remedy="install the same one on all its machines",
        ) from error
    finally:
        client.close()


def _all_done(
    client: Any, tasks: Iterable[Task], how: tuple[Limits, tuple[str, ...], str]
) -> Iterator[Outcome]:
    queue, keys, ready = iter(tasks), dict[str, str](), Queue[Any]()

    def submit() -> bool:
        task = next(queue, None)
        if task is None:
            return False
        future = client.submit(do, task, *how, pure=False)
        keys[future.key] = task.key
        future.add_done_callback(ready.put)
        return True

    while len(keys) < AHEAD * _width(client) and submit():
        pass
    while keys:
        future = ready.get()
        key = keys.pop(future.key)
        submit()
        yield _outcome(future, key)


def do(task: Task, limits: Limits, prepared: tuple[str, ...], expected: str) -> Outcome:
    """Do one task on a worker of the cluster.

    Raises
    ------
    OtherVersion
        This machine has another version of the package.
    """
    from budgetkit.work.fingerprint import code_digest

    if code_digest() != expected:
        raise OtherVersion
    return guarded(task, limits, prepared)


def _outcome(future: Any, key: str) -> Outcome:
    from distributed.client import FutureCancelledError
    from distributed.scheduler import KilledWorker

    try:
        outcome: Outcome = future.result()
    except KilledWorker:
        return Outcome(key, None, DIED)
    except FutureCancelledError as error:
        raise UsageError(
            "the Dask scheduler went away", remedy="start it and run the same command: it goes on"
        ) from error
    return outcome


def _width(client: Any) -> int:
    threads: dict[str, int] = client.nthreads()
    return max(sum(threads.values()), 1)


def _connect(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError(
            "--cluster needs Dask", remedy="install it with 'pip install budgetkit[cluster]'"
        ) from error
    try:
        return Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"no Dask scheduler answers at {address}",
            remedy="start one with 'dask scheduler' and give the address that it prints",
        ) from error
