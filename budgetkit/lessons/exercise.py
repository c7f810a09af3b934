"""What an exercise is: a question of a dataset, its answer and the usual mistakes as functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from budgetkit.lessons.lesson_data import LessonData

Answer = Callable[[LessonData], Any]

#: 元 in a 万元.
YUAN = 10_000
PERCENT = 100


@dataclass(frozen=True)
class Exercise:
    """A question with one answer, and what people answer by mistake.

    Attributes
    ----------
    id : str
        Number of the lesson and of the exercise: ``5.2``.
    answer : callable
        Computes the answer from a :class:`LessonData`: a number, a text, a ``Cell``, a set, a list,
        or values by name (a dict or a Series).
    mistakes : mapping of str to callable
        By the name of its sentence in the texts: computes the wrong answer that it leads to.  A
        mistake that gives the right answer, or none, in a dataset counts for nothing there.
    places : int
        Decimals to which a number must be right.
    """

    id: str
    answer: Answer
    mistakes: Mapping[str, Answer] = field(default_factory=dict)
    places: int = 2


@dataclass(frozen=True)
class Guess:
    """A question to guess at before anything is known: no guess is wrong.

    Attributes
    ----------
    id : str
        ``5.0``.
    answer : callable
        Computes what the documents say: a number.
    """

    id: str
    answer: Answer


def in_yuan(answer: Answer) -> Answer:
    """Return the mistake of giving 元 where 万元 is asked for."""
    return lambda data: _times(answer(data), YUAN)


def in_wan(answer: Answer) -> Answer:
    """Return the mistake of giving 万元 where 元 is asked for."""
    return lambda data: _times(answer(data), 1 / YUAN)


def as_share(answer: Answer) -> Answer:
    """Return the mistake of giving 0.25 where 25 per cent is asked for."""
    return lambda data: _times(answer(data), 1 / PERCENT)


def upside_down(answer: Answer) -> Answer:
    """Return the mistake of dividing the other way round."""
    return lambda data: 1 / answer(data)


def wrong_sign(answer: Answer) -> Answer:
    """Return the mistake of taking the later year from the earlier one."""
    return lambda data: _times(answer(data), -1)


def _times(value: Any, factor: float) -> Any:
    if isinstance(value, Mapping):
        return {key: one * factor for key, one in value.items()}
    return value * factor
