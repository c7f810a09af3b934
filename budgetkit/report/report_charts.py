"""The figures of a department's report, as inline SVG.

Each function takes a :class:`~budgetkit.report.view.View`; a figure of which nothing was
disclosed is an empty text, never an empty frame.
"""

from __future__ import annotations

from collections.abc import Iterable

from budgetkit.render.charts import BLUE, GREEN, GREY, MOST_BARS, SKY, bars, paired, people, svg
from budgetkit.render.trend_chart import trend as trend_chart
from budgetkit.report.view import View
from budgetkit.storage.figures import Figure
from budgetkit.summary.amount_lines import AmountLine

#: A trend needs so many years.
THREE = 3
#: Colours of the head counts: those in post stand out.
SHADES = {
    "authorized": GREY,
    "total": SKY,
    "active": BLUE,
    "retired": GREEN,
    "special_retired": GREEN,
}


def sources(view: View) -> str:
    """Revenue by source."""
    return _lines(view, "in", "source", view.now.money.sources)


def functions(view: View) -> str:
    """Expenditure by function."""
    return _lines(view, "out", "functional", view.now.money.functions)


def economic(view: View) -> str:
    """Wages and benefits by their parts."""
    lines = [line for line in view.now.money.economic if line.code.startswith("301")]
    return _lines(view, "cost", "economic", lines)


def projects(view: View) -> str:
    """The largest projects."""
    found = [(project.name, project.figure.amount) for project in view.projects if project.figure]
    return _bars(view, "projects", found)


def staffing(view: View) -> str:
    """Posts and people."""
    counts = view.now.people.counts
    if len(counts) < 2:
        return ""
    import pandas as pd

    data = pd.DataFrame(
        {
            "name": [view.say(key) for key in counts],
            "people": list(counts.values()),
            "color": [SHADES[key] for key in counts],
        }
    )
    return svg(people(data), "people", view.say("alt.people"))


def year_beside(view: View) -> str:
    """The headline amounts of both years."""
    if view.earlier is None:
        return ""
    import pandas as pd

    now, before = str(view.now.disclosure.year), str(view.now.disclosure.year - 1)
    rows = [
        {"name": view.say(key), before: older.amount, now: newer.amount}
        for key in ("expenditure", "basic", "personnel", "operating", "project")
        for newer, older in [(getattr(view.now.money, key), getattr(view.earlier.money, key))]
        if newer and older and not (view.unknown(newer) or view.unknown(older))
    ]
    if not rows:
        return ""
    figure = paired(pd.DataFrame(rows), [before, now], view.say.amount)
    return svg(figure, "before", view.say("alt.before"))


def trend(view: View) -> str:
    """The headline amounts over three years or more."""
    lines = [line for line in view.trend if not line.is_people]
    if len(view.years) < THREE or not lines:
        return ""
    import pandas as pd

    data = pd.DataFrame(
        {view.say(line.key): [_drawn(view, figure) for figure in line.figures] for line in lines},
        index=[year.disclosure.year for year in view.years],
    )
    data = data.dropna(axis="columns", how="all")
    if not len(data.columns):
        return ""
    figure = trend_chart(data, view.say.amount, lambda amount: view.say.scaled(amount, "万元"))
    return svg(figure, "trend", view.say("alt.trend"))


def _drawn(view: View, figure: Figure | None) -> float | None:
    return None if figure is None or view.unknown(figure) else figure.amount


def _lines(view: View, name: str, kind: str, lines: Iterable[AmountLine]) -> str:
    lines = tuple(lines)
    if any(view.unknown(line.figure) for line in lines):
        return ""
    return _bars(view, name, [(view.name(kind, line), line.figure.amount) for line in lines])


def _bars(view: View, name: str, amounts: Iterable[tuple[str, float]]) -> str:
    """One bar a line, the largest first; a single bar shows nothing that its number doesn't."""
    import pandas as pd

    rows = sorted(amounts, key=lambda row: -row[1])
    if len(rows) < 2:
        return ""
    data = pd.DataFrame(rows[:MOST_BARS], columns=["name", "amount"])
    largest, amount = rows[0]
    alt = view.say(f"alt.{name}", name=largest, amount=view.say.amount(amount))
    return svg(bars(data, view.say.amount), name, alt)
