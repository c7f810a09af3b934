"""Every fail of the checks of prose, people, targets, rules and text on published documents.

Each was looked at on a picture of its page and is true; a change that adds or loses one shows here.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetkit.checks.audit.catalogue import run_checks
from budgetkit.checks.printed import SKIPPED
from tests.helpers.cases import beyond_tables, cases_in, cases_of_dataset, fails
from tests.helpers.years import typeset_years

#: By document: the check, the page, and the figure found, where there is one.
TRUE: dict[str, list[tuple[str, int, str]]] = {
    "shanghai-putuo-commerce-2025": [("text-half-width", 3, "")],
    "shanghai-putuo-commerce-office-2025": [("text-half-width", 3, "")],
    "jiangsu-procuratorate-2017": [
        ("class-list-known", 20, ""),
        ("class-list-known", 21, ""),
        ("class-list-known", 21, ""),
        ("class-list-known", 21, ""),
        ("narrative-amount", 19, "12323.46"),
        ("narrative-percent", 22, "129.97"),
        ("narrative-share", 22, "18.85"),
        ("narrative-share", 22, "26.72"),
        ("narrative-share", 22, "54.43"),
    ],
    "jiangsu-procuratorate-2018": [
        ("change-year-before", 24, "12323.46"),
        ("change-year-before", 25, "17981.98"),
        ("change-year-before", 26, "17981.98"),
        ("change-year-before", 28, "100"),
        ("change-year-before", 28, "17981.98"),
        ("narrative-percent", 23, "21.95"),
        ("narrative-percent", 26, "-0.66"),
        ("narrative-percent", 26, "0.06"),
        ("narrative-share", 25, "63.75"),
        ("text-half-width", 27, ""),
    ],
    "jiangsu-procuratorate-2019": [
        ("narrative-percent", 25, "10.06"),
        ("narrative-percent", 26, "-13.22"),
        ("narrative-percent", 29, "34.38"),
        ("text-half-width", 26, ""),
    ],
    "jiangsu-renda-2017": [
        ("class-list-known", 27, ""),
        ("narrative-amount", 26, "10528.33"),
        ("narrative-share", 28, "16.81"),
        ("narrative-share", 28, "7.22"),
        ("narrative-share", 28, "8.75"),
    ],
    "jiangsu-renda-2018": [
        ("narrative-percent", 21, "1312.56"),
        ("text-doubled-mark", 25, ""),
        ("text-placeholder", 19, ""),
    ],
    "jiangsu-renda-2019-text": [
        ("text-placeholder", 9, ""),
        ("text-placeholder", 16, ""),
        ("text-year", 5, ""),
    ],
    "shanghai-putuo-finance-2025": [
        ("narrative-amount", 7, "887.36"),
        ("narrative-items-sum", 7, "3921.38"),
        ("text-fund", 18, ""),
        ("text-scope", 22, ""),
    ],
    "shanghai-putuo-justice-2026": [
        ("narrative-amount-twice", 9, "201.5"),
        ("narrative-base-percent", 9, "17.62"),
        ("narrative-base-percent", 9, "17.66"),
        ("narrative-base-percent", 9, "5.27"),
        ("narrative-item-name", 9, ""),
        ("text-doubled-mark", 8, ""),
        ("text-no-stop", 8, ""),
        ("text-project-period", 23, ""),
        ("text-unbalanced", 23, ""),
        ("text-year", 8, ""),
        ("text-year", 8, ""),
    ],
    "shanghai-putuo-wanli-2023": [
        ("narrative-amount-twice", 7, "441.25"),
        ("narrative-base-percent", 6, "314.82"),
        ("narrative-base-percent", 7, "60.54"),
        ("narrative-change", 6, "1421.25"),
    ],
    "shanghai-putuo-wanli-2024": [
        ("disclosure-empty-true", 31, ""),
        ("narrative-amount-twice", 9, "352.67"),
        ("narrative-base-percent", 9, "0.53"),
        ("narrative-reason-direction", 6, ""),
    ],
    "shanghai-putuo-wanli-2025": [
        ("text-no-stop", 30, ""),
    ],
}


@pytest.fixture(scope="module")
def found(real_dataset: Path) -> dict[str, list[tuple[str, int, str]]]:
    """What the checks find, in the form of the list."""
    result: dict[str, list[tuple[str, int, str]]] = {}
    for one in cases_of_dataset(real_dataset):
        for check in beyond_tables():
            for finding in fails(one, check):
                page = finding.place.page if finding.place else 0
                number = "" if finding.found is None else f"{finding.found.normalize():f}"
                result.setdefault(finding.document, []).append((check, page, number))
    return {document: sorted(rows) for document, rows in result.items()}


@pytest.mark.slow
def test_every_fail_on_published_documents_is_a_true_one(
    found: dict[str, list[tuple[str, int, str]]],
) -> None:
    assert found == TRUE


#: Checks that these documents have nothing for, run in their own tests: several units of one
#: department, contents with page numbers.
OF_OTHERS = {"unit-published", "contents-page"}


def test_each_check_runs_on_some_document(
    shared: Path, real_dataset: Path, sample_dataset: Path, tmp_path: Path
) -> None:
    samples = sorted((shared / "samples").glob("*.pdf"))
    paths = [path for path in samples if "scan" not in path.name]
    ran = {
        check.id
        for one in (
            *cases_in(*paths),
            *cases_of_dataset(real_dataset),
            *cases_of_dataset(sample_dataset),
            *cases_in(*typeset_years(tmp_path)),
        )
        for check, finding in run_checks(one)
        if finding.status != SKIPPED
    }
    assert set(beyond_tables()) - OF_OTHERS <= ran
