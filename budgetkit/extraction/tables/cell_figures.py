"""What the text of a cell is: a figure, number-like but unreadable, or something else.

Stands between the cells of a table and its facts.  What is printed around a figure (a currency, a
unit, a footnote mark, a note in brackets) is left out of it; whatever else stands among its digits
makes it unreadable, and the reason is said in words, so that it is listed and never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from budgetkit.numerals import MINUS, fold_digits, read_numeral

#: Words of a unit behind a figure, and the unit that each says.
UNIT_WORDS = {
    "元": "元", "元整": "元", "百元": "百元", "千元": "千元", "万元": "万元", "万": "万元",
    "百万元": "百万元", "亿元": "亿元", "亿": "亿元",
}  # fmt: skip
_WORDS_OF_UNIT = "|".join(sorted(UNIT_WORDS, key=len, reverse=True))
#: What stands before a figure and is no part of it: quotation marks, stars, 约, a currency.
_BEFORE = re.compile(r"[\"'“”‘’`*※†‡+≈~]|大?约|人民币|RMB|CNY|[¥￥]", re.IGNORECASE)
#: What stands behind it: the same marks, a full stop, 注1, [1].
_AFTER = re.compile(
    r"[\"'“”‘’`*※†‡。]|\[[0-9]{1,2}\]|〔[0-9]{1,2}〕|[(\[]?注[0-9]{0,2}[)\]]?", re.IGNORECASE
)
_UNIT_AFTER = re.compile(rf"\(?(?:人民币)?({_WORDS_OF_UNIT})\)?")
#: A note in brackets behind a figure: （上年90.00）; one that may change its sign is none.
_NOTE = re.compile(r"\((?=[^()]*[\u4e00-\u9fff])[^()减降负少亏赤冲]*\)")
_OTHER_CURRENCY = re.compile(r"[$€£]|US[D$]?|HK[D$]?|[美欧港日英]元|日圆|英镑|港币", re.IGNORECASE)
_PERCENT = re.compile(r"[%‰]")
#: A spreadsheet prints # where a column is too narrow, and a word with # for a broken formula.
_HASHES = re.compile(r"#{2,}")
_ERROR = re.compile(r"#?(REF|DIV/0|VALUE|NAME|NUM|NULL|N/A|SPILL|CALC)[!?]?", re.IGNORECASE)
#: What a character that the file doesn't name may stand among: the rest of a figure.
_OF_FIGURE = re.compile(rf"[{MINUS}0-9.,'’%()¥\s]*")
#: Letters and ideographs that scans and typists put for digits.
_LETTERS = re.compile(r"[OoQDlIiSsZzB|!〇○零一]")
#: More characters than this that are no digits make words of a text.
MOST_ODD = 2
_POWER = re.compile(rf"[{MINUS}]?[0-9.]+E[{MINUS}+]?[0-9]+", re.IGNORECASE)
#: Everything that a figure, or several, may consist of.
_NUMBER_LIKE = re.compile(
    rf"[{MINUS}0-9¼½¾⅓⅔〇○.,;:、·。'’‘′`´\"“”*※†‡+≈~约/\\()\[\]<>≤≥=×%‰¥$€£_\s]*"
)
_DATE = re.compile(r"(19|20)[0-9]{2}[-./年][0-9]{1,2}([-./月][0-9]{1,2}日?|月)?")
#: A code, or the number of an item or a column, in brackets: [2010301], (1).
_NUMBERED = re.compile(
    r"[\[【〔][0-9]+[\]】〕]|\([0-9]{1,2}\)|[0-9]{1,2}[、,)]|[0-9=+\-*]*=[0-9=+\-*]*"
)
_AMOUNT_INSIDE = re.compile(r"[0-9][.,][0-9]")
_IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class CellFigure:
    """The figure of a cell.

    Attributes
    ----------
    value : decimal.Decimal
        As printed, in ``unit`` where the cell states one.
    printed : str
        The numeral alone, without white space.
    is_amount : bool
        It has a decimal point or thousands separators.
    repaired : bool
        Its separators are unusual, or its digits are spread.
    unit : str
        That the cell prints behind the figure; empty where it prints none.
    note : str
        In brackets behind the figure, with a number of its own; empty where there is none.
    """

    value: Decimal
    printed: str
    is_amount: bool
    repaired: bool = False
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A text that looks like a number and can't be read.

    Attributes
    ----------
    reason : str
        What is wrong with it, to follow its text in a sentence.
    is_percent : bool
        It is a share, and no amount at all.
    has_words : bool
        An amount stands among words: it may be a name, or a sentence.
    """

    reason: str
    is_percent: bool = False
    has_words: bool = False


@lru_cache(maxsize=8192)
def read_figure(text: str) -> CellFigure | Unreadable | None:
    """Read the text of a cell.

    Parameters
    ----------
    text
        As printed.

    Returns
    -------
    CellFigure, Unreadable or None
        None where the text does not look like a number: a name, a code in brackets, a date, a
        count with its word, a dash for blank.

    Examples
    --------
    >>> read_figure("¥1,234.56").printed, read_figure("150.00万元").unit
    ('1,234.56', '万元')
    >>> read_figure("15O.00").reason, read_figure("科学技术支出")
    ('has letters among its digits', None)
    """
    if found := read_numeral(text):
        return CellFigure(found.value, _bare(text), found.is_amount, found.repaired)
    plain = fold_digits(text)
    if not _may_be_figure(plain):
        return None
    stripped = _without_surroundings(plain)
    found = read_numeral(stripped.core)
    if found and not (stripped.doubled or _OTHER_CURRENCY.search(plain)):
        return CellFigure(
            found.value,
            _bare(stripped.core),
            found.is_amount,
            found.repaired,
            stripped.unit,
            stripped.note,
        )
    if _DATE.fullmatch(plain) or _NUMBERED.fullmatch(plain):
        return None
    return _why(plain, stripped.core)


