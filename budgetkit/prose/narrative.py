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

from budgetkit.prose.headings import marker, without_marker
from budgetkit.prose.items import class_name, is_filler, name_item, same_item
from budgetkit.prose.paragraphs import Paragraph
from budgetkit.prose.wordings import NUMBER, any_of, folded, in_wan, matcher, meanings

_UNIT = r"(?:亿元|万元|元|万(?=[，。；、,;）)]|$))"
#: 增加（减少）0万元: a form that was filled in without choosing.
_UNCHOSEN = r"[（(][^（()）]{0,8}[减增升降][^（()）]{0,4}[)）]"
_EDGE = "，。；：:,;"
#: The marks that :func:`_marks` finds, one named group each.
_KINDS = ("by", "share", "flat", "reason", "purpose", "none", "stated", "number", "stop")


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
    closed: int = 0  # where the brackets end that it stands in


@cache
def _marks() -> re.Pattern[str]:
    """Everything in a sentence that says something of an amount, longest first."""
    up, down = any_of("change", "up"), any_of("change", "down")
    return re.compile(
        rf"(?:(?P<down>{down})|(?P<up>{up}))(?:[了额为约幅度率：:]|{_UNCHOSEN})*"
        rf"(?P<by>{NUMBER})(?:(?P<by_unit>{_UNIT})|(?P<by_pct>%|个百分点)|(?P<times>倍))"
        rf"|占[^，。；、%]{{0,30}}?(?P<share>{NUMBER})%"
        rf"|(?P<flat>{any_of('change', 'flat')})(?:(?:{NUMBER}){_UNIT})?"
        rf"|(?P<reason>{any_of('change', 'reason')})"
        rf"|(?P<purpose>{any_of('change', 'purpose')})"
        rf"|(?P<none>{any_of('none', 'before')})"
        rf"|(?P<stated>{any_of('none', 'clause')})"
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
    >>> from budgetkit.pdf.pages import Char
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
        pending = class_name(paragraph.text) if paragraph.text[-1] in "：:" else ""
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
        self.rows_found: list[_Row] = []
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
        starts = [row.start for row in self.rows_found[1:]] + [len(self.text)]
        for row, after in zip(self.rows_found, starts, strict=False):
            row.end = min(self._clause_end(row.end), max(after, row.end))
            head = self.text[row.start : row.end]
            row.start += len(head) - len(head.lstrip(_EDGE + "、"))
        return self.rows_found

    @staticmethod
    def _kind(match: re.Match[str]) -> str:
        return next(kind for kind in _KINDS if match[kind])

    def _number(self, match: re.Match[str]) -> None:
        """An amount opens a row, unless it is a threshold or another year's."""
        before = self._clause(match.start())
        if (
            matcher("amount", "skip_after").match(self.text, match.end())
            or matcher("amount", "skip_before").search(before)
            or self._of_another_year(before)
        ):
            return
        item, kind = self._item(before)
        if not item and self.pending and not self.rows_found and is_filler(before):
            item = self.pending
        if item:
            value = in_wan(match["number"], match["unit"])
            self._open(item, kind, match, amount=value)

    def _by(self, match: re.Match[str]) -> None:
        """A change goes to the row before it, or opens one: 公务接待费增加0.00万元."""
        row = self._row_for(self.text[self.last : match.start()], match)
        if row is None:
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
        row = self._current(match.start())
        if row is not None and row.share_pct is None:
            row.share_pct, row.end = float(match["share"].replace(",", "")), match.end()

    def _reason(self, match: re.Match[str]) -> None:
        self.skip = self._zone(match.end())
        row = self._current(match.start())
        if row is None or row.reason or (row.change is None and row.change_pct is None):
            return
        row.reason = self.text[match.end() : self.skip].strip("，：:；;。")
        row.end = self.skip

    def _purpose(self, match: re.Match[str]) -> None:
        if self.rows_found and self.text[match.end() : match.end() + 1] != "（":
            self.skip = self._zone(match.end())

    def _none(self, match: re.Match[str]) -> None:
        """Nothing is arranged for what stands before, else for what stands behind."""
        item = self._item(self._clause(match.start()))[0]
        if not item:
            after = re.compile(r"[^，。；,;]{2,20}").match(self.text, match.end())
            item = self._item(after.group())[0] if after else ""
        if item:
            self._open(item, "not_arranged", match)

    def _stated(self, match: re.Match[str]) -> None:
        """A whole clause says so: 没有使用政府性基金预算拨款安排的支出, 无公务用车购置预算安排."""
        for pattern, _ in meanings("none", "whole"):
            named = pattern.search(match["stated"])
            if named and not matcher("none", "item_not").search(named[1]):
                item = self._item(named[1])[0]
                if item:
                    self._open(item, "not_arranged", match)
                return

    def _open(
        self, item: str, kind: str, match: re.Match[str], amount: float | None = None
    ) -> _Row:
        at = match.start()
        start = max(self.text.rfind("。", 0, at), self.last - 1) + 1
        closed = self._bracket_end(at)
        row = _Row(item, kind, start, match.end(), amount, closed=closed)
        self.rows_found.append(row)
        return row

    def _current(self, at: int) -> _Row | None:
        """The row that a place speaks of: behind a bracket, the one before the bracket."""
        return next((row for row in reversed(self.rows_found) if not 0 < row.closed <= at), None)

    def _row_for(self, gap: str, match: re.Match[str]) -> _Row | None:
        """The row that a change belongs to: the one before, or a new one that it names."""
        clause = gap[max(gap.rfind("。"), gap.rfind("；"), gap.rfind(";")) + 1 :]
        versus = matcher("change", "versus").search(clause)
        named = clause[: versus.start()] if versus else clause
        named = named[max(named.rfind(mark) for mark in "，：:,") + 1 :]
        item, kind = self._item(named) if len(named) > 1 else ("", "")
        current = self._current(match.start())
        if current is not None and current.closed == 0 and self._bracket_end(match.start()):
            return None  # a remark in brackets: （上年安排减少5万元）
        if not item or (versus and not named):
            return current
        if current is not None and current.change is None and same_item(current.item, item):
            return current
        if not versus and matcher("change", "versus").search(gap):
            return current
        return self._open(item, kind, match)

    def _clause(self, end: int) -> str:
        """What stands between the mark or stop before and a place."""
        clause = self.text[self.last : end]
        clause = clause[max(clause.rfind(mark) for mark in _EDGE) + 1 :]
        # A bracket that opens here and does not close begins a remark of its own.
        opened = max(clause.rfind("（其中"), clause.rfind("（含"))
        return clause if opened < 0 or "）" in clause[opened:] else clause[opened + 1 :]

    def _of_another_year(self, clause: str) -> bool:
        if matcher("change", "before").search(clause):
            return True
        years = re.findall(r"(20[0-9]{2})年", clause)
        return bool(years and self.year and int(years[-1]) != self.year) and not self.listed

    def _bracket_end(self, at: int) -> int:
        """Where the brackets around a place end; 0 where it stands in none."""
        start = max(self.text.rfind("。", 0, at), self.text.rfind("；", 0, at)) + 1
        head = self.text[start:at]
        if head.count("（") + head.count("(") <= head.count("）") + head.count(")"):
            return 0
        end = re.compile("[)）]").search(self.text, at)
        return end.end() if end else len(self.text)

    def _clause_end(self, at: int) -> int:
        """The end of the clause that a place stands in, its stop included."""
        if self.text[at - 1 : at] == "。":
            return at
        stop = re.compile("[，。；：:,;]").search(self.text, at)
        return stop.end() if stop else len(self.text)

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
        """Name a clause: by what stands before its colon, or by itself."""
        if is_filler(clause) and clause:
            at = self.text.find(clause, self.last)
            head = self.text[self.last : max(at, 0)]
            if head.endswith(("：", ":")) and (name := class_name(head)):
                return name, "amount"
        if self.listed and not self.rows_found and clause:
            end = self.text.find(clause) + len(clause)
            return self.text[len(self.text) - len(without_marker(self.text)) : end], "amount"
        return name_item(clause, department=self.department, purchases=self.purchases)


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
