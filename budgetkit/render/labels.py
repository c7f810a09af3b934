"""The words of the reports, in Chinese and English: one table, ``labels.csv``.

Longer than most, since every page writes all its words, names and amounts through one object.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from markupsafe import Markup, escape

from budgetkit.amounts import UNITS, parse_number, to_wan
from budgetkit.codelists import classification
from budgetkit.codelists.english import english_name
from budgetkit.codelists.office_names import english_office
from budgetkit.codelists.place_names import english_region
from budgetkit.display_unit import (
    DIGITS,
    OTHER_UNITS,
    DisplayUnit,
    display_unit,
    per_head_unit,
    shown_in,
)
from budgetkit.errors import UsageError, without_control

#: Languages of a report, and what HTML calls them.
LANGUAGES = {"zh": "zh-CN", "en": "en"}
#: Digits after the point of a share in per cent.
PERCENT_DIGITS = 1


#: Chinese and its punctuation, one run of it.
_CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef、。〈-】]+")


def _marked(found: re.Match[str]) -> str:
    return f'<span lang="zh">{found[0]}</span>'


def _beside(name: str, printed: str) -> str:
    return name if name == printed else f"{name} ({printed})"


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
    return {row["key"]: row for row in rows_of(package, name)}


def rows_of(package: str, name: str) -> list[dict[str, str]]:
    """Read a table of a package, a dict a row.

    Parameters
    ----------
    package
        That holds the file.
    name
        Of the file.

    Returns
    -------
    list of dict
    """
    text = (files(package) / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _table() -> dict[str, dict[str, str]]:
    return words_of("budgetkit.render", "labels.csv")


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of one language, and the unit that amounts are shown in.

    ``{unit}`` and ``{head_unit}`` in the words of a key are the names of that unit, and of what an
    amount of one person is shown in.

    Parameters
    ----------
    lang
        ``zh`` or ``en``.
    unit
        Of :mod:`budgetkit.display_unit`; empty is that of the language.

    Raises
    ------
    UsageError
        Another language or unit.

    Examples
    --------
    >>> say = Labels("en")
    >>> say("staff_line", active=25)
    '25 people in post'
    >>> say.amount(664.08), say.with_unit(664.08), Labels("zh", "yuan").with_unit(664.08)
    ('6.64', '6.64 million yuan', '6,640,800.00 元')
    >>> Labels("zh").code("economic", "30101")
    '基本工资'
    """

    lang: str
    unit: str = ""

    def __post_init__(self) -> None:
        if self.lang not in LANGUAGES:
            raise UsageError(
                f"there is no language '{self.lang}'", remedy=f"take {' or '.join(LANGUAGES)}"
            )
        display_unit(self.unit, self.lang)  # raises for a unit that there is not

    @property
    def html_lang(self) -> str:
        """What HTML calls it."""
        return LANGUAGES[self.lang]

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the words of a key, with its values filled in."""
        words = _table()[key][self.lang]
        return words.format(**{**self._units(), **values}) if "{" in words else words

    def _units(self) -> dict[str, str]:
        money = self.money
        _, head = per_head_unit(money, self.lang)
        return {"unit": money.name(self.lang), "unit_note": money.note(self.lang),
                "head_unit": head}  # fmt: skip

    @property
    def money(self) -> DisplayUnit:
        """What amounts are shown in."""
        return display_unit(self.unit, self.lang)

    def amount(self, wan: float, sign: str = "-") -> str:
        """Write an amount in the unit of the page, without its name.

        Parameters
        ----------
        wan
            万元.
        sign
            ``-`` marks negative amounts alone, ``+`` positive ones too.

        Returns
        -------
        str
        """
        return self.money.written(wan, sign)

    def with_unit(self, wan: float) -> str:
        """Write an amount (万元) in the unit of the page, with its name."""
        return f"{self.amount(wan)} {self.money.name(self.lang)}"

    def exact(self, wan: float) -> str:
        """Write an amount (万元) with all its digits, for two that are held against each other."""
        return self.money.exact(wan)

    def per_head(self, wan: float) -> str:
        """Write an amount of one person (万元), without the name of its unit."""
        unit, _ = per_head_unit(self.money, self.lang)
        return f"{unit.scaled(wan):,.0f}" if unit.id == "yuan" else unit.written(wan)

    def unit_name(self, unit: str) -> str:
        """Return the name of what values of a frame are shown in, by their own unit."""
        return shown_in(unit, self.money, self.lang)[1]

    def scaled(self, value: float, unit: str) -> float:
        """Convert a value of a frame into what it is shown in.

        Parameters
        ----------
        value
            In ``unit``.
        unit
            As frames have it: 万元, 万元/人, 人, 个, %.

        Returns
        -------
        float
            Itself where it is no money.
        """
        shown, _ = shown_in(unit, self.money, self.lang)
        return shown.scaled(value) if shown and value == value else value

    def value(self, value: float, unit: str = "") -> str:
        """Write a value of a frame, without the name of its unit.

        Parameters
        ----------
        value
            In ``unit``.
        unit
            As frames have it: 万元, 万元/人, 人, 个, %; empty for a bare number.

        Returns
        -------
        str
            Amounts in what they are shown in; whole numbers and counts without decimals.
        """
        if isinstance(value, bool):
            return "●" if value else ""
        shown, _ = shown_in(unit, self.money, self.lang)
        if shown:
            return self.per_head(value) if "/" in unit else self.amount(value)
        whole = isinstance(value, int) or unit in OTHER_UNITS
        digits = 0 if whole else PERCENT_DIGITS if unit == "%" else DIGITS
        return f"{value:,.{digits}f}"

    def figure(self, value: float, kind: str = "amount") -> str:
        """Write a figure of a page.

        Parameters
        ----------
        value
            万元, or a number of people.
        kind
            ``amount``, ``per_head`` or ``people``.

        Returns
        -------
        str
            Without the name of its unit.
        """
        if kind == "people":
            return f"{value:,.0f}"
        return self.per_head(value) if kind == "per_head" else self.amount(value)

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

    def office(self, printed: str) -> str:
        """Return the name of a department: on an English page in English, the printed one after it.

        Examples
        --------
        >>> Labels("en").office("云汀自治州审计局"), Labels("zh").office("云汀自治州审计局")
        ('Audit Bureau of Yunting Autonomous Prefecture (云汀自治州审计局)', '云汀自治州审计局')
        """
        return _beside(self.office_alone(printed), printed)

    def office_alone(self, printed: str) -> str:
        """Return the name of a department in the language of the page, and no other."""
        return english_office(printed) if self.lang == "en" else printed

    def region(self, printed: str) -> str:
        """Return the name of a region: on an English page in English, the printed one after it."""
        return _beside(self.region_alone(printed), printed)

    def region_alone(self, printed: str) -> str:
        """Return the name of a region in the language of the page, and no other."""
        return english_region(printed) if self.lang == "en" else printed

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

    def converted(self, printed: str, unit: str) -> str:
        """Write what a printed amount is in the unit of an English page, in brackets.

        Parameters
        ----------
        printed
            As the document prints it.
        unit
            As the document prints it.

        Returns
        -------
        str
            Begins with a space; empty on a Chinese page, and where it is no amount.

        Examples
        --------
        >>> Labels("en").converted("664.08", "万元"), Labels("zh").converted("664.08", "万元")
        (' (6.6408 million yuan)', '')
        """
        number = parse_number(printed) if self.lang == "en" and unit in UNITS else None
        if number is None:
            return ""
        return f" ({self.exact(float(to_wan(number, unit)))} {self.money.name(self.lang)})"

    def names(self, text: object) -> Markup:
        """Mark Chinese names and quotations of an English page as Chinese, for HTML.

        For what a document prints and nothing else: words of a page are never marked.

        Examples
        --------
        >>> str(Labels("en").names("某局: budget")), str(Labels("zh").names("某局"))
        ('<span lang="zh">某局</span>: budget', '某局')
        """
        escaped = escape(without_control(str(text)))
        return escaped if self.lang == "zh" else Markup(_CHINESE.sub(_marked, escaped))

    def quoted(self, text: str) -> Markup:
        """Mark what stands between “ and ”, or ‘ and ’, in a sentence of an English page, for HTML.

        Examples
        --------
        >>> str(Labels("en").quoted("the note “无” of 2025"))
        'the note “<span lang="zh">无</span>” of 2025'
        """
        parts = re.split("(“[^”]*”?|‘[^’]*’)", without_control(text))
        return Markup("").join(
            self.names(part) if place % 2 else escape(part) for place, part in enumerate(parts)
        )

    def join(self, parts: Iterable[str]) -> str:
        """Join the parts of a list."""
        return ("、" if self.lang == "zh" else ", ").join(parts)
