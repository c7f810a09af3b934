"""Whether a PDF has layers (optional content), of which some may be off."""

from __future__ import annotations

from pathlib import Path

import playa


def has_layers(path: Path, password: str | None = None) -> bool:
    """Return whether a PDF has layers; so it may where its catalog can't be read.

    Parameters
    ----------
    path
        The file.
    password
        Where the file has one.

    Returns
    -------
    bool
    """
    try:
        with playa.open(path, password=password or "") as document:
            return "OCProperties" in document.catalog
    except Exception:  # a damaged file that pdfium mends: its pages are looked at instead
        return True
