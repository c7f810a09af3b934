"""A frame as a table in which every figure leads to the picture of its cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from budgetkit.errors import BudgetkitError, UsageError, suggestion
from budgetkit.geometry import Box
from budgetkit.notebook.inlined import style
from budgetkit.render.evidence import Evidence
from budgetkit.render.labels import Labels
from budgetkit.storage.figures import Place
from budgetkit.storage.reader import DatasetReader
from budgetkit.storage.records import with_none

if TYPE_CHECKING:
    import pandas as pd

#: Rows shown where nothing else is said.
MOST = 20
#: Columns that say where and how a figure is known: they stand behind it, not beside it.
BEHIND = ("fact_ids", "places", "documents", "flags", "doubt", "origin", "audit", "notice", "scope",
          "region", "node", "parent", "kind", "fund_id", "certainty")  # fmt: skip
#: The columns that hold the figure of a row, the first that is there.
FIGURES = ("value", "amount", "now")
#: Pictures of one figure: a sum of more shows the first.
MOST_PICTURES = 4


@dataclass(frozen=True)
class EvidenceTable:
    """A table of figures that open to the place where they are printed.

    Attributes
    ----------
    data : pandas.DataFrame
        The rows that are shown.
    columns : tuple of str
        The columns that are shown.
    rows : int
        Rows of the frame.
    pictures : bool
        Whether the pictures of the cells stand in the table.
    unit : str
        What amounts are shown in; empty is that of the frame's language.
    """

    data: pd.DataFrame
    columns: tuple[str, ...]
    rows: int
    pictures: bool = True
    unit: str = ""

    def __repr__(self) -> str:
        return f"<EvidenceTable: {len(self.data)} of {self.rows} rows>"

    def _repr_html_(self) -> str:
        say = Labels(str(self.data.attrs.get("lang", "zh")), self.unit)
        units = self.data.attrs.get("units", {})
        evidence = _evidence(self.data.attrs.get("dataset", "")) if self.pictures else None
        figure_column = next((name for name in FIGURES if name in self.data), "")
        body = []
        plain = with_none(self.data)
        heads = "".join(_head(name, plain[name], _unit(units, name, say)) for name in self.columns)
        for row in plain.to_dict("records"):
            named: dict[str, Any] = {str(key): value for key, value in row.items()}
            cells = [
                _figure_cell(named, name, evidence, say, _unit_of(named, name, units))
                if name == figure_column
                else _cell(named[name], say, _unit_of(named, name, units))
                for name in self.columns
            ]
            body.append(f"<tr>{''.join(cells)}</tr>")
        more = say("plot.first", n=len(self.data), all=self.rows)
        note = f"<small>{escape(more)}</small>" if len(self.data) < self.rows else ""
        return (
            f'{style("evidence_table.css")}<div class="bk-table"><table>'
            f"<thead><tr>{heads}</tr></thead><tbody>{''.join(body)}</tbody></table>{note}</div>"
        )


def table(
    frame: pd.DataFrame,
    columns: Sequence[str] = (),
    *,
    rows: int = MOST,
    pictures: bool = True,
    unit: str = "",
) -> EvidenceTable:
    """Show a frame as a table in which a click on a figure shows where it is printed.

    Parameters
    ----------
    frame
        As of ``Dataset.compare``, ``panel``, ``figures``, ``project_list``, ``changes``, ``flow``,
        ``drill``, ``by_function``, ``by_class`` or ``bk.plot.drawn``; other frames are shown
        without pictures.  Units are those of the column ``unit`` or of ``attrs["units"]``.
    columns
        To show; by default all but those that say where a figure is from.
    rows
        Rows to show; how many there are is written below.
    pictures
        Put the pictures of the cells into the table, about 15 KiB each.
    unit
        Amounts are shown in: ``yuan``, ``wan``, ``million`` or ``yi``; by default 万元 where the
        frame is in Chinese, million yuan where it is in English.

    Returns
    -------
    EvidenceTable
        Displays itself in a notebook, without a network; ※ marks figures in doubt.

    Raises
    ------
    UsageError
        There is no such column.

    Examples
    --------
    >>> import budgetkit as bk
    >>> from budgetkit.demo import prepare
    >>> ds = bk.read_dataset(prepare())
    >>> shown = bk.table(ds.figures("20601", "general_expenditure", "total"))
    >>> "data:image/png" in shown._repr_html_()
    True
    """
    for name in columns:
        if name not in frame:
            raise UsageError(
                f"the frame has no column '{name}'",
                remedy=suggestion(name, [str(known) for known in frame.columns]),
            )
    chosen = tuple(columns) or tuple(
        str(name)
        for name in frame.columns
        if name not in BEHIND and not (frame[name].isna() | (frame[name] == "")).all()
    )
    return EvidenceTable(frame.head(rows), chosen, len(frame), pictures, unit)


def _evidence(folder: object) -> Evidence | None:
    try:
        return Evidence(DatasetReader(str(folder)).pdf_of) if folder else None
    except BudgetkitError:
        return None


def _unit_of(row: Mapping[str, Any], column: str, units: Mapping[str, str]) -> str:
    """The unit of a cell as frames have it: of its row, else of its column."""
    if column == "unit":
        return str(row[column] or "")
    return str(row.get("unit") or "") if column == "value" else units.get(column, "")


def _unit(units: Mapping[str, str], name: str, say: Labels) -> str:
    unit = say.unit_name(units.get(name, ""))
    return f" <small>({escape(unit)})</small>" if unit else ""


def _head(name: str, column: pd.Series, unit: str) -> str:
    """A header stands over its column: right over figures."""
    figures = any(isinstance(value, (int, float)) for value in column)
    kind = ' class="n"' if figures else ""
    return f"<th{kind}>{escape(name)}{unit}</th>"


def _cell(value: Any, say: Labels, unit: str) -> str:
    if value is None:
        return "<td></td>"
    if value == unit:
        return f"<td>{escape(say.unit_name(unit))}</td>"
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return f"<td>{escape(str(value))}</td>"
    return f'<td class="n">{_number(value, say, unit)}</td>'


def _number(value: float, say: Labels, unit: str) -> str:
    return f"{value}" if isinstance(value, int) and not unit else say.value(value, unit)


def _figure_cell(
    row: Mapping[str, Any], column: str, evidence: Evidence | None, say: Labels, unit: str
) -> str:
    """The figure of a row; open it, and the cells that it is printed in are there."""
    value = row[column]
    if value is None:
        return f"<td><small>{escape(str(row.get('note') or '—'))}</small></td>"
    number = _number(value, say, unit) if isinstance(value, (int, float)) else escape(str(value))
    if row.get("doubt"):
        number += ' <span class="doubt">※</span>'
    places = list(places_of(row.get("places")))
    if not places:
        return f'<td class="n">{number}</td>'
    shown = []
    for place in places[:MOST_PICTURES]:
        words = f"{place.document}, {say('plot.page', page=place.page)}"
        image = evidence.picture(place) if evidence else ""
        picture = f'<img alt="{escape(words)}" src="{image}">' if image else ""
        shown.append(f"<small>{escape(words)}</small>{picture}")
    if len(places) > MOST_PICTURES:
        shown.append(f"<small>+ {len(places) - MOST_PICTURES}</small>")
    return f'<td class="n"><details><summary>{number}</summary>{"".join(shown)}</details></td>'


def places_of(words: object) -> Iterable[Place]:
    """Read places as tables write them: document:page:x0:top:x1:bottom, with spaces between.

    Examples
    --------
    >>> [place.page for place in places_of("a:3:10:20:30:40 b:1:1:2:3:4")]
    [3, 1]
    """
    for word in str(words or "").split():
        document, page, *edges = word.rsplit(":", 5)
        if len(edges) == 4:
            yield Place(document, int(page), Box(*map(float, edges)), "")
