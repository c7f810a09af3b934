"""What each run of a closing project found, kept in one file beside its page."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.errors import UsageError
from budgetkit.storage.records import records

if TYPE_CHECKING:
    import pandas as pd

    from budgetkit.dataset import Dataset

#: The file of the runs, in the folder of the page.
NOTES = "answers.json"


@dataclass(frozen=True)
class Source:
    """Where a figure is printed; what a sentence says of people has a page alone."""

    document: str
    page: int
    table: str = ""
    name: str = ""
    printed: str = ""
    unit: str = ""


@dataclass(frozen=True)
class RunNote:
    """What one run found: a figure, or why there is none.

    Attributes
    ----------
    department, scope, measure, name, unit, note, notice : str
        As in ``Dataset.compare``.
    year : int
    value : float or None
        In ``unit``.
    doubt : bool
        It should not be relied on.
    sources : tuple of Source
        Where the figures behind it are printed.
    """

    department: str
    year: int
    scope: str
    measure: str
    name: str
    value: float | None
    unit: str
    doubt: bool
    note: str
    notice: str
    sources: tuple[Source, ...] = ()

    @property
    def key(self) -> tuple[str, str, int]:
        """What a later run of the same replaces."""
        return self.measure, self.department, self.year


def note_of(dataset: Dataset, found: pd.DataFrame) -> RunNote:
    """Return what a run found.

    Parameters
    ----------
    dataset
        That it was asked of.
    found
        One row of ``Dataset.compare``.

    Returns
    -------
    RunNote

    Raises
    ------
    UsageError
        It is not one row.
    """
    if len(found) != 1:
        raise UsageError(
            f"one figure a run is asked for, and there are {len(found)}",
            remedy="take it from bk.lessons.ask()",
        )
    row = records(found)[0]
    value = row["value"]
    return RunNote(
        department=str(row["department"]),
        year=int(row["year"]),
        scope=str(row["scope"] or ""),
        measure=str(row["measure"]),
        name=str(row["name"]),
        value=None if value is None else float(value),
        unit=str(row["unit"] or ""),
        doubt=bool(row["doubt"]),
        note=str(row["note"] or ""),
        notice=str(row["notice"] or ""),
        sources=tuple(_sources(dataset, row)),
    )


def _sources(dataset: Dataset, row: dict[str, Any]) -> list[Source]:
    """Return the cells of a row, then the pages that only a sentence is on."""
    ids = str(row["fact_ids"] or "").split()
    facts = {one["fact_id"]: one for one in records(dataset.facts) if one["fact_id"] in set(ids)}
    found = [_source(facts[id_]) for id_ in ids if id_ in facts]
    cells = {(one["document"], int(one["page"]), f"{one['x0']:g}") for one in facts.values()}
    for place in str(row["places"] or "").split():
        document, page, x0 = place.rsplit(":", 5)[:3]
        if (document, int(page), x0) not in cells:
            found.append(Source(document, int(page)))
    return found


def _source(fact: dict[str, Any]) -> Source:
    words = (str(fact[name] or "") for name in ("table", "name", "printed", "unit"))
    return Source(str(fact["document"]), int(fact["page"]), *words)


def add_note(folder: Path, note: RunNote) -> tuple[RunNote, ...]:
    """Add what a run found to the file of the runs; the same run replaces its earlier one.

    Parameters
    ----------
    folder
        Of the page; is made where it is missing.
    note
        What was found.

    Returns
    -------
    tuple of RunNote
        Of all runs that asked the same, by bureau in the order of their first run, then by year.

    Raises
    ------
    UsageError
        The file is not one of these, or can't be written.
    """
    known = {one.key: one for one in _read(folder / NOTES)} | {note.key: note}
    text = json.dumps([asdict(one) for one in known.values()], ensure_ascii=False, indent=1)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / NOTES).write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"can't be written ({error.strerror or error})", file=folder) from error
    same = [one for one in known.values() if one.measure == note.measure]
    order = list(dict.fromkeys(one.department for one in same))
    return tuple(sorted(same, key=lambda one: (order.index(one.department), one.year)))


def _read(path: Path) -> list[RunNote]:
    if not path.is_file():
        return []
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return [
            RunNote(**{**row, "sources": tuple(Source(**one) for one in row["sources"])})
            for row in rows
        ]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise UsageError(
            "is no file of a closing project's runs", file=path, remedy="choose another folder"
        ) from error
