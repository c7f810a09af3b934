"""Many files into one dataset: good ones, bad ones, all at once."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import frictionless
import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from budgetkit.api import read_dataset
from budgetkit.errors import UsageError
from budgetkit.extraction.extract import extract
from budgetkit.schema import TABLES
from tests.helpers.runs import GOOD, SMALL, Seen, contents


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Path:
    """A folder with one good file and every bad one that we know."""
    folder = tmp_path_factory.mktemp("bad")
    good = (corpus / GOOD).read_bytes()
    (folder / "good.pdf").write_bytes(good)
    (folder / "again.pdf").write_bytes(good)
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "word.pdf").write_bytes(b"PK\x03\x04 not a PDF at all")
    (folder / "cut.pdf").write_bytes(good[: len(good) // 3])
    with pikepdf.open(corpus / SMALL) as pdf:
        key = pikepdf.Encryption(owner="owner", user="secret")
        pdf.save(folder / "encrypted.pdf", encryption=key)
        may = pikepdf.Permissions(extract=False)
        pdf.save(
            folder / "locked.pdf", encryption=pikepdf.Encryption(owner="o", user="", allow=may)
        )
    with (
        pikepdf.open(folder / "good.pdf") as one,
        pikepdf.open(corpus / "yunting-sjj-2024.pdf") as two,
    ):
        one.pages.extend(two.pages)
        one.save(folder / "two.pdf")
    (folder / "loop.pdf").symlink_to("loop.pdf")
    scan = Canvas(str(folder / "scan.pdf"))
    scan.rect(100, 100, 200, 200, fill=1)
    scan.showPage()
    scan.save()
    prose = Canvas(str(folder / "prose.pdf"))
    prose.drawString(100, 700, "No table stands here.")
    prose.save()
    return folder


@pytest.fixture(scope="module")
def rows(bad: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    out = tmp_path_factory.mktemp("out") / "dataset"
    extract([bad], out)
    with (out / "documents.csv").open(encoding="utf-8-sig", newline="") as handle:
        return {row["document"]: row for row in csv.DictReader(handle)}


@pytest.mark.parametrize(
    ("document", "status", "says"),
    [
        ("empty", "failed", "empty"),
        ("word", "failed", "not a PDF"),
        ("cut", "failed", "cut off"),
        ("encrypted", "failed", "--password"),
        ("locked", "failed", "locked"),
        ("scan", "failed", "no text layer"),
        ("good", "failed", "same document as again.pdf"),
        ("prose", "partial", "no ruled table"),
        ("loop", "failed", "can't be opened"),
    ],
)
def test_each_bad_file_has_its_row_and_its_sentence(
    rows: dict[str, dict[str, str]], document: str, status: str, says: str
) -> None:
    assert rows[document]["status"] == status
    assert says in rows[document]["error"]


def test_the_others_go_on(rows: dict[str, dict[str, str]]) -> None:
    assert int(rows["again"]["n_facts"]) > 150


def test_two_disclosures_in_one_file_are_two_documents(rows: dict[str, dict[str, str]]) -> None:
    assert {name for name in rows if name.startswith("two")} == {"two", "two#2"}
    assert rows["two"]["year"] == "2025"
    assert rows["two#2"]["year"] == "2024"
    assert int(rows["two#2"]["n_facts"]) > 100


def test_the_right_password_opens_and_the_owner_may_unlock(bad: Path, tmp_path: Path) -> None:
    done = extract([bad / "encrypted.pdf"], tmp_path / "a", password="secret", jobs=0)
    assert done.failed == 0
    wrong = extract([bad / "encrypted.pdf"], tmp_path / "b", password="guess", jobs=0)
    assert "another password" in wrong.documents[0]["error"]
    assert extract([bad / "locked.pdf"], tmp_path / "c", unlock=True, jobs=0).failed == 0


def test_the_same_input_gives_the_same_bytes_on_any_number_of_jobs(
    corpus: Path, tmp_path: Path
) -> None:
    files = [corpus / SMALL, corpus / "yanping-sfj-2025.pdf"]
    extract(files, tmp_path / "one")
    extract(files, tmp_path / "two", jobs=2)
    extract(files, tmp_path / "here", jobs=0)
    one = contents(tmp_path / "one")
    assert one == contents(tmp_path / "two") == contents(tmp_path / "here")
    assert {f"{table}.parquet" for table in TABLES} <= set(one)


def test_resume_reads_only_what_changed_and_ends_with_the_same_bytes(
    corpus: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(corpus / SMALL, folder)
    extract([folder], tmp_path / "resumed", jobs=0)
    shutil.copy(corpus / "yunting-sjj-2024.pdf", folder)
    watch = Seen()
    extract([folder], tmp_path / "resumed", watch=watch, jobs=0)
    extract([folder], tmp_path / "fresh", jobs=0)
    assert watch.names == ["yunting-sjj-2024.pdf"]
    assert contents(tmp_path / "resumed") == contents(tmp_path / "fresh")


@pytest.fixture(scope="module")
def good(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of one good file."""
    out = tmp_path_factory.mktemp("good") / "dataset"
    extract([corpus / GOOD], out, jobs=0)
    return out


def test_the_data_package_describes_the_files(good: Path) -> None:
    report = frictionless.validate(str(good / "datapackage.json"))
    assert report.valid, report.flatten(["resourceName", "title", "message"])[:5]


def test_a_folder_of_other_files_is_not_replaced(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("mine")
    with pytest.raises(UsageError, match="not a dataset"):
        extract([corpus / GOOD], tmp_path)
    assert (tmp_path / "thesis.docx").read_text() == "mine"


def test_an_output_that_can_not_be_written_is_said(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match=r"written|a file"):
        extract([corpus / GOOD], tmp_path / "file" / "dataset")


def test_every_figure_finds_its_document_and_no_row_is_lost(good: Path) -> None:
    dataset = read_dataset(good)
    assert dataset.facts["fact_id"].is_unique
    assert set(dataset.facts["document"]) == {"changji-kjj-2025"}
    assert int(dataset.documents["n_facts"][0]) == len(dataset.facts)
    assert len(dataset.unmapped) == 0


def test_a_folder_without_a_pdf_is_a_row_and_the_others_go_on(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    done = extract([tmp_path / "none", corpus / SMALL], tmp_path / "dataset", jobs=0)
    said = {row["document"]: row["error"] for row in done.documents}
    assert said == {"yunting-wjw-2023": "", "none": "the folder holds no PDF"}


def test_text_and_tables_in_two_files_are_told_to_belong_together(
    corpus: Path, tmp_path: Path
) -> None:
    ruled = pages_with_tables(corpus / GOOD)
    with pikepdf.open(corpus / GOOD) as pdf:
        for name, wanted in (("tables", True), ("text", False)):
            part = pikepdf.new()
            part.pages.extend(
                page for n, page in enumerate(pdf.pages) if n == 0 or ruled[n] is wanted
            )
            part.save(tmp_path / f"{name}.pdf")
    done = extract([tmp_path / "tables.pdf", tmp_path / "text.pdf"], tmp_path / "dataset", jobs=0)
    said = {row["document"]: row for row in done.documents}
    assert said["tables"]["n_tables"] > 5
    assert said["text"]["n_tables"] == 0
    assert said["text"]["error"] == "holds the text alone; its tables are in tables.pdf"
    assert {said["text"]["year"], said["tables"]["year"]} == {2025}


def pages_with_tables(path: Path) -> list[bool]:
    """Whether an independent reader sees a grid of lines on each page."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return [len(page.rects) + len(page.lines) > 8 for page in pdf.pages]
