"""Chinese departmental budget disclosures: PDFs in, traced figures and reports out.

    import budgetkit as bk
    d = bk.read_disclosure("changji-kjj-2025.pdf")
    ds = bk.read_dataset("dataset")

Names are imported when first used, so that ``budgetkit --help`` answers at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from budgetkit.compare.page import BureauComparison
    from budgetkit.dataset import Dataset, read_dataset
    from budgetkit.disclosure import Disclosure, read_disclosure
    from budgetkit.errors import BudgetkitError, UnreadableDocument, UsageError
    from budgetkit.extract import extract
    from budgetkit.locate import locate
    from budgetkit.notebook.browse import browse
    from budgetkit.report.sections import DepartmentReport

__version__ = "0.1.0"

_HOME = {
    "BureauComparison": "compare.page",
    "BudgetkitError": "errors",
    "Dataset": "dataset",
    "DepartmentReport": "report.sections",
    "Disclosure": "disclosure",
    "UnreadableDocument": "errors",
    "UsageError": "errors",
    "browse": "notebook.browse",
    "extract": "extract",
    "locate": "locate",
    "read_dataset": "dataset",
    "read_disclosure": "disclosure",
}

__all__ = [
    "BudgetkitError",
    "BureauComparison",
    "Dataset",
    "DepartmentReport",
    "Disclosure",
    "UnreadableDocument",
    "UsageError",
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
