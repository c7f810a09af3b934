"""What the site says of each disclosure: its key figures, its state, and where its report is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from budgetkit.disclosure import DisclosureKey, DisclosureRows, documents_by_key, select
from budgetkit.render.labels import Labels
from budgetkit.render.reasons import reason
from budgetkit.report.index import LeftOut, left_out
from budgetkit.report.make import ReportTask
from budgetkit.storage.figures import Figure
from budgetkit.storage.records import text
from budgetkit.summary.gaps import reading_notes
from budgetkit.summary.lookup import headline_pattern
from budgetkit.summary.projects import projects
from budgetkit.summary.summarize import summarize

if TYPE_CHECKING:
    from budgetkit.storage.reader import DatasetReader

#: Certainty of a figure that has two readings.
DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Amount:
    """A key figure.

    Attributes
    ----------
    value : float
        万元, or 万元 a head.
    note : str
        Where it was taken from, and whether it is in doubt; empty for the usual figure.
    """

    value: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A disclosure on the site.

    Attributes
    ----------
    key : DisclosureKey
        Department, scope, year and kind.
    file : str
        Its report, relative to the site; empty where there is none.
    department_id : str
        One for all names of the department.
    region, level : str
        Empty where not known.
    expenditure, per_head : Amount or None
        None where not disclosed or not read.
    people : int or None
        In post.
    projects : tuple of (str, float or None)
        Name and size (万元), the largest first.
    status : str
        ``ok``, ``partial``, or ``failed`` where the report could not be made.
    note : str
        Why it is not ``ok``.
    notice : str
        What its cover says of the document itself.
    """

    key: DisclosureKey
    file: str
    department_id: str
    region: str
    level: str
    expenditure: Amount | None
    people: int | None
    per_head: Amount | None
    projects: tuple[tuple[str, float | None], ...]
    status: str
    note: str
    notice: str


def entries(
    dataset: DatasetReader, reports: Sequence[ReportTask], problems: Mapping[str, str], lang: str
) -> list[Entry]:
    """Describe each disclosure of a dataset.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    reports
        One for each disclosure.
    problems
        Why a report failed, by its file.
    lang
        Language of notes.

    Returns
    -------
    list of Entry
        In the order of ``reports``.
    """
    say, documents = Labels(lang), documents_by_key(dataset)
    found = []
    for report in reports:
        disclosure = select(dataset, *report.key)
        problem, rows = problems.get(report.file, ""), documents[report.key]
        found.append(_entry(disclosure, report.key, report.file, problem, rows, say))
    return found


def without_report(
    dataset: DatasetReader, reports: Sequence[ReportTask], problems: Mapping[str, str], lang: str
) -> list[LeftOut]:
    """List the documents of a dataset that have no report, and why.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    reports
        One for each disclosure.
    problems
        Why a report failed, by its file.
    lang
        Language of the reasons.

    Returns
    -------
    list of LeftOut
        Those that were not read, whose department or year is not known, or whose report failed.
    """
    documents = documents_by_key(dataset)
    say = Labels(lang)
    found = left_out(dataset, say)
    for report in reports:
        if problem := problems.get(report.file):
            found += [
                LeftOut(text(row["source"]), reason(problem, say)) for row in documents[report.key]
            ]
    return sorted(found, key=lambda one: one.source)


def _entry(
    disclosure: DisclosureRows,
    key: DisclosureKey,
    file: str,
    problem: str,
    documents: Sequence[Mapping[str, object]],
    say: Labels,
) -> Entry:
    summary = summarize(disclosure)
    per_head = summary.per_head
    whole = all(row["status"] == "ok" for row in documents)
    ids = (text(row["department_id"]) for row in documents)
    return Entry(
        key=key,
        file="" if problem else file,
        department_id=next(filter(None, ids), key.department),
        region=disclosure.about("region"),
        level=disclosure.about("level"),
        expenditure=_amount(summary.money.expenditure, say),
        people=summary.people.counts.get("active"),
        per_head=_amount(per_head.wages if per_head else None, say),
        projects=tuple(
            (one.name, one.figure.amount if one.figure else None) for one in projects(disclosure)
        ),
        status="failed" if problem else "ok" if whole else "partial",
        note=reason(problem or "; ".join(reading_notes(disclosure)), say),
        notice=_notice(disclosure.about("notice"), say),
    )


def _notice(notice: str, say: Labels) -> str:
    """What a cover says; that a document is invented, in the language of the site too."""
    invented = headline_pattern("origin", "invented").search(notice)
    return say("notice.line", notice=notice) if invented else notice


def _amount(figure: Figure | None, say: Labels) -> Amount | None:
    if figure is None:
        return None
    notes = [say(key) for key in (f"note.{figure.note}",) if figure.note and say.has(key)]
    if any(place.certainty == DOUBTFUL for place in figure.places):
        notes.append(say(f"certainty.{DOUBTFUL}"))
    return Amount(figure.amount, say.join(notes))
