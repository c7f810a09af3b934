"""The solution of an exercise, as the answer key has it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from budgetkit.lessons.source_cells import EXERCISE, filled, tags, taken_apart
from budgetkit.lessons.texts import LessonTexts, say


@dataclass(frozen=True)
class Solution:
    """Lines of code that answer an exercise, and why.

    Attributes
    ----------
    exercise : str
        Its id.
    code : str
    why : str
    heading : str
    """

    exercise: str
    code: str
    why: str
    heading: str

    def __repr__(self) -> str:
        return "\n".join(part for part in (self.heading, self.code, self.why) if part)

    def _repr_html_(self) -> str:
        return (
            '<div class="bk-solution" style="border-left:5px solid #0072B2;padding:.4rem .8rem;'
            "max-width:46rem;font:14px/1.6 'Noto Sans SC',sans-serif\">"
            f"<b>{escape(self.heading)}</b><pre>{escape(self.code)}</pre>{escape(self.why)}</div>"
        )


def solution_of(exercise: str, texts: LessonTexts) -> Solution:
    """Return the solution of an exercise.

    Parameters
    ----------
    exercise
        Its id.
    texts
        Of its lesson.

    Returns
    -------
    Solution
    """
    import nbformat

    notebook = nbformat.read(texts.lesson.notebook, 4)
    asked = (taken_apart(cell.source) for cell in notebook.cells if EXERCISE in tags(cell))
    code = next((filled(one.solution, texts) for one in asked if one.exercise == exercise), "")
    why = texts.exercise(exercise, "why")
    return Solution(exercise, code, why, say(texts.lang, "solution_heading", id=exercise))
