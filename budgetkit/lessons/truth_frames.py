"""The bundled corpus as its data files tell it, in the frames of a dataset.

The answers of the exercises come from here: a lesson does not take the reader's word for what it
teaches to doubt.  Tables that the data files do not tell (pages, boxes, paragraphs) are empty.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from budgetkit.bundled import sample_folder
from budgetkit.corpus.model import Disclosure
from budgetkit.corpus.truth import read
from budgetkit.lessons.lesson_data import LessonData
from budgetkit.schema import frame_units, units
from budgetkit.storage.table_files import frame

if TYPE_CHECKING:
    import pandas as pd

    from budgetkit.storage.frames import Frames

Row = dict[str, Any]

#: Levels of a classification code by its length: 类, 款, 项, of functions and of economic classes.
LEVELS = {3: 1, 5: 2, 7: 3}
#: The tables that list projects.
PROJECT_TABLES = ("project_expenditure", "carryover")
#: Columns of a target form, in the order of a data file.
TARGET = (
    "level1", "level2", "level3", "printed", "basis", "last_year", "weight", "rule", "evidence",
)  # fmt: skip


@cache
def models() -> tuple[Disclosure, ...]:
    """Return the disclosures of the bundled corpus, by name."""
    return tuple(read(path) for path in sorted(sample_folder().glob("*.json")))


def is_corpus(dataset: Frames) -> bool:
    """Whether a dataset was made from the bundled corpus, and from nothing else."""
    documents = dataset.documents
    sums = documents["sha256"].fillna("")
    found = dict(zip(documents["document"], sums, strict=True))
    return found == _bundled()


@cache
def _bundled() -> dict[str, str]:
    """Return the sum of each PDF of the corpus, by document."""
    return {
        path.stem: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sample_folder().glob("*.pdf")
    }


def truth(document: str) -> LessonData:
    """Return the data of the corpus, as its data files tell it.

    Parameters
    ----------
    document
        The disclosure that a lesson is about.

    Returns
    -------
    LessonData
    """
    return LessonData(truth_frame, document)


@cache
def truth_frame(name: str) -> pd.DataFrame:
    """Return one table of the corpus.

    Parameters
    ----------
    name
        ``facts``, ``staffing``, ...

    Returns
    -------
    pandas.DataFrame
        With the columns of a dataset, those that the data files do not tell empty.
    """
    rows = _ROWS.get(name)
    made = frame(name, (row for model in models() for row in rows(model)) if rows else ())
    made.attrs["units"] = frame_units() | units(name)
    return made


def facts_of(model: Disclosure) -> pd.DataFrame:
    """Return the facts of one disclosure, as its data file tells them."""
    return frame("facts", _facts(model))


def _documents(model: Disclosure) -> Iterator[Row]:
    yield {
        "document": model.key,
        "source": f"{model.key}.pdf",
        "kind": "budget",
        "department": model.department,
        "department_id": model.department,
        "scope": model.scope,
        "region": model.region,
        "year": model.year,
        "issued": model.issued,
        "family": model.family,
        "unit": model.unit,
        "status": "ok",
        "n_facts": len(model.facts),
    }


def _facts(model: Disclosure) -> Iterator[Row]:
    for fact in model.facts:
        code = fact.code
        yield {
            "document": model.key,
            "department": model.department,
            "scope": model.scope,
            "region": model.region,
            "year": model.year,
            "table": fact.table,
            "section": fact.section,
            "code": code,
            "name": fact.name,
            "level": 0 if code == "total" else LEVELS.get(len(code)) if code.isdigit() else None,
            "project": fact.project,
            "measure": fact.measure,
            "stage": "budget",
            "amount": float(fact.value),
            "unit": model.unit,
            "certainty": "read",
        }


def _staffing(model: Disclosure) -> Iterator[Row]:
    counts = {name: getattr(model.staff, name) for name in model.staff.__dataclass_fields__}
    yield {
        "document": model.key,
        "department": model.department,
        "scope": model.scope,
        "year": model.year,
        **counts,
    }


def _tables(model: Disclosure) -> Iterator[Row]:
    for table in dict.fromkeys(fact.table for fact in model.facts):
        count = sum(fact.table == table for fact in model.facts)
        yield {"document": model.key, "table": table, "n_facts": count}


def _projects(model: Disclosure) -> Iterator[Row]:
    for told in model.descriptions:
        yield {
            **_named(model, told.name, told.amount, "narrative"),
            "basis": told.basis,
            "allocation": told.allocation,
        }
    for carried in model.carried:
        yield _named(model, carried.name, carried.amount, "narrative")
    for fact in model.facts:
        if fact.table in PROJECT_TABLES and fact.project and fact.measure == "total":
            row = _named(model, fact.project, fact.value, "table")
            yield row | {"code": fact.code if fact.code.isdigit() else ""}
    for target in model.targets:
        if target.project:
            yield _named(model, target.project, target.budget, "target")


def _named(model: Disclosure, name: str, amount: Decimal, where: str) -> Row:
    return {
        "document": model.key,
        "project": name,
        "name": name,
        "amount": float(amount),
        "where": where,
    }


def _indicators(model: Disclosure) -> Iterator[Row]:
    for target in model.targets:
        for row in target.rows:
            yield {
                "document": model.key,
                "project": target.project,
                "budget": float(target.budget),
                "fiscal": float(target.fiscal),
                "other": float(target.other),
                "goal": target.goal,
                **dict(zip(TARGET, row, strict=False)),
            }


def _narrative(model: Disclosure) -> Iterator[Row]:
    for said in model.statements:
        yield {
            "document": model.key,
            "item": said.item,
            "kind": "not_arranged" if said.amount is None else "amount",
            "amount": _number(said.amount),
            "share_pct": _number(said.share),
            "change": _number(said.change),
            "change_pct": _number(said.change_pct),
            "reason": said.reason,
        }


def _assets(model: Disclosure) -> Iterator[Row]:
    for asset in model.assets:
        yield {
            "document": model.key,
            "item": asset.item,
            "quantity": _number(asset.quantity),
            "unit": asset.unit,
            "value": _number(asset.value),
        }


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


_ROWS = {
    "documents": _documents,
    "facts": _facts,
    "staffing": _staffing,
    "tables": _tables,
    "projects": _projects,
    "indicators": _indicators,
    "narrative": _narrative,
    "assets": _assets,
}
