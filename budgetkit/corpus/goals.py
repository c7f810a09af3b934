"""What an invented bureau aims at and what it owns: target tables and assets."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from budgetkit.corpus.budget import Budget, Line, draw
from budgetkit.corpus.budget_sums import total
from budgetkit.corpus.model import Asset, Target
from budgetkit.corpus.wording import rounded


def targets(budget: Budget, said: Mapping[str, Any]) -> tuple[Target, ...]:
    """Return the target tables: the whole department's, then one a project.

    Parameters
    ----------
    budget
        The budget.
    said
        The file of its kind.

    Returns
    -------
    tuple of Target
    """
    overall = Target(
        project="",
        budget=total(budget),
        fiscal=total(budget, ("own", "fund", "carry")),
        transfer=total(budget, ("transfer",)),
        other=total(budget, ("unit", "carry_unit")),
        goal=f"{budget.year}年，{said['duty'].rstrip('。')}；按时完成列入预算的项目，资金使用合规。",
        rows=tuple(
            (
                "履职效能",
                "数量指标",
                spec["count"][0],
                f"＞={spec['count'][2]}{spec['count'][1]}",
                f"{budget.year}年度工作计划",
                "",
                weight,
                "",
                "",
            )
            for spec, weight in zip(
                said["projects"][:5], ("20", "20", "20", "20", "10"), strict=False
            )
        ),
    )
    return overall, *(_target(line, budget.year) for line in budget.lines)


def _target(line: Line, year: int) -> Target:
    spec = line.spec
    count, unit, size = spec["count"]
    first = rounded(line.amount * Decimal("0.6"))
    last = f"={size - max(1, size // 10)}{unit}" if line.before else "/"
    plan, done, paper, bill = "计划标准", "按照完成比例赋分", "工作资料", "原始凭证"
    money = "经济成本指标"
    own = line.source in ("unit", "carry_unit")
    return Target(
        project=line.name,
        budget=line.amount,
        fiscal=Decimal(0) if own else line.amount,
        other=line.amount if own else Decimal(0),
        goal=spec["goal"],
        rows=(
            ("产出指标", "数量指标", count, f"＞={size}{unit}", plan, last, "20", done, paper),
            (
                "产出指标",
                "质量指标",
                spec["quality"],
                "=100%",
                plan,
                "=100%" if line.before else "/",
                "10",
                done,
                paper,
            ),
            (
                "产出指标",
                "时效指标",
                "项目完成时间",
                f"{year}年12月10日前",
                plan,
                "/",
                "10",
                "直接赋分",
                paper,
            ),
            ("成本指标", money, "第一批费用", f"＜={first}万元", plan, "/", "10", done, bill),
            (
                "成本指标",
                money,
                "第二批费用",
                f"＜={line.amount - first}万元",
                plan,
                "/",
                "10",
                done,
                bill,
            ),
            ("效益指标", "社会效益指标", *spec["effect"], plan, "/", "20", "按评判等级赋分", paper),
            (
                "满意度指标",
                "满意度指标",
                spec["happy"],
                "＞=90%",
                plan,
                "/",
                "10",
                "满意度赋分",
                paper,
            ),
        ),
    )


def assets(budget: Budget, kind: str, seed: int) -> tuple[Asset, ...]:
    """Return what a bureau owns; worth in 万元.

    Parameters
    ----------
    budget
        The budget.
    kind
        The business of the bureau.
    seed
        Which bureau.

    Returns
    -------
    tuple of Asset
    """

    def value(name: str, size: float) -> Decimal:
        return rounded(Decimal(str(size * (0.5 + draw(kind, seed, name)))))

    cars = 1 + int(5 * draw(seed, "cars"))
    duty = int(cars / 3)
    worth, duty_worth = value("cars", 18.0 * (cars - duty)), value("duty", 22.0 * duty)
    return (
        Asset("房屋", value("house", 2400.0), "平方米", value("house value", 620.0)),
        Asset("车辆", Decimal(cars), "辆", worth + duty_worth),
        Asset("一般公务用车", Decimal(cars - duty), "辆", worth),
        Asset("执法执勤用车", Decimal(duty), "辆", duty_worth),
        Asset("其他车辆", Decimal(0), "辆", Decimal("0.00")),
        Asset("办公家具", None, "", value("furniture", 45.0)),
        Asset("其他资产", None, "", value("other", 210.0)),
        Asset("50万元以上大型设备", Decimal(int(3 * draw(kind, seed, "large"))), "台", None),
        Asset("100万元以上大型设备", Decimal(0), "台", None),
    )
