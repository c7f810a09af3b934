"""``budgetkit lessons site``: run the lessons and write them as static pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from budgetkit.lessons.build import build_lesson
from budgetkit.lessons.lesson_data import data_of
from budgetkit.lessons.lesson_list import LANGUAGES, Lesson, lessons
from budgetkit.lessons.lesson_pages import lesson_pages
from budgetkit.lessons.phone.lesson_page import index_page, lesson_page, parts_of
from budgetkit.lessons.run_lesson import run_lesson
from budgetkit.lessons.texts import say
from budgetkit.progress import Watch

if TYPE_CHECKING:
    from budgetkit.dataset import Dataset

#: What such a folder is called.
KIND = "a site of lessons"


@dataclass(frozen=True)
class LessonSite:
    """What was written.

    Attributes
    ----------
    pages : int
        Lessons, in both languages.
    index : Path
        The page to begin with.
    """

    pages: int
    index: Path


def write_site(out: str | Path, *, watch: Watch | None = None) -> LessonSite:
    """Write the lessons as static pages, which need neither Python nor a network.

    Parameters
    ----------
    out
        Folder; an earlier site in it is replaced.
    watch
        Shows the progress.

    Returns
    -------
    LessonSite

    Raises
    ------
    UsageError
        The folder holds something else, or can't be written.
    BudgetkitError
        A lesson does not run.
    """
    with lesson_pages(out, KIND, page_of, watch) as (folder, pages):
        (folder / "index.html").write_text(index_page(), encoding="utf-8")
    return LessonSite(pages, Path(out) / "index.html")


def page_of(lesson: Lesson, lang: str, dataset: Dataset) -> str:
    """Run a lesson, and return its page.

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
    str
        A whole HTML document that loads nothing.
    """
    ran, texts, truth = run_lesson(lesson, lang, dataset)
    solved = build_lesson(lesson, lang, solved=True)
    parts = parts_of(ran, solved, data_of(dataset, truth.document), texts, truth)
    return lesson_page(parts, texts, _links(lesson, lang))


def _links(lesson: Lesson, lang: str) -> dict[str, str]:
    """Return the addresses of the index, the neighbours and the other language."""
    known = lessons()
    links = {"../index.html": say(lang, "all_lessons")}
    for number, arrow in ((lesson.number - 1, "←"), (lesson.number + 1, "→")):
        if near := known.get(number):
            links[f"{near.stem}.html"] = f"{arrow} {near.texts[lang]['title']}"
    other = next(one for one in LANGUAGES if one != lang)
    return links | {f"../{other}/{lesson.stem}.html": say(other, "in_this_language")}
