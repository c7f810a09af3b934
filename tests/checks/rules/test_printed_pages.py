"""Pages that are empty or printed twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
from reportlab.pdfgen.canvas import Canvas

from tests.helpers.cases import case, cases_in, fails


def page(number: int, **fields: Any) -> dict[str, Any]:
    row = {"document": "d", "page": number, "role": "table", "n_chars": 500, "n_cell_chars": 400}
    return row | {"n_amounts": 20, "n_grids": 1, "digest": f"{number}"} | fields


def test_a_page_that_is_only_an_empty_grid_is_found() -> None:
    empty = page(3, n_chars=0, n_cell_chars=0, n_amounts=0, digest="")
    (finding,) = fails(case(pages=[page(1), page(2), empty]), "text-empty-grid")
    assert finding.place is not None
    assert finding.place.page == 3
    titled = page(3, n_chars=60, n_cell_chars=0, n_amounts=0)
    assert not fails(case(pages=[titled]), "text-empty-grid")


def test_a_page_printed_twice_is_found_and_a_continuation_is_not() -> None:
    twice = [page(1), page(2, digest="1")]
    (finding,) = fails(case(pages=twice), "text-page-twice")
    assert finding.place is not None
    assert finding.place.page == 2
    assert not fails(case(pages=[page(1), page(2)]), "text-page-twice")
    # A repeated header over nothing but an empty grid is another matter.
    header = [page(n, digest="h", n_amounts=0, n_chars=90) for n in (1, 2)]
    assert not fails(case(pages=header), "text-page-twice")


def test_pages_are_found_in_a_file_that_repeats_one(corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "twice.pdf"
    canvas = Canvas(str(tmp_path / "grid.pdf"), pagesize=(595, 842))
    canvas.grid([60, 200, 340, 480], [300, 340, 380, 420])
    canvas.showPage()
    canvas.save()
    with (
        pikepdf.open(corpus / "yanping-sfj-2025.pdf") as pdf,
        pikepdf.open(tmp_path / "grid.pdf") as grid,
    ):
        last = len(pdf.pages)
        pdf.pages.append(pdf.pages[last - 1])
        pdf.pages.extend(grid.pages)
        pdf.save(path)
    (one,) = cases_in(path)
    (twice,) = fails(one, "text-page-twice")
    (empty,) = fails(one, "text-empty-grid")
    assert twice.place is not None
    assert empty.place is not None
    assert (twice.place.page, empty.place.page) == (last + 1, last + 2)
