"""Several slips in one copy: of different kinds, and none hides or explains another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from budgetkit.corpus.model import Disclosure
from budgetkit.corpus.typeset import page_texts
from budgetkit.errors import UsageError
from budgetkit.plant.kinds import KINDS, make, possible
from budgetkit.plant.slip import Planted, Slip

Pages = tuple[tuple[str, ...], ...]
#: Draws of one kind before another kind is tried.
TRIES = 12


@dataclass(frozen=True)
class Error:
    """A slip and the page that it stands on, from 1."""

    slip: Slip
    page: int


@dataclass(frozen=True)
class Copy:
    """A broken copy: the disclosure, and what is wrong in it, by page."""

    model: Disclosure
    errors: tuple[Error, ...]


def broken_copy(
    model: Disclosure,
    seed: object,
    *,
    kinds: Sequence[str] = KINDS,
    number: int = 1,
    others: Sequence[Disclosure] = (),
) -> Copy:
    """Break a copy of a disclosure in several ways.

    Parameters
    ----------
    model
        Left as it is.
    seed
        The same one gives the same copy.
    kinds
        Of which the slips are; each is taken once before one is taken again.
    number
        How many slips.
    others
        Disclosures of other years and units, of which figures may be taken.

    Returns
    -------
    Copy

    Raises
    ------
    UsageError
        The disclosure has no room for so many slips.
    """
    found: list[Planted] = []
    able = possible(model, kinds, others)
    taken: set[str] = set()
    for kind, draw in _draws(able, number, f"{model.key}/{seed}"):
        if kind in taken and taken != set(able):
            continue
        planted = make(model, kind, f"{seed}/{draw}", others)
        if all(_apart(planted.slip, other.slip) for other in found):
            found.append(planted)
            taken.add(kind)
        if len(found) == number:
            break
    else:
        raise UsageError(
            f"{model.key} has room for {len(found)} such errors, not for {number}",
            remedy="ask for fewer, for other kinds or for another document",
        )
    return _with_pages(model, found)


def _draws(kinds: Sequence[str], number: int, seed: str) -> Iterable[tuple[str, int]]:
    """Yield kinds in a drawn order, over and over."""
    order = list(kinds)
    Random(seed).shuffle(order)
    for draw in range(TRIES * number):
        for kind in order:
            yield kind, draw


def _apart(one: Slip, other: Slip) -> bool:
    """Tell whether two slips share no table, no sentence and no figure."""
    figures = {one.was, one.now} - {None}
    return not (one.touches & other.touches or figures & {other.was, other.now})


def _with_pages(model: Disclosure, found: Sequence[Planted]) -> Copy:
    """Apply slips; the page of each is the first that differs when its place is marked."""
    broken = _applied(model, found)
    texts = page_texts(broken)
    errors = []
    for planted in found:
        marked = page_texts(planted.mark(broken))
        if marked == texts:  # the row is gone: where would it stand?
            there = _applied(model, [other for other in found if other is not planted])
            texts_there, marked = page_texts(there), page_texts(planted.mark(there))
            errors.append(Error(planted.slip, _first_difference(texts_there, marked)))
        else:
            errors.append(Error(planted.slip, _first_difference(texts, marked)))
    return Copy(broken, tuple(sorted(errors, key=lambda error: error.page)))


def _first_difference(one: Pages, other: Pages) -> int:
    pairs = enumerate(zip(one, other, strict=False), 1)
    return next(page for page, (a, b) in pairs if a != b)


def _applied(model: Disclosure, found: Iterable[Planted]) -> Disclosure:
    for planted in found:
        model = planted.edit(model)
    return model
