"""What one report shows: the summaries of its disclosure, in the words of one language.

A :class:`View` is what the templates read.

Longer than most, since they read one object.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

from budgetkit.disclosure import select, years_until
from budgetkit.render.evidence import Evidence
from budgetkit.render.labels import Labels
from budgetkit.render.page_parts import header_facts
from budgetkit.render.reasons import reason
from budgetkit.report.report_title import key_of_kind, report_title
from budgetkit.storage.figures import Figure, Place
from budgetkit.storage.reader import DatasetReader
from budgetkit.summary.amount_lines import AmountLine
from budgetkit.summary.audit_results import AuditResults, audit_results
from budgetkit.summary.change_line import Change
from budgetkit.summary.changes import Changes, changes
from budgetkit.summary.execution import execution_of
from budgetkit.summary.execution_view import ExecutionView
from budgetkit.summary.gaps import Issue, is_read, issues
from budgetkit.summary.lookup import headline_pattern
from budgetkit.summary.people import Profile, profile
from budgetkit.summary.projects import Project, TargetForm, projects, target_forms
from budgetkit.summary.reading import doubt_about, why_missing
from budgetkit.summary.summarize import DisclosureSummary, summarize
from budgetkit.summary.trend import TrendLine, trend_lines

#: Where the same line of the year before is found, by what a table of the report lists.
GROUP = {
    "source": ("sources",),
    "functional": ("functions", "items"),
    "economic": ("economic",),
    "three": ("three_public",),
    "procurement": ("procurement",),
    "carryover": ("carryover",),
}
#: Changes on the first screen: of the uses or the prose, and of single functions.
TOP_USES, TOP_ITEMS = 2, 2
#: A list of less than this share of its total lacks lines, where not all was read.
NEARLY_ALL = 0.98


@dataclass(frozen=True)
class View:
    """One department and year, ready to be shown.

    Attributes
    ----------
    say : Labels
        The words of the language.
    years : tuple of DisclosureSummary
        This year and those before it without a gap, the earliest first.
    findings : AuditResults
        What the audit found in it.
    evidence : Evidence
        The pictures that were cited so far.
    execution : ExecutionView or None
        Budget against final account, where the dataset has both.
    pdfs : dict of str to str
        Address of each document's PDF, seen from the page.
    """

    say: Labels
    years: tuple[DisclosureSummary, ...]
    findings: AuditResults
    evidence: Evidence
    execution: ExecutionView | None = None
    pdfs: Mapping[str, str] = field(default_factory=dict)

    # --- who ---------------------------------------------------------------------------

    @property
    def now(self) -> DisclosureSummary:
        """Of the year of the report."""
        return self.years[-1]

    @property
    def earlier(self) -> DisclosureSummary | None:
        """The year before, where the dataset has it."""
        return self.years[-2] if len(self.years) > 1 else None

    @cached_property
    def changes(self) -> Changes:
        """Against the year before."""
        return changes(self.now, self.earlier)

    @property
    def title(self) -> str:
        """Heading of the report."""
        disclosure = self.now.disclosure
        return report_title(
            self.say, disclosure.department, disclosure.scope, disclosure.year, self.kind
        )

    @property
    def kind(self) -> str:
        """``budget`` or ``final_account``."""
        return self.now.disclosure.key.kind if self.now.disclosure.key else "budget"

    @property
    def notice_key(self) -> str:
        """Label of what a cover says: that the document is invented is said in English too."""
        notice = self.now.disclosure.about("notice")
        invented = headline_pattern("origin", "invented").search(notice)
        return "notice.invented" if invented else "notice"

    def of_kind(self, key: str, **values: object) -> str:
        """Return the words for a budget, or those for a final account.

        Parameters
        ----------
        key
            Of the label for a budget; that with ``_final`` at its end is for a final account.
        **values
            That are filled in.

        Returns
        -------
        str
        """
        return self.say(key_of_kind(key, self.kind), **values)

    def page_address(self, place: Place) -> str:
        """Return the address of the page that a place is on; empty where its PDF is not known."""
        pdf = self.pdfs.get(place.document)
        return f"{pdf}#page={place.page}" if pdf else ""

    @property
    def sources(self) -> str:
        """The files that the report is made from."""
        return self.say.join(row["source"] for row in self.now.disclosure.documents)

    @property
    def source_line(self) -> str:
        """What stands under each figure: the files."""
        return self.say("source_line", sources=self.sources)

    @cached_property
    def profile(self) -> Profile:
        """Functions, offices and units."""
        return profile(self.now.disclosure)

    @property
    def counted(self) -> str:
        """The parts of 实有, with their numbers."""
        parts = self.now.people.counted_in_total
        return " + ".join(f"{self.say(key)} {self.now.people.counts[key]}" for key in parts)

    @property
    def posts_change(self) -> int | None:
        """Change of the people in post: from both disclosures, else as this one states it."""
        now = self.now.people.counts.get("active")
        then = self.earlier.people.counts.get("active") if self.earlier else None
        if now is not None and then is not None:
            return now - then
        return self.now.people.changes.get("active")

    # --- money -------------------------------------------------------------------------

    @property
    def per_head_how(self) -> str:
        """How the cost of one person was computed."""
        cost = self.now.money.wages or self.now.money.personnel
        key = "per_head_how" if self.now.money.wages else "per_head_from_personnel"
        if cost is None:
            return ""
        return self.say(
            key, wages=self.say.exact(cost.amount), active=self.now.people.counts["active"]
        )

    @cached_property
    def projects(self) -> tuple[Project, ...]:
        """Projects, the largest first."""
        return projects(self.now.disclosure)

    @cached_property
    def forms(self) -> tuple[TargetForm, ...]:
        """Forms of performance targets."""
        return target_forms(self.now.disclosure)

    @property
    def top_changes(self) -> tuple[Change, ...]:
        """The changes of the first screen, the largest first."""
        uses = self.changes.of("use", "prose")[:TOP_USES]
        return (*uses, *self.changes.of("item")[:TOP_ITEMS])

    def older(self, kind: str, line: AmountLine) -> Figure | None:
        """Return the amount of a line in the year before.

        Parameters
        ----------
        kind
            Of :data:`GROUP`.
        line
            Of this year.

        Returns
        -------
        Figure or None
            Of the same code and name, else of the same code; None where that year prints neither.
        """
        if self.earlier is None or not line.code:
            return None
        for group in GROUP[kind]:
            lines: tuple[AmountLine, ...] = getattr(self.earlier.money, group)
            others = [other for other in lines if other.code == line.code]
            named = [other for other in others if other.name == line.name]
            same = named or ([] if kind == "carryover" else others)
            if same:
                return same[0].figure
        return None

    @cached_property
    def trend(self) -> tuple[TrendLine, ...]:
        """The headline amounts and the people in post over :attr:`years`."""
        return trend_lines(self.years)

    # --- what is wrong -----------------------------------------------------------------

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """What is wrong or unread, the weightiest first."""
        return issues(self.now)

    def quote(self, issue: Issue, text: str) -> str:
        """Return what an issue quotes: what was noted while reading is in the page's language.

        Parameters
        ----------
        issue
            Of the page.
        text
            One of its quotes.

        Returns
        -------
        str
        """
        return reason(text, self.say) if issue.kind == "reading" else text

    def unknown(self, figure: Figure | None, topic: str = "") -> str:
        """Say why a figure is not shown: its table was not read, or it is not there.

        Parameters
        ----------
        figure
            Of this year or the one before; None where there is none.
        topic
            Of :data:`budgetkit.summary.reading.TABLES`; empty where nothing is known of it.

        Returns
        -------
        str
            Empty where the figure can be relied on.
        """
        now, earlier = self.now.disclosure, self.earlier.disclosure if self.earlier else None
        if figure is None:
            return why_missing(now, topic).words(self.say) if topic else self.say("not_printed")
        doubts = (doubt_about(one, figure) for one in (now, earlier) if one)
        return next((doubt.words(self.say) for doubt in doubts if doubt), "")

    def unknown_lines(self, lines: Sequence[AmountLine], topic: str) -> str:
        """Say what stands in the way of a list: why it is empty, or that it may lack lines.

        Parameters
        ----------
        lines
            As shown.
        topic
            Of :data:`budgetkit.summary.reading.TABLES`.

        Returns
        -------
        str
            Empty where the list can be relied on.
        """
        if not lines:
            return self.say("no_lines", why=self.unknown(None, topic))
        whole = {"sources": self.now.money.revenue, "functions": self.now.money.expenditure}.get(
            topic
        )
        listed = sum(line.figure.amount for line in lines if not line.figure.note)
        if whole and not is_read(self.now.disclosure) and 0 < listed < NEARLY_ALL * whole.amount:
            return self.say("lines_short", share=f"{listed / whole.amount:.1%}")
        reasons = filter(None, (self.unknown(line.figure) for line in lines))
        reason = next(reasons, "")
        return self.say("lines_incomplete", why=reason) if reason else ""

    def unknown_change(self, change: Change) -> str:
        """Say why a change can't be relied on; empty where it can."""
        figures = (figure for figure in (change.now, change.before) if figure)
        return next(filter(None, map(self.unknown, figures)), "")

    @property
    def unknown_per_head(self) -> str:
        """Why no cost of a person in post is shown; empty where there is one."""
        if self.now.per_head:
            return self.unknown(self.now.per_head.wages)
        has_cost = self.now.money.wages or self.now.money.personnel
        topic = "staffing" if has_cost else "per_head"
        reason = why_missing(self.now.disclosure, topic)
        if reason.key == "not_disclosed":
            return self.say("per_head_none")
        return self.say("per_head_not_read", why=reason.words(self.say))

    def no_staff(self, key: str) -> str:
        """Say that no people are shown: not disclosed, or not found in what was read.

        Parameters
        ----------
        key
            Of the label; that with ``_read`` at its end is for a disclosure not read in full.

        Returns
        -------
        str
        """
        return self.say(key if is_read(self.now.disclosure) else f"{key}_read")

    @property
    def no_targets(self) -> str:
        """Why no forms of performance targets are shown."""
        reason = why_missing(self.now.disclosure, "targets")
        if reason.key == "not_disclosed":
            return self.say("no_targets")
        return self.say("targets_unknown", why=reason.words(self.say))

    # --- how things are written --------------------------------------------------------

    def share(self, figure: Figure | None, total: Figure | None) -> str:
        """Write a figure as a share of a total.

        Parameters
        ----------
        figure, total
            Of one unit.

        Returns
        -------
        str
            A dash where one of them is missing, or the total is zero.
        """
        if figure is None or total is None or not total.amount:
            return "—"
        return f"{figure.amount / total.amount:.1%}"

    def name(self, kind: str, line: AmountLine) -> str:
        """Return the name of a line of the report's tables.

        Parameters
        ----------
        kind
            Of :data:`GROUP`.
        line
            An amount.

        Returns
        -------
        str
        """
        return self._name(kind, line.code, line.name)

    def _name(self, kind: str, code: str, printed: str) -> str:
        if kind == "source":
            return self.say.item(code, printed)
        if kind in ("functional", "economic"):
            return self.say.code(kind, code, printed)
        key = "carryover" if (kind, code) == ("carryover", "total") else f"{kind}.{code}"
        return self.say(key) if self.say.has(key) else self.say.name(printed)

    def change_name(self, change: Change) -> str:
        """Return the name of a line of the comparison with the year before."""
        if change.kind == "total":
            return self.say("change.total")
        if change.kind == "use":
            return self.say(change.code)
        kind = {"item": "functional", "class": "economic", "three_public": "three"}
        return self._name(kind.get(change.kind, change.kind), change.code, change.name)


