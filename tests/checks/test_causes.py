"""One error is one finding, and a finding is certain where all around it holds."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from budgetkit.checks.audit.causes import judge
from budgetkit.checks.audit.checks_table import by_status
from budgetkit.checks.case import Case
from budgetkit.checks.finding import Finding
from tests.helpers.cases import CHECKS, case, fact, said, table


def row(code: str, total: str, basic: str, project: str) -> list[dict[str, Any]]:
    """A row of the expenditure table."""
    amounts = {"total": total, "basic": basic, "project": project}
    return [fact("expenditure", code, text, measure=m) for m, text in amounts.items()]


def disclosure(*changed: dict[str, Any], **fields: Any) -> Case:
    """Two tables whose figures agree, but for those that are changed."""
    facts = [
        *row("total", "100.00", "60.00", "40.00"),
        *row("206", "70.00", "40.00", "30.00"),
        *row("208", "30.00", "20.00", "10.00"),
        fact("summary", "206", "70.00", section="expenditure", measure="amount"),
        fact("summary", "208", "30.00", section="expenditure", measure="amount"),
        fact("summary", "total", "100.00", section="expenditure", measure="amount"),
        fact("summary", "total", "100.00", section="revenue", measure="amount"),
    ]
    facts = [one | {"fact_id": _id(one)} for one in facts]
    for change in changed:
        (at,) = (i for i, one in enumerate(facts) if _id(one) == _id(change))
        facts[at] |= change
    tables = [table("expenditure"), table("summary")]
    return _of_a_bureau(case(facts=facts, tables=tables, **fields))


def _of_a_bureau(one: Case) -> Case:
    document = {**one.documents[0], "department": "某局", "scope": "department", "year": 2025}
    return Case(one.key, (document,), one.rows)


def _id(one: dict[str, Any]) -> str:
    return f"d:{one['table']}:{one['section']}.{one['code']}.{one['measure']}"


def failures(one: Case) -> list[dict[str, Any]]:
    """The failures of a case, as rows of ``checks``."""
    found: list[dict[str, Any]] = by_status([one])["fail"].to_pylist()
    return [found for found in found if found["kind"] in ("arithmetic", "cross_table", "narrative")]


WRONG = {
    "table": "expenditure",
    "section": "",
    "code": "206",
    "measure": "total",
    "printed": "79.00",
}


def test_what_agrees_has_no_cause() -> None:
    assert failures(disclosure()) == []


def test_a_figure_that_breaks_its_row_its_column_and_another_table_is_one_finding() -> None:
    found = failures(disclosure(WRONG))
    assert {one["check"] for one in found} >= {"expenditure-columns", "total-of-classes"}
    assert {one["check"] for one in found} >= {"summary-classes"}
    assert len({one["cause"] for one in found}) == 1
    assert all(one["certain"] for one in found)


def test_an_english_finding_begins_in_upper_case_and_calls_tables_by_name() -> None:
    found = [one["message_en"] for one in failures(disclosure(WRONG))]
    assert any(words.startswith("Expenditure table, ") for words in found)


def test_sums_single_out_the_figure_to_doubt() -> None:
    for one in failures(disclosure(WRONG)):
        assert "206" in one["message_en"].partition("; all other sums hold: ")[2]
        assert "疑为" in one["message_zh"]
        assert "d:expenditure:.206.total" in (one["fact_id"], one["other_fact_id"])


def test_a_row_that_is_missing_is_one_finding_in_all_columns() -> None:
    facts = [
        *row("total", "100.00", "60.00", "40.00"),
        *row("206", "70.00", "40.00", "30.00"),
        *row("208", "20.00", "11.00", "9.00"),  # and 10.00, 9.00, 1.00 of a class that is gone
    ]
    found = failures(_of_a_bureau(case(facts=facts, tables=[table("expenditure")])))
    sums = [one for one in found if one["check"] == "total-of-classes"]
    assert sorted(one["measure"] for one in sums) == ["basic", "project", "total"]
    assert len({one["cause"] for one in sums}) == 1


def test_two_errors_are_two_findings() -> None:
    other = {
        "table": "summary",
        "section": "revenue",
        "code": "total",
        "measure": "amount",
        "printed": "104.00",
    }
    assert len({one["cause"] for one in failures(disclosure(WRONG, other))}) == 2


def test_a_figure_that_the_reader_put_together_wants_a_look() -> None:
    repaired = disclosure(WRONG)
    facts = [
        one | {"certainty": "repaired"} if one["fact_id"].endswith(".206.total") else one
        for one in repaired.rows["facts"]
    ]
    rows = defaultdict(list, {**repaired.rows, "facts": facts})
    doubted = Case(repaired.key, repaired.documents, rows)
    assert not any(one["certain"] for one in failures(doubted))


def test_a_sentence_is_held_against_a_figure_that_sums_support() -> None:
    text = "2025年支出总预算101.00万元，"
    spoken = [said(text, "支出总预算", amount=101.0)]
    (one,) = failures(disclosure(narrative=spoken))
    assert (one["check"], one["certain"]) == ("narrative-amount", True)
    assert "“101.00万元” (1,010,000 yuan) in the prose" in one["message_en"]
    assert "difference 10,000 yuan" in one["message_en"]
    other = [said("2025年支出总预算3,217.50万元，", "支出总预算", amount=3217.5)]
    (one,) = failures(disclosure(narrative=other))
    assert not one["certain"]  # not a slip of the same number: the sentence may speak of another


def share(found: str, expected: str, item: str) -> Finding:
    return Finding(
        "fail",
        "share_pct",
        {"item": item},
        Decimal(expected),
        Decimal(found),
        measure="share_pct",
        document="d",
        code=item,
    )


def test_shares_of_one_other_whole_are_one_finding() -> None:
    key = ("d", "某局", "department", 2025)
    shares = [
        share("16.81", "51.28", "甲"),
        share("8.75", "26.69", "乙"),
        share("7.0", "7.5", "丙"),
    ]
    verdicts = judge([(key, CHECKS["narrative-share"], one) for one in shares])
    assert verdicts[0].cause == verdicts[1].cause != verdicts[2].cause
    assert not any(verdict.certain for verdict in verdicts.values())
