"""Several slips in one copy stay apart."""

from __future__ import annotations

from itertools import combinations

import pytest

from budgetkit.corpus.model import Disclosure
from budgetkit.errors import UsageError
from budgetkit.plant.several import broken_copy
from budgetkit.plant.sources import corpus


@pytest.mark.parametrize("model", corpus()[::10], ids=lambda model: model.key)
def test_three_slips_share_no_table_sentence_or_figure(model: Disclosure) -> None:
    copy = broken_copy(model, 7, number=3, others=corpus())
    slips = [error.slip for error in copy.errors]
    assert len({slip.kind for slip in slips}) == 3
    for one, other in combinations(slips, 2):
        assert not one.touches & other.touches
        assert not ({one.was, one.now} - {None}) & {other.was, other.now}
    pages = [error.page for error in copy.errors]
    assert pages == sorted(pages)


def test_a_kind_may_come_again_when_all_were_taken() -> None:
    copy = broken_copy(corpus()[0], 1, kinds=("narrative_amount",), number=2)
    assert [error.slip.kind for error in copy.errors] == ["narrative_amount"] * 2


def test_too_many_are_refused() -> None:
    with pytest.raises(UsageError, match="room for 1 such errors, not for 2"):
        broken_copy(corpus()[0], 1, kinds=("head_count",), number=2)
