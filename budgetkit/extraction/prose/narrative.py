"""From the prose: what it says of each amount, and what it says is not arranged.

A sentence such as 一般公共预算549.15万元，占82.69%，比上年预算增加4.48万元，增长0.82%，主要原因是…
is read mark by mark into a row (:mod:`budgetkit.extraction.prose.sentences`).  Amounts inside
reasons and lists of uses are not the budget's and make no rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from budgetkit.extraction.prose.headings import without_marker
from budgetkit.extraction.prose.items import class_name
from budgetkit.extraction.prose.paragraphs import Paragraph
from budgetkit.extraction.prose.sentences import Sentences, Statement
from budgetkit.extraction.prose.wordings import any_of, matcher


@dataclass(frozen=True, slots=True)
class NarrativeItem:
    """What the prose says of one amount.

    Attributes
    ----------
    item : str
        Of what: a class of the classification (行政运行), a source, a kind of cost.
    section : str
        The headings that it stands under, joined by `` > ``.
    amount, change : float or None
        万元; the change against the year before is negative for 减少.
    share_pct, change_pct : float or None
        Percent, as printed; negative for 下降.
    reason : str
        As printed, or empty.
    kind : str
        ``amount``, ``three_public``, ``meetings``, ``procurement``, ``operating_costs``,
        ``performance``; ``not_arranged`` where it says that nothing is arranged.
    page, x0, top, x1, bottom, text
        The sentence, its page from 1 and its box in points, as shown.
    """

    item: str
    section: str
    amount: float | None
    share_pct: float | None
    change: float | None
    change_pct: float | None
    reason: str
    kind: str
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    text: str


def read_narrative(
    paragraphs: Sequence[Paragraph], *, department: str = "", year: int | None = None
) -> list[NarrativeItem]:
    """Read what the prose says of each amount.

    Parameters
    ----------
    paragraphs
        Of the whole document.
    department
        Its name, so that it is not taken for part of an item.
    year
        The budget year: amounts that are said of another year make no row.

    Returns
    -------
    list of NarrativeItem
        In reading order.

    Examples
    --------
    >>> from budgetkit.extraction.pdf.pages import Char
    >>> text = "单位资金25.00万元，占3.76%，比上年预算减少15.00万元，下降37.50%，主要原因是调整。"
    >>> chars = tuple((1, Char(char, i, 0, i + 1, 9, 8)) for i, char in enumerate(text))
    >>> row, = read_narrative([Paragraph(text, chars)])
    >>> row.item, row.amount, row.share_pct, row.change, row.change_pct, row.reason
    ('单位资金', 25.0, 3.76, -15.0, -37.5, '调整')
    """
    found: list[NarrativeItem] = []
    pending, in_project = "", False
    for paragraph in paragraphs:
        in_project = not paragraph.rank and (in_project or _is_label(paragraph.text))
        if paragraph.rank or in_project or _is_elsewhere(paragraph):
            pending = ""
            continue
        reader = Sentences(paragraph, department, year, pending)
        rows = reader.rows()
        pending = class_name(paragraph.text) if paragraph.text[-1] in "：:" else ""
        found.extend(_placed(row, paragraph) for row in rows)
    return _merged(found)


def _is_elsewhere(paragraph: Paragraph) -> bool:
    """Whether a paragraph is the matter of other tables: terms, duties, assets, projects, notes."""
    heads = [without_marker(heading) for heading in paragraph.section]
    others = ("glossary", "functions", "offices", "assets", "tables")
    if any(matcher("heading", role).search(head) for head in heads[-2:] for role in others):
        return True
    if heads and matcher("project", "title").search(heads[0]) and len(heads) > 1:
        # A page about one project, with its own headings (立项依据, 年度预算安排 …).
        return any(_is_project_heading(head) for head in heads[1:])
    return paragraph.text.startswith(("注", "说明"))


def _is_project_heading(head: str) -> bool:
    return any(
        matcher("project", role).fullmatch(head)
        for role in ("basis", "amount", "owner", "allocation", "period", "other")
    )


def _is_label(text: str) -> bool:
    """Whether a paragraph is part of a labelled project description."""
    head = without_marker(text)[:14]
    return any(
        re.match(any_of("project", role) + "[：:]", head)
        for role in ("name", "basis", "amount", "owner", "allocation", "period", "other")
    )


def _placed(row: Statement, paragraph: Paragraph) -> NarrativeItem:
    page, box = paragraph.place(row.start, row.end)
    return NarrativeItem(
        row.item,
        " > ".join(paragraph.section),
        row.amount,
        row.share_pct,
        row.change,
        row.change_pct,
        row.reason,
        row.kind,
        page,
        *box,
        paragraph.text[row.start : row.end],
    )


def _merged(rows: Sequence[NarrativeItem]) -> list[NarrativeItem]:
    """Put an item's amount and its change together where two sentences of a section say them."""
    merged: list[NarrativeItem] = []
    for row in rows:
        at = (
            next(_twins(merged, row), None)
            if row.amount is None and row.change is not None
            else None
        )
        if at is None:
            merged.append(row)
            continue
        first = merged[at]
        merged[at] = replace(
            first,
            change=row.change,
            change_pct=row.change_pct,
            reason=row.reason,
            text=first.text + row.text,
        )
    return merged


def _twins(rows: Sequence[NarrativeItem], row: NarrativeItem) -> Iterator[int]:
    for at, first in enumerate(rows):
        if (first.item, first.section) == (row.item, row.section) and (
            first.amount is not None and first.change is None and first.change_pct is None
        ):
            yield at