def _bare(text: str) -> str:
    return "".join(text.split())


def _is_unknown(char: str) -> bool:
    """Whether a character has no name: U+FFFD, private use, a control code."""
    return char == "\ufffd" or unicodedata.category(char) in ("Co", "Cc", "Cn")


def _may_be_figure(plain: str) -> bool:
    return any(char.isdigit() or char == "#" or _is_unknown(char) for char in plain) or (
        plain != "" and not plain.strip(".,")
    )


@dataclass(slots=True)
class _Stripped:
    """A text without what surrounds its figure; ``doubled`` where a part of it stands twice."""

    core: str
    unit: str = ""
    note: str = ""
    doubled: bool = False


def _without_surroundings(plain: str) -> _Stripped:
    """Take off, one by one, what stands before and behind a figure."""
    found = _Stripped(plain)
    changed = True
    while changed and found.core and not read_numeral(found.core):
        before = found.core
        if (start := _BEFORE.match(found.core)) and start.end():
            found.core = found.core[start.end() :].strip()
        for take in (_take_unit, _take_mark, _take_note):
            take(found)
        changed = found.core != before
    return found


def _at_end(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next((m for m in pattern.finditer(text) if m.end() == len(text) and m.start()), None)


def _take_unit(found: _Stripped) -> None:
    if end := _at_end(_UNIT_AFTER, found.core):
        unit = UNIT_WORDS[end.group(1)]
        found.doubled |= bool(found.unit)
        found.core, found.unit = found.core[: end.start()].strip(), unit


def _take_note(found: _Stripped) -> None:
    if end := _at_end(_NOTE, found.core):
        has_number = any(char.isdigit() for char in end.group())
        found.doubled |= has_number and bool(found.note)
        found.core = found.core[: end.start()].strip()
        found.note = end.group() if has_number else found.note


def _take_mark(found: _Stripped) -> None:
    """Footnote marks: a raised digit in front may be the figure's own, under a wrong name."""
    core = found.core
    while core and _is_footnote(core[-1]):
        core = core[:-1].strip()
    while core and _is_footnote(core[0]) and not _is_raised(core[0]):
        core = core[1:].strip()
    if end := _at_end(_AFTER, core):
        core = core[: end.start()].strip()
    found.core = core


def _is_footnote(char: str) -> bool:
    is_fraction = unicodedata.decomposition(char).startswith("<fraction>")
    return unicodedata.category(char) == "No" and not is_fraction


def _is_raised(char: str) -> bool:
    return unicodedata.decomposition(char).startswith("<super>")


def _has_unnamed(plain: str) -> bool:
    if not any(map(_is_unknown, plain)):
        return False
    named = "".join(char for char in plain if not _is_unknown(char))
    return _OF_FIGURE.fullmatch(named) is not None


def _has_letters(core: str) -> bool:
    digits, letters = sum(char.isdigit() for char in core), len(_LETTERS.findall(core))
    found = read_numeral(_LETTERS.sub("1", core)) if letters else None
    # Beside a point or a comma most of the digits may be letters: 1OO.OO.
    return found is not None and (found.is_amount or letters < digits)


def _has_odd(core: str) -> bool:
    """Whether one or two characters stand for digits of an amount, or one for its point."""
    odd = [char for char in core if not _NUMBER_LIKE.fullmatch(char)]
    if not 0 < len(odd) <= MOST_ODD or core[-1] in odd:
        return False
    if len(odd) >= sum(char.isdigit() for char in core):
        return False
    stands_for = ["1"] if _IDEOGRAPH.search(core) else ["1", "."]
    for plain in stands_for:
        text = "".join(plain if char in odd else char for char in core)
        if (found := read_numeral(text)) and found.is_amount:
            return True
    return False


def _are_several(core: str) -> bool:
    parts = [part for part in re.split(r"[/\\\s|~]|(?<=[0-9])[-–—−](?=[0-9])", core) if part]
    return len(parts) > 1 and all(map(read_numeral, parts))


#: Kinds of unreadable texts by the test that tells each, in the order of trying.
_KINDS: tuple[tuple[Callable[[str], object], str], ...] = (
    (_has_unnamed, "has a character without a name"),
    (_HASHES.search, "stands for a figure that its column was too narrow for"),
    (_ERROR.fullmatch, "is the error of a broken formula"),
    (_OTHER_CURRENCY.search, "is in another currency"),
    (_POWER.fullmatch, "is written with a power of ten"),
    (_are_several, "holds more than one figure"),
    (_has_letters, "has letters among its digits"),
)


def _why(plain: str, core: str) -> Unreadable | None:
    """Why a text that is no figure looks like one; None where it does not."""
    if _PERCENT.search(plain) and _NUMBER_LIKE.fullmatch(plain):
        return Unreadable("is a percent", is_percent=True)
    for tells, reason in _KINDS:
        if tells(plain) or tells(core):
            words = len(_IDEOGRAPH.findall(core)) > 1
            return Unreadable(reason, has_words=words)
    if _NUMBER_LIKE.fullmatch("".join(c for c in core if not _is_footnote(c))):
        return Unreadable("does not read as one number")
    if _AMOUNT_INSIDE.search(plain):
        return Unreadable("holds words beside its figure", has_words=True)
    if _has_odd(core):
        return Unreadable("has other characters among its digits")
    return None
