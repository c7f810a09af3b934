"""Which figures a comparison has, and the frame that each of them shows.

Longer than most, since every figure is a few lines of one object.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from budgetkit.compare import bureau_charts as charts
from budgetkit.compare.class_shares import shares_by_class
from budgetkit.compare.drill import node_frame, nodes
from budgetkit.compare.execution_measures import rates
from budgetkit.compare.guards import is_serious, origin
from budgetkit.compare.icicle import icicle
from budgetkit.compare.measures import measures, value
from budgetkit.compare.overview import Ranked, YearChange
from budgetkit.compare.picture import Picture
from budgetkit.compare.table import Chosen
from budgetkit.disclosure import DisclosureKey
from budgetkit.render.labels import Labels
from budgetkit.summary.summarize import DisclosureSummary

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

#: Measures whose spread is shown.
SPREAD = ("wages_per_head", "project_share", "project_largest_share", "carryover_share",
          "three_public")  # fmt: skip
#: Bureaus whose expenditure is broken down in a figure of its own.
DRILLED = 12
#: Of a row: between marks of rates, of which many are 100 %.
APART = 0.2
#: Marks a bureau whose totals fail in the audit, in every figure.
FAILED = "※"
#: The figures in their order; the drill-downs follow.
NAMES = ("per_head", "staffing", "cost", "money", "changes", "years", "distributions", "projects",
         "functions", "classes", "three_public", "dependence", "execution")  # fmt: skip

#: What amounts of frames are in; and units of the value that the words of a figure name.
WAN = "万元"
ALT_UNITS = {"staffing": "人", "per_head": "万元/人"} | dict.fromkeys(
    ("cost", "years", "three_public"), WAN
)

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Gallery:
    """The figures of a comparison.

    Attributes
    ----------
    chosen : Chosen
        What is compared.
    year : int
        Of the figures that show one year.
    names : dict of DisclosureKey to str
        Name of each bureau in a figure; it ends with :data:`FAILED` where totals fail.
    ranked : list of Ranked
        Bureaus by what a person in post costs.
    changed : list of YearChange
        Bureaus by how much their expenditure changed.
    source : str
        What stands under each figure.
    source_of_both : str
        What stands under that of budgets and final accounts.
    say : Labels
        Words.
    """

    chosen: Chosen
    year: int
    names: Mapping[DisclosureKey | None, str]
    ranked: list[Ranked]
    changed: list[YearChange]
    source: str
    source_of_both: str
    say: Labels

    def picture(self, name: str) -> Picture | None:
        """Return one of :data:`NAMES`; None where no bureau discloses what it shows."""
        build: Callable[[], Picture | None] = getattr(self, f"_{name}")
        return build()

    def all(self) -> list[Picture]:
        """Return every figure that there is data for."""
        return [*filter(None, map(self.picture, NAMES)), *self.drills()]

    # --- ranked --------------------------------------------------------------------------

    def _per_head(self) -> Picture | None:
        rows = [
            {
                "name": self._name(item.summary),
                "wages_per_head": item.figure.amount,
                "value": item.figure.amount,
                "origin": origin(item.summary),
                "doubt": is_serious(item.flags),
                "flags": " ".join(item.flags),
            }
            for item in self.ranked
        ]
        return self._ranking("per_head", rows, "wages_per_head")

    def _projects(self) -> Picture | None:
        """Share of the largest project, with the number of projects."""
        by = "project_largest_share"
        rows = self._table((by, "projects", "project_total", "project_hhi"))
        for row, summary in zip(rows, self._by_size(by), strict=True):
            row |= {"value": row[by], "doubt": False, "origin": origin(summary),
                    "name": f"{row['name']} ({row['projects']:.0f})"}  # fmt: skip
        return self._ranking("projects", rows, by)

    def _ranking(self, name: str, rows: Rows, measure: str) -> Picture | None:
        legend = {
            "published": self.say("cmp.published"),
            "invented": self.say("cmp.invented"),
            "doubt": self.say("cmp.doubtful_bar"),
        }
        xlabel, unit = self._axis(measure), measures()[measure].frame_unit

        def draw(data: pd.DataFrame) -> Figure:
            texts = [self.say.value(value, unit) for value in charts.floats(data, "value")]
            shown = self._scaled(data, {"value": unit}).assign(text=texts)
            return charts.ranking(shown, xlabel, legend)

        return self._picture(name, rows, draw)

    def _changes(self) -> Picture | None:
        rows = [
            {
                "name": self._name(item.summary),
                "before": item.before.amount,
                "now": item.now.amount,
                "by": item.by,
                "change": item.percent,
                "value": item.percent,
                "text": f"{item.signed_percent}% ({self._signed(item.by)})",
            }
            for item in self.changed
            if item.percent is not None
        ]
        xlabel = f"{measures()['expenditure'].name(self.say.lang)} %"
        units = dict.fromkeys(("before", "now", "by"), WAN) | {"change": "%"}
        return self._picture("changes", rows, lambda data: charts.changes(data, xlabel),
                             units=units)  # fmt: skip

    def _signed(self, amount: float) -> str:
        return self.say.amount(amount, "+").replace("-", "−")

    # --- parts and marks -----------------------------------------------------------------

    def _staffing(self) -> Picture | None:
        return self._dots("staffing", ("active", "authorized", "retired"))

    def _dependence(self) -> Picture | None:
        """Carry-over and transfers as shares of the revenue."""
        return self._dots("dependence", ("carryover_share", "transfer_share"))

    def _execution(self) -> Picture | None:
        """Rates of execution of bureaus that have a budget and a final account of one year."""
        columns = ("execution_rate", "execution_basic", "execution_project")
        rows = rates(self.chosen.executions, columns)
        for row in rows:
            one = row.pop("execution")
            name = self.names.get(one.budget.key, one.budget.department)
            row |= {"name": f"{name} {one.budget.year}", "value": row[columns[0]]}
        names = {column: measures()[column].name(self.say.lang) for column in columns}

        def draw(data: pd.DataFrame) -> Figure:
            return charts.dots(data, names, "%", reference=100.0, apart=APART)

        found = self._picture("execution", rows, draw)
        return replace(found, source=self.source_of_both) if found else None

    def _cost(self) -> Picture | None:
        return self._stacked("cost", ("personnel", "operating"))

    def _money(self) -> Picture | None:
        return self._stacked("money", ("project_share", "basic_share"), by="project_share")

    def _three_public(self) -> Picture | None:
        parts = ("vehicle_purchase", "vehicle_operation", "reception", "abroad")
        return self._stacked("three_public", parts, by="three_public")

    def _years(self) -> Picture | None:
        """Total expenditure over the years."""
        columns = [str(year) for year in self.chosen.years]
        if len(columns) < 2:
            return None
        found: dict[str, dict[str, Any]] = {}
        for summary in self.chosen.summaries:
            figure = value("expenditure", summary)
            if figure is not None:
                row = dict.fromkeys(columns) | {"name": self._name(summary)}
                row = found.setdefault(summary.disclosure.department, row)
                row[str(summary.disclosure.year)] = figure.amount
        rows = list(found.values())
        for row in rows:
            row["value"] = max(row[year] for year in columns if row[year] is not None)
        rows.sort(key=lambda row: -float(row["value"] or 0.0))
        names, xlabel = dict(zip(columns, columns, strict=True)), self._axis("expenditure")
        units = dict.fromkeys(columns, WAN)

        def draw(data: pd.DataFrame) -> Figure:
            return charts.dots(self._scaled(data, units), names, xlabel)

        return self._picture("years", rows, draw, units=units)

    def _distributions(self) -> Picture | None:
        """How measures are spread."""
        rows = [
            {"measure": measure, "name": self._name(summary), "amount": figure.amount}
            for measure in SPREAD
            for summary in self._of_year
            if (figure := value(measure, summary)) is not None
        ]
        names = {measure: self._axis(measure) for measure in SPREAD}

        def draw(data: pd.DataFrame) -> Figure:
            units = [measures()[str(measure)].frame_unit for measure in data["measure"]]
            pairs = zip(data["amount"], units, strict=True)
            scaled = [self.say.scaled(float(amount), unit) for amount, unit in pairs]
            return charts.distributions(data.assign(amount=scaled), names)

        return self._picture("distributions", rows, draw, cut=False)

    # --- classes -------------------------------------------------------------------------

    def _functions(self) -> Picture | None:
        return self._shares("functions", "functional")

    def _classes(self) -> Picture | None:
        """Share of each economic class, basic and project expenditure together."""
        return self._shares("classes", "economic")

    def drills(self) -> list[Picture]:
        """Break down the expenditure of each of the largest bureaus."""
        found = []
        for n, summary in enumerate(self._by_size("expenditure")[:DRILLED], start=1):
            parts = nodes(summary, self.say)
            if parts:
                name = self._name(summary)
                whole = self.say.amount(parts[0].figure.amount)
                alt = self.say("cmp.alt.drill", name=name, value=whole)
                title = f"{self.say('cmp.h.drill')}: {name} {summary.disclosure.year}"
                data = node_frame(parts)
                found.append(Picture(f"drill-{n}", title, data, self._icicle, alt, self.source,
                                     units=dict(data.attrs["units"])))  # fmt: skip
        return found

    def _icicle(self, data: pd.DataFrame) -> Figure:
        return icicle(data, self.say.amount)

    # --- data and drawing -----------------------------------------------------------------

    def _scaled(self, data: pd.DataFrame, units: Mapping[str, str]) -> pd.DataFrame:
        """The data with columns in what they are shown in, for drawing."""
        columns = {
            column: [self.say.scaled(value, unit) for value in charts.floats(data, column)]
            for column, unit in units.items()
        }
        return data.assign(**columns)

    @property
    def _of_year(self) -> list[DisclosureSummary]:
        return [one for one in self.chosen.summaries if one.disclosure.year == self.year]

    def _name(self, summary: DisclosureSummary) -> str:
        return self.names[summary.disclosure.key]

    def _axis(self, measure: str) -> str:
        known = measures()[measure]
        return f"{known.name(self.say.lang)} ({self.say.unit_name(known.frame_unit)})"

    def _by_size(self, by: str) -> list[DisclosureSummary]:
        """Bureaus that disclose a measure, the highest first."""
        found = [(figure.amount, summary) for summary in self._of_year
                 if (figure := value(by, summary)) is not None]  # fmt: skip
        return [summary for _, summary in sorted(found, key=lambda pair: -pair[0])]

    def _table(self, columns: Iterable[str], by: str = "") -> Rows:
        columns = tuple(columns)
        rows = []
        for summary in self._by_size(by or columns[0]):
            figures = {column: value(column, summary) for column in columns}
            amounts = {name: figure and figure.amount for name, figure in figures.items()}
            rows.append({"name": self._name(summary)} | amounts)
        return rows

    def _dots(self, name: str, columns: tuple[str, ...]) -> Picture | None:
        rows = self._table(columns)
        for row in rows:
            row["value"] = row[columns[0]]
        return self._of_columns(name, rows, columns, charts.dots)

    def _stacked(self, name: str, columns: tuple[str, ...], by: str = "") -> Picture | None:
        rows = self._table(columns, by)
        for row, summary in zip(rows, self._by_size(by or columns[0]), strict=True):
            whole = value(by, summary) if by else None
            parts = sum(row[column] or 0.0 for column in columns)
            row["value"] = whole.amount if whole else parts
        rows.sort(key=lambda row: -row["value"])
        return self._of_columns(name, rows, columns, charts.stacked)

    def _of_columns(
        self, name: str, rows: Rows, columns: tuple[str, ...], draw: Callable[..., Figure]
    ) -> Picture | None:
        names = {column: measures()[column].name(self.say.lang) for column in columns}
        unit = measures()[columns[0]].frame_unit
        units = dict.fromkeys(columns, unit)
        return self._picture(name, rows, lambda data: draw(self._scaled(data, units), names,
                                                           self.say.unit_name(unit)))  # fmt: skip

    @cached_property
    def _class_shares(self) -> dict[str, pd.DataFrame]:
        """Both classifications, since the rows of each bureau are then read once."""
        return shares_by_class(self._of_year)

    def _shares(self, name: str, kind: str) -> Picture | None:
        shares = self._class_shares[kind]
        names = {one.disclosure.department: self._name(one) for one in self._of_year}
        shares = shares.set_axis([self.say.code(kind, str(code)) for code in shares], axis=1)
        shares = shares.set_axis([names.get(str(dep), str(dep)) for dep in shares.index])
        return self._picture(name, shares.round(4), lambda data: charts.heatmap(data, "%"))

    def _picture(
        self,
        name: str,
        rows: Rows | pd.DataFrame,
        draw: Callable[[pd.DataFrame], Figure],
        *,
        cut: bool = True,
        units: Mapping[str, str] | None = None,
    ) -> Picture | None:
        """A figure with its title, its notes and what it shows in words."""
        import pandas as pd

        data = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(rows)
        if data.empty:
            return None
        shown = data.head(charts.MOST_ROWS) if cut else data
        notes = []
        if len(shown) < len(data):
            notes.append(self.say("cmp.shown", n=len(shown), all=len(data)))
        if any(str(name).endswith(FAILED) for name in data.get("name", data.index)):
            notes.append(self.say("cmp.failed_mark"))
        first, words = data.iloc[0], {"name": "", "value": ""}
        if "value" in data and first["value"] == first["value"]:
            unit = ALT_UNITS.get(name, "%")
            words = {"name": first["name"], "value": self.say.value(float(first["value"]), unit)}
        alt = self.say(f"cmp.alt.{name}", n=len(shown), **words)
        title = self.say(f"cmp.h.{name}")
        title = title if name in ("years", "execution") else f"{title} ({self.year})"
        return Picture(name, title, shown, draw, alt, self.source, " ".join(notes),
                       dict(units or {}))  # fmt: skip
