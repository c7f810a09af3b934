"""Two readings of one line: what they agree on is sure, what they differ in is not."""

from __future__ import annotations

from budgetkit.amounts import is_amount, parse_number, squeeze
from budgetkit.extraction.ocr.recogniser import Seen

#: Marks that a speck beside a figure reads as.
SPECKS = ".·,，。、'’`‘-_~:："
#: A character that two readings disagree in is at most this sure.
UNSURE = 0.5


def without_specks(seen: Seen) -> Seen:
    """Leave out the marks around a figure that no figure has there: ``4617.07.`` is 4617.07.

    A sign before the figure stays.
    """
    text = seen.text
    if is_amount(squeeze(text)) or not any(char.isdigit() for char in text):
        return seen
    end = len(text.rstrip(SPECKS + " "))
    start = len(text) - len(text.lstrip(SPECKS.replace("-", "") + " "))
    if not is_amount(squeeze(text[start:end])):
        return seen
    chars = seen.chars[start:end]
    return Seen(text[start:end], min(char.confidence for char in chars if char.text != " "), chars)


def either(first: Seen, second: Seen) -> Seen:
    """Choose between two readings of a line with figures.

    Parameters
    ----------
    first, second
        The second was cut closer.

    Returns
    -------
    Seen
        Where they agree, the first, as sure as the surer one.  Where they differ in their
        digits, that which is an amount, or else the surer one; its figures are not sure.
    """
    if _same(first.text, second.text):
        return first if first.confidence >= second.confidence else second
    amounts = [one for one in (first, second) if is_amount(squeeze(one.text))]
    best = amounts[0] if len(amounts) == 1 else max(first, second, key=lambda one: one.confidence)
    chars = tuple(
        char._replace(confidence=min(char.confidence, UNSURE)) if char.text.isdigit() else char
        for char in best.chars
    )
    return Seen(best.text, min(best.confidence, UNSURE), chars)


def _same(first: str, second: str) -> bool:
    a, b = squeeze(first), squeeze(second)
    number = parse_number(a)
    if number is not None and number == parse_number(b):
        return True
    return _figures(a) == _figures(b)


def _figures(text: str) -> str:
    """What of a text is figures, signs and points."""
    return "".join(char for char in text if char.isdigit() or char in ".-")
