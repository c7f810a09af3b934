"""Printed amounts: what is one, what it is worth, and in which unit.

Amounts are compared as :class:`decimal.Decimal`, never as floats: 9.21 and
9.22 differ, and a sum of printed figures is exact.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from budgetkit.numerals import read_numeral

#: One unit in 万元.
UNITS = {
    "元": Decimal("0.0001"),
    "百元": Decimal("0.01"),
    "千元": Decimal("0.1"),
    "万元": Decimal(1),
    "百万元": Decimal(100),
    "亿元": Decimal(10000),
}

_UNITS = "亿元|百万元|万元|千元|百元|元"
#: A unit, and what follows it: 单位:元氏县 names a place.
_UNIT = re.compile(
    rf"单位[:：]?(?:[^\d:：;；,，。]{{0,3}}[、/])?(?:人民币|RMB|￥|¥)?[（(]?"
    rf"({_UNITS})([\u4e00-\u9fff]?)"
)
#: A unit behind another word for it, at the end of its line: 计量:千元.
_UNIT_LABELLED = re.compile(rf"(?:计量|计价|货币|币种|金额)[:：](?:人民币)?({_UNITS})$")
#: A unit in a sentence below a table, in the brackets of a title, and in English.
_UNIT_SAID = re.compile(rf"以(?:人民币)?({_UNITS})为(?:计量)?单位")
_UNIT_IN_BRACKETS = re.compile(rf"[(（](?:单位[:：]?)?({_UNITS})[)）]")
_UNIT_ENGLISH = re.compile(
    r"unit[:：]?(?:rmb|cny)?(10,?000(?:yuan|rmb)?|tenthousandyuan|yuan|1,?000yuan)", re.IGNORECASE
)
_ENGLISH = {"yuan": "元", "1000yuan": "千元"}


#: Footnote marks, which NFKC makes digits: raised ones, but that of m², and circled ones behind.
_MARK = re.compile("(?<![A-Za-z])[¹²³⁰⁴-⁹]+|(?<=.)[①-⑳⑴-⒇]+$")


@lru_cache(maxsize=8192)  # the same few words and codes stand in most cells
def squeeze(text: str) -> str:
    """Fold a text for comparison: NFKC, without any white space and footnote marks.

    Examples
    --------
    >>> squeeze("合 　计（万元）"), squeeze("201²"), squeeze("科学技术支出①"), squeeze("①项目")
    ('合计(万元)', '201', '科学技术支出', '1项目')
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKC", _MARK.sub("", text))
    return "".join(plain.split())


def is_amount(text: str) -> bool:
    """Whether a text is an amount: a number with a decimal point or thousands separators.

    Codes, counts and column numbers are not amounts.

    Examples
    --------
    >>> [is_amount(text) for text in ("664.08", "12,345", "206", "5%", "1,23")]
    [True, True, False, False, False]
    """
    found = read_numeral(text)
    return found is not None and found.is_amount


def parse_number(text: str) -> Decimal | None:
    """Read a printed number; None where the text is anything else.

    Parameters
    ----------
    text
        As printed: ``1,234.50``, ``-3``, full-width digits too.

    Returns
    -------
    decimal.Decimal or None
        In the printed unit.  A blank, ``-`` and ``/`` are None: not zero.

    Examples
    --------
    >>> parse_number("1,234.50"), parse_number("-"), parse_number("0")
    (Decimal('1234.50'), None, Decimal('0'))
    >>> parse_number("（200.00）"), parse_number("△3.5"), parse_number("(3)")
    (Decimal('-200.00'), Decimal('-3.5'), None)
    """
    found = read_numeral(text)
    return found.value if found else None


def to_wan(number: Decimal, unit: str) -> Decimal:
    """Convert a number into 万元, exactly.

    Parameters
    ----------
    number
        As printed.
    unit
        One of :data:`UNITS`.

    Returns
    -------
    decimal.Decimal
        In 万元.

    Examples
    --------
    >>> to_wan(Decimal("45000"), "元")
    Decimal('4.5000')
    """
    return number * UNITS[unit]


def printed_unit(text: str) -> str | None:
    """Return the unit that a line such as ``单位：万元`` states, else None.

    Examples
    --------
    >>> printed_unit("编制部门：某局 单位：万元"), printed_unit("编制单位：元氏县财政局")
    ('万元', None)
    >>> printed_unit("注：本表金额以千元为单位。"), printed_unit("Unit: 10,000 yuan")
    ('千元', '万元')
    >>> printed_unit("计量：千元"), printed_unit("金额：5万元")
    ('千元', None)
    """
    plain = squeeze(text)
    for found in _UNIT.finditer(plain):
        if not found.group(2):
            return found.group(1)
    if labelled := _UNIT_LABELLED.search(plain):
        return labelled.group(1)
    if said := _UNIT_SAID.search(plain):
        return said.group(1)
    english = _UNIT_ENGLISH.search(plain)
    return _ENGLISH.get(english.group(1).lower().replace(",", ""), "万元") if english else None


def unit_in_brackets(text: str) -> str | None:
    """Return the unit that a title or a header states in brackets, else None.

    Examples
    --------
    >>> unit_in_brackets("部门支出总表（单位：万元）"), unit_in_brackets("部门支出总表")
    ('万元', None)
    """
    found = _UNIT_IN_BRACKETS.search(squeeze(text))
    return found.group(1) if found else None
