"""A case file as a document of a word processor, to be filled in and sent back."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from budgetkit.casefile.case_file import CaseFile, Query, Shown
from budgetkit.casefile.case_words import CaseWords
from budgetkit.casefile.outline import counts_line, document_lines, sections
from budgetkit.workbook.same_bytes import MADE, as_xml_text, without_times

#: Fonts that office machines have: of Latin and of Chinese text, and of headings.
LATIN, BODY, HEADING = "Times New Roman", "仿宋", "黑体"
#: Sizes (points): text, captions, the title.
SIZE, SMALL, TITLE = 12, 9, 20
#: Margins of the page, and the width and height that a picture may take (millimetres).
MARGIN, WIDEST, TALLEST = 22, 166, 110
#: Pixels of a picture that are shown in a millimetre, at most: small crops are not blown up.
PIXELS = 6.3
#: Empty lines for an answer.
LINES = 3
COLUMNS = ("document", "kind", "year", "scope", "pages", "state")


def as_docx(case: CaseFile, say: CaseWords) -> bytes:
    """Write a case file as DOCX.

    Parameters
    ----------
    case
        The case file.
    say
        The words of a language.

    Returns
    -------
    bytes
        The same for the same content.
    """
    return _Writer(say).write(case)


class _Writer:
    def __init__(self, say: CaseWords) -> None:
        from docx import Document
        from docx.shared import Mm

        self._say = say
        self._colon = say("colon")
        self._mm = Mm
        self._docx: Any = Document()
        self._set_page()
        self._set_fonts()

    def write(self, case: CaseFile) -> bytes:
        say = self._say
        self._title(say("title"))
        self._text(f"{say('to')}{self._colon}{say.office(case.department)}", bold=True)
        self._text(say("intro"))
        self._heading(say("documents"))
        self._table([say(key) for key in COLUMNS], document_lines(case, say))
        self._text(counts_line(case, say), size=SMALL)
        if not case.queries:
            self._text(say("none_at_all"), bold=True)
        for section in sections(case, say):
            self._heading(say(section.key))
            if section.note:
                self._text(section.note, size=SMALL)
            for number, query in enumerate(section.queries, start=section.start):
                self._query(number, query)
        if case.answered:
            self._heading(say("answered"))
            lines = [
                [one.message, say(f"answer.{one.answer}"), one.reason] for one in case.answered
            ]
            self._table([say("what"), say("answer"), say("reason")], lines)
        self._text("")
        self._text(say("signed"))
        return self._bytes(case)

    def _query(self, number: int, query: Query) -> None:
        say = self._say
        self._heading(say("number", number=number), level=2)
        self._text(query.message)
        for line in query.also:
            self._text(f"{say('also')}{self._colon}{line}", size=SMALL)
        facts = {"difference": query.difference, "rule": query.rule, "source": query.source}
        for key, value in facts.items():
            if value:
                self._text(f"{say(key)}{self._colon}{value}")
        for place in query.shown:
            self._place(place)
        if not query.shown:
            self._text(say("no_place"), size=SMALL)
        if query.further:
            self._text(say("more_places", places=say("semicolon").join(query.further)), size=SMALL)
        self._answer(query)

    def _place(self, place: Shown) -> None:
        printed = f"{self._colon}{place.printed}" if place.printed else ""
        caption = self._text(f"{place.where}{printed}", size=SMALL)
        picture = place.picture
        if not picture.png:
            self._text(self._say("no_picture", page=place.page), size=SMALL)
            return
        caption.paragraph_format.keep_with_next = True
        width = min(WIDEST, picture.width / PIXELS, TALLEST * picture.width / picture.height)
        self._docx.add_picture(io.BytesIO(picture.png), width=self._mm(width))
        # What a screen reader says of it; the library writes none.
        self._docx.inline_shapes[-1]._inline.docPr.set("descr", as_xml_text(place.where))

    def _answer(self, query: Query) -> None:
        from docx.oxml import OxmlElement

        say = self._say
        table = self._docx.add_table(rows=1, cols=1)
        table.style = "Table Grid"
        # The box of an answer is not cut by a page break.
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        cell = table.cell(0, 0)
        self._run(cell.paragraphs[0], f"{say('answer')}{say('gap')}{say('choices')}", bold=True)
        self._run(cell.add_paragraph(), f"{say('reason')}{self._colon}")
        for _ in range(LINES):
            cell.add_paragraph()
        self._run(cell.add_paragraph(), f"{say('finding_id')}{self._colon}{query.ids[0]}", SMALL)
        self._docx.add_paragraph()

    def _title(self, text: str) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph = self._docx.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._run(paragraph, text, TITLE, bold=True)

    def _heading(self, text: str, level: int = 1) -> None:
        self._docx.add_heading(as_xml_text(text), level)

    def _text(self, text: str, size: int = SIZE, *, bold: bool = False) -> Any:
        paragraph = self._docx.add_paragraph()
        paragraph.paragraph_format.space_after = 0
        self._run(paragraph, text, size, bold=bold)
        return paragraph

    def _run(self, paragraph: Any, text: str, size: int = SIZE, *, bold: bool = False) -> None:
        from docx.shared import Pt

        run = paragraph.add_run(as_xml_text(text))
        run.font.size = Pt(size)
        run.bold = bold or None

    def _table(self, header: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
        table = self._docx.add_table(rows=1, cols=len(header))
        table.style = "Table Grid"
        for cell, text in zip(table.rows[0].cells, header, strict=True):
            self._run(cell.paragraphs[0], text, SMALL, bold=True)
        for line in lines:
            for cell, text in zip(table.add_row().cells, line, strict=True):
                self._run(cell.paragraphs[0], text, SMALL)

    def _set_page(self) -> None:
        section = self._docx.sections[0]
        section.page_width, section.page_height = self._mm(210), self._mm(297)
        section.left_margin = section.right_margin = self._mm(MARGIN)
        section.top_margin = section.bottom_margin = self._mm(MARGIN)

    def _set_fonts(self) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        for name, font, size in (
            ("Normal", BODY, SIZE), ("Heading 1", HEADING, 15), ("Heading 2", HEADING, 13),
        ):  # fmt: skip
            style = self._docx.styles[name]
            style.font.name, style.font.size = LATIN, Pt(size)
            style.font.color.rgb = RGBColor(0, 0, 0)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            fonts.set(qn("w:eastAsia"), font)

    def _bytes(self, case: CaseFile) -> bytes:
        about = self._docx.core_properties
        about.title = as_xml_text(f"{self._say('title')} {self._say.office(case.department)}")
        about.author, about.comments, about.last_modified_by = "budgetkit", "", "budgetkit"
        about.created = about.modified = MADE
        about.language = self._say.html_lang
        out = io.BytesIO()
        self._docx.save(out)
        return without_times(out.getvalue())
