"""The rows of ``pages`` and ``paragraphs``, which the audit of the text reads.

Neither holds personal data: a sentence with the name or the number of a contact is left out.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from budgetkit.amounts import squeeze
from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.prose.body_lines import MARGIN
from budgetkit.extraction.prose.paragraphs import Paragraph
from budgetkit.extraction.prose.wordings import matcher
from budgetkit.extraction.tables.cells import FilledGrid

#: A page with fewer characters than this outside of its grids is a table's, not prose's.
CAPTION_CHARS = 150
#: A cover has fewer characters than this.
COVER_CHARS = 200
_AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+")
_PAGE_NUMBER = re.compile(r"[-—–─~·/第共页\d]+")
#: The number of a page alone on its line; how many pages there are may stand behind it.
_OWN_NUMBER = re.compile(r"[-—–─~·第]*(\d{1,3})(?:[-—–─~·页]*|/\d{1,3}|页[,，/]?共\d{1,3}页)")
_PHONE = re.compile(
    r"(?<![\d.,])(?:1[3-9]\d{9}|0\d{2,3}[-—－]?\d{7,8}|\d{3,4}[-—－]\d{7,8})(?![\d.,])"
)
_SENTENCE = re.compile(r"[^。；;]*[。；;]?")


def page_row(page: Page, grids: Sequence[FilledGrid], *, contents: bool = False) -> dict[str, Any]:
    """Make the row of ``pages`` for a page.

    Parameters
    ----------
    page
        Any page.
    grids
        Its ruled grids with their cells.
    contents
        Whether it holds the table of contents alone.

    Returns
    -------
    dict
        The number of the page itself is not part of the text that it counts; ``printed`` is that
        number, where the edge of the page prints one.

    Examples
    --------
    >>> page_row(Page(3, 600, 850, (), (), 0, 0), [])["role"]
    'blank'
    """
    text, margin = _text(page)
    cells = squeeze("".join(cell.text for grid in grids for cell in grid.cells))
    return {
        "page": page.number,
        "role": "contents" if contents and not grids else _role(page, text, cells, len(grids)),
        "printed": _printed_number(margin),
        "n_chars": len(text),
        "n_cell_chars": len(cells),
        "n_amounts": len(_AMOUNT.findall(text)),
        "n_grids": len(grids),
        "digest": hashlib.sha256(text.encode()).hexdigest()[:16] if text else "",
    }


def _text(page: Page) -> tuple[str, list[Char]]:
    """Everything on the page but the number at its edge, in the order of the file, and its edge."""
    low, high = MARGIN * page.height, (1 - MARGIN) * page.height
    body: list[str] = []
    edge: list[Char] = []
    for char in page.chars:
        if char.text.isspace():
            continue
        if char.bottom < low or char.top > high:
            edge.append(char)
        else:
            body.append(char.text)
    margin = "".join([char.text for char in edge])
    return "".join(body) + ("" if _PAGE_NUMBER.fullmatch(margin) else margin), edge


def _printed_number(edge: Iterable[Char]) -> int | None:
    """The number of the page that a line at its edge prints; None where there is not just one."""
    lines: dict[int, list[Char]] = defaultdict(list)
    for char in edge:
        lines[round(char.baseline)].append(char)
    found = set()
    for line in lines.values():
        text = "".join([char.text for char in sorted(line, key=lambda char: char.x0)])
        number = _OWN_NUMBER.fullmatch(text)
        if number:
            found.add(int(number[1]))
    return found.pop() if len(found) == 1 else None


def _role(page: Page, text: str, cells: str, grids: int) -> str:
    if not text and not grids:
        return "blank"
    if grids and len(text) - len(cells) < CAPTION_CHARS:
        return "table"
    return "cover" if page.number == 1 and len(text) < COVER_CHARS else "prose"


def paragraph_rows(paragraphs: Sequence[Paragraph]) -> Iterator[dict[str, Any]]:
    """Yield the prose as rows of ``paragraphs``, without personal data.

    Examples
    --------
    >>> from budgetkit.extraction.pdf.characters import Char
    >>> text = "经费12.00万元。联系人：某某，电话：0000。"
    >>> chars = tuple((1, Char(char, i, 0, i + 1, 9, 8)) for i, char in enumerate(text))
    >>> [row["text"] for row in paragraph_rows([Paragraph(text, chars)])]
    ['经费12.00万元。']
    """
    for number, paragraph in enumerate(paragraphs, 1):
        text = without_contacts(paragraph.text)
        if text:
            yield {
                "number": number,
                "rank": paragraph.rank,
                "heading": " > ".join(paragraph.section),
                **{name: round(value, 2) for name, value in paragraph.place().items()},
                "text": text,
            }


def without_contacts(text: str) -> str:
    """Leave out the sentences that name a contact or print a telephone number.

    Examples
    --------
    >>> without_contacts("共2项。电话：0000。"), without_contacts("共3辆，价值10,000.00元")
    ('共2项。', '共3辆，价值10,000.00元')
    """
    if not _is_private(text):
        return text
    return "".join(part for part in _SENTENCE.findall(text) if not _is_private(part))


def _is_private(text: str) -> bool:
    return bool(matcher("private").search(text) or _PHONE.search(text))
