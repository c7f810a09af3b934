"""What a run shows: a bar on a terminal, a line now and then in a log, nothing to a short run."""

from __future__ import annotations

import io
import time

from budgetkit.progress import watching

HOSTILE = "[red]markup[/red] [link=x]y.pdf"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_short_run_writes_nothing_into_a_pipe() -> None:
    log = io.StringIO()
    with watching("documents", log) as watch:
        watch.begin(1, 0)
        watch.tell("a.pdf", "")
    assert log.getvalue() == ""


def test_a_long_run_writes_a_line_now_and_then() -> None:
    log = io.StringIO()
    with watching("documents", log, every=0.05) as watch:
        watch.begin(4, 3)
        watch.tell("a.pdf", "")
        watch.tell("b.pdf", "is not a PDF")
        end = time.monotonic() + 10
        while not log.getvalue() and time.monotonic() < end:
            time.sleep(0.01)
    line = log.getvalue().splitlines()[0]
    assert line.startswith("2 of 4 documents, 1 failed, ")
    assert line.endswith(" left")


def test_a_terminal_shows_rate_and_failures_and_obeys_no_markup() -> None:
    screen = Terminal()
    with watching("documents", screen) as watch:
        watch.begin(2, 0)
        watch.tell("a.pdf", "")
        watch.tell(HOSTILE, "is not a PDF")
    shown = screen.getvalue()
    assert "documents" in shown
    assert "1 failed" in shown
    assert "/min" in shown
    assert "[red]markup" in shown
