"""Where a figure stands: its page with the cell outlined."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.errors import UsageError
from budgetkit.pdf.pages import Box, Pdf

if TYPE_CHECKING:
    from budgetkit.dataset import Dataset

#: Pixels a point: 144 dots an inch read well on a screen.
SCALE = 2.0
#: The outline stands this far (points) off the figure, so that it hides no digit.
AIR = 3.0
#: A colour that is seen on white paper, also by those who do not tell red from green.
OUTLINE = (213, 94, 0)


def outline(
    pdf: Pdf, page: int, boxes: Iterable[Box], *, scale: float = SCALE, color: Any = OUTLINE
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

    Returns
    -------
    PIL.Image.Image
    """
    from PIL import ImageDraw

    picture = pdf.picture(page, scale)
    draw = ImageDraw.Draw(picture)
    for box in boxes:
        x0, top, x1, bottom = box.x0 - AIR, box.top - AIR, box.x1 + AIR, box.bottom + AIR
        edges = [edge * scale for edge in (x0, top, x1, bottom)]
        draw.rectangle(edges, outline=color, width=round(1.5 * scale))
    return picture


def box_of(row: Any) -> Box:
    """Take the box out of a row of a dataset."""
    return Box(*(float(row[edge]) for edge in Box._fields))


def locate(dataset: Dataset, fact_id: str, out: str | Path, *, password: str | None = None) -> Path:
    """Write a picture of the page that prints a fact, with the figure outlined.

    Parameters
    ----------
    dataset
        That holds the fact.
    fact_id
        As in ``facts``.
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


def picture(dataset: Dataset, fact_id: str, *, password: str | None = None) -> Any:
    """Draw the page that prints a fact, with the figure outlined.

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
        There is no such fact, or its PDF is gone.
    """
    fact = dataset.fact(fact_id)
    with Pdf(dataset.pdf_of(fact["document"]), password=password, unlock=True) as pdf:
        return outline(pdf, int(fact["page"]), [box_of(fact)])
