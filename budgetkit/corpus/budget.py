"""Invented budgets that hold together: heads, pay, running costs and projects through the years.

Every draw is keyed by what it is for, so that the budget of 2024 is the same whether it is made for
its own document or for the comparison in that of 2025.  All amounts are exact decimals in 万元.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from budgetkit.corpus.families import Traits
from budgetkit.corpus.model import STEP, Staff

KINDS = Path(__file__).with_name("kinds")
FIRST_YEAR = 2021
#: 万元 a head in post, and how much of the staff it concerns.
PER_HEAD = {
    "30101": (4.6, 1.0),
    "30102": (3.5, 0.8),
    "30103": (2.3, 1.0),
    "30107": (2.1, 0.3),
    "30112": (0.08, 1.0),
    "30113": (1.55, 1.0),
    "30199": (0.3, 0.4),
    "30201": (0.42, 1.0),
    "30202": (0.05, 1.0),
    "30205": (0.03, 1.0),
    "30206": (0.12, 1.0),
    "30207": (0.09, 1.0),
    "30208": (0.16, 1.0),
    "30209": (0.2, 0.8),
    "30211": (0.33, 1.0),
    "30212": (0.3, 0.1),
    "30213": (0.1, 0.7),
    "30215": (0.08, 1.0),
    "30216": (0.1, 1.0),
    "30217": (0.03, 1.0),
    "30226": (0.11, 0.6),
    "30227": (0.2, 0.6),
    "30228": (0.19, 1.0),
    "30229": (0.16, 1.0),
    "30231": (0.18, 1.0),
    "30239": (0.35, 0.8),
    "30299": (0.25, 1.0),
    "30305": (0.6, 0.1),
    "30309": (0.05, 1.0),
}
#: Spending that tables in 元 and tables in 万元 both print.
SPENT = ("30212", "30215", "30216", "30217", "30231")
#: Where social functions are shown apart: economic class → function.
SPREAD = {
    "30108": "2080505",
    "30109": "2080506",
    "30110": "2101101",
    "30111": "2101103",
    "30113": "2210201",
    "30302": "2080501",
}


@dataclass(frozen=True)
class Line:
    """A project of a budget: where it stands, who pays, its economic classes (万元)."""

    name: str
    code: str
    source: str
    econ: tuple[tuple[str, Decimal], ...]
    spec: Mapping[str, Any]
    before: bool = False

    @property
    def amount(self) -> Decimal:
        """The whole project, 万元."""
        return sum((amount for _, amount in self.econ), Decimal(0))


@dataclass(frozen=True)
class Budget:
    """A bureau's year: ``basic`` by function and economic class, projects, a reserve."""

    year: int
    run: str
    names: Mapping[str, str]
    staff: Staff
    basic: Mapping[tuple[str, str], Decimal]
    lines: tuple[Line, ...]
    reserve: Decimal

    def __add__(self, other: Budget) -> Budget:
        """Consolidate two units of a department."""
        basic = dict(self.basic)
        for key, amount in other.basic.items():
            basic[key] = basic.get(key, Decimal(0)) + amount
        return Budget(
            self.year,
            self.run,
            {**self.names, **other.names},
            self.staff,
            basic,
            self.lines + other.lines,
            self.reserve + other.reserve,
        )


@cache
def load_kind(name: str) -> dict[str, Any]:
    """Read a kind of bureau (``education``, ``audit`` …) from ``kinds/``."""
    kind: dict[str, Any] = json.loads((KINDS / f"{name}.json").read_text(encoding="utf-8"))
    shared = json.loads((KINDS / "names.json").read_text(encoding="utf-8"))
    kind["names"] = shared | kind["names"]
    return kind


def draw(*key: object) -> float:
    """Return a number in [0, 1) that depends on the key alone."""
    return random.Random("/".join(map(str, key))).random()


