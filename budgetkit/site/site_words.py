"""The words of a site in Chinese and English, and what each column of a dataset is called there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from budgetkit.disclosure import DisclosureKey
from budgetkit.display_unit import DisplayUnit, display_unit, per_head_unit
from budgetkit.render.labels import Labels, words_of
from budgetkit.schema import DERIVED, TABLES, Field


def _words() -> dict[str, dict[str, str]]:
    return words_of("budgetkit.site", "site_words.csv")


@cache
def _meanings() -> dict[str, dict[str, str]]:
    return words_of("budgetkit.site", "meanings.csv")


@dataclass(frozen=True, slots=True)
class SiteWords:
    """The words of one language, and the unit that amounts are shown in.

    Parameters
    ----------
    lang
        ``zh`` or ``en``; another one raises a ``UsageError``.
    unit
        Of :mod:`budgetkit.display_unit`; empty is that of the language.

    Examples
    --------
    >>> say = SiteWords("en")
    >>> say("departments_line", departments=2, reports=3)
    '2 departments and units, 3 reports'
    >>> SiteWords("zh").meaning("facts", TABLES["facts"][0])
    '编号：文件、表、行、列，不变'
    """

    lang: str
    unit: str = ""

    def __post_init__(self) -> None:
        Labels(self.lang, self.unit)  # raises for a language or unit that there is not

    @property
    def money(self) -> DisplayUnit:
        """What amounts are shown in."""
        return display_unit(self.unit, self.lang)

    @property
    def head(self) -> tuple[DisplayUnit, str]:
        """What an amount of one person is shown in, and its name."""
        unit, _ = per_head_unit(self.money, self.lang)
        return unit, unit.name(self.lang)

    @property
    def html_lang(self) -> str:
        """What HTML calls the language."""
        return Labels(self.lang).html_lang

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the words of a key, with its values filled in."""
        words = _words()[key][self.lang]
        return words.format(**values) if values else words

    def office(self, printed: str) -> str:
        """Return the name of a department in the language of the site, and no other."""
        return Labels(self.lang).office_alone(printed)

    def region(self, printed: str) -> str:
        """Return the name of a region in the language of the site, and no other."""
        return Labels(self.lang).region_alone(printed)

    def names(self, text: object) -> Markup:
        """Mark what is Chinese of a name on an English page, for HTML."""
        return Labels(self.lang).names(text)

    def of_script(self) -> dict[str, str]:
        """Return the words that the script of the index shows, by key."""
        return {
            key.removeprefix("js."): row[self.lang]
            for key, row in _words().items()
            if key.startswith("js.")
        }

    def report(self, key: DisclosureKey) -> str:
        """Return what a link to a report says: its year, kind and scope."""
        unit = self("report.unit") if key.scope == "unit" else ""
        return self(f"report.{key.kind}", year=key.year, unit=unit)

    def table(self, name: str) -> str:
        """Return what a table of the dataset holds; its name where there are no words for it."""
        key = f"table.{name}"
        return self(key) if key in _words() else name

    def meaning(self, table: str, field: Field) -> str:
        """Return what a column means.

        Parameters
        ----------
        table
            Of the dataset.
        field
            A column of it.

        Returns
        -------
        str
        """
        if self.lang == "en":
            return field.meaning
        known = _meanings()
        row = known.get(f"{table}.{field.name}") or known.get(f"*.{field.name}")
        return row["zh"] if row else field.meaning


def every_field() -> list[tuple[str, Field]]:
    """List the columns of a dataset, each with its table."""
    return [(name, field) for name, fields in (TABLES | DERIVED).items() for field in fields]
