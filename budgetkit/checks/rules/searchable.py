"""Whether a disclosure can be searched and copied: no picture, not locked.

A file of which nothing could be read for such a reason is a finding of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from budgetkit.checks.case import Case
from budgetkit.checks.finding import Checks, Finding, about_disclosure, skipped
from budgetkit.checks.printed import FAIL, PASS
from budgetkit.extraction.pdf.problems import ENCRYPTED, LOCKED, NO_TEXT_LAYER, NOT_TEXT

#: Messages of files that can't be searched, by what their error says.
_FAILED = {
    NO_TEXT_LAYER: "searchable-scan",
    LOCKED: "searchable-locked",
    ENCRYPTED: "searchable-encrypted",
}
#: More pages than this are not named.
_MOST_PAGES = 8


def searchable(case: Case) -> Iterator[Finding]:
    """Find files and pages that are pictures or locked: nobody can search or copy their figures."""
    if case.is_failed:
        error = case.documents[0].get("error") or ""
        message = next((name for words, name in _FAILED.items() if words in error), "")
        if message:
            yield about_disclosure(case, FAIL, message)
        else:
            yield skipped(case, "skipped-failed")
        return
    if not case.rows["facts"] and not case.rows["pages"]:
        return
    pages = {row["page"] for row in case.rows["facts"] if row["certainty"] == "recognised"}
    pages |= {
        row["page"]
        for row in case.rows["pages"]
        if any(words in (row.get("not_read") or "") for words in NOT_TEXT)
    }
    named = "、".join(map(str, sorted(pages)[:_MOST_PAGES])) or "0"
    words = {"pages": named + ("…" if len(pages) > _MOST_PAGES else "")}
    yield about_disclosure(case, FAIL if pages else PASS, "disclosure-searchable", words)


CHECKS: Checks = {"disclosure-searchable": searchable}
