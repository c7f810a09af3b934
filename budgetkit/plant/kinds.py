"""The kinds of slips: what each is, what shows it, and how it is planted."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random

from budgetkit.corpus.model import Disclosure
from budgetkit.errors import UsageError, nearest
from budgetkit.plant import figure_slips, row_slips
from budgetkit.plant.slip import Maker, NoSuchFigure, Planted, Slip

_MAKERS: dict[str, Maker] = {**figure_slips.MAKERS, **row_slips.MAKERS}
#: All kinds, in the order of the list.
KINDS = tuple(_MAKERS)


@dataclass(frozen=True)
class Kind:
    """A kind in words.

    Attributes
    ----------
    kind : str
        Its name.
    zh, en : str
        What is wrong.
    shows_zh, shows_en : str
        What on the pages shows it.
    """

    kind: str
    zh: str
    en: str
    shows_zh: str
    shows_en: str


@cache
def described() -> dict[str, Kind]:
    """Return the kinds in words, by name.

    Examples
    --------
    >>> described()["weight"].en
    'the weights of a target table no longer add up'
    """
    text = (files("budgetkit.plant") / "kinds.csv").read_text(encoding="utf-8")
    return {row["kind"]: Kind(**row) for row in csv.DictReader(text.splitlines())}


def check_kinds(kinds: Sequence[str]) -> None:
    """Check that all kinds are known.

    Raises
    ------
    UsageError
        One is not.
    """
    for kind in kinds:
        if kind not in _MAKERS:
            raise UsageError(
                f"there is no kind of error '{kind}'{nearest(kind, KINDS)}",
                remedy="see 'budgetkit plant --list'",
            )


def make(
    model: Disclosure, kind: str, seed: object = 0, others: Sequence[Disclosure] = ()
) -> Planted:
    """Make a slip for a disclosure; the same arguments give the same slip.

    Parameters
    ----------
    model
        Left as it is.
    kind
        One of ``KINDS``.
    seed
        Any value that prints the same each time.
    others
        Disclosures of other years and units, of which figures may be taken.

    Returns
    -------
    Planted
        The slip, and the function that puts it into the disclosure.

    Raises
    ------
    UsageError
        The kind is unknown.
    NoSuchFigure
        The disclosure prints nothing that this kind can change.
    """
    check_kinds([kind])
    draws = Random(f"{model.key}/{kind}/{seed}")
    return _MAKERS[kind](model, draws, others)


def plant(
    model: Disclosure, kind: str, seed: object = 0, others: Sequence[Disclosure] = ()
) -> tuple[Disclosure, Slip]:
    """Break a copy of a disclosure in one way.

    Parameters
    ----------
    model
        Left as it is.
    kind
        One of ``KINDS``.
    seed
        Any value that prints the same each time.
    others
        Disclosures of other years and units, of which figures may be taken.

    Returns
    -------
    tuple of Disclosure and Slip
        The copy, and what is wrong in it.
    """
    planted = make(model, kind, seed, others)
    return planted.edit(model), planted.slip


def possible(
    model: Disclosure, kinds: Sequence[str] = KINDS, others: Sequence[Disclosure] = ()
) -> tuple[str, ...]:
    """Return which kinds a disclosure can have.

    Parameters
    ----------
    model
        The disclosure.
    kinds
        Those asked for.
    others
        Disclosures of other years and units.

    Returns
    -------
    tuple of str
    """
    found = []
    for kind in kinds:
        try:
            make(model, kind, 0, others)
        except NoSuchFigure:
            continue
        found.append(kind)
    return tuple(found)
