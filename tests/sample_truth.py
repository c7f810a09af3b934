"""The data files that the bundled corpus is typeset from, asked for single figures."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).resolve().parent.parent / "data" / "sample"
#: One of each family, one with the year before, a department and its own unit.
NAMES = sorted(path.stem for path in SAMPLE.glob("*.json"))


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
