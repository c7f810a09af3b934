"""What can go wrong, said in one sentence.

Data problems (a figure that does not map, a scan without text) are *results*:
they become rows of ``unmapped`` or an ``error`` in ``documents``.  The classes
here are for what stops one document, or for wrong use of a command.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path


class BudgetkitError(Exception):
    """A problem that a person can act on, told in one sentence.

    Parameters
    ----------
    problem
        What is wrong: what was expected and what was found.
    file
        The file that it is about, if any.
    page
        The page (from 1), if any.
    remedy
        What to do about it, if anything can be done.

    Examples
    --------
    >>> print(BudgetkitError("is not a PDF", file="a.docx", remedy="save it as PDF first"))
    a.docx: is not a PDF; save it as PDF first.
    """

    def __init__(
        self,
        problem: str,
        *,
        file: str | Path | None = None,
        page: int | None = None,
        remedy: str | None = None,
    ) -> None:
        self.problem, self.file, self.page, self.remedy = problem, file, page, remedy
        place = "" if file is None else f"{Path(file).name}: "
        if page is not None:
            place = f"{place[:-2]}, page {page}: " if place else f"page {page}: "
        said = f"{place}{problem}{'; ' + remedy if remedy else ''}"
        super().__init__(said if said.endswith("?") else f"{said}.")


class UnreadableDocument(BudgetkitError):
    """One document can't be read; the others of a run go on."""


class UsageError(BudgetkitError):
    """The caller asked for something that does not exist (exit code 2)."""


def suggestion(wanted: str, known: Iterable[str]) -> str:
    """Name the nearest of the known names.

    Examples
    --------
    >>> suggestion("某县教育局", ["某县民政局", "某县教育局本级", "公安局"])
    'did you mean 某县教育局本级 or 某县民政局?'
    """
    names = sorted(set(known))
    near = difflib.get_close_matches(wanted, names, n=3, cutoff=0.4) or names[:3]
    return f"did you mean {' or '.join(near)}?" if near else "the dataset is empty"
