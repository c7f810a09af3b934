"""A case file keeps to its language but for names and quotations, in every form."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

import budgetkit as bk
from budgetkit.casefile.case_file import CaseFile, documents_of, make_case_file
from budgetkit.casefile.case_words import CaseWords
from budgetkit.casefile.write_case import FORMATS
from budgetkit.checks.audit.catalogue import catalogue
from budgetkit.storage.answers import Answers
from tests.helpers.languages import (
    chinese_of,
    chinese_of_texts,
    english_of,
    english_of_texts,
    texts_of_docx,
    texts_of_xlsx,
)

TEXTS = {"docx": texts_of_docx, "xlsx": texts_of_xlsx}
needs_docx = pytest.mark.skipif(find_spec("docx") is None, reason="python-docx is not installed")


def case_of(dataset: bk.Dataset, department: str, lang: str) -> CaseFile:
    return make_case_file(
        dataset, documents_of(dataset, department), Answers([], {}), CaseWords(lang)
    )


def guilty(dataset: bk.Dataset) -> list[str]:
    checks = dataset.checks()
    documents = set(checks.loc[checks["status"] == "fail", "document"])
    known = dataset.documents
    return sorted(set(known.loc[known["document"].isin(documents), "department"]))


def foreign(case: CaseFile, form: str, lang: str) -> list[str]:
    made = FORMATS[form](case, CaseWords(lang))
    if form == "html":
        page = made.decode()
        return chinese_of(page) if lang == "en" else english_of(page)
    texts = TEXTS[form](made)
    documents = [str(row["document"]) for row in case.documents]
    return chinese_of_texts(texts, documents) if lang == "en" else english_of_texts(texts)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["html", "xlsx", pytest.param("docx", marks=needs_docx)])
def test_a_case_file_keeps_to_its_language(sample_dataset: Path, form: str, lang: str) -> None:
    dataset = bk.read_dataset(sample_dataset)
    found = guilty(dataset)
    assert found
    for department in found:
        assert foreign(case_of(dataset, department, lang), form, lang) == []


def test_the_words_of_a_case_file_are_in_their_language() -> None:
    english = CaseWords("en")
    assert english.source("《预算法》第十四条") == "Budget Law, article 14"
    assert english.source("《某办法》") == "“《某办法》”"
    assert CaseWords("zh").source("ours") == "自拟"
    assert english.printed("40.93", "万元") == "“40.93万元” (0.4093 million yuan)"
    assert not [
        one for one in catalogue()
        if one.source not in ("", "arithmetic") and english.source(one.source).startswith("“")
    ]  # fmt: skip
    assert CaseWords("zh").printed("40.93", "万元") == "40.93万元"
    assert (english.line("行政运行"), english.line("某修缮项目")) == (
        "Administrative operation", "“某修缮项目”"
    )  # fmt: skip
