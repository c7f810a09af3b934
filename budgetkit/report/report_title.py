"""The words that tell the report of a budget from that of a final account."""

from __future__ import annotations

from budgetkit.own_facts import FINAL_ACCOUNT
from budgetkit.render.labels import Labels


def key_of_kind(key: str, kind: str) -> str:
    """Return the key of a label for a kind of disclosure.

    Parameters
    ----------
    key
        For a budget.
    kind
        ``budget`` or ``final_account``.

    Returns
    -------
    str
    """
    return f"{key}_final" if kind == FINAL_ACCOUNT else key


def report_title(say: Labels, department: str, scope: str, year: int, kind: str) -> str:
    """Return the heading of a report.

    Parameters
    ----------
    say
        The words.
    department, scope, year, kind
        The key of the disclosure.

    Returns
    -------
    str
    """
    key = "title_unit" if scope == "unit" else "title"
    return say(key_of_kind(key, kind), department=say.office(department), year=year)