def view(
    dataset: DatasetReader,
    department: str,
    scope: str,
    year: int,
    kind: str = "",
    *,
    lang: str = "zh",
    pdfs: Mapping[str, str] | None = None,
    unit: str = "",
) -> View:
    """Read what the report of one department and year shows.

    Parameters
    ----------
    dataset
        That was audited.
    department, scope, year, kind
        Which disclosure; ``scope`` is ``department`` or ``unit``, ``kind`` is ``budget`` or
        ``final_account``, and the budget, where there is one, if it is empty.
    lang
        ``zh`` or ``en``.
    pdfs
        Address of each document's PDF, seen from the page.
    unit
        What amounts are shown in: see :mod:`budgetkit.display_unit`.

    Returns
    -------
    View
        Amounts in 万元, which :attr:`View.say` writes in the unit asked for.

    Raises
    ------
    UsageError
        The dataset has no such disclosure or was not audited, or there is no such language.
    """
    say = Labels(lang, unit)
    disclosure = select(dataset, department, scope, year, kind)
    both = execution_of(dataset, disclosure.key) if disclosure.key else None
    return View(
        say=say,
        years=tuple(map(summarize, years_until(dataset, disclosure))),
        findings=audit_results(dataset, disclosure, lang),
        evidence=Evidence(dataset.pdf_of, partial(header_facts, dataset)),
        execution=ExecutionView(say, both) if both else None,
        pdfs=pdfs or {},
    )
