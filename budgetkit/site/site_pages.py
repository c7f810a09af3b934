"""The pages that a site adds: the index with its script and rows, and the page of the data."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from budgetkit.disclosure import DisclosureKey
from budgetkit.render.page import stylesheet, templates
from budgetkit.report.index import LeftOut
from budgetkit.schema import VERSION
from budgetkit.site.case_pages import Finding
from budgetkit.site.downloads import SUMS, DataFolder
from budgetkit.site.search_index import Department, more_script, rows_script
from budgetkit.site.site_links import ASSETS, COMPARISON, DATA, INDEX, SiteLink, site_bar
from budgetkit.site.site_words import SiteWords

#: Digits of a hash by which a browser knows that a script has changed.
VERSION_DIGITS = 12
#: Digits of the hash of a dataset that a citation names.
CITED_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Contents:
    """What a site holds.

    Attributes
    ----------
    title : str
        Of the site.
    departments : list of Department
        In the order of the index.
    findings : dict of DisclosureKey to list of Finding
        Of each disclosure.
    left_out : list of LeftOut
        Documents without a report.
    data : DataFolder
        The files to take away.
    licence : str
        Of the data; empty where none is named.
    has_comparison : bool
        Whether there is one.
    """

    title: str
    departments: list[Department]
    findings: Mapping[DisclosureKey, Sequence[Finding]]
    left_out: list[LeftOut]
    data: DataFolder
    licence: str
    has_comparison: bool

    @property
    def reports(self) -> int:
        """Number of reports."""
        return sum(bool(entry.file) for one in self.departments for entry in one.entries)

    @property
    def years(self) -> list[int]:
        """Years of the disclosures."""
        return sorted({entry.key.year for one in self.departments for entry in one.entries})


def site_links(contents: Contents, up: str, say: SiteWords, here: str = "") -> list[SiteLink]:
    """Return the links that every page has.

    Parameters
    ----------
    contents
        Of the site.
    up
        The way from the page to the site's folder: empty or ``../``.
    say
        The words.
    here
        The page itself, relative to the site; its link leads nowhere.

    Returns
    -------
    list of SiteLink
    """
    names = [(INDEX, "departments"), (f"{DATA}/{INDEX}", "data")]
    if contents.has_comparison:
        names.insert(1, (f"{COMPARISON}/{INDEX}", "comparison"))
    return [
        SiteLink(say(f"bar.{words}"), "" if name == here else f"{up}{name}")
        for name, words in names
    ]


def write_pages(contents: Contents, folder: Path, say: SiteWords) -> None:
    """Write the index and the page of the data.

    Parameters
    ----------
    contents
        Of the site.
    folder
        Of the site.
    say
        The words.
    """
    counts = {key: len(found) for key, found in contents.findings.items()}
    assets = {
        "rows.js": rows_script(contents.departments, counts, say),
        "more.js": more_script(contents.departments, contents.findings, contents.left_out, say),
        "site.js": _template("site.js"),
    }
    (folder / ASSETS).mkdir()
    for name, text in assets.items():
        (folder / ASSETS / name).write_text(text, encoding="utf-8", newline="\n")
    versions = {
        name: hashlib.sha256(text.encode()).hexdigest()[:VERSION_DIGITS]
        for name, text in assets.items()
    }
    style = stylesheet() + _template("site.css")
    index = templates("budgetkit.site", "templates").get_template("index.html").render(
        say=say, style=style, contents=contents, scripts=versions, assets=ASSETS,
        n_findings=sum(counts.values()),
        bar=site_bar(site_links(contents, "", say, INDEX), say("bar")),
    )  # fmt: skip
    (folder / INDEX).write_text(index, encoding="utf-8")
    here = f"{DATA}/{INDEX}"
    data = templates("budgetkit.site", "templates").get_template("data.html").render(
        say=say, style=style, contents=contents, data=contents.data, sums=SUMS,
        citation=_citation(contents, say), size=readable_size, schema=VERSION, version=_version(),
        bar=site_bar(site_links(contents, "../", say, here), say("bar")),
    )  # fmt: skip
    (folder / here).write_text(data, encoding="utf-8")


def _template(name: str) -> str:
    return (files("budgetkit.site") / "templates" / name).read_text(encoding="utf-8")


def _version() -> str:
    from importlib import metadata

    return metadata.version("budgetkit")


def _citation(contents: Contents, say: SiteWords) -> tuple[str, str]:
    """How to cite the data: a line, and an entry of BibTeX."""
    years = contents.years
    about = {
        "title": contents.title,
        "years": f"{years[0]}–{years[-1]}" if len(years) > 1 else f"{years[0]}",
        "reports": contents.reports,
        "schema": VERSION,
        "sha": contents.data.sha256[:CITED_DIGITS],
        "version": _version(),
    }
    return say("cite.line", **about), say("cite.bibtex").replace("|", "\n") % about


def readable_size(size: int) -> str:
    """Write a size of a file.

    Examples
    --------
    >>> readable_size(999), readable_size(1_234_567)
    ('1 kB', '1.2 MB')
    """
    if size < 1_000_000:
        return f"{max(size / 1000, 1):,.0f} kB"
    return f"{size / 1_000_000:,.1f} MB"
