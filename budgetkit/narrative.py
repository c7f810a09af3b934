"""From the prose: what it says of each amount, and what it says is not arranged.

A sentence such as 一般公共预算549.15万元，占82.69%，比上年预算增加4.48万元，增长0.82%，主要原因是…
is read mark by mark: an amount opens a row, a share, a change and a percent go to
the row they follow, a reason runs to the end of its sentence.  Amounts inside of
reasons and of lists of uses are not the budget's and make no rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from budgetkit.paragraphs import Paragraph, marker, without_marker
from budgetkit.wordings import NUMBER, any_of, folded, in_wan, matcher, meaning, wordings

#: Roles of the wordings that name an item outright, in the order in which they are tried.
KINDS = ("procurement", "operating_costs", "three_public", "meetings", "known")
#: Nothing longer than this many characters is an item.
LONGEST_ITEM = 36
_UNIT = r"(?:亿元|万元|元|万(?=[，。；、,;）)]|$))"
_MARK = re.compile(r"[（(][^（()）]{0,8}[减增][^（()）]{0,4}[)）]")
_CLASS = re.compile(
    r"(?P<name>[^（）()“”\"：:，。；]+)[（(](?:[0-9]{1,3})?[类款项][)）](?=[^（()]*$)"
)
_YEAR = re.compile(r"^.*20[0-9]{2}年(?:年初|度|初)?(?:当年)?(?:的)?")
_EDGE = "，。；：:,;"


@dataclass(frozen=True, slots=True)
class NarrativeItem:
    """What the prose says of one amount.

    Attributes
    ----------
    item : str
        Of what: a class of the classification (行政运行), a source, a kind of cost.
    section : str
        The headings that it stands under, joined by `` > ``.
    amount, change : float or None
        万元; the change against the year before is negative for 减少.
    share_pct, change_pct : float or None
        Percent, as printed; negative for 下降.
    reason : str
        As printed, or empty.
    kind : str
        ``amount``, ``three_public``, ``meetings``, ``procurement``, ``operating_costs``,
        ``performance``; ``not_arranged`` where it says that nothing is arranged.
    page, x0, top, x1, bottom, text
        The sentence, its page from 1 and its box in points, as shown.
    """

    item: str
    section: str
    amount: float | None
    share_pct: float | None
    change: float | None
    change_pct: float | None
    reason: str
    kind: str
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    text: str


@dataclass(slots=True)
class _Row:
    """A row while its sentence is being read; ``start`` and ``end`` are of its text."""

    item: str
    kind: str
    start: int
    end: int
    amount: float | None = None
    share_pct: float | None = None
    change: float | None = None
    change_pct: float | None = None
    reason: str = ""


@cache
def _marks() -> re.Pattern[str]:
    """Everything in a sentence that says something of an amount, longest first."""
    up, down = any_of("change", "up"), any_of("change", "down")
    return re.compile(
        rf"(?:(?P<down>{down})|(?P<up>{up}))(?:[了额为约幅度率：:]|{_MARK.pattern})*"
        rf"(?P<by>{NUMBER})(?:(?P<by_unit>{_UNIT})|(?P<by_pct>%|个百分点)|(?P<times>倍))"
        rf"|占[^，。；、%]{{0,30}}?(?P<share>{NUMBER})%"
        rf"|(?P<flat>{any_of('change', 'flat')})(?:(?:{NUMBER}){_UNIT})?"
        rf"|(?P<reason>{any_of('change', 'reason')})"
        rf"|(?P<purpose>{any_of('change', 'purpose')})"
        rf"|(?P<none>{any_of('none', 'before')})"
        rf"|(?P<number>{NUMBER})(?P<unit>{_UNIT})"
        r"|(?P<stop>。)"
    )


def read_narrative(
    paragraphs: Sequence[Paragraph], *, department: str = "", year: int | None = None
) -> list[NarrativeItem]:
    """Read what the prose says of each amount.

    Parameters
    ----------
    paragraphs
        Of the whole document.
    department
        Its name, so that it is not taken for part of an item.
    year
        The budget year: amounts that are said of another year make no row.

    Returns
    -------
    list of NarrativeItem
        In reading order.

    Examples
    --------
    >>> from budgetkit.pages import Char
    >>> text = "单位资金25.00万元，占3.76%，比上年预算减少15.00万元，下降37.50%，主要原因是调整。"
    >>> chars = tuple((1, Char(char, i, 0, i + 1, 9, 8)) for i, char in enumerate(text))
    >>> row, = read_narrative([Paragraph(text, chars)])
    >>> row.item, row.amount, row.share_pct, row.change, row.change_pct, row.reason
    ('单位资金', 25.0, 3.76, -15.0, -37.5, '调整')
    """
    found: list[NarrativeItem] = []
    pending, in_project = "", False
    for paragraph in paragraphs:
        in_project = not paragraph.rank and (in_project or _is_label(paragraph.text))
        if paragraph.rank or in_project or _is_elsewhere(paragraph):
            pending = ""
            continue
        reader = _Sentences(paragraph, department, year, pending)
        rows = reader.rows()
        pending = _class_name(paragraph.text) if paragraph.text[-1] in "：:" else ""
        found.extend(_placed(row, paragraph) for row in rows)
    return _merged(found)


def _is_elsewhere(paragraph: Paragraph) -> bool:
    """Whether a paragraph is the matter of other tables: terms, duties, assets, projects, notes."""
    heads = [without_marker(heading) for heading in paragraph.section]
    others = ("glossary", "functions", "offices", "assets", "tables")
    if any(matcher("heading", role).search(head) for head in heads[-2:] for role in others):
        return True
    if heads and matcher("project", "title").search(heads[0]) and len(heads) > 1:
        # A page about one project, with its own headings (立项依据, 年度预算安排 …).
        return any(_is_project_heading(head) for head in heads[1:])
    return paragraph.text.startswith(("注", "说明"))


def _is_project_heading(head: str) -> bool:
    return any(
        matcher("project", role).fullmatch(head)
        for role in ("basis", "amount", "owner", "allocation", "period", "other")
    )


def _is_label(text: str) -> bool:
    """Whether a paragraph is part of a labelled project description."""
    head = without_marker(text)[:14]
    return any(
        re.match(any_of("project", role) + "[：:]", head)
        for role in ("name", "basis", "amount", "owner", "allocation", "period", "other")
    )


class _Sentences:
    """The marks of one paragraph, read from left to right."""

    def __init__(
        self, paragraph: Paragraph, department: str, year: int | None, pending: str
    ) -> None:
        self.text = folded(paragraph.text)
        self.department, self.year, self.pending = department, year, pending
        self.listed = bool(marker(self.text)) and any(
            matcher("project", "listed").search(heading) for heading in paragraph.section[-1:]
        )
        self.purchases = "采购" in self.text or any("采购" in head for head in paragraph.section)
        self.done: list[_Row] = []
        self.last = 0  # end of the mark before
        self.skip = 0  # end of the reason or list of uses that is being passed over

    def rows(self) -> list[_Row]:
        """Read the paragraph."""
        for match in _marks().finditer(self.text):
            if match.start() < self.skip:
                continue
            kind = self._kind(match)
            if kind != "stop":
                getattr(self, f"_{kind}")(match)
            self.last = max(match.end(), self.skip)
        starts = [row.start for row in self.done[1:]] + [len(self.text)]
        for row, after in zip(self.done, starts, strict=False):
            row.end = min(self._stop(row.end), max(after, row.end))
            head = self.text[row.start : row.end]
            row.start += len(head) - len(head.lstrip(_EDGE + "、"))
        return self.done

    @staticmethod
    def _kind(match: re.Match[str]) -> str:
        return next(
            kind
            for kind in ("by", "share", "flat", "reason", "purpose", "none", "number", "stop")
            if match[kind]
        )

    def _number(self, match: re.Match[str]) -> None:
        """An amount opens a row, unless it is a threshold, another year's, or in a side remark."""
        before = self._clause(match.start())
        after = self.text[match.end() : match.end() + 4]
        if matcher("amount", "skip_after").match(after):
            return
        if matcher("amount", "skip_before").search(before) or self._of_another_year(before):
            return
        if self._in_brackets(match.start()):
            return
        item, kind = self._item(before)
        value = in_wan(match["number"], match["unit"])
        if not item:
            if self._empty(before) and self.pending and not self.done:
                item, kind = self.pending, "amount"
            else:
                return
        self._open(item, kind, match, amount=value)

    def _by(self, match: re.Match[str]) -> None:
        """A change goes to the row before it, or opens one: 公务接待费增加0.00万元."""
        gap = self.text[self.last : match.start()]
        row = self._row_for(gap, match)
        if row is None or self._in_brackets(match.start()):
            return
        sign = -1.0 if match["down"] else 1.0
        if match["by_unit"]:
            if row.change is None:
                row.change = sign * in_wan(match["by"], match["by_unit"]) + 0.0
        elif row.change_pct is None and match["by_pct"] != "个百分点":
            times = 100.0 if match["times"] else 1.0
            row.change_pct = round(sign * times * float(match["by"].replace(",", "")), 6) + 0.0
        row.end = match.end()

    def _flat(self, match: re.Match[str]) -> None:
        row = self._row_for(self.text[self.last : match.start()] + match["flat"], match)
        if row is not None and row.change is None:
            row.change, row.end = 0.0, match.end()

    def _share(self, match: re.Match[str]) -> None:
        if self.done and self.done[-1].share_pct is None:
            self.done[-1].share_pct = float(match["share"].replace(",", ""))
            self.done[-1].end = match.end()

    def _reason(self, match: re.Match[str]) -> None:
        self.skip = self._zone(match.end())
        row = self.done[-1] if self.done else None
        if row is None or row.reason or (row.change is None and row.change_pct is None):
            return
        row.reason = self.text[match.end() : self.skip].strip("，：:；;。")
        row.end = self.skip

    def _purpose(self, match: re.Match[str]) -> None:
        if self.done and self.text[match.end() : match.end() + 1] != "（":
            self.skip = self._zone(match.end())

    def _none(self, match: re.Match[str]) -> None:
        before = self._clause(match.start())
        item, _ = self._item(before)
        if not item:
            after = re.match(r"[^，。；,;]{2,20}", self.text[match.end() :])
            item = self._item(after.group())[0] if after else ""
        if item:
            self._open(item, "not_arranged", match)

    def _open(
        self, item: str, kind: str, match: re.Match[str], amount: float | None = None
    ) -> _Row:
        start = max(self.text.rfind("。", 0, match.start()), self.last - 1) + 1
        row = _Row(item, kind, start, match.end(), amount)
        self.done.append(row)
        return row

    def _row_for(self, gap: str, match: re.Match[str]) -> _Row | None:
        """The row that a change belongs to: the one before, or a new one that it names."""
        clause = gap[max(gap.rfind("。"), gap.rfind("；"), gap.rfind(";")) + 1 :]
        versus = matcher("change", "versus").search(clause)
        named = clause[: versus.start()] if versus else clause
        named = named[max(named.rfind(mark) for mark in "，：:,") + 1 :]
        item, kind = self._item(named) if len(named) > 1 else ("", "")
        current = self.done[-1] if self.done else None
        if not item or (versus and not named):
            return current
        if current is not None and current.change is None and _same(current.item, item):
            return current
        if not versus and matcher("change", "versus").search(gap):
            return current
        return self._open(item, kind, match)

    def _clause(self, end: int) -> str:
        """What stands between the mark or stop before and a place."""
        clause = self.text[self.last : end]
        return clause[max((clause.rfind(mark) for mark in _EDGE), default=-1) + 1 :]

    def _empty(self, clause: str) -> bool:
        return not re.sub(
            rf"{any_of('item', 'tail')}|{any_of('item', 'head')}|支出|收入|预算|^.*20[0-9]{{2}}年度?",
            "",
            clause,
        )

    def _of_another_year(self, clause: str) -> bool:
        if matcher("change", "before").search(clause):
            return True
        years = re.findall(r"(20[0-9]{2})年", clause)
        return bool(years and self.year and int(years[-1]) != self.year) and not self.listed

    def _in_brackets(self, at: int) -> bool:
        head = self.text[self.last : at]
        return head.count("（") + head.count("(") > head.count("）") + head.count(")")

    def _stop(self, at: int) -> int:
        """The end of the clause that a place stands in."""
        match = re.compile(r"[，。；：:,;]|$").search(self.text, at)
        return (match.end() if match else len(self.text)) if self.text[at - 1 : at] != "。" else at

    def _zone(self, start: int) -> int:
        """Where a reason or a list of uses ends: at the full stop, or before the next item."""
        stop = self.text.find("。", start)
        stop = len(self.text) if stop < 0 else stop
        for mark in re.finditer("[；;]", self.text[start:stop]):
            at = start + mark.end()
            found = _marks().search(self.text, at, stop)
            if found is None:
                break
            if self._kind(found) not in ("number", "by", "flat", "none"):
                continue
            clause = self.text[at : found.start()]
            versus = matcher("change", "versus").search(clause)
            named = clause[: versus.start()] if versus else clause
            if not any(edge in named for edge in "，：") and self._item(named)[0]:
                return at
        return stop

    def _item(self, clause: str) -> tuple[str, str]:
        """Tell what a clause names: item and kind; empty where it names nothing sure."""
        clause = clause.strip('、，“”" ')
        classes = list(_CLASS.finditer(clause))
        if classes:
            return _bare_class(classes[-1]["name"]), "amount"
        if self._empty(clause) and (before := self._before_colon(clause)):
            return before, "amount"
        for kind in KINDS:
            named = meaning(clause, "item", kind)
            if named and (kind != "procurement" or self.purchases):
                return named, "amount" if kind == "known" else kind
        if self.listed and not self.done:
            return without_marker(self.text)[
                : -len(self.text) + self.text.find(clause) + len(clause)
            ], "amount"
        name = self._stripped(clause)
        kind = "performance" if matcher("item", "performance").search(clause) else "amount"
        if kind == "performance":
            name = matcher("item", "performance").sub("", name) or wordings("item", "goal")[0]
        if not 2 <= len(name) <= LONGEST_ITEM or matcher("item", "not").search(name):
            return "", kind
        return name, kind

    def _before_colon(self, clause: str) -> str:
        """The class named before a colon: 住房公积金（项）：支出1.00万元."""
        at = self.text.find(clause, self.last) if clause else -1
        head = self.text[self.last : at if at >= 0 else None]
        if clause and head.endswith(("：", ":")):
            return _class_name(head)
        return ""

    def _stripped(self, clause: str) -> str:
        """Strip year, department, enumerator and filling words off an item."""
        name = without_marker(clause)
        name = _YEAR.sub("", name)
        if self.department and self.department in name:
            name = name[name.rfind(self.department) + len(self.department) :]
        before = None
        while name != before:
            before = name
            name = re.sub(rf"^{any_of('item', 'head')}", "", name)
            name = re.sub(rf"{any_of('item', 'tail')}$", "", name)
            name = name.strip('、，“”"的')
        return name if len(name) > 2 or name in wordings("item", "short") else ""


