"""The first screen: which bureau pays most, what changed most, which figures are in doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from budgetkit.compare.guards import Audit, bridge, flags_of
from budgetkit.compare.measures import value
from budgetkit.render.page import number
from budgetkit.storage.figures import Figure, Place, place_of
from budgetkit.summary.audit_results import AuditFinding
from budgetkit.summary.gaps import Issue, issues
from budgetkit.summary.summarize import DisclosureSummary

#: Issues of a disclosure that put its figures in doubt; missing head counts or an empty table
#: that is explained do not.
DOUBTFUL = ("totals_differ", "unread_page", "unmapped", "unread_table", "doubtful", "no_tables",
            "missing_table", "missing_table_read",
            "no_total", "doubled")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ranked:
    """A bureau's figure in a ranking.

    Attributes
    ----------
    summary : DisclosureSummary
        Of the bureau; its economic classes bridged where that was needed.
    figure : Figure
        In the measure's unit.
    flags : tuple of str
        Ids of ``flags.csv``.
    """

    summary: DisclosureSummary
    figure: Figure
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearChange:
    """A bureau's total expenditure in two years that follow one another.

    Attributes
    ----------
    summary : DisclosureSummary
        Of the later year.
    now, before : Figure
        万元.
    flags : tuple of str
        Of either year.
    """

    summary: DisclosureSummary
    now: Figure
    before: Figure
    flags: tuple[str, ...]

    @property
    def by(self) -> float:
        """万元, negative for less."""
        return self.now.amount - self.before.amount

    @property
    def percent(self) -> float | None:
        """Of the earlier year; None where that is zero."""
        return self.by / self.before.amount * 100 if self.before.amount else None

    @property
    def signed_by(self) -> str:
        """The change as it is written."""
        return number(self.by, 2, "+").replace("-", "−")

    @property
    def signed_percent(self) -> str:
        """The change in per cent as it is written; empty where it is not known."""
        return "" if self.percent is None else number(self.percent, 1, "+").replace("-", "−")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A disclosure whose figures are in doubt, and why.

    Attributes
    ----------
    summary : DisclosureSummary
        Of the disclosure.
    unread : int
        Number of amounts that were not understood.
    issues : tuple of Issue
        What else was not read or is missing.
    findings : tuple of AuditFinding
        What fails in the audit, totals first, then the weightiest.
    unread_places : tuple of Place
        Where the amounts stand that were not understood.
    """

    summary: DisclosureSummary
    unread: int
    issues: tuple[Issue, ...]
    findings: tuple[AuditFinding, ...]
    unread_places: tuple[Place, ...]

    @property
    def failed(self) -> int:
        """Number of totals that fail in the audit."""
        return sum(item.totals for item in self.findings)

    @property
    def other(self) -> int:
        """Number of other checks that fail."""
        return len(self.findings) - self.failed


def main_year(summaries: Iterable[DisclosureSummary]) -> int:
    """Return the latest year that at least half as many bureaus have as any other.

    A year that few have published yet is not compared, nor one that is long past.
    """
    counts = Counter(summary.disclosure.year for summary in summaries)
    enough = max(counts.values()) / 2
    return max(year for year, count in counts.items() if count >= enough)


def ranked(summaries: Sequence[DisclosureSummary], measure: str, audit: Audit) -> list[Ranked]:
    """Rank bureaus by a measure.

    Parameters
    ----------
    summaries
        Of one year.
    measure
        Id of ``measures.csv``.
    audit
        For the flags.

    Returns
    -------
    list of Ranked
        The highest first; bureaus that don't disclose the measure are left out.
    """
    across_2018 = len({summary.has_old_classes for summary in summaries}) > 1
    found = []
    for summary in summaries:
        comparable, bridged = bridge(summary) if across_2018 else (summary, "")
        figure = value(measure, comparable)
        if figure is not None:
            flags = ["failed_totals"] if audit.status(summary) == "failed" else []
            flags += flags_of(measure, comparable, figure) + ([bridged] if bridged else [])
            found.append(Ranked(comparable, figure, tuple(flags)))
    return sorted(found, key=lambda item: -item.figure.amount)


def largest_changes(
    now: Iterable[DisclosureSummary], before: Iterable[DisclosureSummary], audit: Audit
) -> list[YearChange]:
    """List the changes of the total expenditure.

    Parameters
    ----------
    now, before
        Of a year and of the year before; a bureau that has one alone is left out.
    audit
        For the flags.

    Returns
    -------
    list of YearChange
        The largest change by amount first.
    """
    older = {summary.disclosure.department: summary for summary in before}
    found = []
    for summary in now:
        old = older.get(summary.disclosure.department)
        if old is None:
            continue
        a, b = summary.money.expenditure, old.money.expenditure
        if a is None or b is None or a.note != b.note:
            continue
        flags = dict.fromkeys(flags_of("expenditure", summary, a) + flags_of("expenditure", old, b))
        failed = "failed" in (audit.status(summary), audit.status(old))
        found.append(YearChange(summary, a, b, (*(["failed_totals"] if failed else []), *flags)))
    return sorted(found, key=lambda item: -abs(item.by))


def doubtful_disclosures(summaries: Iterable[DisclosureSummary], audit: Audit) -> list[Doubt]:
    """List the disclosures whose figures are in doubt.

    Parameters
    ----------
    summaries
        Of any years.
    audit
        What fails in it is a reason to doubt.

    Returns
    -------
    list of Doubt
        The worst first: totals that fail, then what was not read, then what else fails.
    """
    found = []
    for summary in summaries:
        reasons = [issue for issue in issues(summary) if issue.kind in DOUBTFUL]
        unread = summary.disclosure.rows["unmapped"]
        findings = audit.findings(summary)
        if reasons or unread or findings:
            others = tuple(i for i in reasons if i.kind not in ("unmapped", "unread_table"))
            places = tuple(place for row in unread if (place := place_of(row)) is not None)
            found.append(Doubt(summary, len(unread), others, tuple(findings), places))
    return sorted(found, key=_badness)


def _badness(item: Doubt) -> tuple[int, int, int, int]:
    weight = sum(finding.weight for finding in item.findings)
    return -item.failed, -item.unread, -weight, -len(item.issues)
