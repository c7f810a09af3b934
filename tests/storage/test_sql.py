"""SQL over a dataset's files, larger than memory too."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetkit.api import read_dataset
from budgetkit.errors import UsageError
from budgetkit.storage.sql import sql


def test_every_table_is_a_view(sample_dataset: Path) -> None:
    ds = read_dataset(sample_dataset)
    found = ds.sql("select count(*) as n, round(sum(amount), 4) as amount from facts")
    assert found["n"].tolist() == [len(ds.facts)]
    assert found["amount"].tolist() == [pytest.approx(float(ds.facts["amount"].sum()), abs=1e-3)]
    query = (
        "select d.region, count(*) as n from facts f join documents d using (document) group by 1"
    )
    assert int(ds.sql(query)["n"].sum()) == len(ds.facts)


def test_a_wrong_query_is_told_in_one_sentence(sample_dataset: Path) -> None:
    with pytest.raises(UsageError, match=r"the query failed .*; the tables are .*documents.*facts"):
        read_dataset(sample_dataset).sql("select * from fact")


def test_a_folder_with_a_quote_in_its_name(tmp_path: Path) -> None:
    import pandas as pd

    folder = tmp_path / "o'clock"
    folder.mkdir()
    pd.DataFrame({"amount": [1.5]}).to_parquet(folder / "facts.parquet")
    assert sql(folder, "select amount from facts")["amount"].tolist() == [1.5]


def test_a_dataset_that_is_larger_than_the_memory_limit(tmp_path: Path) -> None:
    import duckdb

    limit = 100
    file = tmp_path / "facts.parquet"
    with duckdb.connect(":memory:") as connection:
        # Random numbers don't compress: a row is 32 bytes on the disk as in memory.
        connection.execute(
            "copy (select (i % 300)::varchar as document, random() as amount, random() as a, "
            "random() as b, random() as c from range(6_000_000) t(i)) "
            f"to '{file}' (format parquet)"
        )
    assert file.stat().st_size > 1.5 * limit * 2**20
    found = sql(
        tmp_path,
        "select document, count(*) as n, avg(amount + a + b + c) as mean from facts group by 1",
        memory_limit=f"{limit}MB",
    )
    assert found["n"].tolist() == [20_000] * 300
    assert found["mean"].between(1.9, 2.1).all()
