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
    from budgetkit.api import Dataset, Disclosure, read_dataset, read_disclosure
    from budgetkit.checks.audit.run import audit
    from budgetkit.compare.comparison import BureauComparison
    from budgetkit.errors import BudgetkitError, UnreadableDocument, UsageError
    from budgetkit.extraction.extract import extract
    from budgetkit.learn.lessons import learn
    from budgetkit.notebook.browse import browse
    from budgetkit.render.highlight import locate
    from budgetkit.report.sections import DepartmentReport

__version__ = "0.1.0"
__all__ = [
    "BudgetkitError", "BureauComparison", "Dataset", "DepartmentReport", "Disclosure",
    "UnreadableDocument", "UsageError", "audit", "browse", "extract", "learn", "locate",
    "read_dataset", "read_disclosure",
]  # fmt: skip

#: The module of each name; ``api`` where it is not listed.
_MODULES = {
    "BudgetkitError": "errors",
    "BureauComparison": "compare.comparison",
    "DepartmentReport": "report.sections",
    "UnreadableDocument": "errors",
    "UsageError": "errors",
    "audit": "checks.audit.run",
    "browse": "notebook.browse",
    "extract": "extraction.extract",
    "learn": "learn.lessons",
    "locate": "render.highlight",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'budgetkit' has no attribute '{name}'")
    return getattr(import_module(f"budgetkit.{_MODULES.get(name, 'api')}"), name)


class _Package(ModuleType):
    """A module with the name of a public function does not hide it when it is imported."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in __all__ and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
