"""Budgets and final accounts of two years of one invented bureau, typeset as small PDFs.

``python -m tests.helpers.years FOLDER`` typesets them for the eye, and for the catalogue of checks.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from budgetkit.corpus.grid import Cell, GridTable
from budgetkit.corpus.model import Style
from budgetkit.corpus.paper import Paper
from budgetkit.corpus.ruled import draw_table

DEPARTMENT, YEAR = "云汀市水务局", 2024
NOTICE = "本文件为虚构，仅供教学"
#: Code, name, last year's budget and this year's (万元).
FUNCTIONS = (
    ("208", "社会保障和就业支出", "80.00", "84.00"),
    ("20805", "行政事业单位养老支出", "80.00", "84.00"),
    ("2080505", "机关事业单位基本养老保险缴费支出", "80.00", "84.00"),
    ("213", "农林水支出", "920.00", "966.50"),
    ("21303", "水利", "920.00", "966.50"),
    ("2130301", "行政运行", "620.00", "651.50"),
    ("2130305", "水利工程建设", "300.00", "315.00"),
)
#: 三公, and its budget of both years.
THREE = ("合计", "公务接待费", "公务用车运行费")
THREE_PLANNED = ("12.00", "2.00", "10.00")
#: What was spent of the class that the prose speaks of.
SPENT = {2023: "615.40", 2024: "648.30"}


@dataclass(frozen=True)
class Years:
    """What the documents print, where a test wants it otherwise.

    Attributes
    ----------
    functions : tuple
        Of the second budget, with last year's figures as printed there; above.
    said_before : str
        Last year's budget of 行政运行, in the prose of the second budget.
    projects : tuple of str
        Projects of the second budget; that of the first goes on until 2025.
    carried : tuple of str
        What the first account ends with, and what the second begins with.
    first_budget : str
        The budget of 行政运行 in the prose of the second account.
    """

    functions: Sequence[tuple[str, str, str, str]] = FUNCTIONS
    said_before: str = "620.00"
    projects: Sequence[str] = ("河道清淤项目", "档案整理项目")
    carried: tuple[str, str] = ("35.20", "35.20")
    first_budget: str = "651.50"


def typeset_years(folder: Path, years: Years | None = None) -> list[Path]:
    """Typeset the budgets and the accounts of two years into a folder."""
    years = years or Years()
    folder.mkdir(parents=True, exist_ok=True)
    first = [(code, name, "", then) for code, name, then, _ in FUNCTIONS]
    return [
        _budget(folder, YEAR - 1, first, "", ("河道清淤项目",)),
        _budget(folder, YEAR, years.functions, years.said_before, years.projects),
        _account(folder, YEAR - 1, ("20.00", years.carried[0]), "620.00"),
        _account(folder, YEAR, (years.carried[1], "41.60"), years.first_budget),
    ]


def _budget(
    folder: Path,
    year: int,
    functions: Sequence[tuple[str, str, str, str]],
    before: str,
    projects: Sequence[str],
) -> Path:
    paper = _open(folder / f"water-{year}.pdf", year, "预算")
    said = f"2.农林水支出（类）水利（款）行政运行（项）{year}年预算数为{_of(functions)}万元"
    last = (
        f"，{year - 1}年预算数为{before}万元，主要用于人员经费。"
        if before
        else "，主要用于人员经费。"
    )
    lines = [
        f"{year}年部门预算情况说明",
        "一、一般公共预算支出情况说明",
        said + last,
        "二、项目支出情况说明",
    ]
    for project in projects:
        lines += [
            f"项目名称：{project}",
            "设立的政策依据：市水利发展规划",
            "预算安排规模：10.00万元",
            f"资金执行时间：{YEAR - 1}年1月1日—{YEAR + 1}年12月31日",
        ]
    _paragraphs(paper, lines)
    three = _grid("一般公共预算“三公”经费支出预算表", (1.0,) * 3, [_head(*THREE)], [THREE_PLANNED])
    _draw(paper, [_table("一般公共预算支出预算表", year, functions), three])
    return _close(paper, folder / f"water-{year}.pdf")


def _account(folder: Path, year: int, carried: tuple[str, str], budget: str) -> Path:
    path = folder / f"water-{year}-final.pdf"
    paper = _open(path, year, "决算")
    spent = SPENT[year]
    rate = f"{float(spent) / float(budget) * 100:.2f}"
    _paragraphs(
        paper,
        [
            f"{year}年度部门决算情况说明",
            "一、一般公共预算财政拨款支出决算具体情况",
            "1.农林水支出（类）水利（款）行政运行（项）。"
            f"年初预算为{budget}万元，支出决算为{spent}万元，完成年初预算的{rate}%。",
        ],
    )
    total = f"{float(spent) + float(carried[1]):.2f}"
    revenue = (
        ("一、一般公共预算财政拨款收入", f"{float(total) - float(carried[0]):.2f}"),
        ("本年收入合计", f"{float(total) - float(carried[0]):.2f}"),
        ("年初结转和结余", carried[0]),
        ("总计", total),
    )
    expenditure = (
        ("一、农林水支出", spent),
        ("本年支出合计", spent),
        ("年末结转和结余", carried[1]),
        ("总计", total),
    )
    body = [(*left, *right) for left, right in zip(revenue, expenditure, strict=True)]
    header = [
        [Cell("收入", 2, align="center"), Cell("支出", 2, align="center")],
        _head("项目", "决算数", "项目", "决算数"),
    ]
    three = [(*THREE_PLANNED, "9.60", "0.60", "9.00")]
    stages = [
        [Cell("预算数", 3, align="center"), Cell("决算数", 3, align="center")],
        _head(*THREE, *THREE),
    ]
    lines = (
        ("", "合计", spent, spent),
        ("213", "农林水支出", spent, spent),
        ("21303", "水利", spent, spent),
        ("2130301", "行政运行", spent, spent),
    )
    columns = [_head("科目编码", "科目名称", "合计", "基本支出")]
    _draw(
        paper,
        [
            _grid("收入支出决算总表", (2.4, 1.2, 2.4, 1.2), header, body),
            _grid("一般公共预算财政拨款支出决算表", (1.0, 2.4, 1.2, 1.2), columns, lines),
            _grid("一般公共预算财政拨款“三公”经费支出决算表", (1.0,) * 6, stages, three),
        ],
    )
    return _close(paper, path)


def _table(title: str, year: int, functions: Sequence[tuple[str, str, str, str]]) -> GridTable:
    top = [line for line in functions if len(line[0]) == 3]
    sums = [_sum(*(line[at] for line in top)) for at in (2, 3)]
    body: list[tuple[str, ...]] = [("", "合计", *sums), *functions]
    header = _head("科目编码", "科目名称", f"{year - 1}年预算数", f"{year}年预算数", "增减额")
    if not top[0][2]:
        body = [(code, name, now) for code, name, _, now in body]
        header = [*header[:2], Cell("合计", align="center")]
    else:
        body = [(*row, _change(row[0])) for row in body]
    return _grid(title, (1.0, 2.4, 1.2, 1.2, 1.2)[: len(header)], [header], body)


def _change(code: str) -> str:
    """What a row really changes by; of the whole without a code."""
    rows = [row for row in FUNCTIONS if row[0] == code or (not code and len(row[0]) == 3)]
    return f"{sum(float(now) - float(then) for *_, then, now in rows):.2f}"


def _of(functions: Sequence[tuple[str, str, str, str]]) -> str:
    return next(now for code, _, _, now in functions if code == "2130301")


def _sum(*amounts: str) -> str:
    return f"{sum(map(float, amounts)):.2f}" if all(amounts) else ""


def _grid(
    title: str,
    widths: Sequence[float],
    header: Sequence[Sequence[Cell]],
    body: Sequence[Sequence[str]],
) -> GridTable:
    rows = tuple(tuple(_cell(text) for text in row) for row in body)
    lines = tuple(tuple(row) for row in header)
    left = f"部门：{DEPARTMENT}"
    return GridTable(title, "", title, left, "单位：万元", tuple(widths), lines, rows)


def _cell(text: str) -> Cell:
    number = "." in text
    return Cell(text, align="right" if number else "left", number=number)


def _head(*texts: str) -> list[Cell]:
    return [Cell(text, align="center") for text in texts]


def _open(path: Path, year: int, kind: str) -> Paper:
    paper = Paper(path, f"{DEPARTMENT}{year}", NOTICE, False)
    paper.page()
    paper.y -= paper.height * 0.3
    paper.centered(DEPARTMENT, 24)
    paper.centered(f"{year}年度部门{kind}", 20)
    paper.centered(f"（{NOTICE}）", 12)
    return paper


def _paragraphs(paper: Paper, lines: Sequence[str]) -> None:
    paper.page()
    for line in lines:
        paper.paragraph(line)


def _draw(paper: Paper, tables: Sequence[GridTable]) -> None:
    for one in tables:
        paper.page()
        draw_table(paper, one, Style())


def _close(paper: Paper, path: Path) -> Path:
    paper.save()
    return path


if __name__ == "__main__":
    for made in typeset_years(Path(sys.argv[1])):
        print(made)
