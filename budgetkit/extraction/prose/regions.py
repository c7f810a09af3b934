"""Where a department is, and its level of government, by the beginning of its name.

Provinces and prefectures are those of ``regions.csv``, counties and districts those of
``counties.csv`` (GB/T 2260, those of the years before too); a place that the lists do not know is
told by its ending.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from budgetkit.codelists import read_codelist
from budgetkit.extraction.prose.wordings import any_of, matcher, meaning

#: From the top down; only a lower place follows another one in a name.
LEVELS = ("province", "city", "county")

#: How the offices of a town end that names no place above it.
_TOWN_OFFICE = re.compile("(?:政府|办事处|党委|工委)$")


class Region(NamedTuple):
    """A place and a level.

    Attributes
    ----------
    name : str
        From the province down to the county; empty where no place is named.
    level : str
        ``central``, ``province``, ``city``, ``county`` or ``town``; empty where unknown.
    """

    name: str
    level: str


class _Place(NamedTuple):
    name: str
    within: str
    level: str


@cache
def _places() -> dict[str, _Place]:
    """Provinces and prefectures, by each of their names that can begin a department's name."""
    found: dict[str, _Place] = {}
    for row in read_codelist("regions"):
        place = _Place(row["name"], row["within"], row["level"])
        aliases = row["aliases"].split("|") if place.level != "province" else ()
        for name in filter(None, (place.name, *aliases)):
            found.setdefault(name, place)
    return found


@cache
def _counties() -> dict[str, frozenset[tuple[str, str]]]:
    """Province and city of counties and districts; of a name that several have, those of each."""
    found: dict[str, set[tuple[str, str]]] = {}
    for row in read_codelist("counties"):
        for name in row["counties"].split():
            found.setdefault(name, set()).add((row["province"], row["city"]))
    return {name: frozenset(homes) for name, homes in found.items()}


@cache
def _county_names() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_counties(), key=len, reverse=True)))


@cache
def _listed() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_places(), key=len, reverse=True)))


@cache
def _short_province() -> re.Pattern[str]:
    """The short name of a province (江苏) before another place, which it needs to be one."""
    short = (name for row in read_codelist("regions") for name in row["aliases"].split("|"))
    names = (name for name in short if name and name not in _places())
    return re.compile(rf"(?:{'|'.join(names)})(?={_listed().pattern})")


@lru_cache(maxsize=4096)
def region_of(department: str) -> Region:
    """Find the place that a department's name begins with, and the department's level.

    Parameters
    ----------
    department
        As printed; what stands before the place (中共, 政协) does not count.

    Returns
    -------
    Region
        With the province of a prefecture that is named alone.

    Examples
    --------
    >>> region_of("江苏省人大常委会办公厅")
    Region(name='江苏省', level='province')
    >>> region_of("杭州市司法局")
    Region(name='浙江省杭州市', level='city')
    >>> region_of("中共上海市普陀区委社会工作部")
    Region(name='上海市普陀区', level='county')
    >>> region_of("财政部"), region_of("某县某镇人民政府")
    (Region(name='', level='central'), Region(name='某县', level='town'))
    """
    name = re.sub(rf"^{any_of('region', 'prefix')}", "", department)
    if matcher("region", "central").match(name):
        return Region("", "central")
    region, rest, level = _located(name)
    if not region:
        is_town = matcher("region", "town").match(name) and _TOWN_OFFICE.search(name)
        return Region("", "town" if is_town else meaning(department, "region", "level"))
    return Region(region, "town" if matcher("region", "town").match(rest) else level)


def with_region(name: str) -> str:
    """Write the place at the beginning of a name in full.

    Examples
    --------
    >>> with_region("杭州市司法局"), with_region("江苏苏州市审计局"), with_region("财政部")
    ('浙江省杭州市司法局', '江苏省苏州市审计局', '财政部')
    """
    region, rest, _ = _located(name)
    return region + rest


