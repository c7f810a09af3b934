"""What the tests of the audit share: cases made by hand or from a PDF, and one check run alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from budgetkit.checks.audit.batches import read_rows
from budgetkit.checks.audit.catalogue import TABLES, catalogue
from budgetkit.checks.case import Case, cases_of
from budgetkit.checks.finding import Finding
from budgetkit.disclosure import DisclosureKey
from budgetkit.extraction.assemble import assemble
from budgetkit.extraction.dataset_rows import Rows
from budgetkit.extraction.document import read_file
from budgetkit.extraction.inputs import find_inputs

PLACE = {"page": 1, "x0": 0.0, "top": 0.0, "x1": 9.0, "bottom": 9.0}
#: Kinds of checks whose findings are about an amount.
OF_AMOUNTS = ("arithmetic", "cross_table", "narrative", "change", "performance")


CHECKS = {check.id: check for check in catalogue()}
#: The checks of tables; the others are about prose, people, targets, rules and text.
OF_TABLES = {id for module in TABLES for id in module.CHECKS}


def beyond_tables() -> tuple[str, ...]:
    """The ids of the checks about prose, people, targets, rules and text."""
    return tuple(id for id in CHECKS if id not in OF_TABLES)


def run(case: Case, *ids: str) -> list[Finding]:
    """What some checks say of a case, passes included."""
    return [finding for id in ids for finding in CHECKS[id].rule(case)]


def fails(case: Case, *ids: str) -> list[Finding]:
    """What some checks, or all beyond tables, find wrong with a case."""
    return [f for f in run(case, *(ids or beyond_tables())) if f.status == "fail"]


def kind_of(check: str) -> str:
    """The kind of a check."""
    return CHECKS[check].kind


@cache
def rows_of(path: Path) -> Rows:
    """The rows of one PDF."""
    (item,) = find_inputs([path])
    return assemble([item], lambda _: read_file(path))[0]


@cache
def cases_in(*paths: Path) -> tuple[Case, ...]:
    """The cases of some PDFs, joined as a dataset joins them."""
    rows: dict[str, list[Any]] = defaultdict(list)
    for path in paths:
        for name, found in rows_of(path).items():
            rows[name].extend(found)
    return tuple(cases_of(rows))


@cache
def cases_of_dataset(dataset: Path) -> tuple[Case, ...]:
    """The cases of a dataset that nobody writes to, as an audit of it has them."""
    return tuple(cases_of(read_rows(dataset)))


def said(text: str, item: str, **fields: Any) -> dict[str, Any]:
    """A row of ``narrative``."""
    row = dict.fromkeys(("amount", "share_pct", "change", "change_pct"))
    row |= {"document": "d", "kind": "amount", "section": "", "reason": "", "item": item}
    return row | PLACE | {"text": text} | fields


def fact(table: str, code: str, printed: str, **fields: Any) -> dict[str, Any]:
    """A row of ``facts``, in 万元."""
    row = {
        "document": "d",
        "table": table,
        "section": "",
        "code": code,
        "name": "",
        "project": "",
        "measure": "total",
        "printed": printed,
        "unit": "万元",
        "certainty": "read",
    }
    row |= PLACE | fields
    return row | {"fact_id": f"{table}:{code}:{row['measure']}:{row['project']}:{row['name']}"}


def table(name: str, **fields: Any) -> dict[str, Any]:
    """A row of ``tables``."""
    row = {"document": "d", "table": name, "title": name, "unit": "万元", "note": "", "n_facts": 1}
    return row | fields


def para(text: str, heading: str = "", rank: int = 0, page: int = 1) -> dict[str, Any]:
    """A row of ``paragraphs``."""
    return (
        {"document": "d", "rank": rank, "heading": heading, "text": text} | PLACE | {"page": page}
    )


def case(
    *,
    year: int = 2025,
    scope: str = "department",
    before: Case | None = None,
    **tables: Iterable[Mapping[str, Any]],
) -> Case:
    """A case of some rows by table."""
    rows: dict[str, list[Any]] = defaultdict(list)
    for name, found in tables.items():
        rows[name].extend(found)
    for number, row in enumerate(rows["paragraphs"], 1):
        row.setdefault("number", number)
    document = {"document": "d", "n_tables": 1, "family": "", "issued": None}
    return Case(DisclosureKey("某局", scope, year), (document,), rows, before=before)
