"""The closing project: no exercises, and no figures in its texts: each run computes its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from budgetkit.lessons.exercise import Exercise, Guess
from budgetkit.lessons.lesson_data import LessonData

EXERCISES: tuple[Exercise | Guess, ...] = ()
FIGURES: dict[str, Callable[[LessonData], Any]] = {}
