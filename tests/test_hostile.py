"""Hostile names of files and departments: text everywhere, and nothing runs or loads.

Each of the strings is the name of a file, where the file system takes it, and of a department.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl
import pandas as pd
import pypdfium2
import pytest

from budgetkit.errors import CONTROL, visible, without_control
from budgetkit.extraction.extract import extract
from budgetkit.schema import TABLES
from budgetkit.storage.reader import DatasetReader
from tests.conftest import RunCli
from tests.helpers.rewritten import rewrite
from tests.helpers.runs import SMALL

# All of them with the browser tests: what they look at takes minutes to make, once.
pytestmark = [pytest.mark.slow, pytest.mark.browser]

#: What a page must never do with a name: set this.
RUN = "globalThis.broken=1"
HOSTILE = (
    '=HYPERLINK("http://x.invalid","局")', "+1+1局", "-2+3局", "@SUM(1,2)局", "\t=1+1局",
    "\r=1+2局", "\x1b[31m红局\x1b[0m", "\x9b31m黄局", "\u202e局政财", "\u2066局甲\u2069",
    "局\x07\x08乙",
    f"<script>{RUN}</script>局", f'"><img src=x onerror={RUN}>局', f"<svg onload={RUN}>局",
    f"</title></textarea><b onmouseover='{RUN}'>局", "&lt;b&gt;局&amp;",
    "{{7*7}}局", "{% for x in y %}局", "${7*7}局", "$(touch broken)局", "`touch broken`局",
    f"javascript:{RUN}", f"[局](javascript:{RUN})", "![局](http://x.invalid/x.png)",
    "局" * 83, "甲\n乙局", "甲|乙|局", "'单'\"双\"局", "../../broken局", "..\\..\\broken局",
    "%s%n%d局", "null", "NaN", "#REF!", "$x^2$ \\frac{1}{0}局", " 局 ", "..", "--help",
)  # fmt: skip
#: What a spreadsheet takes for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: Departments with a report of their own; the site has those of all.
REPORTED = (0, 8, 11, 28)


def file_name(name: str) -> str:
    """The name of the file of a department; without what no file system takes."""
    return f"{name.replace('/', '∕')}.pdf"


@pytest.fixture(scope="module")
def dataset(corpus: Path, made_once: Callable[..., Path]) -> Path:
    """A dataset of documents with these names, each of a department with the same name."""

    def make(folder: Path) -> None:
        content = (corpus / SMALL).read_bytes()
        (folder / "in").mkdir()
        for at, name in enumerate(HOSTILE):
            (folder / "in" / file_name(name)).write_bytes(content + f"\n%{at}\n".encode())
        extract([folder / "in"], folder / "ds", jobs=2)
        ds = DatasetReader(folder / "ds")
        # The last line of each file says whose it is.
        names = {
            document: HOSTILE[int(Path(place).read_bytes().rpartition(b"%")[2])]
            for document, place in ds.sources().items()
        }
        for table, fields in TABLES.items():
            frame: pd.DataFrame = ds.frame(table)
            for field in ("department", "department_id"):
                if field in {one.name for one in fields}:
                    frame[field] = frame["document"].map(names).astype("string")
            rewrite(folder / "ds", table, frame)

    return made_once("hostile", make)


@pytest.fixture(scope="module")
def made(dataset: Path, run_cli: RunCli, made_once: Callable[..., Path]) -> Path:
    """Everything that is written of it, and what the terminal showed."""

    def make(folder: Path) -> None:
        shutil.copytree(dataset / "ds", folder / "ds")
        told = [
            run_cli("audit", "ds", "--annotate", "marked", cwd=folder),
            run_cli("compare", "ds", "--out", "compared", cwd=folder),
            run_cli("site", "ds", "--out", "site", "--jobs", "2", cwd=folder),
        ]
        for at in REPORTED:
            asked = ("--department", HOSTILE[at], "--format", "xlsx")
            told += [run_cli("report", "ds", "--out", "reports", *asked, cwd=folder)]
            asked = ("--department", HOSTILE[at], "--format", "docx", "--out", "case.docx")
            told += [run_cli("audit", "ds", *asked, cwd=folder)]
        assert all(one.returncode in (0, 1) for one in told), [one.stderr for one in told]
        (folder / "said.txt").write_text("".join(one.stdout + one.stderr for one in told))

    return made_once("hostile-made", make)


def test_every_document_is_read_and_has_its_name(dataset: Path) -> None:
    documents = DatasetReader(dataset / "ds").documents
    assert set(documents["status"]) <= {"ok", "partial"}
    assert set(documents["department"]) == set(HOSTILE)
    assert all(source == visible(source) for source in documents["source"])


def test_nothing_stands_elsewhere(dataset: Path, made: Path) -> None:
    found = {path.name for path in made.iterdir() if not path.name.startswith(".")}
    assert found == {"ds", "marked", "compared", "site", "reports", "said.txt", "case.docx"}
    assert not [*made.parent.glob("*broken*"), *made.parent.parent.glob("*broken*")]


def test_the_terminal_shows_no_control_character(made: Path) -> None:
    said = (made / "said.txt").read_text()
    assert said == visible(said)
    assert "Traceback" not in said


def test_a_cell_is_text(made: Path) -> None:
    files = [*made.glob("compared/**/*.csv"), *made.glob("site/**/*.csv")]
    assert len(files) > 20
    for file in files:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            for cell in (cell for row in csv.reader(lines) for cell in row):
                assert not cell.startswith(FORMULA) or is_number(cell), (file, cell)


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_a_workbook_has_no_formula_and_no_link_out(made: Path) -> None:
    folders = ("compared", "reports", "site")
    files = [file for name in folders for file in made.glob(f"{name}/**/*.xlsx")]
    assert len(files) > 5
    for file in files:
        book = openpyxl.load_workbook(file)
        for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
            assert cell.data_type != "f", (file, cell)
            if cell.hyperlink and cell.hyperlink.target:
                assert not cell.hyperlink.target.startswith(("http:", "javascript:")), file
        book.close()


def test_marked_copies_open(made: Path) -> None:
    files = list((made / "marked").iterdir())
    assert files
    for file in files:
        with pypdfium2.PdfDocument(file) as pdf:
            assert len(pdf)


class Watched:
    """A page that notes whatever it does besides showing itself."""

    def __init__(self, browser: Any) -> None:
        self.did: list[str] = []
        self.page = browser.new_page()
        self.page.on("dialog", lambda dialog: (self.did.append(dialog.message), dialog.dismiss()))
        self.page.on("console", lambda message: self.did.append(message.text))
        self.page.on("pageerror", lambda error: self.did.append(str(error)))
        self.page.on("request", lambda request: self._asked(request.url))
        self.page.on("requestfailed", lambda request: self.did.append(request.url[:200]))

    def _asked(self, url: str) -> None:
        if not url.startswith(("file:", "data:", "blob:")) or "broken" in unquote(url[:4]):
            self.did.append(url)

    def open(self, file: Path) -> str:
        """Return the text of a file, without its spaces."""
        self.page.goto(file.as_uri())
        assert self.page.evaluate("globalThis.broken") is None
        return "".join(self.page.evaluate("document.body.textContent").split())


@pytest.fixture
def watched(browser: Any) -> Iterator[Watched]:
    one = Watched(browser)
    yield one
    one.page.close()


def test_nothing_runs_in_a_page(made: Path, watched: Watched) -> None:
    folders = ("compared", "reports", "site")
    pages = [file for name in folders for file in made.glob(f"{name}/**/*.html")]
    assert len(pages) > len(HOSTILE)
    texts = {}
    for file in pages:
        texts[file] = watched.open(file)
        assert watched.did == [], file
    for start in ("compared/index.html", "reports/index.html", "site/index.html"):
        shown = texts[made / start]
        for at, name in enumerate(HOSTILE):
            if "reports" not in start or at in REPORTED:
                ways = {"".join(one.split()) for one in (visible(name), without_control(name))}
                assert any(way in shown for way in ways), (start, name)
    for file in (made / "compared/index.html", *(made / "reports").glob("*.html")):
        assert not CONTROL.search(texts[file]), file
