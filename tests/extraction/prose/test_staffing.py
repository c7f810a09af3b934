"""The staffing sentence."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetkit.extraction.prose.staffing import MEASURES, Staffing, read_staffing
from tests.helpers.prose import (
    needs_samples,
    paragraph,
    sample_names,
    sample_prose,
    truth,
    unhurried,
)

ABOUT = ("第一部分概况", "二、机构设置及人员情况")


def read(text: str) -> Staffing | None:
    return read_staffing([paragraph(text, ABOUT)])


def counts(row: Staffing | None) -> dict[str, int]:
    assert row is not None
    names = [*MEASURES, *(f"{name}_change" for name in MEASURES), "offices"]
    return {name: getattr(row, name) for name in names if getattr(row, name) is not None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "某局编制数27，实有人数44人，其中：在职25人，减少2人；退休19人，增加1人；离休0人。",
            {
                "authorized": 27,
                "total": 44,
                "active": 25,
                "active_change": -2,
                "retired": 19,
                "retired_change": 1,
                "special_retired": 0,
            },
        ),
        (
            "核定编制30名，其中行政编制20名、事业编制10名；实有在职人员28名，离休1名，退休15名。",
            {"authorized": 30, "active": 28, "special_retired": 1, "retired": 15},
        ),
        ("下设9个内设机构，编制339名。在编在职人员274名，离退休人员150名。", {
            "authorized": 339, "active": 274, "offices": 9,
        }),
        ("人员编制总数为50人，在职职工48人（比上年减少3人）。", {
            "authorized": 50, "active": 48, "active_change": -3,
        }),
        ("编制人数45人，实有人数43人，与上年持平。", {
            "authorized": 45, "total": 43, "total_change": 0,
        }),
    ],
)  # fmt: skip
def test_wordings(text: str, expected: dict[str, int]) -> None:
    assert counts(read(text)) == expected


def test_parts_of_the_establishment_are_not_the_whole() -> None:
    row = read("行政编制20名，事业编制5名，实有人数22人。")
    assert row is not None
    assert (row.authorized, row.total) == (None, 22)


def test_nothing_is_read_where_nothing_is_said() -> None:
    assert read("本局负责编制2025年规划，保障在职人员待遇。") is None
    assert read_staffing([]) is None


@pytest.mark.parametrize("word", ["处室", "内设机构", "科室", "股室"])
def test_offices_are_counted(word: str) -> None:
    row = read(f"本局下设十二个{word}，分别是：办公室、甲处。")
    assert row is not None
    assert row.offices == 12


def test_subordinate_units_are_no_offices() -> None:
    assert read("本局有2个下属事业单位和3个派出机构。") is None


PIECES = [
    *("编制", "实有", "在职", "退休", "离休", "人员", "人数", "人", "名", "数", "增加", "减少"),
    *("其中", "，", "。", "；", "（", "）", "、", "：", "1", "25", "307"),
]
NUMBERS = st.integers(min_value=0, max_value=9999)


@unhurried
@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS, st.sampled_from([1, -1]))
def test_round_trip(authorized: int, total: int, active: int, by: int, sign: int) -> None:
    word = "增加" if sign > 0 else "减少"
    row = read(f"某局编制数{authorized}，实有人数{total}人，其中：在职{active}人，{word}{by}人。")
    assert row is not None
    assert (row.authorized, row.total, row.active) == (authorized, total, active)
    assert row.active_change == sign * by


@unhurried
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=20).map("".join))
def test_every_count_is_printed_whatever_surrounds_it(text: str) -> None:
    row = read(text)
    printed = set(re.findall(r"\d+", text))
    assert {str(abs(number)) for number in counts(row).values()} <= printed if row else not row


@needs_samples
@pytest.mark.parametrize("name", sample_names())
def test_samples(name: str) -> None:
    row = sample_prose(name).staffing
    assert row is not None
    assert {key: getattr(row, key) for key in truth(name)["staff"]} == truth(name)["staff"]
    assert row.page > 0
    assert row.x1 > row.x0
