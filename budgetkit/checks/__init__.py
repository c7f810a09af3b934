"""The audit: what in a disclosure disagrees with what, where and by how much.

``figures`` says when two printed numbers agree; ``case`` lays a disclosure out;
``catalogue`` holds the checks.  Each other module is one kind of checks.
"""

from __future__ import annotations

from importlib import import_module

#: Modules that put checks into the catalogue, one per kind of rule.
CHECK_MODULES = (
    "levels",
    "sums",
    "rounding",
    "identities",
    "consolidation",
    "changes",
    "narrative",
    "last_year",
    "lists",
    "procurement",
    "projects",
    "counts",
    "performance",
    "staffing",
    "disclosure",
    "empty_tables",
    "printed_pages",
    "punctuation",
    "text",
    "scope",
)


def load_checks() -> None:
    """Import every module that registers checks; doing it twice changes nothing."""
    for name in CHECK_MODULES:
        import_module(f"budgetkit.checks.rules.{name}")
