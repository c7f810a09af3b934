"""Which figures a comparison has, and the frame that each of them shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from budgetkit.compare import bureau_charts as figures
from budgetkit.compare.classification import by_class, by_function
from budgetkit.compare.drill import node_frame, nodes
from budgetkit.compare.guards import is_invented
from budgetkit.compare.icicle import icicle
from budgetkit.compare.measures import value
from budgetkit.compare.picture import Picture
from budgetkit.summary.summary import Case

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from budgetkit.compare.page import BureauComparison

#: Measures whose spread is shown.
SPREAD = ("wages_per_head", "project_share", "project_largest_share", "carryover_share",
          "three_public")  # fmt: skip
#: Bureaus that are taken apart in a figure of their own.
DRILLED = 12
#: Marks a bureau whose totals fail in the audit, in every figure.
FAILED = "※"


class Gallery:
    """The figures of a comparison.

    Parameters
    ----------
    page
        What is compared, and its words.
    """

    def __init__(self, page: BureauComparison) -> None:
        self.page = page

    def picture(self, name: str) -> Picture | None:
        """Give one figure; None where no bureau discloses what it takes."""
        build: Callable[[], Picture | None] = getattr(self, name)
        return build()

    def all(self) -> list[Picture]:
        """Give every figure that there is data for."""
        names = ("per_head", "staffing", "cost", "money", "changes", "years", "distributions",
                 "projects", "functions", "classes", "three_public", "dependence")  # fmt: skip
        found = [self.picture(name) for name in names]
        return [*(picture for picture in found if picture), *self.drills()]

    # --- ranked --------------------------------------------------------------------------

    def per_head(self) -> Picture | None:
        """Wages and benefits by person in post."""
        page = self.page
        rows = [
            {
                "name": page.label(item.case),
                "wages_per_head": item.figure.amount,
                "value": item.figure.amount,
                "origin": "invented" if is_invented(item.case) else "published",
                "doubt": page.doubt(item.flags),
                "flags": " ".join(item.flags),
            }
            for item in page.pays
        ]
        names = {
            "published": page.say("cmp.published"),
            "invented": page.say("cmp.invented"),
            "doubt": page.say("cmp.doubtful_bar"),
        }
        xlabel = self._axis("wages_per_head")
        return self._made("per_head", rows, lambda data: figures.ranking(data, xlabel, names))

    def projects(self) -> Picture | None:
        """Share of the largest project, with the number of projects."""
        rows = self._table(("project_largest_share", "projects", "project_total", "project_hhi"))
        for row, case in zip(rows, self._with("project_largest_share"), strict=True):
            row |= {"value": row["project_largest_share"], "doubt": False, "name":
                    f"{row['name']} ({row['projects']:.0f})",
                    "origin": "invented" if is_invented(case) else "published"}  # fmt: skip
        names = {
            "published": self.page.say("cmp.published"),
            "invented": self.page.say("cmp.invented"),
            "doubt": self.page.say("cmp.doubtful_bar"),
        }
        xlabel = self._axis("project_largest_share")
        return self._made("projects", rows, lambda data: figures.ranking(data, xlabel, names, 1))

    def changes(self) -> Picture | None:
        """Change of the total expenditure."""
        page = self.page
        rows = [
            {
                "name": page.label(item.case),
                "before": item.before.amount,
                "now": item.now.amount,
                "by": item.by,
                "change": item.percent,
                "value": item.percent,
                "text": f"{page.signed(item.percent)}% ({page.signed(item.by, 2)})",
            }
            for item in page.changed
            if item.percent is not None
        ]
        xlabel = f"{page.measure('expenditure')} %"
        return self._made("changes", rows, lambda data: figures.changes(data, xlabel))

    # --- parts and marks -----------------------------------------------------------------

    def staffing(self) -> Picture | None:
        """Posts and people."""
        return self._dots("staffing", ("active", "authorized", "retired"))

    def dependence(self) -> Picture | None:
        """Carry-over and transfers as shares of the revenue."""
        return self._dots("dependence", ("carryover_share", "transfer_share"))

    def cost(self) -> Picture | None:
        """Personnel and operating cost."""
        return self._stacked("cost", ("personnel", "operating"))

    def money(self) -> Picture | None:
        """Basic and project share."""
        return self._stacked("money", ("project_share", "basic_share"), by="project_share")

    def three_public(self) -> Picture | None:
        """三公 by part."""
        parts = ("vehicle_purchase", "vehicle_operation", "reception", "abroad")
        return self._stacked("three_public", parts, by="three_public")

    def years(self) -> Picture | None:
        """Total expenditure over the years."""
        page = self.page
        if len(page.years) < 2:
            return None
        found: dict[str, dict[str, Any]] = {}
        for case in page.chosen.cases:
            figure = value("expenditure", case)
            if figure is not None:
                row = found.setdefault(case.subject.department, {"name": page.label(case)})
                row[str(case.subject.year)] = figure.amount
        columns = {str(year): str(year) for year in page.years}
        rows = [dict.fromkeys(columns) | row for row in found.values()]
        for row in rows:
            row["value"] = max(row[year] for year in columns if row[year] is not None)
        rows.sort(key=lambda row: -float(row["value"] or 0.0))
        xlabel = self._axis("expenditure")
        return self._made("years", rows, lambda data: figures.dots(data, columns, xlabel))

    def distributions(self) -> Picture | None:
        """How measures are spread."""
        page = self.page
        rows = [
            {"measure": measure, "name": page.label(case), "amount": figure.amount}
            for measure in SPREAD
            for case in page.cases
            if (figure := value(measure, case)) is not None
        ]
        names = {measure: self._axis(measure) for measure in SPREAD}
        return self._made("distributions", rows, lambda data: figures.distributions(data, names),
                          cut=False)  # fmt: skip

    # --- classes -------------------------------------------------------------------------

    def functions(self) -> Picture | None:
        """Share of each 类 of the functional classification."""
        page = self.page
        frame = by_function(page.dataset, 1, page.year, self._names(), page.chosen.scope)
        return self._shares("functions", frame[frame["part"] == "total"], "functional")

    def classes(self) -> Picture | None:
        """Share of each 类 of the economic classification, basic and project together."""
        page = self.page
        frame = by_class(page.dataset, 1, page.year, self._names(), page.chosen.scope)
        return self._shares("classes", frame, "economic")

    def drills(self) -> list[Picture]:
        """Take each of the largest bureaus apart."""
        page = self.page
        sized = [(figure.amount, case) for case in page.cases
                 if (figure := value("expenditure", case)) is not None]  # fmt: skip
        sized.sort(key=lambda pair: -pair[0])
        found = []
        for n, (_, case) in enumerate(sized[:DRILLED], start=1):
            parts = nodes(case, page.say)
            if not parts:
                continue
            name = page.label(case)
            whole = page.number(parts[0].figure.amount)
            alt = page.say("cmp.alt.drill", name=name, value=whole)
            title = f"{page.say('cmp.h.drill')}: {name} {case.subject.year}"
            found.append(Picture(f"drill-{n}", title, node_frame(parts), icicle, alt, page.source))
        return found

    # --- how they are made ---------------------------------------------------------------

    def _names(self) -> list[str]:
        return [case.subject.department for case in self.page.cases]

    def _axis(self, measure: str) -> str:
        from budgetkit.compare.measures import measures

        known = measures()[measure]
        return f"{known.name(self.page.say.lang)} ({known.unit_name(self.page.say.lang)})"

    def _with(self, by: str) -> list[Case]:
        """Cases that disclose a measure, the highest first."""
        found = [(figure.amount, case) for case in self.page.cases
                 if (figure := value(by, case)) is not None]  # fmt: skip
        return [case for _, case in sorted(found, key=lambda pair: -pair[0])]

    def _table(self, columns: Iterable[str], by: str = "") -> list[dict[str, Any]]:
        columns = tuple(columns)
        rows = []
        for case in self._with(by or columns[0]):
            row: dict[str, Any] = {"name": self.page.label(case)}
            for column in columns:
                figure = value(column, case)
                row[column] = None if figure is None else figure.amount
            rows.append(row)
        return rows

    def _dots(self, name: str, columns: tuple[str, ...]) -> Picture | None:
        rows = self._table(columns)
        for row in rows:
            row["value"] = row[columns[0]]
        named = {column: self.page.measure(column) for column in columns}
        unit = self._axis(columns[0]).rpartition("(")[2].rstrip(")")
        return self._made(name, rows, lambda data: figures.dots(data, named, unit))

    def _stacked(self, name: str, columns: tuple[str, ...], by: str = "") -> Picture | None:
        rows = self._table(columns, by)
        for row, case in zip(rows, self._with(by or columns[0]), strict=True):
            whole = value(by, case) if by else None
            parts = sum(row[column] or 0.0 for column in columns)
            row["value"] = whole.amount if whole else parts
        rows.sort(key=lambda row: -row["value"])
        named = {column: self.page.measure(column) for column in columns}
        unit = self._axis(columns[0]).rpartition("(")[2].rstrip(")")
        return self._made(name, rows, lambda data: figures.stacked(data, named, unit))

    def _shares(self, name: str, frame: pd.DataFrame, kind: str) -> Picture | None:
        if frame.empty:
            return None
        named = {case.subject.department: self.page.label(case) for case in self.page.cases}
        amounts = frame.groupby(["department", "code"])["amount"].sum().unstack("code")
        shares = amounts.div(amounts.sum(axis=1), axis=0) * 100
        shares.columns = [self.page.say.code(kind, str(code)) for code in shares.columns]
        shares.index = [named.get(str(dep), str(dep)) for dep in shares.index]
        shares = shares.round(4)
        return self._made(name, shares, lambda data: figures.heatmap(data, "%"))

    def _made(
        self, name: str, rows: Any, draw: Callable[[pd.DataFrame], Figure], *, cut: bool = True
    ) -> Picture | None:
        import pandas as pd

        data = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(rows)
        if data.empty:
            return None
        page, note = self.page, ""
        shown = data
        if cut and len(data) > figures.MOST_ROWS:
            shown = data.head(figures.MOST_ROWS)
            note = page.say("cmp.shown", n=len(shown), all=len(data))
        if any(str(name).endswith(FAILED) for name in data.get("name", data.index)):
            note = f"{note} {page.say('cmp.failed_mark')}".strip()
        words = {"n": len(shown), "name": "", "value": ""}
        if "value" in data:
            first = data.iloc[0]
            digits = 0 if name == "staffing" else 2
            words |= {"name": first["name"], "value": page.number(float(first["value"]), digits)}
        alt = page.say(f"cmp.alt.{name}", **words)
        title = f"{page.say(f'cmp.h.{name}')} ({page.year})" if name != "years" else page.say(
            "cmp.h.years")  # fmt: skip
        return Picture(name, title, shown, draw, alt, page.source, note)
