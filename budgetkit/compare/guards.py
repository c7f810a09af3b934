"""What stands in the way of a comparison, computed for each figure.

Each guard gives ids of ``flags.csv``; they stand in the data and beside the figure.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from budgetkit.codelists import read_codelist
from budgetkit.compare.measures import HEADS, THREE_PUBLIC
from budgetkit.disclosure import Figure, place_of, text
from budgetkit.errors import UsageError
from budgetkit.render.labels import Labels
from budgetkit.storage.rows import records
from budgetkit.summary.summary import Case

if TYPE_CHECKING:
    import pandas as pd

    from budgetkit.storage.reader import DatasetReader

#: Kinds of checks that say that printed totals do not hold.
TOTALS = ("arithmetic", "cross_table")
#: Measures that rest on the economic classes 301 and 303 taken apart.
REGROUPED = ("wages", "family", "wages_per_head", "family_per_head")
#: Tables that a measure rests on, the usual one first.
NEEDS = {
    "revenue": ("summary", "revenue"),
    "expenditure": ("summary", "expenditure", "general_expenditure"),
    "basic": ("expenditure", "summary", "general_expenditure"),
    "personnel": ("basic_expenditure", "appropriation_basic"),
    "projects": ("project_expenditure",),
    "three_public": ("three_public",),
    "carryover": ("carryover", "summary"),
    "transfers": ("summary",),
    "operating_costs": ("operating_costs", "three_public"),
}
#: Measures that rest on the tables of another one.
LIKE = {
    **dict.fromkeys(("project", "basic_share", "project_share"), "basic"),
    **dict.fromkeys(("operating", *REGROUPED), "personnel"),
    **dict.fromkeys(
        ("project_total", "project_largest", "project_largest_share", "project_hhi"), "projects"
    ),
    **dict.fromkeys(THREE_PUBLIC, "three_public"),
    "carryover_share": "carryover",
    "transfer_share": "transfers",
}
YUAN = "元"


@cache
def flag_names() -> dict[str, dict[str, str]]:
    """Give the flags by id: ``weight``, ``zh`` and ``en``."""
    listed = (files(__package__) / "flags.csv").read_text(encoding="utf-8")
    return {row["id"]: row for row in csv.DictReader(listed.splitlines())}


def say_flags(flags: str | Iterable[str], lang: str, *, serious: bool = False) -> str:
    """Put flags into words.

    Examples
    --------
    >>> say_flags("no_active from_yuan", "en")
    'people in post not disclosed, printed in yuan, converted'
    """
    names = flag_names()
    ids = flags.split() if isinstance(flags, str) else flags
    words = [names[flag][lang] for flag in ids if not serious or names[flag]["weight"] == "serious"]
    return Labels(lang).join(words)


def is_serious(flags: str) -> bool:
    """Tell whether one of the flags puts a figure in doubt."""
    names = flag_names()
    return any(names[flag]["weight"] == "serious" for flag in flags.split())


# --- of a whole disclosure -----------------------------------------------------------


@cache
def _pattern(topic: str, key: str) -> re.Pattern[str]:
    rows = read_codelist("headline")
    found = [row["value"] for row in rows if (row["topic"], row["key"]) == (topic, key)]
    return re.compile("|".join(found) or "(?!)")


def is_invented(case: Case) -> bool:
    """Tell whether a cover says that its document is invented."""
    return bool(_pattern("origin", "invented").search(case.notice))


def is_final_accounts(case: Case) -> bool:
    """Tell whether a disclosure reports what was spent, not what is budgeted."""
    titles = [text(row["title"]) for row in case.subject.rows("tables")]
    sources = [text(row["source"]) for row in case.subject.documents]
    pattern = _pattern("final_accounts", "title")
    told = sum(bool(pattern.search(title)) for title in titles)
    return told * 2 > len(titles) or any(pattern.search(source) for source in sources)


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that fails.

    Attributes
    ----------
    totals : bool
        It says that printed totals do not hold.
    weight : int
        How much it matters, 0 to 100.
    zh, en : str
        What was found.
    figure : Figure
        Where it is printed; without a place where the check names none.
    """

    totals: bool
    weight: int
    zh: str
    en: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit says of the documents of a dataset.

    Attributes
    ----------
    done : bool
        There is an audit at all.
    failed : dict of str to tuple of Finding
        By document: what fails, the weightiest first.
    """

    done: bool
    failed: dict[str, tuple[Finding, ...]]

    def of(self, case: Case) -> str:
        """Give ``failed`` where totals fail, else ``passed``; or ``not_audited``."""
        if not self.done:
            return "not_audited"
        return "failed" if any(item.totals for item in self.findings(case)) else "passed"

    def findings(self, case: Case) -> list[Finding]:
        """Give what fails in a disclosure, totals before the rest."""
        documents = [row["document"] for row in case.subject.documents]
        found = [item for name in documents for item in self.failed.get(name, ())]
        return sorted(found, key=lambda item: (not item.totals, -item.weight))


def audit_of(dataset: DatasetReader) -> Audit:
    """Read the checks of a dataset, where ``budgetkit audit`` has written them."""
    import pandas as pd

    file = dataset.folder / "checks.parquet"
    if not file.is_file():
        return Audit(False, {})
    checks = pd.read_parquet(
        file, filters=[("status", "==", "fail")], dtype_backend="numpy_nullable"
    )
    found: dict[str, tuple[Finding, ...]] = {}
    for row in records(checks):
        place = place_of(row | {"printed": row["message_zh"], "name": row["code"]})
        finding = Finding(
            row["kind"] in TOTALS,
            int(row["weight"] or 0),
            text(row["message_zh"]),
            text(row["message_en"]),
            Figure(float(row["found"] or 0.0), (place,) if place else ()),
        )
        found[str(row["document"])] = (*found.get(str(row["document"]), ()), finding)
    return Audit(True, found)


# --- the economic classes before and after 2018 --------------------------------------


def moved(case: Case) -> Figure | None:
    """Give what stands in 303 and belongs to 301 since 2018; None where nothing is printed."""
    rows = {(row["before"], row["name"]) for row in read_codelist("regrouped")}
    lines = [line for line in case.money.economic if (line.code, line.name) in rows]
    if not lines:
        return None
    places = tuple(place for line in lines for place in line.figure.places)
    return Figure(sum(line.figure.amount for line in lines), places)


def is_old(case: Case) -> bool:
    """Tell whether a disclosure still has the classes of before 2018: what it prints decides."""
    if moved(case) is not None:
        return True
    rows = read_codelist("regrouped")
    if any(line.code == rows[0]["after"] for line in case.money.economic):
        return False
    return case.subject.year < int(rows[0]["year"])


def bridge(case: Case) -> tuple[Case, str]:
    """Bring a disclosure of before 2018 to the classes since, where it can be done.

    Returns
    -------
    Case, str
        The case with 301 and 303 as they would be since 2018, and ``bridged_2018``; or
        without both and ``refused_2018``, where it prints no 款 to tell.
    """
    money = case.money
    if not is_old(case):
        return case, ""
    shift = moved(case)
    if shift is None or money.wages is None or money.family is None:
        return replace(case, money=replace(money, wages=None, family=None)), "refused_2018"
    wages = Figure(money.wages.amount + shift.amount, (*money.wages.places, *shift.places))
    family = Figure(money.family.amount - shift.amount, (*money.family.places, *shift.places))
    return replace(case, money=replace(money, wages=wages, family=family)), "bridged_2018"


# --- of one figure -------------------------------------------------------------------


def flags_of(measure: str, case: Case, figure: Figure | None) -> list[str]:
    """Say what to know of one figure, or why there is none.

    Parameters
    ----------
    measure
        Its id.
    case
        Where it is from.
    figure
        As computed; None where it is missing.

    Returns
    -------
    list of str
        Ids of ``flags.csv``.
    """
    if figure is None:
        return [_why_missing(measure, case)]
    flags = figure.note.split()
    tables = {place.table for place in figure.places if place.table}
    if tables & case.unread:
        flags.append("unread_table")
    if any(place.certainty == "doubtful" for place in figure.places):
        flags.append("doubtful")
    if any(place.unit == YUAN for place in figure.places):
        flags.append("from_yuan")
    if measure in ("counted", "wages_per_head", "family_per_head"):
        flags.append(_counted(case))
    return [flag for flag in dict.fromkeys(flags) if flag]


def _counted(case: Case) -> str:
    """What 实有 counts, where it is printed."""
    if "total" not in case.people.counts:
        return ""
    flag = "_".join(("counted", *(case.people.counted_in_total or ("unknown",))))
    return flag if flag in flag_names() else "counted_unknown"


def _why_missing(measure: str, case: Case) -> str:
    if measure in (*HEADS, "vacancy", "wages_per_head", "family_per_head"):
        if not case.people.counts:
            return "no_staffing"
        heads = ("active", "vacancy", "wages_per_head", "family_per_head")
        if measure in heads and "active" not in case.people.counts:
            return "no_active"
    needs = NEEDS.get(LIKE.get(measure, measure), ())
    if needs and set(needs) & case.unread:
        return "unread_table"
    if needs and not set(needs) & case.tables:
        return _absent(needs, case)
    return "not_printed"


def _absent(needs: tuple[str, ...], case: Case) -> str:
    """A table that the template never prints is not a table that is missing."""
    for row in read_codelist("headline"):
        if row["topic"] == "expected" and row["key"] == case.subject.family:
            return (
                "missing_table"
                if set(needs) & set(row["value"].split())
                else ("no_table_in_template")
            )
    return "missing_table"


# --- of sums -------------------------------------------------------------------------


def one_scope(frame: pd.DataFrame) -> pd.DataFrame:
    """Give a frame back, unless a sum over it would take a department and its unit.

    Raises
    ------
    UsageError
        It holds both scopes of one department and year.
    """
    if "scope" not in frame:
        raise UsageError("the frame has no column 'scope' to keep department and unit apart")
    scopes = frame.groupby(["department", "year"])["scope"].nunique()
    both = scopes[scopes > 1]
    if len(both):
        department, year = both.index[0]
        raise UsageError(
            f"'{department}' {year} is there as department and as its own unit, which it "
            "contains: the two are never added",
            remedy="keep scope 'department' or 'unit'",
        )
    return frame


def total(frame: pd.DataFrame, measure: str) -> float:
    """Add a measure up over bureaus (in its unit), never a department and its own unit.

    Raises
    ------
    UsageError
        Both scopes are there, several years, or the measure is a share or a rate.
    """
    from budgetkit.compare.measures import choose_measures

    (known,) = choose_measures([measure])
    if known.unit not in ("people", "10k_yuan", "count"):
        raise UsageError(
            f"'{measure}' is a rate and can't be added", remedy="add its parts and divide"
        )
    rows = one_scope(frame[frame["measure"] == measure])
    if rows["year"].nunique() > 1:
        raise UsageError("there are several years, which are not added", remedy="keep one")
    return float(rows["value"].sum(min_count=1))
