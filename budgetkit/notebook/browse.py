"""A frame to sort and search in a notebook, without a network.

A script of two kilobytes does it, in the output itself: nothing is loaded, and an output that
is not trusted still shows the table.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

#: Rows that a browser keeps handling at once; a longer frame is cut, and says so.
MOST = 2000
_NUMBERS = itertools.count(1)
STYLE = (
    "<style>.bk-browse{font:13px/1.5 'Noto Sans SC',sans-serif;color:#1b1f24}"
    ".bk-browse input{padding:.2rem .5rem;width:22rem;max-width:100%;margin-bottom:.3rem}"
    ".bk-browse .box{max-height:26rem;overflow:auto}.bk-browse table{border-collapse:collapse}"
    ".bk-browse th{cursor:pointer;position:sticky;top:0;background:#f6f8fa;user-select:none}"
    ".bk-browse th button{all:unset;cursor:pointer;font-weight:600}"
    ".bk-browse th button:focus-visible{outline:2px solid #0072B2}"
    ".bk-browse th,.bk-browse td{padding:.15rem .6rem;border-bottom:1px solid #d8dee4;"
    "text-align:left;white-space:nowrap;background-clip:padding-box}"
    ".bk-browse td.n{text-align:right;font-variant-numeric:tabular-nums}</style>"
)
SCRIPT = """
(()=>{const root=document.getElementById(%s);if(!root)return;
const body=root.querySelector('tbody'),rows=[...body.rows],count=root.querySelector('.count');
const key=(row,i)=>row.cells[i].dataset.v??row.cells[i].textContent;
root.querySelector('input').addEventListener('input',event=>{
 const words=event.target.value.toLowerCase().split(/\\s+/).filter(Boolean);let shown=0;
 for(const row of rows){const text=row.textContent.toLowerCase();
  const fits=words.every(word=>text.includes(word));row.hidden=!fits;shown+=fits}
 count.textContent=shown});
root.querySelectorAll('th').forEach((th,i)=>th.addEventListener('click',()=>{
 const up=th.getAttribute('aria-sort')!=='ascending';
 root.querySelectorAll('th').forEach(other=>other.removeAttribute('aria-sort'));
 th.setAttribute('aria-sort',up?'ascending':'descending');
 const numeric=rows.some(row=>row.cells[i].dataset.v!==undefined);
 rows.sort((a,b)=>{const x=key(a,i),y=key(b,i);
  if(x===''||y==='')return(x==='')-(y==='');
  return(up?1:-1)*(numeric?x-y:x.localeCompare(y,'zh'))});
 body.append(...rows)}));
})()
"""


@dataclass(frozen=True)
class Browser:
    """A frame that is sorted by its headers and searched by its field.

    Attributes
    ----------
    data : pandas.DataFrame
        What is shown; ``attrs["units"]`` stands in the headers.
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
        cut = f" (the first of {len(self.data)})" if len(self.data) > MOST else ""
        return (
            f'{STYLE}<div class="bk-browse" id="{self.id}">'
            f'<input type="search" aria-label="search" placeholder="search"> '
            f'<span class="count">{len(shown)}</span> rows{cut}'
            f'<div class="box"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
            f"</div></div><script>{SCRIPT % json.dumps(self.id)}</script>"
        )


def browse(data: pd.DataFrame) -> Browser:
    """Show a frame so that it can be sorted and searched in the notebook, without a network.

    Parameters
    ----------
    data
        Any frame; its first 2,000 rows are shown.

    Returns
    -------
    Browser
        Shows itself.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"a": [1.5]})
    >>> 'data-v="1.5">1.50</td>' in browse(frame)._repr_html_()
    True
    """
    return Browser(data)


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
