"""Where a figure stands: its page with the cell outlined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.errors import UnreadableDocument, UsageError
from budgetkit.extraction.pdf.pages import Pdf
from budgetkit.geometry import Box
from budgetkit.render.drawing import draw_page
from budgetkit.storage.figures import check_places, place_of

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
WIDTH, THIN = 1.5, 0.6


def draw_figures(pdf: Pdf, number: int, figures: Sequence[Box], *, every_cell: bool = False) -> Any:
    """Draw a page with its figures outlined in orange, and the cells of its tables in blue.

    Parameters
    ----------
    pdf
        Open.
    number
        Of the page, from 1.
    figures
        Points from the top left of the page as shown.
    every_cell
        Outline all cells, thinly; else those that hold one of the figures.

    Returns
    -------
    PIL.Image.Image
        :data:`SCALE` pixels a point.
    """
    from budgetkit.extraction.tables.grids import find_grids

    page = pdf.page(number)
    cells = [page.as_shown(cell.box) for grid in find_grids(page) for cell in grid.cells]
    if not every_cell:
        cells = [cell for cell in cells if any(map(cell.holds_middle, figures))]
    picture, drawn = draw_page(pdf.path, number, SCALE, password=pdf.password)
    if drawn < SCALE:
        raise UnreadableDocument("the page is too large to draw", file=pdf.path, page=number)
    _outline(picture, cells, CELLS, air=0.0, width=THIN if every_cell else WIDTH)
    _outline(picture, figures, OUTLINE, air=AIR, width=WIDTH)
    return picture


def _outline(picture: Any, boxes: Iterable[Box], color: Any, *, air: float, width: float) -> None:
    from PIL import ImageDraw

    draw = ImageDraw.Draw(picture)
    for box in boxes:
        x0, top, x1, bottom = box.x0 - air, box.top - air, box.x1 + air, box.bottom + air
        edges = [edge * SCALE for edge in (x0, top, x1, bottom)]
        draw.rectangle(edges, outline=color, width=max(1, round(width * SCALE)))


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

    Examples
    --------
    >>> import tempfile
    >>> import budgetkit as bk
    >>> from budgetkit.demo import prepare
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = f"{folder}/figure.png"
    ...     locate(bk.read_dataset(prepare()), "changji-kjj-2025:summary:3.2", file).name
    'figure.png'
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
        found = check_places(fact_id)
        if not found:
            raise UsageError(f"the finding of '{fact_id['check']}' is about no place in a document")
    else:
        ids = [fact_id] if isinstance(fact_id, str) else fact_id
        found = [place for one in ids if (place := place_of(dataset.fact(one)))]
    pages: dict[tuple[str, int], list[Box]] = {}
    for place in found:
        pages.setdefault((place.document, place.page), []).append(place.box)
    drawn = []
    for (document, number), boxes in pages.items():
        with Pdf(dataset.pdf_of(document), password=password, unlock=True) as pdf:
            drawn.append(draw_figures(pdf, number, boxes))
    return drawn[0] if len(drawn) == 1 else _side_by_side(drawn)


def _side_by_side(pictures: Sequence[Any]) -> Any:
    """Pictures beside each other on white."""
    from PIL import Image

    width, height = sum(one.width for one in pictures), max(one.height for one in pictures)
    both = Image.new("RGB", (width, height), "white")
    left = 0
    for one in pictures:
        both.paste(one, (left, 0))
        left += one.width
    return both
