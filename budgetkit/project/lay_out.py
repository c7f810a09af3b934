"""Lay out a project: folders, notebooks to edit, a README. Nothing is ever overwritten."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

from budgetkit.bundled import is_clone, notebooks_folder, project_folder
from budgetkit.errors import UsageError

#: Folders for what the user puts in and gets out.
FOLDERS = ("data/raw", "data/processed", "notebooks", "reports")
#: The languages of the README.
LANGUAGES = ("zh", "en")


def new_project(folder: str | Path, *, lang: str = "zh") -> Path:
    """Lay out a project: ``data/``, ``notebooks/``, ``reports/`` and a README.

    Parameters
    ----------
    folder
        A folder that is new, empty, or a project already; then only what is missing is added.
    lang
        ``zh`` or ``en``, of the README.

    Returns
    -------
    Path
        The README.

    Raises
    ------
    UsageError
        The folder holds something else, can't be written, or there is no such language.
    """
    folder = Path(folder)
    if lang not in LANGUAGES:
        raise UsageError(f"there is no language {lang!r}", remedy="choose zh or en")
    if folder.exists() and not folder.is_dir():
        raise UsageError("is a file, not a folder", file=folder, remedy="give a new folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "notebooks").is_dir():
        raise UsageError(
            "the folder holds files that are not a project of budgetkit",
            file=folder,
            remedy="give a new or an empty folder",
        )
    readme = folder / "README.md"
    try:
        for name in FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
        copy_notebooks(folder / "notebooks")
        if not readme.exists():
            text = (files("budgetkit.project") / f"readme.{lang}.md").read_text(encoding="utf-8")
            readme.write_text(text.format(name=folder.resolve().name), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"can't be written ({error.strerror or error})", file=folder) from error
    return readme


def copy_notebooks(folder: Path) -> list[Path]:
    """Copy the notebooks that a folder does not hold yet, with the folders among them.

    Parameters
    ----------
    folder
        Where to; its own files stay as they are.

    Returns
    -------
    list of Path
        The files that are new.
    """
    source = notebooks_folder()
    made = []
    for path in sorted(source.rglob("*")):
        target = folder / path.relative_to(source)
        hidden = any(part.startswith(".") for part in path.relative_to(source).parts)
        if hidden or path.is_dir() or target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        made.append(target)
    return made


def own_notebooks() -> Path:
    """Return a folder of notebooks that the user may edit: the clone's, or the project's.

    Outside a clone and a project they are copied to ``notebooks`` in the current folder.

    Raises
    ------
    UsageError
        The current folder can't be written.
    """
    if is_clone():
        return notebooks_folder()
    folder = project_folder() / "notebooks"
    try:
        copy_notebooks(folder)
    except OSError as error:
        raise UsageError(
            f"can't be written ({error.strerror or error})",
            file=folder,
            remedy="go to a folder of your own, or make one with 'budgetkit new FOLDER'",
        ) from error
    return folder
