"""A page as PDF, printed by a Chromium that is on this machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from budgetkit.errors import BudgetkitError, UsageError

#: Names that a Chromium goes by, and the variable that names another one.
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)
VARIABLE = "BUDGETKIT_CHROMIUM"
#: Seconds that printing one page may take.
PATIENCE = 120
_DATE = re.compile(rb"/(CreationDate|ModDate) ?\(D:(\d{14})")


def chromium() -> str:
    """Find the browser.

    Raises
    ------
    UsageError
        There is none.
    """
    for name in (os.environ.get(VARIABLE, ""), *NAMES):
        if name and (found := shutil.which(name)):
            return found
    raise UsageError(
        "--format pdf needs Chromium, and there is none on this machine",
        remedy=f"install it ('apt-get install chromium'), or name it in {VARIABLE}",
    )


def page_pdf(page: str) -> bytes:
    """Print a page.

    Parameters
    ----------
    page
        A whole HTML document that needs nothing else.

    Returns
    -------
    bytes
        A PDF, without the date of its printing: the same page, the same bytes.

    Raises
    ------
    BudgetkitError
        The browser is not there, or did not print.
    """
    with tempfile.TemporaryDirectory(prefix="budgetkit-print-") as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(page, encoding="utf-8")
        command = [
            chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--no-first-run", "--disable-background-networking", "--disable-extensions",
            f"--user-data-dir={folder}/profile", "--no-pdf-header-footer",
            f"--print-to-pdf={target}", source.as_uri(),
        ]  # fmt: skip
        try:
            done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
        except subprocess.TimeoutExpired as error:
            raise BudgetkitError(f"was not printed within {PATIENCE} seconds") from error
        if done.returncode or not target.is_file():
            raise BudgetkitError(f"was not printed: Chromium ended with code {done.returncode}")
        return _DATE.sub(_undated, target.read_bytes())


def _undated(match: re.Match[bytes]) -> bytes:
    return match[0].replace(match[2], b"20000101000000")
