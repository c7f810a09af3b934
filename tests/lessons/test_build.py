"""Lessons and keys are made from one source, and those in notebooks/lessons are of today."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from budgetkit.errors import UsageError
from budgetkit.lessons.build import build_all, build_lesson, write_lessons
from budgetkit.lessons.lesson_list import LANGUAGES, Lesson
from budgetkit.lessons.source_cells import KEY, taken_apart
from tests.conftest import ROOT
from tests.helpers.lessons import LESSONS

FOLDER = ROOT / "notebooks" / "lessons"
EACH = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)
#: A number with decimals or thousands, or an amount with its unit: figures are never typed.
TYPED = re.compile(r"\d[.,]\d|\d+ ?(?:万元|亿元|元|人(?!民)|yuan\b|people\b)")
#: Round sums that explain a word: of each 100 yuan.
ROUND = re.compile(r"\b(?:1|10|100|1,?000|10,?000) ?(?:元|万元|yuan)")


def test_the_notebooks_in_the_repository_are_a_fresh_build() -> None:
    fresh = {one.file: one.text for one in build_all(keys=False)}
    committed = {
        path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8")
        for lang in LANGUAGES
        for path in (FOLDER / lang).glob("*.ipynb")
    }
    assert committed == fresh, "run `budgetkit lessons build`, and commit what it writes"


@EACH
@pytest.mark.parametrize("lang", LANGUAGES)
def test_lesson_and_key_differ_in_the_solutions_alone(lesson: Lesson, lang: str) -> None:
    with_gaps = build_lesson(lesson, lang, solved=False)
    solved = build_lesson(lesson, lang, solved=True)
    for notebook in (with_gaps, solved):
        nbformat.validate(notebook)
        assert not any(KEY.search(cell.source) for cell in notebook.cells)
    pairs = list(zip(with_gaps.cells, solved.cells, strict=True))
    differ = [gap for gap, key in pairs if gap.source != key.source]
    assert all(" = ...\n" in cell.source for cell in differ)
    asked = [taken_apart(cell.source).exercise for cell in differ]
    assert asked == [*lesson.guesses, *lesson.exercises]
    assert not any("..." in key.source for _, key in pairs if key.cell_type == "code")


@EACH
def test_every_lesson_has_all_its_parts_in_both_languages(lesson: Lesson) -> None:
    source = nbformat.read(lesson.notebook, 4)
    keys = [key for cell in source.cells for key in KEY.findall(cell.source)]
    assert {"title", "objectives", "summary", "discuss"} <= set(keys)
    assert lesson.guesses or "warmup" in keys
    assert len(keys) == len(set(keys))
    zh, en = (lesson.texts[lang] for lang in LANGUAGES)
    assert shape(zh) == shape(en)
    used = {key for key in keys if "." not in key} - {"how"}
    assert used == {key for key in zh if key != "exercise"}


def shape(texts: dict[str, Any]) -> dict[str, Any]:
    return {key: shape(one) if isinstance(one, dict) else "" for key, one in texts.items()}


@EACH
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_figure_is_typed(lesson: Lesson, lang: str) -> None:
    def texts(found: dict[str, Any]) -> list[str]:
        return [
            text
            for one in found.values()
            for text in (texts(one) if isinstance(one, dict) else [one])
        ]

    typed = [
        match[0]
        for text in texts(lesson.texts[lang])
        for match in TYPED.finditer(ROUND.sub("", re.sub(r"\{[^}]*\}", "", text)))
    ]
    assert typed == []


def test_a_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(UsageError, match="can't be written"):
        write_lessons(tmp_path / "out")
    made = write_lessons(tmp_path / "new")
    assert len(made) == 4 * len(LESSONS)
    assert {path.parent.relative_to(tmp_path / "new").as_posix() for path in made} == {
        "zh", "en", "keys/zh", "keys/en",
    }  # fmt: skip
