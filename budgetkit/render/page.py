"""What every page is made of: sections of HTML, their templates and their style."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any


class Section(str):
    """HTML that shows itself in a notebook."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


@cache
def templates() -> Any:
    """Give the templates; every value set into one is escaped unless it is marked safe."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("budgetkit.render", "templates/html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def stylesheet() -> str:
    """Give the style of every page."""
    folder = files("budgetkit.render") / "templates" / "html"
    return (folder / "style.css").read_text(encoding="utf-8")
