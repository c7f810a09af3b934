"""What the rules demand of a disclosure: its tables and sections, detail, units and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache

from budgetkit.checks.case import Case
from budgetkit.checks.finding import Checks, Finding
from budgetkit.checks.findings import in_table, plain_finding, told
from budgetkit.checks.printed import FAIL, PASS
from budgetkit.checks.prose import with_heading
from budgetkit.codelists import read_codelist
from budgetkit.extraction.prose.wordings import iso_dates
from budgetkit.render.labels import Labels

#: Days between the approval of a budget and its publication.
DAYS = 20
#: Tables that need no unit: their cells say it.
FORMS = ("performance_project", "performance_overall")
#: A document with fewer paragraphs than this is tables alone.
PROSE = 20


def tables_present(case: Case) -> Iterator[Finding]:
    """Look for the tables that the template family has."""
    family = next((row["family"] for row in case.documents if row["family"]), "")
    for row in read_codelist("headline"):
        if row["topic"] != "expected" or row["key"] != family:
            continue
        for table in row["value"].split():
            has = table in case.tables
            if not has and any(not table_row["table"] for table_row in case.rows["tables"]):
                continue  # a table whose title was not understood may be the one
            zh, en = (Labels(lang)(f"table.{table}") for lang in ("zh", "en"))
            yield plain_finding(
                case,
                PASS if has else FAIL,
                f"{'有' if has else '缺少'}{zh}",
                f"{'there is' if has else 'missing'}: {en}",
                table,
            )


def sections_present(case: Case) -> Iterator[Finding]:
    """Look for the matters that a disclosure must explain."""
    rows = case.rows["paragraphs"]
    year = case.key.year if case.key else 0
    if len(rows) < PROSE:
        return
    text = "\n".join(row["text"] for row in rows)
    for row, pattern in _demanded():
        if year < int(row["from_year"]):
            continue
        has = bool(pattern.search(text))
        yield plain_finding(
            case,
            PASS if has else FAIL,
            f"{'有' if has else '缺少'}关于{row['zh']}的内容（{row['source']}）",
            f"the disclosure {'explains' if has else 'does not explain'}: {row['en']}",
            code=row["id"],
        )


@cache
def _demanded() -> tuple[tuple[dict[str, str], re.Pattern[str]], ...]:
    return tuple((row, re.compile(row["pattern"])) for row in read_codelist("demanded"))


def item_detail(case: Case) -> Iterator[Finding]:
    """Look for seven digits in the codes of the general budget."""
    yield from _detail(case, "general_expenditure", 7, "项")


def economic_detail(case: Case) -> Iterator[Finding]:
    """Look for five digits in the codes of the basic expenditure."""
    yield from _detail(case, "basic_expenditure", 5, "款")


def _detail(case: Case, table: str, digits: int, level: str) -> Iterator[Finding]:
    figures = [figure for figure in case.figures if figure.table == table]
    if not figures or table in case.unread:
        return
    has = any(figure.code.isdigit() and len(figure.code) == digits for figure in figures)
    yield Finding(
        PASS if has else FAIL,
        "disclosure-detail",
        {"level": level},
        table=table,
        place=figures[0].place,
        document=case.document,
    )


def three_public_split(case: Case) -> Iterator[Finding]:
    """Look for each kind of 三公 in the table or in the prose."""
    codes = {figure.code for figure in case.figures if figure.table == "three_public"}
    said = " ".join(row["text"] for row in case.rows["paragraphs"] if "三公" in with_heading(row))
    said += " ".join(r["item"] for r in case.rows["narrative"] if r["kind"] == "three_public")
    # A split that adds up leaves out only what is nothing.
    whole = _adds_up(case)
    for code, name, words in (
        ("abroad", "因公出国（境）费", "因公出国"),
        ("vehicle_purchase", "公务用车购置费", "车购置|车辆购置"),
        ("vehicle_operation", "公务用车运行费", "车(?:用车)?运行|车辆运行"),
        ("reception", "公务接待费", "公务接待"),
    ):
        has = code in codes or bool(re.search(words, said))
        if not has and (not codes or whole):
            continue
        yield plain_finding(
            case,
            PASS if has else FAIL,
            f"“三公”经费{'列示了' if has else '没有列示'}{name}",
            f"三公 {'shows' if has else 'does not show'} {code}",
            "three_public",
            code,
        )


def _adds_up(case: Case) -> bool:
    table = case.by_place.get(("three_public", "", "total"), {})
    amounts = {code: figures[0].amount for code, figures in table.items()}
    vehicles = amounts.get("vehicles")
    if vehicles is None:
        vehicles = amounts.get("vehicle_purchase", 0) + amounts.get("vehicle_operation", Decimal(0))
    parts = amounts.get("abroad", 0) + amounts.get("reception", Decimal(0)) + vehicles
    return "total" in amounts and parts == amounts["total"]


def changes_explained(case: Case) -> Iterator[Finding]:
    """Find changes of 三公 and of its parts without a reason, where parts give theirs."""
    rows = [row for row in case.rows["narrative"] if row["kind"] == "three_public"]
    items = {row["item"] for row in rows}
    for row in rows:
        # A whole is explained by its parts.
        whole = "三公" in row["item"] or ("购置及" in row["item"] and len(items) > 3)
        if not row["change"] or whole:
            continue
        has = bool(row["reason"]) or "原因" in row["text"] or "主要是" in row["text"]
        yield told(
            PASS if has else FAIL,
            f"“{row['item']}”的增减变化{'有' if has else '没有'}说明原因",
            f"the change of '{row['item']}' is {'' if has else 'not '}explained",
            row,
            measure="reason",
        )


def units_stated(case: Case) -> Iterator[Finding]:
    """Find tables with money and no unit."""
    for row in case.rows["tables"]:
        if not row["table"] or not row["n_facts"] or row["table"] in FORMS:
            continue
        yield in_table(
            case,
            row,
            PASS if row["unit"] else FAIL,
            f"报表“{row['title']}”{'' if row['unit'] else '没有'}注明金额单位",
            f"table {row['table']} {'says' if row['unit'] else 'does not say'} its unit",
        )


def published_in_time(case: Case) -> Iterator[Finding]:
    """Compare the dates of issue and approval, as far as they are printed."""
    for row in case.documents:
        issued = row["issued"]
        if not issued or case.key is None:
            continue
        day = date.fromisoformat(str(issued)[:10])
        approved = _approved(case)
        late = (day - approved).days > DAYS if approved else False
        odd = day.year not in (case.key.year, case.key.year - 1)
        zh = f"公开日期{day}" + (f"，批复日期{approved}" if approved else "")
        yield plain_finding(
            case,
            FAIL if late or odd else PASS,
            zh + ("，超过批复后二十日" if late else "，不在预算年度内" if odd else ""),
            f"issued on {day}"
            + (f", approved on {approved}" if approved else "")
            + (": too late" if late or odd else ""),
        )


def _approved(case: Case) -> date | None:
    for row in case.rows["paragraphs"]:
        if "批复" in row["text"] and (found := iso_dates(row["text"])):
            year = case.key.year if case.key else 0
            days = [date.fromisoformat(text) for text in found]
            near = [day for day in days if day.year in (year, year - 1)]
            if len(near) == 1 and re.search(r"日.{0,12}批复|批复.{0,12}日", row["text"]):
                return near[0]
    return None


CHECKS: Checks = {
    "disclosure-tables": tables_present,
    "disclosure-sections": sections_present,
    "disclosure-item-detail": item_detail,
    "disclosure-economic-detail": economic_detail,
    "disclosure-three-public-split": three_public_split,
    "disclosure-change-explained": changes_explained,
    "disclosure-units": units_stated,
    "disclosure-date": published_in_time,
}
