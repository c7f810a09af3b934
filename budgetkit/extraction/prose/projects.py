"""Projects that the prose describes.

Three ways to describe one are known: labelled paragraphs (项目名称：… 预算安排规模：…), a page
of its own with headings (…情况说明: 立项依据, 实施周期, 年度预算安排), and a list of what was
carried over (1．某费 16.71万元，主要用于：…).  The labels are wordings of the topic ``project``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from budgetkit.extraction.prose.dates import read_period
from budgetkit.extraction.prose.headings import PAGE_TITLE, marker, without_marker
from budgetkit.extraction.prose.paragraphs import Paragraph
from budgetkit.extraction.prose.wordings import (
    NUMBER,
    any_of,
    folded,
    in_wan,
    matcher,
    meaning,
    wordings,
)

#: The labels of a description, by the column that they fill; ``other`` fills none.
LABELS = ("name", "basis", "amount", "owner", "allocation", "period", "other")
_AMOUNT = rf"(?P<amount>(?:{NUMBER})(?:亿元|万元|元|万))"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectMention:
    """A place that names a project.

    Attributes
    ----------
    project : str
        The key that unites its names, or the name until
        :func:`budgetkit.extraction.prose.project_keys.unite` has seen all of them.
    name, code : str
        As printed; the code is empty in prose.
    funding : str
        ``general``, ``government_fund``, ``state_capital``, ``carryover``, ``unit`` or empty.
    amount : float or None
        万元.
    basis, allocation : str
        Its legal basis and what the money goes to, as printed.
    period_start, period_end : str or None
        ISO dates.
    pages : str
        From 1, with blanks between.
    where : str
        ``narrative``, ``table`` or ``target``.
    """

    project: str
    name: str
    code: str = ""
    funding: str
    amount: float | None
    basis: str = ""
    allocation: str = ""
    period_start: str | None = None
    period_end: str | None = None
    pages: str
    where: str


def read_projects(paragraphs: Sequence[Paragraph]) -> list[ProjectMention]:
    """Read the projects that the prose of a whole document describes, one way after the other.

    Examples
    --------
    >>> text = "（一）项目名称：甲工程预算安排规模：14.00万元资金执行时间：2025.1.1-2025.12.31"
    >>> from budgetkit.extraction.pdf.characters import Char
    >>> chars = tuple((3, Char(char, i, 0, i + 1, 9, 8)) for i, char in enumerate(text))
    >>> row, = read_projects([Paragraph(text, chars, ("一般公共预算项目支出情况说明",))])
    >>> row.name, row.amount, row.funding, row.period_end, row.pages
    ('甲工程', 14.0, 'general', '2025-12-31', '3')
    """
    return [*_labelled(paragraphs), *_with_page(paragraphs), *_listed(paragraphs)]


def leading_label(text: str) -> str:
    """Return which of :data:`LABELS` a text begins with (（一）项目名称：…); empty for none."""
    match = _labels().match(without_marker(text))
    return match.lastgroup or "" if match else ""


def heading_label(text: str) -> str:
    """Return which of :data:`LABELS` a heading consists of (二、立项依据); empty for none."""
    head = without_marker(text)
    return next((label for label in LABELS if matcher("project", label).fullmatch(head)), "")


def _mention(
    name: str, paragraphs: Sequence[Paragraph], amount: float | None, texts: dict[str, str]
) -> ProjectMention:
    """The mention of a project in paragraphs, with the texts of its labels."""
    pages = sorted({page for paragraph in paragraphs for page, _ in paragraph.chars})
    start, end = read_period(texts.get("period", ""))
    fundings = (meaning(head, "funding") for head in reversed(paragraphs[0].section))
    return ProjectMention(
        project=name,
        name=name,
        funding=next(filter(None, fundings), ""),
        amount=amount,
        basis=texts.get("basis", ""),
        allocation=texts.get("allocation", ""),
        period_start=start,
        period_end=end,
        pages=" ".join(map(str, pages)),
        where="narrative",
    )


@cache
def _labels() -> re.Pattern[str]:
    """A label with its colon; ``lastgroup`` of a match is which."""
    labels = "|".join(f"(?P<{label}>{any_of('project', label)})" for label in LABELS)
    return re.compile(rf"(?:{labels})[：:]")


def _labelled(paragraphs: Iterable[Paragraph]) -> Iterator[ProjectMention]:
    """Paragraphs with labels, from one 项目名称 to the next or to a heading."""
    groups: list[list[Paragraph]] = []
    is_open = False
    for paragraph in paragraphs:
        if leading_label(paragraph.text) == "name":
            groups.append([])
            is_open = True
        elif paragraph.rank:
            is_open = False
        if is_open:
            groups[-1].append(paragraph)
    for group in groups:
        texts = _labelled_texts("".join(paragraph.text for paragraph in group))
        # A name alone is a line of a form, not a description.
        if texts.get("name") and len(texts) > 1:
            yield _mention(texts["name"], group, _first_amount(texts.get("amount", "")), texts)


def _labelled_texts(text: str) -> dict[str, str]:
    """What stands behind each label of a text, to the next label."""
    marks = list(_labels().finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    texts: dict[str, str] = {}
    for mark, end in zip(marks, ends, strict=True):
        texts.setdefault(mark.lastgroup or "", text[mark.end() : end].strip("，；;。 "))
    return texts


def _with_page(paragraphs: Iterable[Paragraph]) -> Iterator[ProjectMention]:
    """Pages titled …情况说明 whose headings are 立项依据, 实施周期 and so on."""
    pages: list[list[Paragraph]] = []
    page: list[Paragraph] = []
    for paragraph in paragraphs:
        if 0 < paragraph.rank <= PAGE_TITLE:
            page = []
            if matcher("project", "title").search(paragraph.text):
                pages.append(page)
        page.append(paragraph)
    for page in pages:
        texts = _texts_under_labels(page[1:])
        if "basis" in texts and ("period" in texts or "amount" in texts):
            name = re.sub("情况说明$", "", without_marker(page[0].text))
            texts["allocation"] = texts.get("allocation") or texts.get("amount", "")
            yield _mention(name, page, _total(texts.get("amount", "")), texts)


def _texts_under_labels(paragraphs: Iterable[Paragraph]) -> dict[str, str]:
    """What stands under the headings that are labels, and under their own sub-headings."""
    texts: dict[str, str] = {}
    current = ""
    for paragraph in paragraphs:
        if paragraph.rank:
            current = heading_label(paragraph.text) or (current if paragraph.rank > 3 else "")
        elif current:
            texts[current] = texts.get(current, "") + paragraph.text
    return texts


def _listed(paragraphs: Iterable[Paragraph]) -> Iterator[ProjectMention]:
    """A numbered list of what was carried over: name, amount, what for."""
    listed, purpose = matcher("project", "listed"), any_of("change", "purpose")
    pattern = re.compile(
        rf"(?P<name>[^，。；：]{{3,80}}?)(?P<amount>(?:{NUMBER})(?:亿元|万元|元))"
        rf"(?:[，,。；;](?:{purpose}[：:]?)?(?P<use>.*))?"
    )
    for paragraph in paragraphs:
        is_item = not paragraph.rank and paragraph.section and marker(paragraph.text)
        if not (is_item and listed.search(paragraph.section[-1])):
            continue
        text = without_marker(paragraph.text)
        match = pattern.match(folded(text))
        if match and "（类）" not in match["name"]:
            texts = {"allocation": (match["use"] or "").rstrip("。；;")}
            yield _mention(text[: match.end("name")], [paragraph], in_wan(match["amount"]), texts)


def _first_amount(text: str) -> float | None:
    match = re.search(_AMOUNT, folded(text))
    return in_wan(match["amount"]) if match else None


def _total(text: str) -> float | None:
    """The total of a budget in prose: the only amount, or the one that is called the total."""
    text = folded(text)
    if len(re.findall(_AMOUNT, text)) == 1:
        return _first_amount(text)
    for word in wordings("project", "total"):
        if match := re.search(rf"(?:{word})(?:为|约|共|：|:)*{_AMOUNT}", text):
            return in_wan(match["amount"])
    return None
