"""Bureaus and years side by side in one tidy frame: a row a figure, its guards beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from budgetkit.compare.execution_measures import MEASURES as OF_BOTH
from budgetkit.compare.execution_measures import execution_measure
from budgetkit.compare.guards import (
    REGROUPED,
    Audit,
    audit_of,
    bridge,
    flags_of,
    is_final_accounts,
    is_serious,
    origin,
    say_flags,
)
from budgetkit.compare.measures import Measure, choose_measures, value
from budgetkit.compare.places import place_text
from budgetkit.disclosure import DisclosureKey, keys, known_as, select
from budgetkit.errors import UsageError
from budgetkit.storage.figures import Figure
from budgetkit.summary.execution import Execution, execution_of
from budgetkit.summary.summarize import DisclosureSummary, summarize

if TYPE_CHECKING:
    import pandas as pd

    from budgetkit.storage.reader import DatasetReader

COLUMNS = (
    "department",
    "scope",
    "region",
    "origin",
    "year",
    "measure",
    "name",
    "value",
    "unit",
    "flags",
    "doubt",
    "note",
    "audit",
    "fact_ids",
    "places",
    "documents",
    "notice",
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is compared, and what was left out of it.

    Attributes
    ----------
    summaries : tuple of DisclosureSummary
        Of one scope; budgets alone.
    scope : str
        ``department`` or ``unit``.
    other_scope : tuple of DisclosureKey
        Keys of the other scope, which would be counted twice.
    final_accounts : tuple of DisclosureKey
        Keys that report what was spent; they stand against their own budgets alone.
    executions : tuple of Execution
        Budgets and final accounts of the same department and year.
    across_2018 : bool
        Some of them have the economic classes of before 2018, some those since.
    """

    summaries: tuple[DisclosureSummary, ...]
    scope: str
    other_scope: tuple[DisclosureKey, ...]
    final_accounts: tuple[DisclosureKey, ...]
    across_2018: bool
    executions: tuple[Execution, ...] = ()

    @property
    def execution_by_key(self) -> dict[DisclosureKey | None, Execution]:
        """Budgets with their final accounts, by the key of the budget."""
        return {one.budget.key: one for one in self.executions}

    @property
    def years(self) -> list[int]:
        """Years of the disclosures that are compared."""
        return sorted({summary.disclosure.year for summary in self.summaries})


def choose(
    dataset: DatasetReader,
    years: int | Sequence[int] | None = None,
    bureaus: str | Sequence[str] | None = None,
    scope: str | None = None,
) -> Chosen:
    """Choose what is compared: one scope, budgets alone.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    years, bureaus, scope
        As in :func:`compare`.

    Returns
    -------
    Chosen

    Raises
    ------
    UsageError
        There is no such bureau, year or scope; the nearest names are suggested.
    """
    wanted_years = _several(years)
    wanted_bureaus = _several(bureaus)
    for name in wanted_bureaus or ():
        dataset.choose(department=str(name))
    if wanted_bureaus is not None:
        wanted_bureaus = [known_as(dataset, str(name)) for name in wanted_bureaus]
    for year in wanted_years or ():
        dataset.choose(year=int(year))
    found = [
        key
        for key in keys(dataset)
        if (wanted_bureaus is None or key.department in wanted_bureaus)
        and (wanted_years is None or key.year in wanted_years)
    ]
    scopes = {key.scope for key in found if key.kind == "budget"} or {key.scope for key in found}
    scope = scope or ("department" if "department" in scopes else "unit")
    if scope not in ("department", "unit"):
        raise UsageError(
            f"there is no scope '{scope}'", remedy="take department or unit, one at a time"
        )
    of_scope = [key for key in found if key.scope == scope]
    accounts: list[DisclosureKey] = []
    summaries: list[DisclosureSummary] = []
    for key in of_scope:
        summary = summarize(select(dataset, *key))
        if is_final_accounts(summary):
            accounts.append(key)
        else:
            summaries.append(summary.prepared())
    if not summaries:
        raise UsageError(
            f"there is no budget of scope '{scope}' to compare",
            file=dataset.folder,
            remedy="see documents.csv for what was read; a final account alone is reported, "
            "not compared",
        )
    others = tuple(key for key in found if key.scope != scope)
    across_2018 = len({summary.has_old_classes for summary in summaries}) > 1
    both = (execution_of(dataset, key) for key in of_scope if key.kind == "budget")
    pairs = tuple(one for one in both if one is not None)
    return Chosen(tuple(summaries), scope, others, tuple(accounts), across_2018, pairs)


def _several(wanted: Any) -> list[Any] | None:
    """A value or several; an empty list or text is all."""
    if wanted is None or wanted == "":
        return None
    if isinstance(wanted, (str, int)):
        return [wanted]
    return list(wanted) or None


