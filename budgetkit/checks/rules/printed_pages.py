"""Pages: one that is an empty grid alone, one that is printed twice."""

from __future__ import annotations

from collections.abc import Iterator

from budgetkit.checks.case import Case, Row
from budgetkit.checks.catalogue import Finding, check
from budgetkit.checks.findings import GUIDE, found_or_none
from budgetkit.checks.printed import FAIL, Place

#: A page with fewer characters than this says nothing that could be printed twice.
ENOUGH = 60


@check(
    "text-empty-grid",
    "text",
    "不应有只剩空白表格线的页",
    "No page is an empty grid alone",
    source=GUIDE,
    needs="pages",
)
def empty_grids(case: Case) -> Iterator[Finding]:
    """Find pages whose grids hold nothing, with nothing beside them."""
    found = [
        _page(row, f"第{row['page']}页只有空白表格", f"page {row['page']} is an empty grid")
        for row in case.rows["pages"]
        if row["n_grids"] and not row["n_cell_chars"] and row["n_chars"] < 4
    ]
    yield from found_or_none(case, found, "没有空白表格页", "no page is an empty grid alone")


def _page(row: Row, zh: str, en: str) -> Finding:
    place = Place(row["page"], 0.0, 0.0, 0.0, 0.0)
    return Finding(FAIL, zh, en, table="text", place=place, document=row["document"])


@check(
    "text-page-twice",
    "text",
    "同一页不应重复出现",
    "No page is printed twice",
    source=GUIDE,
    needs="pages",
)
def pages_twice(case: Case) -> Iterator[Finding]:
    """Find pages with exactly the text of an earlier one."""
    found: list[Finding] = []
    first: dict[tuple[str, str], int] = {}
    for row in case.rows["pages"]:
        if not row["digest"] or row["n_chars"] < ENOUGH:
            continue
        before = first.setdefault((row["document"], row["digest"]), row["page"])
        if before != row["page"] and (row["n_amounts"] or not row["n_grids"]):
            found.append(
                _page(
                    row,
                    f"第{row['page']}页与第{before}页完全相同",
                    f"page {row['page']} repeats page {before}",
                )
            )
    yield from found_or_none(case, found, "没有重复的页", "no page is printed twice")
