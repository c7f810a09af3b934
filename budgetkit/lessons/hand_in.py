"""The one page that a closing project hands in: question, answer, picture, pages, and doubts."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.errors import UsageError
from budgetkit.lessons.closing.run_notes import RunNote, add_note, note_of
from budgetkit.lessons.texts import check_language, say
from budgetkit.render.labels import Labels
from budgetkit.render.page import Section, templates

if TYPE_CHECKING:
    import pandas as pd

    from budgetkit.dataset import Dataset

PACKAGE = "budgetkit.lessons.closing"
PAGE = "page.html"
#: Inches and dots of the picture: as wide as the text, and low enough for one page.
SIZE, DPI = (6.9, 2.3), 130
#: Room at its right for the names of bureaus, at its left for figures.
MARGINS = {"left": 0.07, "right": 0.72, "top": 0.88, "bottom": 0.14}


class HandedIn(Section):
    """The page as HTML, which shows itself in a notebook; ``path`` is its file."""

    __slots__ = ("path",)
    path: Path


def hand_in(
    dataset: Dataset,
    found: pd.DataFrame,
    out: str | Path,
    *,
    question: str,
    conclusion: str = "",
    unfair: str = "",
    lang: str = "zh",
) -> HandedIn:
    """Add a run's figure to those of earlier runs, and write the page of all of them.

    Parameters
    ----------
    dataset
        That was asked.
    found
        One row, as of :func:`ask`.
    out
        Folder of the page and of what earlier runs found.
    question
        That one figure a year can answer.
    conclusion, unfair
        The student's words: the answer in a sentence, and a reason why the comparison may be
        unfair.  The page says that they are missing where they are empty.
    lang
        ``zh`` or ``en``.

    Returns
    -------
    HandedIn
        Shows itself in a notebook; ``path`` is the page.

    Raises
    ------
    UsageError
        It is not one row, or the folder can't be written.

    Examples
    --------
    >>> import tempfile
    >>> import budgetkit as bk
    >>> ds = bk.lessons.use(lang="en")
    >>> asked = {"department": "云汀自治州教育局", "year": 2025, "lang": "en"}
    >>> found = bk.lessons.ask(ds, "basic_share", **asked)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     page = bk.lessons.hand_in(ds, found, folder, question="How much is basic?", lang="en")
    ...     page.path.name, "How much is basic?" in page
    ('page.html', True)
    """
    check_language(lang)
    notes = add_note(Path(out), note_of(dataset, found))
    written = {"question": question, "conclusion": conclusion, "unfair": unfair}
    path = Path(out) / PAGE
    try:
        path.write_text(_render("page.html", notes, written, lang), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"can't be written ({error.strerror or error})", file=path) from error
    shown = HandedIn(_render("body.html", notes, written, lang))
    shown.path = path
    return shown


def _render(name: str, notes: Sequence[RunNote], written: dict[str, str], lang: str) -> str:
    labels = Labels(lang)
    known = [note for note in notes if note.value is not None]
    page: str = (
        templates(PACKAGE, "templates")
        .get_template(name)
        .render(
            **{key: text.strip() for key, text in written.items()},
            lang=labels.html_lang,
            say=lambda key, **values: say(lang, key, **values),
            labels=labels,
            notes=notes,
            known=known,
            missing=[note for note in notes if note.value is None],
            scopes=sorted({note.scope for note in notes}),
            notices=list(dict.fromkeys(note.notice for note in notes if note.notice)),
            picture=_picture(known, lang),
        )
    )
    return page


def _picture(known: Sequence[RunNote], lang: str) -> str:
    """Return the figures over the years, as PNG in base64; empty where they are not alike.

    A department and an office alone are not drawn as if they were the same.
    """
    if not known or len({(note.scope, note.unit) for note in known}) > 1:
        return ""
    import matplotlib.pyplot as plt
    import pandas as pd

    from budgetkit.plot.over_years import trend

    columns = ("department", "scope", "year", "measure", "name", "value", "unit", "doubt")
    frame = pd.DataFrame([{name: getattr(note, name) for name in columns} for note in known])
    frame.attrs["lang"] = lang
    figure: Any = plt.figure(figsize=SIZE)
    axes = figure.add_subplot()
    trend(frame, lang=lang, source=False, ax=axes)
    figure.subplots_adjust(**MARGINS)
    drawn = io.BytesIO()
    figure.savefig(drawn, format="png", dpi=DPI)
    plt.close(figure)
    return base64.b64encode(drawn.getvalue()).decode("ascii")
