"""A comparison, section by section: what ``comparison_page.ipynb`` shows.

The words are in ``render/labels.csv``, the HTML in ``render/templates/html/compare.html``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from budgetkit.compare.execution_measures import rates
from budgetkit.compare.figure_table import Rows, figure_rows
from budgetkit.compare.gallery import FAILED, Gallery
from budgetkit.compare.guards import audit_of, is_final_accounts, is_serious, origin, say_flags
from budgetkit.compare.measures import choose_measures, measures
from budgetkit.compare.overview import (
    Doubt,
    Ranked,
    YearChange,
    doubtful_disclosures,
    largest_changes,
    main_year,
    ranked,
)
from budgetkit.compare.picture import Picture
from budgetkit.compare.table import Chosen, choose, tabulate
from budgetkit.disclosure import DisclosureRows, keys, select
from budgetkit.render.evidence import Evidence
from budgetkit.render.labels import Labels
from budgetkit.render.page import Section, section
from budgetkit.render.page_parts import header_facts
from budgetkit.storage.records import text
from budgetkit.summary.execution_view import ExecutionView
from budgetkit.summary.summarize import DisclosureSummary, summarize

if TYPE_CHECKING:
    import pandas as pd

    from budgetkit.storage.figures import Place
from budgetkit.storage.reader import DatasetReader

#: Bureaus that an answer of the first screen names, and rows of a table with links.
ANSWERS, LINKED = 3, 30


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
    unit
        Amounts are shown in: ``yuan``, ``wan``, ``million`` or ``yi``; by default 万元 in Chinese,
        million yuan in English.

    Raises
    ------
    UsageError
        There is no such bureau, year, scope or language; the nearest names are suggested.

    Examples
    --------
    >>> import budgetkit as bk
    >>> from budgetkit.demo import prepare
    >>> page = bk.BureauComparison(bk.read_dataset(prepare()), 2025)
    >>> page.years, len(page.summaries)
    ([2025], 7)
    """

    def __init__(
        self,
        dataset: DatasetReader,
        years: int | Sequence[int] | None = None,
        bureaus: str | Sequence[str] | None = None,
        scope: str | None = None,
        *,
        lang: str = "zh",
        unit: str = "",
    ) -> None:
        self.say = Labels(lang, unit)
        self.dataset = dataset
        self.chosen: Chosen = choose(dataset, years, bureaus, scope or None)
        self.audit = audit_of(dataset, lang)
        self.evidence = Evidence(dataset.pdf_of, partial(header_facts, dataset))
        self.year = main_year(self.chosen.summaries)
        self.summaries = tuple(
            one for one in self.chosen.summaries if one.disclosure.year == self.year
        )

    def __repr__(self) -> str:
        return f"<BureauComparison {self.title}: {len(self.summaries)} bureaus>"

    # --- what is compared ----------------------------------------------------------------

    @property
    def years(self) -> list[int]:
        """Years that are compared."""
        return self.chosen.years

    @property
    def title(self) -> str:
        """Heading of the page."""
        years = self.years
        span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
        return self.say("cmp.title", years=span)

    @cached_property
    def before(self) -> tuple[DisclosureSummary, ...]:
        """The same bureaus a year earlier, also where that year was not asked for."""
        names = {summary.disclosure.department for summary in self.summaries}
        known = {summary.disclosure.key: summary for summary in self.chosen.summaries}
        found = (
            known.get(key) or summarize(select(self.dataset, *key))
            for key in keys(self.dataset, scope=self.chosen.scope, year=self.year - 1)
            if key.department in names
        )
        return tuple(summary for summary in found if not is_final_accounts(summary))

    @cached_property
    def frame(self) -> pd.DataFrame:
        """Every measure of every bureau and year: see :func:`budgetkit.compare.table.compare`."""
        return tabulate(self.chosen, choose_measures(), self.audit, self.say.lang)

    @cached_property
    def executions(self) -> list[ExecutionView]:
        """Budgets with their final accounts, the highest rate of execution first."""
        found = rates(self.chosen.executions, ("execution_rate",))
        ranked = [row["execution"] for row in found]
        rest = [one for one in self.chosen.executions if one not in ranked]
        return [ExecutionView(self.say, one) for one in (*ranked, *rest)]

    @cached_property
    def gallery(self) -> Gallery:
        """The figures."""
        names = {summary.disclosure.key: self.label(summary) for summary in self.chosen.summaries}
        return Gallery(self.chosen, self.year, names, self.pays, self.changed,
                       self.source, self.source_of_both, self.say)  # fmt: skip

    @property
    def n_invented(self) -> int:
        """Bureaus whose covers say that they are invented."""
        return sum(origin(summary) == "invented" for summary in self.summaries)

    @property
    def n_elsewhere(self) -> int:
        """Bureaus that have budgets of other years alone."""
        every = {summary.disclosure.department for summary in self.chosen.summaries}
        return len(every - {summary.disclosure.department for summary in self.summaries})

    @property
    def elsewhere_years(self) -> str:
        """The years that those bureaus have."""
        here = {summary.disclosure.department for summary in self.summaries}
        years = {one.disclosure.year for one in self.chosen.summaries
                 if one.disclosure.department not in here}  # fmt: skip
        return self.say.join(map(str, sorted(years)))

    @property
    def n_published(self) -> int:
        """Bureaus with figures as published."""
        return len(self.summaries) - self.n_invented

    # --- the first screen ------------------------------------------------------------------

    @cached_property
    def pays(self) -> list[Ranked]:
        """Bureaus by what a person in post costs."""
        return ranked(self.summaries, "wages_per_head", self.audit)

    @cached_property
    def changed(self) -> list[YearChange]:
        """Bureaus by how much their expenditure changed."""
        return largest_changes(self.summaries, self.before, self.audit)

    @cached_property
    def doubts(self) -> list[Doubt]:
        """Disclosures whose figures are in doubt."""
        return doubtful_disclosures(self.chosen.summaries, self.audit)

    # --- how things are written --------------------------------------------------------------

    def name(self, summary: DisclosureSummary) -> str:
        """Return the name of a bureau; one that is invented is marked."""
        return self._marked(self.say.office(summary.disclosure.department), summary)

    def _marked(self, name: str, summary: DisclosureSummary) -> str:
        if origin(summary) == "published":
            return name
        mark = self.say("cmp.invented")
        return f"{name}（{mark}）" if self.say.lang == "zh" else f"{name} ({mark})"

    def label(self, summary: DisclosureSummary) -> str:
        """Return the name of a bureau in a figure, marked where its totals fail in the audit."""
        mark = f" {FAILED}" if self.audit.status(summary) == "failed" else ""
        alone = self.say.office_alone(summary.disclosure.department)
        name = self.name(summary) if self._twice[alone] > 1 else self._marked(alone, summary)
        return f"{name}{mark}"

    @cached_property
    def _twice(self) -> Counter[str]:
        """How many bureaus have the same English name, which is then not enough in a figure."""
        names = {one.disclosure.department for one in self.chosen.summaries}
        return Counter(map(self.say.office_alone, names))

    def flags(self, flags: Sequence[str]) -> str:
        """Put flags into words."""
        return say_flags(flags, self.say.lang)

    def doubt(self, flags: Sequence[str]) -> bool:
        """Whether flags put a figure in doubt."""
        return is_serious(flags)

    def measure(self, name: str) -> str:
        """Return the name of a measure."""
        return measures()[name].name(self.say.lang)

    def how(self, name: str) -> str:
        """Return how a measure is computed."""
        return measures()[name].how(self.say.lang)

    def rows(self, picture: Picture) -> Rows:
        """Return the table that stands beside a figure, in words."""
        return figure_rows(picture, self.say)

    @property
    def source(self) -> str:
        """What stands under each figure: documents, dates of issue, unit."""
        return self._source(summary.disclosure for summary in self.chosen.summaries)

    @property
    def source_of_both(self) -> str:
        """What stands under the figure of budgets and final accounts."""
        return self._source(side for one in self.chosen.executions
                            for side in (one.budget, one.final))  # fmt: skip

    def _source(self, disclosures: Iterable[DisclosureRows]) -> str:
        rows = [row for disclosure in disclosures for row in disclosure.documents]
        files = sorted({text(row["source"]) for row in rows})
        named = (
            self.say.join(files) if len(files) <= 4 else self.say("cmp.n_documents", n=len(files))
        )
        issued = sorted(str(row["issued"]) for row in rows if row["issued"])
        if issued:
            dates = self.say("cmp.dates_issued", first=issued[0], last=issued[-1])
        else:
            years = sorted({row["year"] for row in rows if row["year"]})
            dates = self.say("cmp.dates_years", years=self.say.join(map(str, years)))
        return self.say("cmp.source", documents=named, dates=dates)

    # --- the sections ------------------------------------------------------------------------

    def first(self) -> Section:
        """Who pays most per person, what changed most, whose figures to doubt."""
        return self._section("first", ANSWERS, styled=True)

    def per_head(self) -> Section:
        """Rank bureaus by what a person in post costs."""
        return self._section("per_head", self.gallery.picture("per_head"), self.pays[:LINKED])

    def show(self, name: str) -> Section:
        """Show one figure with its table, as of :meth:`pictures`.

        Parameters
        ----------
        name
            ``staffing``, ``cost``, ``money``, ``changes``, ``years``, ``distributions``,
            ``projects``, ``functions``, ``classes``, ``three_public``, ``dependence`` or
            ``execution``.
        """
        return self._section("plain", name, self.gallery.picture(name))

    def execution(self) -> Section:
        """Set final accounts against the budgets of the same bureau and year."""
        return self._section("execution", self.gallery.picture("execution"), LINKED)

    def drill(self) -> Section:
        """Break down the expenditure of each bureau, from 类 to project."""
        return self._section("drill", self.gallery.drills())

    def doubtful(self) -> Section:
        """List the figures to doubt."""
        return self._section("doubtful")

    def page_address(self, place: Place) -> str:
        """Return the address of a page's PDF; a comparison is sent without its PDFs."""
        return ""

    def sources(self) -> Section:
        """Pictures of the cells that the first screen rests on; call it last."""
        return self._section("evidence")

    def pictures(self) -> list[Picture]:
        """Return every figure that there is data for."""
        return self.gallery.all()

    def _section(self, name: str, *arguments: Any, styled: bool = False) -> Section:
        return section("compare.html", name, self, *arguments, styled=styled)
