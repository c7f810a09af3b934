"""English names of places: pinyin, with the kind of the place in English.

Names that are read or written otherwise (重庆, 呼和浩特) are rows of ``office_words.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from budgetkit.codelists import read_codelist
from budgetkit.codelists.pinyin import pinyin

#: A place that no list knows: so many characters before its kind.
_SHORTEST, _LONGEST = 2, 7
#: How the name of a municipality ends, which is never called a city.
_MUNICIPALITY = "市"


class Place(NamedTuple):
    """A place at the beginning of a name.

    Attributes
    ----------
    text : str
        As printed.
    is_listed : bool
        Whether it is one of the places of the lists; else it was told by its ending.
    """

    text: str
    is_listed: bool


def places_at(text: str, before: Sequence[Place]) -> Iterator[Place]:
    """Yield the places that a text may begin with: a listed one first.

    Parameters
    ----------
    text
        What is left of a name.
    before
        The places that stood before it.

    Yields
    ------
    Place
    """
    listed = _listed().match(text) or (None if before else _short_province().match(text))
    if listed:
        yield Place(listed[0], is_listed=True)
    if found := _told_by_ending().match(text):
        yield Place(found[0], is_listed=False)


def english_places(places: Sequence[Place]) -> str:
    """Write places in English, the smallest first.

    Examples
    --------
    >>> english_places([Place("上海市", True), Place("普陀区", True)])
    'Putuo District, Shanghai'
    """
    return ", ".join(english_place(place.text) for place in reversed(places))


def english_region(region: str) -> str:
    """Write a region of ``documents`` in English: one place after the other, without a blank.

    Examples
    --------
    >>> english_region("浙江省杭州市"), english_region("云汀自治州"), english_region("")
    ('Hangzhou City, Zhejiang Province', 'Yunting Autonomous Prefecture', '')
    """
    places: list[Place] = []
    while region:
        place = next(places_at(region, places), Place(region, is_listed=False))
        places.append(place)
        region = region[len(place.text) :]
    return english_places(places)


@cache
def english_place(name: str) -> str:
    """Write a place in English.

    Examples
    --------
    >>> english_place("昌吉回族自治州"), english_place("重庆市"), english_place("西安市")
    ('Changji Hui Autonomous Prefecture', 'Chongqing', "Xi'an City")
    >>> english_place("歙县"), english_place("杭州")
    ('Shexian County', 'Hangzhou')
    """
    known = words_of_kind("place")
    if name in known:
        return known[name]
    kind = next(
        (one for one in longest_first("place_kind") if name.endswith(one) and len(name) > len(one)),
        "",
    )
    stem = name.removesuffix(kind)
    peoples: list[str] = []
    while stem not in known and (
        people := next(
            (one for one in longest_first("people") if stem.endswith(one) and stem != one), ""
        )
    ):
        peoples.insert(0, words_of_kind("people")[people])
        stem = stem.removesuffix(people)
    # A county of one character is never named without its kind.
    written = known.get(stem) or pinyin(name if len(stem) == 1 else stem)
    if name in _municipalities():
        return written
    return " ".join(filter(None, (written, *peoples, words_of_kind("place_kind").get(kind, ""))))


@cache
def words_of_kind(kind: str) -> dict[str, str]:
    """Return the words of one kind in ``office_words.csv``, with their English."""
    rows = reversed(read_codelist("office_words"))
    return {row["word"]: row["english"] for row in rows if row["kind"] == kind}


@cache
def longest_first(kind: str) -> tuple[str, ...]:
    """Return the words of one kind, those that hold others before these."""
    return tuple(sorted(words_of_kind(kind), key=len, reverse=True))


@cache
def _municipalities() -> frozenset[str]:
    return frozenset(
        row["name"]
        for row in read_codelist("regions")
        if row["level"] == "province" and row["name"].endswith(_MUNICIPALITY)
    )


def _any_of(names: set[str]) -> str:
    return "|".join(map(re.escape, sorted(names - {""}, key=lambda name: (-len(name), name))))


@cache
def _listed() -> re.Pattern[str]:
    """The places of the lists by their full names, and prefectures by short ones too."""
    names = {row["name"] for row in read_codelist("regions")}
    for row in read_codelist("regions"):
        if row["level"] != "province":
            names.update(row["aliases"].split("|"))
    for row in read_codelist("counties"):
        names.update(row["counties"].split())
    return re.compile(_any_of(names))


@cache
def _short_province() -> re.Pattern[str]:
    """The short name of a province: 江苏."""
    short = {
        name
        for row in read_codelist("regions")
        if row["level"] == "province"
        for name in row["aliases"].split("|")
    }
    return re.compile(_any_of(short))


@cache
def _told_by_ending() -> re.Pattern[str]:
    kinds = "|".join(map(re.escape, longest_first("place_kind")))
    return re.compile(f"[\u3400-\u9fff]{{{_SHORTEST},{_LONGEST}}}?(?:{kinds})")
