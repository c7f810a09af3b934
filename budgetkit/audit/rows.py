"""Findings as rows of ``checks``: how much each matters, and which comes first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from budgetkit.audit.case import Case
from budgetkit.audit.catalogue import KINDS, Check, Finding, run_checks
from budgetkit.audit.figures import FAIL, PASS, ROUNDING, SKIPPED
from budgetkit.schema import DERIVED

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

#: How much a failure of each kind matters, and how much more on which row.
WEIGHTS = dict(zip(KINDS, (80, 80, 60, 60, 50, 50, 40, 10), strict=True))
ON_TOTAL = 15
#: By the length of a code: on a 类, on a 款.
ON_LEVEL = {3: 10, 5: 5}
#: Statuses, the ones that ask for action first.
ORDER = (FAIL, ROUNDING, SKIPPED, PASS)
#: Statuses whose findings are sorted by how much they matter.
HEAVIEST_FIRST = (FAIL, ROUNDING)

Rows = list[tuple[Any, ...]]

_NAMES = tuple(field.name for field in DERIVED["checks"])
_NOWHERE = (None,) * 5
_STATUS, _WEIGHT, _DIFFERENCE = (_NAMES.index(name) for name in ("status", "weight", "difference"))


def weight_of(check: Check, finding: Finding) -> int:
    """Say how much a finding matters: a total that is wrong before a comma.

    Parameters
    ----------
    check, finding
        What was tested and what came of it.

    Returns
    -------
    int
        0 to 100.
    """
    base, code = WEIGHTS[check.kind], finding.code
    if not code or base < WEIGHTS["disclosure"]:
        return base
    return base + (ON_TOTAL if code == "total" else ON_LEVEL.get(len(code), 0))


def rows_of(case: Case) -> Rows:
    """Run every check over one disclosure.

    Parameters
    ----------
    case
        The disclosure.

    Returns
    -------
    list of tuple
        In the columns of ``checks``, check by check.
    """
    about = {
        row["document"]: (row["document"], row["department"], row["scope"], row["year"])
        for row in case.documents
    }
    # A finding about a figure of another file (a unit's) is listed with this disclosure.
    own = about[case.document]
    return [
        _row(about.get(finding.document, own), check, finding)
        for check, finding in run_checks(case)
    ]


def by_status(cases: Iterable[Case]) -> dict[str, Rows]:
    """Run every check over every case; the rows by status, those that ask for action first."""
    found: dict[str, Rows] = {status: [] for status in ORDER}
    for case in cases:
        for row in rows_of(case):
            found[row[_STATUS]].append(row)
    return found


def check_rows(cases: Iterable[Case]) -> Rows:
    """Run every check over every case.

    Parameters
    ----------
    cases
        Disclosures laid out.

    Returns
    -------
    list of tuple
        In the columns of ``checks``: failures first, of those the heaviest and largest.
    """
    found = by_status(cases)
    for status in HEAVIEST_FIRST:
        found[status].sort(key=_heaviness)
    return [row for rows in found.values() for row in rows]


def _heaviness(row: tuple[Any, ...]) -> tuple[int, float]:
    return -row[_WEIGHT], -abs(row[_DIFFERENCE] or 0.0)


def joined(parts: Iterable[Mapping[str, pa.Table]]) -> pa.Table:
    """Put together what was found in several batches, in the order of :func:`check_rows`.

    Parameters
    ----------
    parts
        Of each batch, its rows of ``checks`` by status.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    parts = list(parts) or [{status: arrow_table([]) for status in ORDER}]
    tables = {status: pa.concat_tables([part[status] for part in parts]) for status in ORDER}
    for status in HEAVIEST_FIRST:
        table = tables[status]
        size = pc.fill_null(pc.abs(table["difference"]), 0.0)
        order = np.lexsort((-size.to_numpy(), -table["weight"].to_numpy()))
        tables[status] = table.take(order)
    return pa.concat_tables(tables.values())


def _row(who: tuple[Any, ...], check: Check, finding: Finding) -> tuple[Any, ...]:
    expected, found, tolerance = finding.expected, finding.found, finding.tolerance
    gap = None if expected is None or found is None else float(found - expected)
    return (
        *who,
        check.id,
        check.kind,
        finding.status,
        weight_of(check, finding),
        None if expected is None else float(expected),
        None if found is None else float(found),
        gap,
        None if tolerance is None else float(tolerance),
        finding.table or None,
        finding.section or None,
        finding.code or None,
        finding.measure or None,
        finding.fact_id or None,
        *(finding.place or _NOWHERE),
        finding.other_fact_id or None,
        finding.other_document or None,
        *(finding.other_place or _NOWHERE),
        finding.sure,
        finding.message_zh,
        finding.message_en,
    )


def arrow_table(rows: Iterable[tuple[Any, ...]]) -> pa.Table:
    """Make the table ``checks`` from its rows."""
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
    }
    columns: Iterable[Any] = zip(*rows, strict=True)
    columns = list(columns) or [()] * len(_NAMES)
    arrays = [
        pa.array(values, type=types[field.type])
        for values, field in zip(columns, DERIVED["checks"], strict=True)
    ]
    return pa.table(arrays, names=list(_NAMES))


def checks_frame(rows: Iterable[tuple[Any, ...]]) -> pd.DataFrame:
    """Make the frame ``checks`` from its rows."""
    return frame_of(arrow_table(rows))


def frame_of(table: pa.Table) -> pd.DataFrame:
    """Give an Arrow table as a frame of the types that a dataset's frames have."""
    import pandas as pd
    import pyarrow as pa

    kinds = {
        pa.string(): pd.StringDtype(),
        pa.int64(): pd.Int64Dtype(),
        pa.float64(): pd.Float64Dtype(),
        pa.bool_(): pd.BooleanDtype(),
    }
    frame: pd.DataFrame = table.to_pandas(types_mapper=kinds.get)
    return frame
