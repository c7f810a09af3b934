"""The command line as a person meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import RunCli

GOOD = "changji-kjj-2025.pdf"


@pytest.fixture(scope="module")
def dataset(run_cli: RunCli, corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("cli") / "dataset"
    done = run_cli("extract", corpus / GOOD, "--out", out)
    assert done.returncode == 0, done.stderr
    assert "1 disclosures" in done.stdout
    return out


@pytest.mark.parametrize("command", ["extract", "report", "locate", "lab", "demo"])
def test_each_command_explains_itself_with_an_example(run_cli: RunCli, command: str) -> None:
    done = run_cli(command, "--help")
    assert done.returncode == 0
    assert f"Example: budgetkit {command}" in " ".join(done.stdout.split())


def test_a_failed_file_is_exit_code_1_and_one_sentence(run_cli: RunCli, tmp_path: Path) -> None:
    (tmp_path / "word.pdf").write_bytes(b"not a PDF")
    done = run_cli("extract", tmp_path, "--out", tmp_path / "dataset")
    assert done.returncode == 1
    assert done.stderr.strip() == "word.pdf: is not a PDF; save it as PDF first"


def test_wrong_use_is_exit_code_2(run_cli: RunCli, tmp_path: Path) -> None:
    assert run_cli("extract", "--nonsense").returncode == 2
    done = run_cli("extract", tmp_path / "gone.pdf", "--out", tmp_path / "dataset")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "gone.pdf" in done.stderr
    assert run_cli("locate", tmp_path, "x", "--out", tmp_path / "x.png").returncode == 2


def test_locate_draws_the_outline_around_the_figure(
    run_cli: RunCli, dataset: Path, tmp_path: Path
) -> None:
    import pandas as pd
    from PIL import Image

    from budgetkit.render.highlight import OUTLINE, SCALE

    facts = pd.read_csv(dataset / "facts.csv")
    fact = facts[(facts["table"] == "summary") & (facts["code"] == "206")].iloc[0]
    out = tmp_path / "cell.png"
    done = run_cli("locate", dataset, fact["fact_id"], "--out", out)
    assert done.returncode == 0, done.stderr
    picture = Image.open(out).convert("RGB")
    spots = [
        (x, y)
        for x in range(picture.width)
        for y in range(picture.height)
        if picture.getpixel((x, y)) == OUTLINE
    ]
    left, top = min(x for x, _ in spots) / SCALE, min(y for _, y in spots) / SCALE
    right, bottom = max(x for x, _ in spots) / SCALE, max(y for _, y in spots) / SCALE
    assert left < fact["x0"] < fact["x1"] < right < fact["x1"] + 8
    assert top < fact["top"] < fact["bottom"] < bottom < fact["bottom"] + 8


def test_a_wrong_fact_id_names_the_nearest(run_cli: RunCli, dataset: Path, tmp_path: Path) -> None:
    done = run_cli("locate", dataset, "changji-kjj-2025:sumary:3.2", "--out", tmp_path / "x.png")
    assert done.returncode == 2
    assert "did you mean changji-kjj-2025:summary:3.2" in done.stderr
