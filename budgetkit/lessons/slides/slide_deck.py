"""``budgetkit lessons slides``: run the lessons and write a page of slides of each."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from budgetkit.api import read_dataset
from budgetkit.demo import prepare
from budgetkit.lessons.lesson_list import LANGUAGES, Lesson, lessons
from budgetkit.lessons.phone.lesson_page import HTML_LANG
from budgetkit.lessons.phone.run_lesson import run_lesson
from budgetkit.lessons.slides.slide_parts import Slide, slides_of
from budgetkit.lessons.source_cells import title_of
from budgetkit.lessons.texts import LessonTexts, say
from budgetkit.progress import Watch
from budgetkit.render.page import templates
from budgetkit.storage.own_folder import replaced

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
    watch = watch or Watch()
    dataset = read_dataset(prepare())
    jobs = [(lesson, lang) for lesson in lessons().values() for lang in LANGUAGES]
    watch.begin(len(jobs), 0)
    count = 0
    with replaced(Path(out), KIND) as folder:
        for lesson, lang in jobs:
            slides, texts = slides_and_texts(lesson, lang, dataset)
            count += len(slides)
            path = folder / lang / f"{lesson.stem}.html"
            path.parent.mkdir(exist_ok=True)
            path.write_text(slide_page(slides, texts), encoding="utf-8")
            watch.tell(f"{lang}/{lesson.stem}", "")
    return SlideFolder(len(jobs), count, Path(out))


def slides_and_texts(
    lesson: Lesson, lang: str, dataset: Dataset
) -> tuple[list[Slide], LessonTexts]:
    """Run a lesson, and return its slides.

    Parameters
    ----------
    lesson
        Which one.
    lang
        ``zh`` or ``en``.
    dataset
        The bundled corpus.

    Returns
    -------
    tuple of list of Slide and LessonTexts
    """
    ran, texts, _ = run_lesson(lesson, lang, dataset)
    return slides_of(ran, lang), texts


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
        lang=HTML_LANG[lang],
        title=title_of(texts).lstrip("# "),
        slides=slides,
        say=lambda name: say(lang, name),
        script=_text("slides.js"),
        style=_text("slides.css"),
        policy=policy(),
    )
    return page


@cache
def _text(name: str) -> str:
    return (files(PACKAGE) / "templates" / name).read_text(encoding="utf-8")


def policy() -> str:
    """Return the policy of a page: it loads nothing, and runs its own script alone."""
    digest = base64.b64encode(hashlib.sha256(_text("slides.js").encode()).digest()).decode("ascii")
    return (
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
        f"script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
