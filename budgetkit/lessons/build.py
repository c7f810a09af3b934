"""``budgetkit lessons build``: lessons and answer keys in both languages, from one source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from budgetkit.errors import UsageError
from budgetkit.lessons.lesson_data import LessonData
from budgetkit.lessons.lesson_list import LANGUAGES, Lesson, lessons
from budgetkit.lessons.own_data import own_parameters
from budgetkit.lessons.source_cells import EXERCISE, filled, tags, taken_apart
from budgetkit.lessons.texts import LessonTexts
from budgetkit.lessons.truth_frames import models, truth

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: Folder of the answer keys, beside those of the languages.
KEYS = "keys"
PARAMETERS = "parameters"
#: ``document = "changji-kjj-2025"`` or ``year = 2025``.
PARAMETER = re.compile(r'^(\w+) = "?(.*?)"?$', re.MULTILINE)
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


@dataclass(frozen=True)
class Built:
    """A notebook that was made: its file below the folder, and its text."""

    file: str
    text: str


def build_lesson(
    lesson: Lesson, lang: str, *, solved: bool, own: LessonData | None = None
) -> NotebookNode:
    """Make the notebook of a lesson, or of its answer key.

    Parameters
    ----------
    lesson
        Which one.
    lang
        ``zh`` or ``en``.
    solved
        With solutions: the key; else with gaps.
    own
        What the lesson is to be about; else the bundled document that its source names.

    Returns
    -------
    nbformat.NotebookNode
        Without outputs.

    Raises
    ------
    UsageError
        A text is missing, or a cell of the source is not as it has to be.
    """
    import nbformat
    from nbformat.v4 import new_notebook

    source = nbformat.read(lesson.notebook, 4)
    texts = LessonTexts(lesson, lang, own or data_of_source(source))
    cells = [
        _cell(_about(cell, own), texts, f"{lesson.number:02}-{number:02}", solved)
        for number, cell in enumerate(source.cells)
    ]
    made: NotebookNode = new_notebook(cells=cells, metadata=METADATA)
    return made


def _about(cell: NotebookNode, own: LessonData | None) -> NotebookNode:
    """Return a cell of the source, changed if it says what the lesson is about."""
    if own is not None and PARAMETERS in tags(cell):
        cell.source = own_parameters(cell.source, own)
    return cell


def data_of_source(source: NotebookNode) -> LessonData:
    """Return the truth of the document that the parameters of a source notebook name.

    A project names a department and a year in its place.
    """
    cell = next((cell for cell in source.cells if PARAMETERS in tags(cell)), None)
    named = dict(PARAMETER.findall(cell.source if cell else ""))
    if "department" in named and "year" in named:
        return truth(_document_of(named["department"], int(named["year"])))
    if "document" not in named:
        raise UsageError(
            "the source of a lesson names no document",
            remedy='give it a cell tagged "parameters" with document = "changji-kjj-2025"',
        )
    return truth(named["document"])


def _document_of(department: str, year: int) -> str:
    """Return the document of the corpus that the parameters of a project speak of."""
    for model in models():
        if (model.department, model.year) == (department, year):
            return model.key
    raise UsageError(f"the corpus has no document of {department} for {year}")


def _cell(cell: NotebookNode, texts: LessonTexts, name: str, solved: bool) -> NotebookNode:
    from nbformat.v4 import new_code_cell, new_markdown_cell

    made: NotebookNode
    if cell.cell_type != "code":
        made = new_markdown_cell(filled(cell.source, texts), id=name, metadata=_tagged(cell))
        return made
    source, own = cell.source, tags(cell)
    if EXERCISE in own:
        source = taken_apart(source).code(solved=solved)
    if PARAMETERS in own:
        source = re.sub(r"^lang = .*$", f'lang = "{texts.lang}"', source, flags=re.MULTILINE)
    made = new_code_cell(filled(source, texts), id=name, metadata=_tagged(cell))
    return made


def _tagged(cell: NotebookNode) -> dict[str, list[str]]:
    return {"tags": tags(cell)} if tags(cell) else {}


def build_all(*, keys: bool = True, own: LessonData | None = None) -> Iterator[Built]:
    """Make the notebooks of all lessons.

    Parameters
    ----------
    keys
        The answer keys as well.
    own
        What the lessons are to be about; those that tell of a bundled document are left out.

    Yields
    ------
    Built
    """
    import nbformat

    for lesson in lessons().values():
        if own is not None and not lesson.fits_any_document:
            continue
        for lang in LANGUAGES:
            for solved in (False, True) if keys else (False,):
                place = f"{KEYS}/{lang}" if solved else lang
                text = nbformat.writes(build_lesson(lesson, lang, solved=solved, own=own)) + "\n"
                yield Built(f"{place}/{lesson.stem}.ipynb", text)


def write_lessons(
    out: str | Path,
    *,
    keys: bool = True,
    keys_out: str | Path | None = None,
    own: LessonData | None = None,
) -> list[Path]:
    """Write the notebooks of all lessons.

    Parameters
    ----------
    out
        Folder, in which ``zh/``, ``en/`` and ``keys/`` are written to; files of the same name are
        replaced.
    keys
        The answer keys as well.
    keys_out
        Folder of the keys, where it is not to be ``keys`` in the other one: students look there.
    own
        As in :func:`build_all`.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    UsageError
        The folder can't be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     sorted({path.parent.name for path in write_lessons(folder, keys=False)})
    ['en', 'zh']
    """
    made = []
    try:
        for one in build_all(keys=keys, own=own):
            path = Path(out) / one.file
            if keys_out is not None and one.file.startswith(f"{KEYS}/"):
                path = Path(keys_out) / one.file.removeprefix(f"{KEYS}/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(one.text, encoding="utf-8")
            made.append(path)
    except OSError as error:
        raise UsageError(f"can't be written ({error.strerror or error})", file=out) from error
    return made
