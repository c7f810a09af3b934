"""What is planted is found by the audit, at its page (slow: the whole table of kinds)."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetkit.checks.audit.catalogue import run_checks
from budgetkit.checks.printed import FAIL
from budgetkit.corpus.typeset import typeset
from budgetkit.plant.kinds import KINDS, possible
from budgetkit.plant.several import Copy, broken_copy
from budgetkit.plant.sources import corpus
from tests.helpers.cases import cases_in

OLD = KINDS[:10]
BY_KEY = {model.key: model for model in corpus()}
#: A disclosure of each template, and one whose pages are broken in the middle of its tables.
#: Seeds of each kind and document; `benchmarks/planted.py` goes through as many as one likes.
SEEDS = range(6)
KEYS = ("yunting-sjj-2024", "yanping-sfj-2024", "yunting-wjw-2024", "yunting-mzj-2025")


def pages_of_fails(copy: Copy, folder: Path) -> set[int]:
    (case,) = cases_in(typeset(copy.model, folder / f"{copy.model.key}.pdf"))
    fails = [finding for _, finding in run_checks(case) if finding.status == FAIL]
    places = [place for finding in fails for place in (finding.place, finding.other_place) if place]
    return {place.page for place in places}


@pytest.mark.parametrize("key", KEYS[:3])
def test_three_errors_of_one_copy_are_all_found(key: str, tmp_path: Path) -> None:
    copy = broken_copy(BY_KEY[key], 7, kinds=OLD, number=3, others=corpus())
    assert {error.page for error in copy.errors} <= pages_of_fails(copy, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("kind", OLD)
@pytest.mark.parametrize("key", KEYS)
def test_the_old_kinds_are_found_at_their_page(key: str, kind: str, tmp_path: Path) -> None:
    model = BY_KEY[key]
    if kind not in possible(model, (kind,), corpus()):
        return
    for seed in SEEDS:
        folder = tmp_path / str(seed)
        folder.mkdir()
        copy = broken_copy(model, seed, kinds=(kind,), others=corpus())
        assert copy.errors[0].page in pages_of_fails(copy, folder), (seed, copy.errors)


@pytest.mark.slow
@pytest.mark.parametrize("key", KEYS)
def test_a_clean_disclosure_has_nothing(key: str, tmp_path: Path) -> None:
    assert pages_of_fails(Copy(BY_KEY[key], ()), tmp_path) == set()
