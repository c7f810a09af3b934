"""Another digit of a recognised figure is a proposal, and no finding against anybody."""

from __future__ import annotations

from tests.helpers.cases import case, fact, run


def test_another_digit_is_proposed_and_nobody_accused() -> None:
    wrong = fact("expenditure", "206", "280.00", certainty="doubtful", proposed="200.00")
    (found,) = run(case(facts=[wrong, fact("expenditure", "208", "1.00")]), "recognised-digit")
    assert (found.status, found.code, found.sure) == ("skipped", "206", False)
    assert found.words == {"printed": "280.00", "proposed": "200.00"}


def test_without_proposals_there_is_nothing_to_say() -> None:
    (found,) = run(case(facts=[fact("expenditure", "208", "1.00")]), "recognised-digit")
    assert found.status == "pass"
