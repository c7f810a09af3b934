"""Counts that the prose prints with their parts: offices, vehicles, and the day they hold for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from budgetkit.checks.case import Case, Row
from budgetkit.checks.finding import Checks, Finding
from budgetkit.checks.findings import told, verdict
from budgetkit.checks.printed import FAIL, PASS, format_amount
from budgetkit.extraction.prose.wordings import COUNT, any_of, count, folded

_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_VEHICLES = re.compile(
    r"(?:共有|现有|占用|使用|购置|\d[.．]|[，。；])车辆(?P<n>\d+)辆(?P<rest>[^。]*)"
)
_VEHICLE = re.compile(r"(?:用车|车辆)(\d+)辆")
_PLANNED = re.compile(r"安排购置车辆(\d+)辆")


def _finding(
    row: Row, status: str, table: str, code: str, zh: str, en: str, expected: int, found: int
) -> Finding:
    return told(
        status,
        zh,
        en,
        row,
        expected=Decimal(expected),
        found=Decimal(found),
        tolerance=Decimal(0),
        table=table,
        code=code,
        measure="count",
    )


def offices(case: Case) -> Iterator[Finding]:
    """Count the offices that a sentence lists behind their number."""
    pattern = re.compile(
        rf"(?P<n>{COUNT})个{any_of('staffing', 'office_word')}[，,]?"
        r"(?:具体)?(?:包括|分别是|分别为|为|是)[：:]?(?P<list>[^。；：:，,]+)[。，,]"
    )
    for row in case.rows["paragraphs"]:
        if "个" not in row["text"]:
            continue
        match = pattern.search(_BRACKETS.sub("", row["text"]))
        said = count(match["n"]) if match else None
        if match is None or said is None or re.search("等|以及|和.{1,8}单位", match["list"]):
            continue
        named = len([name for name in match["list"].split("、") if name])
        if named < 2:
            continue
        status = PASS if named == said else FAIL
        zh, en = verdict(status)
        yield _finding(
            row,
            status,
            "staffing",
            "offices",
            f"所述内设机构{said}个与列举的{named}个{zh}",
            f"{said} offices are said and {named} are named: {en}",
            named,
            said,
        )


def vehicles(case: Case) -> Iterator[Finding]:
    """Add up the kinds of vehicles behind their number."""
    for row in case.rows["paragraphs"]:
        if "车辆" not in row["text"]:
            continue
        for match in _VEHICLES.finditer(folded(row["text"])):
            parts = [int(number) for number in _VEHICLE.findall(match["rest"])]
            total = int(match["n"])
            if len(parts) < 2 or not re.match(r".{0,24}?(?:其中|（)", match["rest"]):
                continue
            status = PASS if sum(parts) == total else FAIL
            zh, en = verdict(status)
            yield _finding(
                row,
                status,
                "assets",
                "车辆",
                f"车辆{total}辆与各类之和{sum(parts)}辆{zh}",
                f"{total} vehicles and {sum(parts)} by their kinds: {en}",
                sum(parts),
                total,
            )


def planned(case: Case) -> Iterator[Finding]:
    """Find money for vehicles where none is to be bought."""
    table = case.by_place.get(("three_public", "", "total"), {})
    money = next(iter(table.get("vehicle_purchase", [])), None)
    for row in case.rows["paragraphs"]:
        match = _PLANNED.search(folded(row["text"])) if "车辆" in row["text"] else None
        if match is None or money is None:
            continue
        wrong = bool(money.amount) and int(match[1]) == 0
        yield told(
            FAIL if wrong else PASS,
            f"公务用车购置费{format_amount(money.amount)}万元，计划购置车辆{match[1]}辆",
            f"{format_amount(money.amount)} (万元) for buying vehicles, {match[1]} to be bought",
            row,
            expected=money.amount,
            found=Decimal(match[1]),
            table="assets",
            code="车辆",
            measure="count",
            other=money,
        )


def asset_dates(case: Case) -> Iterator[Finding]:
    """Find counts of assets that are older than the year before, or later than the year."""
    if case.key is None:
        return
    seen: set[str] = set()
    for row in case.rows["assets"]:
        day = str(row["as_of"] or "")[:10]
        if not day or day in seen:
            continue
        seen.add(day)
        wrong = int(day[:4]) not in (case.key.year - 1, case.key.year)
        yield told(
            FAIL if wrong else PASS,
            f"国有资产数据截至{day}" + (f"，预算年度为{case.key.year}年" if wrong else ""),
            f"assets as of {day}" + (f" in the budget of {case.key.year}" if wrong else ""),
            row,
            table="text",
            code="asset-date",
        )


CHECKS: Checks = {
    "staffing-offices": offices,
    "asset-vehicles": vehicles,
    "asset-vehicles-planned": planned,
    "asset-date": asset_dates,
}
