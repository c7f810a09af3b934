"""A department's report, section by section: what ``report_page.ipynb`` shows.

Each section is HTML that shows itself in a notebook and stands in the report as it is.
The words are in ``render/labels.csv``, the HTML in ``render/templates/html/sections.html``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from budgetkit.checks.audit.run import audit
from budgetkit.disclosure import choose_keys
from budgetkit.errors import UsageError
from budgetkit.render.page import Section, section
from budgetkit.report import report_charts as pictures
from budgetkit.report.view import view

if TYPE_CHECKING:
    from budgetkit.storage.reader import DatasetReader


class DepartmentReport:
    """The report of one department and year.

    Parameters
    ----------
    dataset
        As of ``read_dataset``; it is audited first, where it has not been yet.
    department
        As printed; the first of the dataset where it is empty.
    year
        Budget year; the latest of the department where it is 0.
    scope
        ``department`` or ``unit``; whichever there is where it is empty.
    kind
        ``budget`` or ``final_account``; the budget, where there is one, if it is empty.
    lang
        ``zh`` or ``en``.
    pdfs
        Address of each document's PDF, seen from where the page will stand.
    unit
        Amounts are shown in: ``yuan``, ``wan``, ``million`` or ``yi``; by default 万元 in Chinese,
        million yuan in English.

    Raises
    ------
    UsageError
        There is no such department, year, scope or kind; the nearest names are suggested.

    Examples
    --------
    >>> import budgetkit as bk
    >>> from budgetkit.demo import prepare
    >>> report = bk.DepartmentReport(bk.read_dataset(prepare()), "昌吉回族自治州科学技术局")
    >>> "664.08" in report.first()
    True
    """

    def __init__(
        self,
        dataset: DatasetReader,
        department: str = "",
        year: int = 0,
        scope: str = "",
        kind: str = "",
        *,
        lang: str = "zh",
        pdfs: Mapping[str, str] | None = None,
        unit: str = "",
    ) -> None:
        if not dataset.audited:
            audit(dataset)
        known = choose_keys(dataset, department, year, scope, kind)
        if not known:
            raise UsageError(
                "has no document whose department and year are known",
                file=dataset.folder,
                remedy="see documents.csv for what was read",
            )
        chosen = min(known, key=lambda key: (key.department, -key.year, key.scope, key.kind))
        self.view = view(dataset, *chosen, lang=lang, unit=unit, pdfs=pdfs)

    def __repr__(self) -> str:
        return f"<DepartmentReport {self.view.title}>"

    def first(self) -> Section:
        """What it costs and whom it pays, what changed, what is wrong: the first screen."""
        return self._section("first", styled=True)

    def who(self) -> Section:
        """Functions, offices, staffing."""
        return self._section("who", pictures.staffing(self.view))

    def revenue(self) -> Section:
        """Where the money comes from."""
        return self._section("revenue", pictures.sources(self.view))

    def expenditure(self) -> Section:
        """Where the money goes, by function."""
        return self._section("expenditure", pictures.functions(self.view))

    def cost(self) -> Section:
        """Personnel and operating cost, and the cost of a person in post."""
        return self._section("cost", pictures.economic(self.view))

    def projects(self) -> Section:
        """Projects by size."""
        return self._section("projects", pictures.projects(self.view))

    def other(self) -> Section:
        """三公, carry-over, procurement, assets."""
        return self._section("other")

    def targets(self) -> Section:
        """Performance targets."""
        return self._section("targets")

    def execution(self) -> Section:
        """Set the final account against the budget, where the dataset has both."""
        return self._section("execution")

    def before(self) -> Section:
        """Set the year before beside it."""
        drawn = {"trend": pictures.trend(self.view), "beside": pictures.year_beside(self.view)}
        return self._section("before", drawn)

    def gaps(self) -> Section:
        """What is wrong or unread."""
        return self._section("gaps")

    def sources(self) -> Section:
        """Pictures of the cells that the figures above come from; call it last."""
        return self._section("evidence")

    def _section(self, name: str, *arguments: Any, styled: bool = False) -> Section:
        return section("sections.html", name, self.view, *arguments, styled=styled)
