"""From one paragraph of the prose: its marks, read from left to right, as statements of amounts.

An amount opens a statement; a share, a change and a percent go to the one that they follow; a
reason runs to the end of its sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from budgetkit.extraction.prose.headings import marker, without_marker
from budgetkit.extraction.prose.items import class_name, is_filler, name_item, same_item
from budgetkit.extraction.prose.paragraphs import Paragraph
from budgetkit.extraction.prose.wordings import NUMBER, any_of, folded, in_wan, matcher, meanings

_UNIT = r"(?:亿元|万元|元|万(?=[，。；、,;）)]|$))"
#: 增加（减少）0万元: a form that was filled in without choosing.
_UNCHOSEN = r"[（(][^（()）]{0,8}[减增升降][^（()）]{0,4}[)）]"
_EDGE = "，。；：:,;"
#: The marks that :func:`_marks` finds, one named group each.
_KINDS = ("by", "share", "flat", "reason", "purpose", "none", "stated", "number", "stop")


@dataclass(slots=True)
class Statement:
    """What a sentence says of an amount; ``start`` and ``end`` are places in its text."""

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


class Sentences:
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
        self.rows_found: list[Statement] = []
        self.last = 0  # end of the mark before
        self.skip = 0  # end of the reason or list of uses that is being passed over

    def rows(self) -> list[Statement]:
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
    ) -> Statement:
        at = match.start()
        start = max(self.text.rfind("。", 0, at), self.last - 1) + 1
        closed = self._bracket_end(at)
        row = Statement(item, kind, start, match.end(), amount, closed=closed)
        self.rows_found.append(row)
        return row

    def _current(self, at: int) -> Statement | None:
        """The row that a place speaks of: behind a bracket, the one before the bracket."""
        return next((row for row in reversed(self.rows_found) if not 0 < row.closed <= at), None)

    def _row_for(self, gap: str, match: re.Match[str]) -> Statement | None:
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
