"""What a person sees of a command: plain text, and a sentence for what the system refused."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import typer

from budgetkit.errors import BudgetkitError, UsageError, visible

#: What the system says, in a sentence, and what to do about it.
_AGAIN = "then repeat the command: it continues"
_MOVE = "move it away"
_LIMIT = "raise the limit"
_REFUSED = {
    errno.ENOSPC: ("there is no space left on the disk", "free some"),
    errno.EDQUOT: ("the disk quota is used up", "free some"),
    errno.EFBIG: ("would be larger than a file may be here", f"{_LIMIT} (ulimit -f)"),
    errno.EMFILE: ("can't be opened, as too many files are open", f"{_LIMIT} (ulimit -n)"),
    errno.ENFILE: ("can't be opened, as the system has too many files open", "end programs"),
    errno.ENOMEM: ("there is not enough memory", "end programs, or give a lower --jobs"),
    errno.EROFS: ("can't be written, as the disk is read-only", "make it writable"),
    errno.EACCES: ("may not be opened or written by this user", "change who may"),
    errno.EPERM: ("may not be changed by this user", "change who may"),
    errno.ENOENT: ("is gone, or its folder is", "put it back"),
    errno.EISDIR: ("is a folder, and a file is expected", _MOVE),
    errno.ENOTDIR: ("lies in a file, and a folder is expected", "move that file away"),
    errno.EEXIST: ("is a file, and a folder is expected", _MOVE),
    errno.ENOTEMPTY: ("is written to by another program", "end that"),
    errno.ENAMETOOLONG: ("is a name that is too long for this disk", "give a shorter one"),
    errno.EIO: ("can't be read or written, as the disk reports an error", "look after the disk"),
}


def say(text: object, *, err: bool = False) -> None:
    """Print a text in which nothing is obeyed by a terminal.

    Parameters
    ----------
    text
        May be of a document.
    err
        Print it on standard error.
    """
    typer.echo(visible(str(text)), err=err)


def print_anything() -> None:
    """Let standard output take every character, whatever its encoding; as a number at worst."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def sentence_of(error: OSError) -> BudgetkitError:
    """Say what the system refused, of which file, and what to do about it.

    Examples
    --------
    >>> print(sentence_of(OSError(errno.ENOSPC, "No space left on device", "facts.csv")))
    facts.csv: there is no space left on the disk; free some, then repeat the command: it continues.
    """
    found = _REFUSED.get(error.errno or 0)
    problem, do = found or (f"the system refused it ({error.strerror or error})", "look after it")
    name = error.filename2 or error.filename
    file = Path(name) if isinstance(name, str | Path) else None
    return UsageError(problem, file=file, remedy=f"{do}, {_AGAIN}")
