"""One figure of one bureau in one year, or why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budgetkit.errors import UsageError, suggestion
from budgetkit.lessons.texts import check_language, say

if TYPE_CHECKING:
    import pandas as pd

    from budgetkit.dataset import Dataset

#: A department contains its own office: where both are disclosed, the question is of the whole.
SCOPES = ("department", "unit")


def ask(
    dataset: Dataset, measure: str, *, department: str, year: int, lang: str = "zh"
) -> pd.DataFrame:
    """Return one figure of one bureau in one year.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    measure
        An id as in ``Dataset.compare``.
    department
        Its name in ``documents``.
    year
        Budget year.
    lang
        ``zh`` or ``en``, of the columns ``name`` and ``note``.

    Returns
    -------
    pandas.DataFrame
        One row of ``Dataset.compare``.  ``value`` is empty, and ``note`` says why, where the figure
        is not disclosed or the dataset has no budget of that year.

    Raises
    ------
    UsageError
        There is no such bureau, measure or language.

    Examples
    --------
    >>> import budgetkit as bk
    >>> ds = bk.lessons.use(lang="en")
    >>> name = "云汀自治州教育局"
    >>> found = bk.lessons.ask(ds, "project_share", department=name, year=2025, lang="en")
    >>> found["value"].round(1).tolist()
    [59.0]
    >>> bk.lessons.ask(ds, "project_share", department=name, year=2019, lang="en")["note"].tolist()
    ['the dataset has no budget of this bureau for 2019']
    """
    check_language(lang)
    documents = dataset.documents
    own = documents[documents["department"] == department]
    if own.empty:
        known = sorted(set(documents["department"].dropna()))
        raise UsageError(
            f"there is no bureau '{department}'",
            file=dataset.folder,
            remedy=suggestion(department, known),
        )
    budgets = own[(own["kind"] == "budget") & (own["year"] == year).fillna(False)]
    scope = _scope(budgets)
    if scope is not None:
        found = dataset.compare(measure, years=year, bureaus=department, scope=scope, lang=lang)
        if len(found):
            return found.head(1)
    return _nothing(dataset.compare(measure, lang=lang), department, measure, scope, year, lang)


def _scope(documents: pd.DataFrame) -> str | None:
    known = set(documents["scope"].dropna())
    return next((scope for scope in SCOPES if scope in known), None)


def _nothing(
    like: pd.DataFrame, department: str, measure: str, scope: str | None, year: int, lang: str
) -> pd.DataFrame:
    """Return a row without a figure: its words are those of another bureau's row."""
    import pandas as pd

    own = {
        "department": department, "scope": scope or "", "year": year, "measure": measure,
        "name": str(like["name"].iloc[0]), "unit": str(like["unit"].iloc[0]), "doubt": False,
        "note": say(lang, "closing_no_document", year=year),
        "value": pd.array([pd.NA], dtype="Float64"),
    }  # fmt: skip
    made = pd.DataFrame({name: own.get(name, "") for name in like.columns}, index=[0])
    made.attrs.update(like.attrs)
    return made
