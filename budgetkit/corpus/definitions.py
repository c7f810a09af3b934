"""Words that documents share: the glossary of each family, read from data."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

KINDS = Path(__file__).with_name("kinds")


@cache
def glossary(family: str) -> tuple[tuple[str, str], ...]:
    """Return terms with their definitions as a family prints them."""
    said = json.loads((KINDS / "glossary.json").read_text(encoding="utf-8"))
    return tuple((t, d) for t, d in said.get(Path(family).stem, said["default"]))
