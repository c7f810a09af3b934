"""What a lesson's notebook calls: which dataset it is about, and what is right.

The one module of the lessons that remembers: the dataset and the tries of this session.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from budgetkit.api import read_dataset
from budgetkit.dataset import Dataset
from budgetkit.demo import prepare
from budgetkit.errors import UsageError, suggestion
from budgetkit.lessons.judge import answer_of, judge, no_number
from budgetkit.lessons.lesson_data import LessonData, data_of
from budgetkit.lessons.lesson_list import lesson_of
from budgetkit.lessons.likewise import as_number, single
from budgetkit.lessons.solutions import Solution, solution_of
from budgetkit.lessons.texts import LessonTexts, check_language, say
from budgetkit.lessons.truth_frames import is_corpus, truth
from budgetkit.lessons.verdict import Verdict

#: Wrong answers before a hint is given, and before the solution may be seen.
HINT_AFTER, SOLUTION_AFTER = 2, 3


@dataclass
class Classroom:
    """What is remembered of a session.

    Attributes
    ----------
    lang : str
        Of the lesson.
    data, truth : LessonData or None
        The student's dataset, and what the answers are computed from.
    tries : Counter
        Wrong answers, by exercise.
    """

    lang: str = "zh"
    data: LessonData | None = None
    truth: LessonData | None = None
    tries: Counter[str] = field(default_factory=Counter)

    def look(self) -> tuple[LessonData, LessonData]:
        """Return the student's data and the truth; those of the corpus where nothing was chosen."""
        if self.data is None or self.truth is None:
            use()
        if self.data is None or self.truth is None:
            raise UsageError("no dataset is in use", remedy="call bk.lessons.use() first")
        return self.data, self.truth


_ROOM = Classroom()


def use(dataset: Dataset | str | Path = "", *, document: str = "", lang: str = "zh") -> Dataset:
    """Say what a lesson is about, and begin it anew: tries are forgotten.

    Parameters
    ----------
    dataset
        A dataset or its folder; if empty, the bundled corpus, which is extracted when it is first
        needed.  Answers are computed from it; those about the corpus come from its data files.
    document
        The disclosure that the lesson is about; if empty, the first with head counts.
    lang
        ``zh`` or ``en``, of what is said.

    Returns
    -------
    Dataset

    Raises
    ------
    UsageError
        There is no such dataset, document or language.

    Examples
    --------
    >>> import budgetkit as bk
    >>> len(bk.lessons.use(document="changji-kjj-2025", lang="en").documents)
    22
    """
    check_language(lang)
    chosen = dataset if isinstance(dataset, Dataset) else read_dataset(dataset or prepare())
    document = document or _first(chosen)
    known = chosen.choose()["document"]
    if document not in set(known):
        raise UsageError(
            f"there is no document '{document}'",
            file=chosen.folder,
            remedy=suggestion(document, known),
        )
    _ROOM.lang, _ROOM.data = lang, data_of(chosen, document)
    _ROOM.truth = truth(document) if is_corpus(chosen) else _ROOM.data
    _ROOM.tries.clear()
    return chosen


def _first(dataset: Dataset) -> str:
    staffing = dataset.staffing
    told = staffing.loc[staffing["active"].notna(), "document"]
    return str((told if len(told) else dataset.choose()["document"]).iloc[0])


def check(exercise: str, answer: Any = ...) -> Verdict:
    """Say whether an answer is right, or which of the usual mistakes it is.

    After two wrong answers there is a hint, after three the solution may be seen.

    Parameters
    ----------
    exercise
        Its id: ``5.2``.
    answer
        A value, several of them, a frame, or the id of a cell; ``...`` is a gap.

    Returns
    -------
    Verdict
        Displays itself in a notebook.

    Examples
    --------
    >>> import budgetkit as bk
    >>> ds = bk.lessons.use(document="changji-kjj-2025", lang="en")
    >>> bk.lessons.check("5.1", ...).kind, bk.lessons.check("5.1", 44).mistake
    ('gap', 'total_for_active')
    """
    try:
        lesson = lesson_of(exercise)
    except UsageError as problem:
        return Verdict(exercise, "unknown", (str(problem),))
    if exercise in lesson.guesses:
        return guess(exercise, answer)
    data, true = _ROOM.look()
    texts = LessonTexts(lesson, _ROOM.lang, true)
    said = judge(lesson.exercises[exercise], answer, true, data, texts)
    if said.kind not in ("mistake", "wrong"):
        return said
    _ROOM.tries[exercise] += 1
    return Verdict(exercise, said.kind, (*said.lines, *_help(texts, exercise)), said.mistake)


def _help(texts: LessonTexts, exercise: str) -> list[str]:
    """Return what is added after some tries."""
    tries, lang = _ROOM.tries[exercise], texts.lang
    lines = []
    if tries >= HINT_AFTER:
        lines.append(say(lang, "hint", hint=texts.exercise(exercise, "hint")))
    if tries >= SOLUTION_AFTER:
        lines.append(say(lang, "may_see", exercise=exercise))
    return lines


def guess(exercise: str, answer: Any = ...) -> Verdict:
    """Take a guess at a warm-up question: none is wrong, and the documents' figure is told.

    Parameters
    ----------
    exercise
        Its id: ``5.0``.
    answer
        A number; ``...`` is a gap.

    Returns
    -------
    Verdict
        Displays itself in a notebook.

    Examples
    --------
    >>> import budgetkit as bk
    >>> ds = bk.lessons.use(document="changji-kjj-2025", lang="en")
    >>> bk.lessons.guess("5.0", 50).kind
    'guess'
    """
    try:
        lesson = lesson_of(exercise)
    except UsageError as problem:
        return Verdict(exercise, "unknown", (str(problem),))
    if exercise not in lesson.guesses:
        return check(exercise, answer)
    _, true = _ROOM.look()
    texts = LessonTexts(lesson, _ROOM.lang, true)
    if answer is Ellipsis:
        return Verdict(exercise, "gap", (say(_ROOM.lang, "guess_gap"),))
    number, wanted = as_number(single(answer)), answer_of(lesson.guesses[exercise].answer, true)
    if number is None:
        return Verdict(exercise, "gap", (no_number(single(answer), _ROOM.lang),))
    if wanted is None:
        return Verdict(exercise, "unknown", (say(_ROOM.lang, "no_answer", document=true.document),))
    noted = say(_ROOM.lang, "guessed", guess=f"{number:,.12g}")
    return Verdict(exercise, "guess", (noted, texts.exercise(exercise, "reveal")))


def solution(exercise: str) -> Solution | Verdict:
    """Show the solution of an exercise, after three wrong answers.

    Parameters
    ----------
    exercise
        Its id: ``5.2``.

    Returns
    -------
    Solution or Verdict
        Displays itself in a notebook; before the third try, how many are left.

    Examples
    --------
    >>> import budgetkit as bk
    >>> ds = bk.lessons.use(document="changji-kjj-2025", lang="en")
    >>> bk.lessons.solution("5.1").kind
    'gap'
    """
    try:
        lesson = lesson_of(exercise)
    except UsageError as problem:
        return Verdict(exercise, "unknown", (str(problem),))
    left = SOLUTION_AFTER - _ROOM.tries[exercise]
    if left > 0:
        return Verdict(exercise, "gap", (say(_ROOM.lang, "try_first", left=left),))
    _, true = _ROOM.look()
    return solution_of(exercise, LessonTexts(lesson, _ROOM.lang, true))
