"""Many pieces of work, each on its own: here, in local processes, or on a Dask cluster.

:func:`run_tasks` is the one way in.  Extraction and reports hand it tasks and get
outcomes back as they come; a piece that fails, hangs, eats the memory or ends its process is
an outcome with a sentence, never the end of the run.
"""

from __future__ import annotations

from budgetkit.work.run_tasks import run_tasks
from budgetkit.work.tasks import Limits, Outcome, Task

__all__ = ["Limits", "Outcome", "Task", "run_tasks"]
