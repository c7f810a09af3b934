"""Judge an answer: right, or which of the usual mistakes it is. Pure: it counts no tries."""

from __future__ import annotations

from typing import Any

from budgetkit.lessons.exercise import Answer, Exercise
from budgetkit.lessons.lesson_data import Cell, LessonData
from budgetkit.lessons.likewise import (
    as_number,
    count_missing,
    has_run_together,
    has_stray_comma,
    is_cell,
    is_missing,
    is_several,
    matches,
    same,
    same_but_for_names,
    single,
)
from budgetkit.lessons.texts import LessonTexts, say
from budgetkit.lessons.verdict import Verdict

#: What an answer function raises where the documents do not print what it needs.
NO_ANSWER = (LookupError, ZeroDivisionError, ValueError, TypeError)
#: How far a number with fewer decimals than asked for may be from the answer, as a part of it:
#: 17 for 17.44 is the right calculation, 0.1 for 0.06 may be another one.
NEAR = 0.05


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
        if wrong is None or same_mistake(wrong, wanted, exercise):
            continue
        places = exercise.places
        if same(wrong, given, places, data) or same_but_for_names(wrong, given, places):
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
        return no_number(given, lang)
    if is_several(given) and not isinstance(given, str):
        return say(lang, "one_wanted", count=getattr(given, "size", len(given)))
    if isinstance(wanted, str):
        return say(lang, "not_this_text")
    number, other = as_number(given), as_number(wanted)
    if number is None or other is None:
        return no_number(given, lang)
    return say(lang, "nearly" if _nearly(other, number, places) else "not_yet", places=places)


def no_number(given: Any, lang: str) -> str:
    """Say what to write where a number is asked for, and none is given.

    Parameters
    ----------
    given
        The answer.
    lang
        ``zh`` or ``en``.

    Returns
    -------
    str
    """
    if isinstance(given, tuple):
        return say(lang, "no_commas", count=len(given))
    return say(lang, "decimal_comma" if has_stray_comma(given) else "number_wanted")


def _remark_several(wanted: Any, given: Any, places: int, lang: str) -> str:
    """Say how many of several values are right, or that they are but for their names."""
    only, right, count = matches(wanted, given, places)
    if not right and same_but_for_names(wanted, given, places):
        return say(lang, "names_wanted")
    if not count and (empty := count_missing(given)):
        return say(lang, "all_missing", count=empty)
    if not count:
        key = "set_wanted" if isinstance(wanted, set | frozenset) else "several_wanted"
        return say(lang, key, all=len(wanted))
    if has_run_together(wanted, given):
        return say(lang, "run_together")
    if not right:
        return say(lang, "none_right", all=len(wanted))
    key = "some_right" if only else "some_too_many"
    return say(lang, key, right=right, all=len(wanted), count=count)


def _nearly(wanted: float, given: float, places: int) -> bool:
    """Whether decimals are missing, or the last one was cut off instead of rounded."""
    if places and abs(given - wanted) <= 10 ** (1 - places):
        return True
    # 17 or 17.4 for 17.44, rounded or cut off.
    fewer = {round(wanted, n) for n in range(places)} | {float(int(wanted))}
    return bool(given) and given in fewer and abs(given - wanted) <= NEAR * abs(wanted)
