"""JupyterLab on the notebooks, without a request that leaves the machine."""

from __future__ import annotations

import sys
from pathlib import Path

#: JupyterLab asks for newer versions of itself and for news unless it is told not to.
QUIET = (
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.news_url=",
)


def lab_command(folder: str | Path, *more: str) -> list[str]:
    """Give the command that opens JupyterLab on a folder.

    Parameters
    ----------
    folder
        Of the notebooks.
    *more
        Further options of JupyterLab.

    Returns
    -------
    list of str
        For ``subprocess``.

    Examples
    --------
    >>> lab_command("notebooks", "--no-browser")[2:5]
    ['jupyterlab', '--notebook-dir', 'notebooks']
    """
    return [sys.executable, "-m", "jupyterlab", "--notebook-dir", str(folder), *QUIET, *more]
