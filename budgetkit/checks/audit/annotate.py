"""Copies of the PDFs with the findings as highlights and notes, to be read in any viewer."""

from __future__ import annotations

import contextlib
import ctypes
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from budgetkit.checks.printed import FAIL, ROUNDING
from budgetkit.errors import BudgetkitError, UnreadableDocument, UsageError
from budgetkit.geometry import Box, turn_box
from budgetkit.storage.atomic import cut_name
from budgetkit.storage.figures import check_places

if TYPE_CHECKING:
    from budgetkit.storage.reader import DatasetReader

#: Colours (red, green, blue, opacity) of a figure by status, and of what it is compared with.
COLOURS = {FAIL: (255, 170, 60, 130), ROUNDING: (255, 235, 90, 110), "other": (120, 190, 255, 120)}
#: A highlight stands this far (points) off the figure.
AIR = 1.5
#: Side (points) of the sign of a note, and its distance from the edge of the page.
NOTE, MARGIN = 20.0, 4.0

Row = Mapping[str, Any]


class Mark(NamedTuple):
    """A highlight: where it stands (points, page as shown), its colour and what it says."""

    page: int
    box: Box
    colour: str
    text: str


def annotate(
    dataset: DatasetReader,
    checks: Iterable[Row],
    folder: str | Path,
    *,
    lang: str = "zh",
    password: str | None = None,
    problems: list[str] | None = None,
) -> list[Path]:
    """Write a copy of each PDF that has findings, with them marked.

    Parameters
    ----------
    dataset
        That was audited.
    checks
        Its rows of ``checks``; failures and rounding are marked.
    folder
        Where the copies go, named after their documents.
    lang
        Language of the notes, ``zh`` or ``en``.
    password
        Of encrypted files.
    problems
        Gets a sentence for each PDF that can't be marked; the others go on. None raises it.

    Returns
    -------
    list of Path
        The copies, a document each.

    Raises
    ------
    UsageError
        A PDF is gone, or the folder can't be written.
    """
    folder = Path(folder)
    marks: dict[str, list[Mark]] = {}
    for row in checks:
        if row["status"] in (FAIL, ROUNDING):
            for document, mark in _marks(row, lang):
                marks.setdefault(document, []).append(mark)
    written = []
    for (document, found), name in zip(marks.items(), _file_names(marks), strict=True):
        out = folder / name
        try:
            source = dataset.pdf_of(document)
        except UsageError as error:
            _tell(error, problems)
            continue
        if out.resolve() == source.resolve():
            raise UsageError("would be overwritten", file=source, remedy="give another folder")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            mark_pdf(source, found, out, password=password)
        except OSError as error:
            raise UsageError(f"can't be written ({error.strerror or error})", file=out) from error
        except UnreadableDocument as error:
            out.unlink(missing_ok=True)
            _tell(error, problems)
            continue
        written.append(out)
    return written


def _tell(error: BudgetkitError, problems: list[str] | None) -> None:
    if problems is None:
        raise error
    problems.append(str(error))


def _file_names(documents: Iterable[str]) -> list[str]:
    """Names of the copies, all different: equal names of two folders keep their folder's name."""
    seen: Counter[str] = Counter()
    names = []
    for document in documents:
        name = cut_name(document.replace("#", "-").replace("/", "-"))
        seen[name.lower()] += 1
        count = seen[name.lower()]
        names.append(f"{name}.pdf" if count == 1 else f"{name}~{count}.pdf")
    return names


def _marks(row: Row, lang: str) -> Iterator[tuple[str, Mark]]:
    text = f"[{row['check']}] {row['message_zh' if lang == 'zh' else 'message_en']}"
    colours = [row["status"]] if row["page"] is not None else []
    for place, colour in zip(check_places(row), [*colours, "other"], strict=False):
        yield place.document, Mark(place.page, place.box, colour, text)


