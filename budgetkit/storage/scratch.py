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

#: Beginning of the folder's name, and ending of the file beside it: locked while the command runs.
PREFIX, LOCK = "budgetkit-run-", ".lock"
#: Where Jupyter keeps the addresses of kernels.
_RUNTIME = "JUPYTER_RUNTIME_DIR"
#: Name of threads that nobody waits for when a command is interrupted.
ASIDE = "budgetkit-aside"


@contextlib.contextmanager
def scratch() -> Iterator[None]:
    """Let this process and those that it starts put temporary files into one folder.

    It goes at the end; where the process was killed, it goes with the next command.
    """
    if os.name == "nt":  # no such locks: each temporary folder is left to itself
        yield
        return
    place = Path(tempfile.gettempdir())
    _sweep(place)
    before = {name: os.environ.get(name) for name in ("TMPDIR", _RUNTIME)}
    was = tempfile.tempdir
    handle, lock = _lock(place)
    folder = lock.with_suffix("")
    try:
        # A command that becomes another one (JupyterLab) goes on to hold the lock.
        os.set_inheritable(handle, True)
        folder.mkdir(mode=0o700)
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
        if not folder.exists():
            lock.unlink(missing_ok=True)
        os.close(handle)
        _sweep(place)


def _lock(place: Path) -> tuple[int, Path]:
    """Make a file and lock it; return its handle and path."""
    import fcntl

    while True:
        handle, name = tempfile.mkstemp(LOCK, PREFIX, place)
        lock = Path(name)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(lock.stat(), os.fstat(handle)):
                return handle, lock
            os.close(handle)
        except (BlockingIOError, FileNotFoundError):  # swept up before it was locked
            os.close(handle)
        except OSError:  # a system of files without locks
            os.close(handle)
            lock.unlink()
            raise


def _sweep(place: Path) -> None:
    """Remove the folders of commands that were killed: nobody holds their lock."""
    import fcntl

    for lock in place.glob(f"{PREFIX}*{LOCK}"):
        with contextlib.suppress(OSError), lock.open("r+") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            folder = lock.with_suffix("")
            if folder.exists():
                # The lock stays until the next sweep: a dying process may still write here, and
                # only a folder with a lock is found.
                shutil.rmtree(folder, ignore_errors=True)
            else:
                lock.unlink()
