"""The tables of a dataset as files to take away."""

from __future__ import annotations

import io

import openpyxl
import pandas as pd

from budgetkit.schema import Field
from budgetkit.site.downloads import as_workbook
from budgetkit.site.site_words import SiteWords

FIELDS = (Field("term", "string", "explained term"), Field("amount", "number", "万元"))
TABLE = pd.DataFrame({"term": ["=HYPERLINK(1)", "预备费", None, "@a\x00"],
                      "amount": [-1.5, None, 3.0, 0.0]})  # fmt: skip


def test_a_workbook_has_the_rows_as_they_are_and_explains_the_columns() -> None:
    made = as_workbook([TABLE], len(TABLE), "glossary", FIELDS, SiteWords("en"))
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert book.sheetnames == ["glossary", "Dictionary"]
    tab = book["glossary"]
    assert [[cell.value for cell in row] for row in tab.iter_rows()] == [
        ["term", "amount"], ["=HYPERLINK(1)", -1.5], ["预备费", None], [None, 3], ["@a", 0],
    ]  # fmt: skip
    assert tab["A2"].data_type == "s"
    assert tab["A2"].quotePrefix
    assert (tab.freeze_panes, tab.auto_filter.ref) == ("A2", "A1:B5")
    assert book["Dictionary"]["C2"].value == "explained term"


def test_the_same_rows_give_the_same_bytes_in_however_many_parts() -> None:
    say = SiteWords("zh")
    whole, *others = (
        as_workbook(parts, len(TABLE), "glossary", FIELDS[:0], say)
        for parts in ([TABLE], [TABLE], [TABLE[:1], TABLE[1:1], TABLE[1:]])
    )
    assert others == [whole, whole]
