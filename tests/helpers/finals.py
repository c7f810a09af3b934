"""A budget and a final account of one invented bureau, typeset as small PDFs.

``python -m tests.helpers.finals FOLDER`` typesets them for the eye.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from budgetkit.corpus.grid import Cell, GridTable
from budgetkit.corpus.model import Style
from budgetkit.corpus.paper import Paper
from budgetkit.corpus.ruled import draw_table

DEPARTMENT, YEAR = "云汀市水务局", 2024
NOTICE = "本文件为虚构，仅供教学"
#: What both print of the expenditure: code, name, basic and project (万元).
FUNCTIONS = (
    ("208", "社会保障和就业支出", "80.00", ""),
    ("20805", "行政事业单位养老支出", "80.00", ""),
    ("2080505", "机关事业单位基本养老保险缴费支出", "80.00", ""),
    ("213", "农林水支出", "620.00", "300.00"),
    ("21303", "水利", "620.00", "300.00"),
    ("2130301", "行政运行", "620.00", ""),
    ("2130305", "水利工程建设", "", "300.00"),
)
SPENT = (
    ("208", "社会保障和就业支出", "76.00", ""),
    ("20805", "行政事业单位养老支出", "76.00", ""),
    ("2080505", "机关事业单位基本养老保险缴费支出", "76.00", ""),
    ("213", "农林水支出", "651.00", "240.00"),
    ("21303", "水利", "651.00", "240.00"),
    ("2130301", "行政运行", "651.00", ""),
    ("2130314", "防汛", "", "15.00"),
    ("2130305", "水利工程建设", "", "225.00"),
)
CLASSES = (
    ("301", "工资福利支出", "560.00"),
    ("30101", "基本工资", "300.00"),
    ("30102", "津贴补贴", "260.00"),
    ("302", "商品和服务支出", "140.00"),
    ("30201", "办公费", "140.00"),
)
CLASSES_SPENT = (
    ("301", "工资福利支出", "588.00"),
    ("30101", "基本工资", "318.00"),
    ("30102", "津贴补贴", "270.00"),
    ("302", "商品和服务支出", "139.00"),
    ("30201", "办公费", "139.00"),
)
#: 三公: total, abroad, vehicles, bought, run, reception.
THREE = ("12.00", "0.00", "10.00", "0.00", "10.00", "2.00")
THREE_SPENT = ("9.60", "0.00", "9.00", "0.00", "9.00", "0.60")


@dataclass(frozen=True)
class Pair:
    """What the two documents print, where a test wants it otherwise.

    Attributes
    ----------
    functions, spent, classes, classes_spent : tuple
        Lines of the tables, as above.
    three, three_spent, three_stated : tuple of str
        三公 in the budget, in the final account, and the budget that the latter prints.
    adjusted : str
        Adjusted budget of the whole, in a table of the final account; empty for none.
    """

    functions: Sequence[tuple[str, str, str, str]] = FUNCTIONS
    spent: Sequence[tuple[str, str, str, str]] = SPENT
    classes: Sequence[tuple[str, str, str]] = CLASSES
    classes_spent: Sequence[tuple[str, str, str]] = CLASSES_SPENT
    three: Sequence[str] = THREE
    three_spent: Sequence[str] = THREE_SPENT
    three_stated: Sequence[str] = THREE
    adjusted: bool = True
    department: str = DEPARTMENT
    year: int = YEAR
    style: Style = field(default_factory=Style)


def typeset_pair(folder: Path, pair: Pair | None = None, *, stem: str = "water") -> list[Path]:
    """Typeset the budget and the final account into a folder."""
    pair = pair or Pair()
    folder.mkdir(parents=True, exist_ok=True)
    budget = _write(folder / f"{stem}-{pair.year}.pdf", pair, "预算", _budget(pair))
    final = _write(folder / f"{stem}-{pair.year}-final.pdf", pair, "决算", _final(pair))
    return [budget, final]


def _write(path: Path, pair: Pair, kind: str, tables: Sequence[GridTable]) -> Path:
    paper = Paper(path, f"{pair.department}{pair.year}", NOTICE, False)
    paper.page()
    paper.y -= paper.height * 0.3
    paper.centered(pair.department, 24)
    paper.centered(f"{pair.year}年度部门{kind}", 20)
    paper.centered(f"（{NOTICE}）", 12)
    for table in tables:
        paper.page()
        draw_table(paper, table, pair.style)
    paper.save()
    return path


def _budget(pair: Pair) -> list[GridTable]:
    return [
        _functions("部门支出预算总表", pair, pair.functions),
        _functions("一般公共预算支出预算表", pair, pair.functions),
        _classes("一般公共预算基本支出预算表", pair, pair.classes),
        _three("一般公共预算“三公”经费支出预算表", pair, {"": pair.three}),
    ]


def _final(pair: Pair) -> list[GridTable]:
    found = [
        _functions("支出决算表", pair, pair.spent),
        _functions("一般公共预算财政拨款支出决算表", pair, pair.spent),
        _classes("一般公共预算财政拨款基本支出决算表", pair, pair.classes_spent),
        _three(
            "一般公共预算财政拨款“三公”经费支出决算表",
            pair,
            {"预算数": pair.three_stated, "决算数": pair.three_spent},
        ),
    ]
    return [*found, _summary(pair)] if pair.adjusted else found


def _grid(
    title: str,
    pair: Pair,
    widths: Sequence[float],
    header: Sequence[Sequence[Cell]],
    body: Sequence[Sequence[str]],
) -> GridTable:
    rows = tuple(tuple(_cell(text) for text in row) for row in body)
    left = f"部门：{pair.department}"
    lines = tuple(tuple(row) for row in header)
    return GridTable(title, "", title, left, "单位：万元", tuple(widths), lines, rows)


def _cell(text: str) -> Cell:
    number = "." in text
    return Cell(text, align="right" if number else "left", number=number)


def _head(*texts: str) -> list[Cell]:
    return [Cell(text, align="center") for text in texts]


def _sum(*amounts: str) -> str:
    found = [float(text) for text in amounts if text.replace(".", "").isdigit()]
    return f"{sum(found):.2f}" if found else ""


def _functions(title: str, pair: Pair, lines: Sequence[tuple[str, str, str, str]]) -> GridTable:
    top = [line for line in lines if len(line[0]) == 3]
    basic, project = (_sum(*(line[at] for line in top)) for at in (2, 3))
    whole = ("", "合计", _sum(basic, project), basic, project)
    body = [whole, *((code, name, _sum(b, p), b, p) for code, name, b, p in lines)]
    header = [_head("科目编码", "科目名称", "合计", "基本支出", "项目支出")]
    return _grid(title, pair, (1.0, 2.4, 1.2, 1.2, 1.2), header, body)


def _classes(title: str, pair: Pair, lines: Sequence[tuple[str, str, str]]) -> GridTable:
    whole = ("", "合计", _sum(*(amount for code, _, amount in lines if len(code) == 3)))
    header = [_head("经济分类科目编码", "科目名称", "合计")]
    return _grid(title, pair, (1.0, 2.4, 1.2), header, [whole, *lines])


def _three(title: str, pair: Pair, stages: dict[str, Sequence[str]]) -> GridTable:
    words = ("合计", "因公出国（境）费", "小计", "公务用车购置费", "公务用车运行费", "公务接待费")
    top = [Cell(name, 6, align="center") for name in stages if name]
    group = [
        cell
        for _ in stages
        for cell in (
            Cell(words[0], rows=2, align="center"),
            Cell(words[1], rows=2, align="center"),
            Cell("公务用车购置及运行费", 3, align="center"),
            Cell(words[5], rows=2, align="center"),
        )
    ]
    low = _head(*(word for _ in stages for word in words[2:5]))
    body = [tuple(amount for amounts in stages.values() for amount in amounts)]
    header = [*([top] if top else []), group, low]
    return _grid(title, pair, (1.0,) * 6 * len(stages), header, body)


def _summary(pair: Pair) -> GridTable:
    """The summary with three stages, by 类."""
    planned = {code: _sum(b, p) for code, _, b, p in pair.functions if len(code) == 3}
    spent = {code: _sum(b, p) for code, _, b, p in pair.spent if len(code) == 3}
    names = {code: name for code, name, *_ in pair.spent if len(code) == 3}
    rows = [
        (f"{mark}、{name}", planned.get(code, ""), f"{float(spent[code]) + 20:.2f}", spent[code])
        for mark, (code, name) in zip("一二三四五六", names.items(), strict=False)
    ]
    sums = [_sum(*(row[at] for row in rows)) for at in (1, 2, 3)]
    body = [*rows, ("本年支出合计", *sums)]
    money = ("一、一般公共预算财政拨款收入", *sums)
    blank = ("", "", "", "")
    left = [money, *([blank] * (len(body) - 2)), ("本年收入合计", *sums)]
    both = [(*a, *b) for a, b in zip(left, body, strict=True)]
    stages = ("项目", "年初预算数", "调整预算数", "决算数")
    header = [
        [Cell("收入", 4, align="center"), Cell("支出", 4, align="center")],
        _head(*stages, *stages),
    ]
    widths = (2.2, 1.0, 1.0, 1.0, 2.2, 1.0, 1.0, 1.0)
    return _grid("收入支出决算总表", pair, widths, header, both)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    second = Pair(
        department="云汀市民政局",
        adjusted=False,
        spent=FUNCTIONS,
        three_stated=("15.00", *THREE[1:]),
    )
    for made in (*typeset_pair(folder), *typeset_pair(folder, second, stem="civil")):
        print(made)
