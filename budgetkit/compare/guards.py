"""What stands in the way of a comparison, computed for each figure.

Each guard returns ids of ``flags.csv``; they stand in the data and beside the figure.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from budgetkit.compare.measures import choose_measures, measures
from budgetkit.errors import UsageError
from budgetkit.own_facts import units_of
from budgetkit.render.labels import Labels
from budgetkit.storage.figures import Figure
from budgetkit.storage.records import text
from budgetkit.summary.audit_results import AuditFinding, failures
from budgetkit.summary.gaps import expected_tables, is_read
from budgetkit.summary.lookup import headline_pattern
from budgetkit.summary.summarize import DisclosureSummary

if TYPE_CHECKING:
    import pandas as pd

    from budgetkit.storage.reader import DatasetReader

#: Measures that rest on the economic classes 301 and 303, each for itself.
REGROUPED = ("wages", "family", "wages_per_head", "family_per_head")
YUAN = "元"


@cache
def flag_names() -> dict[str, dict[str, str]]:
    """Return the flags by id: ``weight``, ``zh`` and ``en``."""
    listed = (files(__package__) / "flags.csv").read_text(encoding="utf-8")
    return {row["id"]: row for row in csv.DictReader(listed.splitlines())}


def say_flags(flags: str | Iterable[str], lang: str) -> str:
    """Put flags into words.

    Parameters
    ----------
    flags
        Ids of ``flags.csv``, or a text of them with spaces between.
    lang
        ``zh`` or ``en``.

    Returns
    -------
    str

    Examples
    --------
    >>> say_flags("no_active from_yuan", "en")
    'people in post not disclosed, printed in yuan, converted'
    """
    names = flag_names()
    return Labels(lang).join(names[flag][lang] for flag in _ids(flags))


def is_serious(flags: str | Iterable[str]) -> bool:
    """Whether one of the flags puts a figure in doubt."""
    return any(flag_names()[flag]["weight"] == "serious" for flag in _ids(flags))


def _ids(flags: str | Iterable[str]) -> Iterable[str]:
    return flags.split() if isinstance(flags, str) else flags


# --- of a whole disclosure -----------------------------------------------------------


def origin(summary: DisclosureSummary) -> str:
    """Return ``invented`` where a cover says that its document is invented, else ``published``."""
    notice = summary.disclosure.about("notice")
    return "invented" if headline_pattern("origin", "invented").search(notice) else "published"


def is_final_accounts(summary: DisclosureSummary) -> bool:
    """Whether a disclosure reports what was spent, not what is budgeted."""
    if summary.disclosure.key is not None and summary.disclosure.key.kind == "final_account":
        return True
    titles = [text(row["title"]) for row in summary.disclosure.rows["tables"]]
    sources = [text(row["source"]) for row in summary.disclosure.documents]
    pattern = headline_pattern("final_accounts", "title")
    matching = sum(bool(pattern.search(title)) for title in titles)
    return matching * 2 > len(titles) or any(pattern.search(source) for source in sources)


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found in the disclosures that are compared.

    Attributes
    ----------
    done : bool
        The dataset was audited.
    failed : dict of str to list of AuditFinding
        By document: what fails, the weightiest first.
    """

    done: bool
    failed: Mapping[str, list[AuditFinding]]

    def status(self, summary: DisclosureSummary) -> str:
        """Return ``failed`` where totals fail, else ``passed``; or ``not_audited``."""
        if not self.done:
            return "not_audited"
        return "failed" if any(item.totals for item in self.findings(summary)) else "passed"

    def findings(self, summary: DisclosureSummary) -> list[AuditFinding]:
        """Return what fails in a disclosure, totals before the rest."""
        documents = [row["document"] for row in summary.disclosure.documents]
        found = [item for name in documents for item in self.failed.get(name, ())]
        return sorted(found, key=lambda item: (not item.totals, -item.weight))


def audit_of(dataset: DatasetReader, lang: str) -> Audit:
    """Read the audit of a dataset, where there is one.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    lang
        Language of its messages.

    Returns
    -------
    Audit
    """
    found: dict[str, list[AuditFinding]] = {}
    for finding in failures(dataset, lang):
        found.setdefault(finding.document, []).append(finding)
    return Audit(dataset.audited, found)


# --- the economic classes before and after 2018 --------------------------------------


