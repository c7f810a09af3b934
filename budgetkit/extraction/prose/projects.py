"""From the prose: descriptions of projects, and one key for a project under its several names.

Three ways to describe one are known: labelled paragraphs (项目名称：… 预算安排规模：…), a page
of its own with headings (…情况说明: 立项依据, 实施周期, 年度预算安排), and a list of what was
carried over (1．某费 16.71万元，主要用于：…).  The labels are wordings of the topic ``project``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from budgetkit.amounts import squeeze
from budgetkit.extraction.prose.headings import marker, without_marker
from budgetkit.extraction.prose.paragraphs import Paragraph
from budgetkit.extraction.prose.wordings import (
    NUMBER,
    any_of,
    folded,
    in_wan,
    iso_dates,
    matcher,
    meaning,
    wordings,
)

#: The labels of a description, by the column that they fill; ``other`` fills none.
LABELS = ("name", "basis", "amount", "owner", "allocation", "period", "other")
#: Cores of names that are as like as this are one name, if their amounts agree too.
ALIKE = 0.8
#: A name is taken for part of another only if it has at least this many characters.
SHORTEST_CORE = 4
_AMOUNT = re.compile(rf"({NUMBER})(亿元|万元|元|万)")
_MONTHS = re.compile(r"(20[0-9]{2})年(?:度)?(?:全年|1(?:月(?:份)?)?[-—－–~至到]+12月)")


@dataclass(frozen=True, slots=True)
class ProjectMention:
    """A place that names a project.

    Attributes
    ----------
    project : str
        The key that unites its names; here the name, until :func:`project_keys` has seen all.
    name, code : str
        As printed; the code is empty in prose.
    funding : str
        ``general``, ``government_fund``, ``state_capital``, ``carryover``, ``unit`` or empty.
    amount : float or None
        万元.
    basis, allocation : str
        Its legal basis and what the money goes to, as printed.
    period_start, period_end : str or None
        ISO dates.
    pages : str
        From 1, with blanks between.
    where : str
        ``narrative``, ``table`` or ``target``.
    """

    project: str
    name: str
    code: str
    funding: str
    amount: float | None
    basis: str
    allocation: str
    period_start: str | None
    period_end: str | None
    pages: str
    where: str = "narrative"


def read_projects(paragraphs: Sequence[Paragraph]) -> list[ProjectMention]:
    """Read the projects that the prose describes.

    Parameters
    ----------
    paragraphs
        Of the whole document.

    Returns
    -------
    list of ProjectMention
        In reading order of each of the three ways.

    Examples
    --------
    >>> text = "（一）项目名称：甲工程预算安排规模：14.00万元资金执行时间：2025.1.1-2025.12.31"
    >>> from budgetkit.extraction.pdf.pages import Char
    >>> chars = tuple((3, Char(char, i, 0, i + 1, 9, 8)) for i, char in enumerate(text))
    >>> row, = read_projects([Paragraph(text, chars, ("一般公共预算项目支出情况说明",))])
    >>> row.name, row.amount, row.funding, row.period_end, row.pages
    ('甲工程', 14.0, 'general', '2025-12-31', '3')
    """
    return [*_labelled(paragraphs), *_with_page(paragraphs), *_listed(paragraphs)]


def _mention(
    name: str,
    section: Sequence[str],
    paragraphs: Iterable[Paragraph],
    *,
    amount: float | None,
    basis: str = "",
    allocation: str = "",
    period: str = "",
) -> ProjectMention:
    pages = sorted({page for paragraph in paragraphs for page, _ in paragraph.chars})
    start, end = read_period(period)
    funding = next((found for head in reversed(section) if (found := meaning(head, "funding"))), "")
    return ProjectMention(
        name,
        name,
        "",
        funding,
        amount,
        basis,
        allocation,
        start,
        end,
        " ".join(map(str, pages)),
    )


@cache
def _label() -> re.Pattern[str]:
    roles = "|".join(f"(?P<{role}>{any_of('project', role)})" for role in LABELS)
    return re.compile(rf"(?:{roles})[：:]")


def _labelled(paragraphs: Sequence[Paragraph]) -> Iterator[ProjectMention]:
    """Paragraphs with labels, from one 项目名称 to the next or to a heading."""
    group: list[Paragraph] = []
    for paragraph in [*paragraphs, None]:
        starts = paragraph is not None and _starts_label(paragraph.text, "name")
        if group and (paragraph is None or paragraph.rank or starts):
            yield from _from_labels(group)
            group = []
        if paragraph is not None and (starts or (group and not paragraph.rank)):
            group.append(paragraph)


def _starts_label(text: str, role: str) -> bool:
    return bool(re.match(any_of("project", role) + "[：:]", without_marker(text)))


def _from_labels(group: Sequence[Paragraph]) -> Iterator[ProjectMention]:
    text = "".join(paragraph.text for paragraph in group)
    marks = list(_label().finditer(text))
    values: dict[str, str] = {}
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=True):
        role = next(role for role in LABELS if mark[role])
        values.setdefault(role, text[mark.end() : end].strip("，；;。 "))
    name = values.get("name", "")
    # A name alone is a line of a form, not a description.
    if name and len(values) > 1:
        yield _mention(
            name,
            group[0].section,
            group,
            amount=_first_amount(values.get("amount", "")),
            basis=values.get("basis", ""),
            allocation=values.get("allocation", ""),
            period=values.get("period", ""),
        )


def _with_page(paragraphs: Sequence[Paragraph]) -> Iterator[ProjectMention]:
    """Pages titled …情况说明 whose headings are 立项依据, 实施周期 and so on."""
    title = matcher("project", "title")
    groups: dict[int, tuple[Paragraph, list[Paragraph]]] = {}
    current = None
    for at, paragraph in enumerate(paragraphs):
        if 0 < paragraph.rank <= 2:
            current = at if title.search(paragraph.text) else None
            if current is not None:
                groups[current] = (paragraph, [])
        elif current is not None:
            groups[current][1].append(paragraph)
    for head, body in groups.values():
        values: dict[str, list[Paragraph]] = {}
        role = None
        for paragraph in body:
            if paragraph.rank:
                role = _heading_role(paragraph.text) or (role if paragraph.rank > 3 else None)
            elif role:
                values.setdefault(role, []).append(paragraph)
        if not {"basis", "period"} <= set(values) and not {"basis", "amount"} <= set(values):
            continue
        texts = {role: "".join(part.text for part in parts) for role, parts in values.items()}
        name = re.sub("情况说明$", "", without_marker(head.text))
        yield _mention(
            name,
            head.section,
            [head, *body],
            amount=_total(texts.get("amount", "")),
            basis=texts.get("basis", ""),
            allocation=texts.get("allocation", "") or texts.get("amount", ""),
            period=texts.get("period", ""),
        )


def _heading_role(text: str) -> str | None:
    head = without_marker(text)
    return next((role for role in LABELS if matcher("project", role).fullmatch(head)), None)


def _listed(paragraphs: Sequence[Paragraph]) -> Iterator[ProjectMention]:
    """A numbered list of what was carried over: name, amount, what for."""
    listed, purpose = matcher("project", "listed"), any_of("change", "purpose")
    pattern = re.compile(
        rf"(?P<name>[^，。；：]{{3,80}}?)(?P<n>{NUMBER})(?P<unit>亿元|万元|元)"
        rf"(?:[，,。；;](?:{purpose}[：:]?)?(?P<use>.*))?"
    )
    for paragraph in paragraphs:
        if paragraph.rank or not marker(paragraph.text):
            continue
        if not (paragraph.section and listed.search(paragraph.section[-1])):
            continue
        body = without_marker(paragraph.text)
        match = pattern.match(folded(body))
        if match and "（类）" not in match["name"]:
            yield _mention(
                body[: match.end("name")],
                paragraph.section,
                [paragraph],
                amount=in_wan(match["n"], match["unit"]),
                allocation=(match["use"] or "").rstrip("。；;"),
            )


def _first_amount(text: str) -> float | None:
    match = _AMOUNT.search(folded(text))
    return in_wan(match[1], match[2]) if match else None


def _total(text: str) -> float | None:
    """The total of a budget in prose: the only amount, or the one that is said to be the total."""
    text = folded(text)
    found = list(_AMOUNT.finditer(text))
    if len(found) == 1:
        return in_wan(found[0][1], found[0][2])
    for word in wordings("project", "total"):
        match = re.search(rf"(?:{word})(?:为|约|共|：|:)*({NUMBER})(亿元|万元|元|万)", text)
        if match:
            return in_wan(match[1], match[2])
    return None


def read_period(text: str) -> tuple[str | None, str | None]:
    """Read from when to when a project runs, as ISO dates.

    Examples
    --------
    >>> read_period("2025.1.1-2025.12.31"), read_period("2025年全年")
    (('2025-01-01', '2025-12-31'), ('2025-01-01', '2025-12-31'))
    >>> read_period("第一季度审价")
    (None, None)
    """
    text = folded(text)
    year = _MONTHS.search(text)
    if year:
        return f"{year[1]}-01-01", f"{year[1]}-12-31"
    starts, ends = iso_dates(text), iso_dates(text, last=True)
    if len(starts) != 2 or starts[0] > ends[1]:
        return (starts[0], None) if len(starts) == 1 else (None, None)
    return starts[0], ends[1]


def core_name(name: str) -> str:
    """Strip a project's name to what every place prints: no document number, year, 通知.

    Examples
    --------
    >>> core_name("某财教【2024】94号关于提前下达2025年科技计划项目资金预算的通知")
    '科技计划项目资金预算'
    """
    core, before = squeeze(name), None
    while core != before:
        before = core
        for pattern in wordings("project_name", "strip"):
            shorter = re.sub(pattern, "", core)
            core = shorter if len(shorter) >= SHORTEST_CORE else core
    return re.sub(r"[\W_]", "", core)


def project_keys(
    names: Sequence[str],
    amounts: Sequence[float | None] | None = None,
    groups: Sequence[str] | None = None,
) -> dict[str, str]:
    """Find which names mean the same project.

    Parameters
    ----------
    names
        Of all mentions: rows of a table, descriptions, target forms.
    amounts
        万元, one a name, where known; they decide between names that are equally like.
    groups
        One a name: where it stands (a table, the prose).  Two different names of one
        group are never united.

    Returns
    -------
    dict of str to str
        The key of each name: the shortest of the names that mean its project.

    Examples
    --------
    >>> names = ["2024年第二批前期费", "某财建【2024】105号-2024年第二批前期费", "工作经费"]
    >>> project_keys(names, groups=["target", "table", "table"])
    {'2024年第二批前期费': '2024年第二批前期费',
     '某财建【2024】105号-2024年第二批前期费': '2024年第二批前期费',
     '工作经费': '工作经费'}
    """
    known: dict[str, set[float]] = {}
    places: dict[str, set[str]] = {}
    for at, name in enumerate(names):
        known.setdefault(name, set())
        places.setdefault(name, set())
        if amounts is not None and (amount := amounts[at]) is not None:
            known[name].add(round(amount, 4))
        if groups is not None:
            places[name].add(groups[at])
    unique = list(known)
    cores = {name: core_name(name) for name in unique}
    pairs = sorted(
        (
            (_likeness(cores[a], cores[b], bool(known[a] & known[b])), -i, -j)
            for i, a in enumerate(unique)
            for j, b in enumerate(unique[:i])
        ),
        reverse=True,
    )
    cluster = {name: [name] for name in unique}
    for likeness, i, j in pairs:
        one, other = cluster[unique[-i]], cluster[unique[-j]]
        if likeness <= 0 or one is other or _clash(one, other, places):
            continue
        one.extend(other)
        for name in other:
            cluster[name] = one
    return {name: min(cluster[name], key=lambda n: (len(n), n)) for name in unique}


def _likeness(one: str, other: str, same_amount: bool) -> float:
    """How sure two cores name one project; 0 where they don't."""
    if one == other:
        return 3.0 + same_amount
    short, long = sorted((one, other), key=len)
    if len(short) >= SHORTEST_CORE and short in long:
        share = len(short) / len(long)
        return share + same_amount if same_amount or share >= 0.5 else 0.0
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio() if same_amount else 0.0
    return ratio if ratio >= ALIKE else 0.0


def _clash(one: Sequence[str], other: Sequence[str], places: dict[str, set[str]]) -> bool:
    """Whether uniting would make two rows of one table the same project."""
    mine = set().union(*(places[name] for name in one))
    theirs = set().union(*(places[name] for name in other))
    return bool(mine & theirs)
