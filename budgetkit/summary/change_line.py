"""One line of what changed against the year before."""

from __future__ import annotations

from dataclasses import dataclass

from budgetkit.storage.figures import Figure


@dataclass(frozen=True, slots=True)
class OtherReason:
    """Another reason that the prose gives for a change.

    Attributes
    ----------
    words : str
        As published.
    figure : Figure
        The amount in its sentence, with its place.
    stated : float or None
        The change that the sentence states, 万元, where it is another than the tables'.
    """

    words: str
    figure: Figure
    stated: float | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """An amount and what it was a year before.

    Attributes
    ----------
    kind : str
        ``total``, ``source``, ``item``, ``use``, ``class``, ``three_public`` or ``prose``.
    code, name : str
        Of the line.
    now, before : Figure or None
        万元; None where that year does not print it.
    by : float or None
        万元, negative for less.
    percent : float or None
        Of the year before; None where that is zero or not printed.
    reason : str
        As the prose gives it; empty where it gives none.
    said : Figure or None
        The amount in the sentence that gives the reason, with its place.
    stated : float or None
        The change that this sentence states, 万元, where it is another than ``by``.
    other_reasons : tuple of OtherReason
        Where the prose gives different reasons and none states this change alone.
    """

    kind: str
    code: str
    name: str
    now: Figure | None
    before: Figure | None
    by: float | None
    percent: float | None
    reason: str = ""
    said: Figure | None = None
    stated: float | None = None
    other_reasons: tuple[OtherReason, ...] = ()
