"""Invent a bureau's disclosure: its budget of a year, the year before beside it, the prose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from budgetkit.corpus.budget import SPENT, Budget, Line, draw, load_kind, make_budget
from budgetkit.corpus.budget_sums import FISCAL, GENERAL, by_class, spent, total
from budgetkit.corpus.families import Traits, load_family
from budgetkit.corpus.goals import assets, targets
from budgetkit.corpus.model import (
    STEP,
    CarriedProject,
    Description,
    Disclosure,
    Staff,
    Style,
)
from budgetkit.corpus.narrate import statements
from budgetkit.corpus.styles import STYLES
from budgetkit.corpus.tabulate import tabulate
from budgetkit.corpus.wording import rounded

REGION = "云汀自治州（虚构）"
KINDS = ("education", "civil", "audit", "justice", "transport", "health")


def invent(
    seed: int,
    year: int,
    family: str = "xinjiang11",
    style: Style | str = "plain",
    *,
    kind: str | None = None,
    place: str = "云汀自治州",
    scope: str = "department",
    unit: str | None = None,
    spread: bool | None = None,
    key: str | None = None,
) -> Disclosure:
    """Return an invented disclosure whose figures all hold together, also with other years.

    Parameters
    ----------
    seed : int
        Which bureau: the same seed and kind are one bureau through the years.
    year : int
        The budget year, 2022 or later.
    family : str
        ``xinjiang11``, ``shanghai9``, ``jiangsu12``, ``haiyu7`` or a path to a JSON file.
    style : Style or str
        How it is set, or a name in ``STYLES``.
    kind : str, optional
        The bureau's business; drawn from the seed where not given.
    place : str
        Stands before the bureau's name.
    scope : str
        ``department``, or ``unit`` for the department's own office.
    unit : str, optional
        万元 or 元; the family's own where not given.
    spread : bool, optional
        Social security, health and housing under functions of their own.
    key : str, optional
        The file's stem.

    Returns
    -------
    Disclosure
    """
    kind = kind or KINDS[int(draw(seed, "kind") * len(KINDS))]
    template = load_family(family)
    traits = template.traits if spread is None else replace(template.traits, spread=spread)
    unit = unit or traits.unit
    now, before = (_budget(kind, seed, y, unit, traits, scope) for y in (year, year - 1))
    said = load_kind(kind)
    department = f"{place}{said['office']}"
    procured = _procured(now, seed)
    own = [line for line in now.lines if line.source in GENERAL]
    described = template.blocks & {"descriptions", "projects"}
    staff = Staff(**{name: getattr(now.staff, name) for name in traits.staffing})
    return Disclosure(
        key=key or f"{kind}-{seed}-{year}",
        region=REGION,
        department=department,
        scope=scope,
        year=year,
        family=family,
        unit=unit,
        invented=True,
        issued=f"{year}-02-{10 + int(15 * draw(seed, year, 'issued')):02d}",
        staff=staff,
        functions=tuple(said["functions"]),
        offices=tuple(said["offices"]),
        subordinates=(),
        facts=tabulate(now, template, department, procured),
        statements=statements(now, before, template, seed),
        descriptions=tuple(_description(line, year) for line in own) if described else (),
        carried=tuple(_carried(line) for line in now.lines if line.source.startswith("carry")),
        targets=targets(now, said) if template.targets else (),
        assets=assets(now, kind, seed) if "assets" in template.blocks else (),
        told=_told(now, before, procured),
        text=_text(now, before, said, scope, seed),
        style=STYLES[style] if isinstance(style, str) else style,
    )


def _budget(kind: str, seed: int, year: int, unit: str, traits: Traits, scope: str) -> Budget:
    """Return the budget of an office, with that of its centre where it is a whole department."""
    own = make_budget(kind, seed, year, unit, traits)
    if not traits.institution or scope == "unit":
        return own
    centre = make_budget(kind, seed + 5000, year, unit, replace(traits, sources=("own",)))
    share = Decimal("0.25")
    basic = {
        (_institution(code, own.run), econ): (amount * share).quantize(
            STEP["万元" if econ in SPENT else unit]
        )
        for (code, econ), amount in centre.basic.items()
        if econ not in ("30102", "30111", "30239")
    }
    names = {**centre.names, _institution(own.run, own.run): "事业运行"}
    lines = tuple(replace(line, name=f"下属中心{line.name}") for line in centre.lines[:1])
    return own + replace(centre, basic=basic, lines=lines, names=names)


def _institution(code: str, run: str) -> str:
    return f"{run[:5]}50" if code == run else code


def _procured(budget: Budget, seed: int) -> dict[str, Decimal]:
    goods = sum((a for line in budget.lines for c, a in line.econ if c == "310"), Decimal(0))
    services = by_class(budget, "30209") + by_class(budget, "30227")
    share = Decimal(20 + int(40 * draw(seed, budget.year, "procured"))) / 100
    return {
        "goods": rounded(goods * share * Decimal("0.3") + 3),
        "works": rounded(goods * share * Decimal("0.2"))
        if draw(seed, "works") < 0.4
        else Decimal(0),
        "services": rounded(services * share + 5),
    }


def _told(now: Budget, before: Budget, procured: Mapping[str, Decimal]) -> dict[str, Decimal]:
    costs, last = spent(now), spent(before)
    told = {
        "total": total(now),
        "appropriation": total(now, FISCAL),
        "general": total(now, GENERAL),
        "fund": total(now, ("fund",)),
        "other": total(now, ("unit",)),
        "basic": total(now, None, "basic"),
        "personnel": by_class(now, "301") + by_class(now, "303"),
        "operating": by_class(now, "302"),
        "carryover": total(now, ("carry", "carry_unit")),
        "carryover_fiscal": total(now, ("carry",)),
        "carryover_nonfiscal": total(now, ("carry_unit",)),
        "procurement": sum(procured.values(), Decimal(0)),
        "target_fiscal": total(now, FISCAL, "project"),
        "target_nonfiscal": total(now, ("unit",)),
    }
    told |= {f"procurement_{name}": amount for name, amount in procured.items()}
    told["reserved_sme"] = rounded(told["procurement"] * Decimal("0.8"))
    told["reserved_micro"] = rounded(told["procurement"] * Decimal("0.6"))
    for name in ("abroad", "vehicles", "vehicle_purchase", "vehicle_operation", "reception"):
        told[name], told[f"{name}_last"] = rounded(costs[name]), rounded(last[name])
    for name in ("meetings", "training"):
        told[name], told[f"{name}_last"] = costs[name], last[name]
    told["three_public"] = rounded(costs["total"])
    told["three_public_last"] = rounded(last["total"])
    return {name: rounded(amount) for name, amount in told.items()}


def _text(
    now: Budget, before: Budget, said: Mapping[str, Any], scope: str, seed: int
) -> dict[str, str]:
    costs, last = spent(now), spent(before)
    own = "局本级" if scope == "unit" else "局本级和1家下属中心"
    up = total(now) >= total(before)
    return {
        "duty": said["duty"],
        "uses": "人员工资和社会保障缴费、机关日常运转，以及列入预算的各个项目",
        "structure": f"本预算是{own}的综合收支计划。",
        "change": "年度项目安排有所增加，人员待遇按规定调整"
        if up
        else "部分项目完成，相应减少安排",
        "target_projects": str(len([x for x in now.lines if not x.source.startswith("carry")])),
        "cars": str(1 + int(5 * draw(seed, "cars"))),
        "abroad": _why(costs["abroad"], last["abroad"], "出国（境）团组", seed),
        "vehicle_purchase": "本年没有购车计划",
        "vehicle_operation": _why(
            costs["vehicle_operation"], last["vehicle_operation"], "车辆维修和燃料", seed
        ),
        "reception": _why(costs["reception"], last["reception"], "来访接待", seed),
    }


def _why(now: Decimal, before: Decimal, what: str, seed: int) -> str:
    if not now:
        return f"本年没有安排{what}经费"
    if now == before:
        return f"{what}的标准和数量不变"
    return f"{what}的预计数量比上年{'多' if now > before else '少'}"


def _description(line: Line, year: int) -> Description:
    return Description(
        name=line.name,
        amount=line.amount,
        basis=line.spec["basis"],
        allocation=f"{_classes(line)}。主要用于{line.spec['use']}。",
        period=f"{year}年1月1日—{year}年12月31日",
    )


def _classes(line: Line) -> str:
    names = {
        "302": "商品和服务支出",
        "303": "对个人和家庭的补助",
        "310": "资本性支出",
        "312": "对企业补助",
    }
    return "，".join(f"{names[code]}{amount:.2f}万元" for code, amount in line.econ)


def _carried(line: Line) -> CarriedProject:
    funding = "fiscal" if line.source == "carry" else "nonfiscal"
    return CarriedProject(line.name, line.amount, f"{line.spec['use']}的未付部分", funding)
