"""What documents were typeset from: single figures of it, and a dataset compared with it."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import budgetkit as bk
from tests.conftest import ROOT

SAMPLE = ROOT / "data" / "sample"
#: One of each family, one with the year before, a department and its own unit.
NAMES = sorted(path.stem for path in SAMPLE.glob("*.json"))
#: Tables whose rows are known by their printed name: the truth files give them no code.
BY_NAME = ("summary", "appropriation_summary")
FORMS = ("performance_project", "performance_overall")
Key = tuple[str, str, str, str, str, str]


@cache
def truth(name: str) -> dict[str, Any]:
    """Everything that a document was typeset from."""
    found: dict[str, Any] = json.loads((SAMPLE / f"{name}.json").read_text(encoding="utf-8"))
    return found


def amount(name: str, table: str, measure: str, **where: str) -> float | None:
    """The one figure (万元) of a table with these values; None where it is not printed."""
    found = {
        fact["value"]
        for fact in truth(name)["facts"]
        if fact["table"] == table
        and fact["measure"] == measure
        and not fact["project"]
        and all(fact[key] == value for key, value in where.items())
    }
    return found.pop() if len(found) == 1 else None


@cache
def read(dataset: Path) -> bk.Dataset:
    """A dataset that nobody writes to, read once for all tests."""
    return bk.read_dataset(dataset)


def rows(dataset: Path, name: str) -> list[dict[str, str]]:
    """Rows of one CSV file of a dataset."""
    with (dataset / f"{name}.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def squeeze(text: str | None) -> str:
    """Without spaces and compatibility forms."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or ""))


def bare(text: str | None) -> str:
    """A name without its enumerator."""
    plain = re.sub(r"^其中[:：]", "", squeeze(text))
    plain = re.sub(
        r"^([一二三四五六七八九十]+、|\d+[.、](?!\d)|[(（][一二三四五六七八九十]+[)）])", "", plain
    )
    return re.sub(r"^\d{3}", "", plain)


def key(fact: Mapping[str, Any]) -> Key:
    """What a figure is."""
    table, code = fact["table"], (fact["code"] or "").strip()
    name = bare(fact["name"])
    if table in BY_NAME:
        code = ""
    elif code:
        name = ""
    project = bare(fact["project"])
    if table in ("carryover", "procurement") and project:
        code = name = ""
    return table, fact["section"] or "", code, name, project, fact["measure"]


def counted(facts: Iterable[Mapping[str, Any]], amount: str) -> Counter[tuple[Key, Decimal]]:
    """Figures with their amounts to a hundredth of 万元; zeros left out, as in the truth."""
    found: Counter[tuple[Key, Decimal]] = Counter()
    for fact in facts:
        value = round(Decimal(str(fact[amount])), 2)
        if value and fact["table"] not in FORMS:
            found[key(fact), value] += 1
    return found


def differences(dataset: Path, document: str, truth: Path | Mapping[str, Any]) -> tuple[list, list]:
    """Figures that are missing, and figures that should not be there."""
    data = json.loads(truth.read_text(encoding="utf-8")) if isinstance(truth, Path) else truth
    want = counted(data["facts"], "value")
    have = counted((f for f in rows(dataset, "facts") if f["document"] == document), "amount")
    return list((want - have).elements()), list((have - want).elements())
