"""A budget → the facts of its tables, each from the same leaves, so that all of them agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from budgetkit.corpus.budget import Budget, Line
from budgetkit.corpus.budget_sums import (
    FISCAL,
    GENERAL,
    SOURCES,
    ZERO,
    Measures,
    leaves,
    put,
    spent_rows,
    total,
)
from budgetkit.corpus.families import Family, Panel, TableSpec
from budgetkit.corpus.model import STEP, Fact

Row = tuple[str, str, str, Measures]


def tabulate(
    budget: Budget, family: Family, department: str, procured: Mapping[str, Decimal]
) -> tuple[Fact, ...]:
    """Return the facts that a family prints of a budget, in printed order.

    Parameters
    ----------
    budget : Budget
    family : Family
    department : str
        The name on the department's own rows.
    procured : mapping
        万元 of goods, works and services.

    Returns
    -------
    tuple of Fact
    """
    facts: list[Fact] = []
    for spec in family.tables:
        for panel in spec.panels:
            rows = _rows(spec, panel, budget, family, department, procured)
            for code, name, project, measures in rows:
                for measure in _printed(panel, code):
                    value = measures.get(measure[1], ZERO)
                    if spec.unit:
                        value = value.quantize(STEP[spec.unit], ROUND_HALF_UP)
                    if value:
                        at = measure[0] or code
                        facts.append(
                            Fact(spec.table, panel.section, at, name, project, measure[1], value)
                        )
    return tuple(_once(facts))


def _once(facts: Iterable[Fact]) -> Iterable[Fact]:
    return dict.fromkeys(facts)


def _printed(panel: Panel, code: str) -> list[tuple[str, str]]:
    """Return (code, measure) of the columns that print a row's amounts."""
    found = []
    for binding, _ in panel.columns:
        if binding.startswith("="):
            at, _, measure = binding[1:].rpartition(":")
            if not at or at == code:
                found.append((at, measure))
    return found


def _tree(
    cells: Mapping[str, Measures], names: Mapping[str, str], widths: Iterable[int]
) -> list[Row]:
    """Return the rows of every level, in code order, each the sum of what lies below."""
    sums: dict[str, Measures] = {}
    for code, measures in cells.items():
        for width in widths:
            for measure, amount in measures.items():
                put(sums, code[:width], measure, amount)
    return [(code, names[code], "", sums[code]) for code in sorted(sums)]


def _total_row(cells: Mapping[str, Measures], name: str) -> Row:
    sums: dict[str, Measures] = {}
    for measures in cells.values():
        for measure, amount in measures.items():
            put(sums, "total", measure, amount)
    return ("total", name, "", sums.get("total", {}))


def _functions(budget: Budget, table: str) -> dict[str, Measures]:
    """Return function → the measures of a table."""
    kept = {
        "general_expenditure": GENERAL,
        "government_fund": ("fund",),
        "state_capital": (),
        "appropriation_summary": FISCAL,
        "appropriation_expenditure": FISCAL,
    }.get(table)
    found: dict[str, Measures] = {}
    for code, cells in leaves(budget).items():
        for key, amount in cells.items():
            source, use = key.split("/")
            if kept is not None and source not in kept:
                continue
            put(found, code, "total", amount)
            put(found, code, "amount", amount)
            put(found, code, use, amount)
            put(found, code, SOURCES[source], amount)
            if source in FISCAL:
                put(found, code, "fiscal_subtotal", amount)
            if source == "unit":
                put(found, code, "other_income", amount)
            if table == "appropriation_summary" and source == "transfer":
                put(found, code, "general_budget", amount)
    return found


def _rows(
    spec: TableSpec,
    panel: Panel,
    budget: Budget,
    family: Family,
    department: str,
    procured: Mapping[str, Decimal],
) -> list[Row]:
    table, label = spec.table, _plain(panel.total[1]) if panel.total else ""
    if panel.rows == "procurement":
        return _procurement(procured)
    if table in ("basic_expenditure", "appropriation_basic", "operating_costs"):
        return _economic(budget, label, table == "operating_costs")
    if table == "project_expenditure":
        return _projects(budget, label, department)
    if table == "carryover":
        return _carryover(budget, label, department)
    if table == "three_public":
        return _listed(panel, spent_rows(budget))
    if panel.rows in ("facts", "used", "classes"):
        cells = _functions(budget, table)
        if not cells:
            return []
        widths = (3, 5, 7) if panel.rows == "facts" else (3,)
        rows = _tree(cells, budget.names, widths)
        if panel.closing:
            return rows + _closing(panel, cells)
        closing = [_total_row(cells, label)]
        return closing + rows if panel.place == "first" else rows + closing
    amounts = _revenue(budget, table)
    return _listed(panel, {code: _same(amount) for code, amount in amounts.items()}, budget)


def _same(amount: Decimal) -> Measures:
    return {"amount": amount, "total": amount}


def _closing(panel: Panel, cells: Mapping[str, Measures]) -> list[Row]:
    whole = _total_row(cells, "")[3]
    names = {code: _plain(str(label)) for code, label, *_ in panel.closing}
    return [(code, names[code], "", whole) for code in ("current_year", "total") if code in names]


