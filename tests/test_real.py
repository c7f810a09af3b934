"""Published documents, which are beside the clone and not in it.

Their truth is their own arithmetic, and an independent reader: every printed
amount is a fact or listed, sums hold, and a box holds what was printed.
"""

from __future__ import annotations

import csv
import importlib.util
import sys
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from budgetkit.extraction.extract import extract

pytestmark = pytest.mark.slow

#: What the independent reader itself misreads: its own grid cuts the printed 267.80 in two.
MISREAD = {("jiangsu-procuratorate-2018.pdf", 19, "267.8")}

#: Sums that the publisher printed wrong: table, measure, code, printed, sum of the parts (万元).
PUBLISHED_WRONG: set[tuple[str, str, str, str]] = set()


def load(path: Path) -> ModuleType:
    sys.path.insert(0, str(path.parent))
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("real") / "dataset"
    extract([shared / "real"], out, jobs=2)
    return out


@pytest.fixture(scope="module")
def accounted(shared: Path, real: Path) -> dict[str, Any]:
    module = load(shared / "checks" / "accounted.py")
    found: dict[str, Any] = module.accounted(real, shared / "real", boxes=40)
    return found


def rows(dataset: Path, name: str) -> list[dict[str, str]]:
    with (dataset / f"{name}.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def test_every_printed_amount_is_accounted_for(accounted: dict[str, Any]) -> None:
    lost = {(name, page, text) for _, name, page, texts in accounted["where"] for text in texts}
    assert lost <= MISREAD
    assert accounted["total"] > 3800
    assert accounted["listed"] < accounted["total"] / 100


def test_no_amount_of_a_named_table_is_unmapped(real: Path) -> None:
    assert [row for row in rows(real, "unmapped") if row["table"]] == []


def test_sums_hold_but_where_the_publisher_erred(accounted: dict[str, Any]) -> None:
    assert accounted["checks"] >= 1400
    off = {(name, table, measure, code) for name, table, _, measure, code, *_ in accounted["off"]}
    assert off == PUBLISHED_WRONG


def test_boxes_hold_what_was_printed(accounted: dict[str, Any]) -> None:
    assert accounted["box_bad"] == 0
    assert accounted["boxed"] > 500


def test_totals_equal_those_that_someone_else_typed(shared: Path, real: Path) -> None:
    printed = {
        (
            row["department"],
            row["year"],
            row["name"].split("、")[-1].split(".")[-1],
            Decimal(row["amount"]),
        )
        for row in rows(real, "facts")
        if row["table"] == "summary"
    }
    with (shared / "real" / "jiangsu-totals.csv").open(encoding="utf-8") as handle:
        typed = list(csv.DictReader(handle))
    missing = [
        row
        for row in typed
        if (row["department"], row["year"], row["item"], Decimal(row["amount_wan"])) not in printed
    ]
    assert missing == []


def test_typeset_samples_are_read_whole(shared: Path, tmp_path: Path) -> None:
    extract([shared / "samples"], tmp_path / "dataset", jobs=2)
    score = load(shared / "checks" / "score.py").score(tmp_path / "dataset", shared / "samples")
    assert (score["recall"], score["precision"], score["bad"]) == (1.0, 1.0, 0), score["notes"]
