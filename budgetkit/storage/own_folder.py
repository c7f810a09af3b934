"""Folders that the program writes: what may be replaced, and that all in them is its own."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path

from budgetkit.errors import UsageError
from budgetkit.storage.atomic import written_aside
from budgetkit.storage.lock import locked
from budgetkit.storage.manifest import MANIFEST, is_replaced, read_manifest, seal, strange_file


def check_folder(out: Path, *, what: str = "", keeps: Collection[str] = ()) -> None:
    """Check that a folder may be written, and nothing of a user's is lost by it.

    Parameters
    ----------
    out
        The folder; it need not exist yet.
    what
        What such a folder is called, where it is replaced as a whole: a dataset, a comparison.
        Empty where files are written into it one by one.
    keeps
        Files of people that stay when it is replaced.

    Raises
    ------
    UsageError
        It is a file, can't be written, lies in a folder that is replaced as a whole, or would be
        replaced and holds a file that the program didn't write.
    """
    if out.exists() and not out.is_dir():
        raise UsageError("is a file, not a folder", file=out, remedy="give another --out")
    for folder in out.resolve().parents:
        if is_replaced(folder):
            raise UsageError(
                "would lie in a folder that is replaced as a whole",
                file=out,
                remedy=f"give an --out that is not inside {folder.name}",
            )
    if what and out.is_dir() and (name := strange_file(out, keeps)):
        if read_manifest(out) is None and (out / MANIFEST).exists():
            raise UsageError(
                "can't be read, so that nobody knows which files are the program's own",
                file=out / MANIFEST,
                remedy=f"move the folder {out.name} away, or give another --out",
            )
        raise UsageError(
            f"the folder holds files that are not {what}, as {name}; it would be replaced",
            file=out,
            remedy="give --out an empty or new folder",
        )
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out if out.is_dir() else out.parent):
            pass
    except OSError as error:
        raise UsageError(
            f"can't be written ({error.strerror})", file=out, remedy="give --out another folder"
        ) from error


@contextlib.contextmanager
def replaced(out: Path, what: str, keeps: Collection[str] = ()) -> Iterator[Path]:
    """Yield a new folder to write into, which replaces the one of an earlier run as a whole.

    Parameters
    ----------
    out
        The folder.
    what, keeps
        As of :func:`check_folder`.

    Yields
    ------
    Path
        An empty folder; what is in it at the end is noted as the program's own.

    Raises
    ------
    UsageError
        As of :func:`check_folder`, or another run writes the folder.
    """
    check_folder(out, what=what, keeps=keeps)
    place = out.resolve()
    with (
        locked(place.with_name(f".{place.name}.lock"), out, stays=False),
        written_aside(out) as folder,
    ):
        yield folder
        seal(folder)
        for name in keeps:
            if (out / name).is_file():
                shutil.copyfile(out / name, folder / name)
