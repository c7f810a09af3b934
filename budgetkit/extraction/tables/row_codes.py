"""The classification code of a row: in one column, in three, or before its name.

Used where rows are labelled.  Codes have three digits (类), five (款) or seven (项).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from budgetkit.amounts import squeeze
from budgetkit.codelists import classification, is_total, known_names

#: Roles of the columns of 类, 款 and 项, where each stands in its own.
CODE_PARTS = ("code1", "code2", "code3")

_CODE = re.compile(r"\d{3}(\d\d){0,2}")
_LEADING_CODE = re.compile(r"^\[?(\d{3}(?:[.\-]?\d\d){0,2})\]?[\s—\-]*(?=[^\d\s.,%)）年])(.*)$")
_IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")
#: A digit between ideographs, as no class has it in its name.
_STRAY_DIGIT = re.compile(r"(?<=[\u4e00-\u9fff])[0-9](?=[\u4e00-\u9fff])|^[0-9](?=[\u4e00-\u9fff])")

#: 类, 款 and 项 as a row prints them, blanks included.
Parts = tuple[str, str, str]


class RowCode(NamedTuple):
    """The code of a row, empty where it has none; a problem where what it prints is no code.

    ``unit`` is the code of a budget unit, where that is what stands in the column.
    """

    code: str = ""
    problem: str = ""
    unit: str = ""


def split_code(text: str) -> tuple[str, str]:
    """Split a text into the code before it, of digits alone, and its name.

    Examples
    --------
    >>> split_code("206 科学技术支出"), split_code("[301.01]基本工资"), split_code("2025年预算")
    (('206', '科学技术支出'), ('30101', '基本工资'), ('', '2025年预算'))
    """
    found = _LEADING_CODE.match(text)
    if not found or found.group(1)[:3] not in _classes():
        return "", text
    return _digits(found.group(1)), found.group(2).strip()


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def one_column_code(texts: Sequence[str], table: str, names: Iterable[str] = ()) -> RowCode:
    """Read the code of a row from the columns under one header.

    Parameters
    ----------
    texts
        Without spaces; several where 类, 款 and 项 stand in columns under that header.
    table
        Canonical id, to know a total that stands in the column of codes.
    names
        What the row prints in its columns of names: the code beside a unit's name is the unit's.

    Returns
    -------
    RowCode
        Without code or problem where the texts hold no digits.

    Examples
    --------
    >>> one_column_code(["206", "01"], "expenditure"), one_column_code(["合计"], "expenditure")
    (RowCode(code='20601', problem='', unit=''), RowCode(code='', problem='', unit=''))
    >>> one_column_code(["20"], "expenditure").problem
    "'20' is not a classification code"
    """
    if is_total(texts[0], table):
        return RowCode()
    text = _ZERO.sub("0", "".join(texts))
    digits = _digits(text)
    if _CODE.fullmatch(digits) and not _IDEOGRAPH.search(text):
        return RowCode(_unpadded(digits)) if digits[:3] in _classes() else _of_unit(digits)
    if code := split_code(text)[0]:
        return RowCode(code)
    if re.fullmatch(r"\d{6}|\d{9}|\d{12}", text):
        return _of_unit(text)
    return RowCode(problem=f"'{text}' is not a classification code" if digits else "")


def code_below(text: str, above: Parts, names: Iterable[str]) -> str:
    """Join the last two digits of a code to those of the rows above.

    Parameters
    ----------
    text
        What the column of codes prints, without spaces.
    above
        类, 款 and 项 of the last row with a code.
    names
        What the row prints in its columns of names: that of the class that the digits make.

    Returns
    -------
    str
        Empty where no class below those above has that name.

    Examples
    --------
    >>> code_below("01", ("206", "", ""), ["科学技术管理事务"])
    '20601'
    >>> code_below("01", ("206", "", ""), ["某事务"])
    ''
    """
    if not re.fullmatch(r"\d\d", text):
        return ""
    found, printed = classification("functional") | classification("economic"), set(names)
    for code in (above[0] + text, above[0] + above[1] + text):
        if code in found and printed & {found[code].name, *found[code].aliases}:
            return code
    return ""


def function_by_name(name: str, above: Sequence[str]) -> str:
    """Find the function that a row prints by its name alone.

    Parameters
    ----------
    name
        Without spaces and enumerator.
    above
        The functions that the rows above print by name, from the last 类 on.

    Returns
    -------
    str
        Its code, where one class below those above has that name and is not printed yet; empty
        where none has, or several have: a name such as 行政运行 stands under many codes.

    Examples
    --------
    >>> function_by_name("一般公共服务支出", [])
    '201'
    >>> function_by_name("行政运行", ["201", "20103"]), function_by_name("行政运行", ["201"])
    ('2010301', '')
    >>> function_by_name("其他支出", ["229"]), function_by_name("其他支出", ["229", "22999"])
    ('22999', '2299999')
    """
    last = above[-1] if above else ""
    parents = {"", last[:3], last[:5]}
    found = [
        code
        for code in _functions_by_name().get(name, ())
        if code[:-2] in parents - {""} or (len(code) == 3 and code not in above)
    ]
    found = [code for code in found if code not in above]
    return found[0] if len(found) == 1 else ""


@cache
def _functions_by_name() -> dict[str, tuple[str, ...]]:
    """The codes of all functions by name, names of other years too."""
    found: dict[str, tuple[str, ...]] = {}
    for code in classification("functional").values():
        for name in {code.name, *code.aliases}:
            found[squeeze(name)] = (*found.get(squeeze(name), ()), code.code)
    return found


#: Letters that stand for a zero among digits: 2O1.
_ZERO = re.compile(r"(?<=\d)[Oo](?=\d|$)")


@cache
def _classes() -> frozenset[str]:
    """The codes of every 类 that there is."""
    kinds = ("functional", "economic", "government")
    return frozenset(code[:3] for kind in kinds for code in classification(kind))


def _unpadded(digits: str) -> str:
    """A code without the zeros that pad it: no class is numbered 00."""
    return re.sub(r"(00)+$", "", digits) if len(digits) > 3 else digits


def _of_unit(digits: str) -> RowCode:
    """A number that no class has is that of a unit, whose row its name tells."""
    return RowCode(unit=digits)


def three_column_code(parts: Parts, above: Parts, names: Iterable[str]) -> RowCode:
    """Join 类, 款 and 项; blanks before the last one are those of the row above.

    Parameters
    ----------
    parts
        As the row prints them, at least one not blank.
    above
        Those of the row above, its own blanks filled.
    names
        What the row prints in its columns of names, without spaces.

    Returns
    -------
    RowCode
        Padded to two digits a level.

    Examples
    --------
    >>> three_column_code(("", "", "2"), ("206", "1", ""), []).code
    '2060102'
    """
    last = _last(parts)
    if len(parts[last]) == 3 + 2 * last:  # 2060101 whole in the column of 项
        code = parts[last]
    else:
        filled = fill_blanks(parts, above)[: last + 1]
        if problem := _overflown(filled, names):
            return RowCode(problem=problem)
        code = filled[0] + "".join(part.zfill(2) for part in filled[1:])
    return RowCode(code) if _CODE.fullmatch(code) else RowCode(problem=f"'{code}' is not a code")


def fill_blanks(parts: Parts, above: Parts) -> Parts:
    """Fill the blanks before the last part that a row prints with those of the row above.

    Parameters
    ----------
    parts
        As the row prints them, at least one not blank.
    above
        Those of the row above, its own blanks filled.

    Returns
    -------
    tuple of str
        Blank behind the last part that the row prints.

    Examples
    --------
    >>> fill_blanks(("", "2", ""), ("206", "1", "01"))
    ('206', '2', '')
    """
    last = _last(parts)
    first, second, third = (
        (part or before) if i <= last else ""
        for i, (part, before) in enumerate(zip(parts, above, strict=True))
    )
    return first, second, third


def _last(parts: Parts) -> int:
    return max(i for i, part in enumerate(parts) if part)


def _overflown(parts: Sequence[str], names: Iterable[str]) -> str:
    """Why a code in narrow columns can't be trusted: its digits run into the next cell."""
    if "0" in parts[1:]:
        return f"'{' '.join(parts)}' is not a code: no class is numbered 0"
    for name in names:
        is_known_but_for_a_digit = _STRAY_DIGIT.sub("", name) in known_names()
        if is_known_but_for_a_digit and len(_STRAY_DIGIT.findall(name)) == 1:
            return f"a digit of its code stands in its name, '{name}'"
    return ""
