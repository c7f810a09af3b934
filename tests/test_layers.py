"""The map of the package: which folder may import which, and no name with two meanings.

The imports are read from the source, so that those inside functions and those under
``TYPE_CHECKING`` count as well.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from tests.conftest import ROOT

PACKAGE = ROOT / "budgetkit"

#: From bottom to top. A module imports its own folder and the lines above its own, nothing else;
#: two names in one line don't import each other.
LAYERS = (
    ("errors",),
    ("amounts", "bundled", "geometry", "progress", "schema"),
    ("codelists",),
    ("storage",),
    ("work",),
    ("extraction",),
    ("disclosure",),
    ("render",),
    ("summary",),
    ("checks",),
    ("compare", "report", "learn"),
    ("notebook",),
    ("api",),
    ("demo", "lab"),
    ("cli",),
    ("__init__", "__main__"),
)
RANKS = {name: rank for rank, names in enumerate(LAYERS) for name in names}

#: Module names that stand in several folders, and why each is one idea in all of them.
SHARED_NAMES = {
    "disclosure": "one disclosure, and the rules about it as a whole",
    "narrative": "amounts in the prose: read in extraction/prose, checked in checks/rules",
    "projects": "projects of a department: read, summed up, checked",
    "staffing": "head counts: read in extraction/prose, checked in checks/rules",
}
#: To be renamed yet (issue 9); then this line goes.
PENDING = {"printed", "rows", "rules"}


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


def layer(name: str) -> str:
    return name.partition(".")[0]


def test_imports_are_read() -> None:
    assert "codelists" in IMPORTS["extraction.tables.titles"]
    assert {"api", "cli", "extraction.extract"} <= set(MODULES)
    assert sum(map(len, IMPORTS.values())) > 300


def test_every_folder_and_module_at_the_top_has_its_layer() -> None:
    assert {layer(name) for name in MODULES} == set(RANKS)


def test_a_module_imports_only_what_lies_below_it() -> None:
    upwards = [
        f"{name} imports {other}"
        for name, others in IMPORTS.items()
        for other in sorted(others)
        if layer(name) != layer(other) and RANKS[layer(other)] >= RANKS[layer(name)]
    ]
    assert upwards == []


def test_no_circle_between_modules() -> None:
    try:
        order = list(TopologicalSorter(IMPORTS).static_order())
    except CycleError as error:
        order = error.args[1]
        raise AssertionError(f"a circle of imports: {' -> '.join(order)}") from None
    assert set(order) == set(MODULES)


def test_no_circle_between_folders() -> None:
    folders = defaultdict(set)
    for name, others in IMPORTS.items():
        here = name.rpartition(".")[0] or name
        folders[here] |= {other.rpartition(".")[0] or other for other in others} - {here}
    assert len(list(TopologicalSorter(folders).static_order())) == len(folders)


def test_no_module_name_means_two_things() -> None:
    places = defaultdict(set)
    for name in MODULES:
        places[name.rpartition(".")[2]].add(name)
    twice = {last: names for last, names in places.items() if len(names) > 1}
    assert sorted(set(twice) - PENDING) == sorted(SHARED_NAMES), twice
