"""The figures of a department's report, as inline SVG.

Each function takes a :class:`~budgetkit.report.view.View`; a figure of which nothing was
disclosed is an empty text, never an empty frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from budgetkit.disclosure import Figure
from budgetkit.render.charts import BLUE, GREEN, GREY, MOST_BARS, SKY, bars, paired, people, svg
from budgetkit.report.view import View
from budgetkit.summary.lines import Line

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
    return _bars(view, "in", [(view.name("source", line), line) for line in view.money.sources])


def functions(view: View) -> str:
    """Expenditure by function."""
    named = [(view.name("functional", line), line) for line in view.money.functions]
    return _bars(view, "out", named)


def economic(view: View) -> str:
    """Wages and benefits by their parts."""
    lines = [line for line in view.money.economic if line.code.startswith("301")]
    return _bars(view, "cost", [(view.name("economic", line), line) for line in lines])


def projects(view: View) -> str:
    """Draw the largest projects."""
    found = [(project.name, project.figure) for project in view.projects if project.figure]
    return _bars(view, "projects", [(name, Line("", name, figure)) for name, figure in found])


def staffing(view: View) -> str:
    """Posts and people."""
    counts = view.people.counts
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
    """Draw the headline amounts of both years."""
    if view.before is None:
        return ""
    import pandas as pd

    now, before = str(view.subject.year), str(view.subject.year - 1)
    rows = [
        {"name": view.say(key), before: _amount(older), now: _amount(newer)}
        for key in ("expenditure", "basic", "personnel", "operating", "project")
        for newer, older in [(getattr(view.money, key), getattr(view.before, key))]
        if newer and older
    ]
    if not rows:
        return ""
    return svg(paired(pd.DataFrame(rows), [before, now]), "before", view.say("alt.before"))


def _amount(figure: Figure) -> float:
    return figure.amount


def _bars(view: View, name: str, named: Iterable[tuple[str, Line]]) -> str:
    """One bar a line, the largest first; a single bar shows nothing that its number doesn't."""
    import pandas as pd

    rows: Sequence[tuple[str, float]] = sorted(
        ((label, line.figure.amount) for label, line in named), key=lambda row: -row[1]
    )
    if len(rows) < 2:
        return ""
    data = pd.DataFrame(rows[:MOST_BARS], columns=["name", "amount"])
    largest, amount = rows[0]
    alt = view.say(f"alt.{name}", name=largest, amount=view.number(amount))
    return svg(bars(data), name, alt)
