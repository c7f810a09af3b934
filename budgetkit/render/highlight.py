"""Where a figure stands: its page with the cell outlined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.errors import UsageError
from budgetkit.extraction.pdf.pages import Pdf
from budgetkit.geometry import Box

if TYPE_CHECKING:
    from budgetkit.storage.reader import DatasetReader

#: Pixels a point: 144 dots an inch read well on a screen.
SCALE = 2.0
#: The outline stands this far (points) off the figure, so that it hides no digit.
AIR = 3.0
#: A colour that is seen on white paper, also by those who do not tell red from green.
OUTLINE = (213, 94, 0)
#: Another one for the cells of a table, and how thick an outline is (points).
CELLS = (0, 114, 178)
WIDTH = 1.5


def outline(
    pdf: Pdf,
    page: int,
    boxes: Iterable[Box],
    *,
    scale: float = SCALE,
    color: Any = OUTLINE,
    air: float = AIR,
    width: float = WIDTH,
) -> Any:
    """Draw a page with boxes outlined.

    Parameters
    ----------
    pdf
        Open.
    page
        From 1.
    boxes
        In points from the top left of the page as shown.
    scale
        Pixels a point.
    color
        Of the outlines, as PIL takes it.
    air, width
        Points between a box and its outline, and of the outline.

    Returns
    -------
    PIL.Image.Image
    """
    picture = pdf.picture(page, scale)
    return draw_boxes(picture, boxes, scale=scale, color=color, air=air, width=width)


def draw_boxes(
    picture: Any,
    boxes: Iterable[Box],
    *,
    scale: float = SCALE,
    color: Any = OUTLINE,
    air: float = AIR,
    width: float = WIDTH,
) -> Any:
    """Outline boxes on the picture of a page, and give it back; as :func:`outline`."""
    from PIL import ImageDraw

    draw = ImageDraw.Draw(picture)
    for box in boxes:
        x0, top, x1, bottom = box.x0 - air, box.top - air, box.x1 + air, box.bottom + air
        edges = [edge * scale for edge in (x0, top, x1, bottom)]
        draw.rectangle(edges, outline=color, width=max(1, round(width * scale)))
    return picture


def box_of(row: Any) -> Box:
    """Take the box out of a row of a dataset."""
    return Box(*(float(row[edge]) for edge in Box._fields))


def locate(
    dataset: DatasetReader,
    fact_id: str | Sequence[str] | Mapping[str, Any],
    out: str | Path,
    *,
    password: str | None = None,
) -> Path:
    """Write a picture of the page that prints a fact, with the figure outlined.

    Parameters
    ----------
    dataset
        That holds the fact.
    fact_id
        As in ``facts``; several of them, or a row of ``checks``, give their pages side by side.
    out
        File to write, ``.png``.
    password
        Of the PDF, where it has one.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UsageError
        There is no such fact, its PDF is gone, or ``out`` can't be written.
    """
    drawn = picture(dataset, fact_id, password=password)
    try:
        Path(out).parent.mkdir(parents=True, exist_ok=True)
        drawn.save(out, format="PNG")
    except OSError as error:
        raise UsageError(f"can't be written ({error.strerror or error})", file=out) from error
    return Path(out)


def picture(
    dataset: DatasetReader,
    fact_id: str | Sequence[str] | Mapping[str, Any],
    *,
    password: str | None = None,
) -> Any:
    """Draw the page that prints a fact, its cell outlined in blue, the figure in orange.

    Parameters
    ----------
    dataset, fact_id, password
        As in :func:`locate`.

    Returns
    -------
    PIL.Image.Image

    Raises
    ------
    UsageError
        There is no such fact, its PDF is gone, or a check is about no place.
    """
    if isinstance(fact_id, Mapping):
        places = places_of(fact_id)
        if not places:
            raise UsageError(f"the finding of '{fact_id['check']}' is about no place in a document")
    else:
        ids = [fact_id] if isinstance(fact_id, str) else fact_id
        facts = [dataset.fact(one) for one in ids]
        places = [(fact["document"], int(fact["page"]), box_of(fact)) for fact in facts]
    pages: dict[tuple[str, int], list[Box]] = {}
    for document, number, box in places:
        pages.setdefault((document, number), []).append(box)
    drawn = [
        _drawn(dataset.pdf_of(document), number, boxes, password)
        for (document, number), boxes in pages.items()
    ]
    return drawn[0] if len(drawn) == 1 else side_by_side(drawn)


def places_of(check: Mapping[str, Any]) -> list[tuple[str, int, Box]]:
    """Give the places that a row of ``checks`` is about: document, page and box of each."""
    found = []
    for prefix in ("", "other_"):
        number = check[f"{prefix}page"]
        if number is None or number != number:  # an empty cell of a frame is not itself
            continue
        fact = check["fact_id"]
        own = fact.rsplit(":", 2)[0] if isinstance(fact, str) else check["document"]
        other = check["other_document"]
        document = own if not prefix else other if isinstance(other, str) else check["document"]
        edges = (float(check[f"{prefix}{edge}"]) for edge in Box._fields)
        found.append((document, int(number), Box(*edges)))
    return found


def _drawn(path: Path, number: int, boxes: Sequence[Box], password: str | None) -> Any:
    from budgetkit.extraction.tables.grids import find_grids

    with Pdf(path, password=password, unlock=True) as pdf:
        page = pdf.page(number)
        cells = [page.as_shown(cell.box) for grid in find_grids(page) for cell in grid.cells]
        around = [cell for cell in cells if any(_holds(cell, box) for box in boxes)]
        drawn = outline(pdf, number, around, color=CELLS, air=0.0)
        return draw_boxes(drawn, boxes)


def _holds(cell: Box, box: Box) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return cell.x0 <= x <= cell.x1 and cell.top <= y <= cell.bottom


def side_by_side(pictures: Sequence[Any]) -> Any:
    """Set pictures beside each other on white."""
    from PIL import Image

    width, height = sum(one.width for one in pictures), max(one.height for one in pictures)
    both = Image.new("RGB", (width, height), "white")
    left = 0
    for one in pictures:
        both.paste(one, (left, 0))
        left += one.width
    return both
