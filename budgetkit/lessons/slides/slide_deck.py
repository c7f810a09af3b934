"""``budgetkit lessons slides``: run the lessons and write a page of slides of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from budgetkit.lessons.lesson_list import Lesson
from budgetkit.lessons.lesson_pages import lesson_pages
from budgetkit.lessons.run_lesson import run_lesson
from budgetkit.lessons.slides.slide_parts import Slide, slides_of
from budgetkit.lessons.source_cells import title_of
from budgetkit.lessons.texts import LessonTexts, say
from budgetkit.progress import Watch
from budgetkit.render.labels import Labels
from budgetkit.render.page import script_policy, templates

if TYPE_CHECKING:
    from budgetkit.dataset import Dataset

PACKAGE = "budgetkit.lessons.slides"
#: What such a folder is called.
KIND = "slides of lessons"


@dataclass(frozen=True)
class SlideFolder:
    """What was written.

    Attributes
    ----------
    decks : int
        Pages, one for each lesson and language.
    slides : int
        In all of them.
    folder : Path
    """

    decks: int
    slides: int
    folder: Path


def write_slides(out: str | Path, *, watch: Watch | None = None) -> SlideFolder:
    """Write the slides of the lessons, which need neither Python nor a network.

    Parameters
    ----------
    out
        Folder; earlier slides in it are replaced.
    watch
        Shows the progress.

    Returns
    -------
    SlideFolder

    Raises
    ------
    UsageError
        The folder holds something else, or can't be written.
    BudgetkitError
        A lesson does not run.
    """
    counts = []

    def page_of(lesson: Lesson, lang: str, dataset: Dataset) -> str:
        ran, texts, _ = run_lesson(lesson, lang, dataset)
        slides = slides_of(ran, lang)
        counts.append(len(slides))
        return slide_page(slides, texts)

    with lesson_pages(out, KIND, page_of, watch):
        pass
    return SlideFolder(len(counts), sum(counts), Path(out))


def slide_page(slides: Sequence[Slide], texts: LessonTexts) -> str:
    """Return the page of a lesson's slides.

    Parameters
    ----------
    slides
        As of :func:`slides_of`.
    texts
        Of the lesson.

    Returns
    -------
    str
        A whole HTML document that loads nothing.
    """
    lang = texts.lang
    template = templates(PACKAGE, "templates").get_template("slides.html")
    page: str = template.render(
        lang=Labels(lang).html_lang,
        title=title_of(texts).lstrip("# "),
        slides=slides,
        say=lambda name: say(lang, name),
        script=_text("slides.js"),
        style=_text("slides.css"),
        policy=script_policy(_text("slides.js")),
    )
    return page


@cache
def _text(name: str) -> str:
    return (files(PACKAGE) / "templates" / name).read_text(encoding="utf-8")
