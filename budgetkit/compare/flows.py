"""Who pays for what: the funds of each function, out of the revenue table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from budgetkit.checks.names import name_of
from budgetkit.compare.marked import about, marked_frame
from budgetkit.compare.places import printed_at
from budgetkit.compare.table import choose
from budgetkit.render.labels import Labels
from budgetkit.storage.figures import Figure, figure_of
from budgetkit.storage.records import text
from budgetkit.summary.summarize import DisclosureSummary

if TYPE_CHECKING:
    import pandas as pd

    from budgetkit.storage.reader import DatasetReader

COLUMNS = ("department", "scope", "region", "year", "fund_id", "fund", "code", "function", "amount",
           "doubt", "note", "fact_ids", "places", "documents")  # fmt: skip
#: Id of the fund where the columns of the table don't add up to the total of its row.
NOT_SPLIT = "not_split"
#: 万元 that the last printed digit of one amount may hide.
HALF_DIGIT = 0.0051


def flow(
    dataset: DatasetReader,
    department: str,
    year: int,
    scope: str | None = None,
    *,
    lang: str = "zh",
) -> pd.DataFrame:
    """Say which funds pay for which functions, as the revenue table of a department prints it.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    department, year, scope
        Which budget; ``department`` before ``unit`` where the scope is None.
    lang
        Of the names.

    Returns
    -------
    pandas.DataFrame
        A row a fund and function (类): ``fund``, ``function``, ``amount`` (万元), and where it is
        printed.  The funds of a function are those columns that add up to the total of its row; if
        none do, its whole is one row with the fund ``not_split``, in doubt.  Empty where no
        revenue table by function is printed or was read.

    Raises
    ------
    UsageError
        There is no such department, year or scope.

    Examples
    --------
    >>> import budgetkit as bk
    >>> from budgetkit.demo import prepare
    >>> streams = bk.read_dataset(prepare()).flow("昌吉回族自治州科学技术局", 2025)
    >>> streams[["fund_id", "amount"]].values.tolist()[0]
    ['general_budget', 549.15]
    """
    (summary,) = choose(dataset, year, department, scope).summaries
    rows = list(_rows(summary, Labels(lang)))
    return marked_frame(rows, COLUMNS, dataset, lang)


def _rows(summary: DisclosureSummary, say: Labels) -> Iterable[dict[str, Any]]:
    facts = summary.disclosure.rows_where("facts", table="revenue", level=1)
    printed: dict[str, dict[str, Figure]] = {}
    names: dict[str, str] = {}
    for row in facts:
        figure = figure_of(row)
        if figure is not None and text(row["code"]).startswith("2"):
            printed.setdefault(row["code"], {}).setdefault(row["measure"], figure)
            names.setdefault(row["code"], text(row["name"]))
    doubtful = "revenue" in (summary.disclosure.unread | summary.disclosure.doubtful)
    for code, columns in printed.items():
        for fund, figure in split(columns).items():
            if abs(figure.amount) < HALF_DIGIT / 2:
                continue
            is_split = fund != NOT_SPLIT
            names_of_fund = name_of("measure", fund)
            word = names_of_fund.zh if say.lang == "zh" else names_of_fund.en
            yield about(summary) | {
                "fund_id": fund,
                "fund": word if is_split else say("plot.not_split"),
                "code": code,
                "function": say.code("functional", code, names[code]),
                "amount": figure.amount,
                "doubt": doubtful or not is_split,
                "note": "" if is_split else say("plot.not_split"),
                **printed_at(figure.places),
            }


def split(columns: Mapping[str, Figure]) -> dict[str, Figure]:
    """Choose the columns of a row that are the parts of its total.

    Templates print subtotals, and some print transfers as a part of the budget that they come
    with: what adds up decides.

    Parameters
    ----------
    columns
        Figures of a row of the revenue table, by measure.

    Returns
    -------
    dict of str to Figure
        By measure; the whole under :data:`NOT_SPLIT` where nothing adds up, empty where the row
        has no total.

    Examples
    --------
    >>> amounts = {"total": 9.0, "fiscal_subtotal": 7.0, "general_budget": 7.0, "unit_funds": 2.0}
    >>> list(split({name: Figure(amount) for name, amount in amounts.items()}))
    ['general_budget', 'unit_funds']
    >>> list(split({"total": Figure(9.0), "general_budget": Figure(7.0)}))
    ['not_split']
    """
    whole = columns.get("total")
    if whole is None:
        return {}
    parts = {name: figure for name, figure in columns.items() if name != "total"}
    fine = {name: one for name, one in parts.items() if not name.endswith("_subtotal")}
    no_transfers = {name: one for name, one in fine.items() if not name.endswith("_transfer")}
    coarse = {
        name: one
        for name, one in parts.items()
        if not name.startswith(("general_", "government_", "state_"))
    }
    for chosen in (fine, no_transfers, coarse):
        gap = sum(figure.amount for figure in chosen.values()) - whole.amount
        if chosen and abs(gap) <= HALF_DIGIT * (len(chosen) + 1):
            return chosen
    return {NOT_SPLIT: whole}
