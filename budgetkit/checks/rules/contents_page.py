"""The table of contents against what follows it: the tables that it lists, and their pages.

Nothing is said of contents that were not understood as a whole: each title of a table must be one
that the lists know, and page numbers are held against those that the pages print of themselves.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from budgetkit.checks.case import Case, Row
from budgetkit.checks.finding import Checks, Finding, about_sentence, skipped
from budgetkit.checks.printed import FAIL, PASS
from budgetkit.checks.rules.disclosure import titles_in_prose
from budgetkit.codelists.own_lists import OWN_TABLE
from budgetkit.extraction.prose.headings import is_table_title, marker, without_marker
from budgetkit.extraction.tables.titles import plain_title, title_table

#: So many of the listed tables may be missing (of all of them): more are in another file.
MISSING = 1 / 3
#: The number of a page is known where so many pages print theirs, and this share of them agrees.
NUMBERED, AGREE = 3, 0.9
#: Contents whose pages are right for this many entries, and this share of them, count pages so.
RIGHT, RIGHT_SHARE = 3, 0.5
#: A page of fewer characters before a table holds the table's title alone.
TITLE_PAGE = 100
#: Titles of no table of their own: 部门预算表, 2025年部门预算公开表.
_COLLECTIVE = re.compile(
    r"^(?:(?!收入|支出|收支|经费|基金|资本|采购|绩效|项目|收费|资产|债务).)*表$"
)


class _Title(NamedTuple):
    """A title without its number and its year, and the table that it names, if any."""

    bare: str
    table: str


class _Listed(NamedTuple):
    """An entry of the contents that is a table's title, bare of its number, and what it names."""

    entry: Row
    title: str
    table: str


def tables_there(case: Case) -> Iterator[Finding]:
    """Find tables that the contents list and that are not there."""
    listed = case.kept(_listed)
    if listed is None:
        yield skipped(case, "skipped-contents-title")
        return
    missing = [one for one in listed if not _tables_of(case, one)]
    if len(missing) > MISSING * len(listed):
        yield skipped(case, "skipped-contents-elsewhere")
        return
    may_be_any = any(not row["table"] for row in case.rows["tables"])
    titled = case.kept(titles_in_prose)
    titles = Counter(one.title for one in listed)
    for one in listed:
        words = {"title": one.entry["title"]}
        there = _tables_of(case, one)
        # Two of one kind: a table of the title of another entry may hold both.
        of_others = [row for row in there if titles[_bare(row)] and _bare(row) != one.title]
        if len(of_others) < len(there):
            yield _about(one.entry, PASS, "contents-table", words, one.table)
        elif there or may_be_any or one.table in titled or not _is_known(one.table):
            yield skipped(case, "skipped-contents-unknown", words, one.table)
        else:
            yield _about(one.entry, FAIL, "contents-table", words, one.table)


def pages_right(case: Case) -> Iterator[Finding]:
    """Compare the pages behind the entries with the numbers of the pages where these stand."""
    entries = [row for row in case.rows["contents"] if row["printed_page"] is not None]
    if not entries:
        return
    offset = _offset(case, entries[0]["document"])
    if offset is None:
        yield skipped(case, "skipped-contents-numbers")
        return
    found = [(row, where) for row in entries if (where := _page_of(case, row)) is not None]
    right = sum(row["printed_page"] == page + offset for row, page in found)
    if right < RIGHT or right < RIGHT_SHARE * len(found):
        yield skipped(case, "skipped-contents-counted")
        return
    for row, page in found:
        number = page + offset
        is_right = row["printed_page"] == number
        words = {"title": row["title"], "listed": row["printed_page"], "number": number}
        if is_right or not _may_begin_before(case, row, page, offset):
            status = PASS if is_right else FAIL
            yield _about(row, status, "contents-page", words, code=without_marker(row["title"]))


def _about(
    entry: Row, status: str, message: str, words: Mapping[str, str | int], table: str = "text",
    *, code: str = "",
) -> Finding:  # fmt: skip
    found = about_sentence(entry, status, message, words, table=table, code=code)
    return found._replace(facts=(), certain=False)


def _listed(case: Case) -> tuple[_Listed, ...] | None:
    """The tables that the contents list; None where a title is missing, or none that is known."""
    found = []
    for row in case.rows["contents"]:
        if not row["title"]:
            return None
        # 第二部分 2025年部门预算表 is the title of them all.
        if not is_table_title(row["title"]) or marker(row["title"]) == 1:
            continue
        if (one := _as_table(row)) is not None:
            found.append(one)
        elif not _COLLECTIVE.search(_bare(row)):
            return None
    return tuple(found)


def _as_table(entry: Row) -> _Listed | None:
    title = _read(entry["title"])
    return _Listed(entry, title.bare, title.table) if title.table else None


def _bare(row: Row) -> str:
    """The title of an entry or a table without its number and its year."""
    return _read(row["title"] or "").bare


@lru_cache(maxsize=4096)
def _read(title: str) -> _Title:
    """Read a title; those of a template come again in every disclosure."""
    bare = without_marker(title)
    return _Title(plain_title(bare), title_table(bare) or "")


def _tables_of(case: Case, listed: _Listed) -> list[Row]:
    """The tables that an entry may be of: by the same title, else by what the title names."""
    by_title, by_id = case.kept(_tables)
    return by_title.get(listed.title) or by_id.get(listed.table, [])


def _tables(case: Case) -> tuple[dict[str, list[Row]], dict[str, list[Row]]]:
    """The tables by their titles, and by what they are or their titles name."""
    by_title: dict[str, list[Row]] = defaultdict(list)
    by_id: dict[str, list[Row]] = defaultdict(list)
    for row in case.rows["tables"]:
        title = _read(row["title"] or "")
        by_title[title.bare].append(row)
        for table in {row["table"], title.table} if row["table"] else ():
            by_id[table].append(row)
    return by_title, by_id


def _is_known(table: str) -> bool:
    return not table.startswith(OWN_TABLE)


def _offset(case: Case, document: str) -> int | None:
    """What the pages of a document add to their place; None where they do not agree."""
    printed = [
        row["printed"] - row["page"]
        for row in case.rows["pages"]
        if row["document"] == document and row["printed"] is not None
    ]
    ((offset, times),) = Counter(printed).most_common(1) or [(0, 0)]
    return offset if times >= NUMBERED and times >= AGREE * len(printed) else None


def _page_of(case: Case, entry: Row) -> int | None:
    """The page on which the table or heading of an entry begins; None where it is not known."""
    document, title = entry["document"], entry["title"]
    if is_table_title(title) and (one := _as_table(entry)) is not None:
        rows = [row for row in _tables_of(case, one) if row["document"] == document]
        pages = [int(row["pages"].split()[0]) for row in rows if row["pages"]]
    else:
        pages = case.kept(_pages_of_headings).get((document, title), [])
    return pages[0] if len(pages) == 1 else None


def _pages_of_headings(case: Case) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in case.rows["paragraphs"]:
        if row["rank"]:
            found[row["document"], row["text"]].append(row["page"])
    return found


def _may_begin_before(case: Case, entry: Row, page: int, offset: int) -> bool:
    """Whether the page that is listed is the one before, which may hold the title alone."""
    if entry["printed_page"] != page + offset - 1:
        return False
    before = [
        row for row in case.rows["pages"]
        if (row["document"], row["page"]) == (entry["document"], page - 1)
    ]  # fmt: skip
    return any(not row["n_grids"] or row["n_chars"] < TITLE_PAGE for row in before)


CHECKS: Checks = {"contents-table": tables_there, "contents-page": pages_right}
