"""The ways from a report to its neighbours: the index, the other years, the comparison.

An address is relative, so that the folder can be moved, and stands only where its page does.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from budgetkit.render.labels import Labels
from budgetkit.report.index import comparison_beside
from budgetkit.report.make import ReportTask
from budgetkit.report.report_title import key_of_kind


def ways_from(
    report: ReportTask, known: Iterable[ReportTask], made: frozenset[str], out: Path, say: Labels
) -> tuple[tuple[str, str], ...]:
    """List the ways from a report.

    Parameters
    ----------
    report
        From which.
    known
        All reports of the dataset.
    made
        Files of the reports that this run makes.
    out
        Folder of the reports, with what earlier runs have put there.
    say
        The words.

    Returns
    -------
    tuple of (str, str)
        Words and address: the index first, then the years, the comparison last.
    """
    years = [
        other
        for other in known
        if (other.department, other.scope) == (report.department, report.scope)
        and other.file != report.file
        and (other.file in made or (out / other.file).is_file())
    ]
    years.sort(key=lambda other: (other.year, other.kind, other.file))
    comparison = comparison_beside(out)
    return (
        (say("nav.index"), "index.html"),
        *((say(key_of_kind("nav.year", one.kind), year=one.year), one.file) for one in years),
        *([(say("nav.compare"), comparison)] if comparison else []),
    )
