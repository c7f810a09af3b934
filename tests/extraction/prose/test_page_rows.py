"""Pages and paragraphs as rows of the dataset."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetkit.extraction.prose.page_rows import page_row, paragraph_rows, without_contacts
from budgetkit.schema import TABLES
from tests.helpers.cases import rows_of
from tests.helpers.prose import page_of, paragraph


def test_the_number_of_a_page_is_not_part_of_its_text() -> None:
    one, two = (
        page_of(("某局预算说明", 60, 300), (f"— {n} —", 280, 815), number=n) for n in (3, 12)
    )
    assert page_row(one, [])["digest"] == page_row(two, [])["digest"]
    assert page_row(one, [])["n_chars"] == 6


def test_a_page_of_prose_counts_its_amounts() -> None:
    prose = page_of(("收支预算5.00万元，增加1,000元", 60, 300), number=2)
    assert page_row(prose, [], contents=True)["role"] == "contents"
    row = page_row(prose, [])
    assert (row["role"], row["n_amounts"], row["n_grids"]) == ("prose", 2, 0)


@pytest.mark.parametrize(
    ("printed", "number"),
    [("— 12 —", 12), ("第12页", 12), ("第12页，共30页", 12), ("12/30", 12), ("2025年", None),
     ("1,234", None), ("12.50", None)],
)  # fmt: skip
def test_the_number_that_a_page_prints_of_itself(printed: str, number: int | None) -> None:
    page = page_of(("某局预算说明", 60, 300), (printed, 280, 815), number=14)
    assert page_row(page, [])["printed"] == number


def test_of_two_numbers_at_its_edge_neither_is_known_to_be_of_the_page() -> None:
    page = page_of(("7", 60, 20), ("某局预算说明", 60, 300), ("12", 280, 815))
    assert page_row(page, [])["printed"] is None


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("预算5万元。联系人：某某。", "预算5万元。"),
        ("咨询电话：0000-0000000。", ""),
        ("监督电话021-12345678；预算5万元。", "预算5万元。"),
        ("手机13800000000", ""),
        ("项目负责人：某某", ""),
        (
            "（沪财预〔2016〕143号）预算12345678.90元。",
            "（沪财预〔2016〕143号）预算12345678.90元。",
        ),
        ("编码2060102、2060404", "编码2060102、2060404"),
    ],
)
def test_names_and_numbers_of_contacts_are_left_out(printed: str, kept: str) -> None:
    assert without_contacts(printed) == kept


@given(st.from_regex(r"(1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8})", fullmatch=True))
def test_no_telephone_number_gets_through(number: str) -> None:
    rows = list(paragraph_rows([paragraph(f"预算5万元。请致电{number}咨询。")]))
    assert [row["text"] for row in rows] == ["预算5万元。"]


def test_the_rows_have_the_columns_of_the_schema(corpus: Path) -> None:
    rows = rows_of(corpus / "changji-kjj-2025.pdf")
    for name in ("pages", "paragraphs", "contents"):
        columns = {field.name for field in TABLES[name]}
        assert rows[name]
        assert all(set(row) == columns for row in rows[name])
    assert [row["page"] for row in rows["pages"]] == list(range(1, len(rows["pages"]) + 1))
    assert [row["number"] for row in rows["paragraphs"]] == sorted(
        row["number"] for row in rows["paragraphs"]
    )
