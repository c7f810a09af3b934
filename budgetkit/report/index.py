"""The page that lists the reports: by region and year, searched, with what failed and why."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from budgetkit.disclosure import DisclosureKey, documents_by_key
from budgetkit.render.labels import Labels
from budgetkit.render.page import stylesheet, templates
from budgetkit.storage.reader import DatasetReader
from budgetkit.storage.records import records
from budgetkit.summary.audit_results import failures

#: The comparison, where ``budgetkit compare DATASET --out FOLDER/compare`` has put one.
COMPARISON = "compare/index.html"
#: Findings of the audit that a line shows; the others are counted.
MOST_FINDINGS = 3


@dataclass(frozen=True, slots=True)
class IndexLine:
    """What the index says of one report.

    Attributes
    ----------
    department, scope, year, file
        Of the report.
    problem : str
        Why it failed; empty where it stands.
    kind : str
        ``budget`` or ``final_account``.
    notebook, pdf, xlsx : str
        Files beside the page: the notebook as far as it ran, the page as PDF, the workbook.
    region, notice, expenditure, n_facts, n_unmapped, status, error
        Of the disclosure.
    """

    department: str
    scope: str
    year: int
    file: str
    problem: str = ""
    kind: str = "budget"
    notebook: str = ""
    pdf: str = ""
    xlsx: str = ""
    region: str = ""
    notice: str = ""
    expenditure: str = "—"
    n_facts: int = 0
    n_unmapped: int = 0
    status: str = "ok"
    error: str = ""

    @property
    def href(self) -> str:
        """Where the report is; empty where it failed."""
        return "" if self.problem else self.file

    @property
    def state(self) -> str:
        """``failed``, or the status of the disclosure."""
        return "failed" if self.problem else self.status

    @property
    def note(self) -> str:
        """Why it failed, else what was not read of its disclosure."""
        return self.problem or self.error


def index_page(
    dataset: DatasetReader, lines: Sequence[IndexLine], say: Labels, *, comparison: str = ""
) -> str:
    """Return the page that lists the reports, and what failed and why.

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
    regions: dict[str, list[IndexLine]] = {}
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
            findings=messages(dataset, say.lang),
            most_findings=MOST_FINDINGS,
            audited=dataset.audited,
            failed_inputs=failed,
            comparison=comparison,
            n_departments=len({(line.department, line.scope) for line in lines}),
            n_reports=sum(not line.problem for line in lines),
            n_failed=sum(bool(line.problem) for line in lines) + len(failed),
        )
    )
    return page


def comparison_beside(out: Path) -> str:
    """Return the address of the comparison in a folder of reports; empty where there is none."""
    return COMPARISON if (out / COMPARISON).is_file() else ""


def messages(dataset: DatasetReader, lang: str) -> dict[DisclosureKey, list[str]]:
    """Return the findings of an audit by disclosure.

    Parameters
    ----------
    dataset
        Not every one was audited.
    lang
        Language of the messages.

    Returns
    -------
    dict of DisclosureKey to list of str
        The weightiest first; empty where there was no audit.
    """
    documents = documents_by_key(dataset)
    keys = {row["document"]: key for key, rows in documents.items() for row in rows}
    found: dict[DisclosureKey, list[str]] = {}
    for finding in failures(dataset, lang):
        if finding.document in keys:
            key = keys[finding.document]
            found.setdefault(key, []).append(finding.message or finding.check)
    return found


@cache
def script() -> str:
    """Return the script of the page, which hides rows."""
    folder = files("budgetkit.render") / "templates" / "html"
    return (folder / "index.js").read_text(encoding="utf-8")


@cache
def script_digest() -> str:
    """Return the digest by which the page's policy allows its script."""
    return base64.b64encode(hashlib.sha256(script().encode()).digest()).decode("ascii")
