"""What a folder of reports holds, in a note beside them: the next run's index lists it as well.

A run may make the reports of one department alone, or of another dataset.  The index is written
from the note and the run, so that it never forgets a report that stands in the folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from budgetkit.disclosure import documents_by_key
from budgetkit.render.labels import Labels
from budgetkit.report.index import (
    IndexLine,
    LeftOut,
    comparison_beside,
    index_page,
    left_out,
    with_findings,
)
from budgetkit.report.make import ReportTask
from budgetkit.storage.atomic import as_json, write_aside
from budgetkit.storage.manifest import read_manifest
from budgetkit.storage.reader import DatasetReader
from budgetkit.storage.records import text

#: The page that lists the reports.
INDEX = "index.html"
#: The hidden file of the folder.
NOTE = ".reports.json"
_LINES, _LEFT_OUT = "lines", "left_out"
_FIELDS = frozenset(field.name for field in fields(IndexLine))


@dataclass(frozen=True, slots=True)
class Standing:
    """What a folder of reports holds.

    Attributes
    ----------
    lines : tuple of IndexLine
        One for each report, and for each that failed.
    left_out : tuple of LeftOut
        Documents that gave no report.
    """

    lines: tuple[IndexLine, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def read_standing(folder: Path) -> Standing:
    """Read what earlier runs made of a folder; empty where there is no note, or a damaged one."""
    try:
        found = json.loads((folder / NOTE).read_bytes())
        lines = tuple(_line(row) for row in found[_LINES])
        return Standing(lines, tuple(LeftOut(**row) for row in found[_LEFT_OUT]))
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return Standing()


def _line(row: Mapping[str, Any]) -> IndexLine:
    findings = row["findings"]
    known = {name: value for name, value in row.items() if name in _FIELDS}
    return IndexLine(**known | {"findings": None if findings is None else tuple(findings)})


def write_standing(folder: Path, standing: Standing) -> None:
    """Write the note of a folder.

    Parameters
    ----------
    folder
        Of the reports.
    standing
        All that it holds now.
    """
    told = {
        _LINES: [asdict(line) for line in standing.lines],
        _LEFT_OUT: [asdict(one) for one in standing.left_out],
    }
    write_aside(folder / NOTE, as_json(told))


def together(
    folder: Path,
    earlier: Standing,
    lines: Sequence[IndexLine],
    left_out: Sequence[LeftOut],
    sources: Iterable[str],
) -> Standing:
    """Put what stands in a folder and what a run made of it together.

    Parameters
    ----------
    folder
        Of the reports.
    earlier
        What earlier runs noted.
    lines
        Of this run; they take the place of earlier ones of the same file, or the same disclosure.
    left_out
        Documents of this dataset that gave no report.
    sources
        All documents of this dataset: what an earlier run said of them is out of date.

    Returns
    -------
    Standing
        By department, scope, year and kind.
    """
    files = {line.file for line in lines}
    keys = {line.key for line in lines}
    kept = [
        line
        for line in earlier.lines
        if line.file not in files
        and line.key not in keys
        and (line.problem or (folder / line.file).is_file())
    ]
    known = set(sources)
    others = [one for one in earlier.left_out if one.source not in known]
    return Standing(
        tuple(sorted([*kept, *lines], key=lambda line: line.key)),
        tuple(sorted([*others, *left_out], key=lambda one: (one.source, one.reason))),
    )


def write_index(
    dataset: DatasetReader,
    out: Path,
    lines: Sequence[IndexLine],
    every: Sequence[ReportTask],
    say: Labels,
) -> None:
    """Write the index: what a run made, and what stands in the folder from earlier ones.

    Parameters
    ----------
    dataset
        Of this run.
    out
        Folder of the reports.
    lines
        Of this run.
    every
        All reports that the dataset can give: those of them that stand in a folder without a note
        are listed as far as the dataset knows them.
    say
        The words.
    """
    earlier = read_standing(out)
    if not earlier.lines:
        earlier = Standing(_unnoted(dataset, out, every), earlier.left_out)
    sources = map(text, dataset.documents["source"])
    found = together(out, earlier, lines, left_out(dataset, say), sources)
    known = with_findings(dataset, found.lines, say.lang)
    write_standing(out, Standing(tuple(known), found.left_out))
    page = index_page(known, found.left_out, say, comparison=comparison_beside(out))
    write_aside(out / INDEX, page.encode("utf-8"))


def _unnoted(
    dataset: DatasetReader, out: Path, every: Sequence[ReportTask]
) -> tuple[IndexLine, ...]:
    documents, ours = documents_by_key(dataset), read_manifest(out) or {}
    lines = (IndexLine(one.department, one.scope, one.year, one.file, kind=one.kind)
             for one in every if one.file in ours and (out / one.file).is_file())  # fmt: skip
    regions = {key: [text(row["region"]) for row in rows] for key, rows in documents.items()}
    return tuple(replace(line, region=next(filter(None, regions[line.key]), "")) for line in lines)
