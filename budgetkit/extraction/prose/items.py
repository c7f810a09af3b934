"""The item that an amount of the prose belongs to: the name before it, stripped of other words.

``某局2025年的机关运行经费财政拨款预算`` is 机关运行经费, and ``某支出（类）行政运行（项）`` is
行政运行.
Where nothing sure is left the answer is empty: missing rather than wrong.
"""

from __future__ import annotations

import re
from functools import cache

from budgetkit.extraction.prose.headings import without_marker
from budgetkit.extraction.prose.wordings import any_of, folded, matcher, meaning, wordings

#: Roles of the wordings that name an item outright, in the order in which they are tried.
NAMED = ("procurement", "operating_costs", "three_public", "meetings", "known")
#: Nothing longer than this many characters is an item.
LONGEST_ITEM = 36
_CLASS = re.compile(
    r"(?P<name>[^（）()“”\"：:，。；]+)[（(](?:[0-9]{1,3})?[类款项][)）](?=[^（()]*$)"
)
_YEAR = re.compile(r"^.*20[0-9]{2}年(?:年初|度|初)?(?:当年)?(?:的)?")
_AROUND = "、，“”\"' "


def class_name(text: str) -> str:
    """Return the last class that a text names with 类, 款 or 项; empty where there is none.

    Examples
    --------
    >>> class_name("1、科学技术支出（类）科学技术管理事务（款）行政运行（项）：")
    '行政运行'
    >>> class_name("“公共安全支出（204类）司法（06款）普法宣传（05项）”")
    '普法宣传'
    """
    found = _CLASS.search(folded(text).rstrip("：:"))
    return without_marker(found["name"].strip(_AROUND)).strip(_AROUND) if found else ""


@cache
def _fillers() -> re.Pattern[str]:
    words = f"{any_of('item', 'tail')}|{any_of('item', 'head')}"
    return re.compile(rf"{words}|支出|收入|预算|^.*20[0-9]{{2}}年度?")


def is_filler(clause: str) -> bool:
    """Whether a clause names nothing by itself: 2025年预算数为.

    Examples
    --------
    >>> is_filler("2025年预算数为"), is_filler("人员经费")
    (True, False)
    """
    return not _fillers().sub("", clause)


@cache
def _ends() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(f"^{any_of('item', 'head')}"), re.compile(f"{any_of('item', 'tail')}$")


def _stripped(clause: str, department: str = "") -> str:
    """Strip enumerator, year, department and filling words off an item.

    Examples
    --------
    >>> _stripped("（一）某局2025年支出预算总计", "某局"), _stripped("此外，基本支出预算数为")
    ('支出预算', '基本支出')
    """
    name = _YEAR.sub("", without_marker(clause))
    if department and department in name:
        name = name[name.rfind(department) + len(department) :]
    head, tail = _ends()
    before = None
    while name != before:
        before = name
        name = tail.sub("", head.sub("", name)).strip(_AROUND + "的")
    return name if len(name) > 2 or name in wordings("item", "short") else ""


def name_item(clause: str, *, department: str = "", purchases: bool = False) -> tuple[str, str]:
    """Name the item of a clause.

    Parameters
    ----------
    clause
        What stands before an amount, to the stop or amount before it.
    department
        Its name, to be stripped.
    purchases
        Whether the text is about government procurement: 货物 and 服务 are its parts then.

    Returns
    -------
    tuple of str
        Item and kind; the item is empty where the clause names nothing sure.

    Examples
    --------
    >>> name_item("2025年某局的机关运行经费财政拨款预算"), name_item("因公出国（境）费")
    (('机关运行经费', 'operating_costs'), ('因公出国（境）费', 'three_public'))
    >>> name_item("增加部门预算")
    ('', 'amount')
    """
    clause = clause.strip(_AROUND)
    if name := class_name(clause):
        return name, "amount"
    for kind in NAMED:
        named = meaning(clause, "item", kind)
        if named and (kind != "procurement" or purchases):
            return named, "amount" if kind == "known" else kind
    name, kind = _stripped(clause, department), "amount"
    if matcher("item", "performance").search(clause):
        kind = "performance"
        name = matcher("item", "performance").sub("", name) or wordings("item", "goal")[0]
    if not 2 <= len(name) <= LONGEST_ITEM or matcher("item", "not").search(name):
        return "", kind
    return name, kind


def same_item(one: str, other: str) -> bool:
    """Whether two wordings name one item.

    Parameters
    ----------
    one, other
        Names of items; 预算, 总, 支出, 收入 and the like do not count.

    Returns
    -------
    bool
        True also where one name is part of the other.

    Examples
    --------
    >>> same_item("收入、支出预算", "收、支预算"), same_item("基本支出", "项目支出")
    (True, False)
    """
    core_one, core_other = (
        re.sub(r"预算|总|支出|收入|[收支、的]", "", name) for name in (one, other)
    )
    return core_one in core_other or core_other in core_one
