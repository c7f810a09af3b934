"""A user's own lists: read before the shipped ones, and every row of them checked.

They stand in the folder that the environment variable ``BUDGETKIT_CODELISTS`` names, under
the names of the shipped ones.  Rows of ``proposals.csv``, which ``budgetkit learn`` writes,
count where their column ``accept`` says so.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from budgetkit.codelists.patterns import COLUMNS, EXPRESSIONS, is_expression, pattern_problem
from budgetkit.codelists.roles import NEUTRAL, Roles
from budgetkit.errors import UsageError, nearest

#: Where a user's own lists are, beside the shipped ones.
FOLDER_VARIABLE = "BUDGETKIT_CODELISTS"
#: Columns that a user's list may leave out.
OPTIONAL = frozenset({"ends", "aliases", "within", "parent", "revenue_base", "region"})
#: Rows that were proposed; what ``accept`` holds where one is taken.
PROPOSALS = "proposals"
ACCEPTED = frozenset({"x", "y", "yes", "1", "true", "是", "√", "v"})
#: Columns of a proposal: those of the lists, and what they are called in each.
PROPOSED = ("table", "section", "within", "text", "ends", "says")
_AS_IN = {
    "headers": {"header": "text", "role": "says"},
    "titles": {"pattern": "text", "table": "says"},
    "items": {"pattern": "text", "code": "says"},
}

#: How the id of a table begins whose title has a word that no list knows.
OWN_TABLE = "other_"

Row = dict[str, str]


@cache
def shipped(name: str) -> tuple[Row, ...]:
    """Read a list of the package, a dict a row."""
    text = (files(__package__) / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def list_names() -> tuple[str, ...]:
    """Names of the lists that there are."""
    names = (entry.name for entry in files(__package__).iterdir())
    return tuple(sorted(name.removesuffix(".csv") for name in names if name.endswith(".csv")))


def own_folder() -> Path | None:
    """Give the folder of the user's own lists; None where there is none.

    Raises
    ------
    UsageError
        The environment variable names no folder.
    """
    named = os.environ.get(FOLDER_VARIABLE)
    if not named:
        return None
    if not Path(named).is_dir():
        raise UsageError(
            f"is no folder, and the environment variable {FOLDER_VARIABLE} names it",
            file=named,
            remedy="make it, with the lists in it, or unset the variable",
        )
    return Path(named)


def own_rows(name: str) -> Iterator[Row]:
    """Read the user's rows of a list, each checked: his list, then the proposals he accepted.

    Raises
    ------
    UsageError
        A column is missing, or a row holds a pattern, role, facet or table that is none.
    """
    folder = own_folder()
    if folder is None:
        return
    path = folder / f"{name}.csv"
    columns = tuple(shipped(name)[0])
    if path.is_file():
        for number, row in enumerate(_read(path, columns), 2):
            _check(path, number, name, row)
            yield row
    if name in _AS_IN:
        for number, given in accepted(folder, name):
            row = {column: given[_AS_IN[name].get(column, column)] for column in columns}
            _check(folder / f"{PROPOSALS}.csv", number, name, row)
            yield row


def accepted(folder: Path, name: str) -> Iterator[tuple[int, Row]]:
    """Give the accepted proposals for a list, each with its line in ``proposals.csv``.

    Parameters
    ----------
    folder
        Of the user's lists.
    name
        Of a list.

    Yields
    ------
    tuple of int, dict
    """
    path = folder / f"{PROPOSALS}.csv"
    if path.is_file():
        for number, row in enumerate(_read(path, ("accept", "list", *PROPOSED)), 2):
            if row["accept"].strip().lower() in ACCEPTED and row["list"] == name:
                yield number, row


def csv_rows(path: Path) -> csv.DictReader[str]:
    """Read a user's CSV file: UTF-8, or GB 18030 as a Chinese spreadsheet saves it.

    Raises
    ------
    UsageError
        It can't be read, or is in another encoding.
    """
    try:
        content = path.read_bytes()
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("gb18030")
    except (UnicodeDecodeError, OSError) as error:
        raise UsageError(
            f"can't be read ({error})", file=path, remedy="save it as CSV in UTF-8"
        ) from error
    return csv.DictReader(text.splitlines())


def _read(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    rows = csv_rows(path)
    given = rows.fieldnames or ()
    missing = [column for column in columns if column not in given and column not in OPTIONAL]
    if missing:
        raise UsageError(
            f"the list has no column '{missing[0]}'",
            file=path,
            remedy=f"give it the columns {', '.join(columns)}",
        )
    for row in rows:
        yield {column: (row.get(column) or "").strip() for column in columns}


def _check(path: Path, number: int, name: str, row: Row) -> None:
    """Raise where a row of a user's list is wrong."""
    for column in sorted(COLUMNS & set(row)):
        if problem := pattern_problem(row[column], expression=name in EXPRESSIONS):
            raise UsageError(
                f"line {number} holds '{row[column]}', which {problem}",
                file=path,
                remedy="write a regular expression"
                if name in EXPRESSIONS
                else "write plain text, or a regular expression between slashes: /本年(预算)?数/",
            )
    if problem := _problem(name, row):
        raise UsageError(f"line {number} {problem}", file=path)