def _listed(
    panel: Panel, amounts: Mapping[str, Measures], budget: Budget | None = None
) -> list[Row]:
    """Return the fixed rows of a panel that have amounts."""
    uses = _uses(budget) if budget and panel.by_use else {}
    if panel.by_use:
        amounts = uses
    if panel.rows == [["", ""]]:
        return [(code, ONE_ROW.get(code, ""), "", m) for code, m in amounts.items()]
    if budget and panel.rows == [["total", ""]]:
        return [("total", "合计", "", _uses(budget)["all"])]
    rows = [
        (item["code"], item["label"]) if isinstance(item, dict) else (item[0], item[1])
        for item in panel.rows
    ]
    closing = [(code, label) for code, label, *_ in panel.closing]
    rows += [panel.total] if panel.total else []
    return [(code, _plain(name), "", amounts.get(code, {})) for code, name in rows + closing]


#: Names of the cells of a table of one row, as its headers call them.
ONE_ROW = {
    "total_with_meetings_training": "合计",
    "total": "“三公”经费",
    "abroad": "因公出国（境）费",
    "reception": "公务接待费",
    "vehicles": "公务用车购置及运行费",
    "vehicle_purchase": "公务用车购置费",
    "vehicle_operation": "公务用车运行费",
    "meetings": "会议费",
    "training": "培训费",
    "operating_costs": "机关运行经费",
}


def _uses(budget: Budget) -> dict[str, Measures]:
    amounts = {use: total(budget, None, use) for use in ("basic", "project", "reserve")}
    whole = total(budget)
    rows = {use: _same(amount) for use, amount in amounts.items()}
    return rows | {"total": _same(whole), "all": amounts | {"total": whole}}


def _revenue(budget: Budget, table: str) -> Measures:
    by = {source: total(budget, (source,)) for source in SOURCES}
    general = by["own"] + by["transfer"]
    fiscal = general + by["fund"]
    carryover = by["carry"] + by["carry_unit"]
    whole = fiscal if table == "appropriation_summary" else total(budget)
    return {
        "current_year": fiscal + by["unit"],
        "fiscal_appropriation": fiscal,
        "general_appropriation": general,
        "general_own": by["own"],
        "general_transfer": by["transfer"],
        "government_fund": by["fund"],
        "government_fund_own": by["fund"],
        "unit_funds": by["unit"],
        "other_income": by["unit"],
        "carryover": carryover,
        "fiscal_carryover": by["carry"],
        "fiscal_carryover_general": by["carry"],
        "nonfiscal_carryover": by["carry_unit"],
        "nonfiscal_carryover_unit_funds": by["carry_unit"],
        "total": whole,
    }


def _economic(budget: Budget, label: str, operating_only: bool) -> list[Row]:
    cells: dict[str, Measures] = {}
    for (_, code), amount in budget.basic.items():
        kind = "personnel" if code[:3] in ("301", "303") else "operating"
        if operating_only and kind == "personnel":
            continue
        put(cells, code, "total", amount)
        put(cells, code, kind, amount)
    return [_total_row(cells, label), *_tree(cells, budget.names, (3, 5))]


def _projects(budget: Budget, label: str, department: str) -> list[Row]:
    lines = [line for line in budget.lines if line.source in GENERAL]
    cells: dict[str, Measures] = {}
    for line in lines:
        for measure, amount in _line_measures(line).items():
            put(cells, line.code, measure, amount)
    if not cells:
        return []
    whole = _total_row(cells, label)
    rows: list[Row] = [whole, ("department", department, "", whole[3])]
    for code, name, _, measures in _tree(cells, budget.names, (3, 5)):
        rows.append((code, name, "", measures))
        if len(code) == 5:
            rows += [
                (line.code, budget.names[line.code], line.name, _line_measures(line))
                for line in sorted(lines, key=lambda line: line.code)
                if line.code[:5] == code
            ]
    return rows


def _line_measures(line: Line) -> Measures:
    return {"total": line.amount} | dict(line.econ)


def _carryover(budget: Budget, label: str, department: str) -> list[Row]:
    rows: list[Row] = []
    cells: dict[str, Measures] = {}
    for line in budget.lines:
        if line.source in ("carry", "carry_unit"):
            kind = "fiscal" if line.source == "carry" else "nonfiscal"
            measures = dict.fromkeys(("total", f"{kind}_subtotal", f"{kind}_project"), line.amount)
            rows.append(("", line.name, line.name, measures))
            cells[line.name] = measures
    if not rows:
        return []
    whole = _total_row(cells, label)
    return [whole, ("department", department, "", whole[3]), *rows]


def _procurement(procured: Mapping[str, Decimal]) -> list[Row]:
    names = {"goods": "一、货物", "works": "二、工程", "services": "三、服务"}
    items = {
        "goods": ("办公设备购置", "台式计算机"),
        "works": ("设施维修", "房屋修缮"),
        "services": ("综合管理", "物业管理服务"),
    }
    rows: list[Row] = [("total", "合计", "", {"total": sum(procured.values(), ZERO)})]
    for code, name in names.items():
        if procured.get(code):
            rows.append((code, name, "", {"total": procured[code]}))
            project, item = items[code]
            rows.append(("", item, project, {"total": procured[code]}))
    return rows


def _plain(label: str) -> str:
    text = label.strip()
    return text.replace(" ", "").replace("　", "") if text[-1:] == "计" else text
