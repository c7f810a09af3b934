"""Chinese departmental budget disclosures: PDFs in, traced figures and reports out.

    import budgetkit as bk
    d = bk.read_disclosure("changji-kjj-2025.pdf")
    ds = bk.read_dataset("dataset")

Names are imported when they are first used, so that ``budgetkit --help`` answers at once.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from budgetkit import lessons, plot
    from budgetkit.api import Disclosure, read_dataset, read_disclosure
    from budgetkit.checks.audit.run import audit
    from budgetkit.compare.comparison import BureauComparison
    from budgetkit.dataset import Dataset
    from budgetkit.errors import BudgetkitError, UnreadableDocument, UsageError
    from budgetkit.extraction.extract import extract
    from budgetkit.learn.learning import learn
    from budgetkit.notebook.browse import browse
    from budgetkit.notebook.evidence_table import table
    from budgetkit.render.highlight import locate
    from budgetkit.render.user_style import style
    from budgetkit.report.sections import DepartmentReport
    from budgetkit.storage.merge import merge
    from budgetkit.workbook.export import export

__version__ = "0.1.0"
__all__ = [
    "BudgetkitError", "BureauComparison", "Dataset", "DepartmentReport", "Disclosure",
    "UnreadableDocument", "UsageError", "audit", "browse", "export", "extract", "learn", "lessons",
    "locate", "merge", "plot", "read_dataset", "read_disclosure", "style", "table",
]  # fmt: skip

#: The module of each name; ``api`` where it is not listed.
_MODULES = {
    "BudgetkitError": "errors",
    "BureauComparison": "compare.comparison",
    "Dataset": "dataset",
    "DepartmentReport": "report.sections",
    "UnreadableDocument": "errors",
    "UsageError": "errors",
    "audit": "checks.audit.run",
    "browse": "notebook.browse",
    "export": "workbook.export",
    "extract": "extraction.extract",
    "learn": "learn.learning",
    "locate": "render.highlight",
    "merge": "storage.merge",
    "style": "render.user_style",
    "table": "notebook.evidence_table",
}
#: Packages among the public names.
_PACKAGES = frozenset({"lessons", "plot"})


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'budgetkit' has no attribute '{name}'")
    if name in _PACKAGES:
        return import_module(f"budgetkit.{name}")
    return getattr(import_module(f"budgetkit.{_MODULES.get(name, 'api')}"), name)


def __dir__() -> list[str]:
    """List the public names alone: what completion shows."""
    return list(__all__)


class _Package(ModuleType):
    """A module with the name of a public function does not hide it when it is imported."""

    def __setattr__(self, name: str, value: Any) -> None:
        hides = name in __all__ and name not in _PACKAGES and isinstance(value, ModuleType)
        if not hides:
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
