"""What a person sees while a run goes on: a bar on a terminal, nothing in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from budgetkit.extract import Progress
    from budgetkit.inputs import Input


@contextmanager
def extraction_progress() -> Iterator[Progress | None]:
    """Show how many documents are done, and the failures so far."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading")
        counts = {"done": 0, "failed": 0}

        def tell(item: Input, result: Any) -> None:
            counts["done"] += 1
            counts["failed"] += isinstance(result, str)
            said = f"{counts['done']} documents, {counts['failed']} failed, last {item.source}"
            bar.update(task, description=said)

        yield tell
