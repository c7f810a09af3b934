"""Whether two answers are the same: numbers, texts, cells of a table, and several of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from budgetkit.amounts import squeeze
from budgetkit.lessons.lesson_data import Cell, LessonData
from budgetkit.storage.records import records

#: A number with what may stand around it: 1,234.5 万元, 12 %, ＋3.
#: A comma stands before three digits only: 75,93 may be meant as 75.93, and is no number here.
_NUMBER = re.compile(r"([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?:万元|元|%|人|yuan)?")
_WITH_COMMA = re.compile(r"[+-]?[\d.]+(?:,[\d.]+)+(?:万元|元|%|人|yuan)?")
#: Beyond half of the last decimal asked for: floats that stand for decimals.
_FLOAT = 1e-9


def is_cell(given: Any, data: LessonData) -> Mapping[str, Any] | None:
    """Return the row of ``facts`` that an answer names, by its id or as a row; None if it is none.

    Parameters
    ----------
    given
        A ``fact_id``, a row of ``facts``, or a frame of one row.
    data
        Of the dataset that has the ids.

    Returns
    -------
    mapping or None
    """
    given = single(given)
    if hasattr(given, "columns") and "fact_id" in given.columns and len(given) == 1:
        given = given.iloc[0]
    if hasattr(given, "keys") and "fact_id" in given:
        given = given["fact_id"]
    rows = data.facts[data.facts["fact_id"] == str(given)]
    return None if rows.empty else records(rows)[0]


def same(wanted: Any, given: Any, places: int, data: LessonData) -> bool:
    """Whether an answer is the wanted one.

    Parameters
    ----------
    wanted
        A number, a text, a ``Cell``, a set, a list, or values by name.
    given
        What a student answers: the same, or a frame or Series that holds it.
    places
        Decimals to which numbers must be right.
    data
        Of the student's dataset.

    Returns
    -------
    bool
    """
    if isinstance(wanted, Cell):
        row = is_cell(given, data)
        return row is not None and all(row[k] == v for k, v in wanted.wanted().items())
    if is_several(wanted):
        return matches(wanted, given, places) == (True, len(wanted), len(wanted))
    return _same_one(wanted, single(given), places)


def matches(wanted: Any, given: Any, places: int) -> tuple[bool, int, int]:
    """Hold several values against several.

    Parameters
    ----------
    wanted
        A set, a list, or values by name.
    given
        As in :func:`same`.
    places
        Decimals to which numbers must be right.

    Returns
    -------
    tuple of bool, int, int
        Whether ``given`` holds several values, and nothing that is not wanted; how many of the
        wanted are right; how many values it holds.
    """
    if by_name := as_names(wanted):
        found = as_names(given)
        right = sum(
            key in found and _same_one(value, found[key], places) for key, value in by_name.items()
        )
        return set(found) <= set(by_name), right, len(found)
    values, wanted_values = as_list(given), as_list(wanted)
    if isinstance(wanted, list | tuple):
        pairs = zip(wanted_values, values, strict=False)
        right = sum(_same_one(one, other, places) for one, other in pairs)
        return len(values) <= len(wanted_values), right, len(values)
    left = list(values)
    right = 0
    for one in wanted_values:
        at = next((n for n, other in enumerate(left) if _same_one(one, other, places)), None)
        if at is not None:
            del left[at]
            right += 1
    # In a set, a value that is said twice is one: two lines of a table may have one name.
    strange = [
        other for other in left if not any(_same_one(one, other, places) for one in wanted_values)
    ]
    return not strange, right, right + len(strange)


def same_but_for_names(wanted: Any, given: Any, places: int) -> bool:
    """Whether an answer has the wanted values by name in their order, without those names.

    Parameters
    ----------
    wanted
        Values by name; of others it is never so.
    given
        As in :func:`same`.
    places
        Decimals to which numbers must be right.

    Returns
    -------
    bool
    """
    values = list(as_names(wanted).values())
    loose = list(as_names(given).values()) or as_list(given)
    everything = (True, len(values), len(values))
    return bool(values) and matches(values, loose, places) == everything


def is_several(value: Any) -> bool:
    """Whether a value holds several; a text and a cell are one."""
    return not isinstance(value, str | bytes | Cell) and hasattr(value, "__len__")


def single(value: Any) -> Any:
    """Return what a Series, frame or list of one value holds; other values as they are."""
    if is_several(value) and not isinstance(value, Mapping):
        flat = getattr(value, "to_numpy", lambda: value)()
        flat = flat.ravel().tolist() if hasattr(flat, "ravel") else list(flat)
        if len(flat) == 1:
            return flat[0]
    return value


def is_missing(value: Any) -> bool:
    """Whether a value is None, NaN or NA."""
    import pandas as pd

    return not is_several(value) and not isinstance(value, Cell) and bool(pd.isna(value))


def count_missing(value: Any) -> int:
    """Return how many values a Series has, if each of them is missing; else nought."""
    if not hasattr(value, "isna") or getattr(value, "ndim", 0) != 1:
        return 0
    return len(value) if bool(value.isna().all()) else 0


def as_number(value: Any) -> float | None:
    """Return a number, also where it is written as a text; None where it is none."""
    if isinstance(value, bool) or is_missing(value):
        return None
    if isinstance(value, str):
        found = _NUMBER.fullmatch(squeeze(value))
        return float(found[1].replace(",", "")) if found else None
    if isinstance(value, int | float | Decimal) or hasattr(value, "__float__"):
        try:
            return float(value)
        except (TypeError, ValueError):
            return None
    return None


def has_stray_comma(value: Any) -> bool:
    """Whether a text is a number but for a comma that separates no thousands: ``75,93``."""
    if not isinstance(value, str) or as_number(value) is not None:
        return False
    return _WITH_COMMA.fullmatch(squeeze(value)) is not None


def as_names(value: Any) -> dict[Any, Any]:
    """Return values by name: of a dict, a Series, or a frame of names and values; else none."""
    if hasattr(value, "columns"):
        columns = list(value.columns)
        if len(columns) not in (1, 2):
            return {}
        series = value.set_index(columns[0])[columns[1]] if len(columns) == 2 else value[columns[0]]
        return as_names(series)
    if not hasattr(value, "items"):
        return {}
    return {_name(key): one for key, one in value.items() if not is_missing(one)}


def as_list(value: Any) -> list[Any]:
    """Return the values of a list, set, Series or frame of one column; else none."""
    if hasattr(value, "columns"):
        value = value.to_numpy().ravel() if value.shape[1] == 1 else ()
    if hasattr(value, "tolist"):
        value = value.tolist()
    if not isinstance(value, Iterable) or isinstance(value, str | Mapping):
        return []
    return [one for one in value if not is_missing(one)]


def _name(key: Any) -> Any:
    return tuple(map(_name, key)) if isinstance(key, tuple) else squeeze(str(key))


def _as_text(value: Any) -> str:
    """Return a text without regard to spaces, widths and capitals."""
    return squeeze(str(value)).casefold()


def _same_one(wanted: Any, given: Any, places: int) -> bool:
    if is_missing(given):
        return False
    if isinstance(wanted, bool):
        return str(given) == str(wanted)
    if isinstance(wanted, str):
        return not is_several(given) and _as_text(given) == _as_text(wanted)
    number, other = as_number(given), as_number(wanted)
    if number is None or other is None:
        return False
    half_digit = 0.5 * 10.0**-places
    return abs(number - other) <= half_digit + _FLOAT * max(1.0, abs(other))


def has_run_together(wanted: Any, given: Any) -> bool:
    """Whether a text is several of the wanted ones: Python joins texts without a comma between.

    Parameters
    ----------
    wanted
        Several values.
    given
        As in :func:`same`.

    Returns
    -------
    bool

    Examples
    --------
    >>> has_run_together({"教育", "卫生"}, {"教育" "卫生"})
    True
    """
    texts = [re.escape(one) for one in as_list(wanted) if isinstance(one, str) and one]
    if not texts:
        return False
    several = re.compile(f"(?:{'|'.join(texts)}){{2,}}")
    return any(isinstance(one, str) and several.fullmatch(one) for one in as_list(given))
