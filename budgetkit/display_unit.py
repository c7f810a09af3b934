"""The unit that readers see amounts in: yuan, 万元, million yuan or 亿元.

Facts, frames and the files of a dataset stay in 万元, always.  Pages, figures and workbooks write
an amount in one display unit: the one asked for, else 万元 in Chinese and million yuan in English.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from budgetkit.errors import UsageError

#: Digits after the point of an amount that is not below one unit.
DIGITS = 2
#: Digits after the point that nothing is written with more of: a cent, in 亿元.
MOST_DIGITS = 10
#: Significant digits of an amount that would look like zero.
SIGNIFICANT = 2


@dataclass(frozen=True, slots=True)
class DisplayUnit:
    """A unit that amounts are shown in.

    Attributes
    ----------
    id : str
        As options name it.
    wan : Decimal
        万元 in one of it.
    zh, en : str
        Its name.
    zh_note, en_note : str
        The sentence that says in which unit a page writes its amounts.
    small_digits : int
        Digits after the point below one unit: those that two digits of 万元 have there.
    """

    id: str
    wan: Decimal
    zh: str
    en: str
    zh_note: str
    en_note: str
    small_digits: int = DIGITS

    def name(self, lang: str) -> str:
        """Return its name in a language."""
        return self.zh if lang == "zh" else self.en

    def note(self, lang: str) -> str:
        """Return the sentence that names it, in a language."""
        return self.zh_note if lang == "zh" else self.en_note

    @property
    def number_format(self) -> str:
        """How a workbook writes amounts: with all digits that 万元 have after the point."""
        return f"#,##0.{'0' * self.small_digits}"

    def scaled(self, wan: float) -> float:
        """Convert an amount of 万元 into this unit.

        Examples
        --------
        >>> UNITS["million"].scaled(664.08), UNITS["yuan"].scaled(664.08)
        (6.6408, 6640800.0)
        """
        # Through the shortest text of the float, so that 664.08 doesn't gain digits of its own.
        exact = Decimal(repr(float(wan)))
        return float(exact / self.wan) if exact.is_finite() else float(wan)

    def written(self, wan: float, sign: str = "-") -> str:
        """Write an amount without the name of its unit.

        Parameters
        ----------
        wan
            万元.
        sign
            ``-`` marks negative amounts alone, ``+`` positive ones too.

        Returns
        -------
        str
            Two digits after the point; below one unit as many as 万元 have in it, and never so
            few that an amount looks like zero.

        Examples
        --------
        >>> [UNITS["million"].written(wan) for wan in (664.08, 64.08, 0.5, 0.0012, 0)]
        ['6.64', '0.6408', '0.0050', '0.000012', '0.00']
        """
        amount = self.scaled(wan)
        return f"{amount:{sign},.{self._digits(amount)}f}"

    def _digits(self, amount: float) -> int:
        if not amount or abs(amount) >= 1:
            return DIGITS
        if round(amount, self.small_digits):
            return self.small_digits
        return min(SIGNIFICANT - 1 - Decimal(repr(amount)).adjusted(), MOST_DIGITS)

    def exact(self, wan: float) -> str:
        """Write an amount with all its digits, for two that are held against each other.

        Parameters
        ----------
        wan
            万元.

        Returns
        -------
        str

        Examples
        --------
        >>> UNITS["million"].exact(664.08), UNITS["million"].exact(600)
        ('6.6408', '6.00')
        """
        exact = (Decimal(repr(float(wan))) / self.wan).quantize(Decimal(1).scaleb(-MOST_DIGITS))
        whole, _, part = f"{exact:,f}".partition(".")
        return f"{whole}.{part.rstrip('0').ljust(DIGITS, '0')}"


#: The units by id; 百万元 and 亿元 in Chinese, "wan" and "yi" in English, are for who asks.
UNITS = {
    unit.id: unit
    for unit in (
        DisplayUnit("yuan", Decimal("0.0001"), "元", "yuan", "金额单位：元", "Amounts in yuan"),
        DisplayUnit("wan", Decimal(1), "万元", "wan yuan", "金额单位：万元",
                    "Amounts in wan yuan (1 wan = 10,000)"),
        DisplayUnit("million", Decimal(100), "百万元", "million yuan", "金额单位：百万元",
                    "Amounts in million yuan", 4),
        DisplayUnit("yi", Decimal(10_000), "亿元", "yi yuan", "金额单位：亿元",
                    "Amounts in yi yuan (1 yi = 100 million)", 6),
    )
}  # fmt: skip
#: What is shown where nothing was asked for, by language.
DEFAULT = {"zh": "wan", "en": "million"}


def display_unit(name: str, lang: str) -> DisplayUnit:
    """Return a unit by its id or its Chinese name; that of the language where there is none.

    Parameters
    ----------
    name
        ``yuan``, ``wan``, ``million`` or ``yi``, also 元, 万元, 百万元, 亿元; may be empty.
    lang
        ``zh`` or ``en``.

    Returns
    -------
    DisplayUnit

    Raises
    ------
    UsageError
        There is no such unit.

    Examples
    --------
    >>> display_unit("", "en").id, display_unit("亿元", "en").id
    ('million', 'yi')
    """
    by_name = {unit.zh: unit for unit in UNITS.values()}
    found = UNITS.get(name or DEFAULT[lang]) or by_name.get(name)
    if found is None:
        raise UsageError(f"there is no unit '{name}'", remedy=f"take {' or '.join(UNITS)}")
    return found


def per_head_unit(unit: DisplayUnit, lang: str) -> tuple[DisplayUnit, str]:
    """Return what an amount of one person is written in: yuan in English, 万元 or 元 in Chinese.

    Parameters
    ----------
    unit
        Of the other amounts.
    lang
        ``zh`` or ``en``.

    Returns
    -------
    unit : DisplayUnit
    name : str
        With the person.

    Examples
    --------
    >>> per_head_unit(UNITS["million"], "en")[1], per_head_unit(UNITS["yi"], "zh")[1]
    ('yuan per person', '万元/人')
    """
    own = UNITS["yuan" if lang == "en" or unit.id == "yuan" else "wan"]
    return own, f"{own.en} per person" if lang == "en" else f"{own.zh}/人"


#: English names of the other units that frames have.
OTHER_UNITS = {"人": "people", "个": "projects"}


def shown_in(unit: str, money: DisplayUnit, lang: str) -> tuple[DisplayUnit | None, str]:
    """Return what values of a frame are shown in.

    Parameters
    ----------
    unit
        As frames have it: 万元, 万元/人, 人, 个, %.
    money
        What amounts are shown in.
    lang
        ``zh`` or ``en``.

    Returns
    -------
    unit : DisplayUnit or None
        That converts them; None where they are no money.
    name : str
        In the language.

    Examples
    --------
    >>> shown_in("万元", UNITS["million"], "en")[1], shown_in("人", UNITS["wan"], "en")
    ('million yuan', (None, 'people'))
    """
    if unit == UNITS["wan"].zh:
        return money, money.name(lang)
    if unit == f"{UNITS['wan'].zh}/人":
        return per_head_unit(money, lang)
    return None, unit if lang == "zh" else OTHER_UNITS.get(unit, unit)
