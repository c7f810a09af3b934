"""The notebooks and the bundled corpus, which lie beside the package in a clone."""

from __future__ import annotations

from pathlib import Path

from budgetkit.errors import UsageError

#: The clone: the folder of the package's folder.
ROOT = Path(__file__).resolve().parent.parent


def notebooks_folder() -> Path:
    """Return the folder of the notebooks.

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
    """Return the folder of the bundled corpus.

    Raises
    ------
    UsageError
        The package was installed without its clone.

    Examples
    --------
    >>> (sample_folder() / "changji-kjj-2025.pdf").is_file()
    True
    """
    return _beside("data/sample", "bundled PDFs")


def province_document() -> Path:
    """Give the invented disclosure in a template that no list knows.

    Raises
    ------
    UsageError
        The package was installed without its clone.

    Examples
    --------
    >>> province_document().name
    'haiyu-mzj-2025.pdf'
    """
    return _beside("data/province", "documents of a new province") / "haiyu-mzj-2025.pdf"


def demo_dataset() -> Path:
    """Return the folder of the dataset of ``budgetkit demo``; it need not exist yet."""
    return ROOT / "data" / "processed" / "demo"


def _beside(name: str, what: str) -> Path:
    folder = ROOT / name
    if not folder.is_dir():
        raise UsageError(
            f"the {what} can't be found: there is no folder {folder}",
            remedy="clone the repository and install it from there with 'pip install -e .'",
        )
    return folder
