"""One line of a budget and of its final account, and the rate of execution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgetkit.amounts import UNITS, parse_number, to_wan
from budgetkit.render.labels import Labels
from budgetkit.storage.figures import Figure
from budgetkit.summary.reading import Unknown

#: The sides of a line.
SIDES = ("budget", "adjusted", "final", "stated")
#: 万元: two amounts closer than this are one, where their digits are not known.
_CLOSE = 0.01


@dataclass(frozen=True, slots=True)
class ExecutionLine:
    """A line of both documents.

    Attributes
    ----------
    code, name : str
        Of the line; ``total``, and ``basic`` and ``project`` of it.
    budget, final : Figure or None
        Of the budget, and of the final account (万元); None where not printed or not read.
    adjusted, stated : Figure or None
        What the final account prints as the adjusted budget, and as the budget of the beginning
        of the year.
    unknown : dict of str to Unknown
        By side: why it has no figure to rely on.
    """

    code: str
    name: str
    budget: Figure | None
    final: Figure | None
    adjusted: Figure | None
    stated: Figure | None
    unknown: Mapping[str, Unknown]

    @property
    def level(self) -> int:
        """1 类, 2 款, 3 项; 0 for wholes and for what is no code."""
        return (len(self.code) - 1) // 2 if self.code.isdigit() else 0

    @property
    def rate(self) -> float | None:
        """Final account by budget, per cent; None where there is none."""
        return _rate(self.final, self.budget)

    @property
    def adjusted_rate(self) -> float | None:
        """Final account by adjusted budget, per cent; None where there is none."""
        return _rate(self.final, self.adjusted)

    @property
    def is_restated(self) -> bool:
        """Whether the final account prints another budget than was published."""
        return bool(self.budget and self.stated and not _agree(self.budget, self.stated))

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Its figures, in the order of :data:`SIDES`."""
        return tuple(figure for side in SIDES if (figure := getattr(self, side)))

    def remarks(self, say: Labels, sides: Sequence[str] = SIDES) -> tuple[str, ...]:
        """Return in words why a rate is missing, and where a budget is printed otherwise.

        Parameters
        ----------
        say
            The words.
        sides
            That are shown.

        Returns
        -------
        tuple of str
        """
        found = [
            say(f"exec.why_{side}", why=why.words(say))
            for side, why in self.unknown.items()
            if side in sides
        ]
        if self.budget and self.final and self.rate is None:
            found.append(say("exec.no_positive"))
        if self.is_restated:
            found.append(self.restated(say))
        return tuple(found)

    def restated(self, say: Labels) -> str:
        """Return in words that the final account prints another budget than was published."""
        if self.budget is None or self.stated is None:
            return ""
        published, again = _shown(self.budget, say), _shown(self.stated, say)
        values = {"budget": published[0], "page": published[1]}
        values |= {"stated": again[0], "other": again[1]}
        return say("exec.restated", **values)


def _shown(figure: Figure, say: Labels) -> tuple[str, str]:
    """Its amount, and its pages."""
    pages = sorted({place.page for place in figure.places})
    return say.exact(figure.amount), ", ".join(map(str, pages))


def _rate(part: Figure | None, whole: Figure | None) -> float | None:
    if part is None or whole is None or whole.amount <= 0:
        return None
    return part.amount / whole.amount * 100


def _agree(one: Figure, other: Figure) -> bool:
    """Whether two printed amounts are one: exactly, or within the coarser of their digits."""
    printed = [_printed(figure) for figure in (one, other)]
    if not all(printed):
        return abs(one.amount - other.amount) < _CLOSE
    (a, step), (b, other_step) = (pair for pair in printed if pair)
    tolerance = max(step, other_step) / 2 if step != other_step else Decimal(0)
    return abs(a - b) <= tolerance


def _printed(figure: Figure) -> tuple[Decimal, Decimal] | None:
    """The printed amount and its last digit's worth, both in 万元; None for a sum."""
    if len(figure.places) != 1 or figure.places[0].unit not in UNITS:
        return None
    place = figure.places[0]
    number = parse_number(place.printed)
    if number is None:
        return None
    last = Decimal(1).scaleb(int(number.as_tuple().exponent))
    return to_wan(number, place.unit), to_wan(last, place.unit)
