"""The slides of all lessons in a browser: offline, by key and by touch, and none cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import nbformat
import pytest

from budgetkit.lessons.build import build_lesson
from budgetkit.lessons.lesson_list import LANGUAGES, Lesson
from budgetkit.lessons.slides.slide_deck import slide_page
from budgetkit.lessons.slides.slide_parts import slides_of
from budgetkit.lessons.source_cells import EXERCISE, tags, taken_apart
from budgetkit.lessons.texts import LessonTexts
from tests.conftest import SHOTS, RunCli
from tests.helpers.browser import noted_on
from tests.helpers.lessons import LESSONS, truth_of

#: Lessons of which every slide is kept as a picture, to look at.
SHOWN = (1, 9)
EACH = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)
#: What of a slide is cut off at 1280 x 720: a part that is higher or wider than its room, or that
#: reaches into the foot or beyond the edge.  A pixel is rounding.
CUT = """() => [...document.querySelectorAll('.slide')].flatMap((slide, number) => {
  const body = slide.querySelector('.body'), edge = slide.getBoundingClientRect();
  const foot = slide.querySelector('.foot').getBoundingClientRect();
  const parts = [slide, body, ...body.querySelectorAll('.text, .output, .table, pre')];
  const over = parts.some(part => part.scrollHeight > part.clientHeight + 1 && part.clientHeight
    || part.scrollWidth > part.clientWidth + 1 && part.clientWidth);
  const beyond = [...body.querySelectorAll('*')].some(part => {
    const box = part.getBoundingClientRect();
    return box.height && (box.bottom > foot.top + 1 || box.right > edge.right - 30);
  });
  return over || beyond ? [number + 1] : [];
})"""
#: The smallest text that the last row can read.
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.slide .text')].map(
  text => parseFloat(getComputedStyle(text).fontSize)))"""


@EACH
def test_slides_have_every_exercise_and_no_answer(lesson: Lesson) -> None:
    truth = truth_of(lesson.number)
    texts = LessonTexts(lesson, "en", truth)
    slides = slides_of(build_lesson(lesson, "en", solved=False), "en")
    page = unescape(slide_page(slides, texts))
    assert "default-src 'none'" in page
    assert page.count("<script") == 1
    assert re.findall(r"""(?:src|href)="(?!data:|#)[^"]*\"""", page) == []
    asked = [one for one in slides if one.kind == "exercise"]
    assert len({one.title for one in asked}) == len(lesson.exercises) + bool(lesson.guesses)
    key = nbformat.read(lesson.notebook, 4)
    solved = [taken_apart(cell.source) for cell in key.cells if EXERCISE in tags(cell)]
    assert [one.exercise for one in solved if one.solution in page] == []
    assert [one.exercise for one in solved if one.call in page] == []


@pytest.fixture(scope="module")
def decks(run_process: RunCli, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The slides of all lessons, made by a process of its own: it and a browser share no loop."""
    folder = tmp_path_factory.mktemp("decks") / "slides"
    done = run_process("lessons", "slides", "--out", folder)
    assert done.returncode == 0, done.stderr
    written = {path.relative_to(folder) for path in folder.rglob("*.html")}
    assert written == {Path(lang, f"{one.stem}.html") for lang in LANGUAGES for one in LESSONS}
    return folder


@pytest.fixture
def screen(decks: Path, browser: Any) -> Iterator[tuple[Any, list[str]]]:
    """A page of 1280 x 720, offline, and what went wrong or was asked for in it."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 720}, offline=True, has_touch=True
    )
    page = context.new_page()
    yield page, noted_on(page)
    context.close()


@pytest.mark.browser
@pytest.mark.slow
@EACH
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_slide_fits_and_nothing_is_loaded(
    lesson: Lesson, lang: str, decks: Path, screen: tuple[Any, list[str]]
) -> None:
    page, noted = screen
    page.goto((decks / lang / f"{lesson.stem}.html").as_uri())
    page.wait_for_selector("body[data-ready=yes]", state="attached")
    assert page.evaluate(CUT) == []
    assert page.evaluate(SMALLEST) >= 20
    page.keyboard.press("c")
    assert page.evaluate(CUT) == []
    page.keyboard.press("c")
    count = page.locator(".slide").count()
    assert count > 10
    SHOTS.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        assert page.locator(".slide.now").get_attribute("id") == f"slide-{number + 1}"
        if lesson.number in SHOWN:
            page.screenshot(path=SHOTS / f"slides-{lang}-{lesson.stem}-{number + 1:02}.png")
        page.keyboard.press("ArrowRight")
    assert page.locator(".slide.now").get_attribute("id") == f"slide-{count}"
    assert noted == []


@pytest.mark.browser
@pytest.mark.slow
def test_keys_buttons_touch_and_print(
    decks: Path, screen: tuple[Any, list[str]], tmp_path: Path
) -> None:
    import pypdfium2

    page, _ = screen
    address = (decks / "en" / f"{LESSONS[0].stem}.html").as_uri()
    page.goto(f"{address}#3")

    def now() -> str:
        return str(page.locator(".slide.now").get_attribute("id")).removeprefix("slide-")

    assert now() == "3"
    for key, wanted in (("Home", "1"), ("PageDown", "2"), (" ", "3"), ("ArrowLeft", "2")):
        page.keyboard.press(key)
        assert now() == wanted
    page.locator("#next").click()
    assert now() == "3"
    page.locator("#back").click()
    assert now() == "2"
    swipe = """by => {
      const at = x => [new Touch({identifier: 1, target: document.body, clientX: x})];
      const say = (kind, now, gone) => window.dispatchEvent(new TouchEvent(kind,
        {touches: now, changedTouches: gone}));
      say('touchstart', at(300), at(300)); say('touchend', [], at(300 + by)); }"""
    page.evaluate(swipe, -200)
    assert now() == "3"
    page.evaluate(swipe, 200)
    assert now() == "2"
    page.pdf(path=tmp_path / "slides.pdf", prefer_css_page_size=True, print_background=True)
    printed = pypdfium2.PdfDocument(tmp_path / "slides.pdf")
    assert len(printed) == page.locator(".slide").count()
    assert printed[0].get_width() > printed[0].get_height()