def make_budget(kind_name: str, seed: int, year: int, unit: str, traits: Traits) -> Budget:
    """Return the budget of a bureau's year; ``unit`` sets the least step of its amounts.

    Parameters
    ----------
    kind_name
        A file of ``kinds/``.
    seed
        Which bureau.
    year
        The budget year.
    unit
        万元 or 元.
    traits
        What the template can show.

    Returns
    -------
    Budget
    """
    kind = load_kind(kind_name)
    step = STEP[unit]
    staff = make_staff(kind_name, seed, year)
    lines = _lines(kind, kind_name, seed, year, traits)
    if traits.carry:
        lines += _carried(kind, kind_name, seed, year)
    basic = _basic(kind, kind_name, seed, year, staff, step, traits)
    reserve = _money(20 + 60 * draw(kind_name, seed, year, "reserve"), STEP["万元"])
    return Budget(
        year,
        kind["run"],
        kind["names"],
        staff,
        basic,
        lines,
        reserve if traits.reserve else Decimal(0),
    )


def make_staff(kind_name: str, seed: int, year: int) -> Staff:
    """Return the heads of a year, changes against the year before included.

    Parameters
    ----------
    kind_name
        A file of ``kinds/``.
    seed
        Which bureau.
    year
        The budget year.

    Returns
    -------
    Staff
    """
    kind = load_kind(kind_name)
    low, high = kind["heads"]
    authorized = low + round((high - low) * draw(kind_name, seed, "authorized"))
    active = authorized - 2 - int(4 * draw(kind_name, seed, "vacant"))
    retired = round(active * kind["retired"])
    special = int(2 * draw(kind_name, seed, "special"))
    changes = (0, 0, 0)
    for now in range(FIRST_YEAR + 1, year + 1):
        leaving = int(3 * draw(kind_name, seed, now, "leaving"))
        joining = min(int(4 * draw(kind_name, seed, now, "joining")), authorized - active + leaving)
        gone = -1 if special and draw(kind_name, seed, now, "special") < 0.3 else 0
        dead = int(1.4 * draw(kind_name, seed, now, "retired"))
        changes = (joining - leaving, leaving - dead, gone)
        active, retired, special = active + changes[0], retired + changes[1], special + changes[2]
    return Staff(
        authorized=authorized,
        total=active + retired + special,
        active=active,
        active_change=changes[0],
        retired=retired,
        retired_change=changes[1],
        special_retired=special,
        special_retired_change=changes[2],
        offices=len(kind["offices"]),
    )


def _basic(
    kind: Mapping[str, Any],
    kind_name: str,
    seed: int,
    year: int,
    staff: Staff,
    step: Decimal,
    traits: Traits,
) -> dict[tuple[str, str], Decimal]:
    active, retired = staff.active or 0, staff.retired or 0
    items: dict[str, Decimal] = {}
    for code, (rate, share) in PER_HEAD.items():
        if draw(kind_name, seed, code, "used") >= share + 0.35 and share < 0.6:
            continue
        level = rate * share * (0.75 + 0.5 * draw(kind_name, seed, code))
        for now in range(FIRST_YEAR + 1, year + 1):
            level *= 0.99 + 0.05 * draw(kind_name, seed, code, now)
        items[code] = _money(level * active, STEP["万元"] if code in SPENT else step)
    wages = sum((items.get(code, Decimal(0)) for code in ("30101", "30102", "30103")), Decimal(0))
    items["30108"] = _money(wages * Decimal("0.16"), step)
    items["30109"] = _money(wages * Decimal("0.08"), step)
    items["30110"] = _money(wages * Decimal("0.085"), step)
    items["30111"] = _money(wages * Decimal("0.01"), step)
    items["30302"] = _money(0.26 * retired * (1 + 0.02 * (year - FIRST_YEAR)), step)
    spread = SPREAD if traits.spread else {}
    return {
        (spread.get(code, kind["run"]), code): items[code] for code in sorted(items) if items[code]
    }


