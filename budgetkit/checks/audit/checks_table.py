"""Findings as the table ``checks``: how much each matters, and which comes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from budgetkit.checks.audit.catalogue import KINDS, Check, run_checks
from budgetkit.checks.audit.causes import Verdict, judge
from budgetkit.checks.case import Case
from budgetkit.checks.finding import Finding
from budgetkit.checks.messages import phrase, sentences
from budgetkit.checks.names import Wording, describe
from budgetkit.checks.printed import FAIL, PASS, ROUNDING, SKIPPED, PrintedFigure
from budgetkit.geometry import PageBox
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

_KEY = ("document", "department", "scope", "year")
_WORDS = (
    "cause",
    "table",
    "section",
    "code",
    "measure",
    "fact_id",
    "other_fact_id",
    "other_document",
)
_NOWHERE = (None,) * len(PageBox._fields)
#: The disclosure (:data:`_KEY`), the check and the finding.
_Row = tuple[tuple[Any, ...], Check, Finding]
#: With what is made of the finding, what is said behind it, and how many comparisons it stands for.
_Judged = tuple[tuple[Any, ...], Check, Finding, Verdict, Wording | None, int]
#: Of what does not fail.
_SURE, _UNSURE = Verdict(True, "", ""), Verdict(False, "", "")


def _weight(check: Check, finding: Finding) -> int:
    """How much a finding matters (0 to 100): a wrong total more than a comma."""
    base, code = WEIGHTS[check.kind], finding.code
    if not code or base < WEIGHTS["disclosure"]:
        return base
    return base + (ON_TOTAL if code == "total" else ON_LEVEL.get(len(code), 0))


def checks_of(cases: Iterable[Case]) -> pa.Table:
    """Run every check over every case.

    Parameters
    ----------
    cases
        Disclosures laid out.

    Returns
    -------
    pyarrow.Table
        ``checks``: failures first, of those the heaviest and largest, and every comparison that
        agrees.
    """
    import pyarrow as pa

    found = by_status(cases, passed=True)
    return pa.concat_tables(
        heaviest_first(table) if status in HEAVIEST_FIRST else table
        for status, table in found.items()
    )


def by_status(cases: Iterable[Case], *, passed: bool = False) -> dict[str, pa.Table]:
    """Run every check over every case.

    Parameters
    ----------
    cases
        Disclosures laid out.
    passed
        Whether to list every comparison that agrees, instead of how many.

    Returns
    -------
    dict of str to pyarrow.Table
        ``checks`` by status, in the order of the cases.
    """
    rows: list[_Row] = []
    cases = tuple(cases)
    for case in cases:
        keys = {row["document"]: tuple([row[name] for name in _KEY]) for row in case.documents}
        # A finding about a figure of another file (a unit's) is listed with this disclosure.
        default = keys[case.document]
        for check, finding in run_checks(case):
            rows.append((keys.get(finding.document, default), check, finding))
    verdicts = judge(rows, (figure for case in cases for figure in case.figures))
    doubted = _figures(cases, {verdict.doubted for verdict in verdicts.values()} - {""})
    found: dict[str, list[_Judged]] = {status: [] for status in ORDER}
    for at, (key, check, finding) in enumerate(rows):
        verdict = verdicts.get(at)
        if verdict is None:
            calm = _SURE if finding.sure else _UNSURE
            found[finding.status].append((key, check, finding, calm, None, 1))
            continue
        figure = doubted.get(verdict.doubted)
        if figure and figure.fact_id not in (finding.fact_id, finding.other_fact_id):
            # Of many parts, the one that is wrong is the other place of the finding.
            finding = finding._replace(
                other_fact_id=figure.fact_id,
                other_place=figure.place,
                other_document=figure.document,
            )
        more = phrase("doubted-figure", figure=describe(figure)) if figure else None
        found[finding.status].append((key, check, finding, verdict, more, 1))
    if not passed:
        found[PASS] = _counted(found[PASS])
    return {status: _table(rows) for status, rows in found.items()}


def _counted(rows: Sequence[_Judged]) -> list[_Judged]:
    """Put the comparisons that agree together by document and check: they are most of all."""
    checks = {check.id: check for _, check, *_ in rows}
    counts = Counter((key, check.id) for key, check, *_ in rows)
    return [
        (key, checks[id], Finding(PASS, "agreeing", {"count": count}), _SURE, None, count)
        for (key, id), count in counts.items()
    ]


def heaviest_first(table: pa.Table) -> pa.Table:
    """Sort findings by their weight, and those of one weight by their difference."""
    import numpy as np
    import pyarrow.compute as pc

    size = pc.fill_null(pc.abs(table["difference"]), 0.0)
    return table.take(np.lexsort((-size.to_numpy(), -table["weight"].to_numpy())))


def _table(rows: Sequence[_Judged]) -> pa.Table:
    """Turn findings into columns; whole columns at a time, since there are very many rows."""
    import pyarrow as pa
    import pyarrow.compute as pc

    keys, checks, findings, verdicts, said, comparisons = _columns(rows, 6)
    fields = dict(zip(Finding._fields, _columns(findings, len(Finding._fields)), strict=True))
    places = {
        **_place(fields["place"], ""),
        **_place(fields["other_place"], "other_"),
    }
    zh, en = sentences(findings)
    for at, more in enumerate(said):
        if more:
            zh[at], en[at] = zh[at] + more.zh, en[at] + more.en
    en = [sentence[:1].upper() + sentence[1:] for sentence in en]
    certain, causes, _ = _columns(verdicts, len(Verdict._fields))
    values = {
        **fields,
        "message_zh": zh,
        "message_en": en,
        "certain": certain,
        "cause": causes,
        **places,
        **dict(zip(_KEY, _columns(keys, len(_KEY)), strict=True)),
        "check": [check.id for check in checks],
        "kind": [check.kind for check in checks],
        "weight": list(map(_weight, checks, findings)),
        **_amounts(fields["expected"], fields["found"]),
        "tolerance": _floats(fields["tolerance"]),
        "comparisons": comparisons,
    }
    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
    }
    arrays = {
        field.name: pa.array(values[field.name], type=types[field.type])
        for field in DERIVED["checks"]
    }
    nothing = pa.scalar(None, pa.string())
    for name in _WORDS:
        arrays[name] = pc.if_else(pc.equal(arrays[name], ""), nothing, arrays[name])
    return pa.table(arrays)


def _figures(cases: Iterable[Case], ids: set[str]) -> dict[str, PrintedFigure]:
    """Figures by fact id, of few."""
    if not ids:
        return {}
    return {f.fact_id: f for case in cases for f in case.figures if f.fact_id in ids}


def _columns(rows: Iterable[Sequence[Any]], width: int) -> Sequence[Sequence[Any]]:
    return list(zip(*rows, strict=True)) or [()] * width


def _place(places: Iterable[PageBox | None], prefix: str) -> dict[str, Sequence[Any]]:
    columns = _columns([place or _NOWHERE for place in places], len(_NOWHERE))
    return {
        f"{prefix}{name}": column for name, column in zip(PageBox._fields, columns, strict=True)
    }


def _amounts(
    expected: Iterable[Decimal | None], found: Iterable[Decimal | None]
) -> dict[str, list[float | None]]:
    """Columns ``expected``, ``found`` and ``difference``; the first two are mostly the same."""
    columns: tuple[list[float | None], ...] = ([], [], [])
    first, second, difference = (column.append for column in columns)
    for one, other in zip(expected, found, strict=True):
        number = None if one is None else float(one)
        first(number)
        if one is None or other is None:
            second(None if other is None else float(other))
            difference(None)
        elif one == other:
            second(number)
            difference(0.0)
        else:
            second(float(other))
            difference(float(other - one))
    return dict(zip(("expected", "found", "difference"), columns, strict=True))


def _floats(numbers: Iterable[Decimal | None]) -> list[float | None]:
    return [None if number is None else float(number) for number in numbers]


def frame_of(table: pa.Table) -> pd.DataFrame:
    """Return an Arrow table as a frame with the types of a dataset's frames."""
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
