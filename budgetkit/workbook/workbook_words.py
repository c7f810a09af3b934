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
        ``text``, ``amount``, ``percent``, ``count``, ``year``, ``code``, or ``machine``
        for ids.
    """

    heading: str
    meaning: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class WorkbookWords:
    """The words of one language.

    Parameters
    ----------
    lang
        ``zh`` or ``en``; another one raises a ``UsageError``.

    Examples
    --------
    >>> say = WorkbookWords("en")
    >>> say("sheet.columns"), say.column("page").heading
    ('Columns', 'Page')
    """

    lang: str

    def __post_init__(self) -> None:
        Labels(self.lang)  # raises for a language that there is not

    def __call__(self, key: str) -> str:
        """Return the words of a key."""
        return _words()[key][self.lang]

    def column(self, key: str) -> Column:
        """Return the column of a key."""
        row = _words()[f"col.{key}"]
        return Column(row[self.lang], row[f"{self.lang}_meaning"], row["kind"])
