"""The sentences about amounts: what this year's budget says against the year before."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from budgetkit.corpus.budget import Budget, draw
from budgetkit.corpus.budget_sums import FISCAL, GENERAL, by_class, leaves, total
from budgetkit.corpus.families import Family
from budgetkit.corpus.model import Statement
from budgetkit.corpus.wording import percent, rounded

#: Reasons by what the amount is of, for more and for less.
_REASONS = {
    "people": (
        ("人员工资和缴费基数按规定调整", "在职人员增加，人员经费相应增加"),
        ("人员变动，按实有人数核定", "压减一般性支出"),
    ),
    "carried": (
        ("上年有项目跨年实施，未付资金转入本年", "上年下达较晚的资金结转本年使用"),
        ("上年项目大多按期完成，结转资金减少", "盘活存量资金，结转规模压缩"),
    ),
    "projects": (
        ("列入本年计划的工作任务比上年多", "新增项目并提高了部分补助标准"),
        ("部分项目已经完成，本年不再安排", "按上年实际支出核定，相应减少安排"),
    ),
}
_PEOPLE = ("基本支出", "运行", "养老", "年金", "医疗", "公积金", "离退休", "社会保障", "住房保障")
_SAME = "与上年安排一致"


def statements(now: Budget, before: Budget, family: Family, seed: int) -> tuple[Statement, ...]:
    """Return the narrative's statements for the sections that a family words.

    Parameters
    ----------
    now
        The budget of the year.
    before
        The budget of the year before.
    family
        Its template.
    seed
        Which bureau.

    Returns
    -------
    tuple of Statement
    """
    said: list[Statement] = []
    for section in family.forms:
        said += _SECTIONS.get(section, _nothing)(section, now, before, family, seed)
    return tuple(_as_worded(statement, family) for statement in said)


def _as_worded(statement: Statement, family: Family) -> Statement:
    """Leave out the percent where the family's sentence has none."""
    words = family.flat if statement.change == 0 else family.change
    told = "{pct}" in words or "0.00%" in words
    return statement if told else replace(statement, change_pct=None)


def _say(
    section: str,
    item: str,
    now: Decimal,
    before: Decimal,
    seed: int,
    whole: Decimal | None = None,
    lead: str = "",
) -> Statement:
    amount, last = rounded(now), rounded(before)
    change = amount - last
    return Statement(
        section,
        item,
        amount,
        None if whole is None else percent(amount, rounded(whole)),
        change,
        percent(change, last),
        lead,
        _reason(item, change, seed),
    )


def _reason(item: str, change: Decimal, seed: int) -> str:
    if not change:
        return _SAME
    kind = "people" if any(word in item for word in _PEOPLE) else "projects"
    words = _REASONS["carried" if "结转" in item else kind][change < 0]
    return words[int(draw(seed, item, change) * len(words))]


def _nothing(
    section: str, now: Budget, before: Budget, family: Family, seed: int
) -> list[Statement]:
    return []


def _total(section: str, now: Budget, before: Budget, family: Family, seed: int) -> list[Statement]:
    return [_say(section, "收入、支出预算总计", total(now), total(before), seed)]


def _revenue(
    section: str, now: Budget, before: Budget, family: Family, seed: int
) -> list[Statement]:
    said = []
    for item, sources in family.revenue:
        amount = total(now, sources)
        if amount:
            whole = total(now) if "{share}" in family.forms[section] else None
            said.append(_say(section, item, amount, total(before, sources), seed, whole))
        else:
            said.append(Statement(section, item, None))
    return said


def _income(
    section: str, now: Budget, before: Budget, family: Family, seed: int
) -> list[Statement]:
    return [_say(section, "财政拨款收入", total(now, FISCAL), total(before, FISCAL), seed)]


def _uses(section: str, now: Budget, before: Budget, family: Family, seed: int) -> list[Statement]:
    sources = GENERAL if section == "size" else None
    whole = total(now) if section == "expenditure" else None
    names = {"basic": "基本支出", "project": "项目支出", "reserve": "单位预留机动经费"}
    return [
        _say(section, name, total(now, sources, use), total(before, sources, use), seed, whole)
        for use, name in names.items()
        if total(now, sources, use)
    ]


def _shares(
    section: str, now: Budget, before: Budget, family: Family, seed: int
) -> list[Statement]:
    said = _uses(section, now, before, family, seed)
    if "{change}" in family.forms[section]:
        return said
    return [Statement(s.section, s.item, s.amount, s.share) for s in said]


def _leaves(
    section: str, now: Budget, before: Budget, family: Family, seed: int
) -> list[Statement]:
    current, last = _by_leaf(now), _by_leaf(before)
    said = []
    for code in sorted(current):
        lead = f"{now.names[code[:3]]}（类）{now.names[code[:5]]}（款）"
        statement = _say(
            section, now.names[code], current[code], last.get(code, Decimal(0)), seed, lead=lead
        )
        if "{change}" not in family.forms[section]:
            uses = _use_of(now, code)
            statement = Statement(section, statement.item, statement.amount, lead=lead, reason=uses)
        said.append(statement)
    return said


def _use_of(budget: Budget, code: str) -> str:
    if any(function == code for function, _ in budget.basic):
        return "人员经费和日常运转支出"
    return next(str(line.spec["use"]) for line in budget.lines if line.code == code)


def _by_leaf(budget: Budget) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for code, cells in leaves(budget).items():
        amount = sum((a for key, a in cells.items() if key.split("/")[0] in GENERAL), Decimal(0))
        if amount:
            found[code] = amount
    return found


def _classes(
    section: str, now: Budget, before: Budget, family: Family, seed: int
) -> list[Statement]:
    current, last = _by_class(now), _by_class(before)
    return [
        _say(section, now.names[code], current[code], last.get(code, Decimal(0)), seed)
        for code in sorted(current)
    ]


def _by_class(budget: Budget) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for code, cells in leaves(budget).items():
        found[code[:3]] = found.get(code[:3], Decimal(0)) + sum(cells.values(), Decimal(0))
    return found


def _operating(
    section: str, now: Budget, before: Budget, family: Family, seed: int
) -> list[Statement]:
    return [_say(section, family.operating, by_class(now, "302"), by_class(before, "302"), seed)]


_SECTIONS = {
    "total": _total,
    "income": _income,
    "revenue": _revenue,
    "expenditure": _shares,
    "size": _uses,
    "change": _uses,
    "class": _classes,
    "use": _leaves,
    "operating": _operating,
}
