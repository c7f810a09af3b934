"""English names of offices and places: put together from the list ``office_words.csv``.

审计局 is looked up, the place before it is written in pinyin, and so is any word that the list
does not know.  The translations are ours, and stand beside the Chinese name, never in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from budgetkit.codelists.pinyin import CHINESE, pinyin
from budgetkit.codelists.place_names import (
    Place,
    english_places,
    longest_first,
    places_at,
    words_of_kind,
)

#: A remark in brackets at the end of a name, （本级）, and one without.
_REMARK, _ORGANS = re.compile(r"[(（]([^()（）]*)[)）]$"), "机关"
#: What an unknown character costs a reading of a name, and what a word of the list does.
_UNKNOWN, _WORD = 100, 1
#: A committee that follows the place of its party, and how its name begins the rest: 市委宣传部.
_COMMITTEES, _PARTY, _COMMITTEE = ("委员会", "委"), "CPC", "Committee"
#: How names of the centre's offices begin, or the type that only the centre has.
_CENTRAL, _MINISTRY = "国家", "部"
#: What an office's topic may end with, so that the word for the office adds nothing.
_SAID, _AGAIN = "Administration", ("Administration", "Bureau")


class _Word(NamedTuple):
    """A part of a name: ``kind`` is ``type``, ``topic``, ``joiner``, ``place`` or ``unknown``."""

    text: str
    english: str
    kind: str


class _Reading(NamedTuple):
    cost: int
    words: tuple[_Word, ...]

    @property
    def is_known(self) -> bool:
        return self.cost < _UNKNOWN


@lru_cache(maxsize=4096)
def english_office(name: str) -> str:
    """Write the name of a department or unit in English.

    Parameters
    ----------
    name
        As printed.

    Returns
    -------
    str
        With words that the list doesn't know in pinyin; itself where it holds no Chinese.

    Examples
    --------
    >>> english_office("昌吉回族自治州科学技术局")
    'Science and Technology Bureau of Changji Hui Autonomous Prefecture'
    >>> english_office("中共西安市委宣传部")
    "Publicity Department, CPC Committee of Xi'an City"
    >>> english_office("深圳市审计局（本级）")
    'Audit Bureau of Shenzhen City (own office)'
    """
    if not CHINESE.search(name):
        return name
    remark = _REMARK.search(name)
    if remark and remark.start():
        inside = words_of_kind("mark").get(remark[1]) or pinyin(remark[1])
        return f"{english_office(name[: remark.start()])} ({inside})"
    plain = "".join(name.split())
    if plain.endswith(_ORGANS) and plain[: -len(_ORGANS)].endswith(longest_first("type")):
        return f"{english_office(plain[: -len(_ORGANS)])} ({words_of_kind('mark')[_ORGANS]})"
    return _office(plain)


def _office(name: str) -> str:
    party = next((word for word in longest_first("prefix") if name.startswith(word)), "")
    places, rest = _places_before(name[len(party) :])
    own = words_of_kind("prefix").get(party, "")
    words: list[_Word] = []
    committee = next((word for word in _COMMITTEES if rest.startswith(word)), "")
    # 委员会 and 委 are the party's where nothing stands between them and the place.
    if committee and (own or (places and len(rest) > len(committee))):
        words.append(_Word(committee, f"{own or _PARTY} {_COMMITTEE}", "type"))
        rest, own = rest[len(committee) :], ""
    words += _read(rest).words
    if not words:
        return english_places(places) if places else pinyin(name)
    is_central = not places and not party and (name.startswith(_CENTRAL) or name[-1] == _MINISTRY)
    if is_central and (english := words_of_kind("ministry").get(words[-1].text)):
        words[-1] = words[-1]._replace(english=english)
    written = _written(words, places)
    return f"{own}: {written}" if own else written


def _places_before(name: str) -> tuple[list[Place], str]:
    """The places that a name begins with, from the largest on, and the rest of the name."""
    found: list[Place] = []
    while name and not (found and _read(name).is_known):
        place = next(
            (one for one in places_at(name, found) if one.is_listed or not _read(name).is_known),
            None,
        )
        if place is None:
            break
        found.append(place)
        name = name[len(place.text) :]
    return found, name


def _written(words: Sequence[_Word], places: Sequence[Place]) -> str:
    """Write the offices of a name, the last one, which is the smallest, first."""
    offices: list[tuple[str, str]] = []
    place, own, beside = english_places(places), list[_Word](), ""
    for at, word in enumerate(words):
        if word.kind == "place":
            place = word.english
        elif word.kind == "joiner" and not own:
            beside, place = offices.pop()
            beside = f"{beside} {word.english}"
        else:
            own.append(word)
            if word.kind == "type" or at == len(words) - 1:
                offices.append((_joined([_Word("", beside, ""), *own] if beside else own), place))
                place, own, beside = "", [], ""
    return ", ".join(f"{text} of {place}" if place else text for text, place in reversed(offices))


def _joined(words: Sequence[_Word]) -> str:
    *topic, last = (word.english for word in words)
    parts = topic if topic and topic[-1].endswith(_SAID) and last in _AGAIN else [*topic, last]
    return re.sub(r" (?=[,/·])|(?<=[/·]) ", "", " ".join(parts))


@lru_cache(maxsize=4096)
def _read(text: str) -> _Reading:
    """Read a name without its places: with the fewest unknown characters, then the fewest words."""
    best: list[_Reading | None] = [None] * (len(text) + 1)
    best[0] = _Reading(0, ())
    for at in range(len(text)):
        before = best[at]
        if before is None:
            continue
        for word, cost in _words_at(text, at, before.words[-1] if before.words else None):
            end = at + len(word.text)
            new = _Reading(before.cost + cost, (*before.words, word))
            old = best[end]
            if old is None or new.cost < old.cost:
                best[end] = new
    reading = best[-1] or _Reading(_UNKNOWN, (_Word(text, pinyin(text), "unknown"),))
    return _Reading(reading.cost, tuple(_runs(reading.words)))


def _words_at(text: str, at: int, before: _Word | None) -> Iterable[tuple[_Word, int]]:
    """The words of the lists that stand at a place of a name, and what each costs."""
    for length in range(1, min(_longest_word(), len(text) - at) + 1):
        part = text[at : at + length]
        for kind in ("type", "topic"):
            if english := words_of_kind(kind).get(part):
                yield _Word(part, english, kind), _WORD
        joins = before is not None and before.kind != "unknown" and at + length < len(text)
        if joins and (english := words_of_kind("joiner").get(part)):
            yield _Word(part, english, "joiner"), _WORD
    if before is not None and before.kind == "type":
        for place in places_at(text[at:], ()):
            yield _Word(place.text, english_places([place]), "place"), _WORD
    yield _Word(text[at], text[at], "unknown"), _UNKNOWN


def _runs(words: Iterable[_Word]) -> Iterable[_Word]:
    """Put characters that are not known together, in pinyin."""
    run = ""
    for word in words:
        if word.kind == "unknown":
            run += word.text
            continue
        if run:
            yield _Word(run, pinyin(run), "unknown")
            run = ""
        yield word
    if run:
        yield _Word(run, pinyin(run), "unknown")


@cache
def _longest_word() -> int:
    return max(len(word) for kind in ("type", "topic") for word in words_of_kind(kind))
