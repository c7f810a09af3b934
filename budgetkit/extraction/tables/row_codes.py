"""The classification code of a row: in one column, in three, or before its name.

Used where rows are labelled.  Codes have three digits (类), five (款) or seven (项).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from budgetkit.amounts import squeeze
from budgetkit.codelists import is_total, known_names
from budgetkit.extraction.tables.headers import Table
from budgetkit.extraction.tables.page_breaks import TableRow

_CODE = re.compile(r"\d{3}(\d\d){0,2}")
_LEADING_CODE = re.compile(r"^\[?(\d{3}(?:[.\-]?\d\d){0,2})\]?[\s—\-]*(?=[^\d\s.,%)）年])(.*)$")
_IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")
#: A digit between ideographs, as no class has it in its name.
_STRAY_DIGIT = re.compile(r"(?<=[\u4e00-\u9fff])[0-9](?=[\u4e00-\u9fff])|^[0-9](?=[\u4e00-\u9fff])")
#: 类, 款 and 项, each in its own column; blank where a row prints none.
Parts = Sequence[str]


class RowCode(NamedTuple):
    """The code of a row, empty where it has none.

    ``problem`` says why what it prints is no code; ``parts`` are those that the rows below leave
    out where theirs are the same.
    """

    code: str = ""
    problem: str = ""
    parts: Parts = ()


def split_code(text: str) -> tuple[str, str]:
    """Split a text into the code before it, of digits alone, and its name.

    Examples
    --------
    >>> split_code("206 科学技术支出"), split_code("[301.01]基本工资"), split_code("2025年预算")
    (('206', '科学技术支出'), ('30101', '基本工资'), ('', '2025年预算'))
    """
    found = _LEADING_CODE.match(text)
    return (_digits(found.group(1)), found.group(2).strip()) if found else ("", text)


def read_row_code(row: TableRow, table: Table, above: Parts) -> RowCode:
    """Read the code of a row from its columns of codes.

    Parameters
    ----------
    row
        Of the table.
    table
        With resolved columns.
    above
        Parts of the row above, which fill the blanks before the last part of this one.

    Returns
    -------
    RowCode
    """
    texts: dict[str, list[str]] = {}
    for placed in row.cells:
        if placed.cell.text:
            role = table.columns[placed.col].role
            texts.setdefault(role, []).append(squeeze(placed.cell.text))
    printed = [_last_number(texts.get(role, ())) for role in ("code1", "code2", "code3")]
    parts = _fill_blanks(printed, above) if any(printed) else above
    code, problem = "", ""
    if in_one_column := texts.get("code"):
        if not is_total(in_one_column[0], table.table):
            code, problem = _joined_code("".join(in_one_column))
    elif any(printed):
        code, problem = _code_of_parts(parts, texts.get("name", ()))
    return RowCode(code, problem, parts)


def _last_number(texts: Sequence[str]) -> str:
    return next((text for text in reversed(texts) if text.isdigit()), "")


def _fill_blanks(printed: Parts, above: Parts) -> Parts:
    """Parts up to the last one that a row prints, blanks before it taken from the row above."""
    last = max(i for i, part in enumerate(printed) if part)
    padded = (*above, "", "", "")
    return [printed[i] or padded[i] for i in range(last + 1)]


def _joined_code(text: str) -> tuple[str, str]:
    """The code that a text in a column of codes is, or begins with; else the problem."""
    digits = _digits(text)
    if _CODE.fullmatch(digits) and not _IDEOGRAPH.search(text):
        return digits, ""
    code, _ = split_code(text)
    return code, f"'{text}' is not a classification code" if digits and not code else ""


def _code_of_parts(parts: Parts, names: Sequence[str]) -> tuple[str, str]:
    """Join 类, 款 and 项, padded to two digits; else the problem."""
    code = parts[-1]
    is_whole = len(code) == 1 + 2 * len(parts)  # 2060101 in the column of 项
    if not is_whole:
        if problem := _overflow(parts, names):
            return "", problem
        code = parts[0] + "".join(part.zfill(2) for part in parts[1:])
    return (code, "") if _CODE.fullmatch(code) else ("", f"'{code}' is not a code")


def _overflow(parts: Parts, names: Sequence[str]) -> str:
    """Why a code in narrow columns can't be trusted: its digits run into the next cell."""
    if "0" in parts[1:]:
        return f"'{' '.join(parts)}' is not a code: no class is numbered 0"
    for name in names:
        if len(_STRAY_DIGIT.findall(name)) == 1 and _STRAY_DIGIT.sub("", name) in known_names():
            return f"a digit of its code stands in its name, '{name}'"
    return ""


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