def _lines(
    kind: Mapping[str, Any], kind_name: str, seed: int, year: int, traits: Traits
) -> tuple[Line, ...]:
    lines = []
    for number, spec in enumerate(kind["projects"]):
        source = spec["source"] if spec["source"] in traits.sources else "own"
        skipped = spec["source"] == "fund" and "fund" not in traits.sources
        if skipped or not _alive(kind_name, seed, number, year):
            continue
        amount = _project_amount(kind_name, seed, number, spec, year)
        lines.append(
            Line(
                spec["name"].format(year=year, last=year - 1),
                spec["code"],
                source,
                _split(amount, spec["econ"]),
                spec,
                year > FIRST_YEAR and _alive(kind_name, seed, number, year - 1),
            )
        )
    if "unit" in traits.sources and draw(kind_name, seed, "unit", year) < 0.75:
        amount = _money(8 + 30 * draw(kind_name, seed, "unit", year, "size"), STEP["万元"])
        lines.append(Line("机关运行补助经费", kind["run"], "unit", (("302", amount),), RUNNING))
    return tuple(sorted(lines, key=lambda line: (line.code, line.source != "own")))


RUNNING: dict[str, Any] = {
    "basis": "单位资金管理办法，用于补充日常运转经费。",
    "use": "补充办公耗材和设备维护费用",
    "goal": "弥补日常运转经费的不足，保障单位工作正常开展。",
    "count": ["保障办公人员数量", "人", 30],
    "quality": "经费支出合规率",
    "effect": ["保障单位正常运转", "有效保障"],
    "happy": "办公人员满意度",
}


def _alive(kind_name: str, seed: int, number: int, year: int) -> bool:
    return number == 0 or draw(kind_name, seed, number, "alive", year) < 0.8


def _project_amount(
    kind_name: str, seed: int, number: int, spec: Mapping[str, Any], year: int
) -> Decimal:
    low, high = spec["size"]
    amount = low + (high - low) * draw(kind_name, seed, number, "size")
    for now in range(FIRST_YEAR + 1, year + 1):
        amount *= 0.92 + 0.22 * draw(kind_name, seed, number, now)
    return _money(amount, Decimal("0.1") if draw(kind_name, seed, number) < 0.4 else STEP["万元"])


def _carried(kind: Mapping[str, Any], kind_name: str, seed: int, year: int) -> tuple[Line, ...]:
    lines = []
    for number, spec in enumerate(kind["projects"]):
        if spec["source"] == "fund" or draw(kind_name, seed, number, "carried", year) >= 0.3:
            continue
        amount = _project_amount(kind_name, seed, number, spec, year - 1)
        left = _money(
            float(amount) * (0.05 + 0.2 * draw(kind_name, seed, number, year)), STEP["万元"]
        )
        name = spec["name"].format(year=year - 1, last=year - 2)
        title = name if str(year - 1) in name else f"{year - 1}年度{name}"
        lines.append(Line(f"{title}结转", spec["code"], "carry", _split(left, spec["econ"]), spec))
    if draw(kind_name, seed, "carry unit", year) < 0.5:
        amount = _money(5 + 20 * draw(kind_name, seed, "carry unit", year, "size"), STEP["万元"])
        lines.append(Line("单位资金结转", kind["run"], "carry_unit", (("302", amount),), RUNNING))
    return tuple(lines)


def _split(amount: Decimal, shares: Mapping[str, float]) -> tuple[tuple[str, Decimal], ...]:
    """Split an amount by shares; the last class takes what rounding leaves."""
    parts: list[tuple[str, Decimal]] = []
    rest = amount
    for place, (code, share) in enumerate(shares.items()):
        last = place == len(shares) - 1
        part = rest if last else _money(float(amount) * share, STEP["万元"])
        parts.append((code, part))
        rest -= part
    return tuple(sorted((code, part) for code, part in parts if part))


def _money(amount: float | Decimal, step: Decimal) -> Decimal:
    return Decimal(str(amount)).quantize(step, ROUND_HALF_UP)
