"""Folders that stand beside the package in a clone: the notebooks and the bundled corpus."""

from __future__ import annotations

from pathlib import Path

from budgetkit.errors import UsageError

#: The clone: the folder that holds the package.
ROOT = Path(__file__).resolve().parent.parent


def notebooks_folder() -> Path:
    """Give the folder of the notebooks.

    Raises
    ------
    UsageError
        The package was installed without its clone.

    Examples
    --------
    >>> (notebooks_folder() / "department_report.ipynb").is_file()
    True
    """
    return _beside("notebooks", "notebooks")


def sample_folder() -> Path:
    """Give the folder of the bundled corpus.

    Raises
    ------
    UsageError
        The package was installed without its clone.

    Examples
    --------
    >>> (sample_folder() / "changji-kjj-2025.pdf").is_file()
    True
    """
    return _beside("data/sample", "bundled corpus")


def demo_dataset() -> Path:
    """Give the folder that ``budgetkit demo`` extracts to; it need not be there yet."""
    return ROOT / "data" / "processed" / "demo"


def _beside(name: str, what: str) -> Path:
    folder = ROOT / name
    if not folder.is_dir():
        raise UsageError(
            f"the {what} are not here: no folder {folder}",
            remedy="clone the repository and install it from there with 'pip install -e .'",
        )
    return folder
