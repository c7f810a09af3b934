"""The page that lists the reports: by region and year, searched, with what failed and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from budgetkit.disclosure import DisclosureKey, documents_by_key
from budgetkit.render.labels import Labels
from budgetkit.render.page import digest_of_script, stylesheet, templates
from budgetkit.render.reasons import reason
from budgetkit.storage.reader import DatasetReader
from budgetkit.storage.records import records, text
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
    region, notice, n_facts, n_unmapped, status, error
        Of the disclosure.
    expenditure : float or None
        万元, whatever it is shown in: lines of several runs stand in one index.
    findings : tuple of str or None
        What the audit found, the weightiest first; None where there was none.
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
    expenditure: float | None = None
    n_facts: int = 0
    n_unmapped: int = 0
    status: str = "ok"
    error: str = ""
    findings: tuple[str, ...] | None = None

    @property
    def key(self) -> DisclosureKey:
        """Of the disclosure."""
        return DisclosureKey(self.department, self.scope, self.year, self.kind)

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


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A document that gave no report.

    Attributes
    ----------
    source : str
        The file, as in ``documents``.
    reason : str
        Why, in one sentence.
    """

    source: str
    reason: str


def left_out(dataset: DatasetReader, say: Labels) -> list[LeftOut]:
    """List the documents of a dataset that give no report, and why.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    say
        The words.

    Returns
    -------
    list of LeftOut
        Files that could not be read, and those whose department or year is not known.
    """
    reported = {row["document"] for rows in documents_by_key(dataset).values() for row in rows}
    found = []
    for row in records(dataset.documents):
        if row["document"] in reported:
            continue
        why = reason(text(row["error"]), say)
        if row["status"] != "failed":
            missing = [say(f"index.{name}") for name in ("department", "year") if not row[name]]
            unknown = say("index.not_known", what=say.join(missing))
            why = f"{unknown} {why}".strip()
        found.append(LeftOut(text(row["source"]), why))
    return found


def with_findings(dataset: DatasetReader, lines: Sequence[IndexLine], lang: str) -> list[IndexLine]:
    """Return the lines with what the audit of a dataset found.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    lines
        Those of other datasets stay as they are.
    lang
        Language of the messages.

    Returns
    -------
    list of IndexLine
    """
    found, own = messages(dataset, lang), documents_by_key(dataset)
    return [
        replace(line, findings=tuple(found.get(line.key, ())) if dataset.audited else None)
        if line.key in own
        else line
        for line in lines
    ]


def index_page(
    lines: Sequence[IndexLine],
    left_out: Sequence[LeftOut],
    say: Labels,
    *,
    comparison: str = "",
) -> str:
    """Return the page that lists the reports, and what failed and why.

    Parameters
    ----------
    lines
        One for each report.
    left_out
        Documents that gave none.
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
    page: str = (
        templates()
        .get_template("index.html")
        .render(
            say=say,
            reason=reason,
            style=stylesheet(),
            script=script(),
            script_digest=script_digest(),
            regions=sorted(regions.items(), key=lambda pair: (not pair[0], pair[0])),
            years=sorted({line.year for line in lines}, reverse=True),
            most_findings=MOST_FINDINGS,
            left_out=left_out,
            comparison=comparison,
            n_departments=len({(line.department, line.scope) for line in lines}),
            n_reports=sum(not line.problem for line in lines),
            n_failed=sum(bool(line.problem) for line in lines) + len(left_out),
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
    return digest_of_script(script())
