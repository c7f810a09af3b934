"""Words: another year or fund than the document's, and what a template left behind.

What a text check says must be plain to see on the page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from budgetkit.checks.case import Case, Row
from budgetkit.checks.finding import Checks, Finding
from budgetkit.checks.findings import found_or_none, in_table, remark, told
from budgetkit.checks.printed import FAIL, PASS
from budgetkit.checks.prose import paragraphs, snippet
from budgetkit.extraction.prose.wordings import folded, matcher
from budgetkit.geometry import PageBox

_TITLES = re.compile(r"《[^《》]*》|〔20\d\d〕|[（(\[【]20\d\d[)）\]】]第?\d*号?")
_YEAR = re.compile(r"(?<![\d.,〔])(20\d\d)年")
_PLACEHOLDER = re.compile(
    r"[×ＸX]{2,}(?![A-Za-z0-9])|[＊*]{2,}|_{3,}|＿{2,}|□|待补充|待填写|[（(](?:请|此处|待)?填写[^（()）]*[)）]"
)
_UNCHOSEN = re.compile(
    r"(?:增加|增长|上升)[（(](?:减少|下降|降低)[)）]|[（(](?:减少|下降)[)）](?:增加|增长)|增加/减少|增长/下降"
)
_BLANK = re.compile(
    r"(?:支出|收入|预算|拨款|经费|增加|减少|增长|下降)(?:万元|元|%|％)(?=[，。；、）)])"
)
#: What a template leaves behind: its kind, words that it holds at the least (a search for plain
#: words is quick), what it looks like, and what it is called.
_LEFT = (
    ("placeholder", re.compile("×|Ｘ|X|＊|\\*|_|＿|□|待补|待填|填写"), _PLACEHOLDER, "占位符"),
    ("unchosen", re.compile("/减少|/下降|减少[)）]|下降[)）]|降低[)）]"), _UNCHOSEN, "未选择的词"),
    ("blank", re.compile("万元|元|%|％"), _BLANK, "未填写的数字"),
)
_FUNDS = {"政府性基金": "国有资本", "国有资本": "政府性基金"}


def years(case: Case) -> Iterator[Finding]:
    """Find the year of another budget where this one's should stand."""
    if case.key is None:
        return
    year = case.key.year
    found: list[Finding] = []
    wrong_years: dict[str, list[tuple[Row, int, int]]] = defaultdict(list)
    for row in paragraphs(case):
        if "20" not in row["text"]:
            continue
        text = _TITLES.sub(lambda match: "＊" * len(match.group()), folded(row["text"]))
        for match in matcher("year", "own").finditer(text):
            wrong = int(next(filter(None, match.groups())))
            if wrong != year:
                wrong_years[match.group()].append((row, wrong, year))
        for match in matcher("year", "before").finditer(text):
            wrong = int(next(filter(None, match.groups())))
            if wrong >= year:
                wrong_years[match.group()].append((row, wrong, year - 1))
    found.extend(_year(case, words, places) for words, places in wrong_years.items())
    for table in case.rows["tables"]:
        for text in (table["note"] or "", table["title"] or ""):
            named = {int(n) for n in _YEAR.findall(folded(text))} if "年" in text else None
            if named and year not in named and not re.search("结转|上年|决算|执行", text):
                wrong = min(named)
                found.append(
                    in_table(
                        case,
                        table,
                        FAIL,
                        f"“{text[:40]}”中的年度{wrong}年与预算年度{year}年不一致",
                        f"'{text[:40]}' names {wrong}, the budget is of {year}",
                    )
                )
    yield from found_or_none(case, found, "年度一致", "the years agree")


def _year(case: Case, words: str, places: Sequence[tuple[Row, int, int]]) -> Finding:
    row, wrong, right = places[0]
    return remark(
        case,
        row,
        FAIL,
        f"“{words}”中的{wrong}年应为{right}年（{len(places)}处）",
        f"'{words}' names {wrong} where {right} should stand ({len(places)} times)",
        "year",
    )


def periods(case: Case) -> Iterator[Finding]:
    """Find projects whose period ended before the budget year or begins after it."""
    if case.key is None:
        return
    year = case.key.year
    for row in case.rows["projects"]:
        if row["where"] != "narrative" or row["funding"] == "carryover" or not row["period_end"]:
            continue
        first, last = (int(str(row[name])[:4]) for name in ("period_start", "period_end"))
        wrong = last < year or first > year
        text = f"{row['period_start']}—{row['period_end']}"
        yield told(
            FAIL if wrong else PASS,
            f"项目“{row['project']}”的实施周期{text}{'不' if wrong else ''}包含预算年度{year}",
            f"the project '{row['project']}' runs {text}, "
            + (f"not in {year}" if wrong else f"{year} included"),
            _named(case, row),
            table="text",
            code=row["project"],
            measure="period",
        )


def _named(case: Case, row: Row) -> Row:
    pages = {int(page) for page in (row["pages"] or "").split()}
    own = [p for p in paragraphs(case) if p["page"] in pages]
    dated = [p for p in own if str(row["period_end"])[:4] in p["text"] and not p["rank"]]
    named = [p for p in own if row["name"] in p["text"]]
    place = (dated or named or own or [{"page": None}])[0]
    return {**place, "document": row["document"], "item": row["project"]}


def funds(case: Case) -> Iterator[Finding]:
    """Find notes and sections that name the other fund alone."""
    found = []
    for table in case.rows["tables"]:
        own = {"government_fund": "政府性基金", "state_capital": "国有资本"}.get(table["table"])
        note = table["note"] or ""
        if own and _FUNDS[own] in note and own not in note:
            found.append(
                Finding(
                    FAIL,
                    "text-fund-note",
                    {"title": table["title"], "other": _FUNDS[own], "note": note[:40]},
                    table=table["table"],
                    place=_note_place(case, note),
                    document=table["document"],
                )
            )
    for row in paragraphs(case):
        head = (row["heading"] or "").split(" > ")[-1]
        for own, other in _FUNDS.items():
            if (
                own in head
                and other not in head
                and other in row["text"]
                and own not in row["text"]
            ):
                found.append(
                    remark(
                        case,
                        row,
                        FAIL,
                        f"“{head[-24:]}”之下写的是{other}：“{row['text'][:30]}”",
                        "a section about one fund speaks of the other",
                        "fund",
                    )
                )
    yield from found_or_none(case, found, "资金性质一致", "notes speak of their own fund")


def _note_place(case: Case, note: str) -> PageBox | None:
    for row in reversed(paragraphs(case)):
        if row["text"] and (row["text"] in note or note in row["text"]):
            return PageBox(row["page"], row["x0"], row["top"], row["x1"], row["bottom"])
    return None


def placeholders(case: Case) -> Iterator[Finding]:
    """Find XX, amounts left out, and 增加（减少） where one had to be chosen."""
    findings = []
    for kind, quick, pattern, name in _LEFT:
        found = [
            (row, snippet(row["text"], match.start()))
            for row in paragraphs(case)
            if quick.search(row["text"])
            for match in pattern.finditer(row["text"])
        ]
        if found:
            row, words = found[0]
            findings.append(
                remark(
                    case,
                    row,
                    FAIL,
                    f"留有模板{name}（{len(found)}处）：“{words}”",
                    f"words of the template are left ({len(found)} times): '{words}'",
                    kind,
                )
            )
    yield from found_or_none(case, findings, "没有模板占位符", "no placeholder is left")


CHECKS: Checks = {
    "text-year": years,
    "text-project-period": periods,
    "text-fund": funds,
    "text-placeholder": placeholders,
}