def compare(
    dataset: DatasetReader,
    measures: str | Sequence[str] | None = None,
    years: int | Sequence[int] | None = None,
    bureaus: str | Sequence[str] | None = None,
    scope: str | None = None,
    *,
    year: int | None = None,
    lang: str = "zh",
) -> pd.DataFrame:
    """Put bureaus and years side by side.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    measures
        Ids as in :func:`budgetkit.compare.measures.measures`; all of them where None.
    years, bureaus
        One or several; all where None.
    scope
        ``department`` or ``unit``, never both: a department contains its unit.  Where None,
        ``department`` if there is any.
    year
        The same as ``years``, for one.
    lang
        Language of the columns ``name`` and ``note``.

    Returns
    -------
    pandas.DataFrame
        A row a department, year and measure.  ``value`` is in ``unit`` and empty where it is
        not disclosed; ``flags`` and ``note`` say why, and what to know of it; ``doubt`` that it
        should not be relied on; ``fact_ids`` and
        ``places`` (document:page:x0:top:x1:bottom) say where it is printed.
        ``attrs["units"]`` holds the units, ``attrs["left_out"]`` what was not compared.

    Raises
    ------
    UsageError
        There is no such measure, bureau, year or scope.

    Examples
    --------
    >>> import budgetkit as bk
    >>> from budgetkit.demo import prepare
    >>> ds = bk.read_dataset(prepare())
    >>> frame = ds.compare("active", years=2025, bureaus="昌吉回族自治州科学技术局")
    >>> frame[["measure", "value", "unit"]].values.tolist()
    [['active', 25.0, '人']]
    """
    years = _one_way(years, year)
    found = tabulate(
        choose(dataset, years, bureaus, scope),
        choose_measures(measures),
        audit_of(dataset, lang),
        lang,
    )
    found.attrs |= {"lang": lang, "dataset": str(dataset.folder)}
    return found


def _one_way(years: int | Sequence[int] | None, year: int | None) -> Any:
    if year is not None and years is not None:
        raise UsageError("both years and year are given", remedy="give one of them")
    return years if year is None else year


def tabulate(chosen: Chosen, wanted: Sequence[Measure], audit: Audit, lang: str) -> pd.DataFrame:
    """Return the frame of :func:`compare`.

    Parameters
    ----------
    chosen
        What is compared.
    wanted
        Its measures.
    audit
        For the flags.
    lang
        Language of the columns ``name`` and ``note``.

    Returns
    -------
    pandas.DataFrame
    """
    import pandas as pd

    rows = []
    pairs = chosen.execution_by_key
    for summary in chosen.summaries:
        comparable, bridged = bridge(summary) if chosen.across_2018 else (summary, "")
        about = _about(summary, audit)
        for measure in wanted:
            if measure.id in OF_BOTH:
                figure, flags = execution_measure(measure.id, pairs.get(summary.disclosure.key))
            else:
                figure = value(measure.id, comparable)
                flags = _flags(measure.id, comparable, figure, about["audit"], bridged)
            rows.append(about | _row(measure, figure, flags, lang))
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"value": "Float64"})
    frame.attrs["units"] = {measure.id: measure.frame_unit for measure in wanted}
    frame.attrs["left_out"] = {
        "other_scope": [list(key[:3]) for key in chosen.other_scope],
        "final_accounts": [list(key[:3]) for key in chosen.final_accounts],
    }
    frame.attrs["scope"] = chosen.scope
    frame.attrs["audited"] = audit.done
    return frame


def _about(summary: DisclosureSummary, audit: Audit) -> dict[str, Any]:
    disclosure = summary.disclosure
    return {
        "department": disclosure.department,
        "scope": disclosure.scope,
        "region": disclosure.about("region"),
        "origin": origin(summary),
        "year": disclosure.year,
        "audit": audit.status(summary),
        "documents": " ".join(row["document"] for row in disclosure.documents),
        "notice": disclosure.about("notice"),
    }


def _flags(
    measure: str, summary: DisclosureSummary, figure: Figure | None, audit: str, bridged: str
) -> list[str]:
    flags = flags_of(measure, summary, figure)
    if bridged == "refused_2018" and measure in REGROUPED:
        flags = [bridged]
    elif bridged and measure in REGROUPED and figure is not None:
        flags = [*flags, bridged]
    if figure is not None and audit == "failed":
        flags.insert(0, "failed_totals")
    return flags


def _row(measure: Measure, figure: Figure | None, flags: list[str], lang: str) -> dict[str, Any]:
    places = figure.places if figure else ()
    return {
        "measure": measure.id,
        "name": measure.name(lang),
        "value": None if figure is None else figure.amount,
        "unit": measure.frame_unit,
        "flags": " ".join(flags),
        "doubt": figure is not None and is_serious(flags),
        "note": say_flags(flags, lang),
        "fact_ids": " ".join(dict.fromkeys(place.fact_id for place in places if place.fact_id)),
        "places": " ".join(dict.fromkeys(map(place_text, places))),
    }


def wide(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a comparison with a column for each measure, for reading and for spreadsheets."""
    table = frame.pivot(index=["department", "scope", "origin", "year"], columns="measure",
                        values="value")  # fmt: skip
    found = table[list(dict.fromkeys(frame["measure"]))].reset_index()
    found.columns.name = None
    found.attrs["units"] = dict(frame.attrs.get("units", {}))
    return found
