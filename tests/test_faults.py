"""Every fault is a sentence that names the file and says what mends it, whatever the command."""

from __future__ import annotations

import json
import resource
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from budgetkit.extraction.extract import extract
from budgetkit.storage.manifest import MANIFEST
from budgetkit.storage.reader import DatasetReader
from tests.conftest import RunCli
from tests.helpers.runs import SMALL

#: The commands that read a dataset; those that only look at it end at once where it is spoiled.
COMMANDS = {
    "audit": ("audit", "ds"),
    "compare": ("compare", "ds", "--out", "compared"),
    "report": ("report", "ds", "--out", "reports"),
    "locate": ("locate", "ds", "FACT", "--out", "cell.png"),
    "learn": ("learn", "ds"),
    "extract": ("extract", "in", "--out", "ds"),
}
READERS = ("audit", "compare", "report", "locate", "learn")
pytestmark = pytest.mark.slow
#: Files that a command may have open, where few are allowed.
FEW_FILES = 64
AGAIN = "run 'budgetkit extract' again"


@pytest.fixture(scope="module")
def good(corpus: Path, made_once: Callable[..., Path]) -> Path:
    """A folder with a PDF and its dataset; none may write into it."""

    def make(folder: Path) -> None:
        (folder / "in").mkdir()
        shutil.copyfile(corpus / SMALL, folder / "in/a.pdf")
        extract([folder / "in"], folder / "ds", jobs=0)

    return made_once("faults", make)


@pytest.fixture
def here(good: Path, tmp_path: Path) -> Path:
    """A copy of it to spoil."""
    return shutil.copytree(good, tmp_path / "here")


