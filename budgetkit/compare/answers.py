"""The three questions of the first screen: who pays most, what changed most, whom to doubt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from budgetkit.compare.guards import Audit, Finding, bridge, flags_of, is_old
from budgetkit.compare.measures import value
from budgetkit.disclosure import Figure, place_of
from budgetkit.summary.gaps import Issue, issues
from budgetkit.summary.summary import Case

#: Issues of a disclosure that put its figures in doubt; a template that says nothing of
#: people, or an empty table that is explained, does not.
DOUBTFUL = ("totals_differ", "unmapped", "unread_table", "doubtful", "no_tables", "missing_table",
            "no_total", "doubled")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ranked:
    """A bureau with a figure.

    Attributes
    ----------
    case : Case
        Which one; its economic classes bridged where that was needed.
    figure : Figure
        In the measure's unit.
    flags : tuple of str
        Ids of ``flags.csv``.
    """

    case: Case
    figure: Figure
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """A bureau's total expenditure in two years that follow one another.

    Attributes
    ----------
    case : Case
        Of the later year.
    now, before : Figure
        万元.
    flags : tuple of str
        Of either year.
    """

    case: Case
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


@dataclass(frozen=True, slots=True)
class Doubt:
    """A disclosure whose figures are in doubt, and why.

    Attributes
    ----------
    case : Case
        Which one.
    failed, other, unread : int
        Totals that fail in the audit; other checks that fail; amounts that were not understood.
    issues : tuple of Issue
        What else.
    findings : tuple of Finding
        What fails in the audit, the weightiest first.
    lost : tuple of Figure
        Amounts that were not understood: where they stand.
    """

    case: Case
    failed: int
    other: int
    unread: int
    issues: tuple[Issue, ...]
    findings: tuple[Finding, ...] = ()
    lost: tuple[Figure, ...] = ()


def main_year(cases: Iterable[Case]) -> int:
    """Give the year that most bureaus have, the latest of them."""
    counts: dict[int, int] = {}
    for case in cases:
        counts[case.subject.year] = counts.get(case.subject.year, 0) + 1
    return max(counts, key=lambda year: (counts[year], year))


def ranked(cases: Iterable[Case], measure: str, audit: Audit) -> list[Ranked]:
    """Rank bureaus by a measure, the highest first; those that don't disclose it are left out."""
    cases = list(cases)
    across = len({is_old(case) for case in cases}) > 1
    found = []
    for case in cases:
        seen, bridged = bridge(case) if across else (case, "")
        figure = value(measure, seen)
        if figure is not None:
            flags = [*(["failed_totals"] if audit.of(case) == "failed" else [])]
            flags += flags_of(measure, seen, figure) + ([bridged] if bridged else [])
            found.append(Ranked(seen, figure, tuple(flags)))
    return sorted(found, key=lambda item: -item.figure.amount)


def moved_most(
    now: Iterable[Case], before: Iterable[Case], audit: Audit, measure: str = "expenditure"
) -> list[Moved]:
    """List what changed, the largest change by amount first.

    Parameters
    ----------
    now, before
        Cases of a year and of the year before; a bureau that has one alone is left out.
    audit
        For the flags.
    measure
        An amount.
    """
    older = {case.subject.department: case for case in before}
    found = []
    for case in now:
        old = older.get(case.subject.department)
        if old is None:
            continue
        a, b = value(measure, case), value(measure, old)
        if a is None or b is None or a.note != b.note:
            continue
        flags = dict.fromkeys(flags_of(measure, case, a) + flags_of(measure, old, b))
        doubt = ["failed_totals"] if "failed" in (audit.of(case), audit.of(old)) else []
        found.append(Moved(case, a, b, (*doubt, *flags)))
    return sorted(found, key=lambda item: -abs(item.by))


def doubted(cases: Sequence[Case], audit: Audit) -> list[Doubt]:
    """List the disclosures whose figures are in doubt, the worst first."""
    found = []
    for case in cases:
        own = [
            issue
            for issue in issues(case.subject, case.money, case.people)
            if issue.kind in DOUBTFUL
        ]
        unread = case.subject.rows("unmapped")
        findings = audit.findings(case)
        if own or unread or findings:
            others = tuple(i for i in own if i.kind not in ("unmapped", "unread_table"))
            lost = tuple(
                Figure(0.0, (place,)) for row in unread if (place := place_of(row)) is not None
            )
            failed = sum(item.totals for item in findings)
            other = len(findings) - failed
            found.append(Doubt(case, failed, other, len(unread), others, tuple(findings), lost))
    return sorted(found, key=_badness)


def _badness(item: Doubt) -> tuple[int, int, int, int]:
    """Totals that fail first, then what was not read, then the weight of what else fails."""
    weight = sum(finding.weight for finding in item.findings)
    return -item.failed, -item.unread, -weight, -len(item.issues)
