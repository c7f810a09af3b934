"""A reader of pictures for tests, and whether the real one is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from budgetkit.extraction.ocr.recogniser import Grey, Seen, SeenChar, is_installed

#: Marks tests that read pictures with the real recogniser.
needs_recogniser = pytest.mark.skipif(
    not is_installed(), reason="the extra is not installed: pip install 'budgetkit[ocr]'"
)


def seen(text: str, confidence: float = 0.99) -> Seen:
    """What a picture of a line reads as."""
    share = 1 / max(len(text), 1)
    chars = [SeenChar(c, (i + 0.5) * share, confidence) for i, c in enumerate(text)]
    return Seen(text, confidence if text else 0.0, tuple(chars))


class FakeReader:
    """Says what a test tells it to, picture by picture, and counts what it was asked."""

    def __init__(self, say: Callable[[Grey], str]) -> None:
        self._say = say
        self.asked = 0

    def __call__(self, pictures: Sequence[Grey]) -> list[Seen]:
        """Read pictures of one line each."""
        self.asked += len(pictures)
        return [seen(self._say(picture)) for picture in pictures]
