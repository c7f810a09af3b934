"""Invented disclosures of a site."""

from __future__ import annotations

from typing import Any

from budgetkit.disclosure import DisclosureKey
from budgetkit.site.downloads import DataFolder
from budgetkit.site.entries import Amount, Entry
from budgetkit.site.search_index import departments
from budgetkit.site.site_pages import Contents

#: Names that a thousand departments are made of.
PLACES = ("云汀", "砚平", "松岭", "石桥", "河湾", "青浦岭", "白沙", "临溪", "南坪", "望江")
OFFICES = ("审计局", "教育局", "民政局", "交通运输局", "司法局", "水务局", "体育局", "档案馆",
           "统计局", "科学技术局")  # fmt: skip


def entry(name: str, year: int, *, scope: str = "department", kind: str = "budget",
          **values: Any) -> Entry:  # fmt: skip
    """A disclosure; what is not given is usual."""
    usual: dict[str, Any] = {
        "file": f"{name}-{scope}-{year}-{kind}.html", "department_id": name, "region": "云汀自治州",
        "level": "city", "expenditure": Amount(100.0 + year), "people": 20,
        "per_head": Amount(15.0), "projects": (), "status": "ok", "note": "", "notice": "",
    }  # fmt: skip
    return Entry(key=DisclosureKey(name, scope, year, kind), **usual | values)


def many(number: int, projects: int = 5) -> list[Entry]:
    """Disclosures of so many departments, of three years each, with final accounts of one."""
    found = []
    for at in range(number):
        place = PLACES[at % 10]
        name = f"{place}第{at // 100}区{OFFICES[at // 10 % 10]}"
        for year in (2023, 2024, 2025):
            own = tuple((f"{year}年{place}第{n}号设施维护", 10.0 * n + at) for n in range(projects))
            failed = at % 50 == 7
            found.append(entry(
                name, year, region=f"{place}市", level=("city", "county")[at % 2],
                expenditure=Amount(float(at * 11 + year)), projects=own,
                status="failed" if failed else "ok", file="" if failed else f"r{at}-{year}.html",
                note="cell 4 stopped with <ValueError>: no" if failed else "",
            ))  # fmt: skip
        if at % 4 == 0:
            found.append(entry(name, 2024, kind="final_account", region=f"{place}市",
                               level=("city", "county")[at % 2], file=f"r{at}-f.html"))  # fmt: skip
    return found


def site_of(entries: list[Entry], **values: Any) -> Contents:
    """A site without files to take away."""
    usual: dict[str, Any] = {
        "title": "云汀自治州部门预算公开", "departments": departments(entries, {}, {}),
        "findings": {}, "left_out": [], "data": DataFolder((), "0" * 64, 0), "licence": "",
        "has_comparison": True,
    }  # fmt: skip
    return Contents(**usual | values)