def _located(name: str) -> tuple[str, str, str]:
    """The region that a name begins with, the rest of the name, and the level of the region."""
    places: list[_Place] = []
    while place := _next_place(name, places[-1] if places else None):
        places.append(place[0])
        name = name[place[1] :]
    if not places:
        return "", name, ""
    full = _in_full(places)
    return _above(full[0]) + "".join(p.name for p in full), name, places[-1].level


def _in_full(places: Sequence[_Place]) -> list[_Place]:
    """Places with what a name leaves out above its county: the province, and the city between.

    Of a county's name that several cities have only what they share is known.
    """
    above, county = places[:-1], places[-1]
    if county.level != "county" or any(place.level == "city" for place in above):
        return list(places)
    homes = _counties().get(county.name, frozenset())
    homes = frozenset(home for home in homes if not above or home[0] == above[0].name)
    provinces, cities = {home[0] for home in homes}, {home[1] for home in homes}
    if len(provinces) != 1:
        return list(places)
    province = [*above] or [_Place(next(iter(provinces)), "", "province")]
    city = [_Place(name, province[0].name, "city") for name in cities if name]
    return [*province, *(city if len(cities) == 1 else ()), county]


def unknown_province(department: str) -> str:
    """Say why the province of a department is not known, where counties of several have its name.

    Examples
    --------
    >>> unknown_province("鼓楼区财政局")
    '鼓楼区 is a county or district of 江苏省, 河南省, 福建省'
    >>> unknown_province("南京市鼓楼区财政局"), unknown_province("昆山市财政局")
    ('', '')
    """
    name = region_of(department).name
    provinces = sorted({home[0] for home in _counties().get(name, ())})
    return f"{name} is a county or district of {', '.join(provinces)}" if provinces else ""


def _above(place: _Place) -> str:
    """What a name leaves out above its first place: the province, or a zone's own city."""
    if place.within or not matcher("region", "zone").search(place.name):
        return place.within
    city = next(filter(None, (_places().get(f"{place.name[:n]}市") for n in (2, 3, 4))), None)
    if city:
        return city.within + city.name
    ends = (f"{place.name[:n]}{end}" for n in (2, 3, 4) for end in "市县区")
    owner = next((name for name in ends if len(_counties().get(name, ())) == 1), "")
    return "".join(_of_one(_counties()[owner])) + owner if owner else ""


def _of_one(homes: frozenset[tuple[str, str]]) -> tuple[str, str]:
    """Province and city of a county's name that only one has."""
    (home,) = homes
    return home


def _listed_county(name: str, above: _Place | None) -> tuple[_Place, int] | None:
    """The county or district of the list that a name, or the rest of one, begins with."""
    if above is not None and above.level == "county":
        return None
    match = _county_names().match(name)
    if match is None or match.end() + 2 > len(name):
        return None
    homes = _counties()[match.group()]
    if above is not None and not any(above.name in home for home in homes):
        return None
    return _Place(match.group(), above.name if above else "", "county"), match.end()


def _next_place(name: str, above: _Place | None) -> tuple[_Place, int] | None:
    """The place that a name, or the rest of one, begins with, and how long it is there."""
    start = short.end() if above is None and (short := _short_province().match(name)) else 0
    match = _listed().match(name, start)
    if match and match.end() < len(name):
        place = _places()[match.group()]
        if above is None or (place.within and place.within == above.name):
            return place, match.end()
    if county := _listed_county(name, above):
        return county
    lower = LEVELS[LEVELS.index(above.level) + 1 :] if above else LEVELS
    for level in lower:
        match = re.match(rf"(?:{any_of('region', level)})(?=.{{2}})", name)
        found = match.group() if match else ""
        # 苏州 in 苏州工业园区 is a short name.
        if found and f"{found}市" not in _places() and not matcher("region", "not").search(found):
            return _Place(found, above.name if above else "", level), len(found)
    return None
