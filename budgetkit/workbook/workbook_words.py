"""The words of the workbooks in Chinese and English: one table, ``workbook_words.csv``."""

from __future__ import annotations

from dataclasses import dataclass

from budgetkit.render.labels import Labels, words_of


def _words() -> dict[str, dict[str, str]]:
    return words_of("budgetkit.workbook", "workbook_words.csv")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet.

    Attributes
    ----------
    heading, meaning : str
        In the language of the workbook.
    kind : str
        ``text``, ``money`` (given in 万元, written in the unit of the workbook), ``amount``,
        ``value`` (of several units), ``percent``, ``count``, ``year``, ``code``, or ``machine``
        for ids.
    """

    heading: str
    meaning: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class WorkbookWords:
    """The words of one language, and the unit that amounts are written in.

    Parameters
    ----------
    lang
        ``zh`` or ``en``; another one raises a ``UsageError``.
    unit
        Of :mod:`budgetkit.display_unit`; empty is that of the language.

    Examples
    --------
    >>> say = WorkbookWords("en")
    >>> say("sheet.columns"), say.column("page").heading
    ('Columns', 'Page')
    >>> say.column("amount").heading
    'Amount (million yuan)'
    """

    lang: str
    unit: str = ""

    def __post_init__(self) -> None:
        Labels(self.lang, self.unit)  # raises for a language or unit that there is not

    @property
    def say(self) -> Labels:
        """The words of pages in the same language and unit."""
        return Labels(self.lang, self.unit)

    def __call__(self, key: str) -> str:
        """Return the words of a key."""
        return _words()[key][self.lang]

    def column(self, key: str) -> Column:
        """Return the column of a key."""
        row = _words()[f"col.{key}"]
        unit = self.say.money.name(self.lang)
        heading, meaning = (
            row[key].format(unit=unit) for key in (self.lang, f"{self.lang}_meaning")
        )
        return Column(heading, meaning, row["kind"])
