"""Lessons on a terminal, as a table; in a pipe, a line each."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import TextIO

from budgetkit.codelists import header_rules, item_rules
from budgetkit.codelists.own_lists import FOLDER_VARIABLE, PROPOSALS, roles
from budgetkit.codelists.roles import LABELS, NEUTRAL
from budgetkit.errors import visible
from budgetkit.extraction.tables.header_grammar import parse_facets
from budgetkit.learn.learning import Lessons
from budgetkit.render.labels import Labels

#: So many reasons are told of amounts that no list helps.
NAMED_RULES = 3
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
            table.add_row(*(escape(visible(cell)) for cell in row))
        Console(file=stream).print(table)
    else:
        for row in [list(_SHOWN), *rows] if rows else []:
            stream.write(visible("\t".join(row)) + "\n")
    for line in summary(lessons):
        stream.write(visible(line) + "\n")


def _vocabulary(lists: Set[str]) -> Iterator[str]:
    """What may be written where nothing is proposed: tables for titles, facets for headers."""
    if "titles" in lists:
        say = Labels("zh")
        named = [table for table in sorted(roles().tables) if say.has(f"table.{table}")]
        yield "a title announces one of: " + ", ".join(f"{t} ({say(f'table.{t}')})" for t in named)
    if "items" in lists:
        codes = {rule.code for rule in item_rules()} - {""}
        yield "an item is a code of a classification, or: " + ", ".join(sorted(codes))
    if "headers" in lists:
        values: dict[str, set[str]] = {}
        for rule in header_rules():
            for facet, value in parse_facets(rule.role).items() if "=" in rule.role else ():
                values.setdefault(facet, set()).add(value)
        yield f"a header is {NEUTRAL}, one of {', '.join(sorted(LABELS))}, or facets:"
        for facet, known in sorted(values.items()):
            yield f"  {facet}=" + "|".join(sorted(known))


def summary(lessons: Lessons) -> Iterator[str]:
    """Give the lines below the list: how much there is, and what to do next."""
    if lessons.proposals:
        count = len(lessons.proposals)
        yield f"{count} things were not understood; {lessons.waiting} amounts wait for them"
    else:
        yield "nothing was met that no list knows"
    if lessons.others:
        yield f"{lessons.others} more amounts stand in unmapped for which no list is to blame:"
        for rule, count in lessons.rules[:NAMED_RULES]:
            yield f"  {count}: {rule}"
    yield from _vocabulary({one.list for one in lessons.proposals if not one.says})
    if (done := lessons.written) is None:
        return
    folder = done.files[-1].parent
    yield (
        f"{done.sure} rows are sure and count from now on; {done.guesses} are guesses in "
        f"{folder / (PROPOSALS + '.csv')}: correct them, and write x under accept"
    )
    yield f"then extract again with {FOLDER_VARIABLE}={folder}"
