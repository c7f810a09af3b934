"""The rows of a frame as a browser gets them."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from budgetkit.notebook.browser_rows import Cell, rows_of, script_data, table_html, words, written


def cells(frame: pd.DataFrame) -> list[list[Cell]]:
    return rows_of(frame, 99).cells


def test_numbers_stay_numbers_and_nothing_stays_nothing() -> None:
    frame = pd.DataFrame(
        {"amount": [1.5, None], "page": [3.0, None], "n": pd.array([7, None], "Int64"),
         "code": ["301", None], "ok": [True, False], "object": [np.int64(4), "x"]}
    )  # fmt: skip
    assert cells(frame) == [[1.5, 3, 7, "301", "True", 4], [None, None, None, None, "False", "x"]]


def test_amounts_have_decimals_and_years_with_gaps_have_none() -> None:
    frame = pd.DataFrame({"amount": [5.0], "year": [2024.0]})
    frame.attrs["units"] = {"amount": "万元"}
    assert [(c.unit, c.decimals) for c in rows_of(frame, 9).columns] == [
        ("万元", True),
        ("", False),
    ]


def test_what_a_browser_cannot_hold_is_text() -> None:
    assert cells(pd.DataFrame({"a": [2**60, 1], "b": [float("inf"), 1.5]})) == [
        [str(2**60), "inf"],
        [1, 1.5],
    ]


def test_an_index_with_names_becomes_columns() -> None:
    frame = pd.DataFrame({"year": [2024, 2025], "name": ["a", "b"], "amount": [1.5, 2.5]})
    grouped = frame.groupby(["year", "name"])[["amount"]].sum()
    found = rows_of(grouped, 9)
    assert [column.name for column in found.columns] == ["year", "name", "amount"]
    assert found.cells == [[2024, "a", 1.5], [2025, "b", 2.5]]
    wide = frame.pivot(index="name", columns="year", values=["amount"])
    assert [column.name for column in rows_of(wide, 9).columns] == [
        "name",
        "amount / 2024",
        "amount / 2025",
    ]
    # Rows that were chosen keep numbers that say nothing.
    assert len(rows_of(frame[frame["year"] == 2025], 9).columns) == 3


def test_columns_of_one_name_are_two_columns() -> None:
    frame = pd.DataFrame([[1, 2]], columns=["a", "a"])
    assert cells(frame) == [[1, 2]]


def test_an_empty_frame_has_its_headers() -> None:
    assert "<th>a</th>" in table_html(rows_of(pd.DataFrame({"a": []}), 9), 9)


def test_no_amount_is_written_as_zero() -> None:
    assert written(0.0, decimals=True) == "0.00"
    assert written(-0.004, decimals=True) == "-0.004"


@settings(max_examples=60)
@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_nothing_of_a_frame_is_taken_for_html(texts: list[str]) -> None:
    rows = rows_of(pd.DataFrame({"<b>": texts}), 99)
    html = table_html(rows, 99)
    body = html[html.index("<tbody>") : html.index("</tbody>")]
    assert body.count("<td") == len(texts)
    assert "<b>" not in html
    assert re.sub(r"</?(tbody|tr|td)>", "", body).count("<") == 0
    script = script_data(rows.cells)
    assert script.count("<") == 2
    assert json.loads(script[script.index(">") + 1 : script.rindex("<")]) == rows.cells


def test_every_word_is_there_in_both_languages() -> None:
    assert words("zh").keys() == words("en").keys()
    assert all(words("zh").values())
    assert all(words("en").values())


class Ids(HTMLParser):
    """The ids of an HTML text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name == "id"]


def test_two_outputs_of_one_page_share_no_id() -> None:
    from budgetkit.notebook.browse import browse

    assert Ids(browse(pd.DataFrame({"a": [1]}))._repr_html_()).found == []
