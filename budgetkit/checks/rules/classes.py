"""Codes and names of rows: whether they are of one class, and of a class that there is.

The lists of ``budgetkit/codelists`` need not hold every 项.  A name is held against a code only
where the list knows the code, and knows the name as that of another one; a code is looked for
only among those of which the list is whole (``whole_lists.csv``).
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from budgetkit.amounts import squeeze
from budgetkit.checks.case import Case
from budgetkit.checks.finding import (
    Checks,
    Finding,
    Words,
    about_disclosure,
    about_figure,
    found_or_none,
)
from budgetkit.checks.meaning import core_name
from budgetkit.checks.names import name_of
from budgetkit.checks.printed import FAIL, PASS, PrintedFigure
from budgetkit.codelists import bare_name, classification

#: Classes have had these codes since the reforms of 2018 (economic) and 2019 (functional).
FROM_YEAR = 2019
#: A table with more contradictions than this has its names in other rows than their codes, or
#: they were read so.
FEW = 2
#: Names that share more than this of their characters may be one name, shortened or cut.
ALIKE = 0.3
_CODE = re.compile(r"[235]\d{2}(?:\d{2}){0,2}")
_MARKS = re.compile(r"[()\[\]、，,.。:：;；—\-“”\"'·*#]")
_KINDS = {"2": "functional", "3": "economic", "5": "government"}
_DIGITS = re.compile(r"\d")


class _Row(NamedTuple):
    """A code with a name, of one table or more."""

    code: str
    name: str


@lru_cache(maxsize=16384)
def _folded(name: str) -> str:
    """Fold what a name may be printed with: widths, marks, an enumerator, 支出 or 费 at its end."""
    plain = bare_name(squeeze(unicodedata.normalize("NFKC", name)))
    return core_name(_MARKS.sub("", plain))


@cache
def _names(kind: str) -> dict[str, frozenset[str]]:
    """Return every name of a code, of other years too, folded."""
    return {
        one.code: frozenset(map(_folded, (one.name, *one.aliases)))
        for one in classification(kind).values()
    }


@cache
def _codes_by_name(kind: str) -> dict[tuple[str, int], frozenset[str]]:
    """Return the codes of a name, by name and number of digits."""
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    for code, names in _names(kind).items():
        for name in names:
            found[name, len(code)].add(code)
    return {key: frozenset(codes) for key, codes in found.items()}


def _rows(case: Case) -> dict[_Row, list[PrintedFigure]]:
    """Return the coded rows of the tables, without those of projects."""
    found: dict[_Row, list[PrintedFigure]] = defaultdict(list)
    projects = case.projects_of
    for figure in case.figures:
        if figure.name and figure.fact_id not in projects and _CODE.fullmatch(figure.code):
            found[_Row(figure.code, figure.name)].append(figure)
    return found


def names_of_codes(case: Case) -> Sequence[Finding]:
    """Find rows whose name is that of another class than their code's."""
    if case.year < FROM_YEAR:
        return ()
    rows = case.kept(_rows)
    by_table: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for row, figures in rows.items():
        name = _folded(row.name)
        kind = _KINDS[row.code[0]]
        own = _names(kind).get(row.code)
        if not own or name in own or not name:
            continue
        others = _codes_by_name(kind).get((name, len(row.code)))
        # Two names that share a beginning may be one name of two years.
        if not others or any(one in name or name in one for one in own):
            continue
        proper = classification(kind)[row.code].name
        for table in dict.fromkeys((f.document, f.table) for f in figures):
            first = next(f for f in figures if (f.document, f.table) == table)
            words: Words = {"printed": bare_name(row.name), "proper": proper, "others": min(others)}
            finding = about_figure(first, FAIL, "class-name", words, measure="name")
            of_row = tuple(f.fact_id for f in figures if (f.document, f.table) == table)
            by_table[table].append(finding._replace(expected=None, facts=of_row))
    found = [
        one._replace(certain=one.certain and len(of_table) <= FEW)
        for of_table in by_table.values()
        for one in of_table[: FEW + 1]
    ]
    return found_or_none(case, found, "class-name")


def names_in_tables(case: Case) -> Sequence[Finding]:
    """Find codes that two tables of a disclosure call by names that have nothing in common."""
    names: dict[str, dict[str, list[PrintedFigure]]] = defaultdict(dict)
    for row, figures in case.kept(_rows).items():
        names[row.code].setdefault(_folded(row.name), []).extend(figures)
    found = []
    for code, folded in names.items():
        if len(folded) != 2 or not all(folded):
            continue
        # The name that more tables print is held against the other.
        (one, figures), (other, others) = sorted(
            folded.items(), key=lambda item: len({f.table for f in item[1]})
        )
        alike = len(set(one) & set(other)) / min(len(set(one)), len(set(other)))
        if alike > ALIKE or _DIGITS.search(one + other):
            continue
        if _names(_KINDS[code[0]]).get(code, frozenset()) >= {one, other}:
            continue
        words: Words = {
            "printed": bare_name(figures[0].name),
            "other": bare_name(others[0].name),
            "other_table": name_of("table", others[0].table),
        }
        finding = about_figure(figures[0], FAIL, "class-name-differs", words, measure="name")
        found.append(
            finding._replace(
                expected=None,
                other_fact_id=others[0].fact_id,
                other_place=others[0].place,
                other_document=others[0].document,
                facts=tuple(f.fact_id for f in figures if f.table == figures[0].table),
            )
        )
    # Where many differ, rows or columns were read for others.
    return found_or_none(case, found if len(found) <= FEW else [], "class-name-differs")


