"""Places as one word, for tables."""

from __future__ import annotations

from budgetkit.storage.figures import Place


def place_text(place: Place) -> str:
    """Write a place in one word: document:page:x0:top:x1:bottom."""
    box = ":".join(f"{edge:g}" for edge in place.box)
    return f"{place.document}:{place.page}:{box}"
