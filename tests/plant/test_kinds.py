"""Each kind of slip breaks what it says, the same each time, and leaves the original as it is."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from budgetkit.corpus.families import load_family
from budgetkit.corpus.grid import build_table
from budgetkit.corpus.model import Disclosure
from budgetkit.corpus.truth import truth
from budgetkit.corpus.typeset import page_texts
from budgetkit.errors import UsageError
from budgetkit.plant.kinds import KINDS, check_kinds, described, make, plant, possible
from budgetkit.plant.several import broken_copy
from budgetkit.plant.slip import NoSuchFigure
from budgetkit.plant.slip_places import place_of
from budgetkit.plant.sources import corpus

BY_KEY = {model.key: model for model in corpus()}
#: A disclosure of each template, the one that can have each kind first.
MODELS = [BY_KEY[key] for key in ("yunting-mzj-2025", "yanping-sfj-2024", "yunting-wjw-2024")]


def model_for(kind: str) -> Disclosure:
    return next(model for model in MODELS if kind in possible(model, (kind,), corpus()))


def test_all_kinds_are_described() -> None:
    assert tuple(described()) == KINDS
    assert len(KINDS) == 18
    assert all(words.zh and words.en and words.shows_zh for words in described().values())


@pytest.mark.parametrize("kind", KINDS)
def test_a_slip_is_a_function_of_its_seed(kind: str) -> None:
    model = model_for(kind)
    before = json.dumps(truth(model))
    first, again = (plant(model, kind, 3, corpus()) for _ in range(2))
    assert first == again
    assert json.dumps(truth(model)) == before
    assert len({plant(model, kind, seed, corpus())[1] for seed in range(9)}) > 1


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_printed_now_stands_on_the_page(kind: str) -> None:
    assert_printed(model_for(kind), kind, range(1))


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.key)
def test_so_it_does_in_every_template(model: Disclosure, kind: str) -> None:
    if kind in possible(model, (kind,), corpus()):
        assert_printed(model, kind, range(1, 5))


def assert_printed(model: Disclosure, kind: str, seeds: range) -> None:
    for seed in seeds:
        copy = broken_copy(model, seed, kinds=(kind,), others=corpus())
        ((slip, page),) = [(error.slip, error.page) for error in copy.errors]
        assert slip.printed in "".join(page_texts(copy.model)[page - 1]), slip
        place = place_of(copy.model, slip)
        assert place.table
        assert place.row
        assert place.column, slip


def test_places_are_in_the_words_of_the_page() -> None:
    broken, slip = plant(MODELS[0], "swapped_columns", 1)
    place = place_of(broken, slip)
    assert place.table.startswith("表")
    assert "⇄" in place.column
    broken, slip = plant(MODELS[0], "weight", 1)
    assert place_of(broken, slip).column.endswith("权重")


def test_a_doubled_row_is_printed_twice() -> None:
    model = MODELS[0]
    broken, slip = plant(model, "doubled_row", 0)
    spec = load_family(model.family).spec(slip.table)
    assert spec is not None
    family = load_family(model.family)
    clean, wrong = (build_table(spec, one, family).body for one in (model, broken))
    assert len(wrong) == len(clean) + 1
    assert broken.facts == model.facts


def test_a_vanished_project_leaves_its_total_and_the_prose() -> None:
    model = MODELS[0]
    broken, slip = plant(model, "vanished_project", 0)
    gone = set(model.facts) - set(broken.facts)
    assert {fact.project for fact in gone} == {slip.project}
    assert {fact.table for fact in gone} == {slip.table}
    assert (broken.targets, broken.descriptions) == (model.targets, model.descriptions)


def test_last_year_and_unit_are_figures_of_the_other_document() -> None:
    office = BY_KEY["yanping-sfj-office-2024"]
    _, slip = plant(BY_KEY["yanping-sfj-2024"], "subordinate", 0, corpus())
    theirs = [f.value for f in office.facts if (f.table, f.code) == (slip.table, slip.code)]
    assert slip.now in theirs
    with pytest.raises(NoSuchFigure, match="no unit"):
        plant(office, "subordinate", 0, corpus())


def test_weights_never_make_another_right_sum() -> None:
    for seed in range(60):
        broken, _ = plant(MODELS[0], "weight", seed)
        (changed,) = set(broken.targets) - set(MODELS[0].targets)
        assert sum(int(row[6]) for row in changed.rows) not in (90, 100)


def test_a_wrong_amount_is_off_by_more_than_rounding_and_new() -> None:
    printed = {fact.value for fact in MODELS[0].facts}
    for seed in range(60):
        slip = make(MODELS[0], "item", seed).slip
        assert slip.was is not None
        assert slip.now is not None
        assert abs(slip.now - slip.was) >= 1
        assert slip.now not in printed
        assert slip.now > 0
        assert slip.now == slip.now.quantize(Decimal("0.01"))


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(UsageError, match="'itme' \\(is 'item' meant\\?\\); see"):
        check_kinds(["itme"])


def test_a_disclosure_without_the_figure_is_refused() -> None:
    bare = replace(MODELS[0], targets=())
    with pytest.raises(NoSuchFigure, match="no weights"):
        make(bare, "weight")
    assert "weight" not in possible(bare)
