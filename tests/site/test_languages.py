"""The pages that a site adds keep to their language, in what their script shows too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from budgetkit.render.labels import LANGUAGES, Labels
from budgetkit.render.reasons import reason
from budgetkit.report.index import LeftOut
from budgetkit.site.case_pages import Finding
from budgetkit.site.search_index import more_script, rows_script
from budgetkit.site.site_pages import write_pages
from budgetkit.site.site_words import SiteWords
from tests.helpers.languages import chinese_of, chinese_of_texts, english_of, english_of_texts
from tests.helpers.sites import entry, site_of

NAME, REGION = "云汀自治州审计局", "云汀自治州"
MESSAGES = {"en": "the sum of “合计” does not agree", "zh": "“合计”与各项之和不符"}
PROBLEM = "云汀.pdf: has no text layer: its 3 pages are pictures (a scan)."
#: Names of files, tables and columns, which a Chinese page keeps.
NAMES = {"departments.csv", "documents"}


def strings(value: Any) -> Iterator[str]:
    """All texts of rows of a script."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings(one)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pages_of_a_site_keep_to_their_language(tmp_path: Path, lang: str) -> None:
    say = SiteWords(lang)
    left_out = [LeftOut("云汀.pdf", reason(PROBLEM, Labels(lang)))]
    entries = [entry(NAME, 2025), entry(NAME, 2024, scope="unit")]
    title = say("title_of", region=Labels(lang).region(REGION))
    found = {entries[0].key: [Finding("d", MESSAGES[lang], True, "sum")]}
    contents = site_of(entries, left_out=left_out, title=title, findings=found)
    (tmp_path / "data").mkdir()
    write_pages(contents, tmp_path, say)
    for page in (tmp_path / "index.html", tmp_path / "data" / "index.html"):
        html = page.read_text(encoding="utf-8")
        assert (chinese_of(html) if lang == "en" else english_of(html)) == []
    scripts = (rows_script(contents.departments, {}, say),
               more_script(contents.departments, found, left_out, say))  # fmt: skip
    shown = [
        text for script in scripts for text in strings(json.loads(script.partition("=")[2][:-2]))
    ]
    if lang == "en":
        assert chinese_of_texts(shown, (NAME, REGION, "云汀")) == []
    else:
        assert english_of_texts(shown) == []
