"""The cells of a source notebook: texts filled in, exercises with a gap or with their solution."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from budgetkit.errors import UsageError
from budgetkit.lessons.texts import LessonTexts, say

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: Tag of a cell whose solution students are to find.
EXERCISE = "exercise"
#: Tag of a cell that says something of the notebook alone, which a page leaves out.
NOTEBOOK = "notebook"
#: What stands above this line in such a cell stays in the lesson.
GAP_LINE = "# gap"
#: Calls that end such a cell.
CALLS = ("check", "guess")
#: ``{{warmup}}`` or ``{{5.2}}``.
KEY = re.compile(r"\{\{([\w.]+)\}\}")
#: Keys that have a heading in every lesson.
HEADED = ("objectives", "warmup", "summary", "discuss")


@dataclass(frozen=True)
class Asked:
    """An exercise's cell, taken apart.

    Attributes
    ----------
    exercise : str
        Its id.
    variable : str
        That the answer is in.
    given, solution, call : str
        Lines that stay, lines that students are to find, and the call that checks them.
    """

    exercise: str
    variable: str
    given: str
    solution: str
    call: str

    def code(self, *, solved: bool) -> str:
        """Return the cell's code, with the solution or with a gap."""
        middle = self.solution if solved else f"{self.variable} = ..."
        return "\n".join(part for part in (self.given, middle, self.call) if part)


def tags(cell: NotebookNode) -> list[str]:
    """Return the tags of a cell."""
    found: list[str] = cell.metadata.get("tags", [])
    return found


def taken_apart(source: str) -> Asked:
    """Take the code of an exercise's cell apart.

    Parameters
    ----------
    source
        Its last line is ``bk.lessons.check("5.2", answer)``.

    Returns
    -------
    Asked

    Raises
    ------
    UsageError
        The last line is something else.
    """
    last = ast.parse(source).body[-1]
    call = last.value if isinstance(last, ast.Expr) else None
    if not (
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in CALLS
        and len(call.args) == 2
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[1], ast.Name)
    ):
        raise UsageError(
            f"an exercise's cell ends with '{ast.unparse(last)}'",
            remedy='end it with bk.lessons.check("5.2", answer)',
        )
    lines = source.splitlines()
    above, end = lines[: last.lineno - 1], "\n".join(lines[last.lineno - 1 :])
    at = above.index(GAP_LINE) if GAP_LINE in above else -1
    given, solution = "\n".join(above[: max(at, 0)]), "\n".join(above[at + 1 :])
    return Asked(str(call.args[0].value), call.args[1].id, given, solution.strip("\n"), end)


def filled(source: str, texts: LessonTexts) -> str:
    """Put texts where their keys stand.

    Parameters
    ----------
    source
        Of a cell.
    texts
        Of the lesson.

    Returns
    -------
    str
    """
    return KEY.sub(lambda match: text_of(match[1], texts), source)


def title_of(texts: LessonTexts) -> str:
    """Return the heading of a lesson or of the project, as Markdown."""
    key = "closing_title" if texts.lesson.is_project else "title"
    return say(texts.lang, key, number=texts.lesson.number, title=texts("title"))


def text_of(key: str, texts: LessonTexts) -> str:
    """Return the text of a key, with its heading where it has one.

    Parameters
    ----------
    key
        A key of the lesson's texts, or the id of an exercise.
    texts
        Of the lesson.

    Returns
    -------
    str
    """
    if key == "title":
        return title_of(texts)
    if key in HEADED:
        return f"{say(texts.lang, f'{key}_heading')}\n\n{texts(key)}"
    if key == "how":
        return say(texts.lang, key)
    if key in texts.lesson.exercises:
        return f"{say(texts.lang, 'exercise_heading', id=key)}\n\n{texts.exercise(key, 'ask')}"
    if key in texts.lesson.guesses:
        return f"{say(texts.lang, 'warmup_heading')}\n\n{texts.exercise(key, 'ask')}"
    return texts(key)
