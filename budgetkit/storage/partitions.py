"""Parts of a dataset: its documents of one year and region, in a folder of their own.

A folder is called as in other datasets that are partitioned (``year=2025/region=浙江省``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import quote

from budgetkit.codelists import read_codelist
from budgetkit.storage.atomic import cut_name

#: Region of the documents of the central government, and of those whose province is not known; it
#: is also the year of those whose year is not known.
CENTRAL, UNKNOWN = "central", "unknown"
#: What stands before a value in the name of a folder.
YEAR, REGION = "year=", "region="
#: One value or several; None for all.
Years = int | Collection[int] | None
Regions = str | Collection[str] | None
#: What no name of a file may hold on some system, and what has a meaning in a pattern of files.
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|%=\[\]{}]|^\.|[. ]$')
#: A province that no list knows.
_PROVINCE = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:省|自治区|特别行政区)")


class Partition(NamedTuple):
    """A year and a region.

    Attributes
    ----------
    year : int or None
        Budget year; None where it is not known.
    region : str
        A province, :data:`CENTRAL` or :data:`UNKNOWN`.
    """

    year: int | None
    region: str

    @property
    def path(self) -> str:
        """Its folder in that of the dataset."""
        year = UNKNOWN if self.year is None else self.year
        return f"{YEAR}{year}/{REGION}{_as_file_name(self.region)}"

    @property
    def order(self) -> tuple[bool, int, bool, str]:
        """What partitions are sorted by: the year, then the region, what is not known last."""
        return self.year is None, self.year or 0, self.region == UNKNOWN, self.region


def partition_of(document: Mapping[str, Any]) -> Partition:
    """Return the partition of a document.

    Parameters
    ----------
    document
        Its row of ``documents``.

    Returns
    -------
    Partition

    Examples
    --------
    >>> partition_of({"year": 2025, "region": "浙江省杭州市", "level": "city"}).path
    'year=2025/region=浙江省'
    >>> partition_of({"year": 2025, "region": "", "level": "central"}).path
    'year=2025/region=central'
    >>> partition_of({"status": "failed"}).path
    'year=unknown/region=unknown'
    """
    year, region, level = (_value(document.get(name)) for name in ("year", "region", "level"))
    place = province_of(region or "") or (CENTRAL if level == CENTRAL else UNKNOWN)
    return Partition(None if year is None else int(year), place)


def province_of(region: str) -> str:
    """Return the province that a region begins with; empty where none is named.

    Examples
    --------
    >>> province_of("新疆维吾尔自治区昌吉回族自治州"), province_of("某县")
    ('新疆维吾尔自治区', '')
    """
    listed = next((name for name in _provinces() if region.startswith(name)), "")
    found = None if listed else _PROVINCE.match(region)
    return found.group() if found else listed


@cache
def _provinces() -> tuple[str, ...]:
    return tuple(row["name"] for row in read_codelist("regions") if row["level"] == "province")


class Wanted(NamedTuple):
    """The years and regions of a part of a dataset; None where all are wanted."""

    years: tuple[int, ...] | None
    regions: tuple[str, ...] | None

    @classmethod
    def of(cls, year: Years, region: Regions) -> Wanted:
        """Take one value, several or none.

        Parameters
        ----------
        year, region
            As of ``read_dataset``.

        Returns
        -------
        Wanted
        """
        years = None if year is None else tuple(year) if isinstance(year, Collection) else (year,)
        regions = (region,) if isinstance(region, str) else region
        return cls(years, None if regions is None else tuple(regions))

    def may_be_in(self, home: Partition) -> bool:
        """Whether a partition may hold such documents, without a look into it."""
        if self.years is not None and home.year not in self.years:
            return False
        return (
            self.regions is None
            or home.region == UNKNOWN
            or any(_is_within(name, home.region) for name in self.regions)
            or any(_is_within(home.region, name) for name in self.regions)
        )

    def holds(self, document: Mapping[str, Any]) -> bool:
        """Whether a row of ``documents`` is of one of the years, and of one of the regions."""
        if self.years is not None and document["year"] not in self.years:
            return False
        if self.regions is None:
            return True
        home, place = partition_of(document).region, str(document["region"] or "")
        return any(name == home or _is_within(place, name) for name in self.regions)

    def alike(self, home: Partition) -> str:
        """Name a partition as it could have been asked for."""
        return str(Wanted((home.year,) if self.years is not None and home.year else None,
                          None if self.regions is None else (home.region,)))  # fmt: skip

    def __str__(self) -> str:
        return " ".join(str(one) for one in (*(self.years or ()), *(self.regions or ())))


def _is_within(place: str, other: str) -> bool:
    return bool(other) and place.startswith(other)


def _as_file_name(region: str) -> str:
    return cut_name(_NOT_IN_NAMES.sub(lambda found: _escaped(found.group()), region))


def _escaped(char: str) -> str:
    return "%2E" if char == "." else quote(char, safe="")


def _value(cell: Any) -> Any:
    """The value of a cell; None for an empty one."""
    return None if cell is None or cell == "" or cell != cell else cell