def spoil(file: Path, how: str) -> None:
    """Cut a file, remove it, put a folder in its place, or write these words instead."""
    content = file.read_bytes() if file.is_file() else b""
    if file.is_dir():
        shutil.rmtree(file)
    file.unlink(missing_ok=True)
    file.parent.mkdir(exist_ok=True, parents=True)
    if how == "folder":
        file.mkdir()
        (file / "x").touch()
    elif how != "gone":
        file.write_bytes(content[: len(content) // 2] if how == "cut" else how.encode("latin-1"))


class Runs:
    """Runs commands in a folder, and accepts a sentence or success."""

    def __init__(self, run_cli: RunCli, folder: Path) -> None:
        self._run, self._folder = run_cli, folder
        self._fact = DatasetReader(folder / "ds").facts["fact_id"][0]

    def __call__(self, command: str) -> str:
        """Return the sentence; empty for success."""
        words = [self._fact if word == "FACT" else word for word in COMMANDS[command]]
        done = self._run(*words, cwd=self._folder)
        assert done.returncode in (0, 1, 2)
        lines = [line for line in done.stderr.splitlines() if line.startswith("budgetkit: ")]
        assert len(lines) == (done.returncode == 2), done.stderr
        return lines[0].removeprefix("budgetkit: ") if lines else ""


@pytest.fixture
def run(run_cli: RunCli, here: Path) -> Runs:
    return Runs(run_cli, here)


@pytest.mark.parametrize("how", ["cut", "gone", "", "text\n", "folder"])
@pytest.mark.parametrize("has_manifest", [True, False])
@pytest.mark.parametrize("name", ["facts.parquet", "documents.parquet"])
def test_a_spoiled_table(here: Path, run: Runs, name: str, how: str, has_manifest: bool) -> None:
    spoil(here / "ds" / name, how)
    if not has_manifest:
        (here / "ds" / MANIFEST).unlink()
    for command in READERS:
        sentence = run(command)
        assert sentence.startswith(f"{name}: ")
        assert AGAIN in sentence
    if "move the folder away" in sentence:
        assert not has_manifest or how == "folder"
        assert run("extract")
        (here / "ds").rename(here / "away")
    assert run("extract") == ""
    assert run("locate") == ""


@pytest.mark.parametrize("how", ["cut", "gone", "", "[]", "{}", "null", "\xff\xfe", "folder"])
@pytest.mark.parametrize("name", ["datapackage.json", "sources.local.json", MANIFEST, "facts.csv"])
def test_a_spoiled_file_beside_the_tables(here: Path, run: Runs, name: str, how: str) -> None:
    spoil(here / "ds" / name, how)
    sentences = {command: run(command) for command in ("audit", "locate", "extract")}
    for command in ("audit", "locate"):
        sentence = sentences[command]
        if AGAIN in sentence and "away" not in sentence:
            assert sentence.startswith((name, "ds: is not a dataset"))
            assert sentences["extract"] == ""
    if sentences["extract"]:
        assert name in sentences["extract"] or (name, how) == (MANIFEST, "gone")
        (here / "ds").rename(here / "away")
        assert run("extract") == ""
    assert run("locate") == ""


@pytest.mark.parametrize("package", ['{"budgetkit_schema": 999}', '{"budgetkit_schema": "new"}'])
def test_a_dataset_of_a_newer_version(here: Path, run: Runs, package: str) -> None:
    (here / "ds/datapackage.json").write_text(package)
    for command in READERS:
        assert (
            f"was written by another version (schema {json.loads(package)['budgetkit_schema']}"
            in (run(command))
        )
    assert run("extract") == ""


def test_few_open_files(here: Path, run: Runs) -> None:
    """With 64 of them a command says so, or works; afterwards it works."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (FEW_FILES, hard))  # what is started inherits it
    try:
        sentences = {command: run(command) for command in COMMANDS}
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert all("ulimit -n" in sentence for sentence in sentences.values() if sentence)
    assert not [command for command in sentences if run(command)]


@pytest.mark.parametrize("how", ["cut", "", "text", "folder"])
def test_spoiled_checks_are_mended_by_the_next_audit(here: Path, run: Runs, how: str) -> None:
    assert run("audit") == ""
    spoil(here / "ds/checks.parquet", how)
    for command in ("report", "compare"):
        assert "checks.parquet" in run(command)
    if how == "folder":
        assert run("audit").startswith("checks.parquet: can't be written (Is a dir")
        shutil.rmtree(here / "ds/checks.parquet")
    assert run("audit") == ""
    DatasetReader(here / "ds").checks()


@pytest.mark.parametrize(
    "how", ["cut", "", "text", "[]", "{}", "folder", "gone", "budgetkit-9 x\n"]
)
@pytest.mark.parametrize("name", ["ENTRY", "lock", "run.json", "dataset", "."])
def test_a_spoiled_journal(here: Path, run: Runs, name: str, how: str) -> None:
    journal = here / ".ds.journal"
    entry = next(file.name for file in sorted(journal.iterdir()) if len(file.name) == 64)
    spoil(journal / (entry if name == "ENTRY" else name), how)
    sentence = run("extract")
    if sentence:
        assert "move it away" in sentence
        shutil.rmtree(journal) if journal.is_dir() else journal.unlink()
        assert run("extract") == ""


@pytest.mark.parametrize("how", ["text", "[]", "folder"])
def test_answers_that_can_not_be_read(here: Path, run: Runs, how: str) -> None:
    spoil(here / "ds/answers.csv", how)
    assert run("audit").startswith("answers.csv: ") or how == "folder"
    assert "answers.csv" in run("extract") or how != "folder"


@pytest.mark.parametrize(
    ("place", "command"),
    [("compared", "compare"), ("reports", "report"), (".reports.journal", "report")],
)
def test_a_file_where_a_folder_belongs(here: Path, run: Runs, place: str, command: str) -> None:
    (here / place).write_text("mine")
    assert run(command).startswith(f"{place}: is a file")
    assert (here / place).read_text() == "mine"


def test_a_folder_where_a_page_belongs(here: Path, run: Runs) -> None:
    spoil(here / "reports/index.html", "folder")
    assert "index.html" in run("report")


def test_a_picture_that_can_not_be_written(here: Path, run: Runs) -> None:
    spoil(here / "cell.png", "folder")
    assert run("locate") == "cell.png: can't be written (Is a directory)."


@pytest.mark.parametrize("how", ["gone", "", "text", "folder", "cut"])
def test_a_document_that_is_no_longer_there(here: Path, run: Runs, how: str) -> None:
    content = (here / "in/a.pdf").read_bytes()
    spoil(here / "in/a.pdf", how)
    run("extract")
    for command in ("locate", "audit"):
        run(command)
    if how == "folder":
        shutil.rmtree(here / "in/a.pdf")
    (here / "in/a.pdf").write_bytes(content)
    assert run("extract") == ""
    assert run("locate") == ""
