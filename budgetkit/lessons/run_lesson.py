"""Run a lesson with its gaps on the bundled corpus, as its page and its slides show it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from budgetkit.lessons.build import build_lesson, data_of_source
from budgetkit.lessons.lesson_list import Lesson
from budgetkit.lessons.texts import LessonTexts
from budgetkit.render.engine import register
from budgetkit.render.execute import run_notebook

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from budgetkit.dataset import Dataset
    from budgetkit.lessons.lesson_data import LessonData


def run_lesson(
    lesson: Lesson, lang: str, dataset: Dataset
) -> tuple[NotebookNode, LessonTexts, LessonData]:
    """Run a lesson with its gaps.

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
    tuple of NotebookNode, LessonTexts and LessonData
        The notebook with its outputs and cell for cell as it was built, its texts, and the truth
        that they come from.

    Raises
    ------
    BudgetkitError
        It does not run.
    """
    import nbformat

    truth = data_of_source(nbformat.read(lesson.notebook, 4))
    with tempfile.TemporaryDirectory(prefix="budgetkit-lesson-") as folder:
        path = Path(folder) / f"{lesson.stem}.ipynb"
        nbformat.write(build_lesson(lesson, lang, solved=False), path)
        parameters = {"dataset": str(dataset.folder.resolve())}
        # A project writes its page beside its notebook.
        kept = {"out": str(Path(folder) / lesson.stem)}
        ran = run_notebook(path, parameters, engine=register(), optional=kept)
    # papermill put a cell with the parameters behind the one that it replaces.
    ran.cells = [cell for cell in ran.cells if "injected-parameters" not in cell.metadata.tags]
    return ran, LessonTexts(lesson, lang, truth), truth
