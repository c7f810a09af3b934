"""Projects and the forms of their targets."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetkit.disclosure import DisclosureRows, select
from budgetkit.summary.projects import projects, target_forms
from tests.helpers.truth import NAMES, bare, read, truth

TABLED = ("project_expenditure", "carryover")


def disclosure_of(dataset: Path, name: str) -> DisclosureRows:
    told = truth(name)
    return select(read(dataset), told["department"], told["scope"], told["year"])


@pytest.mark.parametrize("name", NAMES)
def test_each_project_of_a_table_is_listed_once_with_its_size(
    sample_dataset: Path, name: str
) -> None:
    printed = {
        (bare(fact["project"]), fact["value"])
        for fact in truth(name)["facts"]
        if fact["project"] and fact["table"] in TABLED and fact["measure"] == "total"
    }
    found = projects(disclosure_of(sample_dataset, name))
    sizes = [
        (bare(place.name), round(figure.amount, 2))
        for project in found
        for where, figure in project.amounts
        if where in ("table", "carryover")
        for place in figure.places
    ]
    listed = [
        (bare(project.name), round(figure.amount, 2))
        for project in found
        for where, figure in project.amounts
        if where in ("table", "carryover")
    ]
    assert len(sizes) == len(listed)
    assert {size for _, size in printed} <= {size for _, size in listed}


@pytest.mark.parametrize("name", NAMES)
def test_the_largest_comes_first(sample_dataset: Path, name: str) -> None:
    sizes = [
        project.figure.amount if project.figure else -1.0
        for project in projects(disclosure_of(sample_dataset, name))
    ]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("name", NAMES)
def test_every_form_and_target_is_there(sample_dataset: Path, name: str) -> None:
    forms = target_forms(disclosure_of(sample_dataset, name))
    told = truth(name)["indicators"]
    assert sorted(len(form.rows) for form in forms) == sorted(len(form["rows"]) for form in told)


def test_weights_add_up_only_where_all_are_numbers(sample_dataset: Path) -> None:
    forms = target_forms(disclosure_of(sample_dataset, "changji-kjj-2025"))
    told = [
        sum(float(row[6]) for row in form["rows"])
        for form in truth("changji-kjj-2025")["indicators"]
        if all(str(row[6]).replace(".", "").isdigit() for row in form["rows"])
    ]
    assert sorted(form.weight for form in forms if form.weight is not None) == sorted(told)
