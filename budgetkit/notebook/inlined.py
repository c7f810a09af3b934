"""The scripts and style sheets of this folder: they stand in the outputs themselves."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def inlined(name: str) -> str:
    """Return the text of a script or a style sheet of this folder."""
    return (files("budgetkit.notebook") / name).read_text(encoding="utf-8")


def style(*names: str) -> str:
    """Return style sheets of this folder as an element."""
    return f"<style>{''.join(map(inlined, names))}</style>"
