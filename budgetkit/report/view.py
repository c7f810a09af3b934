"""What one report shows: the findings of the other modules, in the words of one language.

A :class:`View` is what the templates see.  It computes nothing of its own but how a number,
a name or a share is written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from budgetkit.disclosure import Figure, Place, Subject, select, text, year_before
from budgetkit.render.evidence import Evidence
from budgetkit.render.labels import Labels
from budgetkit.storage.reader import DatasetReader
from budgetkit.storage.rows import Row
from budgetkit.summary.changes import Change, Changes, changes
from budgetkit.summary.findings import Findings, findings
from budgetkit.summary.gaps import Issue, issues
from budgetkit.summary.lines import Line
from budgetkit.summary.money import Headline, headline
from budgetkit.summary.people import PerHead, Profile, Staff, per_head, profile, staff
from budgetkit.summary.projects import Form, Project, projects, target_forms

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


@dataclass(frozen=True)
class View:
    """One department and year, ready to be shown.

    Attributes
    ----------
    say : Labels
        The words of the language.
    subject : Subject
        The rows of the disclosure.
    money, before : Headline, Headline or None
        Of this year and of the year before, where the dataset has it (万元).
    people : Staff
        Head counts.
    staff_before : Staff or None
        Head counts of the year before.
    changes : Changes
        Against the year before.
    findings : Findings
        What the audit says of it.
    evidence : Evidence
        The pictures that were cited so far.
    """

    say: Labels
    subject: Subject
    money: Headline
    before: Headline | None
    people: Staff
    staff_before: Staff | None
    changes: Changes
    findings: Findings
    evidence: Evidence

    # --- who ---------------------------------------------------------------------------

    @property
    def title(self) -> str:
        """Heading of the report."""
        key = "title_unit" if self.subject.scope == "unit" else "title"
        return self.say(key, department=self.subject.department, year=self.subject.year)

    @property
    def issued(self) -> str:
        """Date of issue; empty where it is not printed."""
        return next((text(row["issued"]) for row in self.subject.documents if row["issued"]), "")

    @property
    def notice(self) -> str:
        """What a cover says of its document, that it is invented; else empty."""
        return next((text(row["notice"]) for row in self.subject.documents if row["notice"]), "")

    @property
    def sources(self) -> str:
        """The files that the report rests on."""
        return self.say.join(row["source"] for row in self.subject.documents)

    @property
    def source_line(self) -> str:
        """What stands under each figure: the files, and the unit."""
        return self.say("source_line", sources=self.sources, unit=self.say("unit_note"))

    @cached_property
    def profile(self) -> Profile:
        """Functions, offices and units."""
        return profile(self.subject)

    @property
    def head_counts(self) -> list[tuple[str, Figure]]:
        """Each head count with the sentence that says it."""
        place = (self.people.place,) if self.people.place else ()
        return [(key, Figure(float(n), place)) for key, n in self.people.counts.items()]

    @property
    def counted(self) -> str:
        """What 实有 counts, with its numbers."""
        parts = self.people.counted_in_total
        return " + ".join(f"{self.say(key)} {self.people.counts[key]}" for key in parts)

    @property
    def posts_change(self) -> int | None:
        """People in post against the year before: from both disclosures, else as it says."""
        now = self.people.counts.get("active")
        then = self.staff_before.counts.get("active") if self.staff_before else None
        if now is not None and then is not None:
            return now - then
        return self.people.changes.get("active")

    # --- money -------------------------------------------------------------------------

    @cached_property
    def head(self) -> PerHead | None:
        """Cost of one person in post."""
        return per_head(self.money, self.people)

    @property
    def per_head_how(self) -> str:
        """How the cost of one person was worked out."""
        cost = self.money.wages or self.money.personnel
        key = "per_head_how" if self.money.wages else "per_head_from_personnel"
        if cost is None:
            return ""
        return self.say(key, wages=self.number(cost.amount), active=self.people.counts["active"])

    @cached_property
    def projects(self) -> tuple[Project, ...]:
        """Projects, the largest first."""
        return projects(self.subject)

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """Forms of performance targets."""
        return target_forms(self.subject)

    @property
    def n_indicators(self) -> int:
        """Number of performance targets."""
        return sum(len(form.rows) for form in self.forms)

    @property
    def assets(self) -> list[Row]:
        """What the department holds or buys."""
        return self.subject.rows("assets")

    @property
    def top_changes(self) -> tuple[Change, ...]:
        """The changes of the first screen, the largest first."""
        uses = self.changes.of("use", "said")[:TOP_USES]
        return (*uses, *self.changes.of("item")[:TOP_ITEMS])

    def older(self, kind: str, line: Line) -> Figure | None:
        """Give the same line of the year before; None where that year does not print it."""
        for group in GROUP[kind] if self.before else ():
            for other in getattr(self.before, group):
                if line.code and other.code == line.code and other.name == line.name:
                    found: Figure = other.figure
                    return found
            for other in getattr(self.before, group):
                if line.code and other.code == line.code and kind != "carryover":
                    return Figure(other.figure.amount, other.figure.places, other.figure.note)
        return None

    # --- what is wrong -----------------------------------------------------------------

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """What is wrong or unread, the weightiest first."""
        return issues(self.subject, self.money, self.people)

    @property
    def n_facts(self) -> int:
        """Number of figures read."""
        return len(self.subject.rows("facts"))

    @property
    def n_unmapped(self) -> int:
        """Number of amounts that were printed and not understood."""
        return len(self.subject.rows("unmapped"))

    def issue(self, issue: Issue) -> str:
        """Say an issue."""
        tables = self.say.join(self.table(table) for table in issue.tables)
        return self.say(f"issue.{issue.kind}", **{"tables": tables, **issue.values})

    # --- how things are written --------------------------------------------------------

    def number(self, value: float, digits: int = 2) -> str:
        """Write a number with separators."""
        return f"{value:,.{digits}f}"

    def signed(self, value: float, digits: int = 2) -> str:
        """Write a change with its sign."""
        return f"{value:+,.{digits}f}"

    def share(self, figure: Figure | None, total: Figure | None) -> str:
        """Write what part of a total a figure is."""
        if figure is None or total is None or not total.amount:
            return "—"
        return f"{figure.amount / total.amount:.1%}"

    def table(self, table: str) -> str:
        """Name a table."""
        key = f"table.{table}"
        return self.say(key) if self.say.has(key) else table

    def name(self, kind: str, line: Line) -> str:
        """Name a line of the report's tables."""
        if kind == "source":
            return self.say.item(line.code, line.name)
        if kind in ("functional", "economic"):
            return self.say.code(kind, line.code, line.name)
        key = "carryover" if (kind, line.code) == ("carryover", "total") else f"{kind}.{line.code}"
        return self.say(key) if self.say.has(key) else line.name

    def change_name(self, change: Change) -> str:
        """Name a line of the comparison with the year before."""
        if change.kind == "total":
            return self.say("change.total")
        if change.kind == "use":
            return self.say(change.code)
        kind = {"item": "functional", "class": "economic", "three_public": "three"}
        line = Line(change.code, change.name, Figure(0.0))
        return self.name(kind.get(change.kind, change.kind), line)

    def at(self, place: Place) -> Figure:
        """Make something that can be cited of a place alone."""
        return Figure(0.0, (place,))


def view(
    dataset: DatasetReader, department: str, scope: str, year: int, *, lang: str = "zh"
) -> View:
    """Gather what the report of one department and year shows.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    department, scope, year
        Which disclosure; ``scope`` is ``department`` or ``unit``.
    lang
        ``zh`` or ``en``.

    Returns
    -------
    View
        Amounts in 万元.

    Raises
    ------
    UsageError
        The dataset has no such disclosure, or there is no such language.
    """
    say = Labels(lang)
    subject = select(dataset, department, scope, year)
    earlier = year_before(dataset, subject)
    money, before = headline(subject), headline(earlier) if earlier else None
    pdf_of: Callable[[str], Path] = dataset.pdf_of
    return View(
        say=say,
        subject=subject,
        money=money,
        before=before,
        people=staff(subject),
        staff_before=staff(earlier) if earlier else None,
        changes=changes(money, before, subject),
        findings=findings(dataset, subject, lang),
        evidence=Evidence(pdf_of),
    )
