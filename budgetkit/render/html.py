"""A notebook that ran, as one HTML file that needs nothing else.

Only what a cell shows as HTML is taken: no code, no text output, no script, and a policy
in the page that forbids to load from any address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.errors import BudgetkitError
from budgetkit.render.labels import LANGUAGES

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: The folder of nbconvert templates that the package brings, and the one for pages.
TEMPLATES, TEMPLATE = Path(__file__).parent / "templates", "report"
#: Attributes that make a browser load something.
LOADING = ("src", "srcset", "data", "poster", "action", "background", "formaction")
#: What may stand in them: a picture in the page itself.
INLINE = re.compile(r"data:image/(png|svg\+xml|jpeg|webp);")


def notebook_html(
    notebook: NotebookNode, *, title: str, lang: str = "zh", ways: Sequence[tuple[str, str]] = ()
) -> str:
    """Turn a notebook that ran into a page.

    Parameters
    ----------
    notebook
        With its outputs.
    title
        Of the page; shown as text, whatever it holds.
    lang
        ``zh`` or ``en``.
    ways
        To other pages: words, and the address seen from this page.

    Returns
    -------
    str
        A whole HTML document, self-contained.

    Raises
    ------
    BudgetkitError
        Something in it would load from an address, or run a script.
    """
    page, _ = _exporter().from_notebook_node(
        notebook,
        resources={"page_title": title, "html_lang": LANGUAGES[lang], "ways": tuple(ways)},
    )
    found = loads(page)
    if found:
        raise BudgetkitError(
            f"a page may load nothing and run nothing, and this one has {found[0]}", file=title
        )
    return str(page)


@cache
def _exporter() -> Any:
    """The exporter, made once a process."""
    from nbconvert import HTMLExporter
    from nbconvert.exporters.templateexporter import TemplateExporter

    class Plain(HTMLExporter):
        """Leaves out the second parse of the page, which adds what a report does not need."""

        from_notebook_node = TemplateExporter.from_notebook_node

    return Plain(  # type: ignore[no-untyped-call]
        template_name=TEMPLATE,
        extra_template_basedirs=[str(TEMPLATES)],
        template_paths=[str(TEMPLATES / TEMPLATE)],
    )


def loads(page: str) -> list[str]:
    """List what in a page would load from an address or run a script.

    Examples
    --------
    >>> loads('<p><a href="https://example.org">a link is fine</a></p>')
    []
    >>> loads('<img src="https://example.org/x.png"><p onclick="x()">')
    ['<img src="https://example.org/x.png">', '<p onclick>']
    """
    reader = _Reader()
    reader.feed(page)
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        if tag in ("script", "iframe", "object", "embed", "link", "base", "form"):
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            value = (value or "").strip()
            if name.startswith("on") or value.lower().startswith("javascript:"):
                self.found.append(f"<{tag} {name}>")
            elif _fetches(tag, name, value):
                self.found.append(f'<{tag} {name}="{value[:80]}">')


def _fetches(tag: str, name: str, value: str) -> bool:
    """Whether a browser loads what an attribute names; a link waits until it is followed."""
    if name in LOADING:
        return not INLINE.match(value)
    is_link = name in ("href", "xlink:href") and tag != "a"
    return is_link and not value.startswith("#") and not INLINE.match(value)
