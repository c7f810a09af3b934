"""Opening a PDF, and what else than pages it may be."""

from __future__ import annotations

import logging
from collections.abc import Callable, Set
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from budgetkit.errors import UnreadableDocument
from budgetkit.extraction.pdf.problems import ENCRYPTED

#: What a catalog that can't be read may hold.
_UNKNOWN = frozenset({"OCProperties"})
_XFA = (pdfium_c.FORMTYPE_XFA_FULL, pdfium_c.FORMTYPE_XFA_FOREGROUND)


def open_document(path: Path, password: str | None) -> pdfium.PdfDocument:
    """Open a PDF.

    Parameters
    ----------
    path
        The file.
    password
        Where it has one.

    Returns
    -------
    pdfium.PdfDocument

    Raises
    ------
    UnreadableDocument
        Not a PDF, damaged, empty, or encrypted.
    """
    try:
        with path.open("rb") as handle:
            head = handle.read(1024)
    except OSError as error:
        raise UnreadableDocument(f"can't be opened ({error.strerror})", file=path) from error
    if not head:
        raise UnreadableDocument("the file is empty", file=path, remedy="get it again")
    if b"%PDF-" not in head:
        raise UnreadableDocument("is not a PDF", file=path, remedy="save it as PDF first")
    try:
        document = pdfium.PdfDocument(path, password=password)
    except pdfium.PdfiumError as error:
        if "assword" in str(error):
            given = "another" if password else "the"
            raise UnreadableDocument(
                ENCRYPTED, file=path, remedy=f"give {given} password with --password"
            ) from error
        if error.err_code == pdfium_c.FPDF_ERR_SECURITY:
            raise UnreadableDocument(
                f"{ENCRYPTED} for certain readers (a certificate, or a vendor's own scheme)",
                file=path,
                remedy="save an unprotected copy where it opens, or ask the publisher for one",
            ) from error
        raise UnreadableDocument(
            "is damaged or cut off", file=path, remedy="get the file again"
        ) from error
    if len(document) == 0:
        document.close()
        raise UnreadableDocument("has no pages", file=path, remedy="get the file again")
    if document.get_formtype() == pdfium_c.FORMTYPE_ACRO_FORM:
        document.init_forms()  # values without an appearance get one, as a viewer gives them
    return document


def catalog_keys(path: Path, password: str | None = None) -> Set[str]:
    """List what the catalog of a PDF holds: layers, a portfolio's collection, a form.

    Parameters
    ----------
    path
        The file.
    password
        Where the file has one.

    Returns
    -------
    set of str
        Layers are among them where it can't be read, so that its pages are looked at.
    """
    import playa  # heavy; reports and pictures of pages go without

    # What it says of a damaged file, in its own terms, would reach the user's terminal.
    logging.getLogger(playa.__name__).setLevel(logging.CRITICAL)
    try:
        with playa.open(path, password=password or "") as document:
            return set(document.catalog)
    except Exception:  # a damaged file that pdfium mends
        return _UNKNOWN


def container(document: pdfium.PdfDocument, catalog: Callable[[], Set[str]]) -> str | None:
    """Say what a file is whose pages are only the cover of what it holds.

    Parameters
    ----------
    document
        As opened.
    catalog
        Tells what its catalog holds; asked only where it matters.

    Returns
    -------
    str or None
        What it is; None for any other file.
    """
    count = document.count_attachments()
    if count and "Collection" in catalog():
        names = [document.get_attachment(i).get_name() for i in range(min(count, 3))]
        more = "…" if count > len(names) else ""
        return f"is a portfolio: its figures stand in the files inside ({', '.join(names)}{more})"
    if document.get_formtype() in _XFA:
        return "is an XFA form: its pages are made by the form's own viewer"
    return None
