"""Settle whose the documents of a dataset are, where one document alone does not tell.

Text and tables of one disclosure may come in two files, of which one names nobody; both then
print the same totals.  Target forms come as files of their own.  The name of a file is the last
resort.  What was settled is said in ``documents.error``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from budgetkit.extraction.dataset_rows import NO_DEPARTMENT, NO_YEAR, Rows
from budgetkit.extraction.prose.departments import alike, department_id
from budgetkit.extraction.prose.identity import REMARK, identify_file
from budgetkit.extraction.tables.headers import FORMS
from budgetkit.extraction.unread_pages import NOT_READ

#: Tables whose total rows are totals of the whole budget, and the measures of a total.
_TOTALS, _MEASURES = ("summary", "revenue", "expenditure"), ("amount", "total")
#: Prose of a budget's totals speaks of these.
_SIDES = ("收入", "支出", "收支")
#: Prose prints two digits of 万元: half the last one, with the rounding of binary floats.
TOLERANCE = 0.005001
_PLACE = ("region", "level")


@dataclass(frozen=True, slots=True)
class Found:
    """One document: its row of ``documents``, and what of its other rows tells whose it is.

    Attributes
    ----------
    document : dict
        Its row of ``documents``.
    tables : frozenset of str
        Ids of its tables, without those that are not known.
    totals : frozenset of float
        Totals of its tables in 万元; of its prose, where it has no table.
    """

    document: dict[str, Any]
    tables: frozenset[str]
    totals: frozenset[float]

    @classmethod
    def of(cls, document: dict[str, Any], rows: Rows) -> Found:
        """Keep of a document what tells whose it is.

        Parameters
        ----------
        document
            Its row of ``documents``.
        rows
            Its rows of the other tables.

        Returns
        -------
        Found
        """
        tables = frozenset(row["table"] for row in rows["tables"]) - {""}
        return cls(document, tables, frozenset(_totals(document, rows)))

    @property
    def source(self) -> str:
        """Path of its file."""
        return str(self.document["source"])


def _totals(document: dict[str, Any], rows: Rows) -> set[float]:
    if document["n_tables"]:
        amounts = (
            row["amount"]
            for row in rows["facts"]
            if row["table"] in _TOTALS and row["code"] == "total" and row["section"] != "use"
            if row["measure"] in _MEASURES and not row["budget_unit"]
        )
    else:
        amounts = (
            row["amount"]
            for row in rows["narrative"]
            if row["amount"] and any(side in row["item"] for side in _SIDES)
        )
    return {amount for amount in amounts if amount > 0}


def settle(found: Sequence[Found]) -> None:
    """Fill in departments and years that other documents, or names of files, tell.

    Parameters
    ----------
    found
        Every document of a dataset that was read; their rows of ``documents`` are changed.
    """
    _by_totals(found)
    _forms_by_department(found)
    for item in found:
        _by_file_name(item)
    _note_alike(found)


def _by_totals(found: Sequence[Found]) -> None:
    """Join a text with the tables of the same totals, where one of them lacks its name or year."""
    texts = [item for item in found if not item.document["n_tables"] and item.totals]
    partners: dict[int, list[tuple[Found, float]]] = defaultdict(list)
    pairs: list[tuple[Found, Found, float]] = []
    for tables in (item for item in found if item.document["n_tables"]):
        totals = tables.totals if texts else set()
        for text in texts:
            total = _common(totals, text.totals)
            if total is not None and _compatible(tables.document, text.document):
                pairs.append((tables, text, total))
                partners[id(tables)].append((text, total))
                partners[id(text)].append((tables, total))
    for tables, text, total in pairs:
        if len(partners[id(tables)]) == len(partners[id(text)]) == 1:
            why = f"both print a total of {total:,.2f} 万元"
            _take(tables, text, why)
            _take(text, tables, why)
            if tables.document["scope"] != text.document["scope"]:
                tables.document["scope"] = text.document["scope"]
                _remark(tables, f"its scope is that of {text.source}: {why}")


def _common(totals: Iterable[float], others: Iterable[float]) -> float | None:
    """The largest total that stands in both."""
    others = tuple(others)
    both = (a for a in totals if any(abs(a - b) <= TOLERANCE for b in others))
    return max(both, default=None)


def _compatible(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two documents may be one disclosure, and something of one tells of the other."""
    keys = ("department_id", "year", "kind")
    agree = all(one[key] == other[key] or not (one[key] and other[key]) for key in keys)
    return agree and any(one[key] != other[key] for key in (*keys, "scope"))


