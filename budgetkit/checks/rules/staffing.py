"""Posts and people: do the head counts add up, and agree with each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from budgetkit.checks.case import Case, Row
from budgetkit.checks.finding import Checks, Finding
from budgetkit.checks.findings import told, verdict
from budgetkit.checks.printed import FAIL, PASS
from budgetkit.extraction.prose.wordings import matcher

#: People beside those in post and retired, where the sentence counts them.
_OTHERS = re.compile(
    r"(?:聘用|聘任|编外|临聘|合同制?|劳务派遣|遗属|离岗|长休|工勤|见习|其他)[^，。；、0-9]{0,8}(\d+)[人名]"
)
_NUMBER = re.compile(r"\d+")
_NAMES = {
    "authorized": "编制",
    "total": "实有",
    "active": "在职",
    "retired": "退休",
    "special_retired": "离休",
}


def _heads(
    row: Row, status: str, measure: str, zh: str, en: str, expected: int, found: int
) -> Finding:
    return told(
        status,
        zh,
        en,
        row,
        expected=Decimal(expected),
        found=Decimal(found),
        tolerance=Decimal(0),
        table="staffing",
        measure=measure,
    )


def totals(case: Case) -> Iterator[Finding]:
    """Add up the people that the staffing sentence counts."""
    for row in case.rows["staffing"]:
        total, active, retired = row["total"], row["active"], row["retired"]
        if total is None or active is None or retired is None:
            continue
        others = sum(int(number) for number in _OTHERS.findall(row["text"] or ""))
        sure = active + retired + (row["special_retired"] or 0)
        known = {sure, sure + others, active, active + others}
        if total not in known and row["special_retired"] is None and total > sure + others:
            continue  # those that aren't named may be the rest
        status = PASS if total in known else FAIL
        zh, en = verdict(status)
        yield _heads(
            row,
            status,
            "total",
            f"实有{total}人与在职{active}人、退休{retired}人、离休{row['special_retired'] or 0}人"
            f"之和{sure}人{zh}",
            f"{total} people {en} with {active} in post + {retired} retired + "
            f"{row['special_retired'] or 0} of the special retired = {sure}",
            sure,
            total,
        )


def establishment(case: Case) -> Iterator[Finding]:
    """Hold those in post against the posts authorized."""
    for row in case.rows["staffing"]:
        posts, active = row["authorized"], row["active"]
        if posts is None or active is None:
            continue
        over = active > posts
        yield _heads(
            row,
            FAIL if over else PASS,
            "active",
            f"在职{active}人{'超过' if over else '不超过'}编制{posts}人",
            f"{active} in post, {posts} posts" + (": over establishment" if over else ""),
            posts,
            active,
        )


def changes(case: Case) -> Iterator[Finding]:
    """Compare what each change of people implies with last year's document."""
    if case.before is None or not case.before.rows["staffing"]:
        return
    before = case.before.rows["staffing"][0]
    for row in case.rows["staffing"]:
        for measure, name in _NAMES.items():
            now, change, last = row[measure], row[f"{measure}_change"], before[measure]
            if now is None or change is None or last is None:
                continue
            status = PASS if now - change == last else FAIL
            zh, en = verdict(status)
            yield told(
                status,
                f"{name}{now}人、增减{change}人，推算上年{now - change}人，"
                f"与上年公开的{last}人{zh}",
                f"{measure}: {now} after a change of {change} was {now - change}; this {en} "
                f"with {last} in last year's document",
                row,
                expected=Decimal(last),
                found=Decimal(now - change),
                tolerance=Decimal(0),
                table="staffing",
                measure=measure,
                other_row=before,
            )


def targets(case: Case) -> Iterator[Finding]:
    """Hold targets that count the department's own people against its staffing."""
    for row in case.rows["staffing"]:
        active = row["active"]
        if active is None:
            continue
        known = {row[name] for name in _NAMES if row[name] is not None}
        for item in case.rows["indicators"]:
            number = _people(item)
            if number is None:
                continue
            wrong = number not in known and not _meets(item["printed"] or "", active, number)
            yield told(
                FAIL if wrong else PASS,
                f"绩效指标“{item['level3']}”{item['printed']}与在职{active}人"
                + ("不一致" if wrong else "不矛盾"),
                f"the target '{item['level3']}' {item['printed']} "
                + ("does not fit" if wrong else "fits")
                + f" {active} people in post",
                item,
                expected=Decimal(active),
                found=Decimal(number),
                tolerance=Decimal(0),
                table="indicators",
                code=item["level3"] or "",
                measure="target",
                other_row=row,
            )


def _people(item: Row) -> int | None:
    """The number of a target that counts the department's own people; None for any other."""
    name, unit = item["level3"] or "", item["unit"] or ""
    if not unit.startswith(("人", "名")) or matcher("people", "not").search(name):
        return None
    if not matcher("people", "own").search(name) and not (
        matcher("people", "plain").search(name)
        and matcher("people", "running").search(item["project"] or "")
    ):
        return None
    found = _NUMBER.search(item["target"] or item["printed"] or "")
    return int(found.group()) if found else None


def _meets(printed: str, active: int, number: int) -> bool:
    if re.search(r"[≥>＞]|不少于|不低于", printed):
        return active >= number
    if re.search(r"[≤<＜]|不超过|不高于", printed):
        return active <= number
    return active == number


CHECKS: Checks = {
    "staffing-total": totals,
    "staffing-establishment": establishment,
    "staffing-change": changes,
    "staffing-target": targets,
}
