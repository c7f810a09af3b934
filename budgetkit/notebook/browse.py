"""A frame to filter, sort and save in a notebook, without a network.

Why not itables (2.9, MIT), which shows frames by DataTables: offline it adds a script of 620 KB to
each notebook, its output has no row without that script (an output that is not trusted shows
"Loading", with links to the network), it doesn't know the units of a frame, and it can't share its
rows with the pages of :mod:`budgetkit.notebook.page_viewer`.  The script here has ten kilobytes and
draws rows as they come into view.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from budgetkit.notebook.browser_rows import (
    rows_of,
    script_data,
    table_data,
    table_html,
    words,
)
from budgetkit.notebook.inlined import inlined, style

if TYPE_CHECKING:
    import pandas as pd

#: Rows that an output holds; a longer frame is cut, with a note.
MOST = 10_000
#: Rows that are shown where no script runs.
STILL = 20


@dataclass(frozen=True)
class Browser:
    """A table that is filtered by column, sorted by a click on a header, and saved as CSV.

    Attributes
    ----------
    data : pandas.DataFrame
        The frame; the units in ``attrs["units"]`` are shown in the headers.
    file : str
        Name of the CSV.
    """

    data: pd.DataFrame
    file: str = "rows.csv"

    def __repr__(self) -> str:
        return f"<Browser: {len(self.data)} rows>"

    def _repr_html_(self) -> str:
        lang = str(self.data.attrs.get("lang", "en"))
        rows = rows_of(self.data, MOST)
        note = words(lang)["still"].format(n=min(STILL, len(rows.cells)), all=rows.total)
        return (
            f'<div class="bk-browse bk-rows">{style("browser_rows.css")}'
            f'<div class="still">{table_html(rows, STILL)}<small>{note}</small></div>'
            f"{script_data(table_data(rows, self.file, lang))}"
            f"<script>(()=>{{{inlined('browser_rows.js')}\n{START}}})()</script></div>"
        )


START = (
    "const root=bkRoot('.bk-browse');"
    "bkRows(root,JSON.parse(root.querySelector('script[type=\"application/json\"]').textContent));"
)


def browse(data: pd.DataFrame | pd.Series, *, file: str = "rows.csv") -> Browser:
    """Show a frame so that it can be filtered, sorted and saved in a notebook, without a network.

    A click on a header sorts.  The field below it filters: words, ``!word`` that is not there,
    ``=whole cell``; of numbers ``>5``, ``<=5``, ``3..7``; ``=`` alone takes empty cells and ``!``
    the others.  ``CSV`` saves the rows that are shown, in their order, from the browser.

    Parameters
    ----------
    data
        Any frame; its first 10,000 rows are shown.  An index with names is shown as columns.
    file
        Name of the CSV file that is saved.

    Returns
    -------
    Browser
        Displays itself.  A saved notebook keeps it; where its scripts don't run, the first rows
        stand there as a plain table.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"a": [1.5]})
    >>> '<td class="n">1.50</td>' in browse(frame)._repr_html_()
    True
    """
    import pandas as pd

    return Browser(data.to_frame() if isinstance(data, pd.Series) else data, file)
