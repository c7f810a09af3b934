"""Sums inside a table: columns that add up across a row, and named rows that add up in a panel.

Each is a row of ``sum_rules.csv``: a whole and its parts.  A part that a table does not print is
replaced by its own parts; where a list of parts may leave something out, the whole is a limit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache, partial
from typing import NamedTuple

from budgetkit.checks.case import Case
from budgetkit.checks.finding import Checks, Finding, skipped
from budgetkit.checks.messages import phrase
from budgetkit.checks.names import Wording, join_wordings, name_of
from budgetkit.checks.printed import (
    FAIL,
    Comparison,
    PrintedFigure,
    compare_sum,
    failures,
    least_failing,
)
from budgetkit.checks.sum_findings import sum_finding
from budgetkit.codelists.english import english_name
from budgetkit.sum_rules import SumRule, sum_rules

#: Stands among the parts for every functional class of a panel.
CLASSES = "@classes"
#: Closes no list: the parts may always leave something out.
NEVER = "-"
FORMS = ("performance_project", "performance_overall")
#: A table of this many rows of which so many do not add up is not of the kind that is known.
MANY, MOST = 8, Decimal("0.75")


class _Sum(NamedTuple):
    whole: PrintedFigure
    parts: list[PrintedFigure]
    comparison: Comparison


def _sum(whole: PrintedFigure, parts: list[PrintedFigure]) -> _Sum:
    return _Sum(whole, parts, compare_sum(whole, parts))


@cache
def _parts_of(axis: str, table: str, section: str) -> Mapping[str, tuple[str, ...]]:
    """The first reading of each whole of a table."""
    return {
        rule.whole: rule.parts[0]
        for rule in sum_rules()
        if rule.axis == axis
        and rule.closed_by != NEVER
        and table in rule.tables
        and (rule.axis == "measure" or table == "revenue" or rule.section in ("*", section))
    }


def _resolved(
    parts: Iterable[str], printed: Iterable[str], known: Mapping[str, tuple[str, ...]]
) -> list[str]:
    """Parts that are printed; one that is not stands for its own parts."""
    found: list[str] = []
    for part in parts:
        if part in printed or part == CLASSES:
            found.append(part)
        elif part in known:
            found += _resolved(known[part], printed, known)
    return list(dict.fromkeys(found))


def rows_of(case: Case) -> Mapping[tuple[str, str], list[dict[str, PrintedFigure]]]:
    """Return each printed row as figures by measure, by table and section; a form is one row.

    Amounts at several stages of the budget are rows of their own, but for those of last year.
    """
    rows: dict[tuple[str, str], dict[tuple[str, str, str], dict[str, PrintedFigure]]]
    rows = defaultdict(lambda: defaultdict(dict))
    stages, is_account = case.stage_of, case.is_final_account
    lists = _forms_of_lines(case)
    for figure in case.figures:
        form = figure.fact_id.rsplit(":", 1)[0]
        is_form = figure.table in FORMS and form not in lists
        place = form if is_form else figure.fact_id.rsplit(".", 1)[0]
        # What a budget prints of last year stands beside its own figures, spent or not.
        is_previous = figure.measure.startswith("previous_") and not is_account
        stage = "" if is_previous else stages.get(figure.fact_id, "")
        row = rows[figure.table, figure.section][place, figure.code, stage]
        row.setdefault(figure.measure, figure)
    return {key: list(found.values()) for key, found in rows.items()}


def _forms_of_lines(case: Case) -> set[str]:
    """Forms that list several tasks, a line each, so that a line is a row and not the form."""
    seen: set[tuple[str, str, str]] = set()
    found = set()
    for figure in case.figures:
        if figure.table in FORMS:
            form = figure.fact_id.rsplit(":", 1)[0]
            key = (form, figure.measure, case.stage_of.get(figure.fact_id, ""))
            if key in seen:
                found.add(form)
            seen.add(key)
    return found


def _places(rule: SumRule, case: Case) -> list[tuple[str, str]]:
    """Tables and sections that the rule is about, and that print figures."""
    # The revenue table has one panel; its items are those of the summary's revenue panel.
    return [
        (table, section)
        for table, section in case.measures
        if table in rule.tables
        and (rule.section in ("*", section) or (table == "revenue" and not section))
    ]


def _run(rules: Sequence[SumRule], case: Case) -> Sequence[Finding]:
    """Test the rules of one id over one disclosure."""
    found: list[Finding] = []
    for rule in rules:
        findings = _columns if rule.axis == "measure" else _items
        for table, section in _places(rule, case):
            found += findings(rule, case, table, section)
    if found:
        return found
    tables = dict.fromkeys(table for rule in rules for table in rule.tables)
    titles = join_wordings(name_of("table", table) for table in tables if table in case.tables)
    return [skipped(case, "skipped-no-sum", {"titles": titles})]


def _columns(rule: SumRule, case: Case, table: str, section: str) -> Iterator[Finding]:
    """Columns that add up in each row of a table."""
    printed = case.measures[table, section]
    is_closed = rule.closed_by[1:] in printed or not rule.closed_by.startswith("=")
    if rule.whole not in printed or not is_closed:
        return
    readings, limit = _readings(rule, table, section, printed)
    rows = [row for row in case.kept(rows_of)[table, section] if rule.whole in row]
    best = least_failing(_row_sums(rows, rule.whole, reading) for reading in readings)
    if not best:
        return
    failed = failures(best)
    if failed and table in case.unread:
        yield skipped(case, "skipped-unread", {"title": name_of("table", table)}, table)
    elif (len(best) >= MANY and failed > MOST * len(best)) or _is_of_which(best, failed):
        yield skipped(case, "skipped-columns", {"title": name_of("table", table)}, table)
    else:
        for whole, parts, comparison in best:
            wording = _wording_of_columns(tuple([part.measure for part in parts]))
            yield sum_finding(case, whole, parts, comparison, wording, limit)


def _is_of_which(best: Sequence[_Sum], failed: int) -> bool:
    """Whether the one column beside a total is a part of it (其中：项目支出): less in some rows."""
    less = sum(1 for s in best if s.comparison.expected < s.comparison.found)
    is_one = len({part.measure for s in best for part in s.parts}) == 1
    return is_one and 1 < failed <= less


def _row_sums(
    rows: Iterable[Mapping[str, PrintedFigure]], whole: str, reading: Sequence[str]
) -> list[_Sum]:
    found = ((row[whole], [row[part] for part in reading if part in row]) for row in rows)
    return [_sum(figure, parts) for figure, parts in found if parts]


@lru_cache(maxsize=4096)
def _readings(
    rule: SumRule, table: str, section: str, printed: frozenset[str]
) -> tuple[list[tuple[str, ...]], bool]:
    """Columns that may be the parts in a table with those columns; whether they may be not all."""
    known = _parts_of("measure", table, section)
    resolved = [tuple(_resolved(parts, printed, known)) for parts in rule.parts]
    # A table may print a part and, as columns of their own, the parts of it.
    resolved += [_without_parts_of_parts(parts, known) for parts in resolved]
    closed_by, is_whole = rule.closed_by.lstrip("="), rule.closed_by.startswith("=")
    open_ended = bool(closed_by) and closed_by not in printed
    limit = open_ended or (not is_whole and bool(_unexplained(printed, rule, known)))
    return [reading for reading in dict.fromkeys(resolved) if reading], limit


def _without_parts_of_parts(
    parts: Sequence[str], known: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    within = {inner for part in parts for inner in known.get(part, ())}
    return tuple(part for part in parts if part not in within)


def _unexplained(
    printed: Iterable[str], rule: SumRule, known: Mapping[str, tuple[str, ...]]
) -> list[str]:
    """Columns of which it is not known whether they are parts of the whole."""
    if rule.whole not in ("total", "amount"):
        return []
    lists_of_parts = (*rule.parts, *known.values())
    explained = {rule.whole, *known, *(part for parts in lists_of_parts for part in parts)}
    return [name for name in printed if name not in explained and not name.startswith("previous_")]


@cache
def _wording_of_columns(measures: tuple[str, ...]) -> Wording:
    columns = join_wordings(name_of("measure", measure) for measure in measures)
    return phrase("sum-in-row", columns=columns)


def _items(rule: SumRule, case: Case, table: str, section: str) -> Iterator[Finding]:
    """Rows that add up in each column of a panel."""
    for measure in sorted(case.measures[table, section]):
        by_code = case.by_place[table, section, measure]
        if len(by_code.get(rule.whole, ())) != 1:
            continue
        # A row without a code may be a part, too.
        other = [figure for code in ("", "unit") for figure in by_code.get(code, ())]
        found = _panel_sum(rule, by_code, other)
        if not found:
            continue
        whole, parts, comparison = found
        limit = bool(other) or bool(rule.closed_by and rule.closed_by not in by_code)
        if comparison.status == FAIL and not limit and table in case.unread:
            yield skipped(case, "skipped-unread", {"title": name_of("table", table)}, table)
            continue
        names = tuple([part.name.replace(" ", "") or part.code for part in parts])
        yield sum_finding(case, whole, parts, comparison, _wording_of_rows(names), limit)


def _panel_sum(
    rule: SumRule, by_code: Mapping[str, list[PrintedFigure]], other: list[PrintedFigure]
) -> _Sum | None:
    """The reading of a panel that holds, else the first."""
    (whole,) = by_code[rule.whole]
    known = _parts_of("item", whole.table, whole.section)
    tried = []
    for reading in rule.parts:
        parts = _listed(_resolved(reading, by_code, known), by_code)
        if parts is None:
            return None
        if parts:
            tried.append(_sum(whole, parts))
            if (on_one_side := _on_one_side(whole, parts)) != parts:
                tried.append(_sum(whole, on_one_side))
            if other:
                tried.append(_sum(whole, [*parts, *other]))
    return next(
        (one for one in tried if one.comparison.status != FAIL), tried[0] if tried else None
    )


def _on_one_side(whole: PrintedFigure, parts: list[PrintedFigure]) -> list[PrintedFigure]:
    """The parts that stand on the side of a total on which the first of them stands.

    What is printed beyond 本年收入合计 is added to the next total, and not to this one.
    """
    if not whole.place or not all(part.place for part in parts):
        return parts
    at = _position(whole)
    is_above = _position(parts[0]) < at
    return [part for part in parts if (_position(part) < at) == is_above]


def _position(figure: PrintedFigure) -> tuple[int, float]:
    return (figure.place.page, figure.place.top) if figure.place else (0, 0.0)


def _listed(
    names: Iterable[str], by_code: Mapping[str, list[PrintedFigure]]
) -> list[PrintedFigure] | None:
    """Figures of the parts; None where one of them is printed twice."""
    found: list[PrintedFigure] = []
    for name in names:
        if name == CLASSES:
            codes = [code for code in by_code if code.isdigit()]
            roots = [c for c in codes if not any(c != o and c.startswith(o) for o in codes)]
            groups = [by_code[code] for code in roots]
        else:
            groups = [by_code[name]]
        for group in groups:
            if len(group) != 1:
                return None
            found += group
    return found


@lru_cache(maxsize=4096)
def _wording_of_rows(names: tuple[str, ...]) -> Wording:
    rows, more = "、".join(names[:6]), len(names) - 6
    english = ", ".join(english_name(name) or f"“{name}”" for name in names[:6])
    key = "sum-of-many-rows" if more > 0 else "sum-of-rows"
    zh, en = (phrase(key, rows=own, count=len(names), more=more) for own in (rows, english))
    return Wording(zh.zh, en.en)


def _checks() -> Checks:
    by_id: dict[str, list[SumRule]] = defaultdict(list)
    for rule in sum_rules():
        by_id[rule.id].append(rule)
    return {id: partial(_run, rules) for id, rules in by_id.items()}


CHECKS: Checks = _checks()
