"""Chinese departmental budget disclosures: PDFs in, traced figures and reports out.

    import budgetkit as bk
    d = bk.read_disclosure("changji-kjj-2025.pdf")
    ds = bk.read_dataset("dataset")

Names are imported when first used, so that ``budgetkit --help`` answers at once.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from budgetkit.api import Dataset, Disclosure, read_dataset, read_disclosure
    from budgetkit.checks.audit.run import audit
    from budgetkit.compare.page import BureauComparison
    from budgetkit.errors import BudgetkitError, UnreadableDocument, UsageError
    from budgetkit.extraction.extract import extract
    from budgetkit.notebook.browse import browse
    from budgetkit.render.highlight import locate
    from budgetkit.report.sections import DepartmentReport

__version__ = "0.1.0"

_HOME = {
    "BureauComparison": "compare.page",
    "BudgetkitError": "errors",
    "Dataset": "api",
    "DepartmentReport": "report.sections",
    "Disclosure": "api",
    "UnreadableDocument": "errors",
    "UsageError": "errors",
    "audit": "checks.audit.run",
    "browse": "notebook.browse",
    "extract": "extraction.extract",
    "locate": "render.highlight",
    "read_dataset": "api",
    "read_disclosure": "api",
}

__all__ = [
    "BudgetkitError",
    "BureauComparison",
    "Dataset",
    "DepartmentReport",
    "Disclosure",
    "UnreadableDocument",
    "UsageError",
    "audit",
    "browse",
    "extract",
    "locate",
    "read_dataset",
    "read_disclosure",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'budgetkit' has no attribute '{name}'")
    return getattr(import_module(f"budgetkit.{_HOME[name]}"), name)


class _Package(ModuleType):
    """Importing a module that is named after its function does not hide the function."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
