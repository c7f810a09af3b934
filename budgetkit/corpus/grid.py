"""A family's table and a disclosure's facts → rows of cells, with their spans.

Nothing here knows where on a page a cell stands; ``ruled`` draws what this makes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from budgetkit.corpus.families import Family, Panel, TableSpec
from budgetkit.corpus.model import Disclosure
from budgetkit.corpus.wording import amount_text, chinese_number

Measures = Mapping[str, Decimal]


@dataclass(frozen=True)
class Cell:
    """A cell: its text, the columns and rows that it covers, how it is set."""

    text: str
    cols: int = 1
    rows: int = 1
    align: str = "left"
    number: bool = False


@dataclass(frozen=True)
class GridTable:
    """A table as it will be ruled.

    ``body`` rows hold only the cells that start in them; ``total_rows`` are indices into it.
    """

    key: str
    label: str
    title: str
    left: str
    right: str
    widths: tuple[float, ...]
    header: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    note: str = ""
    landscape: bool = False
    total_rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Row:
    code: str
    label: str
    project: str = ""
    measures: Measures | None = None
    group: tuple[str, int] | None = None
    span: int = 0
    total: bool = False
    index: int = 0
    reach: int = 0


def build_table(spec: TableSpec, model: Disclosure, family: Family) -> GridTable:
    """Return the table of a spec, filled with a disclosure's facts.

    Parameters
    ----------
    spec
        The table of the template.
    model
        The disclosure.
    family
        Its template.

    Returns
    -------
    GridTable
    """
    words = {
        "department": model.department,
        "year": model.year,
        "scope": "单位" if model.scope == "unit" else "部门",
        "unit": spec.unit or model.unit,
    }
    panels = [_panel_rows(panel, spec, model, family) for panel in spec.panels]
    empty = not any(fact.table == spec.table for fact in model.facts)
    if empty and (spec.blank_rows or spec.blank_total):
        panels = [_blank(spec)]
    tables = _aligned(panels, spec)
    body = tuple(_line(line, spec, model) for line in tables)
    return GridTable(
        key=spec.table,
        label=spec.label,
        title=spec.title.format(**words),
        left=spec.left.format(**words),
        right=spec.right.format(**words),
        widths=tuple(width for panel in spec.panels for _, width in panel.columns),
        header=_header(spec),
        body=body,
        note=spec.note.format(**words) if empty else "",
        landscape=(spec.landscape or spec.table in model.style.landscape),
        total_rows=tuple(
            i for i, line in enumerate(tables) if any(row and row.total for row in line)
        ),
    )


def _line(rows: tuple[_Row | None, ...], spec: TableSpec, model: Disclosure) -> tuple[Cell, ...]:
    """Return the cells of one line; a row that reaches over its panel takes the next's place."""
    cells: list[Cell] = []
    for panel, row in zip(spec.panels, rows, strict=True):
        if row and row.reach:
            measures = row.measures or {}
            amount = _amount(panel.measures[-1], row, spec, model, panel)
            label = Cell(_total_label(row, model), cols=row.reach, align="center")
            cells += [label, amount if measures else replace(amount, text="", number=False)]
            break
        cells += _cells(panel, row, spec, model)
    return tuple(cells)


def _header(spec: TableSpec) -> tuple[tuple[Cell, ...], ...]:
    rows = [tuple(_header_cell(item) for item in row) for row in spec.header]
    if spec.numbers is not None:
        count = sum(len(panel.columns) for panel in spec.panels) - spec.numbers
        texts = ["※"] * spec.numbers + [str(n + 1) for n in range(count)]
        rows.append(tuple(Cell(text, align="center") for text in texts))
    return tuple(rows)


def _header_cell(item: str | list[Any]) -> Cell:
    text, cols, rows = (item, 1, 1) if isinstance(item, str) else item
    return Cell(text, cols, rows, "center")


def _panel_rows(panel: Panel, spec: TableSpec, model: Disclosure, family: Family) -> list[_Row]:
    facts = model.rows(spec.table, panel.section)
    by_code = {code: measures for (code, _, _), measures in facts.items()}
    if panel.rows == "procurement":
        return [_Row(c, n, p, m, total=c == "total") for (c, n, p), m in facts.items()]
    total = panel.total[0] if panel.total else ""
    if panel.rows == "facts":
        rows = [
            _Row(code, name, project, measures, span=panel.span if code == "department" else 0)
            for (code, name, project), measures in facts.items()
            if code != total
            for _ in range(1 + ((spec.table, code, name, project) in model.twice))
        ]
    elif panel.rows == "used":
        classes = [(c, n, m) for (c, n, _), m in facts.items() if c != total]
        rows = [_Row(c, n, "", m, index=i + 1) for i, (c, n, m) in enumerate(classes)]
    else:
        listed = family.classes if panel.rows == "classes" else panel.rows
        rows = [_fixed(item, by_code) for item in listed]
    if panel.total:
        closing = _Row(*panel.total, "", by_code.get(total), span=panel.span, total=True)
        rows = [closing, *rows] if panel.place == "first" else [*rows, closing]
    for code, label, *reach in panel.closing:
        measures = by_code.get(code)
        rows.append(_Row(code, label, "", measures, total=True, reach=reach[0] if reach else 0))
    return rows


