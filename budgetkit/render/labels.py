"""The words of the reports, in Chinese and English: one table, ``templates/labels.csv``."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from budgetkit.codelists import classification
from budgetkit.codelists.english import english_name
from budgetkit.errors import UsageError

#: Languages of a report, and what HTML calls them.
LANGUAGES = {"zh": "zh-CN", "en": "en"}


@cache
def words_of(package: str, name: str) -> dict[str, dict[str, str]]:
    """Read a table of words of a package.

    Parameters
    ----------
    package
        That holds the file.
    name
        Of the file: a column ``key``, and one for each language.

    Returns
    -------
    dict of str to dict
        Its rows by key.
    """
    text = (files(package) / name).read_text(encoding="utf-8")
    return {row["key"]: row for row in csv.DictReader(text.splitlines())}


def _table() -> dict[str, dict[str, str]]:
    return words_of("budgetkit.render", "labels.csv")


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of one language.

    Parameters
    ----------
    lang
        ``zh`` or ``en``.

    Raises
    ------
    UsageError
        Another language.

    Examples
    --------
    >>> say = Labels("en")
    >>> say("staff_line", active=25)
    '25 people in post'
    >>> Labels("zh").code("economic", "30101")
    '基本工资'
    """

    lang: str

    def __post_init__(self) -> None:
        if self.lang not in LANGUAGES:
            raise UsageError(
                f"there is no language '{self.lang}'", remedy=f"take {' or '.join(LANGUAGES)}"
            )

    @property
    def html_lang(self) -> str:
        """What HTML calls it."""
        return LANGUAGES[self.lang]

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the words of a key, with its values filled in."""
        words = _table()[key][self.lang]
        return words.format(**values) if values else words

    def has(self, key: str) -> bool:
        """Whether there are words for a key."""
        return bool(_table().get(key, {}).get(self.lang))

    def table(self, table: str) -> str:
        """Return the name of a table; its id where there are no words for it."""
        key = f"table.{table}"
        return self(key) if self.has(key) else table

    def item(self, code: str, printed: str) -> str:
        """Return the name of a source of revenue.

        Parameters
        ----------
        code
            Its slug.
        printed
            Its name as printed, which stands where there are no words for the slug.

        Returns
        -------
        str
        """
        key = f"item.{code}"
        return self(key) if self.has(key) else self.name(printed)

    def name(self, printed: str) -> str:
        """Return the name of a class or an item: in English where the list knows it."""
        return (english_name(printed) if self.lang == "en" else "") or printed

    def code(self, kind: str, code: str, printed: str = "") -> str:
        """Return the name of a class of a classification.

        Parameters
        ----------
        kind
            ``functional`` or ``economic``.
        code
            Of the class.
        printed
            Its name as printed, if it is.

        Returns
        -------
        str
            In Chinese as printed, else from the code list; in English where it has a name there,
            else the Chinese one.
        """
        known = classification(kind).get(code)
        return self.name(printed or (known.name if known else code))

    def join(self, parts: Iterable[str]) -> str:
        """Join the parts of a list."""
        return ("、" if self.lang == "zh" else ", ").join(parts)
