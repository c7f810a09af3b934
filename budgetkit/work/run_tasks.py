"""The one way to do many tasks, wherever they are done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from budgetkit.work.tasks import Limits, Outcome, Task, perform


def run_tasks(
    tasks: Iterable[Task],
    *,
    jobs: int = 1,
    cluster: str | None = None,
    limits: Limits | None = None,
    prepared: tuple[str, ...] = (),
) -> Iterator[Outcome]:
    """Do tasks and give their outcomes as they come.

    Parameters
    ----------
    tasks
        Taken one by one as there is room, so that they may be many.
    jobs
        Processes of this machine; 0 is this process itself, where no limit holds.
    cluster
        Address of a Dask scheduler that does the work instead.
    limits
        Of each task.
    prepared
        Modules to import, and functions ``module:function`` to call, before work comes.

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

        yield from run_on_cluster(tasks, cluster, limits, prepared)
    elif jobs == 0:
        yield from map(perform, tasks)
    else:
        from budgetkit.work.local import LocalPool

        pool = LocalPool(jobs, limits, prepared)
        try:
            yield from pool.run(tasks)
        finally:
            pool.close()
