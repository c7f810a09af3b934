"""The package's exceptions: each is one sentence that says what to do.

Problems in the data (a figure that does not map, a scan without text) are *results*: rows of
``unmapped``, or an ``error`` in ``documents``.  These exceptions are for what stops one document,
and for wrong use.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

#: Names that are alike by this much (0 to 1) may be meant for each other.
LIKE = 0.4
#: Characters that no page shows, or that turn the text around them about (bidirectional ones).
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class BudgetkitError(Exception):
    """A problem that a person can act on, in one sentence.

    Parameters
    ----------
    problem
        What is wrong: what was expected and what was found.
    file
        The file that is concerned, if any.
    page
        The page (from 1) that is concerned, if any.
    remedy
        What the user can do about it, if anything.

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
        sentence = f"{place}{problem}{'; ' + remedy if remedy else ''}"
        super().__init__(sentence if sentence.endswith("?") else f"{sentence}.")


class UnreadableDocument(BudgetkitError):
    """One document can't be read; a run continues with the others."""


class UsageError(BudgetkitError):
    """The caller asked for something that does not exist (exit code 2)."""


def suggestion(wanted: str, known: Iterable[str]) -> str:
    """Suggest the known names that are nearest to a wrong one.

    Parameters
    ----------
    wanted
        The wrong name.
    known
        All names that there are.

    Returns
    -------
    str
        A question; a statement where there are no names at all.

    Examples
    --------
    >>> suggestion("某县教育局", ["某县民政局", "某县教育局本级", "公安局"])
    'did you mean 某县教育局本级 or 某县民政局?'
    """
    names = sorted(set(known))
    near = _near(wanted, names) or names[:3]
    return f"did you mean {' or '.join(near)}?" if near else "the dataset is empty"


def _near(wanted: str, names: Sequence[str]) -> list[str]:
    """Names that are much like a wrong one, the nearest first."""
    return difflib.get_close_matches(wanted, names, n=3, cutoff=LIKE)


def one_line(text: str) -> str:
    r"""Fold a message into one line.

    Examples
    --------
    >>> one_line("first\n  second ")
    'first second'
    """
    return " ".join(text.split()) or "no message"


def visible(text: str) -> str:
    r"""Write characters that no page or terminal shows, or that it obeys, as what they are.

    Control characters (those of ECMA-48 and of bidirectional text among them) and halves of
    surrogate pairs are escaped; the ends of lines, tabs and the wide space of Chinese stay.

    Examples
    --------
    >>> visible("一\x1b[31m\x9b\u202e"), visible("a\tb")
    ('一\\x1b[31m\\x9b\\u202e', 'a\tb')
    """
    return "".join(
        char if char.isprintable() or char in "\u3000\n\t" else escaped(char) for char in text
    )


def without_control(text: str) -> str:
    r"""Write the characters that :func:`visible` escapes, but for spaces of all kinds, in a page.

    Examples
    --------
    >>> without_control("一\x9b\u202e\xa0")
    '一\\x9b\\u202e\xa0'
    """
    return text if text.isprintable() else CONTROL.sub(lambda found: escaped(found[0]), text)


def escaped(char: str) -> str:
    r"""Return a character as its number, in the way of Python: ``\x1b``."""
    return f"\\x{ord(char):02x}" if ord(char) < 256 else f"\\u{ord(char):04x}"


def nearest(wanted: str, known: Iterable[str]) -> str:
    """Ask in brackets whether the nearest of the known names was meant.

    Parameters
    ----------
    wanted
        The wrong name.
    known
        All names that there are.

    Returns
    -------
    str
        Begins with a space; empty where no name is near.

    Examples
    --------
    >>> nearest("totl", ["total", "basic"]), nearest("xyz", ["total"])
    (" (is 'total' meant?)", '')
    """
    near = _near(wanted, sorted(set(known)))
    return f" (is '{near[0]}' meant?)" if near else ""
