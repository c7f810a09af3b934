"""What an office opens: headings, formats, filters, links; no text is a formula."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator

import pytest
from openpyxl import load_workbook

from budgetkit.errors import UsageError
from budgetkit.workbook.book import Link, Sheet, workbook
from budgetkit.workbook.workbook_words import WorkbookWords

WORDS = WorkbookWords("en")
SHEET = Sheet(
    "Of/one",
    tuple(WORDS.column(key) for key in ("name", "amount", "page")),
    (
        ("=1+1", 1234.5, Link(3, "a.pdf#page=3")),
        ("+7", None, Link(4, "")),
        ("-x\x0b", 12, 5),
        ("@y", float("nan"), 6),
    ),
)


def test_texts_stay_texts_and_numbers_numbers() -> None:
    book = load_workbook(io.BytesIO(workbook([SHEET], "=t", WORDS)))
    assert book.sheetnames == ["Of_one", "Columns"]
    tab = book["Of_one"]
    assert [cell.value for cell in tab["A"]] == ["Name", "=1+1", "+7", "-x", "@y"]
    assert {cell.data_type for cell in tab["A"]} == {"s"}
    assert [cell.value for cell in tab["B"][1:]] == [12.345, None, 0.12, None]
    assert [cell.number_format for cell in tab["B"][1:4:2]] == ["#,##0.0000"] * 2
    assert (tab["C2"].value, tab["C2"].hyperlink.target) == (3, "a.pdf#page=3")
    assert tab["C3"].hyperlink is None
    assert (tab.freeze_panes, tab.auto_filter.ref) == ("A2", "A1:C5")


def test_each_column_is_explained() -> None:
    book = load_workbook(io.BytesIO(workbook([SHEET], "t", WORDS)))
    lines = list(book["Columns"].iter_rows(min_row=2, values_only=True))
    assert [line[1] for line in lines] == ["Name", "Amount (million yuan)", "Page"]
    assert all(line[2] for line in lines)


@pytest.mark.parametrize(
    ("unit", "shown", "heading"),
    [
        ("wan", 1234.5, "金额（万元）"),
        ("yuan", 12_345_000.0, "金额（元）"),
        ("yi", 0.12345, "金额（亿元）"),
    ],
)
def test_amounts_are_in_the_unit_that_is_asked_for(unit: str, shown: float, heading: str) -> None:
    words = WorkbookWords("zh", unit)
    sheet = Sheet("甲", (words.column("amount"),), ((1234.5,),))
    tab = load_workbook(io.BytesIO(workbook([sheet], "t", words)))["甲"]
    assert (tab["A1"].value, tab["A2"].value) == (heading, shown)


def test_a_sheet_is_asked_for_when_the_one_before_it_is_written() -> None:
    alive: list[int] = []

    class Counted(Sheet):
        def __del__(self) -> None:
            alive.pop()

    def sheets() -> Iterator[Sheet]:
        for name in "abcd":
            alive.append(len(alive))
            yield Counted(name, SHEET.columns, SHEET.rows)
            most.append(len(alive))

    most: list[int] = []
    made = workbook(sheets(), "t", WORDS)
    assert max(most) <= 2
    same = [Sheet(name, SHEET.columns, SHEET.rows) for name in "abcd"]
    assert made == workbook(same, "t", WORDS)


def test_the_same_content_gives_the_same_bytes() -> None:
    assert workbook([SHEET], "t", WORDS) == workbook([SHEET], "t", WORDS)


def test_there_is_no_other_language() -> None:
    with pytest.raises(UsageError, match="there is no language"):
        WorkbookWords("fr")


FULL = """
import resource, signal
from budgetkit.workbook.book import row_by_row

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    with row_by_row() as book:
        tab = book.create_sheet("a")
        for n in range(20_000):
            tab.append([n, str(n)])
        tab.close()
except OSError as error:
    print(error.strerror)
"""


def test_a_full_disk_is_an_error_of_the_system() -> None:
    """A file that may grow no more stands for the disk; nothing is told later, or twice."""
    done = subprocess.run([sys.executable, "-c", FULL], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("File too large\n", "")
