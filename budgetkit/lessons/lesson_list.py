"""The lessons that there are: each a notebook, its texts, and a module with its exercises."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from budgetkit.errors import UsageError, suggestion
from budgetkit.lessons.exercise import Exercise, Guess
from budgetkit.lessons.lesson_data import LessonData

#: ``05_people_and_pay.ipynb`` and ``.toml``; the exercises are in ``exercises/people_and_pay.py``.
SOURCE = Path(__file__).with_name("source")
#: Sentences that all lessons share.
COMMON = "common.toml"
LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class Lesson:
    """One lesson.

    Attributes
    ----------
    number : int
    name : str
        Of its module, and of its files behind the number.
    """

    number: int
    name: str

    @property
    def stem(self) -> str:
        """Name of its files."""
        return f"{self.number:02}_{self.name}"

    @property
    def notebook(self) -> Path:
        """The source that lessons and keys are made from."""
        return SOURCE / f"{self.stem}.ipynb"

    @cached_property
    def texts(self) -> dict[str, Any]:
        """Its texts, by language."""
        return _toml(f"{self.stem}.toml")

    @cached_property
    def _module(self) -> ModuleType:
        return import_module(f"budgetkit.lessons.exercises.{self.name}")

    @property
    def exercises(self) -> dict[str, Exercise]:
        """Its exercises by id."""
        return {one.id: one for one in self._module.EXERCISES if isinstance(one, Exercise)}

    @property
    def guesses(self) -> dict[str, Guess]:
        """Its questions to guess at, by id."""
        return {one.id: one for one in self._module.EXERCISES if isinstance(one, Guess)}

    @property
    def is_project(self) -> bool:
        """Whether it has no exercises: its notebook is run for one's own bureaus and years."""
        return not self._module.EXERCISES

    @property
    def fits_any_document(self) -> bool:
        """Whether its texts hold for any document: they tell of no bundled one in particular."""
        return bool(self.texts.get("any_document", False))

    @property
    def figures(self) -> Mapping[str, Callable[[LessonData], Any]]:
        """Functions of the values that its texts name in braces."""
        found: Mapping[str, Callable[[LessonData], Any]] = self._module.FIGURES
        return found


@cache
def lessons() -> dict[int, Lesson]:
    """Return the lessons by number."""
    found = {}
    for path in sorted(SOURCE.glob("[0-9][0-9]_*.ipynb")):
        number, _, name = path.stem.partition("_")
        found[int(number)] = Lesson(int(number), name)
    return found


def lesson_of(exercise: str) -> Lesson:
    """Return the lesson that an exercise belongs to.

    Parameters
    ----------
    exercise
        Its id: ``5.2``.

    Returns
    -------
    Lesson

    Raises
    ------
    UsageError
        There is no such exercise; the nearest are named.
    """
    first = exercise.partition(".")[0]
    lesson = lessons().get(int(first)) if first.isdigit() else None
    if lesson and exercise in lesson.exercises | lesson.guesses:
        return lesson
    known = [one for each in lessons().values() for one in each.exercises]
    near = lesson.exercises if lesson else known
    raise UsageError(f"there is no exercise '{exercise}'", remedy=suggestion(exercise, near))


@cache
def common() -> dict[str, Any]:
    """Return the sentences that all lessons share, by language."""
    return _toml(COMMON)


def _toml(name: str) -> dict[str, Any]:
    with (SOURCE / name).open("rb") as file:
        return tomllib.load(file)
