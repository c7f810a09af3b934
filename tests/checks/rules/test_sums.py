"""Sums and equalities: planted slips are found where they stand, and clean documents are clean."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from budgetkit.checks.audit.catalogue import run_checks
from budgetkit.checks.messages import sentence_of
from budgetkit.checks.printed import FAIL, PASS, ROUNDING, SKIPPED
from budgetkit.schema import PERCENT_RULE
from tests.helpers.cases import Case, case, cases_in, cases_of_dataset, fact, run
from tests.typesetter import invent, plant, typeset

FAMILIES = ("xinjiang11", "shanghai9", "jiangsu12")
KINDS = ("item", "total", "basic_item", "project_total", "three_public_total")
OWN = ("arithmetic", "cross_table")

#: Every fail of the arithmetic and cross-table kinds on published documents, looked up on its
#: page: the form asks for 10,903,043.00 in the year, of which 11,419,043.00 are appropriation of
#: the year, and as much is more than the 10,903,043.00 of fiscal money of the whole project.
TRUE = {
    ("shanghai-putuo-wanli-2023", "form-columns", 35, "1090.3043", "1141.9043"),
    ("shanghai-putuo-wanli-2023", "form-fiscal-within-whole", 35, "1141.9043", "1090.3043"),
}


def found(one: Case, *statuses: str) -> list[tuple[str, str, str, str]]:
    """Check, table, code and measure of the findings of the own kinds."""
    return [
        (check.id, finding.table, finding.code, finding.measure)
        for check, finding in run_checks(one)
        if check.kind in OWN and finding.status in statuses
    ]


def statuses(one: Case, check: str) -> list[str]:
    return [finding.status for item, finding in run_checks(one) if item.id == check]


@pytest.mark.parametrize(
    ("family", "kind"), [*product(FAMILIES, KINDS), ("xinjiang11", "carryover_total")]
)
def test_planted_slips_are_found_at_their_row(family: str, kind: str, tmp_path: Path) -> None:
    wrong, slip = plant(invent(31, 2024, family), kind)
    (one,) = cases_in(typeset(wrong, tmp_path / "wrong.pdf"))
    rows = {(table, code) for _, table, code, _ in found(one, FAIL)}
    assert (slip.table, slip.code) in rows


@pytest.mark.parametrize("family", FAMILIES)
def test_clean_documents_of_every_family_have_no_fail(family: str, tmp_path: Path) -> None:
    (one,) = cases_in(typeset(invent(31, 2024, family), tmp_path / "clean.pdf"))
    assert found(one, FAIL) == []
    assert len(found(one, PASS)) > 100


def test_the_bundled_documents_have_no_fail(sample_dataset: Path) -> None:
    cases = cases_of_dataset(sample_dataset)
    assert len(cases) > 20
    for one in cases:
        assert found(one, PASS), one.document
        assert found(one, FAIL) == [], one.document


def test_samples_have_no_fail(shared: Path) -> None:
    paths = [path for path in (shared / "samples").glob("*.pdf") if "scan" not in path.name]
    cases = cases_in(*sorted(paths))
    assert len(cases) == len(paths)
    for one in cases:
        assert found(one, PASS), one.document
        assert found(one, FAIL) == [], one.document


@pytest.mark.slow
def test_every_fail_on_published_documents_is_a_true_one(shared: Path) -> None:
    fails = {
        (
            finding.document,
            check.id,
            finding.place.page if finding.place else 0,
            str(finding.found),
            str(finding.expected),
        )
        for one in cases_in(*sorted((shared / "real").glob("*.pdf")))
        for check, finding in run_checks(one)
        if check.kind in OWN and finding.status == FAIL
    }
    assert {row[:3] for row in fails} == {row[:3] for row in TRUE}
    assert {tuple(float(text) for text in row[3:]) for row in fails} == {
        tuple(float(text) for text in row[3:]) for row in TRUE
    }


def test_the_seeds_rounded_sums_are_rounding(corpus: Path) -> None:
    (one,) = cases_in(corpus / "changji-kjj-2025.pdf")
    rounded = set(found(one, ROUNDING))
    assert {(table, code) for _, table, code, _ in rounded} == {
        ("basic_expenditure", "301"),
        ("basic_expenditure", "302"),
    }
    assert found(one, FAIL) == []


def test_a_level_that_is_left_out_breaks_nothing() -> None:
    rows = [fact("expenditure", code, "5.00") for code in ("total", "206", "2060101")]
    assert statuses(case(facts=rows), "class-of-subclasses") == [PASS]
    rows[2] = fact("expenditure", "2060101", "4.00")
    assert statuses(case(facts=rows), "class-of-subclasses") == [FAIL]


def test_projects_are_held_against_their_item() -> None:
    item = fact("project_expenditure", "2060101", "5.00")
    parts = [
        fact("project_expenditure", "2060101", printed, project=project)
        for project, printed in (("a", "2.00"), ("b", "3.00"))
    ]
    assert statuses(case(facts=[item, *parts]), "subclass-of-items") == [PASS]
    wrong = fact("project_expenditure", "2060101", "6.00")
    assert statuses(case(facts=[wrong, *parts]), "subclass-of-items") == [FAIL]


def test_of_two_readings_of_a_table_the_one_that_leaves_out_no_row_is_taken() -> None:
    """One wrong row is a failure of either; the reading without its column accuses the total."""
    rows = [
        fact("project_expenditure", "total", "10.00", fact_id="a.1"),
        fact("project_expenditure", "total", "7.00", measure="general_budget"),
        fact("project_expenditure", "total", "3.00", measure="carryover"),
        fact("project_expenditure", "2060401", "7.00", project="甲"),
        fact("project_expenditure", "2060401", "7.00", project="甲", measure="general_budget"),
        fact("project_expenditure", "2060402", "3.00", project="乙"),
        fact("project_expenditure", "2060402", "8.00", project="乙", measure="carryover"),
    ]
    places = {"total": 1, "2060401": 2, "2060402": 3}
    columns = {"total": 1, "general_budget": 2, "carryover": 3}
    rows = [
        row | {"fact_id": f"d:p:{places[row['code']]}.{columns[row['measure']]}"} for row in rows
    ]
    found = run(case(facts=rows), "project-columns")
    assert {(f.code, f.status) for f in found} == {
        ("total", "pass"), ("2060401", "pass"), ("2060402", "fail"),
    }  # fmt: skip


def test_a_blank_is_not_zero() -> None:
    rows = [fact("expenditure", "total", "5.00")]
    rows += [fact("expenditure", "206", "5.00", measure="basic")]
    assert FAIL not in statuses(case(facts=rows), "total-of-classes")


def test_a_choice_of_rows_is_not_added_up() -> None:
    rows = [fact("expenditure", code, "9.00") for code in ("201", "204", "205", "206", "208")]
    rows += [
        fact("expenditure", f"{code}01", f"{n}.00")
        for n, code in enumerate(("201", "204", "205", "206", "208"), 1)
    ]
    assert statuses(case(facts=rows), "class-of-subclasses") == [SKIPPED]


def test_an_amount_that_was_not_read_accuses_nobody() -> None:
    rows = [fact("expenditure", "total", "5.00"), fact("expenditure", "206", "4.00")]
    lost = [{"document": "d", "table": "expenditure", "text": "1.00"}]
    assert statuses(case(facts=rows), "total-of-classes") == [FAIL]
    assert statuses(case(facts=rows, unmapped=lost), "total-of-classes") == [SKIPPED]


def test_percents_that_are_listed_were_understood() -> None:
    rows = [fact("expenditure", "total", "5.00"), fact("expenditure", "206", "4.00")]
    listed = [{"document": "d", "table": "expenditure", "text": "4.25", "rule": PERCENT_RULE}]
    assert statuses(case(facts=rows, unmapped=listed), "total-of-classes") == [FAIL]


def test_a_table_that_is_printed_again_is_added_up_each_time() -> None:
    first = {"total": "7.00", "301": "5.00", "30101": "2.00", "30102": "3.00", "302": "2.00"}
    again = {"total": "7.00", "301": "6.00", "302": "2.00"}
    rows = [
        fact("basic_expenditure", code, amount) | {"fact_id": f"d:basic_expenditure{at}:{code}"}
        for at, codes in (("", first), ("-2", again))
        for code, amount in codes.items()
    ]
    one = case(facts=rows)
    assert statuses(one, "class-of-subclasses") == [PASS]
    assert statuses(one, "total-of-classes") == [PASS, FAIL]
    rows[-3] |= {"printed": "9.00"}  # the totals differ: the second may count something else
    assert FAIL not in statuses(case(facts=rows), "total-of-classes")


def table(name: str, title: str = "") -> dict[str, object]:
    empty = {"unit": "万元", "pages": "1", "note": "", "n_rows": 9, "n_facts": 9}
    return {"document": "d", "table": name, "title": title} | empty


def test_the_table_that_contradicts_itself_is_accused() -> None:
    codes = {"total": "7.00", "206": "7.00", "20601": "7.00", "2060101": "3.00", "2060102": "4.00"}
    wrong = codes | {"2060101": "5.00"}
    rows = [fact("expenditure", code, amount) for code, amount in codes.items()]
    rows += [fact("revenue", code, amount) for code, amount in wrong.items()]
    one = case(facts=rows, tables=[table("expenditure"), table("revenue")])
    told = [row for row in found(one, FAIL) if row[0] == "revenue-expenditure-codes"]
    assert told == [("revenue-expenditure-codes", "revenue", "2060101", "total")]


def test_tables_that_count_different_things_are_not_compared() -> None:
    rows = [fact("expenditure", code, "9.00") for code in ("total", "206", "20601", "2060101")]
    rows += [fact("revenue", code, "7.00") for code in ("total", "206", "20601", "2060101")]
    one = case(facts=rows, tables=[table("expenditure"), table("revenue")])
    assert statuses(one, "revenue-expenditure-codes") == [SKIPPED]


def test_a_difference_that_is_the_carry_over_is_no_error() -> None:
    rows = [
        fact("general_expenditure", "total", "9.00"),
        fact("appropriation_summary", "total", "7.00", section="expenditure")
        | {"measure": "general_budget"},
        fact("summary", "carryover", "2.00", section="revenue", measure="amount"),
    ]
    tables = [table("general_expenditure"), table("appropriation_summary"), table("summary")]
    assert statuses(case(facts=rows, tables=tables), "appropriation-budgets") == [SKIPPED]
    rows[2] = fact("summary", "carryover", "3.00", section="revenue", measure="amount")
    assert statuses(case(facts=rows, tables=tables), "appropriation-budgets") == [FAIL]


def test_a_row_shows_the_carry_over_where_the_total_has_an_error_of_its_own() -> None:
    codes = {"total": ("44.00", "11.00"), "205": ("2.00", "2.00"), "206": ("9.00", "7.00")}
    codes |= dict.fromkeys(("208", "210", "213", "221", "229"), ("1.00", "1.00"))
    rows = [fact("summary", "carryover", "2.00", section="revenue", measure="amount")]
    for code, (general, fiscal) in codes.items():
        rows.append(fact("general_expenditure", code, general))
        rows.append(fact("revenue", code, fiscal, measure="fiscal_subtotal"))
    tables = [table(name) for name in ("general_expenditure", "revenue", "summary")]
    assert statuses(case(facts=rows, tables=tables), "revenue-fiscal-codes") == [SKIPPED]


def test_yuan_and_wan_agree_to_half_of_the_coarser_digit() -> None:
    def one(printed: str) -> Case:
        rows = [
            fact("operating_costs", "total", printed),
            fact("three_public", "operating_costs", "1,710,062", unit="元"),
        ]
        return case(facts=rows, tables=[table("operating_costs"), table("three_public")])

    assert statuses(one("171.01"), "running-costs") == [ROUNDING]
    assert statuses(one("171.02"), "running-costs") == [FAIL]


def test_an_uncertain_figure_says_read_it_yourself() -> None:
    rows = [
        fact("expenditure", "total", "5.00"),
        fact("expenditure", "206", "4.00", certainty="repaired"),
    ]
    (finding,) = [f for c, f in run_checks(case(facts=rows)) if c.id == "total-of-classes"]
    assert not finding.sure
    assert "read this yourself" in sentence_of(finding).en
    assert "请先对照原文" in sentence_of(finding).zh


def test_an_absent_table_is_named() -> None:
    (finding,) = [f for c, f in run_checks(case(facts=[])) if c.id == "carryover-columns"]
    assert (finding.status, "上年结转结余表" in sentence_of(finding).zh) == (SKIPPED, True)
    assert "carry-over table" in sentence_of(finding).en


def test_parts_that_are_more_than_their_limit_are_said_to_be_so() -> None:
    name = "performance_project"
    facts = [
        fact(name, "", "11.00", measure="fiscal") | {"fact_id": "form:fiscal"},
        fact(name, "", "10.00", measure="whole_fiscal") | {"fact_id": "form:whole_fiscal"},
    ]
    one = case(facts=facts, tables=[table(name)])
    (said,) = [f for check, f in run_checks(one) if check.id == "form-fiscal-within-whole"]
    assert said.status == FAIL
    before, after = sentence_of(said).zh.split(" 超出 ")
    assert "财政资金" in before
    assert "应不超过10.00万元，列示11.00万元" in after
    assert "is more than" in sentence_of(said).en


def test_a_unit_is_within_its_department() -> None:
    from dataclasses import replace

    unit = case(facts=[fact("expenditure", "206", "5.00")], scope="unit")
    for printed, status in (("5.00", PASS), ("4.99", FAIL)):
        whole = case(facts=[fact("expenditure", "206", printed)])
        assert statuses(replace(whole, units=(unit,)), "unit-within-department") == [status]


def of_rows(facts: list[dict[str, object]], check: str) -> list[str]:
    return [finding.status for finding in run(case(facts=facts), check)]


def row_of(table: str, code: str, **amounts: str) -> list[dict[str, object]]:
    """A printed row: its figures share all of their id but the column."""
    return [
        fact(table, code, printed, measure=measure) | {"fact_id": f"d:{table}:{code}.{at}"}
        for at, (measure, printed) in enumerate(amounts.items())
    ]


@pytest.mark.parametrize(("change", "status"), [("12.00", PASS), ("-12.00", FAIL)])
def test_a_change_is_this_year_less_the_last(change: str, status: str) -> None:
    facts = row_of(
        "three_public", "reception", previous_total="40.00", total="52.00", change=change
    )
    assert of_rows(facts, "change-columns") == [status]


def test_last_years_execution_stands_in_the_row_of_this_years_budget() -> None:
    row = row_of(
        "general_expenditure", "206", previous_total="40.00", total="52.00", change="21.00"
    )
    stages = ("executed", "budget", "budget")
    facts = [{**one, "stage": stage} for one, stage in zip(row, stages, strict=True)]
    assert of_rows(facts, "change-columns") == [FAIL]


def test_without_a_column_of_changes_two_years_are_no_parts_of_each_other() -> None:
    facts = row_of("three_public", "reception", previous_total="60.00", total="52.00")
    assert of_rows(facts, "change-columns") == [SKIPPED]


@pytest.mark.parametrize(("fund", "status"), [("4.50", PASS), ("5.50", FAIL)])
def test_funds_add_up_in_a_table_of_basic_expenditure(fund: str, status: str) -> None:
    facts = row_of(
        "basic_expenditure", "30211", total="4.50", fiscal_subtotal="4.50", general_budget=fund
    )
    assert of_rows(facts, "fiscal-columns")[-1] == status


@pytest.mark.parametrize(("amount", "status"), [("7.00", PASS), ("9.00", FAIL)])
def test_uses_add_up_in_a_table_by_the_economic_classification(amount: str, status: str) -> None:
    facts = row_of("general_economic", "302", total="10.00", basic="3.00", project=amount)
    assert of_rows(facts, "expenditure-columns") == [status]


@pytest.mark.parametrize(("fund", "status"), [("4.50", PASS), ("4.40", FAIL), ("5.50", FAIL)])
def test_funds_add_up_in_a_table_of_procurement(fund: str, status: str) -> None:
    facts = row_of(
        "procurement", "2060101", total="4.50", fiscal_subtotal="4.50", general_budget=fund
    )
    assert of_rows(facts, "procurement-total") == [status]


@pytest.mark.parametrize(("least", "status"), [("1.00", SKIPPED), ("6.00", FAIL)])
def test_one_column_beside_a_total_may_be_a_part_of_it(least: str, status: str) -> None:
    facts = [
        one
        for code, part in (("total", least), ("301", "6.00"), ("303", "6.00"), ("302", "3.00"))
        for one in row_of(
            "basic_expenditure", code, total="6.00" if code != "302" else "3.50", operating=part
        )
    ]
    assert of_rows(facts, "basic-columns")[-1] == status


def test_basic_expenditure_of_one_budget_is_not_that_of_all_funds() -> None:
    rows = [
        fact("basic_expenditure", "total", "5.00"),
        fact("expenditure", "total", "7.00", measure="basic"),
    ]
    tables = [table("basic_expenditure"), table("expenditure")]
    assert statuses(case(facts=rows, tables=tables), "appropriation-basic") == [SKIPPED]


def test_transfers_are_part_of_the_appropriation() -> None:
    rows = [
        fact("appropriation_summary", "total", "7.00", section="revenue", measure="amount"),
        fact("revenue", "total", "4.00", measure="general_budget"),
        fact("revenue", "total", "3.00", measure="general_budget_transfer"),
    ]
    tables = [table("appropriation_summary"), table("revenue")]
    assert statuses(case(facts=rows, tables=tables), "appropriation-total") == [PASS]
