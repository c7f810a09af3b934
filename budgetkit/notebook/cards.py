"""Cards: what was read, what failed and what is unmapped, at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from budgetkit.notebook.inlined import style
from budgetkit.storage.records import records

if TYPE_CHECKING:
    from budgetkit.storage.frames import Frames
    from budgetkit.storage.reader import DatasetReader

#: Rows that the table of a card shows; the others are counted.
MOST = 12


def disclosure_card(disclosure: Frames) -> str:
    """Return a card of what was read of a disclosure, as HTML."""
    tables, about = records(disclosure.tables), records(disclosure.documents)[0]
    lost = len(disclosure.unmapped)
    lines = [
        escape(
            f"{len(disclosure.facts)} figures in {len(tables)} tables, {about['pages']} pages; "
            f"scope {about['scope']}; {about['family'] or 'unknown'} template"
        ),
        _unmapped(lost),
    ]
    if about.get("notice"):
        lines.append(escape(f"its cover says: {about['notice']}"))
    if about["error"]:
        lines.append(_warning(about["error"]))
    rows = [("table", "title", "pages", "figures", "note")]
    rows += [
        (str(r["table"] or "unknown"), str(r["title"] or ""), str(r["pages"] or ""),
         str(r["n_facts"]), str(r["note"] or "")[:60])
        for r in tables
    ]  # fmt: skip
    title = f"{about['department']} {about['year']}"
    return _card(title, lines, rows, bad=bool(lost or about["error"]))


def dataset_card(dataset: DatasetReader) -> str:
    """Return a card of what a dataset holds and which files failed, as HTML."""
    documents = records(dataset.documents)
    failed = [row for row in documents if row["status"] == "failed"]
    done = [row for row in documents if row["status"] != "failed"]
    lost = sum(row["n_unmapped"] or 0 for row in done)
    years = sorted({row["year"] for row in done if row["year"] is not None})
    names = {row["department"] for row in done if row["department"]}
    figures = sum(row["n_facts"] or 0 for row in done)
    lines = [
        escape(
            f"{len(done)} disclosures of {len(names)} departments, "
            f"{years[0] if years else '?'}–{years[-1] if years else '?'}; {figures:,} figures"
        ),
        _unmapped(lost),
        *(_warning(f"{row['source']}: {row['error']}") for row in failed[:MOST]),
        "audited: see checks.csv" if dataset.audited else "not audited yet",
    ]
    rows = [("department", "scope", "year", "figures", "unmapped", "document")]
    rows += [
        (str(r["department"] or ""), str(r["scope"] or ""), str(r["year"] or ""),
         str(r["n_facts"]), str(r["n_unmapped"] or ""), str(r["document"]))
        for r in done
    ]  # fmt: skip
    return _card(dataset.folder.name, lines, rows, bad=bool(lost or failed))


def _card(title: str, lines: Iterable[str], rows: Sequence[Sequence[str]], *, bad: bool) -> str:
    """Return a card: lines of HTML, and a table whose first row is its header, as plain text."""
    body = "".join(f"<div>{line}</div>" for line in lines)
    table = ""
    if len(rows) > 1:
        head = "".join(f"<th>{escape(text)}</th>" for text in rows[0])
        shown = "".join(
            "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>"
            for row in rows[1 : MOST + 1]
        )
        table = f"<table><tr>{head}</tr>{shown}</table>"
        if len(rows) - 1 > MOST:
            table += f"<div>… and {len(rows) - 1 - MOST} more</div>"
    kind = "bk-card bad" if bad else "bk-card"
    head = f'<div class="{kind}"><h4>{escape(title)}</h4>'
    return f"{style('cards.css')}{head}{body}{table}</div>"


def _warning(text: str) -> str:
    return f'<span class="warn">{escape(text)}</span>'


def _unmapped(count: int) -> str:
    if not count:
        return "nothing unmapped"
    return _warning(f"{count} printed amounts are unmapped: see .unmapped")
