"""How numbers are written: amounts in a unit, changes, Chinese numerals."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
_DIGITS = "〇一二三四五六七八九"


def rounded(amount: Decimal) -> Decimal:
    """Return an amount to two decimals, halves away from zero as in accounts."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def amount_text(amount: Decimal, unit: str = "万元", thousands: bool = False) -> str:
    """Return an amount of 万元 as printed in a unit, with two decimals.

    Parameters
    ----------
    amount
        万元.
    unit
        万元 or 元.
    thousands
        With separators.

    Returns
    -------
    str
    """
    value = rounded(amount * 10_000 if unit == "元" else amount)
    return f"{value:,.2f}" if thousands else f"{value:.2f}"


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """Return a share in percent to two decimals; a rise from nothing is 100.

    Parameters
    ----------
    part
        万元.
    whole
        万元.

    Returns
    -------
    Decimal
    """
    if whole == 0:
        return Decimal("100.00") if part else Decimal("0.00")
    return rounded(part * 100 / whole)


def chinese_number(number: int) -> str:
    """Return 1 to 99 as 一 to 九十九."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def head_change(change: int | None) -> str:
    """Return 增加3人 or 减少3人."""
    number = change or 0
    return f"{'减少' if number < 0 else '增加'}{abs(number)}人"
