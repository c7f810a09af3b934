"""A comparison, section by section: what ``compare_bureaus.ipynb`` shows.

:class:`BureauComparison` gathers once what every section shows; the words are in
``report/templates/labels.csv``, the HTML in ``report/templates/html/compare.html``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from budgetkit.compare.answers import (
    Doubt,
    Moved,
    Ranked,
    doubted,
    main_year,
    moved_most,
    ranked,
)
from budgetkit.compare.gallery import FAILED, Gallery
from budgetkit.compare.guards import Finding, audit_of, is_invented, is_serious, say_flags
from budgetkit.compare.measures import choose_measures, measures
from budgetkit.compare.picture import Picture
from budgetkit.compare.table import Chosen, choose, tabulate
from budgetkit.disclosure import keys, text
from budgetkit.render.evidence import Evidence
from budgetkit.render.labels import Labels
from budgetkit.render.page import Section, stylesheet, templates
from budgetkit.summary.gaps import Issue
from budgetkit.summary.summary import Case, gather

if TYPE_CHECKING:
    import pandas as pd

    from budgetkit.storage.reader import DatasetReader

#: Bureaus that an answer of the first screen names, and rows of a table with links.
ANSWERS, LINKED = 3, 30
#: Columns of a figure's data that a reader does not need, and words for the others.
HIDDEN = ("node", "parent", "kind", "flags", "fact_ids", "places", "origin", "doubt", "text",
          "value")  # fmt: skip
HEADS = {
    "name": "col.name",
    "code": "col.code",
    "level": "cmp.col.level",
    "amount": "col.amount",
    "share_pct": "share",
    "before": "col.before",
    "now": "col.now",
    "by": "col.change",
    "change": "col.percent",
    "measure": "col.item",
}


class Rows(NamedTuple):
    """A table in words."""

    head: list[str]
    rows: list[list[Any]]


class BureauComparison:
    """Bureaus and years side by side.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    years, bureaus
        One or several; all where None or empty.
    scope
        ``department`` or ``unit``; ``department`` where it is None and there is any.
    lang
        ``zh`` or ``en``.

    Raises
    ------
    UsageError
        There is no such bureau, year, scope or language; the nearest names are suggested.
    """

    def __init__(
        self,
        dataset: DatasetReader,
        years: int | Sequence[int] | None = None,
        bureaus: str | Sequence[str] | None = None,
        scope: str | None = None,
        *,
        lang: str = "zh",
    ) -> None:
        self.say = Labels(lang)
        self.dataset = dataset
        self.chosen: Chosen = choose(dataset, years, bureaus, scope or None)
        self.audit = audit_of(dataset)
        self.evidence = Evidence(dataset.pdf_of)
        self.year = main_year(self.chosen.cases)
        self.cases = tuple(c for c in self.chosen.cases if c.subject.year == self.year)
        self.gallery = Gallery(self)

    def __repr__(self) -> str:
        return f"<BureauComparison {self.title}: {len(self.cases)} bureaus>"

    # --- what is compared ----------------------------------------------------------------

    @property
    def years(self) -> list[int]:
        """Years that are compared."""
        return sorted({case.subject.year for case in self.chosen.cases})

    @property
    def title(self) -> str:
        """Heading of the page."""
        years = self.years
        span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
        return self.say("cmp.title", years=span)

    @cached_property
    def before(self) -> tuple[Case, ...]:
        """The same bureaus a year earlier, also where that year was not asked for."""
        names = {case.subject.department for case in self.cases}
        wanted = [
            key
            for key in keys(self.dataset, scope=self.chosen.scope, year=self.year - 1)
            if key[0] in names
        ]
        known = {case.key: case for case in self.chosen.cases}
        new = {c.key: c for c in gather(self.dataset, [key for key in wanted if key not in known])}
        return tuple({**known, **new}[key] for key in wanted)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """Every measure of every bureau and year: see :func:`budgetkit.compare.table.compare`."""
        return tabulate(self.chosen, choose_measures(None), self.audit, self.say.lang)

    @property
    def n_invented(self) -> int:
        """Bureaus whose covers say that they are invented."""
        return sum(is_invented(case) for case in self.cases)

    @property
    def n_elsewhere(self) -> int:
        """Bureaus that have budgets of other years alone."""
        every = {case.subject.department for case in self.chosen.cases}
        return len(every - {case.subject.department for case in self.cases})

    @property
    def n_published(self) -> int:
        """Bureaus with figures as published."""
        return len(self.cases) - self.n_invented

    # --- the answers -----------------------------------------------------------------------

    @cached_property
    def pays(self) -> list[Ranked]:
        """Bureaus by what a person in post costs."""
        return ranked(self.cases, "wages_per_head", self.audit)

    @cached_property
    def changed(self) -> list[Moved]:
        """Bureaus by how much their expenditure changed."""
        return moved_most(self.cases, self.before, self.audit)

    @cached_property
    def doubts(self) -> list[Doubt]:
        """Disclosures whose figures are in doubt."""
        return doubted(self.chosen.cases, self.audit)

    # --- how things are written --------------------------------------------------------------

    def name(self, case: Case) -> str:
        """Name a bureau; one that is invented is called so."""
        mark = self.say("cmp.invented") if is_invented(case) else ""
        left, right = ("（", "）") if self.say.lang == "zh" else (" (", ")")
        return f"{case.subject.department}{left}{mark}{right}" if mark else case.subject.department

    def label(self, case: Case) -> str:
        """Name a bureau in a figure: one whose totals fail in the audit is marked there."""
        mark = f" {FAILED}" if self.audit.of(case) == "failed" else ""
        return f"{self.name(case)}{mark}"

    def number(self, amount: float, digits: int = 2) -> str:
        """Write a number."""
        return f"{amount:,.{digits}f}"

    def signed(self, amount: float, digits: int = 1) -> str:
        """Write a number with its sign."""
        return f"{amount:+,.{digits}f}".replace("-", "−")

    def flags(self, flags: Sequence[str] | str) -> str:
        """Put flags into words."""
        return say_flags(flags, self.say.lang)

    def doubt(self, flags: Sequence[str] | str) -> bool:
        """Tell whether flags put a figure in doubt."""
        return is_serious(flags if isinstance(flags, str) else " ".join(flags))

    def table(self, table: str) -> str:
        """Name a table."""
        key = f"table.{table}"
        return self.say(key) if self.say.has(key) else table

    def issue(self, issue: Issue) -> str:
        """Say an issue."""
        tables = self.say.join(self.table(name) for name in issue.tables)
        return self.say(f"issue.{issue.kind}", **{"tables": tables, **issue.values})

    def finding(self, finding: Finding) -> str:
        """Say what a check found."""
        return finding.zh if self.say.lang == "zh" else finding.en

    def measure(self, name: str) -> str:
        """Name a measure."""
        return measures()[name].name(self.say.lang)

    def how(self, name: str) -> str:
        """Say how a measure is made."""
        return measures()[name].how(self.say.lang)

    def rows(self, picture: Picture) -> Rows:
        """Give the table that stands beside a figure, in words."""
        data = picture.data
        if data.index.name is None and not isinstance(data.index[0], int):
            data = data.rename_axis("name").reset_index()
        shown = [column for column in data if column not in HIDDEN]
        head = [self._head(str(column)) for column in shown]
        plain = data[shown].astype(object).where(data[shown].notna(), None)
        rows = plain.values.tolist()
        if "measure" in shown:
            place = shown.index("measure")
            rows = [[*r[:place], self.measure(r[place]), *r[place + 1 :]] for r in rows]
        return Rows(head, rows)

    def _head(self, column: str) -> str:
        if column in measures():
            return f"{self.measure(column)} ({measures()[column].unit_name(self.say.lang)})"
        key = HEADS.get(column, "")
        return self.say(key) if key else column

    @property
    def source(self) -> str:
        """What stands under each figure: documents, dates of issue, unit."""
        rows = [row for case in self.chosen.cases for row in case.subject.documents]
        files = sorted({text(row["source"]) for row in rows})
        named = (
            self.say.join(files) if len(files) <= 4 else self.say("cmp.n_documents", n=len(files))
        )
        issued = sorted(str(row["issued"]) for row in rows if row["issued"])
        if issued:
            dates = self.say("cmp.dates_issued", first=issued[0], last=issued[-1])
        else:
            dates = self.say("cmp.dates_years", years=self.say.join(map(str, self.years)))
        return self.say("cmp.source", documents=named, dates=dates)

    # --- the sections ------------------------------------------------------------------------

    def first(self) -> Section:
        """Who pays most per person, what changed most, whose figures to doubt."""
        return self._section("first", ANSWERS, styled=True)

    def per_head(self) -> Section:
        """Rank bureaus by what a person in post costs."""
        return self._section("per_head", self.gallery.per_head(), self.pays[:LINKED])

    def show(self, name: str) -> Section:
        """Show one figure with its table, as of :meth:`pictures`.

        Parameters
        ----------
        name
            ``staffing``, ``cost``, ``money``, ``changes``, ``years``, ``distributions``,
            ``projects``, ``functions``, ``classes``, ``three_public`` or ``dependence``.
        """
        return self._section("plain", name, self.gallery.picture(name))

    def drill(self) -> Section:
        """Take the expenditure of each bureau apart, from 类 to project."""
        return self._section("drill", self.gallery.drills())

    def doubtful(self) -> Section:
        """List the figures to doubt."""
        return self._section("doubtful")

    def sources(self) -> Section:
        """Pictures of the cells that the first screen rests on; call it last."""
        return self._section("evidence")

    def pictures(self) -> list[Picture]:
        """Give every figure that there is data for."""
        return self.gallery.all()

    def _section(self, name: str, *arguments: Any, styled: bool = False) -> Section:
        html = getattr(templates().get_template("compare.html").module, name)
        style = f"<style>{stylesheet()}</style>" if styled else ""
        return Section(f'{style}<div class="bk">{html(self, *arguments)}</div>')
