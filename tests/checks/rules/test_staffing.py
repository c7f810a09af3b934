"""Posts, people and offices: numbers that do not add up, and those that only look odd."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.cases import PLACE, case, fails, para, run

MEASURES = ("authorized", "total", "active", "retired", "special_retired")


def people(text: str = "", **counts: int | None) -> dict[str, Any]:
    row: dict[str, Any] = {"document": "d", "text": text} | PLACE
    for name in MEASURES:
        row[name], row[f"{name}_change"] = None, None
    return row | counts


def target(level3: str, printed: str, number: str, project: str = "运行费") -> dict[str, Any]:
    row = {"document": "d", "project": project, "level1": "产出指标", "level2": "数量指标"}
    return row | PLACE | {"level3": level3, "printed": printed, "target": number, "unit": "人"}


def test_a_total_that_is_not_its_parts_is_found() -> None:
    row = people(authorized=27, total=47, active=25, retired=19, special_retired=0)
    (finding,) = fails(case(staffing=[row]), "staffing-total")
    assert (finding.table, finding.measure) == ("staffing", "total")
    assert (finding.expected, finding.found) == (Decimal(44), Decimal(47))


@pytest.mark.parametrize(
    "row",
    [
        people(total=44, active=25, retired=19, special_retired=0),
        people(total=25, active=25, retired=19, special_retired=0),  # 实有 counts those in post
        people("聘用人员3人", total=47, active=25, retired=19, special_retired=0),
        people(total=46, active=25, retired=19),  # the special retired aren't named
        people(total=44, active=25),  # blank is not zero
    ],
)
def test_totals_that_can_be_right_are_not_found(row: dict[str, Any]) -> None:
    assert not fails(case(staffing=[row]), "staffing-total")


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 20), st.integers(1, 50))
def test_any_slip_in_a_total_is_found(active: int, retired: int, special: int, off: int) -> None:
    total = active + retired + special
    counts = {"active": active, "retired": retired, "special_retired": special}
    assert not fails(case(staffing=[people(total=total, **counts)]), "staffing-total")
    assert fails(case(staffing=[people(total=total + off, **counts)]), "staffing-total")


def test_more_people_than_posts_are_found() -> None:
    assert fails(case(staffing=[people(authorized=20, active=21)]), "staffing-establishment")
    assert not fails(case(staffing=[people(authorized=20, active=20)]), "staffing-establishment")
    assert not run(case(staffing=[people(active=20)]), "staffing-establishment")


def test_a_change_is_held_against_last_year() -> None:
    before = case(year=2024, staffing=[people(active=26)])
    row = people(active=25) | {"active_change": -2}
    (finding,) = fails(case(staffing=[row], before=before), "staffing-change")
    assert (finding.expected, finding.found) == (Decimal(26), Decimal(27))
    row["active_change"] = -1
    assert not fails(case(staffing=[row], before=before), "staffing-change")


def test_thirty_people_in_a_target_and_twenty_five_in_post() -> None:
    staff = people(authorized=27, total=44, active=25, retired=19, special_retired=0)
    rows = [target("保障办公人员数量", "＞=30人", "30")]
    (finding,) = fails(case(staffing=[staff], indicators=rows), "staffing-target")
    assert (finding.expected, finding.found) == (Decimal(25), Decimal(30))


@pytest.mark.parametrize(
    ("name", "printed", "number"),
    [
        ("保障办公人员数量", "＞=25人", "25"),
        ("保障办公人员数量", "≥20人", "20"),  # met
        ("保障在职人员数量", "=44人", "44"),  # all the people there are
        ("保障儿童人数", "≥126人", "126"),
        ("参加培训人数", "≥30人", "30"),
        ("专家备案人数", "≥950人", "950"),
        ("在职培训人数", "=300人", "300"),
    ],
)
def test_targets_about_others_or_met_are_not_found(name: str, printed: str, number: str) -> None:
    staff = people(authorized=27, total=44, active=25, retired=19, special_retired=0)
    rows = [target(name, printed, number)]
    assert not fails(case(staffing=[staff], indicators=rows), "staffing-target")


def test_a_bare_count_is_own_staff_in_a_running_project_alone() -> None:
    staff = people(active=25)
    own = target("保障人数", "=30人", "30", "机关运行补助经费")
    other = target("保障人数", "=30人", "30", "困难群众救助")
    assert fails(case(staffing=[staff], indicators=[own]), "staffing-target")
    assert not fails(case(staffing=[staff], indicators=[other]), "staffing-target")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("下设3个处室，分别是：办公室（人事科）、综合科、基层科。", False),
        ("下设4个处室，分别是：办公室（人事科、党办）、综合科、基层科。", True),
        ("设三个内设机构，包括：办公室、综合科。", True),
        ("包括19个内设机构、2个下属事业单位和2个派出机构，具体包括：", None),
        ("设5个科室，包括：办公室、综合科等。", None),
    ],
)
def test_offices_are_as_many_as_are_named(text: str, found: bool | None) -> None:
    findings = run(case(paragraphs=[para(text)]), "staffing-offices")
    assert [f.status == "fail" for f in findings] == ([] if found is None else [found])
