"""English names of classes and items: the list ``english.csv``, by the name as printed.

Keyed by name, not by code: one name stands under many codes, and codes change over the years.
The translations are ours; column ``source`` says so, and says where one is not.
"""

from __future__ import annotations

import re
from functools import cache

from budgetkit.amounts import squeeze
from budgetkit.codelists import bare_name, classification, read_codelist

_CLASSIFICATIONS = ("functional", "economic", "government")
#: 其他 before the name of what it is the rest of: 其他财政事务支出.
_OTHER = re.compile(r"其他(.+)")
_EXPENDITURE = "支出"
#: Enumerators of a list in the prose, before a name.
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
#: A name with its code in brackets: 行政运行（2010801）.
_CODED = re.compile(r"(.+?)[(（](\d{3,7})[)）]")
#: A group of equipment by the price of one: 单价100万元（含）以上设备（不含车辆）.
_EQUIPMENT = re.compile(
    r"(?:单价|单位价值|价值)在?(\d+)万元(?:[(（]含[)）])?以上的?(通用|专用|大型)?设备([(（]不含车辆[)）])?"
)
#: Yuan in 万元.
_WAN = 10_000
_OF_KIND = {"通用": "General equipment", "专用": "Special equipment", "大型": "Large equipment"}


@cache
def _names() -> dict[str, str]:
    found = {squeeze(row["name"]): row["name_en"] for row in read_codelist("english")}
    for kind in _CLASSIFICATIONS:
        for code in classification(kind).values():
            known = found.get(squeeze(code.name))
            for alias in code.aliases if known else ():
                found.setdefault(squeeze(alias), known or "")
    return found


def english_name(name: str) -> str:
    """Translate the name of a class or an item; empty where the list doesn't know it.

    Examples
    --------
    >>> english_name("一、科学技术支出"), english_name("其他审计事务支出"), english_name("某项目")
    ('Science and technology', 'Other audit affairs', '')
    >>> english_name("①行政运行（2010801）")
    'Administrative operation (2010801)'
    >>> english_name("单价20万元以上的设备")
    'Equipment worth 200,000 yuan or more'
    """
    plain, known = bare_name(name.lstrip(CIRCLED)), _names()
    if plain in known:
        return known[plain]
    if coded := _CODED.fullmatch(plain):
        english = english_name(coded[1])
        return f"{english} ({coded[2]})" if english else ""
    if equipment := _EQUIPMENT.fullmatch(plain):
        wan, kind, without = equipment.groups()
        noun, more = _OF_KIND.get(kind, "Equipment"), ", without vehicles" if without else ""
        return f"{noun} worth {int(wan) * _WAN:,} yuan or more{more}"
    rest = _OTHER.fullmatch(plain)
    if rest is None:
        return ""
    whole = rest.group(1)
    english = known.get(whole) or known.get(whole.removesuffix(_EXPENDITURE), "")
    return f"Other {english[:1].lower()}{english[1:]}" if english else ""
