"""The command that opens the notebooks in JupyterLab, without any request to the network."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

#: By default, JupyterLab asks for newer versions of itself and for news.
QUIET = (
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.news_url=",
)


def lab_command(folder: str | Path, *more: str) -> list[str]:
    """Return the command that opens a folder in JupyterLab.

    Parameters
    ----------
    folder
        Folder of the notebooks.
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


def start(command: list[str]) -> int:
    """Become a command, where the system can: a signal to this process (``docker stop``) ends it.

    Returns
    -------
    int
        Its exit code, where it ran beside this process.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "posix":
        os.execv(command[0], command)
    return subprocess.call(command)
