"""The amounts of one paragraph of the prose, with the shares, changes and reasons printed of them.

The marks of a paragraph (an amount, a change, a share, a reason …) are read from left to right.
An amount opens a statement. A change or a share belongs to the statement that it follows, and a
reason runs to the end of its sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from budgetkit.extraction.prose.headings import marker, marker_end, without_marker
from budgetkit.extraction.prose.items import class_name, is_filler, name_item, same_item
from budgetkit.extraction.prose.paragraphs import Paragraph
from budgetkit.extraction.prose.wordings import (
    NUMBER,
    any_of,
    bracketed,
    folded,
    in_wan,
    matcher,
    wordings,
)

_UNIT = r"(?:亿元|万元|元|万(?=[，。；、,;）)]|$))"
#: 增加（减少）0万元: a form that was filled in without choosing.
_UNCHOSEN = r"[（(][^（()）]{0,8}[减增升降][^（()）]{0,4}[)）]"
#: Kinds of items that a heading names for an amount below it.
_SAID_BY_HEADING = ("three_public", "meetings", "operating_costs")
_EDGE = re.compile("[，。；：:,;]")


@dataclass(slots=True)
class Statement:
    """An amount and what is printed of it; ``start`` and ``end`` are positions in the paragraph.

    The other attributes are those of :class:`budgetkit.extraction.prose.narrative.NarrativeItem`.
    """

    item: str
    kind: str
    start: int
    end: int
    amount: float | None = None
    share_pct: float | None = None
    change: float | None = None
    change_pct: float | None = None
    reason: str = ""
    bracket_end: int = 0  # of the brackets that it stands in; 0 where it stands in none


@cache
def _marks() -> re.Pattern[str]:
    """Every mark of a paragraph; ``lastgroup`` of a match is its kind."""
    up, down = any_of("change", "up"), any_of("change", "down")
    return re.compile(
        rf"(?P<change>(?:(?P<down>{down})|{up})(?:[了额为约幅度率：:]|{_UNCHOSEN})*"
        rf"(?P<by>{NUMBER})(?:(?P<by_unit>{_UNIT})|(?P<percent>%)|(?P<times>倍)|个百分点))"
        rf"|占[^，。；、%]{{0,30}}?(?P<share>{NUMBER})%"
        rf"|(?P<flat>{any_of('change', 'flat')})(?:(?:{NUMBER}){_UNIT})?"
        rf"|(?P<reason>{any_of('change', 'reason')})"
        rf"|(?P<purpose>{any_of('change', 'purpose')})"
        rf"|(?P<not_arranged>{any_of('none', 'before')})"
        rf"|(?P<clause_without>{any_of('none', 'clause')})"
        rf"|(?P<amount>(?:{NUMBER}){_UNIT})"
        r"|(?P<stop>。)"
    )


class SentenceReader:
    """Reads the marks of one paragraph from left to right.

    Parameters
    ----------
    paragraph
        A paragraph of the body, not a heading.
    department
        Its name, so that it is not taken for part of an item.
    year
        The budget year; an amount of another year makes no statement.
    pending
        The item that the paragraph before announces (``…（项）：``), or empty.
    """

    def __init__(
        self, paragraph: Paragraph, department: str, year: int | None, pending: str
    ) -> None:
        self.text = folded(paragraph.text)
        self.department, self.year, self.pending = department, year, pending
        self.is_list_item = bool(marker(self.text)) and any(
            matcher("project", "listed").search(heading) for heading in paragraph.section[-1:]
        )
        self.heading = without_marker(folded("".join(paragraph.section[-1:])))
        self.purchases = "采购" in self.text or any("采购" in head for head in paragraph.section)
        self.brackets = bracketed(self.text)
        self.found: list[Statement] = []
        self.read_to = 0  # marks before this position are done with

    def statements(self) -> list[Statement]:
        """Read the paragraph's statements, in order."""
        for mark in _marks().finditer(self.text):
            if mark.start() >= self.read_to:
                self.read_to = self._read_mark(mark)
        starts = [*(row.start for row in self.found[1:]), len(self.text)]
        for row, next_start in zip(self.found, starts, strict=False):
            row.end = min(self._clause_end(row.end), max(next_start, row.end))
            span = self.text[row.start : row.end]
            row.start += len(span) - len(span.lstrip("，。；：:,;、"))
        return self.found

    def _read_mark(self, mark: re.Match[str]) -> int:
        """Read one mark, and return where the reading goes on."""
        match mark.lastgroup:
            case "amount":
                self._read_amount(mark)
            case "change":
                self._read_change(mark)
            case "flat":
                self._read_no_change(mark)
            case "share":
                self._read_share(mark)
            case "reason":
                return self._read_reason(mark)
            case "purpose" if self.found and self.text[mark.end() : mark.end() + 1] != "（":
                return self._passage_end(mark.end())
            case "not_arranged":
                self._read_not_arranged(mark)
            case "clause_without":
                self._read_clause_without(mark)
        return mark.end()

    def _read_amount(self, mark: re.Match[str]) -> None:
        """An amount opens a statement, unless it is a threshold or another year's."""
        before = self._clause_before(mark.start())
        if (
            matcher("amount", "skip_after").match(self.text, mark.end())
            or matcher("amount", "skip_before").search(before)
            or self._is_of_another_year(before)
        ):
            return
        item, kind = self._name(before)
        announced = not item and not self.found and is_filler(before)
        if announced:
            item, kind = self._announced(mark.start() - len(before))
        if item:
            row = self._open(item, kind, mark)
            row.amount, row.start = in_wan(mark["amount"]), 0 if announced else row.start

    def _announced(self, start: int) -> tuple[str, str]:
        """Item and kind that stand before a clause which names none: 2026年预算数6万元.

        The paragraph before announces it, or the words before the clause: （二）公务接待费。
        A heading alone does where its item is one of 三公, of meetings or of operating costs.
        """
        run_in = self.text[marker_end(self.text) : start]
        if self.pending:
            return self.pending, "amount"
        if not run_in:
            item, kind = self._name(self.heading) if "、" not in self.heading else ("", "")
            return (item, kind) if kind in _SAID_BY_HEADING else ("", "amount")
        is_heading = marker(self.text) and run_in.endswith("。") and not _EDGE.search(run_in[:-1])
        return self._name(run_in[:-1]) if is_heading else ("", "amount")

    def _read_change(self, mark: re.Match[str]) -> None:
        """A change belongs to the statement before it, or opens one: 公务接待费增加0.00万元."""
        row = self._changed_by(mark, self.text[self.read_to : mark.start()])
        if row is None:
            return
        sign = -1.0 if mark["down"] else 1.0
        if mark["by_unit"]:
            if row.change is None:
                row.change = sign * in_wan(mark["by"] + mark["by_unit"]) + 0.0
        elif row.change_pct is None and (mark["percent"] or mark["times"]):
            times = 100.0 if mark["times"] else 1.0
            row.change_pct = round(sign * times * _as_float(mark["by"]), 6) + 0.0
        row.end = mark.end()

    def _read_no_change(self, mark: re.Match[str]) -> None:
        row = self._changed_by(mark, self.text[self.read_to : mark.start()] + mark["flat"])
        if row is not None and row.change is None:
            row.change, row.end = 0.0, mark.end()

    def _read_share(self, mark: re.Match[str]) -> None:
        row = self._current(mark.start())
        if row is not None and row.share_pct is None:
            row.share_pct, row.end = _as_float(mark["share"]), mark.end()

    def _read_reason(self, mark: re.Match[str]) -> int:
        end = self._passage_end(mark.end())
        row = self._current(mark.start())
        if row and not row.reason and (row.change is not None or row.change_pct is not None):
            row.reason = self.text[mark.end() : end].strip("，：:；;。")
            row.end = end
        return end

    def _read_not_arranged(self, mark: re.Match[str]) -> None:
        """Nothing is arranged for what stands before, else for what stands behind."""
        item, _ = self._name(self._clause_before(mark.start()))
        behind = re.compile(r"[^，。；,;]{2,20}").match(self.text, mark.end())
        if not item and behind:
            item, _ = self._name(behind.group())
        if item:
            self._open(item, "not_arranged", mark)

    def _read_clause_without(self, mark: re.Match[str]) -> None:
        """A whole clause: 没有使用政府性基金预算拨款安排的支出, 无公务用车购置预算安排."""
        for pattern in wordings("none", "whole"):
            named = re.search(pattern, mark["clause_without"])
            if named and not matcher("none", "item_not").search(named[1]):
                item, _ = self._name(named[1])
                if item:
                    self._open(item, "not_arranged", mark)
                return

    def _open(self, item: str, kind: str, mark: re.Match[str]) -> Statement:
        at = mark.start()
        start = max(self.text.rfind("。", 0, at) + 1, self.read_to)
        row = Statement(item, kind, start, mark.end(), bracket_end=self._bracket_end(at))
        self.found.append(row)
        return row

    def _current(self, at: int) -> Statement | None:
        """The statement that a position belongs to: behind brackets, the one before them."""
        open_rows = (row for row in reversed(self.found) if not 0 < row.bracket_end <= at)
        return next(open_rows, None)

    def _changed_by(self, mark: re.Match[str], gap: str) -> Statement | None:
        """The statement that a change belongs to: the one before, or a new one named in the gap."""
        current = self._current(mark.start())
        if current is not None and not current.bracket_end and self._bracket_end(mark.start()):
            return None  # a remark in brackets: （上年安排减少5万元）
        versus = matcher("change", "versus")
        clause = re.split("[。；;]", gap)[-1]
        named = re.split("[，：:,]", _before_comparison(clause))[-1]
        item, kind = self._name(named) if len(named) > 1 else ("", "")
        if not item:
            return current
        if current is not None and current.change is None and same_item(current.item, item):
            return current
        if versus.search(gap) and not versus.search(clause):
            return current
        return self._open(item, kind, mark)

    def _name(self, clause: str) -> tuple[str, str]:
        """Item and kind of a clause, by what stands before its colon or by itself."""
        if clause and is_filler(clause):
            head = self.text[self.read_to : max(self.text.find(clause, self.read_to), 0)]
            if head.endswith(("：", ":")) and (name := class_name(head)):
                return name, "amount"
        if clause and self.is_list_item and not self.found:
            end = self.text.find(clause) + len(clause)
            return self.text[marker_end(self.text) : end], "amount"
        return name_item(clause, department=self.department, purchases=self.purchases)

    def _clause_before(self, end: int) -> str:
        """The text between the last mark or stop and a position."""
        clause = _EDGE.split(self.text[self.read_to : end])[-1]
        # A bracket that opens here and does not close begins a remark of its own.
        opened = max(clause.rfind("（其中"), clause.rfind("（含"))
        return clause if opened < 0 or "）" in clause[opened:] else clause[opened + 1 :]

    def _is_of_another_year(self, clause: str) -> bool:
        if matcher("change", "before").search(clause):
            return True
        years = re.findall(r"(20[0-9]{2})年", clause)
        return bool(years and self.year and int(years[-1]) != self.year) and not self.is_list_item

    def _bracket_end(self, at: int) -> int:
        """Where the brackets around a position end; 0 where it stands in none."""
        around = next((end for start, end in self.brackets if start < at < end), 0)
        if around:
            return around
        # Brackets that nothing closes reach no further than their clause.
        head = re.split("[。；]", self.text[:at])[-1]
        if head.count("（") + head.count("(") <= head.count("）") + head.count(")"):
            return 0
        end = re.compile("[)）]").search(self.text, at)
        return end.end() if end else len(self.text)

    def _clause_end(self, at: int) -> int:
        """The end of the clause around a position, its stop included."""
        if self.text[at - 1 : at] == "。":
            return at
        stop = _EDGE.search(self.text, at)
        return stop.end() if stop else len(self.text)

    def _passage_end(self, start: int) -> int:
        """Where a reason or a list of uses ends: at the full stop, or before the next item."""
        stop = self.text.find("。", start)
        stop = len(self.text) if stop < 0 else stop
        for semicolon in re.finditer("[；;]", self.text[start:stop]):
            at = start + semicolon.end()
            mark = _marks().search(self.text, at, stop)
            if mark is None:
                break
            if mark.lastgroup in ("amount", "change", "flat", "not_arranged"):
                named = _before_comparison(self.text[at : mark.start()])
                if "，" not in named and "：" not in named and self._name(named)[0]:
                    return at
        return stop


def _before_comparison(clause: str) -> str:
    """The part of a clause before its comparison with another year (比上年预算 …)."""
    versus = matcher("change", "versus").search(clause)
    return clause[: versus.start()] if versus else clause


def _as_float(number: str) -> float:
    return float(number.replace(",", ""))
