"""The corpus as its data files tell it, against the corpus as it was read."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from budgetkit.lessons.lesson_data import Cell, NotPrinted
from budgetkit.lessons.truth_frames import is_corpus, truth, truth_frame
from budgetkit.schema import TABLES
from tests.helpers.truth import FORMS, counted, read

COUNTS = ("authorized", "total", "active", "retired", "special_retired", "offices")


def test_the_facts_are_those_that_were_read(sample_dataset: Path) -> None:
    told, found = truth_frame("facts"), read(sample_dataset).facts
    for document in told["document"].unique():
        sides = [
            counted(
                (
                    {key: None if value != value else value for key, value in row.items()}
                    for row in frame[frame["document"] == document]
                    .astype(object)
                    .to_dict("records")
                    if row["table"] not in FORMS
                ),
                "amount",
            )
            for frame in (told, found)
        ]
        assert sides[0] - sides[1] == Counter()


def test_head_counts_and_targets_are_those_that_were_read(sample_dataset: Path) -> None:
    ds = read(sample_dataset)
    told = truth_frame("staffing").set_index("document").sort_index()
    found = ds.staffing.set_index("document").sort_index()
    both = told[list(COUNTS)].astype("Int64"), found[list(COUNTS)].astype("Int64")
    assert both[0].fillna(-1).equals(both[1].fillna(-1).reindex(both[0].index))
    goals = truth_frame("indicators").groupby("document").size()
    assert goals.equals(ds.indicators.groupby("document").size())


def test_the_comparisons_of_a_dataset_give_the_same_of_the_truth(sample_dataset: Path) -> None:
    told, ds = truth("changji-kjj-2025"), read(sample_dataset)
    values = [d.compare(["active", "wages", "wages_per_head"])["value"] for d in (told, ds)]
    assert values[0].astype(float).equals(values[1].astype(float))
    trees = [d.drill("云汀自治州教育局", 2025)["amount"].tolist() for d in (told, ds)]
    assert trees[0] == trees[1]
    counts = [d.projects.groupby("where").size().to_dict() for d in (told, ds)]
    assert counts[0] == counts[1]


def test_every_table_is_there_with_its_columns() -> None:
    for name, fields in TABLES.items():
        assert list(truth_frame(name).columns) == [field.name for field in fields]
    assert len(truth_frame("documents")) == 22
    assert truth_frame("pages").empty


def test_only_the_corpus_is_the_corpus(sample_dataset: Path) -> None:
    ds = read(sample_dataset)
    assert is_corpus(ds)
    assert not is_corpus(truth("changji-kjj-2025"))


def test_an_amount_is_one_or_it_is_said() -> None:
    data = truth("changji-kjj-2025")
    assert data.total("basic_expenditure", "301") == 436.07
    assert data.people("active") == 25
    with pytest.raises(NotPrinted):
        data.amount(Cell(data.document, "basic_expenditure"))
    with pytest.raises(NotPrinted):
        data.people("active", "yunting-wjw-2025")
