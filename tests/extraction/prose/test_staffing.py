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


@pytest.mark.parametrize(
    ("text", "authorized"),
    [
        ("行政编制20名，事业编制5名，实有人数22人。", 25),
        ("行政编制20名、机关工勤编制3名、事业编制5名；实有人员22人。", 28),
        ("核定20名行政编制和5名事业编制，实有人数22人。", 25),
        ("行政编制20名，事业编制9名（其中参公事业编制4名），实有人数22人。", 29),
        ("行政编制20名，其中工勤编制3名。事业编制5名，实有人数22人。", 25),
        ("人员编制情况，其中：行政编制20名、事业编制5名；实有人数22人。", 25),
        ("编制30名，其中行政编制20名、事业编制5名；实有人数22人。", 30),
        # One kind alone is a subset, and so are the posts of two units.
        ("核定事业编制58名，实有人数22人。", None),
        ("政法专项编制40名，实有人数22人。", None),
        ("局机关行政编制20名，某中心事业编制8名，某站事业编制5名，实有人数22人。", None),
        ("局机关编制20名，某中心编制8名，实有人数22人。", None),
        # The first of several is the whole where the others are its parts.
        ("编制28名，局本级编制20名，某中心编制8名，实有人数22人。", 28),
    ],
)
def test_kinds_of_posts_add_up_and_a_subset_is_not_the_whole(
    text: str, authorized: int | None
) -> None:
    row = read(text)
    assert row is not None
    assert (row.authorized, row.total) == (authorized, 22)
    assert row.text.startswith(text[:6])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "年末实有人员60人，其中：行政在职40人、工勤5人、事业15人。离退休20人，其中离休2人、退休18人。",
            {"total": 60, "special_retired": 2, "retired": 18},
        ),
        ("实有行政人员30人，事业人员38人，退休人员26人，遗属补助人员3人。", {"retired": 26}),
        ("编制数12人，现有在编在岗人员10人，编外聘用人员6人，离、退休人员4人。", {
            "authorized": 12, "active": 10,
        }),
        ("编制12名。在职人员10人。退休人员3人。离休1人。", {
            "authorized": 12, "active": 10, "retired": 3, "special_retired": 1,
        }),
        ("编制12名、在职人员10人、退休人员3人、离休1人。", {
            "authorized": 12, "active": 10, "retired": 3, "special_retired": 1,
        }),
    ],
)  # fmt: skip
def test_subsets_survivors_and_contract_staff_are_not_the_measures(
    text: str, expected: dict[str, int]
) -> None:
    assert counts(read(text)) == expected


@given(st.tuples(*[st.integers(0, 9999)] * 3), st.sampled_from("，、；。"))
def test_the_kinds_of_posts_add_up(posts: tuple[int, int, int], mark: str) -> None:
    names = ("行政编制", "事业编制", "工勤编制")
    text = mark.join(f"{name}{n}名" for name, n in zip(names, posts, strict=True))
    row = read(f"某局{text}；实有人数5人。")
    assert row is not None
    assert (row.authorized, row.total) == (sum(posts), 5)


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


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS, st.sampled_from([1, -1]))
def test_round_trip(authorized: int, total: int, active: int, by: int, sign: int) -> None:
    word = "增加" if sign > 0 else "减少"
    row = read(f"某局编制数{authorized}，实有人数{total}人，其中：在职{active}人，{word}{by}人。")
    assert row is not None
    assert (row.authorized, row.total, row.active) == (authorized, total, active)
    assert row.active_change == sign * by


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


def test_numbers_of_several_paragraphs_are_one_row_with_both_pages() -> None:
    told = ["某局核定编制30名。", "实有在职人员28名，退休人员15名。"]
    row = read_staffing([paragraph(text, ABOUT, page=at) for at, text in enumerate(told, 4)])
    assert row is not None
    assert counts(row) == {"authorized": 30, "active": 28, "retired": 15}
    assert row.page == 5
    assert row.text == f"{told[1]}〔4〕{told[0]}"
    assert row.conflicts == ""


def test_numbers_that_paragraphs_print_differently_stay_empty() -> None:
    told = ["甲所编制30名，在职人员28名。", "乙所编制20名，在职人员28名。"]
    row = read_staffing([paragraph(text, ABOUT) for text in told])
    assert counts(row) == {"active": 28}
    assert row is not None
    assert row.conflicts == "authorized"
