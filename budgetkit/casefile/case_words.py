"""The words of a case file in Chinese and English: one table, ``case_words.csv``."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

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
