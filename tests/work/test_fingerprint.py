"""What was read is read again when any module that reading depends on has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetkit.work.fingerprint import PACKAGE, READING, WRITING, code_digest
from tests.helpers.imports import IMPORTS, MODULES

#: Where the way from a PDF to an entry of the journal begins, and that from there to a dataset.
READS = ("extraction.document", "extraction.codec")
WRITES = ("extraction.assemble", "storage.write")


def needed(*names: str) -> set[Path]:
    """Modules, all that they import, directly or through others, and the data files beside them."""
    todo, seen = list(names), set[str]()
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += IMPORTS[name]
    modules = {MODULES[name] for name in seen}
    return modules | {data for path in modules for data in path.parent.glob("*.csv")}


@pytest.mark.parametrize(
    ("start", "listed"),
    [(READS, READING), ((*READS, *WRITES), WRITING)],
    ids=["reading", "writing"],
)
def test_all_that_is_needed_is_listed_and_all_that_is_listed_is_needed(
    start: tuple[str, ...], listed: tuple[str, ...]
) -> None:
    files = needed(*start)
    assert {PACKAGE / "extraction/tables/facts.py", PACKAGE / "schema.csv"} <= files
    places = [PACKAGE / name for name in listed]
    missing = [path for path in files if not any(map(path.is_relative_to, places))]
    assert missing == []
    needless = [place for place in places if not any(p.is_relative_to(place) for p in files)]
    assert needless == []


def test_the_digest_tells_parts_of_the_package_apart() -> None:
    assert len({code_digest(), code_digest(READING), code_digest(WRITING)}) == 3


def test_own_code_lists_are_part_of_the_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = code_digest(READING)
    (tmp_path / "titles.csv").write_text("table,pattern,ends\n", encoding="utf-8")
    monkeypatch.setenv("BUDGETKIT_CODELISTS", str(tmp_path))
    code_digest.cache_clear()
    try:
        assert code_digest(READING) != before
    finally:
        code_digest.cache_clear()
