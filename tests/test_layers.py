"""The map of the package: which folder may import which, and no name with two meanings.

The imports are read from the source, so that those inside functions and those under
``TYPE_CHECKING`` count as well.
"""

from __future__ import annotations

from collections import defaultdict
from graphlib import CycleError, TopologicalSorter

from tests.helpers.imports import IMPORTS, MODULES

#: From bottom to top. A module imports its own folder and the lines above its own, nothing else;
#: two names in one line don't import each other.
LAYERS = (
    ("errors", "numerals"),
    ("amounts", "bundled", "display_unit", "geometry", "progress", "schema", "sum_rules"),
    ("codelists",),
    ("storage",),
    ("work",),
    ("extraction",),
    ("own_facts",),
    ("disclosure_rows",),
    ("disclosure",),
    ("render",),
    ("corpus", "summary"),
    ("workbook",),
    ("checks",),
    ("compare", "report", "learn", "plant", "casefile"),
    ("site",),
    ("plot",),
    ("notebook",),
    ("dataset",),
    ("api",),
    ("console", "demo", "lab", "project"),
    ("lessons",),
    ("cli",),
    ("__init__", "__main__"),
)
RANKS = {name: rank for rank, names in enumerate(LAYERS) for name in names}

#: Module names that stand in several folders, and why each is one idea in all of them.
SHARED_NAMES = {
    "assets": "what a department owns: read in extraction/prose, checked in checks/rules",
    "disclosure": "one disclosure, and the rules about it as a whole",
    "narrative": "amounts in the prose: read in extraction/prose, checked in checks/rules",
    "projects": "projects of a department: read, summed up, checked",
    "staffing": "head counts: read in extraction/prose, checked in checks/rules",
}


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
    assert twice
    unexplained = {last: names for last, names in twice.items() if last not in SHARED_NAMES}
    assert sorted(unexplained) == []
