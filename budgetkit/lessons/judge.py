"""Judge an answer: right, or which of the usual mistakes it is. Pure: it counts no tries."""

from __future__ import annotations

from typing import Any

from budgetkit.lessons.exercise import Answer, Exercise
from budgetkit.lessons.lesson_data import Cell, LessonData
from budgetkit.lessons.likewise import (
    as_list,
    as_names,
    as_number,
    is_cell,
    is_missing,
    is_several,
    matches,
    same,
    single,
)
from budgetkit.lessons.texts import LessonTexts, say
from budgetkit.lessons.verdict import Verdict

#: What an answer function raises where the documents do not print what it needs.
NO_ANSWER = (LookupError, ZeroDivisionError, ValueError, TypeError)


def judge(
    exercise: Exercise, given: Any, truth: LessonData, data: LessonData, texts: LessonTexts
) -> Verdict:
    """Say whether an answer is right, or what may have gone wrong, without giving the answer.

    Parameters
    ----------
    exercise
        That is answered.
    given
        The answer; ``...`` where nobody gave one.
    truth
        That the right answer is computed from.
    data
        The student's dataset, which has the ids of the cells.
    texts
        Of the lesson.

    Returns
    -------
    Verdict
    """
    lang = texts.lang

    def verdict(kind: str, *lines: str, mistake: str = "") -> Verdict:
        return Verdict(exercise.id, kind, lines, mistake)

    if given is Ellipsis:
        return verdict("gap", say(lang, "gap"))
    wanted = answer_of(exercise.answer, truth)
    if wanted is None:
        return verdict("unknown", say(lang, "no_answer", document=truth.document))
    if same(wanted, given, exercise.places, data):
        why = texts.exercise(exercise.id, "why")
        return verdict("right", say(lang, "right"), *([why] if why else []))
    for name, mistake in exercise.mistakes.items():
        wrong = answer_of(mistake, truth)
        counts = wrong is not None and not same_mistake(wrong, wanted, exercise)
        if counts and same(wrong, given, exercise.places, data):
            return verdict("mistake", texts.mistake(exercise.id, name), mistake=name)
    return verdict("wrong", _remark(wanted, given, exercise.places, data, lang))


def answer_of(answer: Answer, data: LessonData) -> Any:
    """Compute an answer; None where the documents do not print what it needs.

    Parameters
    ----------
    answer
        A function of the data.
    data
        That it is computed from.

    Returns
    -------
    Any
    """
    try:
        found = answer(data)
    except NO_ANSWER:
        return None
    if is_missing(found) or (is_several(found) and not isinstance(found, str) and not len(found)):
        return None
    if isinstance(found, Cell) and data.cells(found).empty:
        return None
    return found


def same_mistake(wrong: Any, wanted: Any, exercise: Exercise) -> bool:
    """Whether a mistake leads to the right answer in this dataset.

    Parameters
    ----------
    wrong, wanted
        What the mistake gives, and the answer.
    exercise
        Says how exact.

    Returns
    -------
    bool
    """
    if isinstance(wrong, Cell) or isinstance(wanted, Cell):
        return bool(wrong == wanted)
    if is_several(wanted):
        return matches(wanted, wrong, exercise.places) == (True, len(wanted), len(wanted))
    number, other = as_number(wrong), as_number(wanted)
    if number is None or other is None:
        return str(wrong) == str(wanted)
    return round(number, exercise.places) == round(other, exercise.places)


def _remark(wanted: Any, given: Any, places: int, data: LessonData, lang: str) -> str:
    """Say what kind of answer is asked for, or how near this one is."""
    if is_missing(given):
        return say(lang, "missing")
    if isinstance(wanted, Cell):
        return say(lang, "not_this_cell" if is_cell(given, data) is not None else "cell_wanted")
    if is_several(wanted):
        return _remark_several(wanted, given, places, lang)
    given = single(given)
    if isinstance(given, tuple) and not isinstance(wanted, str):
        return say(lang, "no_commas", count=len(given))
    if is_several(given) and not isinstance(given, str):
        return say(lang, "one_wanted", count=getattr(given, "size", len(given)))
    if isinstance(wanted, str):
        return say(lang, "not_this_text")
    return _remark_number(as_number(wanted), as_number(given), places, lang)


def _remark_several(wanted: Any, given: Any, places: int, lang: str) -> str:
    """Say how many of several values are right, or that they are but for their names."""
    only, right, count = matches(wanted, given, places)
    if by_name := as_names(wanted):
        values, loose = by_name.values(), list(as_names(given).values()) or as_list(given)
        if not right and matches(values, loose, places) == (True, len(values), len(values)):
            return say(lang, "names_wanted")
    if not count:
        key = "set_wanted" if isinstance(wanted, set | frozenset) else "several_wanted"
        return say(lang, key, all=len(wanted))
    if not right:
        return say(lang, "none_right", all=len(wanted))
    key = "some_right" if only else "some_too_many"
    return say(lang, key, right=right, all=len(wanted), count=count)


def _remark_number(wanted: float | None, given: float | None, places: int, lang: str) -> str:
    if given is None or wanted is None:
        return say(lang, "number_wanted")
    # A digit too few, or the last one cut off instead of rounded.
    if places and abs(given - wanted) <= 10 ** (1 - places):
        return say(lang, "nearly", places=places)
    return say(lang, "not_yet")
