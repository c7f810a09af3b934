"""What a lesson is about where it is built for a document of one's own."""

from __future__ import annotations

import json
import re
from pathlib import Path

from budgetkit.api import read_dataset
from budgetkit.errors import UsageError, suggestion
from budgetkit.lessons.lesson_data import LessonData, data_of
from budgetkit.lessons.truth_frames import is_corpus, truth

#: Parameters of a lesson that say what it is about.
ABOUT = re.compile(r"^(dataset|document) = .*$", re.MULTILINE)


def own_data(dataset: str | Path, document: str) -> LessonData:
    """Return the data that the figures of a lesson's texts are computed from.

    Parameters
    ----------
    dataset
        Folder.
    document
        The disclosure that the lessons are to be about.

    Returns
    -------
    LessonData
        Its ``folder`` is a full path.

    Raises
    ------
    UsageError
        There is no such dataset or document.
    """
    chosen = read_dataset(dataset)
    known = chosen.choose()["document"]
    if document not in set(known):
        raise UsageError(
            f"there is no document '{document}'",
            file=dataset,
            remedy=suggestion(document, known),
        )
    found = truth(document) if is_corpus(chosen) else data_of(chosen, document)
    # A notebook runs in its own folder, and students copy it elsewhere.
    found.folder = Path(dataset).resolve()
    return found


def own_parameters(source: str, data: LessonData) -> str:
    """Write into the cell of parameters what a lesson is about.

    Parameters
    ----------
    source
        The cell.
    data
        As of :func:`own_data`.

    Returns
    -------
    str
    """
    values = {"dataset": data.folder.as_posix(), "document": data.document}

    def line(match: re.Match[str]) -> str:
        return f"{match[1]} = {json.dumps(values[match[1]], ensure_ascii=False)}"

    return ABOUT.sub(line, source)
