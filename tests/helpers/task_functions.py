"""What the tests of the work pool have done: well-behaved work, and the other kind."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


def double(number: int) -> int:
    return 2 * number


def sleep(seconds: float) -> str:
    time.sleep(seconds)
    return "slept"


def fill(mebibytes: int) -> int:
    """Fill memory, and stay until somebody looks."""
    block = bytearray(os.urandom(1 << 20) * mebibytes)
    time.sleep(20)
    return len(block)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(mark: str) -> str:
    """End the process the first time, work the second."""
    if Path(mark).exists():
        return "alive"
    Path(mark).touch()
    os.kill(os.getpid(), signal.SIGKILL)
    return "never"


def raises() -> None:
    raise ValueError("first line\nsecond line")


def unsendable() -> object:
    return lambda: None


def process() -> int:
    return os.getpid()


def linger(mark: str) -> None:
    """Say which process this is, then take long."""
    Path(mark).write_text(str(os.getpid()))
    time.sleep(60)
