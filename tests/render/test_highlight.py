"""A finding drawn: both of its places, on one page or on two side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

import budgetkit as bk
from budgetkit.checks.audit.batches import read_rows
from budgetkit.checks.audit.checks_table import checks_of, frame_of
from budgetkit.checks.case import cases_of
from budgetkit.errors import UsageError
from budgetkit.render.highlight import OUTLINE, SCALE, picture
from budgetkit.storage.figures import box_of, check_places
from budgetkit.storage.records import records


@pytest.fixture(scope="module")
def checks(sample_dataset: Path) -> list[dict[str, object]]:
    rows = read_rows(sample_dataset)
    rows["documents"] = [r for r in rows["documents"] if r["document"] == "changji-kjj-2025"]
    own = {
        name: [r for r in found if r["document"] == "changji-kjj-2025"]
        for name, found in rows.items()
    }
    return records(frame_of(checks_of(cases_of(own))))


def test_both_cells_of_a_finding_are_outlined(
    sample_dataset: Path, checks: list[dict[str, object]]
) -> None:
    dataset = bk.read_dataset(sample_dataset)
    row = next(
        row for row in checks if row["check"] == "performance-budget" and row["status"] == "fail"
    )
    first, second = check_places(row)
    assert first.page != second.page
    drawn = picture(dataset, row)
    widths = [picture(dataset, row[name]).width for name in ("fact_id", "other_fact_id")]
    assert drawn.width == sum(widths)
    for left, place in ((0, first.box), (widths[0], second.box)):
        x = left + round((place.x0 + place.x1) / 2 * SCALE)
        column = [drawn.getpixel((x, y)) for y in range(drawn.height)]
        assert OUTLINE in column


def test_two_facts_of_one_page_make_one_picture(sample_dataset: Path, tmp_path: Path) -> None:
    dataset = bk.read_dataset(sample_dataset)
    facts = dataset.facts[dataset.facts["page"] == 5].iloc[:2]
    out = bk.locate(dataset, list(facts["fact_id"]), tmp_path / "both.png")
    single = picture(dataset, facts["fact_id"].iloc[0])
    from PIL import Image

    with Image.open(out) as drawn:
        assert drawn.size == single.size
        box = box_of(facts.iloc[1])
        x = round((box.x0 + box.x1) / 2 * SCALE)
        assert OUTLINE in [drawn.getpixel((x, y)) for y in range(drawn.height)]


def test_a_finding_about_no_place_says_so(
    sample_dataset: Path, checks: list[dict[str, object]]
) -> None:
    row = next(row for row in checks if row["page"] is None)
    with pytest.raises(UsageError, match="no place"):
        picture(bk.read_dataset(sample_dataset), row)
