"""Each number-like piece of a page is counted once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from budgetkit.extraction.page_account import count_pieces, pieces_of
from budgetkit.extraction.pdf.characters import UNKNOWN
from budgetkit.extraction.pdf.pages import Page
from budgetkit.geometry import Box
from tests.helpers.drawn import text


def _page(*words: tuple[str, float, float], number: int = 3) -> Page:
    chars = [char for word, x, baseline in words for char in text(word, x, baseline)]
    return Page(number, 600, 800, tuple(chars), (), 0, 0)


def _counts(page: Page, **kwargs: list[Box]) -> dict[str, int]:
    given_boxes = {"facts": [], "unmapped": [], **kwargs}
    return count_pieces(page, pieces_of(page), cells=[], **given_boxes)._asdict()


def test_pieces_are_runs_of_digits_with_their_separators() -> None:
    page = _page(
        ("1,234.50", 50, 100), ("66.", 200, 100), (f"7{UNKNOWN}.8", 300, 100), ("、.", 400, 100)
    )
    assert [piece.text for piece in pieces_of(page)] == ["1,234.50", "66", f"7{UNKNOWN}.8"]


def test_pieces_do_not_depend_on_the_order_of_the_file() -> None:
    page = _page(("1,234.50", 50, 100), ("66", 200, 100))
    shuffled = Page(3, 600, 800, tuple(page.chars[::2] + page.chars[1::2]), (), 0, 0)
    assert [p.text for p in pieces_of(shuffled)] == [p.text for p in pieces_of(page)]


def test_codes_counts_prose_and_furniture() -> None:
    page = _page(
        ("20101", 50, 100),
        ("5,000.00", 150, 100),
        ("表5", 50, 200),
        ("共12万元", 50, 300),
        ("2025年", 50, 400),
        ("3", 300, 780),
    )
    cells = [(Box(40, 80, 140, 110), "20101"), (Box(140, 80, 300, 110), "5,000.00")]
    pieces = pieces_of(page)
    counts = count_pieces(page, pieces, facts=[pieces[1].box], unmapped=[], cells=cells)
    assert counts._asdict() == {
        "n_facts": 1,
        "n_unmapped": 0,
        "n_labels": 2,
        "n_prose": 1,
        "n_furniture": 2,
    }


def test_a_figure_of_two_lines_is_one_piece_and_what_stands_off_the_page_is_none() -> None:
    page = _page(("14,348,85", 50, 100), ("3.34", 50, 112))
    two_lines = Box(45, 90, 110, 115)
    assert _counts(page, facts=[two_lines])["n_facts"] == 1
    assert (
        count_pieces(page, pieces_of(page), facts=[two_lines], unmapped=[], cells=[]).n_painted == 1
    )
    assert _counts(page, facts=[two_lines], unmapped=[Box(50, 900, 90, 910)])["n_unmapped"] == 0


_WORDS = st.text("0123456789,.年表万元至", min_size=1, max_size=9)


@given(
    words=st.lists(st.tuples(_WORDS, st.integers(0, 5), st.integers(1, 39)), max_size=30),
    chosen=st.lists(st.integers(0, 60), max_size=20),
)
def test_the_counts_add_up(words: list[tuple[str, int, int]], chosen: list[int]) -> None:
    places = {(x, y): word for word, x, y in words}
    page = _page(*((word, 100.0 * x, 20.0 * y) for (x, y), word in places.items()))
    pieces = pieces_of(page)
    boxes = [pieces[i].box for i in chosen if i < len(pieces)]
    facts, unmapped = boxes[::2], boxes[1::2]
    cells = [(Box(0, 0, 250, 800), "文" * 20), (Box(250, 0, 400, 800), "文" * 90)]
    counts = count_pieces(page, pieces, facts=facts, unmapped=unmapped, cells=cells)
    assert counts.n_painted == sum(counts) == len(pieces)
    assert counts.n_facts == len(set(facts))
    assert counts.n_unmapped == len(set(unmapped) - set(facts))
