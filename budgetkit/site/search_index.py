"""The rows that the script of the index searches: plain arrays in files that a page may load.

A page that was opened from a disk can't fetch a file, but may load a script; so the rows are
scripts that set a variable.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from budgetkit.display_unit import DisplayUnit
from budgetkit.render.labels import Labels
from budgetkit.report.index import LeftOut
from budgetkit.site.case_pages import Finding
from budgetkit.site.entries import Amount, Entry
from budgetkit.site.site_words import SiteWords

#: The variables that the scripts set.
ROWS, MORE = "budgetkitRows", "budgetkitMore"
#: Levels of government, the highest first.
LEVELS = ("central", "province", "city", "county", "town")
KINDS = ("budget", "final_account")
STATES = ("ok", "partial", "failed")
#: Digits after the point that an amount keeps.
DIGITS = 8


@dataclass(frozen=True, slots=True)
class Department:
    """A department, or its own office, with its disclosures.

    Attributes
    ----------
    name, scope, region, level : str
        Of its newest disclosure.
    also : str
        Its other names, to be searched.
    case : str
        Its case file, relative to the site; empty where there is none.
    entries : tuple of Entry
        The newest first; of one year the budget first.
    """

    name: str
    scope: str
    region: str
    level: str
    also: str
    case: str
    entries: tuple[Entry, ...]


def departments(
    entries: Iterable[Entry], cases: Mapping[str, str], names: Mapping[str, str]
) -> list[Department]:
    """Group disclosures by department and scope.

    Parameters
    ----------
    entries
        Of a dataset.
    cases
        Case file by department.
    names
        Other names of a department, as in English, by its name.

    Returns
    -------
    list of Department
        By region, name and scope; those without a region last.
    """
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        groups.setdefault((entry.key.department, entry.key.scope), []).append(entry)
    found = []
    for (name, scope), own in groups.items():
        own.sort(key=lambda entry: (-entry.key.year, entry.key.kind))
        region = next((entry.region for entry in own if entry.region), "")
        level = next((entry.level for entry in own if entry.level), "")
        case = cases.get(name, "")
        found.append(Department(name, scope, region, level, names.get(name, ""), case, tuple(own)))
    return sorted(found, key=lambda one: (not one.region, one.region, one.name, one.scope))


def rows_script(found: Sequence[Department], counts: Mapping[Any, int], say: SiteWords) -> str:
    """Write the departments as a script.

    Parameters
    ----------
    found
        The departments.
    counts
        Findings of each disclosure, by its key.
    say
        The words.

    Returns
    -------
    str
        Amounts are in the unit of the language.
    """
    regions = sorted({one.region for one in found}, key=lambda name: (not name, name))
    levels = [name for name in (*LEVELS, "") if any(one.level == name for one in found)]
    rows = [
        [*_names(one, say), regions.index(one.region), levels.index(one.level), one.scope,
         one.case, [_disclosure(entry, counts.get(entry.key, 0), say) for entry in one.entries]]
        for one in found
    ]  # fmt: skip
    labels = Labels(say.lang)
    return _script(ROWS, {
        "lang": say.html_lang,
        "words": say.of_script()
        | {"unit": say.money.name(say.lang), "headUnit": say.head[1]},
        "smallDigits": say.money.small_digits,
        "regions": regions,
        **({} if say.lang == "zh" else {"regionNames": [say.region(name) for name in regions]}),
        "levels": [[name, say(f"level.{name}")] for name in levels],
        "kinds": [[kind, say(f"kind.{kind}")] for kind in KINDS],
        "states": [labels(f"status.{state}") for state in STATES],
        "departments": rows,
    })  # fmt: skip


def _names(one: Department, say: SiteWords) -> tuple[str, str]:
    """The name in the language of the site, and what else it is searched by."""
    shown = say.office(one.name)
    others = (one.name if shown != one.name else "", one.also)
    return shown, " · ".join(filter(None, others))


def _disclosure(entry: Entry, findings: int, say: SiteWords) -> list[Any]:
    spent, spent_note = _shown(entry.expenditure, say.money)
    head, head_note = _shown(entry.per_head, say.head[0])
    return [
        entry.key.year, KINDS.index(entry.key.kind), entry.file, spent, spent_note, entry.people,
        head, head_note, findings, STATES.index(entry.status), entry.note, entry.notice,
    ]  # fmt: skip


def _shown(amount: Amount | None, unit: DisplayUnit) -> tuple[float | None, str]:
    return (None, "") if amount is None else (_in_unit(amount.value, unit), amount.note)


def _in_unit(amount: float, unit: DisplayUnit) -> float:
    return round(unit.scaled(amount), DIGITS)


def more_script(
    found: Sequence[Department],
    findings: Mapping[Any, Sequence[Finding]],
    left_out: Sequence[LeftOut],
    say: SiteWords,
) -> str:
    """Write projects, findings and documents without a report as a script.

    Parameters
    ----------
    found
        The departments, in the order of :func:`rows_script`.
    findings
        By key of the disclosure.
    left_out
        Documents without a report.
    say
        The words.

    Returns
    -------
    str
    """
    projects, told = [], []
    for at, one in enumerate(found):
        for which, entry in enumerate(one.entries):
            projects += [
                [name, at, which, None if amount is None else _in_unit(amount, say.money)]
                for name, amount in entry.projects
            ]
            told += [
                [finding.message, at, which, int(finding.is_certain), finding.anchor]
                for finding in findings.get(entry.key, ())
            ]
    return _script(MORE, {
        "projects": projects,
        "findings": told,
        "leftOut": [[one.source, one.reason] for one in left_out],
    })  # fmt: skip


def _script(name: str, value: object) -> str:
    """Write a value as a script; half a surrogate pair, which a PDF may hold, is escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    safe = text.replace("<", "\\u003c").encode("utf-8", "backslashreplace").decode("utf-8")
    return f"globalThis.{name}={safe};\n"
