"""The page that lists the reports: by region and year, searched, with what failed and why."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from budgetkit.render.labels import Labels
from budgetkit.render.page import stylesheet, templates
from budgetkit.storage.reader import DatasetReader
from budgetkit.storage.rows import Row, records

#: The comparison, where ``budgetkit compare DATASET --out FOLDER/compare`` has put one.
COMPARISON = "compare/index.html"
#: Findings of the audit that a line shows; the others are counted.
MOST_FINDINGS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """What the index says of one report.

    Attributes
    ----------
    department, scope, year, file
        Of the report.
    problem : str
        Why it failed; empty where it stands.
    notebook, pdf : str
        Files beside the page: the notebook as far as it ran, the page as PDF.
    region, notice, expenditure, n_facts, n_unmapped, status, error
        Of the disclosure.
    """

    department: str
    scope: str
    year: int
    file: str
    problem: str = ""
    notebook: str = ""
    pdf: str = ""
    region: str = ""
    notice: str = ""
    expenditure: str = "—"
    n_facts: int = 0
    n_unmapped: int = 0
    status: str = "ok"
    error: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Give it as plain values."""
        return asdict(self)

    @property
    def href(self) -> str:
        """Where the report is; empty where it failed."""
        return "" if self.problem else self.file

    @property
    def state(self) -> str:
        """``failed``, or the status of the disclosure."""
        return "failed" if self.problem else self.status

    @property
    def said(self) -> str:
        """What is to be said of it: why it failed, or what its disclosure lacks."""
        return self.problem or self.error


@dataclass(frozen=True, slots=True)
class Findings:
    """What the audit found in one disclosure."""

    count: int = 0
    first: tuple[str, ...] = ()


def index_page(
    dataset: DatasetReader, lines: Sequence[Line], say: Labels, *, comparison: str = ""
) -> str:
    """Make the page that lists the reports, and what failed and why.

    Parameters
    ----------
    dataset
        That the reports are of; the findings of its audit are shown where it has any.
    lines
        One for each report.
    say
        The words.
    comparison
        Address of the comparison, seen from this page; empty where there is none.

    Returns
    -------
    str
        A whole HTML document, self-contained; its one script is known by its digest.
    """
    regions: dict[str, list[Line]] = {}
    for line in lines:
        regions.setdefault(line.region, []).append(line)
    failed = [row for row in records(dataset.documents) if row["status"] == "failed"]
    page: str = (
        templates()
        .get_template("index.html")
        .render(
            say=say,
            style=stylesheet(),
            script=script(),
            script_digest=script_digest(),
            regions=sorted(regions.items(), key=lambda pair: (not pair[0], pair[0])),
            years=sorted({line.year for line in lines}, reverse=True),
            findings=findings(dataset, say.lang),
            audited=audited(dataset),
            none=Findings(),
            failed_inputs=failed,
            comparison=comparison,
            n_departments=len({(line.department, line.scope) for line in lines}),
            n_reports=sum(not line.problem for line in lines),
            n_failed=sum(bool(line.problem) for line in lines) + len(failed),
        )
    )
    return page


def comparison_beside(out: Path) -> str:
    """Find the comparison in a folder of reports; empty where there is none."""
    return COMPARISON if (out / COMPARISON).is_file() else ""


def audited(dataset: DatasetReader) -> bool:
    """Whether an audit was written into a dataset."""
    return (dataset.folder / "checks.parquet").is_file()


def findings(dataset: DatasetReader, lang: str) -> dict[tuple[str, str, int], Findings]:
    """Count what the audit found, by department, scope and year; empty where there was none."""
    if not audited(dataset):
        return {}
    checks = dataset.frame("checks")
    rows: list[Row] = records(checks[checks["status"] == "fail"])
    of = {str(row["document"]): key for key, found in dataset.disclosures.items() for row in found}
    counts: Counter[tuple[str, str, int]] = Counter()
    first: dict[tuple[str, str, int], list[str]] = {}
    for row in rows:
        key = of.get(str(row["document"]))
        if key is None:
            continue
        counts[key] += 1
        if len(first.setdefault(key, [])) < MOST_FINDINGS:
            first[key].append(str(row[f"message_{lang}"] or row["check"]))
    return {key: Findings(count, tuple(first[key])) for key, count in counts.items()}


@cache
def script() -> str:
    """Give the script of the page: it hides rows, and knows nothing of what they hold."""
    folder = files("budgetkit.render") / "templates" / "html"
    return (folder / "index.js").read_text(encoding="utf-8")


@cache
def script_digest() -> str:
    """Give what the page's policy knows its script by."""
    return base64.b64encode(hashlib.sha256(script().encode()).digest()).decode("ascii")
