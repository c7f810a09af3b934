"""The catalogue page lists the checks that there are, and each was tested somewhere."""

from __future__ import annotations

import re

from budgetkit.audit.catalogue import catalogue
from budgetkit.audit.page import PAGE, page

LINE = re.compile(r"^\| `([a-z0-9-]+)` \|(.*)\|$", re.M)


def test_the_page_in_the_package_lists_the_checks_of_today() -> None:
    text = PAGE.read_text(encoding="utf-8")
    rules, _, _ = text.partition("## What came of them")
    today, _, _ = page({}).partition("## What came of them")
    assert rules == today, "run python -m budgetkit.audit.page"


def test_no_check_is_skipped_everywhere() -> None:
    counts = PAGE.read_text(encoding="utf-8").partition("## What came of them")[2]
    found = {
        name: [cell.strip() for cell in cells.split("|")] for name, cells in LINE.findall(counts)
    }
    assert set(found) == {check.id for check in catalogue()}
    idle = [name for name, cells in found.items() if not any(cells[:3] + cells[4:7])]
    assert idle == []


def test_every_check_has_a_rule_in_both_languages() -> None:
    for check in catalogue():
        assert check.rule_en
        assert "\n" not in check.rule_zh + check.rule_en
        assert re.search(r"[一-鿿]", check.rule_zh), check.id