def _fixed(item: Any, by_code: Mapping[str, Measures]) -> _Row:
    if isinstance(item, dict):
        group = tuple(item["group"]) if "group" in item else None
        code, label, span = item["code"], item["label"], item.get("span", 0)
        return _Row(code, label, "", by_code.get(code), group, span, code == "total")
    code, label = item
    return _Row(code, label, "", by_code.get(code), total=code == "total")


def _blank(spec: TableSpec) -> list[_Row]:
    panel = spec.panels[0]
    rows = [_Row("", "")] * spec.blank_rows
    if spec.blank_total and panel.total:
        row = _Row(panel.total[0], panel.total[1], span=panel.span, total=True)
        rows = [row, *rows] if panel.place == "first" else [*rows, row]
    return rows


def _aligned(panels: Sequence[list[_Row]], spec: TableSpec) -> list[tuple[_Row | None, ...]]:
    """Put the panels' rows side by side, totals on one line at the end."""
    if len(panels) == 1:
        return [(row,) for row in panels[0]]
    parts = [_ending(panel, rows) for panel, rows in zip(spec.panels, panels, strict=True)]
    height = max(max(len(rows) for rows, _ in parts), spec.filler)
    depth = max(len(ending) for _, ending in parts)
    lines: list[tuple[_Row | None, ...]] = []
    for i in range(height):
        lines.append(tuple(rows[i] if i < len(rows) else None for rows, _ in parts))
    for i in range(depth):
        lines.append(tuple(ending[i] if i < len(ending) else None for _, ending in parts))
    return lines


def _ending(panel: Panel, rows: list[_Row]) -> tuple[list[_Row], list[_Row]]:
    depth = len(panel.closing) or int(panel.total is not None)
    return (rows[:-depth], rows[-depth:]) if depth else (rows, [])


def _cells(panel: Panel, row: _Row | None, spec: TableSpec, model: Disclosure) -> Iterable[Cell]:
    if row is None:
        return [Cell("") for _ in panel.columns]
    cells: list[Cell] = []
    skip = 0
    for place, (binding, _) in enumerate(panel.columns):
        if skip:
            skip -= 1
        elif row.span and place == 0:
            cells.append(Cell(_total_label(row, model), cols=row.span, align="center"))
            skip = row.span - 1
        elif binding == "group":
            if row.group:
                cells.append(Cell(row.group[0], rows=row.group[1], align="center"))
        elif binding.startswith("="):
            cells.append(_amount(binding[1:], row, spec, model, panel))
        else:
            cells.append(_label(binding, row, place, model))
    return cells


def _amount(binding: str, row: _Row, spec: TableSpec, model: Disclosure, panel: Panel) -> Cell:
    measures, measure = row.measures, binding
    if ":" in binding:
        code, measure = binding.split(":")
        facts = model.rows(spec.table, panel.section)
        measures = next((m for (c, _, _), m in facts.items() if c == code), None)
    value = (measures or {}).get(measure)
    blank = value is None and not (row.label or measures)
    if value is None and (not model.style.zeros or blank):
        return Cell("", align="right")
    text = amount_text(value or Decimal(0), spec.unit or model.unit, model.style.thousands)
    return Cell(text, align="right", number=True)


def _label(binding: str, row: _Row, place: int, model: Disclosure) -> Cell:
    code, name = row.code, row.label
    digits = code if code.isdigit() else ""
    if row.total or code == "department":
        text = _total_label(row, model) if place == 0 else ""
        return Cell(text, align="left" if binding == "carried" else "center")
    level = {3: 1, 5: 2, 7: 3}.get(len(digits), 1)
    parts = {"code1": digits[:3], "code2": digits[3:5], "code3": digits[5:7]}
    texts = parts | {
        "code": digits,
        "dotted": ".".join(part for part in parts.values() if part),
        "name": "  " * (level - 1) + name,
        "plain": name,
        "label": name,
        "code_label": f"{code} {name}",
        "label_used": name,
        "numbered": f"{chinese_number(row.index)}、{name}",
        "project": row.project,
        "carried": "  " + row.project,
        "blank": "",
        "procured": name if code in ("total", "goods", "works", "services") else "",
        "item": "" if code in ("total", "goods", "works", "services") else name,
        "form": "" if code in ("total", "goods", "works", "services") else "分散采购",
    }
    align = "center" if binding in ("code", "code1", "code2", "code3", "dotted", "form") else "left"
    return Cell(texts[binding], align=align)


def _total_label(row: _Row, model: Disclosure) -> str:
    if row.total and model.style.ideographic_space and len(row.label) == 2:
        return "　".join(row.label)
    return row.label
