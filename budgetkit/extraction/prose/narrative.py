"""The amounts of the prose with their changes and reasons, and the items that are not arranged.

A sentence such as 一般公共预算549.15万元，占82.69%，比上年预算增加4.48万元，增长0.82%，主要原因是…
becomes a row (:mod:`budgetkit.extraction.prose.sentences`).  Amounts inside reasons and lists of
uses are not the budget's and make no rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from budgetkit.extraction.prose.headings import without_marker
from budgetkit.extraction.prose.items import class_name
from budgetkit.extraction.prose.paragraphs import Paragraph, PlacedRow
from budgetkit.extraction.prose.projects import heading_label, leading_label
from budgetkit.extraction.prose.sentences import SentenceReader, Statement
from budgetkit.extraction.prose.wordings import matcher


@dataclass(frozen=True, slots=True)
class NarrativeItem(PlacedRow):
    """One amount of the prose with its share, its change and the reason of the change.

    Attributes
    ----------
    item : str
        A class of the classification (行政运行), a source, a kind of cost.
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
        ``performance``; ``not_arranged`` where nothing is arranged for it.
    text : str
        The sentence, which is also what is placed.
    """

    item: str
    section: str
    amount: float | None
    share_pct: float | None
    change: float | None
    change_pct: float | None
    reason: str
    kind: str
    text: str


def read_narrative(
    paragraphs: Sequence[Paragraph], *, department: str = "", year: int | None = None
) -> list[NarrativeItem]:
    """Read the amounts of the prose.

    Parameters
    ----------
    paragraphs
        Of the whole document.
    department
        Its name, so that it is not taken for part of an item.
    year
        The budget year: amounts of another year make no row.

    Returns
    -------
    list of NarrativeItem
        In reading order.

    Examples
    --------
    >>> from budgetkit.extraction.pdf.characters import Char
    >>> text = "单位资金25.00万元，占3.76%，比上年预算减少15.00万元，下降37.50%，主要原因是调整。"
    >>> chars = tuple((1, Char(char, i, 0, i + 1, 9, 8)) for i, char in enumerate(text))
    >>> row, = read_narrative([Paragraph(text, chars)])
    >>> row.item, row.amount, row.share_pct, row.change, row.change_pct, row.reason
    ('单位资金', 25.0, 3.76, -15.0, -37.5, '调整')
    """
    found: list[NarrativeItem] = []
    pending, in_project = "", False
    for paragraph in paragraphs:
        in_project = not paragraph.rank and (in_project or leading_label(paragraph.text) != "")
        if paragraph.rank or in_project or _is_read_elsewhere(paragraph):
            pending = ""
            continue
        rows = SentenceReader(paragraph, department, year, pending).statements()
        pending = class_name(paragraph.text) if paragraph.text[-1] in "：:" else ""
        found.extend(_item(row, paragraph) for row in rows)
    return _merged(found)


def _is_read_elsewhere(paragraph: Paragraph) -> bool:
    """Whether other readers read a paragraph (terms, duties, assets, projects), or it is a note."""
    heads = [without_marker(heading) for heading in paragraph.section]
    others = ("glossary", "functions", "offices", "assets", "tables")
    if any(matcher("heading", role).search(head) for head in heads[-2:] for role in others):
        return True
    if len(heads) > 1 and matcher("project", "title").search(heads[0]):
        # A page about one project, with its own headings (立项依据, 年度预算安排 …).
        return any(heading_label(head) not in ("", "name") for head in heads[1:])
    return paragraph.text.startswith(("注", "说明"))


def _item(row: Statement, paragraph: Paragraph) -> NarrativeItem:
    return NarrativeItem(
        item=row.item,
        section=" > ".join(paragraph.section),
        amount=row.amount,
        share_pct=row.share_pct,
        change=row.change,
        change_pct=row.change_pct,
        reason=row.reason,
        kind=row.kind,
        text=paragraph.text[row.start : row.end],
        **paragraph.place(row.start, row.end),
    )


def _merged(rows: Sequence[NarrativeItem]) -> list[NarrativeItem]:
    """Put an item's amount and its change together where two sentences of a section print them."""
    merged: list[NarrativeItem] = []
    without_change: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in rows:
        earlier = without_change[row.item, row.section]
        if row.amount is None and row.change is not None and earlier:
            at = earlier.pop(0)
            merged[at] = replace(
                merged[at],
                change=row.change,
                change_pct=row.change_pct,
                reason=row.reason,
                text=merged[at].text + row.text,
            )
            continue
        if row.amount is not None and row.change is None and row.change_pct is None:
            earlier.append(len(merged))
        merged.append(row)
    return merged
