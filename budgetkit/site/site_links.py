"""The bar at the top of each page of a site, and how pages that others made get it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from budgetkit.render.page import templates

#: The beginning of what a page shows.
_BODY = re.compile(r"<body[^>]*>")
#: The pages of a site.
INDEX, DATA, COMPARISON, CASES, ASSETS = "index.html", "data", "compare", "cases", "assets"


@dataclass(frozen=True, slots=True)
class SiteLink:
    """A link of the bar.

    Attributes
    ----------
    words : str
        What it says.
    href : str
        Where it leads, relative to the page; empty for the page itself.
    """

    words: str
    href: str = ""


def site_bar(links: Sequence[SiteLink], label: str) -> str:
    """Return the bar of a page as HTML.

    Parameters
    ----------
    links
        From left to right.
    label
        What it is called by a screen reader.

    Returns
    -------
    str
    """
    page = templates("budgetkit.site", "templates").get_template("bar.html")
    return str(page.render(links=links, label=label))


def with_bar(page: str, links: Sequence[SiteLink], label: str) -> str:
    """Put the bar at the top of a page that another part of the program made.

    Parameters
    ----------
    page
        A whole HTML document.
    links, label
        As of :func:`site_bar`.

    Returns
    -------
    str

    Examples
    --------
    >>> page = with_bar("<html><body><p>x</p></body></html>", [SiteLink("<A>", "../a.html")], "b")
    >>> '<a href="../a.html">&lt;A&gt;</a>' in page, page.endswith("<p>x</p></body></html>")
    (True, True)
    """
    bar = site_bar(links, label)
    return _BODY.sub(lambda body: body.group() + bar, page, count=1)
