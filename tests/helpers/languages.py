"""What of a page is in which language, by its HTML."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from html.parser import HTMLParser

from openpyxl import load_workbook

from budgetkit.codelists import bare_name
from budgetkit.dataset import Dataset as Frames

CHINESE = re.compile("[\u3400-\u9fff]")
#: Three or more Latin words in a row.
SENTENCE = re.compile(r"[A-Za-z]{2,}(?:[ ,]+[A-Za-z]{2,}){2,}")
#: Elements that hold no words of a page, and those without an end.
SILENT = ("style", "script", "title", "code", "a", "svg")
VOID = ("meta", "link", "img", "br", "input", "rect", "use", "path", "image", "hr")


class _Texts(HTMLParser):
    def __init__(self, lang: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, bool]] = []
        self.texts: list[str] = []
        self._lang = lang

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        given = dict(attrs)
        other = tag != "html" and bool(given.get("lang")) and given["lang"] != self._lang
        silent = tag in SILENT and not (tag == "a" and self._lang == "en")
        silent = silent or given.get("class") == "id"
        self.open.append((tag, other or silent))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without content."""

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        while self.open:
            name, _ = self.open.pop()
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(hidden for _, hidden in self.open):
            self.texts.append(data.strip())


def own_texts(page: str, lang: str) -> list[str]:
    """Return the texts of a page that it says are of its own language.

    Parameters
    ----------
    page
        HTML.
    lang
        ``zh`` or ``en``.

    Returns
    -------
    list of str
    """
    reader = _Texts(lang)
    reader.feed(page)
    return reader.texts


def chinese_of(page: str) -> list[str]:
    """Return what is Chinese of an English page outside of names and quotations."""
    return [text for text in own_texts(page, "en") if CHINESE.search(text)]


def english_of(page: str) -> list[str]:
    """Return what is an English sentence on a Chinese page."""
    return [text for text in own_texts(page, "zh") if SENTENCE.search(text)]


#: What a sentence quotes, and the Chinese name in brackets after the English one.
_QUOTED = re.compile("“[^”]*”|‘[^’]*’|(?<=[A-Za-z)] )\\([^()A-Za-z]*\\)")


def chinese_of_texts(texts: Iterable[str], names: Iterable[str] = ()) -> list[str]:
    """Return what is Chinese of the texts of an English file outside of names and quotations.

    Parameters
    ----------
    texts
        Of cells and paragraphs.
    names
        What documents call departments, files, projects and lines.

    Returns
    -------
    list of str
    """
    known = re.compile("|".join(sorted(map(re.escape, filter(None, names)), key=len, reverse=True)))
    left = (_QUOTED.sub("", text) for text in texts)
    bare = (known.sub("", text) if known.pattern else text for text in left)
    return [text for text in bare if CHINESE.search(text)]


def english_of_texts(texts: Iterable[str]) -> list[str]:
    """Return what is an English sentence of the texts of a Chinese file."""
    return [text for text in texts if SENTENCE.search(_QUOTED.sub("", text))]


def texts_of_xlsx(content: bytes) -> list[str]:
    """Return the names of the sheets of a workbook, its texts and its choices."""
    book = load_workbook(io.BytesIO(content))
    found = list(book.sheetnames)
    for sheet in book.worksheets:
        cells = (cell for row in sheet.iter_rows() for cell in row)
        found += [
            cell.value
            for cell in cells
            if isinstance(cell.value, str) and not sheet.row_dimensions[cell.row].hidden
        ]
        found += [str(one.formula1) for one in sheet.data_validations.dataValidation]
    return found


def texts_of_docx(content: bytes) -> list[str]:
    """Return the paragraphs of a document of a word processor, those in tables too."""
    from docx import Document

    document = Document(io.BytesIO(content))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(one for cell in cells for one in cell.paragraphs)]
    return [one.text for one in paragraphs]


def printed_names(dataset: Frames) -> set[str]:
    """What documents call themselves, their projects and the rest that a workbook quotes."""
    columns = (
        (dataset.documents, ("document", "source", "department", "region", "notice")),
        (dataset.projects, ("project", "name", "basis")),
        (dataset.tables, ("title",)),
        (dataset.facts, ("name", "printed", "project")),
        (dataset.staffing, ("text",)),
        (dataset.narrative, ("text",)),
    )
    found = {
        str(text)
        for frame, names in columns
        for name in names if name in frame
        for text in frame[name].dropna()
    }  # fmt: skip
    return {text for text in (*found, *map(bare_name, found)) if len(text) > 1}


def foreign_cells(content: bytes, dataset: Frames, lang: str) -> list[str]:
    """Return what of a workbook is in the other language, outside of what documents print."""
    texts = texts_of_xlsx(content)
    if lang == "zh":
        return english_of_texts(texts)
    names = printed_names(dataset)
    return chinese_of_texts([text for text in texts if text not in names])
