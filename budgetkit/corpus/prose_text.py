"""The narrative text: a family's frames filled with what a disclosure says.

``paragraphs`` turns one block of a family's document into lines of text; what is drawn otherwise
(tables, targets, covers) is left to ``pdf``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from budgetkit.corpus.definitions import glossary
from budgetkit.corpus.families import Family
from budgetkit.corpus.model import Disclosure, Statement
from budgetkit.corpus.wording import amount_text, chinese_number, head_change, percent

Block = tuple[Any, ...]
#: Items of the 三公 sentence, and of meetings and training.
SPENT = (
    "three_public",
    "abroad",
    "vehicles",
    "vehicle_purchase",
    "vehicle_operation",
    "reception",
    "meetings",
    "training",
)


def context(model: Disclosure, family: Family) -> dict[str, Any]:
    """Return the words that a family's frames can use.

    Parameters
    ----------
    model
        The disclosure.
    family
        Its template.

    Returns
    -------
    dict
    """
    fund = model.told.get("fund", Decimal(0))
    basic = model.rows("basic_expenditure")
    return {
        "department": model.department,
        "region": model.region,
        "scope": "单位" if model.scope == "unit" else "部门",
        "supervisor": "预算单位" if model.scope == "unit" else "预算主管部门",
        "year": model.year,
        "last_year": model.year - 1,
        "issued": _date(model.issued),
        "text": model.text,
        "told": {name: amount_text(amount) for name, amount in model.told.items()},
        "told_fund": f"，政府性基金预算拨款{amount_text(fund)}万元" if fund else "",
        "subordinates": _subordinates(model),
        "offices": model.staff.offices,
        "office_names": "、".join(model.offices),
        "authorized": model.staff.authorized,
        "revenue_kinds": model.text.get("revenue_kinds")
        or "、".join(s.item for s in model.statements if s.section == "revenue" and s.amount),
        "expenditure_classes": "、".join(_classes(model, "expenditure")),
        "general_classes": "、".join(
            f"{name}{amount_text(row['total'])}万元"
            for name, row in _class_rows(model, "general_expenditure")
        ),
        "personnel_items": _items(basic, ("301", "303")),
        "operating_items": _items(basic, ("302", "310")),
    }


def paragraphs(block: Block, model: Disclosure, family: Family, words: dict[str, Any]) -> list[str]:
    """Return the paragraphs of a block of text.

    Parameters
    ----------
    block
        Kind and arguments.
    model
        The disclosure.
    family
        Its template.
    words
        What its frames can use.

    Returns
    -------
    list of str
    """
    kind, *args = block
    return list(_KINDS[kind](args, model, family, words))


def _text(
    args: list[Any], model: Disclosure, family: Family, words: dict[str, Any]
) -> Iterator[str]:
    yield args[0].format(**words)


def _each(
    args: list[Any], model: Disclosure, family: Family, words: dict[str, Any]
) -> Iterator[str]:
    for i, item in enumerate(getattr(model, args[0]), 1):
        yield args[1].format(n=chinese_number(i), i=i, item=item)


def _staffing(
    args: list[Any], model: Disclosure, family: Family, words: dict[str, Any]
) -> Iterator[str]:
    staff = model.staff
    if staff.total is not None:
        yield args[0].format(
            department=model.department,
            authorized=staff.authorized,
            total=staff.total,
            active=staff.active,
            retired=staff.retired,
            special_retired=staff.special_retired,
            active_change=head_change(staff.active_change),
            retired_change=head_change(staff.retired_change),
            special_retired_change=head_change(staff.special_retired_change),
        )


def _statements(
    args: list[Any], model: Disclosure, family: Family, words: dict[str, Any]
) -> Iterator[str]:
    section = args[0]
    said = [s for s in model.statements if s.section == section]
    for i, statement in enumerate(said, 1):
        yield sentence(statement, i, family, words)


def sentence(statement: Statement, number: int, family: Family, words: dict[str, Any]) -> str:
    """Return one statement as its family words it.

    Parameters
    ----------
    statement
        What is said.
    number
        Its place in the list.
    family
        Its template.
    words
        What its frames can use.

    Returns
    -------
    str
    """
    s = statement
    if s.amount is None:
        return family.forms["none"].format(item=s.item)
    told = {
        "n": number,
        "lead": s.lead,
        "item": s.item,
        "amount": amount_text(s.amount),
        "share": "" if s.share is None else amount_text(s.share),
        "change": _change(s.change, s.change_pct, family, words),
        "reason": s.reason,
    }
    return family.forms[s.section].format(**{**words, **told})


def _classes_said(
    args: list[Any], model: Disclosure, family: Family, words: dict[str, Any]
) -> Iterator[str]:
    total = model.told["general"]
    for i, (name, row) in enumerate(_class_rows(model, "general_expenditure"), 1):
        yield args[0].format(
            n=i,
            item=name,
            amount=amount_text(row["total"]),
            share=amount_text(percent(row["total"], total)),
        )


def _descriptions(
    args: list[Any], model: Disclosure, family: Family, words: dict[str, Any]
) -> Iterator[str]:
    for i, d in enumerate(model.descriptions, 1):
        yield f"（{chinese_number(i)}）项目名称：{d.name}"
        yield f"设立的政策依据：{d.basis}"
        yield f"预算安排规模：{amount_text(d.amount)}万元"
        yield f"项目承担单位：{model.department}"
        yield f"资金分配情况：{d.allocation}"
        yield f"资金执行时间：{d.period}"


def _fund(
    args: list[Any], model: Disclosure, family: Family, words: dict[str, Any]
) -> Iterator[str]:
    fund = model.told.get("fund", Decimal(0))
    yield (args[0] if fund else args[1]).format(**words, amount=amount_text(fund))


def _three_public(
    args: list[Any], model: Disclosure, family: Family, words: dict[str, Any]
) -> Iterator[str]:
    changes = {}
    for name in SPENT:
        change = _told_change(model, name)
        before = model.told.get(f"{name}_last", Decimal(0))
        pct = percent(change, before) if change is not None else None
        changes[name] = _change(change, pct, family, words).removeprefix("比上年预算")
    first, rest = (
        args[0].split("{three_public}") if "{three_public}" in args[0] else (args[0], None)
    )
    if rest is None:
        yield first.format(**words, **changes)
    else:
        whole = changes.pop("three_public")
        prefix = "比上年预算" if family.change.startswith("比上年预算") else ""
        yield first.format(**words, **changes) + prefix + whole + rest.format(**words, **changes)


def _carried(
    args: list[Any], model: Disclosure, family: Family, words: dict[str, Any]
) -> Iterator[str]:
    if not model.carried:
        yield args[2].format(**words)
        return
    yield args[0].format(**words)
    for i, c in enumerate(model.carried, 1):
        yield args[1].format(n=i, name=c.name, amount=amount_text(c.amount), use=c.use)


def _assets(
    args: list[Any], model: Disclosure, family: Family, words: dict[str, Any]
) -> Iterator[str]:
    by_item = {asset.item: asset for asset in model.assets}
    house, cars = (
        by_item["房屋"],
        [by_item[k] for k in ("车辆", "一般公务用车", "执法执勤用车", "其他车辆")],
    )
    yield (
        f"1.房屋{amount_text(house.quantity or Decimal(0))}平方米，"
        f"价值{amount_text(house.value or Decimal(0))}万元。"
    )
    told = [
        f"{c.item}{_count(c.quantity)}辆，价值{amount_text(c.value or Decimal(0))}万元"
        for c in cars
    ]
    yield f"2.{told[0]}；其中：{'；'.join(told[1:])}。"
    for n, item in enumerate(("办公家具", "其他资产"), 3):
        yield f"{n}.{item}价值{amount_text(by_item[item].value or Decimal(0))}万元。"
    large, larger = by_item["50万元以上大型设备"], by_item["100万元以上大型设备"]
    yield (
        f"部门价值50万元以上大型设备{_count(large.quantity)}{large.unit}，"
        f"部门价值100万元以上大型设备{_count(larger.quantity)}{larger.unit}。"
    )
    yield (
        f"{model.year}年部门预算未安排购置车辆经费，安排购置50万元以上大型设备0台，"
        "单位价值100万元以上大型设备0台。"
    )


def _count(quantity: Decimal | None) -> int:
    return int(quantity or 0)


def _glossary(
    args: list[Any], model: Disclosure, family: Family, words: dict[str, Any]
) -> Iterator[str]:
    for i, (term, definition) in enumerate(glossary(model.family), 1):
        yield args[0].format(n=chinese_number(i), term=term, definition=definition)


_KINDS: dict[str, Callable[[list[Any], Disclosure, Family, dict[str, Any]], Iterator[str]]] = {
    "text": _text,
    "head": _text,
    "each": _each,
    "staffing": _staffing,
    "statements": _statements,
    "classes": _classes_said,
    "descriptions": _descriptions,
    "fund": _fund,
    "three_public": _three_public,
    "carried": _carried,
    "assets": _assets,
    "glossary": _glossary,
}


def _change(
    change: Decimal | None, pct: Decimal | None, family: Family, said: dict[str, Any]
) -> str:
    if change is None:
        return ""
    if change == 0:
        return family.flat.format(last_year=said["last_year"])
    words = family.words
    up = change > 0
    return family.change.format(
        last_year=said["last_year"],
        word=words["more" if up else "less"],
        change=amount_text(abs(change)),
        pword=words["grow" if up else "shrink"],
        pct=amount_text(abs(pct or Decimal(0))),
    )


def _told_change(model: Disclosure, name: str) -> Decimal | None:
    now, before = model.told.get(name), model.told.get(f"{name}_last")
    return None if now is None or before is None else now - before


def _class_rows(model: Disclosure, table: str) -> list[tuple[str, dict[str, Decimal]]]:
    return [(n, row) for (code, n, _), row in model.rows(table).items() if len(code) == 3]


def _classes(model: Disclosure, table: str) -> list[str]:
    return [name for name, _ in _class_rows(model, table)]


def _items(basic: dict[tuple[str, str, str], dict[str, Decimal]], classes: tuple[str, ...]) -> str:
    return "、".join(n for c, n, _ in basic if len(c) == 5 and c[:3] in classes)


def _subordinates(model: Disclosure) -> str:
    if not model.subordinates:
        return "无下属预算单位"
    return f"下属预算单位{len(model.subordinates)}家，分别是：{'、'.join(model.subordinates)}"


def _date(issued: str) -> str:
    year, month, day = issued.split("-")
    return f"{year}年{int(month)}月{int(day)}日"