def bridge(summary: DisclosureSummary) -> tuple[DisclosureSummary, str]:
    """Bring a disclosure of before 2018 to the classes since, where it can be done.

    Returns
    -------
    DisclosureSummary, str
        With 301 and 303 as they would be since 2018, and ``bridged_2018``; without both, and
        ``refused_2018``, where it prints no 款; as it is, and an empty text, where it is newer.
    """
    money = summary.money
    if not summary.has_old_classes:
        return summary, ""
    shift = summary.moved_to_301
    if shift is None or money.wages is None or money.family is None:
        return replace(summary, money=replace(money, wages=None, family=None)), "refused_2018"
    wages = Figure(money.wages.amount + shift.amount, (*money.wages.places, *shift.places))
    family = Figure(money.family.amount - shift.amount, (*money.family.places, *shift.places))
    return replace(summary, money=replace(money, wages=wages, family=family)), "bridged_2018"


# --- of one figure -------------------------------------------------------------------


def flags_of(measure: str, summary: DisclosureSummary, figure: Figure | None) -> list[str]:
    """Return what a reader must know of one figure, or why there is none.

    Parameters
    ----------
    measure
        Its id.
    summary
        Of the disclosure that it is from.
    figure
        As computed; None where it is missing.

    Returns
    -------
    list of str
        Ids of ``flags.csv``.
    """
    if figure is None:
        return [_why_missing(measure, summary)]
    flags = figure.note.split()
    tables = {place.table for place in figure.places if place.table}
    if tables & summary.disclosure.unread:
        flags.append("unread_table")
    if tables & summary.disclosure.doubtful:
        flags.append("doubtful")
    if any(place.unit == YUAN for place in figure.places):
        flags.append("from_yuan")
    if measure in ("counted", "wages_per_head", "family_per_head"):
        flags.append(_counted(summary))
    return [flag for flag in dict.fromkeys(flags) if flag]


def _counted(summary: DisclosureSummary) -> str:
    """What 实有 counts, where it is printed."""
    if "total" not in summary.people.counts:
        return ""
    flag = "_".join(("counted", *(summary.people.counted_in_total or ("unknown",))))
    return flag if flag in flag_names() else "counted_unknown"


def _why_missing(measure: str, summary: DisclosureSummary) -> str:
    needs = measures()[measure].needs.split()
    if "staffing" in needs and not summary.people.counts:
        return "not_read" if summary.disclosure.unread_pages else "no_staffing"
    if "active" in needs and "active" not in summary.people.counts:
        return "no_active"
    tables = set(needs) - {"staffing", "active"}
    if tables & (summary.disclosure.unread | summary.disclosure.doubtful):
        return "unread_table"
    if tables & units_of(summary.disclosure.rows["facts"]).keys():
        return "by_unit"
    if not tables or tables & summary.disclosure.tables:
        return "not_printed" if is_read(summary.disclosure) else "not_read"
    # A table that the template never prints is not a table that is missing.
    expected = expected_tables(summary.disclosure.about("family"))
    if expected and not tables & set(expected):
        return "no_table_in_template"
    return "missing_table" if is_read(summary.disclosure) else "not_read"


# --- of sums -------------------------------------------------------------------------


def total(frame: pd.DataFrame, measure: str) -> float:
    """Add a measure up over bureaus, never a department and its own unit.

    Parameters
    ----------
    frame
        As of :func:`budgetkit.compare.table.compare`.
    measure
        Id of ``measures.csv``.

    Returns
    -------
    float
        In the unit of the measure.

    Raises
    ------
    UsageError
        Both scopes are there, several years, or the measure is a share or a rate.
    """
    (known,) = choose_measures([measure])
    if known.unit not in ("people", "wan", "count"):
        raise UsageError(
            f"'{measure}' is a rate and can't be added", remedy="add its parts and divide"
        )
    rows = frame[frame["measure"] == measure]
    scopes = rows.groupby(["department", "year"])["scope"].nunique()
    both = scopes[scopes > 1]
    if len(both):
        department, year = both.index[0]
        raise UsageError(
            f"'{department}' {year} is there as department and as its own unit, which it "
            "contains: the two are never added",
            remedy="keep scope 'department' or 'unit'",
        )
    if rows["year"].nunique() > 1:
        raise UsageError("there are several years, which are not added", remedy="keep one")
    return float(rows["value"].sum(min_count=1))
