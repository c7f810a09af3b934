"""The pages of the lessons in a browser: on a phone, from a file, with nothing sent anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from budgetkit.lessons.build import build_lesson
from budgetkit.lessons.judge import answer_of
from budgetkit.lessons.lesson_data import Cell, data_of
from budgetkit.lessons.lesson_list import LANGUAGES, Lesson, lessons
from budgetkit.lessons.likewise import as_names, is_several
from budgetkit.lessons.phone.lesson_page import index_page, lesson_page, parts_of
from budgetkit.lessons.phone.lesson_site import page_of
from budgetkit.lessons.phone.page_answers import digest, kind_of, normal, page_exercise
from budgetkit.lessons.texts import LessonTexts
from tests.conftest import SHOTS
from tests.helpers.browser import noted_on
from tests.helpers.lessons import LESSONS, as_given, exercises, truth_of
from tests.helpers.truth import read

EACH = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)


def unrun(lesson: Lesson, dataset: Path) -> str:
    """The page of a lesson of which no cell ran."""
    truth = truth_of(lesson.number)
    texts = LessonTexts(lesson, "en", truth)
    notebooks = [build_lesson(lesson, "en", solved=solved) for solved in (False, True)]
    parts = parts_of(*notebooks, data_of(read(dataset), truth.document), texts, truth)
    return lesson_page(parts, texts, {"../index.html": "all"})


@EACH
def test_a_page_loads_nothing_and_never_shows_an_answer(
    lesson: Lesson, sample_dataset: Path
) -> None:
    page = unescape(unrun(lesson, sample_dataset))
    assert "default-src 'none'" in page
    assert re.findall(r"""(?:src|href)="(?!data:|#|\.\./)[^"]*\"""", page) == []
    assert page.count("<script") == 2
    assert page.count('class="exercise"') == len(lesson.exercises | lesson.guesses)
    about = page.partition('id="about">')[2].partition("</script>")[0]
    truth = truth_of(lesson.number)
    for exercise in lesson.exercises.values():
        wanted = answer_of(exercise.answer, truth)
        if kind_of(wanted) == "number" and not is_several(wanted) and exercise.places:
            assert normal(wanted, "number", exercise.places) not in about


def test_the_index_lists_every_lesson_in_both_languages() -> None:
    page = index_page()
    assert page.count("<li>") == 2 * len(lessons())
    assert "Content-Security-Policy" in page


@pytest.mark.parametrize(
    ("lesson", "exercise"), list(exercises()), ids=lambda value: getattr(value, "id", "")
)
def test_a_page_knows_the_answer_and_the_mistakes_by_their_hashes(
    lesson: Lesson, exercise: Any, sample_dataset: Path
) -> None:
    truth = truth_of(lesson.number)
    data = data_of(read(sample_dataset), truth.document)
    about = page_exercise(exercise, truth, data, LessonTexts(lesson, "en", truth))
    assert about is not None
    wanted = answer_of(exercise.answer, truth)
    for field in about["fields"]:
        part = as_names(wanted)[field["label"]] if field["label"] else as_given(wanted, data)
        text = normal(part, about["kind"], exercise.places)
        assert field["hashes"][digest(field["salt"], text)] == ["right"]
    told = {
        name for field in about["fields"] for names in field["hashes"].values() for name in names
    }
    assert told == {"right", *exercise.mistakes}
    assert set(about["said"]) == told


def test_kinds_and_their_normal_form() -> None:
    assert [kind_of(one) for one in (1.5, "a", Cell("a"), {1}, [1], {"a": 1.0})] == [
        "number", "text", "text", "set", "list", "number",
    ]  # fmt: skip
    assert normal(-0.001, "number", 2) == "0.00"
    assert normal([" 302", "３０１"], "list", 0) == "302|301"


@pytest.fixture(scope="module")
def site(sample_dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the lessons, all before a browser runs: kernels and it share no event loop."""
    folder = tmp_path_factory.mktemp("lessons")
    for lang in LANGUAGES:
        (folder / lang).mkdir()
        for lesson in LESSONS:
            page = page_of(lesson, lang, read(sample_dataset))
            (folder / lang / f"{lesson.stem}.html").write_text(page, encoding="utf-8")
    return folder


@pytest.fixture
def phone(site: Path, browser: Any) -> Iterator[tuple[Any, list[str]]]:
    """A page as narrow as a phone's, and what went wrong or was asked for in it."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    yield page, noted_on(page)
    page.close()


@pytest.mark.browser
@pytest.mark.slow
@EACH
@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_done_on_a_phone(
    lesson: Lesson, lang: str, site: Path, phone: tuple[Any, list[str]], sample_dataset: Path
) -> None:
    page, noted = phone
    page.goto((site / lang / f"{lesson.stem}.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 391
    truth = truth_of(lesson.number)
    data = data_of(read(sample_dataset), truth.document)
    for guess in lesson.guesses:
        assert _said(page, guess, ["50"]) == "guess"
    for exercise in lesson.exercises.values():
        assert _said(page, exercise.id, []) == "gap"
        for name, mistake in exercise.mistakes.items():
            typed = _typed(as_given(answer_of(mistake, truth), data))
            assert _said(page, exercise.id, typed) == "mistake", name
        typed = _typed(as_given(answer_of(exercise.answer, truth), data))
        assert _said(page, exercise.id, typed) == "right"
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"site-{lang}-{lesson.stem}.png", full_page=True)
    assert noted == []


def _typed(value: Any) -> list[str]:
    if names := as_names(value):
        return [str(one) for one in names.values()]
    if is_several(value) and not isinstance(value, str):
        return [", ".join(map(str, value))]
    return [str(value)]


def _said(page: Any, exercise: str, typed: list[str]) -> str:
    box = page.locator(f'[data-id="{exercise}"]')
    for place, text in enumerate(typed):
        box.locator("input").nth(place).fill(text)
    box.locator(".check").click()
    found: str = box.locator(".said").get_attribute("data-kind")
    return found
