"""The imports of the package, read from its source: lazy ones and those for types, too."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.conftest import ROOT

PACKAGE = ROOT / "budgetkit"


def modules() -> dict[str, Path]:
    """The files of the package by dotted name; a folder's ``__init__`` has the folder's name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if len(parts) > 1 and parts[-1] == "__init__":
            parts = parts[:-1]
        found[".".join(parts)] = path
    return found


MODULES = modules()


def imports(name: str) -> Iterator[str]:
    """Yield every module of the package that a module imports; its version is no module."""
    source = ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8")))
    for node in source:
        if isinstance(node, ast.Import):
            yield from (known(alias.name) for alias in node.names if own(alias.name))
        elif isinstance(node, ast.ImportFrom) and own(node.module or ""):
            names = [alias.name for alias in node.names if alias.name != "__version__"]
            yield from (known(f"{node.module}.{name}") for name in names)


def own(dotted: str) -> bool:
    return dotted.partition(".")[0] == "budgetkit"


def known(dotted: str) -> str:
    """The module that a dotted name is, or stands in."""
    inside = dotted.partition(".")[2] or "__init__"
    return inside if inside in MODULES else inside.rpartition(".")[0] or "__init__"


IMPORTS: Mapping[str, set[str]] = {name: set(imports(name)) - {name} for name in MODULES}
