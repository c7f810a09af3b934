"""Run many tasks, wherever they are run."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator

from budgetkit.work.tasks import Limits, Outcome, Task, perform

#: Does tasks and yields their outcomes.
Runs = Callable[[Iterable[Task]], Iterator[Outcome]]


def run_tasks(
    tasks: Iterable[Task],
    *,
    jobs: int = 1,
    cluster: str | None = None,
    limits: Limits | None = None,
    preload: tuple[str, ...] = (),
) -> Iterator[Outcome]:
    """Run tasks and yield their outcomes as they come.

    Parameters
    ----------
    tasks
        Taken one by one as processes become free, so that they may be many.
    jobs
        Number of processes on this machine; 0 works in this process, without limits.
    cluster
        Address of a Dask scheduler that does the work instead.
    limits
        Limits of each task.
    preload
        Modules that a worker imports, and functions ``module:function`` that it calls, before
        its first task.

    Yields
    ------
    Outcome
        One for each task, in any order.

    Raises
    ------
    UsageError
        There is no scheduler at the address, or it runs another version of the package.

    Examples
    --------
    >>> tasks = [Task("seven", divmod, (7, 2)), Task("none", divmod, (7, 0))]
    >>> [(done.key, done.value, done.failure[:12]) for done in run_tasks(tasks, jobs=0)]
    [('seven', (3, 1), ''), ('none', None, 'stopped with')]
    """
    limits = limits or Limits()
    if cluster:
        from budgetkit.work.cluster import run_on_cluster

        yield from run_on_cluster(tasks, cluster, limits, preload)
    else:
        with workers(jobs, limits, preload) as run:
            yield from run(tasks)


@contextlib.contextmanager
def workers(jobs: int, limits: Limits, preload: tuple[str, ...] = ()) -> Iterator[Runs]:
    """Keep processes of this machine for several runs of tasks, one after the other.

    Parameters
    ----------
    jobs, limits, preload
        As of :func:`run_tasks`.

    Yields
    ------
    callable
        Does tasks and yields their outcomes, as :func:`run_tasks` does.
    """
    if jobs == 0:
        yield lambda tasks: map(perform, tasks)
        return
    from budgetkit.work.local import LocalPool

    pool = LocalPool(jobs, limits, preload)
    try:
        yield pool.run
    finally:
        pool.close()
