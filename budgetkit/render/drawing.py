"""Pages as pictures, drawn in a process beside this one: a page that is a trap stops nothing else.

A pattern of a million tiles takes minutes inside of pdfium, where nothing can interrupt it, and a
damaged picture may take all memory or end the process.  The process is forked when a page is
first drawn and stays for the next; the pixels come through memory that both share.
"""

from __future__ import annotations

import contextlib
import math
import mmap
import os
import signal
import sys
import warnings
from functools import lru_cache
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any, NoReturn

from budgetkit.errors import BudgetkitError, UnreadableDocument, one_line
from budgetkit.extraction.pdf.pages import MOST_PIXELS, Pdf
from budgetkit.work.worker import end_with

#: Seconds that drawing a page may take; ordinary ones take a tenth of one.
SECONDS = 15.0
#: Bytes of memory that drawing may take beside what the process has already.
MEMORY = 2 << 30
#: A request: file, its password, page, pixels a point, most pixels wide.
_Request = tuple[Path, str | None, int, float, float]


class _Painter:
    """The process that draws, and the memory that it shares with this one."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.pixels = mmap.mmap(-1, 3 * MOST_PIXELS)
        self.connection, inner = Pipe()
        with warnings.catch_warnings():
            # The child only draws and ends: it asks for no lock of another thread.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._pid = os.fork()
        if self._pid == 0:
            self.connection.close()
            _serve(inner, self.pixels, self.owner)
        inner.close()

    def close(self) -> None:
        self.connection.close()
        self.pixels.close()
        with contextlib.suppress(OSError):
            os.kill(self._pid, signal.SIGKILL)
        with contextlib.suppress(OSError):
            os.waitpid(self._pid, 0)


#: Files with a page that was not drawn in time: their other pages are not tried.
_traps: set[Path] = set()
#: The painter of this process; none before it is needed, or after it ended.
_painters: list[_Painter] = []


def draw_page(
    path: Path,
    number: int,
    scale: float,
    widest: float = math.inf,
    *,
    password: str | None = None,
) -> tuple[Any, float]:
    """Draw a page within limits of time, pixels and memory.

    Parameters
    ----------
    path
        The PDF.
    number
        Of the page, from 1.
    scale, widest
        As in :meth:`~budgetkit.extraction.pdf.pages.Pdf.fitted`.
    password
        Of the PDF, where it has one.

    Returns
    -------
    picture : PIL.Image.Image
    scale : float
        Pixels a point, as drawn.

    Raises
    ------
    UnreadableDocument
        It is damaged, too large, takes too long, or ends the process that draws it.
    """
    from PIL import Image

    if not hasattr(os, "fork") or sys.platform == "darwin":
        with Pdf(path, password=password, unlock=True) as pdf:
            return pdf.fitted(number, scale, widest)
    if path in _traps:
        raise _undrawn("another page of it was not drawn in time", path, number)
    painter, answer = _asked((path, password, number, scale, widest))
    if isinstance(answer, str):
        raise _undrawn(answer, path, number)
    width, height, drawn = answer
    pixels = memoryview(painter.pixels)[: 3 * width * height]
    try:
        return Image.frombytes("RGB", (width, height), pixels), drawn
    finally:
        pixels.release()


def _asked(request: _Request) -> tuple[_Painter, Any]:
    """Ask the painter, and start another one where it does not answer or has ended."""
    path, _, number, *_ = request
    for _attempt in range(2):
        if not _painters or _painters[-1].owner != os.getpid():
            _painters[:] = [_Painter()]
        painter = _painters[-1]
        try:
            painter.connection.send(request)
            if painter.connection.poll(SECONDS):
                return painter, painter.connection.recv()
        except (EOFError, OSError):
            _end(painter)
            continue
        except BaseException:
            _end(painter)  # an answer that nobody waits for would be taken for the next one
            raise
        _end(painter)
        _traps.add(path)
        raise _undrawn(f"the page was not drawn within {SECONDS:g} seconds", path, number)
    raise _undrawn("the page ends the process that draws it", path, number)


def _end(painter: _Painter) -> None:
    _painters.clear()
    painter.close()


def _undrawn(problem: str, path: Path, number: int) -> UnreadableDocument:
    return UnreadableDocument(problem, file=path, page=number)


def _serve(connection: Connection, pixels: mmap.mmap, parent: int) -> NoReturn:
    """Be the process that draws; never returns."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that forked it ends it
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        # A kernel that shuts down waits for processes of its own group, for seconds.
        os.setsid()
        end_with(parent)
        _limit_memory()
        opened = lru_cache(maxsize=1)(lambda path, word: Pdf(path, password=word, unlock=True))
        while True:
            path, password, number, scale, widest = connection.recv()
            try:
                picture, drawn = opened(path, password).fitted(number, scale, widest)
                pixels[: 3 * picture.width * picture.height] = picture.tobytes()
                connection.send((picture.width, picture.height, drawn))
            except BudgetkitError as error:
                connection.send(error.problem)
            except Exception as error:
                connection.send(f"the page can't be drawn ({one_line(str(error))})")
    finally:
        os._exit(0)


def _limit_memory() -> None:
    import resource

    try:
        size = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return
    wanted = size * resource.getpagesize() + MEMORY
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most == resource.RLIM_INFINITY or wanted < most:
        resource.setrlimit(resource.RLIMIT_AS, (wanted, most))