def _bare_class(name: str) -> str:
    return without_marker(name.strip('“”"、')).strip('“”"、')


def _class_name(text: str) -> str:
    """The last class (…（项）) that a text names, or nothing."""
    classes = list(_CLASS.finditer(folded(text).rstrip("：:")))
    return _bare_class(classes[-1]["name"]) if classes else ""


def _same(one: str, other: str) -> bool:
    """Whether two wordings name one item: 收入、支出预算总计, 收、支总计."""
    core_one, core_other = (re.sub(r"预算|总|支出|收入|[、的]", "", name) for name in (one, other))
    return core_one in core_other or core_other in core_one


def _placed(row: _Row, paragraph: Paragraph) -> NarrativeItem:
    page, box = paragraph.place(row.start, row.end)
    return NarrativeItem(
        row.item,
        " > ".join(paragraph.section),
        row.amount,
        row.share_pct,
        row.change,
        row.change_pct,
        row.reason,
        row.kind,
        page,
        *box,
        paragraph.text[row.start : row.end],
    )


def _merged(rows: Sequence[NarrativeItem]) -> list[NarrativeItem]:
    """Put an item's amount and its change together where two sentences of a section say them."""
    merged: list[NarrativeItem] = []
    for row in rows:
        at = (
            next(_twins(merged, row), None)
            if row.amount is None and row.change is not None
            else None
        )
        if at is None:
            merged.append(row)
            continue
        first = merged[at]
        merged[at] = replace(
            first,
            change=row.change,
            change_pct=row.change_pct,
            reason=row.reason,
            text=first.text + row.text,
        )
    return merged


def _twins(rows: Sequence[NarrativeItem], row: NarrativeItem) -> Iterator[int]:
    for at, first in enumerate(rows):
        if (first.item, first.section) == (row.item, row.section) and (
            first.amount is not None and first.change is None and first.change_pct is None
        ):
            yield at