def _problem(name: str, row: Row) -> str:
    """What is wrong with a row beside its patterns; empty where nothing is."""
    known = roles()
    text = row.get("header" if name == "headers" else "pattern")
    if text == "":
        return "says nothing that it could match"
    if name in ("headers", "titles", "items", "measures"):
        given = {table for table in row["table"].split() if not table.startswith(OWN_TABLE)}
        unknown = sorted(given - known.tables - {"*"})
        if unknown or not row["table"]:
            near = nearest(unknown[0] if unknown else "", known.tables)
            return (
                f"has the table '{row['table']}', which is not known{near}; there are "
                f"{', '.join(sorted(known.tables))}, and rows of tables.csv add others"
            )
    if name == "headers":
        is_word = "=" in row["role"] or row["role"] == NEUTRAL
        if is_word and (row["within"] or is_expression(row["header"])):
            return (
                f"gives facets to '{row['header']}', so it is a word of headers, plain text "
                "without slashes and without 'within'"
            )
        return known.role_problem(row["role"])
    if name in ("measures", "tables"):
        return known.facets_problem(row["facets"])
    if name == "title_words" and row["facet"] not in _title_facets():
        return f"has the facet '{row['facet']}'; there are {', '.join(sorted(_title_facets()))}"
    if name == "funds":
        return known.facets_problem(f"fund={row['fund']}")
    if name == "facets" and row["facet"] not in known.facets:
        return f"has the facet '{row['facet']}'; there are {', '.join(sorted(known.facets))}"
    sections = {listed["section"] for listed in shipped("sections")}
    if name in ("sections", "items") and row["section"] not in sections | {""}:
        return f"has the section '{row['section']}'; there are {', '.join(sorted(sections))}"
    return ""


@cache
def _title_facets() -> frozenset[str]:
    return frozenset(row["facet"] for row in shipped("title_words"))


@cache
def roles() -> Roles:
    """What the lists know: the shipped ones, and what the user adds to facets and tables."""
    folder = own_folder()

    def rows_of(name: str) -> tuple[Row, ...]:
        path = folder / f"{name}.csv" if folder else None
        if path is None or not path.is_file() or name not in ("facets", "measures", "tables"):
            return shipped(name)
        return (*_read(path, tuple(shipped(name)[0])), *shipped(name))

    return Roles(rows_of)


_state: list[object] = [None]


def check_own_lists() -> None:
    """Read the user's lists as they are now, and say what is wrong with them before any work.

    Raises
    ------
    UsageError
        The folder is none, a file in it has the name of no list, or a row is wrong.
    """
    folder = own_folder()
    paths = sorted(folder.glob("*.csv")) if folder else []
    state = [str(folder), *((path.name, path.read_bytes()) for path in paths)]
    if state == _state:
        return
    if _state != [None] or paths:
        _forget()
    for path in paths:
        if path.stem == PROPOSALS:
            continue
        if path.stem not in list_names():
            near = nearest(path.stem, list_names())
            raise UsageError(
                f"is the name of no list{near}",
                file=path,
                remedy=f"there are {', '.join(list_names())}",
            )
    for name in list_names():
        for _ in own_rows(name):
            pass
    _state[:] = state


def _forget() -> None:
    """Empty every cache of the package, since what is in them may come from older lists."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] == "budgetkit":
            for value in list(vars(module).values()):
                if callable(clear := getattr(value, "cache_clear", None)):
                    clear()
