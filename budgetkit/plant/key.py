"""The key of what was planted, and the sheets for those who look for it."""

from __future__ import annotations

import csv
import html
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from budgetkit.corpus.model import Disclosure
from budgetkit.plant.kinds import described
from budgetkit.plant.several import Copy
from budgetkit.plant.slip_places import place_of
from budgetkit.storage.spreadsheet import as_text

#: Columns of ``key.csv``.
KEY = (
    "student",
    "file",
    "document",
    "department",
    "year",
    "kind",
    "page",
    "table",
    "row",
    "column",
    "printed",
    "true",
    "error_zh",
    "error_en",
    "shown_by_zh",
    "shown_by_en",
    "table_id",
    "section",
    "code",
    "project",
    "measure",
)
#: Columns of a sheet, which a student fills in.
SHEET = (
    "页码 page",
    "表或段落 table or paragraph",
    "行 row",
    "列 column",
    "印成 printed",
    "应为 should be",
    "理由 why",
)
#: Lines of a sheet beyond the errors: a number of lines equal to theirs would tell it.
SPARE_LINES = 7


def key_rows(copy: Copy, file: str, student: str = "") -> list[dict[str, object]]:
    """Return the rows of the key for one copy, by page.

    Parameters
    ----------
    copy
        The broken copy.
    file
        The PDF, relative to the key.
    student
        Whose it is; empty for no one's.

    Returns
    -------
    list of dict
        Columns as in ``KEY``.
    """
    model, rows = copy.model, []
    for slip, page in ((error.slip, error.page) for error in copy.errors):
        words, place = described()[slip.kind], place_of(model, slip)
        rows.append(
            {
                "student": student,
                "file": file,
                "document": model.key,
                "department": model.department,
                "year": model.year,
                "kind": slip.kind,
                "page": page,
                "table": place.table,
                "row": place.row,
                "column": place.column,
                "printed": slip.printed,
                "true": slip.true,
                "error_zh": words.zh,
                "error_en": words.en,
                "shown_by_zh": words.shows_zh,
                "shown_by_en": words.shows_en,
                "table_id": slip.table,
                "section": slip.section,
                "code": slip.code,
                "project": slip.project,
                "measure": slip.measure,
            }
        )
    return rows


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Write a table that a spreadsheet opens.

    Parameters
    ----------
    path
        The file.
    columns
        Their names, in order.
    rows
        A value for each column.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        for row in rows:
            writer.writerow(
                {key: as_text(cell) if isinstance(cell, str) else cell for key, cell in row.items()}
            )


def write_sheets(folder: Path, model: Disclosure, file: str, student: str) -> None:
    """Write the sheet of a student, to fill in by a spreadsheet or on paper.

    Parameters
    ----------
    folder
        Where ``findings.csv`` and ``sheet.html`` go.
    model
        The disclosure, of which only its title is told.
    file
        Name of the PDF.
    student
        Their number.
    """
    write_csv(folder / "findings.csv", SHEET, [dict.fromkeys(SHEET, "")] * SPARE_LINES)
    title = f"{model.department} {model.year}"
    heads = "".join(f"<th>{html.escape(head)}</th>" for head in SHEET)
    lines = f"<tr>{'<td></td>' * len(SHEET)}</tr>\n" * SPARE_LINES
    page = _PAGE.format(
        student=html.escape(student),
        title=html.escape(title),
        file=html.escape(file),
        heads=heads,
        lines=lines,
    )
    (folder / "sheet.html").write_text(page, encoding="utf-8")


_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>找错 Find the error {student}</title>
<style>
@page {{ size: A4 landscape; margin: 12mm }}
body {{ font-family: "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ border: 1px solid #444; padding: 4px 6px; text-align: left; font-size: 12px }}
td {{ height: 3em }}
</style>
</head>
<body>
<h1>找错 Find the error · {student}</h1>
<p>{title} · {file}</p>
<p>这份公开文件是虚构的，其中有几处错误。请从页面上找出来：哪一页、哪一格、印成什么、应为多少、凭什么知道。<br>
This disclosure is invented, and some of it is wrong. Find it on the pages: which page and cell,
what is printed, what it should be, and how you know.</p>
<table>
<thead><tr>{heads}</tr></thead>
<tbody>
{lines}</tbody>
</table>
<p>姓名 Name: ____________________</p>
</body>
</html>
"""
