"""Run every check over a dataset; the findings as a table, heaviest first."""

from __future__ import annotations

import io
import multiprocessing
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.audit.case import Case, Row, cases_of
from budgetkit.audit.catalogue import KINDS, Check, Finding, run_checks
from budgetkit.audit.figures import FAIL, PASS, ROUNDING, SKIPPED, Place
from budgetkit.errors import UsageError
from budgetkit.places import is_address
from budgetkit.schema import DERIVED, TABLES
from budgetkit.writing import add_derived

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from budgetkit.dataset import Dataset

#: How much a failure of each kind matters, and how much more on which row.
WEIGHTS = dict(zip(KINDS, (80, 80, 60, 60, 50, 50, 40, 10), strict=True))
ON_TOTAL, ON_CLASS, ON_SUBCLASS = 15, 10, 5
#: Statuses, the ones that ask for action first.
ORDER = (FAIL, ROUNDING, SKIPPED, PASS)

#: From so many cases on, other processes are worth their start.
MANY = 64

_NAMES = tuple(field.name for field in DERIVED["checks"])
_NOWHERE = (None,) * 5


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
    base = WEIGHTS[check.kind]
    if base < WEIGHTS["disclosure"]:
        return base
    if finding.code == "total":
        return base + ON_TOTAL
    return base + {3: ON_CLASS, 5: ON_SUBCLASS}.get(len(finding.code), 0)


def check_rows(cases: Iterable[Case], jobs: int = 1) -> list[tuple[Any, ...]]:
    """Run every check over every case.

    Parameters
    ----------
    cases
        Disclosures laid out.
    jobs
        Processes that check at the same time, where there are many cases.

    Returns
    -------
    list of tuple
        In the columns of ``checks``: failures first, of those the heaviest and largest.
    """
    cases = list(cases)
    found: dict[str, list[tuple[Any, ...]]] = {status: [] for status in ORDER}
    for rows in _shared_out(cases, jobs) if jobs > 1 and len(cases) >= MANY else map(_of, cases):
        for row in rows:
            found[row[_STATUS]].append(row)
    found[FAIL].sort(key=_heaviness)
    found[ROUNDING].sort(key=_heaviness)
    return [row for status in ORDER for row in found[status]]


def _shared_out(cases: list[Case], jobs: int) -> Iterator[list[tuple[Any, ...]]]:
    """Check in several processes, in the order of the cases all the same."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        yield from pool.map(_of, cases, chunksize=MANY // 4)


def _of(case: Case) -> list[tuple[Any, ...]]:
    """The rows of one case."""
    about = {
        row["document"]: (row["document"], row["department"], row["scope"], row["year"])
        for row in case.documents
    }
    # A finding about a figure of another file (a unit's) is listed with this disclosure.
    own = about[case.document]
    rows = [
        _row(about.get(finding.document, own), check, finding)
        for check, finding in run_checks(case)
    ]
    case.memo.clear()
    return rows


_STATUS, _WEIGHT, _DIFFERENCE = (_NAMES.index(name) for name in ("status", "weight", "difference"))


def _heaviness(row: tuple[Any, ...]) -> tuple[int, float]:
    return -row[_WEIGHT], -abs(row[_DIFFERENCE] or 0.0)


def _row(who: tuple[Any, ...], check: Check, finding: Finding) -> tuple[Any, ...]:
    expected, found = finding.expected, finding.found
    both = expected is not None and found is not None
    return (
        *who,
        check.id,
        check.kind,
        finding.status,
        weight_of(check, finding),
        None if expected is None else float(expected),
        None if found is None else float(found),
        float(found - expected) if both else None,  # type: ignore[operator]
        None if finding.tolerance is None else float(finding.tolerance),
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


def plain_rows(tables: Mapping[str, Iterable[Mapping[str, Any]]]) -> dict[str, list[Row]]:
    """Fill in the columns that rows leave out, None for every empty cell."""
    return {
        name: [
            {
                field.name: (None if (value := row.get(field.name)) == "" else value)
                for field in fields
            }
            for row in tables.get(name, ())
        ]
        for name, fields in TABLES.items()
    }


def read_rows(folder: Path) -> dict[str, list[Row]]:
    """Read the tables of a dataset as rows, None for every empty cell."""
    import pyarrow.parquet as pq

    tables: dict[str, list[Row]] = {}
    for name in TABLES:
        table = pq.read_table(folder / f"{name}.parquet")
        columns = [column.to_pylist() for column in table.columns]
        names = table.column_names
        tables[name] = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
    return tables


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


def audit(dataset: Dataset | str | Path, *, jobs: int = 1) -> pd.DataFrame:
    """Check a dataset against itself, and write ``checks`` into its folder.

    Parameters
    ----------
    dataset
        As written by ``budgetkit extract``.
    jobs
        Processes that check at the same time, where there are many disclosures.

    Returns
    -------
    pandas.DataFrame
        ``checks``: a row a comparison (amounts in 万元), failures first, the heaviest of them
        on top.  ``checks.csv`` and ``checks.parquet`` hold the same.

    Raises
    ------
    UsageError
        It is not a dataset, or its folder can't be written.
    """
    return frame_of(write_checks(dataset, jobs=jobs))


def write_checks(dataset: Dataset | str | Path, *, jobs: int = 1) -> pa.Table:
    """Run the audit and write ``checks`` beside the tables that it is about.

    Parameters
    ----------
    dataset
        As written by ``budgetkit extract``.
    jobs
        Processes that check at the same time, where there are many disclosures.

    Returns
    -------
    pyarrow.Table
        ``checks``.

    Raises
    ------
    UsageError
        It is not a dataset, or its folder can't be written.
    """
    from budgetkit.dataset import Dataset

    if not isinstance(dataset, Dataset):
        dataset = Dataset(dataset)
    if is_address(str(dataset.folder)):
        raise UsageError("is an address", file=dataset.folder, remedy="audit a copy of it")
    table = arrow_table(check_rows(cases_of(read_rows(dataset.folder)), jobs))
    add_derived(dataset.folder, "checks", dict(_files(table)))
    dataset.__dict__.pop("checks", None)
    return table


def _files(table: pa.Table) -> Iterator[tuple[str, bytes]]:
    import pyarrow as pa
    import pyarrow.csv as pa_csv
    import pyarrow.parquet as pq

    parquet = pa.BufferOutputStream()
    pq.write_table(table, parquet)
    yield "parquet", parquet.getvalue().to_pybytes()
    # A spreadsheet takes a file for UTF-8 only if it begins with this mark.
    text = io.BytesIO(b"\xef\xbb\xbf")
    text.seek(0, io.SEEK_END)
    pa_csv.write_csv(table, text)
    yield "csv", text.getvalue()


__all__ = [
    "Place",
    "arrow_table",
    "audit",
    "check_rows",
    "checks_frame",
    "plain_rows",
    "read_rows",
    "weight_of",
    "write_checks",
]
