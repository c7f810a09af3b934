"""Damaged PDFs out of good ones: cut, flipped, spliced, with a fixed seed.

``python -m tests.helpers.damage FOLDER [COUNT]`` writes them.
"""

from __future__ import annotations

import random
import re
import sys
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.conftest import ROOT

SEED = 20250101
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def cut(good: bytes, other: bytes, chance: random.Random) -> bytes:
    """The end is missing, as after a broken download."""
    return good[: chance.randrange(len(good))]


def flipped(good: bytes, other: bytes, chance: random.Random) -> bytes:
    """Some bytes are others."""
    found = bytearray(good)
    for _ in range(chance.choice((1, 10, 100, 1000))):
        found[chance.randrange(len(found))] = chance.randrange(256)
    return bytes(found)


def spliced(good: bytes, other: bytes, chance: random.Random) -> bytes:
    """The head of one and the tail of another."""
    return good[: chance.randrange(len(good))] + other[chance.randrange(len(other)) :]


def doubled(good: bytes, other: bytes, chance: random.Random) -> bytes:
    """A piece of it stands in it twice, so that no offset is right."""
    a, b = sorted(chance.randrange(len(good)) for _ in range(2))
    return good[:b] + good[a:]


def renumbered(good: bytes, other: bytes, chance: random.Random) -> bytes:
    """Numbers outside of the streams are others: lengths, offsets, references, counts."""
    digits = [match.start() for match in re.finditer(rb"\d", _STREAM.sub(_blank, good))]
    found = bytearray(good)
    for place in chance.sample(digits, min(20, len(digits))):
        found[place] = chance.choice(b"0123456789")
    return bytes(found)


def rewritten(good: bytes, other: bytes, chance: random.Random) -> bytes:
    """What a page's stream says is changed beneath its compression."""
    streams = [match for match in _STREAM.finditer(good) if _unpacked(match[1])]
    if not streams:
        return flipped(good, other, chance)
    match = chance.choice(streams)
    content = flipped(_unpacked(match[1]), b"", chance)
    return good[: match.start(1)] + zlib.compress(content) + good[match.end(1) :]


def _blank(match: re.Match[bytes]) -> bytes:
    return b" " * len(match[0])


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


WAYS: tuple[Callable[[bytes, bytes, random.Random], bytes], ...] = (
    cut, flipped, spliced, doubled, renumbered, rewritten,
)  # fmt: skip


def make(folder: Path, good: Sequence[Path], number: int, *, seed: int = SEED) -> list[Path]:
    """Write so many damaged files, each in the way that its name says."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    contents = [path.read_bytes() for path in good]
    made = []
    for i in range(number):
        way = WAYS[i % len(WAYS)]
        path = folder / f"{way.__name__}-{i:04d}.pdf"
        path.write_bytes(way(chance.choice(contents), chance.choice(contents), chance))
        made.append(path)
    return made


if __name__ == "__main__":
    corpus = sorted((ROOT / "data" / "sample").glob("*.pdf"))
    many = make(Path(sys.argv[1]), corpus, int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
    print(f"{len(many)} damaged files in {sys.argv[1]}")
