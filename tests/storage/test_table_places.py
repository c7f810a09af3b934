"""A dataset in partitions has the rows of one in one piece, and a part is read by itself."""

from __future__ import annotations

import json
import pickle
import shutil
from pathlib import Path

import pandas as pd
import pytest

from budgetkit.api import read_dataset
from budgetkit.errors import UsageError
from budgetkit.schema import TABLES
from budgetkit.storage.manifest import MANIFEST
from budgetkit.storage.write import PACKAGE
from tests.helpers.partitioned import in_order

XINJIANG, PLACE = "新疆维吾尔自治区", "新疆维吾尔自治区昌吉回族自治州"
FOLDER = f"year=2025/region={XINJIANG}"


@pytest.fixture
def own(parted: Path, tmp_path: Path) -> Path:
    """A copy of it to spoil."""
    return shutil.copytree(parted, tmp_path / "ds")


@pytest.mark.parametrize("name", TABLES)
def test_all_rows_are_those_of_a_dataset_in_one_piece(
    name: str, parted: Path, sample_dataset: Path
) -> None:
    one, many = read_dataset(sample_dataset), read_dataset(parted)
    expected = in_order(one.frame(name), many.documents["document"])
    pd.testing.assert_frame_equal(many.frame(name), expected)
    assert many.frame(name).attrs == one.frame(name).attrs


@pytest.mark.parametrize(
    "wanted",
    [
        {"year": 2024},
        {"year": [2023, 2025]},
        {"region": XINJIANG},
        {"region": PLACE},
        {"year": 2025, "region": ["云汀自治州砚平市", PLACE]},
        {"region": "unknown", "year": 2023},
    ],
)
def test_a_part_is_the_same_in_both_forms(
    wanted: dict[str, object], parted: Path, sample_dataset: Path
) -> None:
    whole = read_dataset(sample_dataset)
    one, many = (read_dataset(folder, **wanted) for folder in (sample_dataset, parted))  # type: ignore[arg-type]
    assert 0 < len(one.documents) < len(whole.documents)
    assert set(many.sources()) == set(one.sources()) == set(one.documents["document"])
    for name in ("documents", "facts", "narrative"):
        expected = in_order(one.frame(name), many.documents["document"])
        pd.testing.assert_frame_equal(many.frame(name), expected)
        pd.testing.assert_frame_equal(whole.part(name, **wanted), one.frame(name))  # type: ignore[arg-type]
    query = (
        "select year, region, count(*) as n, max(amount) as most "
        "from facts group by all order by all"
    )
    pd.testing.assert_frame_equal(one.sql(query), many.sql(query))
    assert int(many.sql(query)["n"].sum()) == len(one.facts)


def test_the_whole_region_stays_a_column_of_sql(parted: Path) -> None:
    regions = read_dataset(parted).sql("select distinct region from documents order by 1")
    assert regions["region"].tolist() == ["云汀自治州", "云汀自治州砚平市", PLACE]


def test_a_part_reads_no_other_folder(own: Path) -> None:
    for folder in own.glob("year=202[34]"):
        shutil.rmtree(folder)
    (own / "year=2025/region=unknown/facts.parquet").unlink()
    ds = read_dataset(own, year=2025, region=XINJIANG)
    assert len(ds.documents) == 1
    assert ds.sql("select document from facts")["document"].unique().tolist() == [
        "changji-kjj-2025"
    ]
    with pytest.raises(UsageError, match=r"of year=2023/region=unknown is gone"):
        read_dataset(own)


def test_the_facts_of_a_document_come_from_its_partition(own: Path) -> None:
    for file in own.glob("year=202[34]/*/facts.parquet"):
        file.write_bytes(b"spoiled")
    ds = read_dataset(own)
    assert ds.fact("changji-kjj-2025:summary:3.2")["page"] == 5
    facts = ds.part("facts", documents=["changji-kjj-2025"], columns=["amount", "document"])
    assert set(facts["document"]) == {"changji-kjj-2025"}
    with pytest.raises(UsageError, match=r"facts\.parquet: of year=2023/region=unknown is not as "):
        _ = ds.facts


def test_a_partition_is_a_dataset(parted: Path) -> None:
    ds = read_dataset(parted / FOLDER)
    assert list(ds.documents["document"]) == ["changji-kjj-2025"]
    assert len(ds.facts) == len(read_dataset(parted, region=XINJIANG).facts)


def test_there_is_no_such_part(parted: Path) -> None:
    with pytest.raises(UsageError, match=r"holds no document of 2031; .*2025"):
        read_dataset(parted, year=2031)
    with pytest.raises(UsageError, match=rf"no document of 浙江省.*{XINJIANG}"):
        read_dataset(parted, region="浙江省")
    with pytest.raises(UsageError, match="no column 'amont'; did you mean amount"):
        read_dataset(parted).part("facts", columns=["amont"])


def test_the_package_lists_every_file(parted: Path) -> None:
    package = json.loads((parted / PACKAGE).read_bytes())
    (facts,) = (one for one in package["resources"] if one["name"] == "facts")
    assert sorted(facts["path"]) == [path.relative_to(parted).as_posix() for path in
                             sorted(parted.rglob("facts.parquet"))]  # fmt: skip
    assert sum(one["documents"] for one in package["budgetkit_partitions"]) == 22
    assert not list(parted.rglob("facts.csv"))


def look(folder: Path) -> None:
    ds = read_dataset(folder)
    assert ds.sources()
    assert not ds.facts.empty


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (f"{FOLDER}/{MANIFEST}", "gone"),
        (f"{FOLDER}/{MANIFEST}", "{}"),
        (f"{FOLDER}/{MANIFEST}", "[]"),
        (f"{FOLDER}/facts.parquet", "gone"),
        (f"{FOLDER}/facts.parquet", "PAR1"),
        (f"{FOLDER}/sources.local.json", "[]"),
        (FOLDER, "gone"),
        (PACKAGE, '{"budgetkit_schema": 5, "budgetkit_partitions": 3}'),
        (PACKAGE, '{"budgetkit_schema": 5, "budgetkit_partitions": [{"path": "../.."}]}'),
        (PACKAGE, '{"budgetkit_schema": 5, "budgetkit_partitions": [{"path": "a", "year": 1, '
                  '"region": "b", "documents": 1, "sha256": ""}]}'),
    ],
)  # fmt: skip
def test_every_fault_is_a_sentence(name: str, content: str, own: Path) -> None:
    if content != "gone":
        (own / name).write_text(content)
    elif (own / name).is_dir():
        shutil.rmtree(own / name)
    else:
        (own / name).unlink()
    with pytest.raises(UsageError, match="run 'budgetkit extract' again"):
        look(own)


def test_a_reader_goes_to_another_process_without_its_rows(parted: Path) -> None:
    there = read_dataset(parted, year=2025)
    assert len(there.documents)
    sent = pickle.dumps(there)
    assert len(sent) < 10_000
    found = pickle.loads(sent)
    assert type(found) is type(there)
    assert found.documents["document"].tolist() == there.documents["document"].tolist()
