"""Whose documents are that do not say so themselves."""

from __future__ import annotations

from typing import Any

from budgetkit.extraction.dataset_rows import NO_DEPARTMENT, NO_YEAR, Rows, empty_rows
from budgetkit.extraction.prose.departments import department_id
from budgetkit.extraction.who import Found, note_joined_files, settle

COLUMNS = ("table", "code", "section", "measure", "budget_unit", "amount")


def found(
    name: str,
    department: str = "",
    year: int | None = None,
    rows: Rows | None = None,
    **about: Any,
) -> Found:
    """A document of these rows, with the problems that it has."""
    problems = [NO_DEPARTMENT] * (not department) + [NO_YEAR] * (not year)
    document = {
        "document": name,
        "source": f"{name}.pdf",
        "department": department,
        "department_id": department_id(department),
        "scope": "department",
        "level": "",
        "region": "",
        "year": year,
        "kind": "budget",
        "n_tables": 0,
        "status": "partial" if problems else "ok",
        "error": "; ".join(problems),
    }
    return Found.of(document | about, rows or empty_rows())


def tables(name: str, *totals: float, ids: tuple[str, ...] = ("summary",), **about: Any) -> Found:
    """A document of tables, with the totals of its summary."""
    rows = empty_rows()
    rows["tables"] += [{"table": table} for table in ids]
    for total in totals:
        values = ("summary", "total", "revenue", "amount", "", total)
        rows["facts"].append(dict(zip(COLUMNS, values, strict=True)))
    return found(name, rows=rows, n_tables=len(ids), **about)


def text(name: str, *totals: float, **about: Any) -> Found:
    """A document of prose, with the totals that it states."""
    rows = empty_rows()
    rows["narrative"] += [{"item": "收入预算", "amount": total} for total in totals]
    return found(name, rows=rows, **about)


def test_text_and_tables_of_the_same_total_are_one_disclosure() -> None:
    one = tables("a", 1234.567891, department="某市某局")
    other = text("b", 1234.57, 3.0, year=2026)
    settle([one, other])
    assert one.document["year"] == other.document["year"] == 2026
    assert one.document["department"] == other.document["department"] == "某市某局"
    assert one.document["status"] == "ok"
    why = "both print a total of 1,234.57 万元"
    assert one.document["error"] == f"its budget year is that of b.pdf: {why}"
    assert other.document["error"] == f"its department is that of a.pdf: {why}"


def test_nothing_is_joined_that_is_not_sure() -> None:
    rivals = [tables("a", 50.0), tables("b", 50.0), text("c", 50.0, department="某局", year=2026)]
    settle(rivals)
    assert [item.document["department"] for item in rivals] == ["", "", "某局"]
    named = [tables("a", 50.0, department="甲局"), text("b", 50.0, department="乙局", year=2026)]
    settle(named)
    assert named[0].document["year"] is None
    kinds = [tables("a", 50.0, kind="final_account"), text("b", 50.0, department="乙局", year=2026)]
    settle(kinds)
    assert kinds[0].document["department"] == ""


def test_a_text_of_a_unit_makes_its_tables_those_of_the_unit() -> None:
    one = tables("a", 50.0, department="某局", year=2026)
    other = text("b", 50.0, department="某局", year=2026, scope="unit")
    settle([one, other])
    assert one.document["scope"] == "unit"
    assert "its scope is that of b.pdf" in one.document["error"]


def test_target_forms_take_the_year_of_their_departments_disclosure() -> None:
    forms = tables("forms", ids=("performance_project",), department="某局")
    settle([forms, tables("budget", 5.0, department="某局", year=2026)])
    assert forms.document["year"] == 2026
    assert "budget.pdf" in forms.document["error"]


def test_the_name_of_the_file_comes_last() -> None:
    item = tables("某市某局2026年部门预算")
    settle([item])
    assert (item.document["department"], item.document["year"]) == ("某市某局", 2026)
    assert "stands in the name of its file" in item.document["error"]
    assert item.document["status"] == "ok"


def test_names_that_look_alike_are_said() -> None:
    items = [tables("a", department="某市退役局", year=2025)]
    items.append(tables("b", department="某市退役军人事务局", year=2026))
    settle(items)
    assert "'某市退役军人事务局' may be the same department" in items[0].document["error"]
    assert items[0].document["status"] == "ok"


def test_files_of_one_disclosure_are_noted() -> None:
    about = {"department": "某局", "year": 2026}
    main, prose, forms, again, final = (
        tables("a", **about),
        found("b", **about),
        tables("c", ids=("performance_project",), **about),
        tables("d", **about),
        tables("e", **about, kind="final_account"),
    )
    note_joined_files([main, prose, forms, again, final])
    assert "tables are in a.pdf" in prose.document["error"]
    assert (forms.document["status"], again.document["status"]) == ("ok", "partial")
    assert final.document["error"] == ""
