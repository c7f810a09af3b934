"""Lessons on a terminal, as a table; in a pipe, a line each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from budgetkit.codelists.own_lists import FOLDER_VARIABLE, PROPOSALS
from budgetkit.learn.lessons import Lessons

#: Columns of the listing, and their share of a terminal's width.
_SHOWN = {"amounts": 1, "kind": 1, "printed": 4, "document": 3, "page": 1, "row": 4, "reason": 5}


def print_lessons(lessons: Lessons, stream: TextIO) -> None:
    """Print what was not understood, and what to do about it.

    Parameters
    ----------
    lessons
        Of a dataset.
    stream
        A table with frames where it is a terminal, else tab-separated lines.
    """
    rows = lessons.frame()[list(_SHOWN)].astype(str).to_numpy().tolist()
    if stream.isatty() and rows:
        from rich import box
        from rich.console import Console, JustifyMethod
        from rich.markup import escape
        from rich.table import Table

        table = Table(box=box.SIMPLE_HEAD)
        for name, ratio in _SHOWN.items():
            number = name in ("amounts", "page")
            justify: JustifyMethod = "right" if number else "left"
            table.add_column(name, ratio=ratio, justify=justify, overflow="fold")
        for row in rows:
            table.add_row(*(escape(cell) for cell in row))
        Console(file=stream).print(table)
    else:
        for row in [list(_SHOWN), *rows] if rows else []:
            stream.write("\t".join(row) + "\n")
    for line in summary(lessons):
        stream.write(line + "\n")


def summary(lessons: Lessons) -> Iterator[str]:
    """Give the lines below the list: how much there is, and what to do next."""
    if lessons.proposals:
        count = len(lessons.proposals)
        yield f"{count} things were not understood; {lessons.waiting} amounts wait for them"
    else:
        yield "nothing was met that no list knows"
    if lessons.others:
        yield f"{lessons.others} more amounts stand in unmapped for which no list is to blame"
    if (done := lessons.written) is None:
        return
    folder = done.files[-1].parent
    yield (
        f"{done.sure} rows are sure and count from now on; {done.guesses} are guesses in "
        f"{folder / (PROPOSALS + '.csv')}: correct them, and write x under accept"
    )
    yield f"then extract again with {FOLDER_VARIABLE}={folder}"
