"""One temporary folder for a command and all that it starts; what a killed one left is removed."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from budgetkit.storage.remote import forget_fetched

#: Beginning of the folder's name; the file in it is locked while the command runs.
PREFIX, LOCK = "budgetkit-run-", "lock"
#: Where Jupyter keeps the addresses of kernels.
_RUNTIME = "JUPYTER_RUNTIME_DIR"
#: Name of threads that nobody waits for when a command is interrupted.
ASIDE = "budgetkit-aside"


@contextlib.contextmanager
def scratch() -> Iterator[None]:
    """Let this process and those that it starts put temporary files into one folder.

    It goes at the end; where the process was killed, it goes with the next command.
    """
    try:
        import fcntl
    except ImportError:  # Windows: each temporary folder is left to itself
        yield
        return
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    before = {name: os.environ.get(name) for name in ("TMPDIR", _RUNTIME)}
    was = tempfile.tempdir
    try:
        with (folder / LOCK).open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # A command that becomes another one (JupyterLab) goes on to hold the lock.
            os.set_inheritable(handle.fileno(), True)
            (folder / "runtime").mkdir(mode=0o700)
            os.environ |= {"TMPDIR": str(folder), _RUNTIME: str(folder / "runtime")}
            tempfile.tempdir = str(folder)
            yield
    finally:
        # What goes on after an interrupted command must not find another place for its files.
        if all(thread.name != ASIDE for thread in threading.enumerate()):
            tempfile.tempdir = was
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value
        forget_fetched()
        shutil.rmtree(folder, ignore_errors=True)


def _sweep() -> None:
    """Remove the folders of commands that were killed: nobody holds their lock."""
    import fcntl

    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError), (folder / LOCK).open("r+") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
