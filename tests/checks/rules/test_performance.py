"""Target forms against the money, and the seed's list."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from budgetkit.checks.case import Case
from budgetkit.geometry import PageBox
from tests.helpers.cases import PLACE, case, cases_in, fact, fails, para, run

SEED = "changji-kjj-2025.pdf"


def project(name: str, where: str, amount: float, **fields: Any) -> dict[str, Any]:
    row = {
        "document": "d",
        "project": name,
        "name": name,
        "funding": "general",
        "amount": amount,
        "allocation": "",
        "pages": "1",
        "where": where,
        "period_start": None,
        "period_end": None,
    }
    return row | fields


def form(name: str, total: str, fiscal: str, other: str = "0.00") -> list[dict[str, Any]]:
    cells = (("total", total), ("fiscal", fiscal), ("other", other))
    return [fact("performance_project", "", v, project=name, measure=m) for m, v in cells]


def indicator(name: str, cost: str, unit: str, budget: float, **fields: Any) -> dict[str, Any]:
    row = {
        "document": "d",
        "project": "甲",
        "budget": budget,
        "level1": "成本指标",
        "level2": "经济成本指标",
        "level3": name,
        "target": cost,
        "unit": unit,
        "weight": "",
        "printed": "",
    }
    return row | PLACE | fields


def test_a_hundredth_between_form_and_table_is_found() -> None:
    facts = [
        fact("carryover", "", "9.22", project="甲"),
        fact("carryover", "", "9.22", project="甲", measure="fiscal_subtotal"),
        *form("甲", "9.21", "9.21"),
    ]
    (finding,) = fails(case(facts=facts), "performance-budget")
    assert (finding.expected, finding.found) == (Decimal("9.22"), Decimal("9.21"))
    assert finding.fact_id
    assert finding.other_fact_id


def test_money_that_no_table_splits_by_project_is_not_held_against_a_form() -> None:
    facts = [
        fact("carryover", "", "35.00", project="甲"),
        fact("carryover", "", "35.00", project="甲", measure="nonfiscal_subtotal"),
        *form("甲", "60.00", "0.00", "60.00"),
    ]
    assert not run(case(facts=facts), "performance-budget")


def test_rows_of_one_project_are_added_up() -> None:
    rows = [("2060102", "8.00"), ("2060199", "2.00")]
    facts = [fact("project_expenditure", code, v, project="甲") for code, v in rows]
    assert not fails(case(facts=[*facts, *form("甲", "10.00", "10.00")]), "performance-budget")
    assert fails(case(facts=[*facts, *form("甲", "8.00", "8.00")]), "performance-budget")


def test_a_project_without_a_form_is_found_where_others_have_theirs() -> None:
    facts = [
        fact("project_expenditure", "2060102", "8.00", project="甲"),
        fact("carryover", "", "15.00", project="乙"),
        fact("carryover", "", "0.00", project="丙"),
        *form("甲", "8.00", "8.00"),
    ]
    (finding,) = fails(case(facts=facts), "performance-form-present")
    assert (finding.table, finding.expected) == ("carryover", Decimal("15.00"))
    few = [*facts, *(fact("carryover", "", "1.00", project=name) for name in "丁戊己")]
    assert not run(case(facts=few), "performance-form-present")


def test_transfers_of_the_overall_form_are_those_of_the_summary() -> None:
    facts = [
        fact("performance_overall", "", "40.93", measure="general_transfer"),
        fact(
            "summary", "general_transfer", "14.00", section="revenue", measure="amount", name="转移"
        ),
    ]
    (finding,) = fails(case(facts=facts), "performance-overall")
    assert (finding.expected, finding.found) == (Decimal("14.00"), Decimal("40.93"))


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([("评审费", "5", "万元"), ("差旅费", "4.21", "万元")], False),
        ([("评审费", "5", "万元"), ("差旅费", "5.21", "万元")], True),
        ([("项目总成本", "9.21", "万元"), ("评审费", "5", "万元")], False),
        ([("项目总成本", "9.31", "万元")], True),
        ([("补助标准", "900", "元"), ("人均成本", "99999999", "元")], False),
    ],
)
def test_costs_stay_within_the_budget(rows: list[tuple[str, str, str]], found: bool) -> None:
    indicators = [indicator(*row, budget=9.21) for row in rows]
    assert bool(fails(case(indicators=indicators), "performance-cost")) is found


@pytest.mark.parametrize(
    ("weights", "found"),
    [
        (("50", "40"), False),
        (("50", "50"), False),
        (("50%", "40%"), False),
        (("50", "30"), True),
        (("50", ""), None),
    ],
)
def test_weights_add_up(weights: tuple[str, ...], found: bool | None) -> None:
    rows = [indicator("甲", "1", "项", 1.0, weight=weight) for weight in weights]
    findings = run(case(indicators=rows), "performance-weights")
    assert [f.status == "fail" for f in findings] == ([] if found is None else [found])


def test_projects_of_the_prose_are_those_of_the_table() -> None:
    facts = [
        fact("project_expenditure", "1", "8.00", project="甲"),
        fact("project_expenditure", "2", "5.00", project="乙"),
    ]
    rows = [
        project("甲", "table", 8.0),
        project("乙", "table", 5.0),
        project("甲", "narrative", 8.5),
        project("丙", "narrative", 1.0),
    ]
    one = case(facts=facts, projects=rows, paragraphs=[para("项目名称：甲，8.5万元")])
    (amount,) = fails(one, "project-said-amount")
    assert (amount.expected, amount.found, amount.place) == (
        Decimal("8.00"),
        Decimal("8.5"),
        (1, 0.0, 0.0, 9.0, 9.0),
    )
    assert {f.code for f in fails(one, "project-known")} == {"丙", "2"}


def test_an_allocation_adds_up_to_its_project() -> None:
    text = "商品和服务支出14万元，资本性支出2万元。主要用于购买5万元的设备。"
    good, bad = (project("甲", "narrative", n, allocation=text) for n in (16.0, 18.0))
    assert not fails(case(projects=[good]), "project-allocation")
    assert fails(case(projects=[bad]), "project-allocation")
    open_list = project("甲", "narrative", 60.0, allocation="第一季度15万元，第二季度15万元。")
    assert not run(case(projects=[open_list]), "project-allocation")


def test_a_list_of_target_projects_adds_up() -> None:
    text = (
        "编报绩效目标的项目共2个，涉及项目预算资金30.00万元。其中：甲费10.00万元，乙费19.00万元。"
    )
    assert fails(case(paragraphs=[para(text)]), "performance-list-sum")
    assert not fails(
        case(paragraphs=[para(text.replace("19.00", "20.00"))]), "performance-list-sum"
    )
    assert not run(case(paragraphs=[para(text.replace("共2个", "共5个"))]), "performance-list-sum")


def _page(place: PageBox | None) -> int:
    return place.page if place else 0


def _check_seed(one: Case) -> tuple[int, ...]:
    """Find the seed's list; the pages of form, carry-over, head count and prose."""
    (budget,) = fails(one, "performance-budget")
    assert (budget.expected, budget.found) == (Decimal("9.22"), Decimal("9.21"))
    (heads,) = fails(one, "staffing-target")
    assert (heads.expected, heads.found) == (Decimal(25), Decimal(30))
    (missing,) = fails(one, "performance-form-present")
    assert (missing.table, missing.expected) == ("carryover", Decimal("15.00"))
    (overall,) = fails(one, "performance-overall")
    assert (overall.expected, overall.found) == (Decimal("14.00"), Decimal("40.93"))
    (known,) = fails(one, "class-list-known")
    assert known.code == "委托业务费"
    (missed,) = fails(one, "class-list-complete")
    assert (missed.table, missed.expected) == ("basic_expenditure", Decimal("7.08"))
    return tuple(_page(p) for p in (budget.place, budget.other_place, heads.place, known.place))


def test_the_seeds_findings_stand_on_the_bundled_document(corpus: Path) -> None:
    assert _check_seed(*cases_in(corpus / SEED)) == (22, 15, 25, 16)


def test_the_seeds_findings_stand_on_the_typeset_sample(shared: Path) -> None:
    assert _check_seed(*cases_in(shared / "samples" / SEED)) == (23, 16, 26, 17)


def test_the_seed_has_no_other_fail(corpus: Path) -> None:
    (one,) = cases_in(corpus / SEED)
    assert {(f.table, f.code) for f in fails(one)} == {
        ("performance_project", ""),
        ("indicators", "保障办公人员数量"),
        ("carryover", "科技特派员工作补助经费"),
        ("performance_overall", ""),
        ("narrative", "委托业务费"),
        ("basic_expenditure", "30226"),
    }
