"""Lessons that are built for a document of one's own: its name and its figures, and no other's."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetkit.errors import UsageError
from budgetkit.lessons.build import build_lesson, write_lessons
from budgetkit.lessons.lesson_list import LANGUAGES, Lesson
from budgetkit.lessons.own_data import own_data, own_parameters
from budgetkit.lessons.truth_frames import truth
from tests.conftest import RunCli
from tests.helpers.lessons import LESSONS, truth_of

#: Not the document of any lesson.
OTHER = "yunting-sjj-2025"
FIT = [lesson for lesson in LESSONS if lesson.fits_any_document]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("lesson", FIT, ids=lambda lesson: lesson.stem)
def test_its_name_and_no_other_is_in_the_texts(lesson: Lesson, lang: str) -> None:
    notebook = build_lesson(lesson, lang, solved=False, own=truth(OTHER))
    text = "\n".join(cell.source for cell in notebook.cells)
    assert str(truth_of(lesson.number).about["department"]) not in text
    assert f'dataset = "truth"\ndocument = "{OTHER}"' in text


def test_only_lessons_that_fit_any_document_are_written(tmp_path: Path) -> None:
    made = write_lessons(tmp_path, keys=False, own=truth(OTHER))
    assert {path.stem for path in made} == {lesson.stem for lesson in FIT}
    assert {lesson.number for lesson in FIT} == {3, 4, 7, 8}


def test_parameters_are_written_as_python_reads_them() -> None:
    data = truth(OTHER)
    data.folder = Path("a folder/it's")
    assert own_parameters('dataset = ""\ndocument = "a"\nlang = "zh"', data).splitlines() == [
        'dataset = "a folder/it\'s"', f'document = "{OTHER}"', 'lang = "zh"',
    ]  # fmt: skip


def test_a_document_that_is_not_there_is_said(sample_dataset: Path) -> None:
    found = own_data(sample_dataset, OTHER)
    assert (found.document, found.folder.is_absolute()) == (OTHER, True)
    with pytest.raises(UsageError, match="no document 'yunting-sjj'; did you mean"):
        own_data(sample_dataset, "yunting-sjj")


def test_a_dataset_alone_is_not_enough(run_cli: RunCli, tmp_path: Path) -> None:
    done = run_cli("lessons", "build", "--dataset", tmp_path, "--out", tmp_path / "class")
    assert done.returncode == 2
    assert "--document NAME" in done.stderr
    assert not (tmp_path / "class").exists()
