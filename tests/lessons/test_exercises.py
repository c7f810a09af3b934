"""Each exercise of each lesson: its gap, its usual mistakes by name, and its answer."""

from __future__ import annotations

from pathlib import Path

import pytest

import budgetkit as bk
from budgetkit.lessons.exercise import Exercise
from budgetkit.lessons.judge import answer_of, same_mistake
from budgetkit.lessons.lesson_data import LessonData, data_of
from budgetkit.lessons.lesson_list import LANGUAGES, Lesson
from budgetkit.lessons.likewise import as_number, is_several, same
from budgetkit.lessons.texts import LessonTexts
from budgetkit.storage.table_files import frame
from tests.helpers.lessons import LESSONS, as_given, exercises, numbers, truth_of
from tests.helpers.truth import read

EACH = pytest.mark.parametrize(
    ("lesson", "exercise"), list(exercises()), ids=lambda value: getattr(value, "id", "")
)
#: Rows of numbers that a text may hold: of itself, of classes (301) and years.
PLAIN = 3


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)
def test_a_lesson_has_three_to_six_exercises_in_its_name(lesson: Lesson) -> None:
    assert lesson.is_project or 3 <= len(lesson.exercises) <= 6
    ids = [*lesson.guesses, *lesson.exercises]
    assert [one.partition(".")[0] for one in ids] == [str(lesson.number)] * len(ids)


@EACH
def test_it_fails_with_its_gap_and_each_mistake_and_passes_with_its_answer(
    lesson: Lesson, exercise: Exercise, sample_dataset: Path
) -> None:
    truth = truth_of(lesson.number)
    data = data_of(read(sample_dataset), truth.document)
    bk.lessons.use(read(sample_dataset), document=truth.document, lang="en")
    check = bk.lessons.check
    assert check(exercise.id).kind == "gap"
    assert check(exercise.id, ...).kind == "gap"
    for name, mistake in exercise.mistakes.items():
        said = check(exercise.id, as_given(answer_of(mistake, truth), data))
        assert (said.kind, said.mistake) == ("mistake", name)
    right = answer_of(exercise.answer, truth)
    assert right is not None
    assert check(exercise.id, as_given(right, data)).right
    assert check(exercise.id, None).kind == "wrong"
    assert check(exercise.id, "?").kind == "wrong"


@EACH
def test_no_two_mistakes_are_the_same(lesson: Lesson, exercise: Exercise) -> None:
    truth = truth_of(lesson.number)
    wanted = {name: answer_of(one, truth) for name, one in exercise.mistakes.items()}
    wanted |= {"answer": answer_of(exercise.answer, truth)}
    assert [name for name, value in wanted.items() if value is None] == []
    alike = [
        (name, other)
        for name, value in wanted.items()
        for other, against in wanted.items()
        if name < other and same_mistake(value, against, exercise)
    ]
    assert alike == []
    assert len(exercise.mistakes) >= 2


@EACH
def test_documents_that_print_nothing_have_no_answer(lesson: Lesson, exercise: Exercise) -> None:
    nothing = LessonData(lambda name: frame(name, ()), "a")
    assert answer_of(exercise.answer, nothing) is None


@EACH
def test_the_reader_gives_the_answer_of_the_truth(
    lesson: Lesson, exercise: Exercise, sample_dataset: Path
) -> None:
    truth = truth_of(lesson.number)
    data = data_of(read(sample_dataset), truth.document)
    wanted, found = answer_of(exercise.answer, truth), answer_of(exercise.answer, data)
    assert same(wanted, as_given(found, data), exercise.places, data)


@EACH
@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_texts_are_there_and_never_tell_the_answer(
    lesson: Lesson, exercise: Exercise, lang: str
) -> None:
    truth = truth_of(lesson.number)
    texts = LessonTexts(lesson, lang, truth)
    said = [texts.exercise(exercise.id, key) for key in ("ask", "hint", "why")]
    assert all(said)
    told = [*said[:2], *(texts.mistake(exercise.id, name) for name in exercise.mistakes)]
    answer = answer_of(exercise.answer, truth)
    if not is_several(answer) and (number := as_number(answer)) is not None:
        wanted = round(number, exercise.places)
        assert [text for text in told if wanted in numbers(text)] == []
    assert all(told)
