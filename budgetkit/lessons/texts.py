"""The texts of the lessons: looked up by language, with the figures of a dataset filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from budgetkit.errors import UsageError
from budgetkit.lessons.lesson_data import LessonData
from budgetkit.lessons.lesson_list import LANGUAGES, Lesson, common


class Missing(str):
    """What stands for a figure that the dataset does not print."""

    def __format__(self, spec: str) -> str:
        return str(self)


class LessonTexts:
    """The texts of a lesson in one language.

    Parameters
    ----------
    lesson
        Whose.
    lang
        ``zh`` or ``en``.
    data
        That the figures in the texts are computed from.

    Raises
    ------
    UsageError
        There is no such language.
    """

    def __init__(self, lesson: Lesson, lang: str, data: LessonData) -> None:
        check_language(lang)
        self.lesson, self.lang, self._data = lesson, lang, data

    def __call__(self, key: str) -> str:
        """Return a text of the lesson, its figures filled in."""
        own = self.lesson.texts[self.lang]
        if key not in own:
            raise UsageError(f"there is no text '{key}' in {self.lesson.stem}.toml ({self.lang})")
        return self._fill(own[key])

    def exercise(self, exercise: str, key: str) -> str:
        """Return a text of an exercise; empty where it has none.

        Parameters
        ----------
        exercise
            Its id.
        key
            ``ask``, ``hint``, ``why`` or ``reveal``.

        Returns
        -------
        str
        """
        return self._fill(self._exercise(exercise).get(key, ""))

    def mistake(self, exercise: str, name: str) -> str:
        """Return the sentence of a mistake: the exercise's own, or that of all lessons.

        Parameters
        ----------
        exercise
            Its id.
        name
            Of the mistake.

        Returns
        -------
        str
        """
        own = self._exercise(exercise).get("mistakes", {})
        return self._fill(own.get(name) or common()[self.lang]["mistakes"][name])

    def _exercise(self, exercise: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.lesson.texts[self.lang].get("exercise", {})
        own: Mapping[str, Any] = found.get(exercise, {})
        return own

    def _fill(self, text: str) -> str:
        return text.strip().format_map(_Figures(self.lesson, self._data, self.lang))


class _Figures(dict[str, Any]):
    """Computes a figure when a text names it."""

    def __init__(self, lesson: Lesson, data: LessonData, lang: str) -> None:
        super().__init__()
        self._lesson, self._data, self._lang = lesson, data, lang

    def __missing__(self, name: str) -> Any:
        figure = self._lesson.figures.get(name)
        if figure is None:
            raise UsageError(
                f"{self._lesson.stem}.toml names the figure '{name}', which nobody has"
            )
        try:
            return figure(self._data)
        except (LookupError, ZeroDivisionError):
            return Missing(say(self._lang, "not_printed"))


def say(lang: str, key: str, **values: Any) -> str:
    """Return a sentence that all lessons share.

    Parameters
    ----------
    lang
        ``zh`` or ``en``.
    key
        Its name in ``common.toml``.
    **values
        What it names in braces.

    Returns
    -------
    str
    """
    text: str = common()[lang][key]
    return text.strip().format(**values)


def check_language(lang: str) -> None:
    """Raise a ``UsageError`` for a language that the lessons are not in."""
    if lang not in LANGUAGES:
        raise UsageError(f"there is no language {lang!r}", remedy="choose zh or en")
