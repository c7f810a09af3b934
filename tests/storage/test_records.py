"""Rows of a frame by document: what an empty cell is, and rows that are read on demand."""

from __future__ import annotations

from functools import partial

import pandas as pd
import pytest

from budgetkit.disclosure_rows import IN_MEMORY, DisclosureRows, RowsOnDemand
from budgetkit.storage.records import ByDocument, Row, records

FRAME = pd.DataFrame(
    {
        "document": pd.array(["b", "a", "a", "b"], dtype="string"),
        "name": pd.array(["x", None, "y", "x"], dtype="string"),
        "page": pd.array([1, None, 3, 4], dtype="Int64"),
        "top": pd.array([1.5, 2.0, 3.0, 4.25], dtype="float64"),
        "value": [1.0, None, 3.0, 4.0],
        "sure": pd.array([True, False, None, True], dtype="boolean"),
        "whole": [True, False, True, False],
    }
)


def test_rows_by_document_are_those_of_the_frame() -> None:
    whole, found = records(FRAME), ByDocument(FRAME)
    assert found.rows(["a"]) == whole[1:3]
    assert found.rows(["b"]) == [whole[0], whole[3]]
    assert found.rows(["b", "a", "c"]) == whole
    assert found.rows(["c"]) == []
    cell = found.rows(["a"])[1]
    assert [type(value) for value in cell.values()] == [
        str, str, int, float, float, type(None), bool,
    ]  # fmt: skip


def test_rows_on_demand_are_forgotten_and_read_again() -> None:
    reads: list[int] = []

    def read(number: int, table: str) -> list[Row]:
        if table != "facts":
            return []
        reads.append(number)
        row = {"document": "d", "table": "summary", "certainty": "read", "code": str(number)}
        return [row | {"budget_unit": None, "stage": "budget", "scope": "department"}]

    def one(number: int) -> DisclosureRows:
        rows = RowsOnDemand(("facts", "staffing"), partial(read, number))
        return DisclosureRows(None, ({"kind": "budget"},), rows)

    many = [one(number) for number in range(IN_MEMORY + 1)]
    assert not reads
    for number, rows in enumerate(many):
        assert rows.rows["facts"][0]["code"] == str(number)
    assert many[-1].own is many[-1].own
    assert reads == list(range(IN_MEMORY + 1))
    assert many[0].rows["facts"][0]["code"] == "0"
    assert reads[-1] == 0
    assert many[0].rows["staffing"] == []
    assert many[0].rows["facts"]
    assert len(reads) == IN_MEMORY + 2
    with pytest.raises(KeyError):
        many[0].rows["other"]


def test_a_table_that_cannot_be_read_is_asked_for_again() -> None:
    answers = [OSError(), [{"code": "1"}]]

    def read(_: str) -> list[Row]:
        answer = answers.pop(0)
        if isinstance(answer, OSError):
            raise answer
        return answer

    rows = RowsOnDemand(("facts",), read)
    with pytest.raises(OSError):  # noqa: PT011
        rows["facts"]
    assert rows["facts"] is rows["facts"]
    assert [one is rows for one in RowsOnDemand._recent].count(True) == 1
