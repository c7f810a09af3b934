"""The sheet of sources: every page that a workbook's figures come from, with a link to it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import quote

from budgetkit.errors import BudgetkitError
from budgetkit.storage.reader import DatasetReader
from budgetkit.workbook.book import Link, Sheet
from budgetkit.workbook.workbook_words import WorkbookWords


def pdf_links(dataset: DatasetReader, documents: Iterable[str], folder: Path) -> dict[str, str]:
    """Return the address of each document's PDF, relative to a folder.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    documents
        Ids.
    folder
        In which the workbook will stand.

    Returns
    -------
    dict of str to str
        Without those whose PDF is not at hand.
    """
    links = {}
    for document in sorted(set(documents)):
        try:
            path = os.path.relpath(dataset.pdf_of(document).resolve(), folder.resolve())
        except (BudgetkitError, ValueError):  # gone, or on another drive
            continue
        links[document] = quote(Path(path).as_posix())
    return links


def page_link(document: str, page: int, links: Mapping[str, str]) -> Link:
    """Return the cell of a page.

    Parameters
    ----------
    document
        Id.
    page
        From 1.
    links
        As of :func:`pdf_links`.

    Returns
    -------
    Link
        Without a target where the PDF is not at hand.
    """
    return Link(page, f"{links[document]}#page={page}" if document in links else "")


def pages_sheet(
    pages: Mapping[tuple[str, int], int], links: Mapping[str, str], words: WorkbookWords
) -> Sheet:
    """List the pages that figures come from.

    Parameters
    ----------
    pages
        How many figures come from each document and page.
    links
        As of :func:`pdf_links`.
    words
        Of the workbook's language.

    Returns
    -------
    Sheet
        In the order of documents and pages.
    """
    rows = tuple(
        (Link(document, links.get(document, "")), page_link(document, page, links), figures)
        for (document, page), figures in sorted(pages.items())
    )
    columns = tuple(words.column(key) for key in ("document", "page", "figures"))
    return Sheet(words("sheet.sources"), columns, rows)
