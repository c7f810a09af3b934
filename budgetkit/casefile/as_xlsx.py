"""A case file as a workbook: a line for each finding, with cells for the answers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from budgetkit.casefile.case_file import CaseFile, Query
from budgetkit.casefile.case_words import CaseWords
from budgetkit.casefile.outline import counts_line, document_lines, sections
from budgetkit.errors import UsageError
from budgetkit.storage.answers import ACCEPTED, READER_ERROR, REFUTED, Answer, parse
from budgetkit.workbook.book import fit_to_page, put_value, room_of, saved

#: Columns, the width (characters) of each, and the two that are filled in.
COLUMNS = {
    "number_short": 6, "class": 12, "year": 7, "document": 18, "what": 46, "difference": 18,
    "rule": 26, "source": 22, "places": 38, "answer": 12, "reason": 34, "finding_id": 18,
}  # fmt: skip
#: First line of the findings; above it stand the title, the department and how to answer.
HEADER_LINE = 4
#: Width of a picture in the workbook (pixels), the height of a line of text (points), and points
#: a pixel.
PICTURE, LINE, POINTS = 620, 15.0, 0.75
#: No line of a workbook is taller (points).
TALLEST_LINE = 409.0
#: The names of the columns of answers, which stand in a hidden line above the header.
MACHINE_LINE = HEADER_LINE - 1
MACHINE = {"answer": "answer", "reason": "reason", "finding_id": "finding"}


def as_xlsx(case: CaseFile, say: CaseWords) -> bytes:
    """Write a case file as XLSX.

    Parameters
    ----------
    case
        The case file; no text of a document becomes a formula.
    say
        The words of a language.

    Returns
    -------
    bytes
        The same for the same content.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = say("sheet")
    _queries(sheet, case, say)
    _pictures(book.create_sheet(say("pictures")), case, say)
    _documents(book.create_sheet(say("sheet_documents")), case, say)
    return saved(book)


def _queries(sheet: Any, case: CaseFile, say: CaseWords) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    _put(sheet, 1, [f"{say('title')}{say('gap')}{say.office(case.department)}"])
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    _put(sheet, 2, [say("how") if case.queries else say("none_at_all")])
    for at, key in enumerate(COLUMNS, start=1):
        sheet.cell(MACHINE_LINE, at, MACHINE.get(key))
        cell = sheet.cell(HEADER_LINE, at, say(key))
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E8ECF0")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(at)].width = COLUMNS[key]
    sheet.row_dimensions[MACHINE_LINE].hidden = True
    line = HEADER_LINE
    for section in sections(case, say):
        for number, query in enumerate(section.queries, start=section.start):
            line += 1
            _put(sheet, line, _cells(number, section.key, query, say))
    for query in case.answered:
        line += 1
        _put(sheet, line, _cells(None, "", query, say))
    for filled in range(HEADER_LINE + 1, line + 1):
        sheet.row_dimensions[filled].height = _height(sheet[filled])
    choices = ",".join(say(f"answer.{one}") for one in (ACCEPTED, REFUTED, READER_ERROR))
    allowed = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True)
    column = get_column_letter(list(COLUMNS).index("answer") + 1)
    if line > HEADER_LINE:
        allowed.add(f"{column}{HEADER_LINE + 1}:{column}{line}")
        sheet.add_data_validation(allowed)
    sheet.freeze_panes = sheet.cell(HEADER_LINE + 1, 1)
    fit_to_page(sheet)


def _cells(number: int | None, key: str, query: Query, say: CaseWords) -> list[Any]:
    places = [f"{one.where}{say('colon')}{one.printed}" if one.printed else one.where
              for one in query.shown]  # fmt: skip
    answer = say(f"answer.{query.answer}") if query.answer else None
    return [
        number,
        say(f"class.{key}") if key else say("answered")[2:].strip(),
        int(query.year) if query.year.isdigit() else query.year,
        query.document,
        "\n".join([query.message, *query.also]),
        query.difference,
        query.rule,
        query.source,
        "\n".join([*places, *query.further]),
        answer,
        query.reason or None,
        " ".join(query.ids),
    ]


def _height(cells: Sequence[Any]) -> float:
    """The height (points) that the texts of a line need; few programs measure it themselves."""
    most = 2
    for cell, width in zip(cells, COLUMNS.values(), strict=False):
        parts = str(cell.value or "").split("\n")
        most = max(most, sum(-(-room_of(part) // (width - 3)) or 1 for part in parts))
    return min(most * LINE, TALLEST_LINE)


def _put(sheet: Any, line: int, values: Sequence[Any]) -> None:
    """Fill a line; what begins like a formula is text."""
    from openpyxl.styles import Alignment

    for at, value in enumerate(values, start=1):
        cell = sheet.cell(line, at)
        put_value(cell, value)
        if line > HEADER_LINE:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _pictures(sheet: Any, case: CaseFile, say: CaseWords) -> None:
    from openpyxl.drawing.image import Image

    sheet.column_dimensions["A"].width = 100
    line = 0
    for number, query in enumerate(case.queries, start=1):
        line += 1
        _put(sheet, line, [f"{say('number', number=number)}{say('gap')}{query.message}"])
        for place in query.shown:
            _put(sheet, line + 1, [f"{place.where}{say('gap')}{place.printed}"])
            line += 2
            if not place.picture.png:
                _put(sheet, line, [say("no_picture", page=place.page)])
                continue
            image = Image(io.BytesIO(place.picture.png))
            times = min(1.0, PICTURE / image.width)
            image.width, image.height = round(image.width * times), round(image.height * times)
            sheet.row_dimensions[line].height = min(image.height * POINTS + 6, TALLEST_LINE)
            sheet.add_image(image, f"A{line}")


def _documents(sheet: Any, case: CaseFile, say: CaseWords) -> None:
    keys = ("document", "kind", "year", "scope", "pages", "state")
    _put(sheet, 1, [say(key) for key in keys])
    lines = document_lines(case, say)
    for line, cells in enumerate(lines, start=2):
        _put(sheet, line, cells)
    _put(sheet, len(lines) + 3, [counts_line(case, say)])
    for letter, width in zip("ABCDEF", (30, 12, 8, 24, 8, 40), strict=True):
        sheet.column_dimensions[letter].width = width


def read_xlsx(path: Path) -> list[Answer]:
    """Read the answers of a workbook that was filled in.

    Raises
    ------
    UsageError
        It is no case file, or an answer is unknown or lacks its reason.
    """
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        lines = [["" if cell is None else str(cell) for cell in line]
                 for line in book.worksheets[0].iter_rows(values_only=True)]  # fmt: skip
        book.close()
    except Exception as error:  # the library raises whatever its parsers do
        raise UsageError("is not a workbook that can be read", file=path) from error
    header = lines[MACHINE_LINE - 1] if len(lines) >= MACHINE_LINE else []
    if "finding" not in header:
        raise UsageError("is not a case file (its columns have other names)", file=path)
    return [one for one in parse([header, *lines[HEADER_LINE:]], path) if one.answer]
