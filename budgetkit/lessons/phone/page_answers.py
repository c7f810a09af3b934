"""An exercise in a page: its fields, and what is said to which answer, as salted hashes.

A page has no server that knows the answer.  It has a hash of each right answer and of each usual
mistake, computes the hash of what is typed, and says what belongs to it.  The answer itself stands
in the page only for those who ask for the solution, and not in plain text.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Any

from budgetkit.amounts import squeeze
from budgetkit.lessons.exercise import Exercise, Guess
from budgetkit.lessons.judge import answer_of, same_mistake
from budgetkit.lessons.lesson_data import Cell, LessonData
from budgetkit.lessons.likewise import as_names, as_number, is_several
from budgetkit.lessons.texts import LessonTexts, say

#: Hexadecimal digits of a hash: too many for a chance hit among the numbers that one types.
DIGITS = 24
#: Joins the values of a set or a list; never typed.
JOINT = "|"
#: What the answer is called among the usual mistakes.
RIGHT = "right"


def page_exercise(
    exercise: Exercise, truth: LessonData, data: LessonData, texts: LessonTexts
) -> dict[str, Any] | None:
    """Return what a page has to know of an exercise.

    Parameters
    ----------
    exercise
        Which one.
    truth
        That its answer and its mistakes are computed from.
    data
        The dataset, which has the ids of cells.
    texts
        Of the lesson.

    Returns
    -------
    dict or None
        For JSON: ``fields`` with their hashes, and the sentences; None where there is no answer.
    """
    wanted = answer_of(exercise.answer, truth)
    if wanted is None:
        return None
    wrong = {
        name: value
        for name, mistake in exercise.mistakes.items()
        if (value := answer_of(mistake, truth)) is not None
        and not same_mistake(value, wanted, exercise)
    }
    labels = list(as_names(wanted)) or [""]
    fields = [
        _field(exercise, label, wanted, wrong, data)
        for label in labels
    ]  # fmt: skip
    lang = texts.lang
    return {
        "id": exercise.id,
        "kind": kind_of(wanted),
        "places": exercise.places,
        "fields": fields,
        "said": {
            RIGHT: " ".join((say(lang, "right"), texts.exercise(exercise.id, "why"))),
            **{name: texts.mistake(exercise.id, name) for name in wrong},
        },
        "hint": say(lang, "hint", hint=texts.exercise(exercise.id, "hint")),
        "answer": hidden(_shown(wanted, exercise.places, data)),
    }


def page_guess(guess: Guess, truth: LessonData, texts: LessonTexts) -> dict[str, Any]:
    """Return what a page has to know of a question to guess at.

    Parameters
    ----------
    guess
        Which one.
    truth
        That its answer is computed from.
    texts
        Of the lesson.

    Returns
    -------
    dict
        For JSON.
    """
    known = answer_of(guess.answer, truth) is not None
    reveal = texts.exercise(guess.id, "reveal")
    unknown = say(texts.lang, "no_answer", document=truth.document)
    return {
        "id": guess.id,
        "kind": "guess",
        "places": 0,
        "fields": [{"label": "", "salt": "", "hashes": {}}],
        "said": {},
        "hint": "",
        "answer": hidden(reveal if known else unknown),
    }


def kind_of(wanted: Any) -> str:
    """Return how a page reads what is typed: ``number``, ``text``, ``set`` or ``list``."""
    values = list(as_names(wanted).values())
    if values:
        return kind_of(values[0])
    if is_several(wanted):
        return "list" if isinstance(wanted, list | tuple) else "set"
    is_text = isinstance(wanted, str | bool | Cell)
    return "text" if is_text else "number"


def normal(value: Any, kind: str, places: int) -> str:
    """Return an answer as a page normalises what is typed.

    Parameters
    ----------
    value
        The answer.
    kind
        As of :func:`kind_of`.
    places
        Decimals of numbers.

    Returns
    -------
    str

    Examples
    --------
    >>> normal(17.4428, "number", 2), normal({"303", "301"}, "set", 0), normal("人 员", "text", 0)
    ('17.44', '301|303', '人员')
    """
    if kind == "number":
        number = as_number(value)
        # Plus zero: a page knows no negative zero.
        return "" if number is None else f"{round(number, places) + 0.0:.{places}f}"
    if kind in ("set", "list"):
        texts = [squeeze(str(one)).lower() for one in value]
        return JOINT.join(sorted(texts) if kind == "set" else texts)
    return squeeze(str(value)).lower()


def digest(salt: str, text: str) -> str:
    """Return the salted hash of a normalised answer.

    Parameters
    ----------
    salt
        Of the field.
    text
        As of :func:`normal`.

    Returns
    -------
    str
    """
    return hashlib.sha256(f"{salt}{JOINT}{text}".encode()).hexdigest()[:DIGITS]


def hidden(text: str) -> str:
    """Return a text that nobody reads by chance."""
    return base64.b64encode(text.encode()).decode("ascii")


def _field(
    exercise: Exercise, label: str, wanted: Any, wrong: Mapping[str, Any], data: LessonData
) -> dict[str, Any]:
    """Return a field of an exercise: all of its answer, or the part with that name."""
    salt = f"budgetkit/{exercise.id}/{label}"
    kind = kind_of(wanted)
    hashes: dict[str, list[str]] = {}
    for name, value in {RIGHT: wanted, **wrong}.items():
        part = as_names(value).get(label) if label else value
        if part is None:
            continue
        for one in _spellings(part, data):
            # The answer comes first, no mistake takes its hash; two mistakes may share one.
            names = hashes.setdefault(digest(salt, normal(one, kind, exercise.places)), [])
            if names != [RIGHT]:
                names.append(name)
    return {"label": label, "salt": salt, "hashes": hashes}


def _spellings(value: Any, data: LessonData) -> list[Any]:
    """Return what may be typed for a value: a cell has an id, or several."""
    return data.cells(value)["fact_id"].tolist() if isinstance(value, Cell) else [value]


def _shown(wanted: Any, places: int, data: LessonData) -> str:
    if names := as_names(wanted):
        return "; ".join(f"{name} {_shown(one, places, data)}" for name, one in names.items())
    if isinstance(wanted, Cell):
        return str(_spellings(wanted, data)[0])
    if is_several(wanted) and not isinstance(wanted, str):
        return ", ".join(str(one) for one in wanted)
    number = None if isinstance(wanted, str | bool) else as_number(wanted)
    return str(wanted) if number is None else f"{number:,.{places}f}"
