"""Places as one word, for tables."""

from __future__ import annotations

from collections.abc import Iterable

from budgetkit.storage.figures import Place


def place_text(place: Place) -> str:
    """Write a place in one word: document:page:x0:top:x1:bottom."""
    box = ":".join(f"{edge:g}" for edge in place.box)
    return f"{place.document}:{place.page}:{box}"


def printed_at(places: Iterable[Place]) -> dict[str, str]:
    """Return the columns that say where the figures of a row are printed."""
    places = list(places)
    return {
        "fact_ids": " ".join(place.fact_id for place in places if place.fact_id),
        "places": " ".join(map(place_text, places)),
    }
