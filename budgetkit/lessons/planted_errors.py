"""Tables of an invented budget with three planted errors, for a lesson: no PDF is typeset."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from budgetkit.errors import UsageError
from budgetkit.lessons.truth_frames import facts_of, models
from budgetkit.plant.kinds import plant
from budgetkit.plant.slip import Slip

if TYPE_CHECKING:
    import pandas as pd

    from budgetkit.corpus.model import Disclosure

#: Which invented budget is broken, and the kinds of its errors: one in each table.
DOCUMENT = "yunting-jyj-2025"
KINDS = ("item", "basic_item", "three_public_total")
TABLES = ("expenditure", "basic_expenditure", "three_public")
COLUMNS = ["table", "code", "name", "level", "measure", "amount"]
#: Parts of another part: the two costs of vehicles.
NESTED = ("vehicle_purchase", "vehicle_running")


def planted(student: int = 1) -> pd.DataFrame:
    """Return three tables of an invented budget with an error planted in each.

    Parameters
    ----------
    student
        Another number gives other errors; the same one gives the same.

    Returns
    -------
    pandas.DataFrame
        ``table``, ``code``, ``name``, ``level``, ``measure``, ``amount`` (万元), a row a figure.

    Raises
    ------
    UsageError
        It is no number from 1.

    Examples
    --------
    >>> sorted(set(planted(1)["table"]))
    ['basic_expenditure', 'expenditure', 'three_public']
    """
    if isinstance(student, bool) or not isinstance(student, int) or student < 1:
        raise UsageError("a student is a number from 1", remedy="bk.lessons.planted(2)")
    facts = facts_of(_broken(student)[0])
    chosen = facts["table"].isin(TABLES) & ~facts["measure"].isin(NESTED)
    return facts.loc[chosen, COLUMNS].reset_index(drop=True)


def planted_slips(student: int = 1) -> tuple[Slip, ...]:
    """Return what is wrong in ``planted``: one slip a table, in the order of the tables."""
    return _broken(student)[1]


def _broken(student: int) -> tuple[Disclosure, tuple[Slip, ...]]:
    model = next(model for model in models() if model.key == DOCUMENT)
    slips = []
    for kind, table in zip(KINDS, TABLES, strict=True):
        # A kind may stand in other tables as well, which the lesson does not show.
        draws = (plant(model, kind, f"lesson/{student}/{draw}") for draw in count())
        model, slip = next(drawn for drawn in draws if drawn[1].table == table)
        slips.append(slip)
    return model, tuple(slips)
