"""The cells of a lesson that ran, as slides: what is too long for one is continued on the next."""

from __future__ import annotations

import base64
import math
import re
import struct
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from budgetkit.lessons.build import PARAMETERS
from budgetkit.lessons.phone.lesson_page import markdown_html, outputs_html
from budgetkit.lessons.source_cells import EXERCISE, NOTEBOOK, tags
from budgetkit.lessons.texts import say

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: Lines of text that a slide holds, and half-width characters that a line does.
LINES, WIDTH = 12, 74
#: Lines that a slide may have above an output.
ABOVE = 4
#: Rows of a table that a slide shows, and lines of text that a row is as high as.
ROWS, ROW = 13, 0.9
#: A heading takes as much room as this many lines.
HEADING = 2
PNG = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=]+)")
#: First bytes of a PNG, which hold its size, in characters of Base64; and where the size stands.
PNG_HEAD, PNG_SIZE = 32, slice(16, 24)
#: A list's item or a line of a table: where a block may be broken.
ITEM = re.compile(r"^(?:[*-]|\d+\.|\|)\s?")
BODY = re.compile(r"(<tbody[^>]*>)(.*)(</tbody>\s*</table>)", re.DOTALL)
TABLE_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
WIDE = ("W", "F", "A")


@dataclass(frozen=True)
class Slide:
    """One slide.

    Attributes
    ----------
    heading : str
        Markdown of its heading; empty where it has none.
    text : str
        Markdown.
    output : str
        HTML of a cell's output.
    code : str
        What gave the output.
    kind : str
        ``title``, ``text``, ``exercise`` or ``output``.
    """

    heading: str
    text: str = ""
    output: str = ""
    code: str = ""
    kind: str = "text"

    @property
    def html(self) -> str:
        """Its text as HTML."""
        return markdown_html(self.text) if self.text else ""

    @property
    def title(self) -> str:
        """Its heading as plain text."""
        return self.heading.lstrip("# ")

    @property
    def beside(self) -> bool:
        """Whether the output stands beside the text: a picture that is higher than wide."""
        found = PNG.search(self.output)
        if not found:
            return False
        size = base64.b64decode(found[1][:PNG_HEAD])[PNG_SIZE]
        width, height = struct.unpack(">II", size)
        return bool(height > width)


def slides_of(ran: NotebookNode, lang: str) -> list[Slide]:
    """Return the slides of a lesson.

    Parameters
    ----------
    ran
        The lesson with its gaps and its outputs, in which no solution stands.
    lang
        ``zh`` or ``en``.

    Returns
    -------
    list of Slide
    """
    made: list[Slide] = []
    for number, cell in enumerate(ran.cells):
        own = tags(cell)
        if NOTEBOOK in own or PARAMETERS in own or EXERCISE in own:
            continue
        if cell.cell_type == "markdown":
            heading = step_heading(made)
            for slide in text_slides(cell.source, heading, is_asked(ran, number)):
                made.append(slide if made else replace(slide, kind="title"))
        elif output := outputs_html(cell.outputs):
            made = with_output(made, shortened(output, lang), cell.source)
    return made


def is_asked(ran: NotebookNode, number: int) -> bool:
    """Whether an exercise or a guess follows a cell.

    Parameters
    ----------
    ran
        The lesson.
    number
        Of the cell.

    Returns
    -------
    bool
    """
    after = ran.cells[number + 1] if number + 1 < len(ran.cells) else None
    return after is not None and EXERCISE in tags(after)


def with_output(made: list[Slide], output: str, code: str) -> list[Slide]:
    """Put an output on the last slide where there is room, else on one of its own.

    Parameters
    ----------
    made
        The slides so far.
    output
        HTML.
    code
        That gave it.

    Returns
    -------
    list of Slide
    """
    last = made[-1] if made else Slide("")
    if made and last.kind == "text" and not last.output:
        joined = replace(last, output=output, code=code, kind="output")
        room = ABOVE if is_picture(output) else LINES - HEADING - math.ceil(output_lines(output))
        if joined.beside or lines(last.text) <= room:
            return [*made[:-1], joined]
    return [*made, Slide(step_heading(made), "", output, code, "output")]


