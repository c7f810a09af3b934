"""Each figure of a comparison: its data, its drawing, its words and its sources.

The data of every figure is a frame, so that it stands beside the figure as a table.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from budgetkit.compare.measures import measures
from budgetkit.errors import without_control
from budgetkit.render.charts import GREY, drawable, style, svg

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

#: Dots an inch of a PNG.
DPI = 160


@dataclass(frozen=True)
class Picture:
    """A figure and what belongs to it.

    Attributes
    ----------
    id : str
        Name of its files.
    title : str
        What stands above it.
    data : pandas.DataFrame
        What it shows.
    draw : callable
        Makes the matplotlib figure of ``data``.
    alt : str
        What it shows, for those who can't see it.
    source : str
        Documents, dates and unit.
    note : str
        What stands below it; may be empty.
    units : dict of str to str
        Units of its columns, as frames have them; those of a measure are known by its id.
    """

    id: str
    title: str
    data: pd.DataFrame
    draw: Callable[[pd.DataFrame], Figure]
    alt: str
    source: str
    note: str = ""
    units: dict[str, str] = field(default_factory=dict)

    def unit(self, column: str) -> str:
        """Return the unit of a column of the data, as frames have it; empty where it has none."""
        known = measures().get(column)
        return known.frame_unit if known else self.units.get(column, "")

    @property
    def table(self) -> pd.DataFrame:
        """The data with the names of its rows as a column."""
        if self.data.index.name is None and not isinstance(self.data.index[0], int):
            return self.data.rename_axis("name").reset_index()
        return self.data

    def inline(self) -> str:
        """Return the figure as SVG inside of a page."""
        figure = self.draw(self.data)
        found = svg(figure, re.sub(r"\W", "", self.id), self.alt)
        figure.clear()
        return found

    def files(self) -> tuple[str, bytes]:
        """Return the figure as an SVG and as a PNG file, with its title and its source.

        Returns
        -------
        tuple of (str, bytes)
            Both hold the title and what the figure shows, as text.
        """
        figure = self._signed()
        with style():
            # Laid out once: matplotlib would do it again for each file.
            if figure.get_layout_engine() is not None:
                figure.draw_without_rendering()
                figure.set_layout_engine(None)
        made = self._svg_file(figure), self._png_file(figure)
        # Its parts refer to each other: they would wait for the garbage collector, 10 MiB a figure.
        figure.clear()
        return made

    def _svg_file(self, figure: Figure) -> str:
        text = svg(figure, re.sub(r"\W", "", self.id), self.alt, outlines=True)
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {text[len("<svg ") :]}'
        title, alt = (escape(without_control(text)) for text in (self.title, self.alt))
        return head.replace(">", f"><title>{title}</title><desc>{alt}</desc>", 1) + "\n"

    def _png_file(self, figure: Figure) -> bytes:
        buffer = io.BytesIO()
        with style():
            figure.savefig(
                buffer,
                format="png",
                dpi=DPI,
                metadata={"Title": self.title, "Description": self.alt, "Software": None},
            )
        return buffer.getvalue()

    def _signed(self) -> Any:
        """The figure with its title above and its source line below."""
        figure: Any = self.draw(self.data)
        title, source = drawable(self.title), drawable(self.source)
        with style():
            width, height = figure.get_size_inches()
            if figure.get_layout_engine() is None:
                room = 0.34 / (height + 0.34)
                figure.set_size_inches(width, height + 0.34)
                figure.axes[0].set_position((0.0, room / 2, 1.0, 1.0 - room))
                figure.text(0.005, 0.995, title, fontsize=10, va="top")
                figure.text(0.005, 0.006, source, fontsize=6.5, color=GREY)
            else:
                figure.set_size_inches(width, height + 0.5)
                figure.suptitle(title, x=0.01, ha="left", fontsize=10)
                figure.supxlabel(source, x=0.01, ha="left", fontsize=6.5, color=GREY)
        return figure
