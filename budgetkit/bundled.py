"""The notebooks and the bundled corpus: beside the package in a clone, within it in a wheel."""

from __future__ import annotations

from pathlib import Path

from budgetkit.errors import UsageError

#: What the wheel carries of the clone, under the same names (``force-include`` in pyproject.toml).
BUNDLE = Path(__file__).resolve().parent / "bundle"
#: The folder that holds ``notebooks`` and ``data/sample``: the wheel's, or the clone.
ROOT = BUNDLE if BUNDLE.is_dir() else BUNDLE.parent.parent
#: Says that a folder of notebooks is one of this package.
MARK = "department_report.ipynb"


def is_clone() -> bool:
    """Whether the package runs from a clone, whose folders are the user's to write to.

    Examples
    --------
    >>> is_clone()
    True
    """
    return not BUNDLE.is_dir()


def notebooks_folder() -> Path:
    """Return the folder of the notebooks.

    Raises
    ------
    UsageError
        The package was installed without them.

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
        The package was installed without it.

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
        The package was installed without it.

    Examples
    --------
    >>> province_document().name
    'haiyu-mzj-2025.pdf'
    """
    return _beside("data/province", "documents of a new province") / "haiyu-mzj-2025.pdf"


def project_folder() -> Path:
    """Return the folder that work belongs to: the clone, or the user's project.

    A project is the nearest folder, from the current one upwards, that holds the notebooks in
    ``notebooks``; where there is none, the current folder is to become one.
    """
    if is_clone():
        return ROOT
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "notebooks" / MARK).is_file():
            return folder
    return here


def demo_dataset() -> Path:
    """Return the folder of the dataset of ``budgetkit demo``; it need not exist yet."""
    return project_folder() / "data" / "processed" / "demo"


def _beside(name: str, what: str) -> Path:
    folder = ROOT / name
    if not folder.is_dir():
        raise UsageError(
            f"the {what} can't be found: there is no folder {folder}",
            remedy="install budgetkit again, from its wheel or from a whole clone",
        )
    return folder
