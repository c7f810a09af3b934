"""A disclosure as JSON and back: the data files of the corpus, which are its truth as well.

The file has what the development samples have (department, year, staff, unit, template, facts,
indicators, narrative, projects) and, beside it, all that typesetting needs.  ``narrative`` and
``projects`` repeat ``statements`` and ``descriptions`` in the samples' short form and are not read.
"""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from decimal import Decimal
from pathlib import Path
from typing import Any

from budgetkit.corpus.model import (
    Asset,
    CarriedProject,
    Description,
    Disclosure,
    Fact,
    Staff,
    Statement,
    Style,
    Target,
)

_LISTS = {
    "facts": Fact,
    "statements": Statement,
    "descriptions": Description,
    "carried": CarriedProject,
    "assets": Asset,
}
_PLAIN = ("key", "region", "department", "scope", "year", "unit", "invented", "issued")
_STRINGS = ("functions", "offices", "subordinates")
_AMOUNTS = {"value", "amount", "share", "change", "change_pct", "quantity"}


def truth(model: Disclosure) -> dict[str, Any]:
    """Return all that a document says, amounts as floats in 万元.

    Parameters
    ----------
    model : Disclosure

    Returns
    -------
    dict
        As in the development samples, plus the fields of the model.
    """
    said: dict[str, Any] = {name: getattr(model, name) for name in _PLAIN}
    said["template"] = model.family
    said["style"] = asdict(model.style)
    said["staff"] = asdict(model.staff)
    for name in _STRINGS:
        said[name] = list(getattr(model, name))
    said["text"] = dict(model.text)
    said["told"] = {name: float(amount) for name, amount in model.told.items()}
    said["narrative"] = [
        [s.item, _number(s.amount), _number(s.share), _number(s.change), _number(s.change_pct)]
        for s in model.statements
        if s.amount is not None
    ]
    said["projects"] = [[d.name, float(d.amount)] for d in model.descriptions]
    said["indicators"] = [_target(target) for target in model.targets]
    for name in _LISTS:
        said[name] = [_plain(asdict(item)) for item in getattr(model, name)]
    return said


def write(model: Disclosure, path: Path) -> None:
    """Write a disclosure as a data file, a list item a line.

    Parameters
    ----------
    model
        The disclosure.
    path
        The file.
    """
    path.write_text(dumps(truth(model)), encoding="utf-8")


def read(path: Path) -> Disclosure:
    """Read a data file; amounts become exact decimals."""
    return from_truth(loads(path.read_text(encoding="utf-8")))


def loads(text: str) -> dict[str, Any]:
    """Parse the text of a data file; amounts become exact decimals."""
    said: dict[str, Any] = json.loads(text, parse_float=Decimal)
    return said


def from_truth(said: dict[str, Any]) -> Disclosure:
    """Build the disclosure that ``truth`` described."""
    rest: dict[str, Any] = {name: said[name] for name in _PLAIN}
    rest |= {name: tuple(said[name]) for name in _STRINGS}
    rest |= {name: tuple(kind(**_exact(d)) for d in said[name]) for name, kind in _LISTS.items()}
    return Disclosure(
        **rest,
        family=said["template"],
        staff=Staff(**said["staff"]),
        style=_style(said["style"]),
        told={name: _decimal(amount) for name, amount in said["told"].items()},
        text=said["text"],
        targets=tuple(_read_target(t) for t in said["indicators"]),
    )


def dumps(said: dict[str, Any]) -> str:
    """Return JSON with each item of a list on its own line, the same bytes for the same content."""
    parts = []
    for name, value in said.items():
        if isinstance(value, list) and value:
            items = ",\n  ".join(_dump(item) for item in value)
            parts.append(f"{_dump(name)}: [\n  {items}\n ]")
        else:
            parts.append(f"{_dump(name)}: {_dump(value)}")
    return "{\n " + ",\n ".join(parts) + "\n}\n"


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _decimal(value: Any) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _plain(item: dict[str, Any]) -> dict[str, Any]:
    return {k: float(v) if isinstance(v, Decimal) else v for k, v in item.items()}


def _exact(item: dict[str, Any]) -> dict[str, Any]:
    return {k: _decimal(v) if k in _AMOUNTS and v is not None else v for k, v in item.items()}


def _target(target: Target) -> dict[str, Any]:
    return {
        "project": target.project,
        "budget": float(target.budget),
        "fiscal": float(target.fiscal),
        "transfer": _number(target.transfer),
        "other": float(target.other),
        "goal": target.goal,
        "rows": [list(row) for row in target.rows],
    }


def _read_target(said: dict[str, Any]) -> Target:
    return Target(
        project=said["project"],
        budget=_decimal(said["budget"]),
        fiscal=_decimal(said["fiscal"]),
        transfer=None if said["transfer"] is None else _decimal(said["transfer"]),
        other=_decimal(said["other"]),
        goal=said["goal"],
        rows=tuple(tuple(str(cell) for cell in row) for row in said["rows"]),
    )


def _style(said: dict[str, Any]) -> Style:
    known = {f.name for f in fields(Style)}
    values: dict[str, Any] = {
        k: tuple(tuple(x) if isinstance(x, list) else x for x in v) if isinstance(v, list) else v
        for k, v in said.items()
        if k in known
    }
    return Style(**values | {"size": float(values["size"])})
