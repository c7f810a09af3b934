"""The template of a province, read from a JSON file: titles, headers, columns, rows, prose.

A family is data alone; ``families/`` holds those of the corpus, and a path names any other.
A table of the description has

``table``, ``title``, ``label``, ``unit``
    Canonical id, printed title, 表1 above it, a unit of its own.
``header``
    Rows of cells, each a text or ``[text, columns, rows]``, as in an HTML table.
``numbers``
    How many ※ stand in the row of column numbers under the header; none without it.
``panels``
    Side by side.  Each has ``columns`` (``[binding, width]``), ``rows`` and ``total``.

A binding is ``=measure``, ``=code:measure``, or a word for a label: ``code``, ``code1`` …
``code3``, ``dotted``, ``name`` (indented), ``plain``, ``label``, ``code_label``, ``numbered``,
``project``, ``carried``, ``group``.  Rows are ``facts`` (those of the table, in order), ``used``
(the classes that have facts), ``classes`` (all of the family) or a list of ``[code, label]``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from budgetkit.corpus.model import Staff

FOLDER = Path(__file__).with_name("families")


@dataclass(frozen=True)
class Panel:
    """A part of a table with columns and rows of its own."""

    columns: tuple[tuple[str, float], ...]
    rows: Any
    section: str = ""
    by_use: bool = False
    total: tuple[str, str] | None = None
    place: str = "last"
    span: int = 0
    closing: tuple[tuple[Any, ...], ...] = ()

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures that this panel prints, in order."""
        return tuple(
            binding.split(":")[-1].lstrip("=") for binding, _ in self.columns if "=" in binding
        )


@dataclass(frozen=True)
class TableSpec:
    """A table of a family."""

    table: str
    title: str
    label: str
    left: str
    right: str
    unit: str
    landscape: bool
    header: tuple[tuple[Any, ...], ...]
    numbers: int | None
    panels: tuple[Panel, ...]
    note: str
    blank_rows: int
    blank_total: bool
    filler: int


@dataclass(frozen=True)
class Traits:
    """What a template can show of a budget.

    Attributes
    ----------
    sources : tuple of str
        ``own``, ``transfer``, ``fund``, ``unit``: what is not among them counts as ``own``.
    carry, reserve : bool
        Money carried over from the year before; a reserve (单位预留机动经费).
    spread : bool
        Social security, health and housing stand under functions of their own.
    unit : str
        万元 or 元, of the tables.
    institution : bool
        A department is its office and a centre below it.
    staffing : tuple of str
        The head counts that the text gives, fields of ``Staff``.
    """

    sources: tuple[str, ...] = ("own",)
    carry: bool = False
    reserve: bool = False
    spread: bool = True
    unit: str = "万元"
    institution: bool = False
    staffing: tuple[str, ...] = tuple(field.name for field in fields(Staff))


@dataclass(frozen=True)
class Family:
    """A template: its tables in printed order and the frames of its prose."""

    name: str
    tables: tuple[TableSpec, ...]
    classes: tuple[tuple[str, str], ...]
    forms: dict[str, str]
    words: dict[str, str]
    change: str
    flat: str
    document: tuple[tuple[Any, ...], ...]
    targets: dict[str, str] | None
    traits: Traits
    revenue: tuple[tuple[str, tuple[str, ...]], ...]
    operating: str
    share_pages: bool

    @property
    def blocks(self) -> frozenset[str]:
        """The kinds of blocks that its document has."""
        return frozenset(block[0] for block in self.document)

    def spec(self, table: str) -> TableSpec | None:
        """Return the table with a canonical id, or ``None`` where this family has none."""
        return next((spec for spec in self.tables if spec.table == table), None)


@cache
def load_family(name: str) -> Family:
    """Read a family by its name in ``families/`` or by a path to its JSON file."""
    path = Path(name) if name.endswith(".json") else FOLDER / f"{name}.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    return Family(
        name=said["name"],
        tables=tuple(_table(table, said) for table in said["tables"]),
        classes=tuple((code, label) for code, label in said.get("classes", ())),
        forms=said.get("forms", {}),
        words=said["words"],
        change=said["change"],
        flat=said["flat"],
        document=tuple(tuple(block) for block in said["document"]),
        targets=said.get("targets"),
        traits=_traits(said.get("traits", {})),
        revenue=tuple((item, tuple(sources)) for item, sources in said.get("revenue", ())),
        operating=said.get("operating", "机关运行经费"),
        share_pages=said.get("share_pages", False),
    )


def _traits(said: dict[str, Any]) -> Traits:
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in said.items()}
    return Traits(**values)


def _table(said: dict[str, Any], family: dict[str, Any]) -> TableSpec:
    return TableSpec(
        table=said["table"],
        title=said["title"],
        label=said.get("label", ""),
        left=said.get("left", family["left"]),
        right=said.get("right", family["right"]),
        unit=said.get("unit", ""),
        landscape=said.get("landscape", family.get("landscape", False)),
        header=tuple(tuple(row) for row in said["header"]),
        numbers=said.get("numbers"),
        panels=tuple(_panel(panel) for panel in said["panels"]),
        note=said.get("note", ""),
        blank_rows=said.get("blank_rows", 0),
        blank_total=said.get("blank_total", False),
        filler=said.get("filler", 0),
    )


def _panel(said: dict[str, Any]) -> Panel:
    total = said.get("total")
    return Panel(
        columns=tuple((binding, float(width)) for binding, width in said["columns"]),
        rows=said["rows"],
        section=said.get("section", ""),
        by_use=said.get("by_use", False),
        total=(total[0], total[1]) if total else None,
        place=said.get("place", "last"),
        span=said.get("span", 0),
        closing=tuple(tuple(row) for row in said.get("closing", ())),
    )
