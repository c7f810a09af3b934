"""A lesson that ran, as a page: text, outputs and pictures, and its exercises with fields."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from budgetkit.lessons.build import PARAMETERS
from budgetkit.lessons.lesson_list import LANGUAGES, common, lessons
from budgetkit.lessons.phone.page_answers import page_exercise, page_guess
from budgetkit.lessons.source_cells import EXERCISE, NOTEBOOK, tags, taken_apart, title_of
from budgetkit.lessons.texts import LessonTexts, say
from budgetkit.render.labels import Labels
from budgetkit.render.page import script_policy, templates

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from budgetkit.lessons.lesson_data import LessonData

PACKAGE = "budgetkit.lessons.phone"
#: A script of a displayed frame, which sorts it: a page of a lesson runs its own alone.
SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL | re.IGNORECASE)
#: Words of a page, in ``common.toml``.
WORDS = (
    "not_yet", "number_wanted", "decimal_comma", "guessed", "some_right", "gap_page",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A part of a page.

    Attributes
    ----------
    kind : str
        ``text``, ``code`` or ``exercise``.
    html : str
        The text, or the outputs of the code.
    code : str
        What ran; with an exercise, its solution.
    exercise : dict
        What the page has to know of it.
    """

    kind: str
    html: str
    code: str
    exercise: Mapping[str, Any]


def parts_of(
    ran: NotebookNode, solved: NotebookNode, data: LessonData, texts: LessonTexts, truth: LessonData
) -> list[Part]:
    """Return the parts of a lesson's page.

    Parameters
    ----------
    ran
        The lesson, with its outputs.
    solved
        Its key, which has the solutions.
    data
        The dataset that it ran on.
    texts
        Of the lesson.
    truth
        That the answers are computed from.

    Returns
    -------
    list of Part
        Cells that show nothing and tell nothing are left out.
    """
    found = []
    for cell, key in zip(ran.cells, solved.cells, strict=True):
        if NOTEBOOK in tags(cell):
            continue
        if cell.cell_type == "markdown":
            found.append(Part("text", markdown_html(cell.source), "", {}))
        elif EXERCISE in tags(cell):
            asked = taken_apart(key.source)
            about = _about(asked.exercise, data, texts, truth)
            found.append(Part("exercise", "", asked.solution, about))
        elif PARAMETERS not in tags(cell):
            found.append(Part("code", outputs_html(cell.outputs), cell.source, {}))
    return found


def _about(
    exercise: str, data: LessonData, texts: LessonTexts, truth: LessonData
) -> Mapping[str, Any]:
    lesson = texts.lesson
    if exercise in lesson.guesses:
        return page_guess(lesson.guesses[exercise], truth, texts)
    return page_exercise(lesson.exercises[exercise], truth, data, texts) or {}


def markdown_html(source: str) -> str:
    """Return Markdown as HTML."""
    from nbconvert.filters import markdown2html

    return str(markdown2html(source))


def outputs_html(outputs: Sequence[Any]) -> str:
    """Return the outputs of a cell as HTML, without scripts."""
    return "\n".join(_output(output) for output in outputs)


def _output(output: Any) -> str:
    from html import escape

    if output.output_type == "stream":
        return f"<pre>{escape(output.text)}</pre>"
    shown = output.get("data", {})
    if "image/png" in shown:
        return f'<img alt="" src="data:image/png;base64,{shown["image/png"].strip()}">'
    if "text/html" in shown:
        return f'<div class="table">{SCRIPT.sub("", shown["text/html"])}</div>'
    return f"<pre>{escape(shown.get('text/plain', ''))}</pre>"


def lesson_page(parts: Sequence[Part], texts: LessonTexts, others: Mapping[str, str]) -> str:
    """Return the page of a lesson.

    Parameters
    ----------
    parts
        As of :func:`parts_of`.
    texts
        Of the lesson.
    others
        What a link says, by its address.

    Returns
    -------
    str
        A whole HTML document that loads nothing.
    """
    lang = texts.lang
    heading = title_of(texts)
    known = [part.exercise for part in parts if part.exercise]
    words = {name: common()[lang][name] for name in WORDS}
    about = json.dumps({"exercises": known, "words": words}, ensure_ascii=False)
    template = templates(PACKAGE, "templates").get_template("lesson.html")
    page: str = template.render(
        lang=Labels(lang).html_lang,
        title=heading.lstrip("# "),
        parts=parts,
        others=others,
        say=lambda name: say(lang, name),
        about=about.replace("</", "<\\/"),
        script=script(),
        style=text_of("lesson.css"),
        policy=script_policy(script()),
    )
    return page


def index_page() -> str:
    """Return the page that lists the lessons."""
    listed = {
        lang: {
            f"{lang}/{lesson.stem}.html": f"{lesson.number}. {lesson.texts[lang]['title']}"
            for lesson in lessons().values()
        }
        for lang in LANGUAGES
    }
    template = templates(PACKAGE, "templates").get_template("index.html")
    page: str = template.render(
        listed=listed,
        html_lang={lang: Labels(lang).html_lang for lang in LANGUAGES},
        say=say,
        style=text_of("lesson.css"),
        policy=script_policy(script()),
    )
    return page


@cache
def text_of(name: str) -> str:
    """Return a file of the templates."""
    return (files(PACKAGE) / "templates" / name).read_text(encoding="utf-8")


def script() -> str:
    """Return the one script of a page."""
    return text_of("lesson.js")
