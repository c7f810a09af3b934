"""What tests of the lessons share: the exercises, their data, and answers as students give them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import nbformat

from budgetkit.lessons.build import data_of_source
from budgetkit.lessons.exercise import Exercise
from budgetkit.lessons.lesson_data import Cell, LessonData
from budgetkit.lessons.lesson_list import Lesson, lessons

LESSONS = list(lessons().values())


def exercises() -> Iterator[tuple[Lesson, Exercise]]:
    for lesson in LESSONS:
        for exercise in lesson.exercises.values():
            yield lesson, exercise


@cache
def truth_of(number: int) -> LessonData:
    """The truth that a lesson's answers come from."""
    return data_of_source(nbformat.read(lessons()[number].notebook, 4))


def as_given(value: Any, data: LessonData) -> Any:
    """The answer as a student gives it: a cell by its id."""
    return data.cells(value)["fact_id"].iloc[0] if isinstance(value, Cell) else value


def numbers(text: str) -> set[float]:
    """The numbers that stand in a text."""
    return {float(found) for found in re.findall(r"\d+(?:\.\d+)?", text.replace(",", ""))}
