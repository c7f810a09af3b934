"""What the rules demand of a disclosure: its tables and sections, detail, units and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from budgetkit.amounts import squeeze
from budgetkit.checks.case import Case, Row
from budgetkit.checks.finding import (
    Checks,
    Finding,
    about_disclosure,
    about_sentence,
    about_table,
    skipped,
)
from budgetkit.checks.names import Wording
from budgetkit.checks.printed import FAIL, PASS
from budgetkit.checks.prose_findings import with_heading
from budgetkit.codelists import read_codelist
from budgetkit.extraction.prose.dates import iso_dates
from budgetkit.extraction.prose.wordings import folded
from budgetkit.extraction.tables.titles import LONGEST_TITLE, title_table
from budgetkit.render.labels import Labels

#: Tables that need no unit: their cells say it.
FORMS = ("performance_project", "performance_overall")
#: A document with fewer paragraphs than this is tables alone.
PROSE = 20
#: Quotation marks that do not count where a title is measured.
QUOTES = 10
#: The kinds of 三公: code, name, and the words of the prose for it.
_THREE_PUBLIC = (
    ("abroad", "因公出国（境）费", "因公出国"),
    ("vehicle_purchase", "公务用车购置费", "车购置|车辆购置"),
    ("vehicle_operation", "公务用车运行费", "车(?:用车)?运行|车辆运行"),
    ("reception", "公务接待费", "公务接待"),
)
#: Words by which a clause speaks of another kind of 三公, the two of vehicles being one.
_KINDS = {"abroad": "出国", "vehicles": "车", "reception": "接待"}
_REASON = re.compile("原因|主要是")


def tables_present(case: Case) -> Iterator[Finding]:
    """Find missing tables of those that the template family has."""
    family = next((row["family"] for row in case.documents if row["family"]), "")
    # A table whose title was not understood may be any of those that are missing.
    may_be_unknown = any(not row["table"] for row in case.rows["tables"])
    titled = case.kept(titles_in_prose)
    for row in read_codelist("headline"):
        if row["topic"] != "expected" or row["key"] != family:
            continue
        for table in row["value"].split():
            present = table in case.tables
            if not present and table in titled:
                # Its title is there: its lines were not taken for a table.
                words = {"pages": str(titled[table])}
                yield skipped(case, "skipped-page", words, table)
            elif present or not may_be_unknown:
                title = Wording(*(Labels(lang)(f"table.{table}") for lang in ("zh", "en")))
                yield about_disclosure(
                    case,
                    PASS if present else FAIL,
                    "disclosure-tables",
                    {"title": title},
                    table=table,
                )


def titles_in_prose(case: Case) -> dict[str, int]:
    """Return the pages of titles among the paragraphs: their lines were not taken for tables."""
    rows = (row for row in case.rows["paragraphs"] if len(row["text"]) <= LONGEST_TITLE + QUOTES)
    titles = ((_table_named(row["text"]), row["page"]) for row in rows)
    return {table: page for table, page in titles if table}


@lru_cache(maxsize=4096)
def _table_named(text: str) -> str | None:
    """The table that a short paragraph names; those of a template come again and again."""
    return title_table(text)


def sections_present(case: Case) -> Iterator[Finding]:
    """Find missing matters of those that a disclosure must explain."""
    rows = case.rows["paragraphs"]
    year = case.key.year if case.key else 0
    if len(rows) < PROSE:
        return
    text = "\n".join(row["text"] for row in rows)
    # Targets are disclosed where their forms are, though the prose says nothing of them.
    text += "".join(row["title"] or "" for row in case.rows["tables"] if row["table"] in FORMS)
    for row, pattern in _demanded_sections():
        if year >= int(row["from_year"]) and _is_of(case, row["region"]):
            yield about_disclosure(
                case,
                PASS if pattern.search(text) else FAIL,
                "disclosure-sections",
                {"topic": Wording(row["zh"], row["en"]), "source": row["source"]},
                code=row["id"],
            )


@cache
def _demanded_sections() -> tuple[tuple[dict[str, str], re.Pattern[str]], ...]:
    return tuple((row, re.compile(row["pattern"])) for row in read_codelist("demanded"))


def _is_of(case: Case, region: str) -> bool:
    """Whether a row of a list holds for the region of a disclosure; without one, everywhere."""
    return case.about("region").startswith(region)


def item_detail(case: Case) -> Iterator[Finding]:
    """Find a general budget without codes of seven digits."""
    return _detail(case, "general_expenditure", 7, "项")


def economic_detail(case: Case) -> Iterator[Finding]:
    """Find a basic expenditure without codes of five digits."""
    return _detail(case, "basic_expenditure", 5, "款")


def _detail(case: Case, table: str, digits: int, level: str) -> Iterator[Finding]:
    figures = [figure for figure in case.figures if figure.table == table]
    if table in case.unread or not any(figure.amount for figure in figures):
        return
    coded = {figure.code for figure in figures if figure.code.isdigit()}
    # Where most rows are named and have no code, the levels are not known.
    if len({figure.name for figure in figures if not figure.code}) > len(coded):
        return
    detailed = any(len(code) == digits for code in coded)
    yield about_disclosure(
        case, PASS if detailed else FAIL, "disclosure-detail", {"level": level}, table=table
    )._replace(place=figures[0].place)


def three_public_split(case: Case) -> Iterator[Finding]:
    """Find kinds of 三公 that neither the table nor the prose shows."""
    codes = {figure.code for figure in case.figures if figure.table == "three_public"}
    sentences = [row["text"] for row in case.rows["paragraphs"] if "三公" in with_heading(row)]
    items = [row["item"] for row in case.rows["narrative"] if row["kind"] == "three_public"]
    text = " ".join([*sentences, *items])
    # A split that adds up leaves out only what is zero.
    may_leave_out = not codes or _three_public_adds_up(case)
    for code, name, words in _THREE_PUBLIC:
        shown = code in codes or bool(re.search(words, text))
        if shown or not may_leave_out:
            yield about_disclosure(
                case,
                PASS if shown else FAIL,
                "disclosure-three-public-split",
                {"name": name},
                table="three_public",
                code=code,
            )


def _three_public_adds_up(case: Case) -> bool:
    table = case.by_place.get(("three_public", "", "total"), {})
    amounts = {code: figures[0].amount for code, figures in table.items()}
    vehicles = amounts.get("vehicles")
    if vehicles is None:
        vehicles = amounts.get("vehicle_purchase", 0) + amounts.get("vehicle_operation", Decimal(0))
    parts = amounts.get("abroad", 0) + amounts.get("reception", Decimal(0)) + vehicles
    return "total" in amounts and parts == amounts["total"]


def changes_explained(case: Case) -> Iterator[Finding]:
    """Find changes of 三公 and of its parts without a reason."""
    rows = [row for row in case.rows["narrative"] if row["kind"] == "three_public"]
    items = {row["item"] for row in rows}
    for row in rows:
        is_whole = "三公" in row["item"] or ("购置及" in row["item"] and len(items) > 3)
        if not row["change"] or is_whole:  # the parts of a whole give its reasons
            continue
        explained = (
            bool(row["reason"])
            or bool(_REASON.search(row["text"]))
            or _whole_explains(row, rows)
            or _explained_further_on(case, row)
        )
        yield about_sentence(
            row, PASS if explained else FAIL, "disclosure-change-explained", measure="reason"
        )


def _whole_explains(row: Row, rows: Sequence[Row]) -> bool:
    """Whether a part changes by as much as the whole: the whole's reason is the part's."""
    return any(
        whole["reason"] and "三公" in whole["item"] and whole["change"] == row["change"]
        for whole in rows
        if whole["document"] == row["document"]
    )


def _explained_further_on(case: Case, row: Row) -> bool:
    """Whether the paragraph gives a reason behind a part, before it speaks of another kind.

    So it does of parts in brackets, and of parts that share the reason behind the last of them.
    """
    own = _kind_of(row["item"])
    said = squeeze(row["text"])
    for paragraph in case.rows["paragraphs"]:
        if paragraph["document"] != row["document"] or paragraph["page"] != row["page"]:
            continue
        _, found, behind = squeeze(folded(paragraph["text"])).partition(said)
        reason = _REASON.search(behind) if found else None
        if reason:
            between = behind[: reason.start()]
            return not any(words in between for kind, words in _KINDS.items() if kind != own)
    return False


def _kind_of(item: str) -> str:
    return next((kind for kind, words in _KINDS.items() if words in item), "")


def units_stated(case: Case) -> Iterator[Finding]:
    """Find tables with money and no unit."""
    for row in case.rows["tables"]:
        if row["table"] and row["n_facts"] and row["table"] not in FORMS:
            status = PASS if row["unit"] else FAIL
            yield about_table(case, row, status, "disclosure-units", {"title": row["title"]})


def published_in_time(case: Case) -> Iterator[Finding]:
    """Compare the dates of issue and approval, as far as they are printed."""
    for row in case.documents:
        if not row["issued"] or case.key is None:
            continue
        issued = date.fromisoformat(str(row["issued"])[:10])
        approved = _approved(case)
        message = "disclosure-date-approved" if approved else "disclosure-date"
        status, days = PASS, _days(case)
        if approved and days is not None and (issued - approved).days > days:
            status = FAIL
        elif issued.year not in (case.key.year, case.key.year - 1):
            status, message = FAIL, "disclosure-date"
        words = {"issued": str(issued), "approved": str(approved)}
        yield about_disclosure(case, status, message, words)


def _days(case: Case) -> int | None:
    """Return the days between approval and publication, by the list's most exact row."""
    rows = [
        row
        for row in read_codelist("deadlines")
        if case.year >= int(row["from_year"]) and _is_of(case, row["region"])
    ]
    best = max(rows, key=lambda row: (len(row["region"]), int(row["from_year"])), default=None)
    return int(best["days"]) if best else None


def _approved(case: Case) -> date | None:
    """Return the day on which the budget was approved, from the first paragraph that prints it."""
    year = case.key.year if case.key else 0
    for row in case.rows["paragraphs"]:
        if "批复" not in row["text"]:
            continue
        days = [date.fromisoformat(text) for text in iso_dates(row["text"])]
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
