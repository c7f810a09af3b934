"""Budget against final account: rates where both are known, a reason with its page where not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import budgetkit as bk
from budgetkit.disclosure import DisclosureKey, DisclosureRows, keys, select, year_before
from budgetkit.extraction.extract import extract
from budgetkit.render.labels import LANGUAGES, Labels
from budgetkit.summary.execution import Execution, execution, execution_of
from tests.helpers.cases import PLACE, fact
from tests.helpers.finals import DEPARTMENT, THREE, YEAR, Pair, typeset_pair


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> bk.Dataset:
    folder = tmp_path_factory.mktemp("pair")
    stated = ("15.00", *THREE[1:])
    extract(typeset_pair(folder / "pdfs", Pair(three_stated=stated)), folder / "dataset", jobs=0)
    return bk.read_dataset(folder / "dataset")


def of_rows(kind: str, *facts: dict[str, Any], **rows: list[dict[str, Any]]) -> DisclosureRows:
    """A disclosure of these facts."""
    document = {"document": kind, "kind": kind, "status": "ok", "n_tables": 1, "source": kind}
    own = [row | {"document": kind, "amount": float(row["printed"])} for row in facts]
    tables = [{"document": kind, "table": name, "title": "", "pages": "7"}
              for name in dict.fromkeys(row["table"] for row in facts)]  # fmt: skip
    found = {"unmapped": [], "tables": tables, "facts": own, **rows}
    return DisclosureRows(DisclosureKey("某局", "department", 2024, kind), (document,), found)


def planned(code: str, printed: str, **fields: Any) -> dict[str, Any]:
    table = fields.pop("table", "expenditure")
    return fact(table, code, printed, **{"stage": "budget", "name": "某项", **fields})


def spent(code: str, printed: str, **fields: Any) -> dict[str, Any]:
    return planned(code, printed, **{"stage": "final", "page": 7, **fields})


def line_of(found: Execution, code: str) -> Any:
    line = found.line("functional", code)
    assert line is not None
    return line


def test_a_pair_of_documents_is_set_side_by_side(pair: bk.Dataset) -> None:
    (budget, final) = keys(pair)
    assert (budget.kind, final.kind) == ("budget", "final_account")
    found = execution_of(pair, final)
    assert found is not None
    whole = line_of(found, "total")
    assert (whole.budget.amount, whole.final.amount) == (1000.0, 967.0)
    assert whole.rate == pytest.approx(96.7)
    rates = {line.code: line.rate for group in found.groups for line in group.lines if line.rate}
    assert rates["2130305"] == pytest.approx(75.0)
    assert rates["30101"] == pytest.approx(106.0)
    assert rates["reception"] == pytest.approx(30.0)
    assert {place.document for place in whole.budget.places} == {f"water-{YEAR}"}


def test_a_line_of_one_document_has_no_rate(pair: bk.Dataset) -> None:
    found = execution_of(pair, keys(pair)[0])
    assert found is not None
    new = line_of(found, "2130314")
    assert (new.budget, new.final.amount, new.rate) == (None, 15.0, None)
    assert set(new.unknown) == {"budget"}


def test_the_adjusted_budget_is_that_of_the_final_accounts_own_table(pair: bk.Dataset) -> None:
    found = execution_of(pair, keys(pair)[0])
    assert found is not None
    (summary,) = (group for group in found.groups if group.table == "summary")
    assert summary.columns == ("stated", "adjusted", "final")
    line = summary.line("208")
    assert line is not None
    assert (line.adjusted.amount, line.budget) == (96.0, None) if line.adjusted else False
    assert line.adjusted_rate == pytest.approx(76 / 96 * 100)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_budget_that_is_printed_otherwise_is_said_with_both_pages(
    pair: bk.Dataset, lang: str
) -> None:
    found = execution_of(pair, keys(pair)[0])
    assert found is not None
    (one,) = found.restated
    assert one[1].code == "total"
    assert one[1].rate == pytest.approx(80.0)
    (words,) = one[1].remarks(Labels(lang))
    budget, published = ("15.00", "12.00") if lang == "zh" else ("0.15", "0.12")
    assert budget in words
    assert published in words
    assert "5" in words


def test_one_alone_is_no_pair_and_years_are_not_mixed(pair: bk.Dataset) -> None:
    key = DisclosureKey(DEPARTMENT, "department", YEAR + 1)
    assert execution_of(pair, key) is None
    account = select(pair, *keys(pair)[1])
    assert year_before(pair, replace(account, key=key)) is None or account.is_final_account


def test_a_zero_budget_has_no_rate() -> None:
    found = execution(
        of_rows("budget", planned("total", "0.00"), planned("201", "0.00")),
        of_rows("final_account", spent("total", "5.00"), spent("201", "5.00")),
    )
    line = line_of(found, "201")
    assert (line.rate, line.remarks(Labels("zh"))) == (None, ("预算不大于 0，没有执行率",))


def test_a_doubtful_figure_is_not_read_with_its_page() -> None:
    found = execution(
        of_rows("budget", planned("201", "5.00")),
        of_rows(
            "final_account", spent("201", "4.00", certainty="doubtful"), spent("total", "4.00")
        ),
    )
    line = line_of(found, "201")
    assert (line.final, line.rate) == (None, None)
    assert line.unknown["final"].words(Labels("en")) == "not read (see page 7)"


def test_a_line_that_may_be_unread_is_not_called_missing() -> None:
    lost = (
        {"document": "final_account", "table": "expenditure", "text": "3.0"} | PLACE | {"page": 9}
    )
    found = execution(
        of_rows("budget", planned("201", "5.00"), planned("202", "6.00")),
        of_rows("final_account", spent("201", "4.00"), unmapped=[lost]),
    )
    assert line_of(found, "202").unknown["final"].pages == (9,)
    assert line_of(found, "201").rate == pytest.approx(80.0)
    assert found.group("functional").unknown["final"].pages == (9,)


def test_a_budget_column_of_the_final_account_is_never_its_final_figure() -> None:
    found = execution(
        of_rows("budget", planned("201", "5.00")),
        of_rows("final_account", planned("201", "5.00"), spent("202", "1.00")),
    )
    line = line_of(found, "201")
    assert (line.final, line.stated.amount, line.rate) == (None, 5.0, None)


def test_tables_of_different_funds_are_not_compared() -> None:
    general = {"table": "general_expenditure"}
    found = execution(
        of_rows("budget", planned("201", "5.00")),
        of_rows("final_account", spent("201", "4.00", **general)),
    )
    (group,) = (group for group in found.groups if group.kind == "functional")
    assert (group.table, group.lines, group.unknown) == ("", (), {})


def test_three_public_of_the_general_budget_stands_against_the_same_fund() -> None:
    three = {"table": "three_public"}
    title = {"document": "final_account", "table": "three_public", "pages": "7",
             "title": "一般公共预算财政拨款“三公”经费支出决算表"}  # fmt: skip
    found = execution(
        of_rows(
            "budget",
            planned("total", "9.00", **three),
            planned("total", "8.00", measure="general_budget", **three),
        ),
        of_rows("final_account", spent("total", "4.00", **three), tables=[title]),
    )
    line = found.line("three_public", "total")
    assert line is not None
    assert line.rate == pytest.approx(50.0)


@pytest.mark.parametrize(
    ("published", "again", "differs"),
    [("5.00", "5.00", False), ("5.00", "5.01", True), ("5.004", "5.00", False)],
)
def test_a_budget_printed_again_agrees_within_its_digits(
    published: str, again: str, differs: bool
) -> None:
    found = execution(
        of_rows("budget", planned("201", published)),
        of_rows("final_account", planned("201", again), spent("201", "4.00")),
    )
    assert line_of(found, "201").is_restated is differs


def test_a_code_that_is_printed_twice_and_not_alike_is_not_read() -> None:
    found = execution(
        of_rows("budget", planned("201", "5.00"), planned("201", "6.00", x0=50.0)),
        of_rows("final_account", spent("201", "4.00")),
    )
    line = line_of(found, "201")
    assert (line.budget, line.unknown["budget"].pages, line.rate) == (None, (1,), None)


def test_an_unread_page_that_has_no_table_is_not_said_of_every_table() -> None:
    lost = {"document": "final_account", "table": None, "text": "3.0"} | PLACE | {"page": 29}
    document = {"document": "final_account", "kind": "final_account", "status": "partial",
                "n_tables": 1, "source": "f", "family": ""}  # fmt: skip
    account = of_rows("final_account", spent("201", "4.00"), unmapped=[lost])
    found = execution(
        of_rows("budget", planned("201", "5.00"), planned("202", "6.00")),
        replace(account, documents=(document,)),
    )
    assert found.group("functional").unknown == {}
    assert line_of(found, "202").unknown["final"].pages == (29,)
