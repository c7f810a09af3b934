"""What an audit found, as the reports, their index and a comparison show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from budgetkit.disclosure import DisclosureRows
from budgetkit.storage.answers import heard, read_answers
from budgetkit.storage.figures import Figure, Place, check_places, place_of
from budgetkit.storage.findings import by_cause, comparisons
from budgetkit.storage.records import Row, records, text

if TYPE_CHECKING:
    from budgetkit.storage.reader import DatasetReader

#: Kinds of checks that say that printed totals do not hold.
TOTALS = ("arithmetic", "cross_table")


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """A row of ``checks`` that fails, or that differs by rounding.

    Attributes
    ----------
    document, check : str
        Id of the disclosure's document, and of the check as in the catalogue.
    totals : bool
        It says that printed totals do not hold.
    weight : int
        How much it matters, 0 to 100.
    message : str
        Both figures and the difference, in the language of the report.
    figure : Figure
        What was found and its places: of what is judged, then of what it is compared with.
    """

    document: str
    check: str
    totals: bool
    weight: int
    message: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class AuditResults:
    """What came of the checks of one disclosure.

    Attributes
    ----------
    fails, roundings : tuple of AuditFinding
        What does not agree, and what differs by rounding only; certain ones first, and those that
        move more money.  Findings of one cause, or with the same message, are listed once.
    counts : dict of str to int
        Number of comparisons by status: ``pass``, ``rounding``, ``fail``, ``skipped``; without
        those that are quiet.
    quiet : int
        Number of comparisons that failed, and were answered as refuted or an error of the program.
    """

    fails: tuple[AuditFinding, ...]
    roundings: tuple[AuditFinding, ...]
    counts: dict[str, int]
    quiet: int = 0

    @property
    def compared(self) -> int:
        """Number of comparisons that could be made."""
        return self.quiet + sum(n for status, n in self.counts.items() if status != "skipped")


def _finding(row: Mapping[str, Any], lang: str, places: list[Place]) -> AuditFinding:
    return AuditFinding(
        document=str(row["document"]),
        check=text(row.get("check")),
        totals=row["kind"] in TOTALS,
        weight=int(row["weight"] or 0),
        message=text(row[f"message_{lang}"]),
        figure=Figure(float(row["found"] or 0.0), tuple(places)),
    )


def audit_results(dataset: DatasetReader, disclosure: DisclosureRows, lang: str) -> AuditResults:
    """Read what the audit found in a disclosure.

    Parameters
    ----------
    dataset
        That was audited.
    disclosure
        One department, scope and year.
    lang
        Language of the messages.

    Returns
    -------
    AuditResults
        The place of a fact says what it prints; any other place shows the message.

    Raises
    ------
    UsageError
        The dataset was not audited, or its answers can't be read.
    """
    made = dataset.by_document("checks").rows(row["document"] for row in disclosure.documents)
    rows, quiet = heard(made, read_answers(dataset))
    facts = {row["fact_id"]: row for row in disclosure.rows["facts"]}
    found: dict[str, dict[str, AuditFinding]] = {"fail": {}, "rounding": {}}
    for group in by_cause(row for row in rows if row["status"] in found):
        # One error is one finding: its evidence adds the places where it shows.
        row = group[0]
        places = [place for one in group for place in _shown_places(one, facts, lang)]
        finding = _finding(row, lang, list(dict.fromkeys(places)))
        found[row["status"]].setdefault(finding.message, finding)
    counts = dict(comparisons(rows))
    fails, roundings = (tuple(found[status].values()) for status in ("fail", "rounding"))
    return AuditResults(fails, roundings, counts, len(quiet))


def _shown_places(row: Mapping[str, Any], facts: Mapping[str, Row], lang: str) -> list[Place]:
    places = []
    for place in check_places(row):
        fact = facts.get(place.fact_id)
        shown = (
            place_of(fact)
            if fact
            else replace(place, fact_id="", printed=text(row[f"message_{lang}"]))
        )
        places += [shown] if shown else []
    return places


def failures(dataset: DatasetReader, lang: str) -> list[AuditFinding]:
    """Read what fails in the audit of a dataset.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    lang
        Language of the messages.

    Returns
    -------
    list of AuditFinding
        The weightiest first, each with the place of what is judged, without what answers keep
        quiet; empty where the dataset was not audited.
    """
    if not dataset.audited:
        return []
    checks = dataset.failing()
    found = []
    for row in heard(records(checks), read_answers(dataset)).standing:
        place = place_of({**row, "printed": row["message_zh"], "name": row["code"]})
        found.append(_finding(row, lang, [place] if place else []))
    return found
