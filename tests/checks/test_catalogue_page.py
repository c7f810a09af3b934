"""The catalogue page lists the checks that there are, and each was tested somewhere."""

from __future__ import annotations

import re

from budgetkit.checks.audit.catalogue import catalogue
from budgetkit.checks.audit.catalogue_page import PAGE, page

#: Checks that want a department and several of its units: tests/checks/rules/test_subordinates.py.
OF_MANY = {"unit-published"}
LINE = re.compile(r"^\| `([a-z0-9-]+)` \|(.*)\|$", re.M)


def test_the_page_in_the_package_lists_the_checks_of_today() -> None:
    text = PAGE.read_text(encoding="utf-8")
    rules, _, _ = text.partition("## What came of them")
    today, _, _ = page({}).partition("## What came of them")
    assert rules == today, "run python -m budgetkit.checks.audit.catalogue_page"


def test_no_check_is_skipped_everywhere() -> None:
    counts = PAGE.read_text(encoding="utf-8").partition("## What came of them")[2]
    found = {
        name: [cell.strip() for cell in cells.split("|")] for name, cells in LINE.findall(counts)
    }
    assert set(found) == {check.id for check in catalogue()}
    # Of each dataset four numbers: pass, rounding, fail, skipped.
    ran = {
        name for name, cells in found.items() if any(n and i % 4 < 3 for i, n in enumerate(cells))
    }
    skipped = {name for name, cells in found.items() if any(cells[3::4])}
    assert skipped - OF_MANY <= ran


def test_every_check_has_a_rule_in_both_languages() -> None:
    for check in catalogue():
        assert check.rule_en
        assert "\n" not in check.rule_zh + check.rule_en
        assert re.search(r"[一-鿿]", check.rule_zh), check.id
