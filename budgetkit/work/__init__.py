"""Many tasks, each on its own: in this process, in local processes, or on a Dask cluster.

:func:`run_tasks` yields an outcome for each task; a task that fails, hangs, fills the memory or
ends its process is an outcome with a sentence, and the others go on.
:class:`~budgetkit.work.resumable.ResumableRun` adds what extraction and reports have in common:
it keeps what was done in a journal and does only the rest.
"""

from __future__ import annotations

from budgetkit.work.run_tasks import run_tasks
from budgetkit.work.tasks import Limits, Outcome, Task

__all__ = ["Limits", "Outcome", "Task", "run_tasks"]
