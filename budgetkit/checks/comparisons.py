"""The finding of a comparison between two printed figures, both quoted as they are printed."""

from __future__ import annotations

from decimal import Decimal

from budgetkit.checks.finding import Finding
from budgetkit.checks.names import Wording
from budgetkit.checks.printed import FAIL, ROUNDING, Comparison, PrintedFigure, in_unit

#: What a comparison came to where its figures are quoted.
QUOTED = (FAIL, ROUNDING)


def compared(
    comparison: Comparison,
    figure: PrintedFigure,
    other: PrintedFigure | None,
    wording: Wording,
    other_wording: Wording,
    *,
    sure: bool = True,
    limit: bool = False,
    cut_off: bool = False,
    facts: tuple[str, ...] = (),
) -> Finding:
    """Make the finding of a comparison between a figure and what it should be.

    Parameters
    ----------
    comparison
        Of the amounts (万元).
    figure
        The one that is checked.
    other
        The one that it is compared with, or the part that may explain the difference.
    wording, other_wording
        What the message calls the figure, and what it should be.
    sure
        False where any other figure that was used, such as a part, was repaired or doubtful.
    limit
        Whether what is expected is a limit: less is right, too.
    cut_off
        Whether the figure differs because amounts were cut off instead of rounded.
    facts
        Ids of all figures that were used, where there are more than these two.

    Returns
    -------
    Finding
    """
    if cut_off:
        message = "cut-off"
    elif limit:
        message = "at-most-same" if comparison.found == comparison.expected else "at-most"
    else:
        message = "equal"
    return Finding(
        comparison.status,
        message,
        {"figure": wording, "other": other_wording},
        comparison.expected,
        comparison.found,
        comparison.tolerance,
        figure.table,
        figure.code,
        figure.measure,
        figure.fact_id,
        other.fact_id if other else "",
        figure.place,
        other.place if other else None,
        figure.document,
        sure and figure.sure and (other is None or other.sure),
        figure.section,
        other.document if other else "",
        facts or ((figure.fact_id, other.fact_id) if other else (figure.fact_id,)),
        quotes=_quotes(comparison, figure, other) if comparison.status in QUOTED else None,
    )


def _quotes(
    comparison: Comparison, figure: PrintedFigure, other: PrintedFigure | None
) -> tuple[str, str]:
    """Both sides of a comparison as they are printed; a sum in the unit of its parts."""
    return (
        quote(comparison.found, figure),
        quote(comparison.expected, other or figure),
    )


def quote(amount: Decimal, figure: PrintedFigure) -> str:
    """Quote an amount as printed, with its unit.

    Parameters
    ----------
    amount
        万元.
    figure
        Whose print is quoted where it is that amount; else its unit is taken.

    Returns
    -------
    str
    """
    is_printed = figure.printed and amount == figure.amount
    return f"{figure.printed}{figure.unit}" if is_printed else in_unit(amount, figure.unit)
