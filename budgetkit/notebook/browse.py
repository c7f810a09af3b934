"""A frame to sort and search in a notebook, without a network.

A script of two kilobytes in the output itself does it: nothing is loaded, and an output that is
not trusted still shows the table.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

#: Rows that a browser can handle; a longer frame is cut, with a note.
MOST = 2000
_NUMBERS = itertools.count(1)


@dataclass(frozen=True)
class Browser:
    """A table that is sorted by a click on a header and filtered by a search field.

    Attributes
    ----------
    data : pandas.DataFrame
        The frame; the units in ``attrs["units"]`` are shown in the headers.
    """

    data: pd.DataFrame
    id: str = field(default_factory=lambda: f"bk-browse-{next(_NUMBERS)}")

    def _repr_html_(self) -> str:
        shown = self.data.head(MOST)
        units: dict[str, str] = dict(self.data.attrs.get("units", {}))
        heads = "".join(
            f"<th><button>{escape(str(name))}{_unit(units, name)}</button></th>" for name in shown
        )
        plain = shown.astype(object).where(shown.notna(), None)
        rows = "".join(
            f"<tr>{''.join(_cell(value) for value in row)}</tr>" for row in plain.values.tolist()
        )
        script = _asset("browse.js").replace("ROOT_ID", json.dumps(self.id))
        cut = f" (the first of {len(self.data)})" if len(self.data) > MOST else ""
        return (
            f'<style>{_asset("browse.css")}</style><div class="bk-browse" id="{self.id}">'
            f'<input type="search" aria-label="search" placeholder="search"> '
            f'<span class="count">{len(shown)}</span> rows{cut}'
            f'<div class="box"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
            f"</div></div><script>{script}</script>"
        )


def browse(data: pd.DataFrame) -> Browser:
    """Show a frame so that it can be sorted and searched in a notebook, without a network.

    Parameters
    ----------
    data
        Any frame; its first 2,000 rows are shown.

    Returns
    -------
    Browser
        Displays itself.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"a": [1.5]})
    >>> 'data-v="1.5">1.50</td>' in browse(frame)._repr_html_()
    True
    """
    return Browser(data)


@cache
def _asset(name: str) -> str:
    return (files("budgetkit.notebook") / name).read_text(encoding="utf-8")


def _unit(units: dict[str, str], name: object) -> str:
    unit = units.get(str(name), "")
    return f" <small>({escape(unit)})</small>" if unit else ""


def _cell(value: Any) -> str:
    if value is None:
        return "<td></td>"
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return f"<td>{escape(str(value))}</td>"
    text = f"{value}" if isinstance(value, int) else f"{value:,.2f}"
    return f'<td class="n" data-v="{value}">{text}</td>'