def _take(item: Found, other: Found, why: str) -> None:
    """Fill in what a document lacks from another one."""
    own, known = item.document, other.document
    if not own["department"] and known["department"]:
        own |= {key: known[key] for key in ("department", "department_id", "scope", *_PLACE)}
        _settled(item, NO_DEPARTMENT, f"department is that of {other.source}: {why}")
    if not own["year"] and known["year"]:
        own["year"] = known["year"]
        _settled(item, NO_YEAR, f"budget year is that of {other.source}: {why}")


def _forms_by_department(found: Sequence[Found]) -> None:
    """Give target forms without a year the year of their department's one disclosure."""
    dated: dict[str, list[Found]] = defaultdict(list)
    for item in found:
        if item.document["department"] and item.document["year"]:
            dated[item.document["department_id"]].append(item)
    for item in found:
        tables, others = item.tables, dated[item.document["department_id"]]
        if tables and tables <= FORMS and len({o.document["year"] for o in others}) == 1:
            _take(item, others[0], "the department's one disclosure here")


def _by_file_name(item: Found) -> None:
    """Fill in what only the name of the file says."""
    own = item.document
    if own["department"] and own["year"]:
        return
    named = identify_file(PurePosixPath(item.source).stem)
    if not own["department"] and named.department:
        own |= {"department": named.department, "scope": named.scope}
        own |= {"department_id": department_id(named.department)}
        own |= {"region": named.region, "level": named.level}
        _settled(item, NO_DEPARTMENT, "department stands in the name of its file")
    if not own["year"] and named.year:
        own["year"] = named.year
        _settled(item, NO_YEAR, "budget year stands in the name of its file")


def _settled(item: Found, problem: str, how: str) -> None:
    """Replace a problem of a document by the remark how it was settled."""
    problems = [part for part in _problems(item) if part != problem]
    item.document["error"] = "; ".join(problems)
    _remark(item, f"{REMARK}{how}")
    is_whole = all(part.startswith(REMARK) for part in problems)
    item.document["status"] = "ok" if is_whole else "partial"


def _problems(item: Found) -> list[str]:
    return [part for part in item.document["error"].split("; ") if part]


def _remark(item: Found, text: str) -> None:
    item.document["error"] = "; ".join((*_problems(item), text))


def _note_alike(found: Sequence[Found]) -> None:
    """Note names of departments that may be one: a row of ``aliases.csv`` would join them."""
    names = {item.document["department_id"]: item.document["department"] for item in found}
    pairs = alike(filter(None, names))
    for item in found:
        other = pairs.get(item.document["department_id"])
        if other:
            text = f"'{names[other]}' may be the same department (aliases.csv joins names)"
            _remark(item, f"{REMARK}department is not joined to another: {text}")


def note_joined_files(found: Iterable[Found]) -> None:
    """Note files that hold one disclosure together; a second file with the same tables is partial.

    Text and tables of one disclosure, or its target forms, may come in several files.
    """
    disclosures: dict[tuple[Any, ...], list[Found]] = defaultdict(list)
    for item in found:
        row = item.document
        if row["department"] and row["year"]:
            disclosures[row["department_id"], row["scope"], row["year"], row["kind"]].append(item)
    for items in disclosures.values():
        first = next((item for item in items if item.document["n_tables"]), None)
        for item in items:
            if first is not None and item is not first:
                _note_joined(item, first)


def _note_joined(item: Found, first: Found) -> None:
    row = item.document
    if not row["n_tables"]:
        unread = [part for part in _problems(item) if NOT_READ in part]
        kept = [part for part in _problems(item) if part.startswith(REMARK)]
        alone = f"holds the text alone; its tables are in {first.source}"
        row["error"] = "; ".join((*unread, alone, *kept))
        row["status"] = "partial" if unread else "ok"
    elif item.tables & first.tables or not item.tables:
        _remark(item, f"the same department, scope and year as {first.source}")
        row["status"] = "partial"
    else:
        _remark(item, f"{REMARK}other tables are in {first.source}")
