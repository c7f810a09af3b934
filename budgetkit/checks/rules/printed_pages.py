"""Pages: one that is an empty grid alone, one that is printed twice."""

from __future__ import annotations

from collections.abc import Sequence

from budgetkit.checks.case import Case, Row
from budgetkit.checks.finding import Checks, Finding, Words, found_or_none
from budgetkit.checks.printed import FAIL
from budgetkit.geometry import PageBox

#: A page with fewer characters than this cannot be told from another one.
ENOUGH = 60


def empty_grids(case: Case) -> Sequence[Finding]:
    """Find pages whose grids hold nothing, with nothing beside them."""
    found = [
        _about_page(row, "text-empty-grid", {"page": row["page"]})
        for row in case.rows["pages"]
        if row["n_grids"]
        and not row["n_cell_chars"]
        and row["n_chars"] < 4
        and not row.get("not_read")  # what fills it is drawn
    ]
    return found_or_none(case, found, "text-empty-grid")


def pages_twice(case: Case) -> Sequence[Finding]:
    """Find pages with exactly the text of an earlier one."""
    found: list[Finding] = []
    first: dict[tuple[str, str], int] = {}
    for row in case.rows["pages"]:
        if not row["digest"] or row["n_chars"] < ENOUGH:
            continue
        earlier = first.setdefault((row["document"], row["digest"]), row["page"])
        if earlier != row["page"] and (row["n_amounts"] or not row["n_grids"]):
            words = {"page": row["page"], "earlier": earlier}
            found.append(_about_page(row, "text-page-twice", words))
    return found_or_none(case, found, "text-page-twice")


def _about_page(row: Row, message: str, words: Words) -> Finding:
    place = PageBox(row["page"], 0.0, 0.0, 0.0, 0.0)
    return Finding(FAIL, message, words, table="text", place=place, document=row["document"])


CHECKS: Checks = {"text-empty-grid": empty_grids, "text-page-twice": pages_twice}
