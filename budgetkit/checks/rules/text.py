"""Words: another year or fund than the document's, and what a template left behind.

What these checks find is plain to see on the page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from budgetkit.checks.case import Case, Row
from budgetkit.checks.finding import Checks, Finding, about_sentence, about_table, found_or_none
from budgetkit.checks.printed import FAIL, PASS, page_box
from budgetkit.checks.prose_findings import snippet, text_finding
from budgetkit.extraction.prose.wordings import folded, matcher
from budgetkit.geometry import PageBox

_TITLES = re.compile(r"《[^《》]*》|〔20\d\d〕|[（(\[【]20\d\d[)）\]】]第?\d*号?")
_YEAR = re.compile(r"(?<![\d.,〔])(20\d\d)年")
_OTHER_YEARS = re.compile("结转|上年|决算|执行")
_PLACEHOLDER = re.compile(
    r"[×ＸX]{2,}(?![A-Za-z0-9])|[＊*]{2,}|_{3,}|＿{2,}|□|待补充|待填写|[（(](?:请|此处|待)?填写[^（()）]*[)）]"
    r"|公开时请?删除|请删除(?:本|此|该)?(?:注释|批注|提示|说明)"
)
_UNCHOSEN = re.compile(
    r"(?:增加|增长|上升)[（(](?:减少|下降|降低)[)）]|[（(](?:减少|下降)[)）](?:增加|增长)|增加/减少|增长/下降"
)
_BLANK = re.compile(
    r"(?:支出|收入|预算|拨款|经费|增加|减少|增长|下降)(?:万元|元|%|％)(?=[，。；、）)])"
)
#: What a template leaves behind: its kind, plain words that each holds (a quick first search),
#: its pattern, and its name.
_LEFT_BEHIND = (
    ("placeholder", re.compile("×|Ｘ|X|＊|\\*|_|＿|□|待补|待填|填写|删除"), _PLACEHOLDER, "占位符"),
    ("unchosen", re.compile("/减少|/下降|减少[)）]|下降[)）]|降低[)）]"), _UNCHOSEN, "未选择的词"),
    ("blank", re.compile("万元|元|%|％"), _BLANK, "未填写的数字"),
)
_FUNDS = {"政府性基金": "国有资本", "国有资本": "政府性基金"}
_FUND_TABLES = {"government_fund": "政府性基金", "state_capital": "国有资本"}


def years(case: Case) -> Sequence[Finding]:
    """Find the year of another budget where this one's, or the one before, should stand."""
    if case.key is None:
        return ()
    year = case.key.year
    places: dict[str, list[tuple[Row, int, int]]] = defaultdict(list)
    for row in case.rows["paragraphs"]:
        if "20" not in row["text"]:
            continue
        text = _TITLES.sub(lambda match: "＊" * len(match.group()), folded(row["text"]))
        for words, printed in _years_in(text, "own"):
            if printed != year:
                places[words].append((row, printed, year))
        for words, printed in _years_in(text, "before"):
            if printed >= year:
                places[words].append((row, printed, year - 1))
    found = []
    for words, wrong_years in places.items():
        row, printed, expected = wrong_years[0]
        count = len(wrong_years)
        found.append(
            text_finding(
                row,
                "text-year",
                "year",
                words=words,
                printed=printed,
                expected_year=expected,
                count=count,
            )
        )
    return found_or_none(case, [*found, *_years_of_tables(case, year)], "text-year")


def _years_in(text: str, role: str) -> Iterator[tuple[str, int]]:
    for match in matcher("year", role).finditer(text):
        yield match.group(), int(next(filter(None, match.groups())))


def _years_of_tables(case: Case, year: int) -> Iterator[Finding]:
    """Find notes and titles of tables that name other years alone."""
    for table in case.rows["tables"]:
        for text in (table["note"] or "", table["title"] or ""):
            printed = {int(number) for number in _YEAR.findall(folded(text))}
            if printed and year not in printed and not _OTHER_YEARS.search(text):
                words = {"text": text[:40], "printed": min(printed), "year": year}
                yield about_table(case, table, FAIL, "text-year-note", words)


def periods(case: Case) -> Iterator[Finding]:
    """Find projects whose period ended before the budget year or begins after it."""
    if case.key is None:
        return
    year = case.key.year
    for row in case.rows["projects"]:
        if row["where"] != "narrative" or row["funding"] == "carryover" or not row["period_end"]:
            continue
        first, last = (int(str(row[name])[:4]) for name in ("period_start", "period_end"))
        yield about_sentence(
            _with_place(case, row),
            PASS if first <= year <= last else FAIL,
            "text-project-period",
            {"period": f"{row['period_start']}—{row['period_end']}", "year": year},
            table="text",
            code=row["project"],
            measure="period",
        )


def _with_place(case: Case, row: Row) -> Row:
    """Give a project the place of the paragraph that prints its period, or else its name."""
    pages = {int(page) for page in (row["pages"] or "").split()}
    near = [one for one in case.rows["paragraphs"] if one["page"] in pages]
    dated = [one for one in near if str(row["period_end"])[:4] in one["text"] and not one["rank"]]
    named = [one for one in near if row["name"] in one["text"]]
    place = (dated or named or near or [{"page": None}])[0]
    return {**place, "document": row["document"], "item": row["project"]}


def funds(case: Case) -> Sequence[Finding]:
    """Find notes and sections that name the other fund alone."""
    found = []
    for table in case.rows["tables"]:
        own, note = _FUND_TABLES.get(table["table"]), table["note"] or ""
        if own and _names_other_fund(note, own):
            words = {"title": table["title"], "other": _FUNDS[own], "note": note[:40]}
            finding = about_table(case, table, FAIL, "text-fund-note", words)
            found.append(finding._replace(place=_place_of_note(case, note)))
    for row in case.rows["paragraphs"]:
        heading = (row["heading"] or "").split(" > ")[-1]
        for own, other in _FUNDS.items():
            if own in heading and other not in heading and _names_other_fund(row["text"], own):
                words = {"heading": heading[-24:], "other": other, "text": row["text"][:30]}
                found.append(text_finding(row, "text-fund", "fund", **words))
    return found_or_none(case, found, "text-fund")


def _names_other_fund(text: str, own: str) -> bool:
    return _FUNDS[own] in text and own not in text


def _place_of_note(case: Case, note: str) -> PageBox | None:
    for row in reversed(case.rows["paragraphs"]):
        if row["text"] and (row["text"] in note or note in row["text"]):
            return page_box(row)
    return None


def placeholders(case: Case) -> Sequence[Finding]:
    """Find XX, amounts left out, and 增加（减少） where one had to be chosen."""
    findings = []
    for kind, quick, pattern, name in _LEFT_BEHIND:
        found = [
            (row, snippet(row["text"], match.start()))
            for row in case.rows["paragraphs"]
            if quick.search(row["text"])
            for match in pattern.finditer(row["text"])
        ]
        if found:
            row, words = found[0]
            findings.append(
                text_finding(
                    row, "text-placeholder", kind, name=name, count=len(found), words=words
                )
            )
    return found_or_none(case, findings, "text-placeholder")


CHECKS: Checks = {
    "text-year": years,
    "text-project-period": periods,
    "text-fund": funds,
    "text-placeholder": placeholders,
}