def mark_pdf(
    source: Path, marks: Iterable[Mark], out: Path, *, password: str | None = None
) -> None:
    """Write a copy of one PDF with highlights and notes.

    Parameters
    ----------
    source, out
        The file and its copy.
    marks
        What to mark; marks of one place become one.
    password
        Of the file, where it has one.

    Raises
    ------
    UnreadableDocument
        It is encrypted, or a page is damaged.
    """
    by_place: dict[tuple[int, Box], list[Mark]] = {}
    for mark in marks:
        by_place.setdefault((mark.page, mark.box), []).append(mark)
    try:
        with contextlib.closing(pdfium.PdfDocument(source, password=password)) as document:
            for number in sorted({page for page, _ in by_place}):
                page = document[number - 1]
                for (on, box), found in by_place.items():
                    if on == number:
                        colour = min((mark.colour for mark in found), key=list(COLOURS).index)
                        text = "\n".join(dict.fromkeys(mark.text for mark in found))
                        _add(page, box, COLOURS[colour], text)
                page.close()
            document.save(out)
    except (pdfium.PdfiumError, IndexError) as error:
        raise UnreadableDocument("can't be marked, as it is damaged", file=source) from error


def _add(page: pdfium.PdfPage, box: Box, colour: tuple[int, ...], text: str) -> None:
    wider = Box(box.x0 - AIR, box.top - AIR, box.x1 + AIR, box.bottom + AIR)
    area = user_space(page, wider)
    quad = pdfium_c.FS_QUADPOINTSF(
        area.left, area.top, area.right, area.top, area.left, area.bottom, area.right, area.bottom
    )
    annotation = pdfium_c.FPDFPage_CreateAnnot(page.raw, pdfium_c.FPDF_ANNOT_HIGHLIGHT)
    pdfium_c.FPDFAnnot_SetRect(annotation, area)
    pdfium_c.FPDFAnnot_SetColor(annotation, pdfium_c.FPDFANNOT_COLORTYPE_Color, *colour)
    pdfium_c.FPDFAnnot_AppendAttachmentPoints(annotation, quad)
    _say(annotation, text)
    x1 = page.get_width() - MARGIN
    sign = Box(x1 - NOTE, box.top, x1, box.top + NOTE)
    note = pdfium_c.FPDFPage_CreateAnnot(page.raw, pdfium_c.FPDF_ANNOT_TEXT)
    pdfium_c.FPDFAnnot_SetRect(note, user_space(page, sign))
    pdfium_c.FPDFAnnot_SetColor(note, pdfium_c.FPDFANNOT_COLORTYPE_Color, *colour)
    _say(note, text)


def _say(annotation: Any, text: str) -> None:
    """Set the words of an annotation, and have it printed with the page."""
    for key, value in ((b"Contents", text), (b"T", "budgetkit")):
        wide = ctypes.create_string_buffer(f"{value}\0".encode("utf-16-le"))
        pointer = ctypes.cast(wide, ctypes.POINTER(ctypes.c_ushort))
        pdfium_c.FPDFAnnot_SetStringValue(annotation, key, pointer)
    pdfium_c.FPDFAnnot_SetFlags(annotation, pdfium_c.FPDF_ANNOT_FLAG_PRINT)
    pdfium_c.FPDFPage_CloseAnnot(annotation)


def user_space(page: pdfium.PdfPage, box: Box) -> Any:
    """Map a box on the page as shown into the page's own coordinates.

    Parameters
    ----------
    page
        May be rotated, and cropped.
    box
        Points from the top left of the page as a viewer shows it.

    Returns
    -------
    FS_RECTF
        Points from the origin of the page, upwards.
    """
    left, bottom, right, top = page.get_bbox()
    turns = page.get_rotation() // 90
    width, height = right - left, top - bottom
    if turns % 2:
        width, height = height, width
    x0, y0, x1, y1 = turn_box(box, width, height, -turns)
    return pdfium_c.FS_RECTF(left + x0, top - y0, left + x1, top - y1)
