"""A comparison as a workbook: its tables, the pages they come from, and what each column means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from budgetkit.compare.measures import Measure, measures
from budgetkit.storage.records import with_none
from budgetkit.storage.spreadsheet import SHEET_ROWS
from budgetkit.workbook.book import Sheet, workbook
from budgetkit.workbook.page_links import pages_sheet
from budgetkit.workbook.workbook_words import Column, WorkbookWords

if TYPE_CHECKING:
    import pandas as pd

#: Columns whose name means something else in another sheet.
OTHERWISE = {"printed": "printed_amount"}
#: Units of measures that are whole numbers.
WHOLE = ("people", "count")
#: Kinds of columns of measures of amounts; the others are plain numbers.
KINDS = {"wan": "money"}
#: A place among others in a cell: document, page, edges (as of ``place_text``).
PLACE = re.compile(r"(\S.*?):(\d+)((?::[-+.\de]+){4})(?= |$)")


def comparison_book(
    tables: Iterable[tuple[str, pd.DataFrame]],
    title: str,
    links: Mapping[str, str],
    words: WorkbookWords,
) -> bytes:
    """Write the tables of a comparison as XLSX.

    Parameters
    ----------
    tables
        Names and rows: ``compare``, ``wide``, ``by_function``, ``by_class``, ``execution``; each
        is asked for when the one before it is written.
    title
        Of the file.
    links
        Address of each document's PDF, relative to the workbook.
    words
        Of its language and unit.

    Returns
    -------
    bytes
        The same for the same content.
    """
    return workbook(_sheets(tables, links, words), title, words)


def _sheets(
    tables: Iterable[tuple[str, pd.DataFrame]], links: Mapping[str, str], words: WorkbookWords
) -> Iterator[Sheet]:
    """Make each sheet when its turn comes."""
    places: dict[tuple[str, int], set[str]] = {}
    for name, table in tables:
        fits = len(table) < SHEET_ROWS
        yield _sheet(name, table, words) if fits else _too_long(name, len(table), words)
        _add_places(places, table)
    figures = {page: len(found) for page, found in places.items()}
    yield pages_sheet(figures, links, words)


def _too_long(name: str, rows: int, words: WorkbookWords) -> Sheet:
    """Say in the place of a table that no spreadsheet opens it."""
    file = "compare" if name == "wide" else name
    text = words("too_long").format(rows=f"{rows:,}", file=f"{file}.csv")
    return Sheet(words(f"sheet.{name}"), (words.column("meaning"),), ((text,),))


def _add_places(places: dict[tuple[str, int], set[str]], table: pd.DataFrame) -> None:
    """Add the places of a table to those of each document and page, each once."""
    for text in table.get("places", ()):
        for document, page, where in PLACE.findall(str(text)):
            places.setdefault((document, int(page)), set()).add(where)


def _sheet(name: str, table: pd.DataFrame, words: WorkbookWords) -> Sheet:
    columns = tuple(_column(str(column), words) for column in table.columns)
    plain = with_none(table)
    say = words.say
    for column, written in (("department", say.office), ("region", say.region), ("name", say.name)):
        if column in plain and words.lang != "zh":
            plain[column] = [value and written(value) for value in plain[column]]
    if "measure" in plain:
        units = [measures()[name] for name in plain["measure"]]
        plain["unit"] = [words.say.unit_name(one.frame_unit) for one in units]
        values = [_value(*pair, words) for pair in zip(plain["value"], units, strict=True)]
        plain["value"] = type(plain["unit"])(values, index=plain.index, dtype=object)
    for column in (str(name) for name in plain.columns):
        if column in measures() and measures()[column].unit == "wan_a_head":
            plain[column] = [_value(value, measures()[column], words) for value in plain[column]]
    rows = tuple(tuple(map(_cell, row)) for row in plain.itertuples(index=False, name=None))
    return Sheet(words(f"sheet.{name}"), columns, rows)


def _column(name: str, words: WorkbookWords) -> Column:
    if name in measures():
        measure = measures()[name]
        heading = f"{measure.name(words.lang)} ({words.say.unit_name(measure.frame_unit)})"
        kind = "count" if measure.unit in WHOLE else KINDS.get(measure.unit, "amount")
        return Column(heading, measure.how(words.lang), kind)
    return words.column(OTHERWISE.get(name, name))


def _value(value: Any, measure: Measure, words: WorkbookWords) -> Any:
    """A value as it is shown: an amount in its unit, a head count without decimals."""
    if value is not None and measure.unit in ("wan", "wan_a_head"):
        return words.say.scaled(float(value), measure.frame_unit)
    return int(value) if measure.unit in WHOLE and value is not None and value % 1 == 0 else value


def _cell(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | float) else str(value)
