"""The words of a case file in Chinese and English: one table, ``case_words.csv``."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from budgetkit.checks.names import name_of
from budgetkit.render.labels import Labels, words_of

#: 元 in 万元, and the digits of an amount that a float holds for certain.
WAN, DIGITS = 10_000, 6


@dataclass(frozen=True, slots=True)
class CaseWords:
    """The words of one language.

    Parameters
    ----------
    lang
        ``zh`` or ``en``; another one raises a ``UsageError``.

    Examples
    --------
    >>> say = CaseWords("en")
    >>> say("page", page=3), say.money(-0.01)
    ('p. 3', '100.00 yuan')
    """

    lang: str

    def __post_init__(self) -> None:
        Labels(self.lang)  # raises for a language that there is not

    @property
    def html_lang(self) -> str:
        """What HTML calls it."""
        return Labels(self.lang).html_lang

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the words of a key, with its values filled in."""
        words = words_of("budgetkit.casefile", "case_words.csv")[key][self.lang]
        return words.format(**values) if values else words

    def source(self, source: str) -> str:
        """Return where a rule comes from; in English a title without a translation is quoted."""
        row = words_of("budgetkit.casefile", "legal_sources.csv").get(source)
        if row:
            return row[self.lang]
        return source if self.lang == "zh" else f"“{source}”"

    def printed(self, printed: str, unit: str) -> str:
        """Return a figure as printed; in English quoted, and with what it is in million yuan.

        Parameters
        ----------
        printed, unit
            As the document prints them.

        Returns
        -------
        str
        """
        if self.lang == "zh":
            return f"{printed}{unit}"
        return f"“{printed}{unit}”{Labels(self.lang).converted(printed, unit)}"

    def office(self, printed: str) -> str:
        """Return the name of a department: in English with the printed one after it."""
        return Labels(self.lang).office(printed)

    def line(self, printed: str) -> str:
        """Return the name of a line of a table: in English where the list knows it, else quoted."""
        known = Labels(self.lang).name(printed)
        return known if known != printed or self.lang == "zh" else f"“{printed}”"

    def names(self, text: object) -> Markup:
        """Mark what is Chinese of a text that a document prints, for HTML."""
        return Labels(self.lang).names(text)

    def quoted(self, text: str) -> Markup:
        """Mark what a sentence quotes in Chinese, for HTML."""
        return Labels(self.lang).quoted(text)

    def name(self, kind: str, name: str) -> str:
        """Return what findings call a table, section, measure or code.

        Parameters
        ----------
        kind, name
            As of :func:`~budgetkit.checks.names.name_of`.

        Returns
        -------
        str
        """
        found = name_of(kind, name)
        return found.zh if self.lang == "zh" else found.en

    def money(self, amount: float) -> str:
        """Write the size of a difference (万元) in both units."""
        exact = abs(Decimal(str(round(amount, DIGITS))))
        return self("yuan", yuan=f"{exact * WAN:,.2f}", wan=_plain(exact))


def _plain(amount: Decimal) -> str:
    """An amount with separators and no more digits than it has."""
    whole, _, rest = f"{amount:,.{DIGITS}f}".partition(".")
    rest = rest.rstrip("0")
    return f"{whole}.{rest}" if rest else whole
