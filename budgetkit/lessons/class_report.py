"""What a class found of the errors in its budgets, and what it missed."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.lessons.game.class_sheets import Line, Sheet, read_key, read_sheets
from budgetkit.lessons.game.hits import hits, is_mended
from budgetkit.lessons.texts import check_language, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

#: What became of an error, the best first, and its colour.
MENDED, FOUND, MISSED = "mended", "found", "missed"
WORDS = {MENDED: "class_mended", FOUND: "class_found_only", MISSED: "class_missed"}
COLORS = {MENDED: "#009E73", FOUND: "#56B4E9", MISSED: "#D8DEE4"}
#: Characters of a line of a title.
TITLE_WIDTH = {"zh": 40, "en": 70}
ERRORS = ("student", "document", "kind", "what", "page", "table", "row", "column", "printed",
          "true", "result", "said", "why", "shown_by")  # fmt: skip
STUDENTS = ("student", "document", "errors", "found", "mended", "other_lines", "sheet")
OTHERS = ("student", "page", "table", "row", "column", "printed", "should_be", "why")


@dataclass(frozen=True, eq=False)
class ClassReport:
    """What a class found: displays itself in a notebook, as a picture and a table.

    Attributes
    ----------
    errors : pandas.DataFrame
        A row a planted error: where it is, and its ``result``: ``mended`` (found, and the right
        figure said), ``found`` or ``missed``; ``said`` is the figure on the sheet.
    students : pandas.DataFrame
        A row a student: how many errors, how many found; ``sheet`` is ``filled``, ``empty`` or
        ``missing``.
    others : pandas.DataFrame
        Lines that are about none of the planted errors.  Look at them: they may be right.
    lang : str
        ``zh`` or ``en``.
    """

    errors: pd.DataFrame
    students: pd.DataFrame
    others: pd.DataFrame
    lang: str

    def __repr__(self) -> str:
        return self.headline

    @property
    def headline(self) -> str:
        """How much was found, in a sentence."""
        results = self.errors["result"]
        return say(
            self.lang,
            "class_found",
            students=len(self.students),
            found=int((results != MISSED).sum()),
            all=len(results),
            mended=int((results == MENDED).sum()),
            others=len(self.others),
        )

    def kinds(self) -> pd.DataFrame:
        """Count what became of the errors of each kind, those that were missed most first."""
        counts = self.errors.groupby(["what", "result"]).size().unstack(fill_value=0)
        counts = counts.reindex(columns=list(COLORS), fill_value=0)
        share = counts[MISSED] / counts.sum(axis=1)
        return counts.assign(share=share).sort_values(["share", "missed"], ascending=False)

    def draw(self, ax: Axes | None = None) -> Axes:
        """Draw how many errors of each kind were found and missed.

        Parameters
        ----------
        ax
            To draw on; a new figure if it is None.

        Returns
        -------
        matplotlib.axes.Axes
        """
        from matplotlib.ticker import MaxNLocator

        from budgetkit.plot.canvas import axes_for, axis_below, name_rows

        counts = self.kinds()
        with axes_for(ax, len(counts)) as axes:
            left = counts[MENDED] * 0
            for result, color in COLORS.items():
                words = say(self.lang, WORDS[result])
                axes.barh(range(len(counts)), counts[result], left=left, color=color, label=words)
                left = left + counts[result]
            name_rows(axes, list(counts.index))
            axis_below(axes, say(self.lang, "class_errors"))
            axes.xaxis.set_major_locator(MaxNLocator(integer=True))
            title = textwrap.fill(self.headline, TITLE_WIDTH[self.lang])
            axes.set_title(title, fontsize=9, loc="left", pad=22)
            axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, fontsize=8)
        return axes

    def _repr_html_(self) -> str:
        import base64
        import io

        import matplotlib.pyplot as plt

        figure: Any = self.draw().figure
        picture = io.BytesIO()
        figure.savefig(picture, format="png", dpi=110)
        plt.close(figure)
        data = base64.b64encode(picture.getvalue()).decode("ascii")
        table = self.students.to_html(index=False, border=0)
        return f'<img alt="" src="data:image/png;base64,{data}" style="max-width:100%">{table}'


def report(folder: str | Path, *, lang: str = "zh") -> ClassReport:
    """Read back what students found, and hold it against the teacher's key.

    Parameters
    ----------
    folder
        Of a class, as ``budgetkit plant --students`` wrote it, with the sheets of the students
        (``findings.csv``, or ``findings.xlsx``) in their folders.
    lang
        ``zh`` or ``en``, of what is said.

    Returns
    -------
    ClassReport
        Displays itself in a notebook; ``draw()`` gives the axes.

    Raises
    ------
    UsageError
        There is no key in the folder, a sheet can't be read, or there is no such language.

    Examples
    --------
    >>> import tempfile
    >>> import budgetkit as bk
    >>> from budgetkit.plant.write_copies import write_planted
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     done = write_planted(["yunting-sjj-2024"], f"{folder}/class", students=1, seed=7)
    ...     bk.lessons.report(f"{folder}/class", lang="en").students["sheet"].tolist()
    ['empty']
    """
    check_language(lang)
    key = read_key(Path(folder))
    by_student: dict[str, list[dict[str, str]]] = {}
    for row in key:
        by_student.setdefault(row["student"], []).append(row)
    sheets = read_sheets(Path(folder), list(by_student))
    errors: list[dict[str, Any]] = []
    students: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for sheet in sheets:
        own = by_student[sheet.student]
        told = hits(sheet.lines, own)
        rows = [_error(row, told.get(place), lang) for place, row in enumerate(own)]
        left = [line for line in sheet.lines if line not in told.values()]
        errors += rows
        others += [{name: getattr(line, name) for name in OTHERS} for line in left]
        students.append(_student(sheet, rows, left))
    return ClassReport(
        _frame(errors, ERRORS), _frame(students, STUDENTS), _frame(others, OTHERS), lang
    )


def _error(row: dict[str, str], line: Line | None, lang: str) -> dict[str, Any]:
    result = MISSED if line is None else MENDED if is_mended(line, row) else FOUND
    return {
        **{name: row[name] for name in ERRORS if name in row},
        "page": int(row["page"]),
        "what": row[f"error_{lang}"],
        "shown_by": row[f"shown_by_{lang}"],
        "result": result,
        "said": line.should_be if line else "",
        "why": line.why if line else "",
    }


def _student(sheet: Sheet, rows: Sequence[dict[str, Any]], left: Sequence[Line]) -> dict[str, Any]:
    results = [row["result"] for row in rows]
    return {
        "student": sheet.student,
        "document": rows[0]["document"],
        "errors": len(rows),
        "found": len(rows) - results.count(MISSED),
        "mended": results.count(MENDED),
        "other_lines": len(left),
        "sheet": "missing" if not sheet.there else "filled" if sheet.lines else "empty",
    }


def _frame(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=list(columns))
