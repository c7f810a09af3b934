"""A piece of HTML in headless Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import chromium_path


@contextmanager
def open_page(html: str, folder: Path, *, scripts: bool = True) -> Iterator[Any]:
    """Open an output as a page of its own; fail where it asks for anything, or has an error."""
    sync_api = pytest.importorskip("playwright.sync_api")
    file = folder / "page.html"
    file.write_text(f'<!doctype html><meta charset="utf-8">{html}', encoding="utf-8")
    wrong: list[str] = []
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        context = browser.new_context(
            viewport={"width": 1300, "height": 900}, java_script_enabled=scripts
        )
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "request",
            lambda request: (
                wrong.append(request.url)
                if not request.url.startswith(("file:", "data:", "blob:"))
                else None
            ),
        )
        page.goto(file.as_uri())
        yield page
        browser.close()
    assert wrong == []


def noted_on(page: Any) -> list[str]:
    """Note from now on what a page says, what goes wrong in it, and what it asks a network for."""
    noted: list[str] = []
    page.on("console", lambda message: noted.append(message.text))
    page.on("pageerror", lambda error: noted.append(str(error)))
    page.on(
        "request", lambda asked: noted.append(asked.url) if asked.url.startswith("http") else None
    )
    return noted
