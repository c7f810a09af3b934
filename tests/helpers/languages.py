"""What of a page is in which language, by its HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser

CHINESE = re.compile("[\u3400-\u9fff]")
#: Three or more Latin words in a row.
SENTENCE = re.compile(r"[A-Za-z]{2,}(?:[ ,]+[A-Za-z]{2,}){2,}")
#: Elements that hold no words of a page, and those without an end.
SILENT = ("style", "script", "title", "code", "a", "svg")
VOID = ("meta", "link", "img", "br", "input", "rect", "use", "path", "image", "hr")


class _Texts(HTMLParser):
    def __init__(self, lang: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, bool]] = []
        self.texts: list[str] = []
        self._lang = lang

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        given = dict(attrs)
        other = tag != "html" and bool(given.get("lang")) and given["lang"] != self._lang
        silent = tag in SILENT and not (tag == "a" and self._lang == "en")
        silent = silent or given.get("class") == "id"
        self.open.append((tag, other or silent))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without content."""

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        while self.open:
            name, _ = self.open.pop()
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(hidden for _, hidden in self.open):
            self.texts.append(data.strip())


def own_texts(page: str, lang: str) -> list[str]:
    """Return the texts of a page that it says are of its own language.

    Parameters
    ----------
    page
        HTML.
    lang
        ``zh`` or ``en``.

    Returns
    -------
    list of str
    """
    reader = _Texts(lang)
    reader.feed(page)
    return reader.texts


def chinese_of(page: str) -> list[str]:
    """Return what is Chinese of an English page outside of names and quotations."""
    return [text for text in own_texts(page, "en") if CHINESE.search(text)]


def english_of(page: str) -> list[str]:
    """Return what is an English sentence on a Chinese page."""
    return [text for text in own_texts(page, "zh") if SENTENCE.search(text)]
