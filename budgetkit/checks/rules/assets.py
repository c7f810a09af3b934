"""Assets that the prose counts: vehicles, vehicles to be bought, and the day of the count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from budgetkit.checks.case import Case, Row
from budgetkit.checks.finding import Checks, Finding, about_sentence
from budgetkit.checks.printed import FAIL, PASS
from budgetkit.checks.prose_findings import count_finding
from budgetkit.extraction.prose.wordings import folded

_VEHICLES = re.compile(
    r"(?:共有|现有|占用|使用|购置|\d[.．]|[，。；])车辆(?P<total>\d+)辆(?P<kinds>[^。]*)"
)
_KIND = re.compile(r"(?:用车|车辆)(\d+)辆")
_ARE_KINDS = re.compile(r".{0,24}?(?:其中|（)")
_PLANNED = re.compile(r"安排购置车辆(\d+)辆")


def vehicles(case: Case) -> Iterator[Finding]:
    """Compare the number of vehicles with the sum of their kinds."""
    for row in case.rows["paragraphs"]:
        if "车辆" not in row["text"]:
            continue
        for match in _VEHICLES.finditer(folded(row["text"])):
            kinds = [int(number) for number in _KIND.findall(match["kinds"])]
            if len(kinds) < 2 or not _ARE_KINDS.match(match["kinds"]):
                continue
            yield count_finding(
                row,
                "asset-vehicles",
                expected=sum(kinds),
                found=int(match["total"]),
                table="assets",
                code="车辆",
                measure="count",
            )


def planned(case: Case) -> Iterator[Finding]:
    """Find money for vehicles where none is to be bought."""
    three_public = case.by_place.get(("three_public", "", "total"), {})
    money = next(iter(three_public.get("vehicle_purchase", [])), None)
    for row in case.rows["paragraphs"]:
        match = _PLANNED.search(folded(row["text"])) if "车辆" in row["text"] else None
        if match is None or money is None:
            continue
        number = Decimal(match[1])
        yield about_sentence(
            row,
            FAIL if money.amount and not number else PASS,
            "asset-vehicles-planned",
            {"money": money.amount, "number": int(number)},
            table="assets",
            code="车辆",
            measure="count",
            other=money,
        )


def asset_dates(case: Case) -> Iterator[Finding]:
    """Find counts of assets that are older than the year before, or later than the year."""
    if case.key is None:
        return
    year = case.key.year
    rows: dict[str, Row] = {}
    for row in case.rows["assets"]:
        if row["as_of"]:
            rows.setdefault(str(row["as_of"])[:10], row)
    for day, row in rows.items():
        yield about_sentence(
            row,
            PASS if int(day[:4]) in (year - 1, year) else FAIL,
            "asset-date",
            {"day": day, "year": year},
            table="text",
            code="asset-date",
        )


CHECKS: Checks = {
    "asset-vehicles": vehicles,
    "asset-vehicles-planned": planned,
    "asset-date": asset_dates,
}