@cache
def _whole_lists() -> tuple[dict[str, str], ...]:
    text = (files("budgetkit.checks.rules") / "whole_lists.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def codes_known(case: Case) -> Iterator[Finding]:
    """Find codes that are not in a list of which every code of the year is known."""
    found: dict[str, Finding] = {}
    is_covered = False
    for row, figures in case.kept(_rows).items():
        for whole in _whole_lists():
            digits = int(whole["digits"])
            code = row.code[:digits]
            applies = row.code.startswith(whole["below"]) and len(row.code) >= int(whole["of_rows"])
            if not applies or case.year < int(whole["from_year"]):
                continue
            is_covered = True
            if code not in _names(whole["list"]) and code not in found:
                words: Words = {"printed": bare_name(row.name), "year": case.year}
                finding = about_figure(figures[0], FAIL, "class-code", words, code=row.code)
                found[code] = finding._replace(expected=None)
    if is_covered and not found:
        yield about_disclosure(case, PASS, "class-code")
    yield from found.values()


def rows_twice(case: Case) -> Sequence[Finding]:
    """Find rows that a table prints twice, where their sum holds only if they are counted once."""
    rows: dict[tuple[str, ...], dict[str, list[PrintedFigure]]] = defaultdict(dict)
    tables = _with_twins(case)
    for figure in case.own_figures if tables else ():
        if (figure.table, figure.section) not in tables:
            continue
        is_project = not figure.code and figure.fact_id in case.projects_of
        if not (_CODE.fullmatch(figure.code) or is_project) or figure.section == "use":
            continue
        of_table = figure.document, figure.table, figure.section
        rows[(*of_table, *_row_of(case, figure))].setdefault(figure.measure, []).append(figure)
    twice: dict[tuple[str, ...], list[dict[str, list[PrintedFigure]]]] = defaultdict(list)
    totals: dict[tuple[str, ...], int] = defaultdict(int)
    for key, measures in rows.items():
        totals[key[:3]] += 1
        amounts = [figures[0].amount for figures in measures.values()]
        if any(amounts) and all(_is_pair(figures) for figures in measures.values()):
            twice[key[:3]].append(measures)
    found = []
    for table, doubled in twice.items():
        is_once = _wholes(case, table) == 1
        if len(doubled) > FEW or (4 * len(doubled) > totals[table] and not is_once):
            continue  # a table that is printed twice, or once for each unit
        found += [finding for one in doubled for finding in _row_twice(case, one)]
    return found_or_none(case, found, "row-twice")


def _with_twins(case: Case) -> frozenset[tuple[str, str]]:
    """Tables and sections that print a code twice in one column with one amount: few do."""
    return frozenset(
        (table, section)
        for (table, section, _), column in case.by_place.items()
        for figures in column.values()
        if len(figures) > 1 and len({figure.amount for figure in figures}) < len(figures)
    )


def _wholes(case: Case, table: tuple[str, ...]) -> int:
    """How often a table (document, id, section) prints its total in one column, at the most."""
    columns = [column for place, column in case.by_place.items() if place[:2] == table[1:]]
    found = ([f for f in column.get("total", ()) if f.document == table[0]] for column in columns)
    return max(map(len, found), default=0)


def _row_of(case: Case, figure: PrintedFigure) -> tuple[str, ...]:
    """What tells a row from the others of its table: code, name, project, and whose it is."""
    id = figure.fact_id
    whose = case.unit_of.get(id, ""), case.second_codes.get(id, ""), case.stage_of.get(id, "")
    return figure.code, figure.name, case.projects_of.get(id, ""), *whose


def _is_pair(figures: Sequence[PrintedFigure]) -> bool:
    return len(figures) == 2 and figures[0].amount == figures[1].amount


def _row_twice(case: Case, measures: dict[str, list[PrintedFigure]]) -> Iterator[Finding]:
    first, second = max(measures.values(), key=lambda figures: abs(figures[0].amount))
    if first.place == second.place or not _counts_once(case, first):
        return
    finding = about_figure(first, FAIL, "row-twice", {"name": bare_name(first.name)})
    yield finding._replace(
        other_fact_id=second.fact_id,
        other_place=second.place,
        other_document=second.document,
        place=first.place,
        sure=first.sure and second.sure,
        facts=tuple(f.fact_id for figures in measures.values() for f in figures),
    )


def _counts_once(case: Case, figure: PrintedFigure) -> bool:
    """Whether the class above a row is the sum of its rows with this one counted once.

    Of a project without a code it is the total of its table.
    """
    column = case.by_place[figure.table, figure.section, figure.measure]
    above = figure.code[:-2] if len(figure.code) > 3 else "total"
    if figure.code and above not in column:  # as where a table lists its items alone
        above = "total"
    wholes = {whole.amount for whole in column.get(above, ())}
    beside = [
        figures
        for code, figures in column.items()
        if len(code) == len(figure.code)
        and (code.isdigit() or not code)
        and (above == "total" or code.startswith(above))
    ]
    rows: dict[tuple[str, ...], list[PrintedFigure]] = defaultdict(list)
    for one in (one for figures in beside for one in figures):
        if one.code or one.fact_id in case.projects_of:
            rows[_row_of(case, one)].append(one)
    once = sum(figures[0].amount for figures in rows.values())
    half = max(figures[0].half for figures in rows.values())
    is_single = all(len(figures) == 1 or _is_pair(figures) for figures in rows.values())
    # The row of a class and those of its projects are one amount.
    is_single &= all(len({bool(row[2]) for row in rows if row[0] == key[0]}) == 1 for key in rows)
    tolerance = (len(rows) + 1) * half
    return is_single and len(wholes) == 1 and abs(min(wholes) - once) <= tolerance < figure.amount


CHECKS: Checks = {
    "class-name": names_of_codes,
    "class-name-differs": names_in_tables,
    "class-code": codes_known,
    "row-twice": rows_twice,
}
