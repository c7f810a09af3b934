"""A slip of the pen: what it changes, what is printed now, and what gives it away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random
from typing import Any, NamedTuple, TypeVar

from budgetkit.corpus.families import load_family
from budgetkit.corpus.model import Disclosure, Fact
from budgetkit.corpus.wording import amount_text
from budgetkit.errors import BudgetkitError

#: The unit of the prose.
SAID_UNIT = "万元"
#: By how much an amount goes wrong, 万元: more than rounding explains.
LEAST_OFF, MOST_OFF = 110, 990
#: An amount is lowered only if this many times its error is left.
STAYS = 3
#: The last digit that a step up would carry over, and the least step of amounts.
NINE, CENT = 9, Decimal("0.01")


@dataclass(frozen=True)
class Slip:
    """What was changed: the place, the figure that was right, the one that is printed now.

    Attributes
    ----------
    kind : str
        One of ``kinds.KINDS``.
    table : str
        Canonical id; ``staffing``, ``narrative`` or ``procurement`` for the prose.
    section, code, name, project, measure : str
        The cell, as in a fact; for the prose ``name`` is the item and ``measure`` the field.
    was, now : Decimal or None
        万元, percent, heads or points; ``None`` where no figure is changed or none is left.
    printed, true : str
        What stands on the page, and what should.
    touches : frozenset of str
        The tables and sentences that it changes or needs as witnesses: slips of one document
        share none of them.
    partner : tuple of str
        The other column, where two are exchanged.
    """

    kind: str
    table: str
    section: str
    code: str
    name: str
    project: str
    measure: str
    was: Decimal | None
    now: Decimal | None
    printed: str
    true: str
    touches: frozenset[str]
    partner: tuple[str, ...] = ()


Edit = Callable[[Disclosure], Disclosure]


class Planted(NamedTuple):
    """A slip, and what puts it into the disclosure that it was made for.

    Attributes
    ----------
    slip : Slip
    edit : callable
        Puts it there.
    mark : callable
        Prints another figure or word of the same width in its place: what differs then, on the
        page, is the slip.  For a row that is gone it marks the row where it would stand.
    """

    slip: Slip
    edit: Edit
    mark: Edit


T = TypeVar("T")
#: Makes one slip: from the disclosure, the draws, and the other disclosures that are known.
Maker = Callable[[Disclosure, Random, Sequence[Disclosure]], Planted]


class NoSuchFigure(BudgetkitError):
    """A disclosure prints nothing that a kind of slip can change."""


def pick(candidates: Sequence[T], draws: Random, model: Disclosure, what: str) -> T:
    """Draw one of some candidates.

    Parameters
    ----------
    candidates
        In printed order.
    draws
        Where the number comes from.
    model, what
        For the error: which disclosure has none, and of what.

    Returns
    -------
    object
        One of them.

    Raises
    ------
    NoSuchFigure
        There are none.
    """
    if not candidates:
        raise NoSuchFigure(f"{model.key} prints {what}", remedy="take another kind or document")
    return candidates[draws.randrange(len(candidates))]


def unit_of(model: Disclosure, table: str) -> str:
    """Return the unit that a table is set in.

    Parameters
    ----------
    model
        The disclosure.
    table
        Canonical id; the prose for any other word.

    Returns
    -------
    str
        万元 or 元.
    """
    spec = load_family(model.family).spec(table)
    return SAID_UNIT if spec is None else spec.unit or model.unit


def amounts_of(model: Disclosure) -> frozenset[Decimal]:
    """Return all amounts that a disclosure prints, 万元."""
    said = [statement.amount for statement in model.statements if statement.amount is not None]
    return frozenset([fact.value for fact in model.facts] + said + list(model.told.values()))


def wrong_amount(value: Decimal, model: Disclosure, draws: Random) -> Decimal:
    """Return an amount as a tired person types it: two digits exchanged, or another sum.

    Parameters
    ----------
    value
        The right one, 万元.
    model
        No amount that it prints is taken.
    draws
        Where the choice comes from.

    Returns
    -------
    Decimal
        万元, positive, off by more than rounding explains.
    """
    taken = amounts_of(model)
    exchanged = [other for other in _exchanged(value) if other not in taken]
    if exchanged and draws.random() < 0.5:
        return exchanged[draws.randrange(len(exchanged))]
    while True:
        off = Decimal(draws.randrange(LEAST_OFF, MOST_OFF)) / 100
        other = value - off if value > STAYS * off and draws.random() < 0.5 else value + off
        if other not in taken:
            return other


def _exchanged(value: Decimal) -> list[Decimal]:
    whole, _, rest = str(value).partition(".")
    found = []
    for place in range(len(whole) - 1):
        one, two = whole[place], whole[place + 1]
        if one != two and (place or two != "0"):
            digits = whole[:place] + two + one + whole[place + 2 :]
            found.append(Decimal(f"{digits}.{rest or '0'}"))
    return found


def fact_slip(
    kind: str, model: Disclosure, fact: Fact, now: Decimal, witnesses: Sequence[str] = ()
) -> Planted:
    """Print another figure in one cell.

    Parameters
    ----------
    kind
        Of the slip.
    model
        The disclosure.
    fact
        The cell.
    now
        万元.
    witnesses
        Tables, beside its own, without which it could not be seen.

    Returns
    -------
    Planted
    """
    unit, thousands = unit_of(model, fact.table), model.style.thousands
    slip = Slip(
        kind,
        fact.table,
        fact.section,
        fact.code,
        fact.name,
        fact.project,
        fact.measure,
        fact.value,
        now,
        amount_text(now, unit, thousands),
        amount_text(fact.value, unit, thousands),
        frozenset([fact.table, *witnesses]),
    )

    def edit(one: Disclosure) -> Disclosure:
        facts = tuple(replace(f, value=now) if f == fact else f for f in one.facts)
        return replace(one, facts=facts)

    return Planted(slip, edit, mark_cell(slip))


def said_slip(kind: str, model: Disclosure, place: int, field: str, now: Decimal) -> Planted:
    """Print another figure in one statement of the prose.

    Parameters
    ----------
    kind
        Of the slip.
    model
        The disclosure.
    place
        Of the statement.
    field
        ``amount`` (万元), ``share`` or ``change_pct`` (percent).
    now
        In the same unit.

    Returns
    -------
    Planted
    """
    said = model.statements[place]
    was: Decimal = getattr(said, field)
    slip = Slip(
        kind,
        "narrative",
        said.section,
        "",
        said.item,
        "",
        field,
        was,
        now,
        amount_text(abs(now)),
        amount_text(abs(was)),
        frozenset([f"narrative:{said.section}:{said.lead}{said.item}"]),
    )

    def edit(one: Disclosure, value: Decimal = now) -> Disclosure:
        changes: dict[str, Any] = {field: value}
        wrong = replace(one.statements[place], **changes)
        before, after = one.statements[:place], one.statements[place + 1 :]
        return replace(one, statements=(*before, wrong, *after))

    return Planted(slip, edit, lambda one: edit(one, nudged(now)))


def nudged(value: Decimal, step: Decimal = CENT) -> Decimal:
    """Return a number of the same width, one step off.

    Parameters
    ----------
    value
        Its last digit is that of a step.
    step
        By how much.

    Returns
    -------
    Decimal

    Examples
    --------
    >>> nudged(Decimal("99.99")), nudged(Decimal(12), Decimal(1))
    (Decimal('99.98'), Decimal('13'))
    """
    last = abs(value) // step % 10
    return value - step.copy_sign(value) if last == NINE else value + step.copy_sign(value)


def mark_cell(slip: Slip) -> Edit:
    """Return what prints another figure in the cell of a slip."""
    cell = (slip.table, slip.section, slip.code, slip.name, slip.project, slip.measure)

    def mark(one: Disclosure) -> Disclosure:
        facts = tuple(
            replace(f, value=nudged(f.value))
            if (f.table, f.section, f.code, f.name, f.project, f.measure) == cell
            else f
            for f in one.facts
        )
        return replace(one, facts=facts)

    return mark
