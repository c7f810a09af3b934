"""Posts, people and offices: whether their numbers add up, and agree with each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetkit.checks.case import Case, Row
from budgetkit.checks.finding import Checks, Finding
from budgetkit.checks.names import name_of
from budgetkit.checks.printed import FAIL, PASS
from budgetkit.checks.prose_findings import count_finding
from budgetkit.extraction.prose.wordings import COUNT, any_of, count, matcher

#: People beside those in post and retired, where the sentence counts them.
_OTHERS = re.compile(
    r"(?:聘用|聘任|编外|临聘|合同制?|劳务派遣|遗属|离岗|长休|工勤|见习|其他)[^，。；、0-9]{0,8}(\d+)[人名]"
)
_NUMBER = re.compile(r"\d+")
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
#: What makes a list of offices incomplete, or one of something else.
_NOT_ONLY_OFFICES = re.compile("等|以及|和.{1,8}单位")
_AND = re.compile("[和及与]")
_MEASURES = ("authorized", "total", "active", "retired", "special_retired")


def totals(case: Case) -> Iterator[Finding]:
    """Compare the people that the staffing sentence counts with the sum of their kinds."""
    for row in case.rows["staffing"]:
        total, active, retired = row["total"], row["active"], row["retired"]
        if total is None or active is None or retired is None:
            continue
        special = row["special_retired"] or 0
        others = sum(int(number) for number in _OTHERS.findall(row["text"] or ""))
        named = active + retired + special
        agrees = total in (named, named + others, active, active + others)
        # Special retired people who are not named can be the rest.
        if not agrees and row["special_retired"] is None and total > named + others:
            continue
        yield count_finding(
            row,
            "staffing-total",
            {"active": active, "retired": retired, "special": special},
            status=PASS if agrees else FAIL,
            expected=named,
            found=total,
            table="staffing",
            measure="total",
        )


def establishment(case: Case) -> Iterator[Finding]:
    """Find more people in post than posts authorized."""
    for row in case.rows["staffing"]:
        posts, active = row["authorized"], row["active"]
        if posts is None or active is None:
            continue
        yield count_finding(
            row,
            "staffing-establishment",
            status=FAIL if active > posts else PASS,
            expected=posts,
            found=active,
            table="staffing",
            measure="active",
        )


def changes(case: Case) -> Iterator[Finding]:
    """Compare what each change of people implies with last year's document."""
    if case.before is None or not case.before.rows["staffing"]:
        return
    before = case.before.rows["staffing"][0]
    for row in case.rows["staffing"]:
        for measure in _MEASURES:
            now, change, last = row[measure], row[f"{measure}_change"], before[measure]
            if now is None or change is None or last is None:
                continue
            yield count_finding(
                row,
                "staffing-change",
                {"name": name_of("people", measure), "now": now, "change": change},
                expected=last,
                found=now - change,
                table="staffing",
                measure=measure,
                other_row=before,
            )


def targets(case: Case) -> Iterator[Finding]:
    """Compare targets that count the department's own people with its staffing."""
    for row in case.rows["staffing"]:
        active = row["active"]
        if active is None:
            continue
        known = {row[measure] for measure in _MEASURES if row[measure] is not None}
        for item in case.rows["indicators"]:
            number = _own_people(item)
            if number is None:
                continue
            printed = str(item["printed"])
            fits = number in known or _is_met(printed, active, number)
            yield count_finding(
                item,
                "staffing-target",
                {"printed": printed},
                status=PASS if fits else FAIL,
                expected=active,
                found=number,
                table="indicators",
                code=item["level3"],
                measure="target",
                other_row=row,
            )


def _own_people(item: Row) -> int | None:
    """Return the number of a target that counts the department's own people, else None."""
    name, unit = item["level3"] or "", item["unit"] or ""
    if not unit.startswith(("人", "名")) or matcher("people", "not").search(name):
        return None
    counts_people = matcher("people", "plain").search(name)
    of_running_costs = matcher("people", "running").search(item["project"] or "")
    if not matcher("people", "own").search(name) and not (counts_people and of_running_costs):
        return None
    found = _NUMBER.search(item["target"] or item["printed"] or "")
    return int(found.group()) if found else None


def _is_met(printed: str, active: int, number: int) -> bool:
    if re.search(r"[≥>＞]|不少于|不低于", printed):
        return active >= number
    if re.search(r"[≤<＜]|不超过|不高于", printed):
        return active <= number
    return active == number


def offices(case: Case) -> Iterator[Finding]:
    """Compare the number of offices with the names listed after it."""
    pattern = re.compile(
        rf"(?P<n>{COUNT})个{any_of('staffing', 'office_word')}[，,]?"
        r"(?:具体)?(?:包括|分别是|分别为|为|是)[：:]?(?P<list>[^。；：:，,]+)[。，,]"
    )
    for row in case.rows["paragraphs"]:
        match = pattern.search(_BRACKETS.sub("", row["text"])) if "个" in row["text"] else None
        number = count(match["n"]) if match else None
        if match is None or number is None or _NOT_ONLY_OFFICES.search(match["list"]):
            continue
        named = len([name for name in match["list"].split("、") if name])
        if named < 2:
            continue
        # The last name may be two: 机关服务中心和信息中心.
        most = named + len(_AND.findall(match["list"].rpartition("、")[2]))
        yield count_finding(
            row,
            "staffing-offices",
            status=PASS if named <= number <= most else FAIL,
            expected=named,
            found=number,
            table="staffing",
            code="offices",
            measure="count",
        )


CHECKS: Checks = {
    "staffing-total": totals,
    "staffing-establishment": establishment,
    "staffing-change": changes,
    "staffing-target": targets,
    "staffing-offices": offices,
}
