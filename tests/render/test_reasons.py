"""Reasons of documents in the language of a page."""

from __future__ import annotations

import re

import pytest

from budgetkit.errors import UnreadableDocument
from budgetkit.extraction.pdf.problems import ENCRYPTED, LOCKED, NO_TEXT_LAYER
from budgetkit.render.labels import Labels, rows_of
from budgetkit.render.reasons import reason
from budgetkit.work.tasks import DIED, too_large, too_slow
from tests.helpers.languages import SENTENCE

ZH, EN = Labels("zh"), Labels("en")


@pytest.mark.parametrize(
    "problem",
    [
        LOCKED, ENCRYPTED, DIED, too_slow(5), too_large(1 << 30), "is damaged or cut off",
        f"{NO_TEXT_LAYER}: its 12 pages are pictures (a scan)",
        "names no budget year on its cover; 3 printed amounts are listed in unmapped",
        "holds the text alone; its tables are in 某局-tables.pdf",
        "pages 9, 12 were not read: it is a picture",
        "its budget year stands in the name of its file",
    ],
)  # fmt: skip
def test_what_a_run_says_has_words_in_chinese(problem: str) -> None:
    assert not SENTENCE.search(reason(problem, ZH))
    assert not re.search("listed in unmapped|text alone|stands in", reason(problem, EN))


def test_jargon_is_put_into_plain_english_and_the_rest_stays() -> None:
    said = "names no budget year on its cover; 3 printed amounts are listed in unmapped"
    assert reason(said, EN) == (
        "Names no budget year on its cover; 3 printed amounts were not classified (they are in the "
        "table “unmapped”)"
    )
    assert reason(LOCKED, EN) == LOCKED


def test_a_reason_names_its_file_and_page() -> None:
    error = str(UnreadableDocument("the page is damaged", file="某局.pdf", page=3))
    assert reason(error, ZH) == "某局.pdf第3页：该页损坏"


def test_what_is_not_known_is_quoted_and_what_is_chinese_stays() -> None:
    assert reason("is blue; is a PDF no more", ZH) == "“is blue”；“is a PDF no more”"
    assert (reason("注：本表为空", ZH), reason("", ZH)) == ("注：本表为空", "")


def test_each_sentence_is_listed_once_and_filled_with_what_it_holds() -> None:
    rows = rows_of("budgetkit.render", "reasons.csv")
    assert len({row["pattern"] for row in rows}) == len(rows)
    for row in rows:
        groups = re.compile(row["pattern"]).groups
        assert {int(number) for number in re.findall(r"\{(\d)\}", row["zh"])} <= set(
            range(1, groups + 1)
        )
