"""A province that nobody has seen: read by adding CSV files, and by nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, RUN_CLI
from tests.helpers.truth import differences, rows
from tests.typesetter import invent, truth, typeset

LISTS = ROOT / "tests" / "provinces" / "haiyu"


def extract(folder: Path, out: Path, lists: Path | None) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    if lists:
        environment["BUDGETKIT_CODELISTS"] = str(lists)
    done = subprocess.run(
        [sys.executable, "-c", RUN_CLI, "extract", str(folder), "--out", str(out)],
        env=environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("haiyu")
    for kind in ("civil", "education"):
        typeset(invent(5, 2025, "haiyu7", "commas", kind=kind), made / f"{kind}.pdf")
    return made


def test_with_its_lists_every_figure_is_read(folder: Path, tmp_path: Path) -> None:
    extract(folder, tmp_path / "dataset", LISTS)
    assert rows(tmp_path / "dataset", "unmapped") == []
    for kind in ("civil", "education"):
        model = truth(invent(5, 2025, "haiyu7", "commas", kind=kind))
        assert len(model["facts"]) > 150
        assert differences(tmp_path / "dataset", kind, model) == ([], [])


def test_without_them_every_amount_is_listed_and_none_is_wrong(
    folder: Path, tmp_path: Path
) -> None:
    extract(folder, tmp_path / "dataset", None)
    assert rows(tmp_path / "dataset", "facts") == []
    unmapped = rows(tmp_path / "dataset", "unmapped")
    for kind in ("civil", "education"):
        model = truth(invent(5, 2025, "haiyu7", "commas", kind=kind))
        listed = [row for row in unmapped if row["document"] == kind]
        assert len(listed) >= len(model["facts"])
        assert all("title" in row["rule"] for row in listed)