def step_heading(made: Sequence[Slide]) -> str:
    """Return the heading of the step that goes on: not that of an exercise in it."""
    return next((one.heading for one in reversed(made) if one.kind != "exercise"), "")


def is_picture(output: str) -> bool:
    """Whether an output is a picture, which gets what room there is."""
    return output.startswith("<img")


def output_lines(output: str) -> float:
    """Return how many lines of text an output is as high as; one with pictures fills a slide."""
    if "<img" in output:
        return LINES
    return ROW * len(TABLE_ROW.findall(output)) + output.count("\n") * ("<tr" not in output) + 1


def shortened(output: str, lang: str) -> str:
    """Leave the rows out that a slide has no room for, and say so.

    Parameters
    ----------
    output
        HTML.
    lang
        ``zh`` or ``en``.

    Returns
    -------
    str
    """
    body = BODY.search(output)
    rows = TABLE_ROW.findall(body[2]) if body else []
    if body is None or len(rows) <= ROWS:
        return output
    more = say(lang, "slide_more", count=len(rows) - ROWS)
    kept = f'{body[1]}{"".join(rows[:ROWS])}{body[3]}<p class="more">{more}</p>'
    return output[: body.start()] + kept + output[body.end() :]


def text_slides(source: str, heading: str, asked: bool) -> Iterator[Slide]:
    """Return the slides of one cell of text.

    Parameters
    ----------
    source
        Markdown.
    heading
        Of the slide before, which a text without its own continues.
    asked
        It asks for an exercise's answer.

    Yields
    ------
    Slide
    """
    kind = "exercise" if asked else "text"
    own, fresh = heading, False
    room: list[str] = []
    for block in blocks(source):
        if block.startswith("#"):
            if room or fresh:
                yield Slide(own, "\n\n".join(room), kind=kind)
            own, fresh, room = block, True, []
            continue
        for piece in pieces(block):
            if room and lines("\n\n".join([*room, piece])) > LINES - HEADING:
                yield Slide(own, "\n\n".join(room), kind=kind)
                room, fresh = [], False
            room.append(piece)
    if room or fresh:
        yield Slide(own, "\n\n".join(room), kind=kind)


def blocks(source: str) -> list[str]:
    """Return the blocks of Markdown, which blank lines part; fenced code stays whole."""
    found: list[str] = []
    is_code = False
    for block in re.split(r"\n\s*\n", source.strip()):
        if is_code:
            found[-1] += f"\n\n{block}"
        elif block.startswith("#") and "\n" in block:
            found.extend(block.split("\n", 1))
        else:
            found.append(block)
        is_code = found[-1].count("```") % 2 == 1
    return found


def pieces(block: str) -> list[str]:
    """Return a block in pieces that fit on a slide: a list is broken before an item.

    The head of a table is repeated above each of its pieces.
    """
    if lines(block) <= LINES - HEADING or "```" in block:
        return [block]
    rows = block.split("\n")
    head = rows[:2] if rows[0].startswith("|") else []
    made: list[list[str]] = [list(head)]
    for row in rows[len(head) :]:
        full = lines("\n".join([*made[-1], row])) > LINES - HEADING
        if full and ITEM.match(row) and len(made[-1]) > len(head):
            made.append(list(head))
        made[-1].append(row)
    return ["\n".join(piece) for piece in made]


def lines(text: str) -> int:
    r"""Return about how many lines a text takes on a slide.

    Parameters
    ----------
    text
        Markdown.

    Returns
    -------
    int

    Examples
    --------
    >>> lines("一" * 37), lines("one\n\n* two\n* three"), lines("two\nlines")
    (1, 3, 1)
    """
    count = 0
    for block in re.split(r"\n\s*\n", text.strip()):
        flowing: list[str] = []
        for row in block.split("\n"):
            if ITEM.match(row) or not flowing:
                flowing.append(row)
            else:
                flowing[-1] += f" {row}"
        count += sum(max(1, math.ceil(width(row) / WIDTH)) for row in flowing)
    return count


def width(text: str) -> int:
    """Return how wide a text is, in half-width characters."""
    return sum(2 if unicodedata.east_asian_width(one) in WIDE else 1 for one in text)
