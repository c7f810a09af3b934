"""Five published documents in both languages: what is foreign is a name or a quotation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from budgetkit.api import read_dataset
from budgetkit.casefile.case_file import documents_of, make_case_file
from budgetkit.casefile.case_words import CaseWords
from budgetkit.casefile.write_case import FORMATS
from budgetkit.checks.audit.run import audit
from budgetkit.disclosure import documents_by_key
from budgetkit.extraction.extract import extract
from budgetkit.render.labels import LANGUAGES, Labels
from budgetkit.report.department_book import department_book
from budgetkit.report.index import index_page, left_out
from budgetkit.report.sections import DepartmentReport
from budgetkit.report.view import view
from budgetkit.storage.answers import Answers
from tests.helpers.languages import (
    chinese_of,
    chinese_of_texts,
    english_of,
    english_of_texts,
    foreign_cells,
    texts_of_docx,
    texts_of_xlsx,
)

pytestmark = pytest.mark.slow

#: Of five places and forms; budgets of one department each.
DOCUMENTS = ("hangzhou-justice-2026", "shenzhen-audit-2026", "xian-audit-2026",
             "chongqing-water-2026", "shanghai-unit-1-2026")  # fmt: skip
SECTIONS = ("first", "who", "revenue", "expenditure", "cost", "projects", "other", "targets",
            "execution", "before", "gaps", "sources")  # fmt: skip
OTHER = {"en": chinese_of, "zh": english_of}


@pytest.fixture(scope="module")
def published(shared: Path, made_once: Callable[..., Path]) -> Path:
    def make(folder: Path) -> None:
        paths = [shared / "published" / f"{name}.pdf" for name in DOCUMENTS]
        extract(paths, folder / "dataset", jobs=1)
        audit(read_dataset(folder / "dataset"))

    return made_once("published-languages", make) / "dataset"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_published_document_keeps_to_the_language(
    published: Path, document: str, lang: str
) -> None:
    dataset = read_dataset(published)
    every = documents_by_key(dataset).items()
    key = next(
        (key for key, rows in every if any(row["document"] == document for row in rows)), None
    )
    if key is None:
        assert OTHER[lang](index_page([], left_out(dataset, Labels(lang)), Labels(lang))) == []
        return
    report = DepartmentReport(dataset, key.department, key.year, key.scope, key.kind, lang=lang)
    assert OTHER[lang]("".join(getattr(report, name)() for name in SECTIONS)) == []
    assert foreign_cells(department_book(view(dataset, *key, lang=lang), {}), dataset, lang) == []
    say = CaseWords(lang)
    case = make_case_file(dataset, documents_of(dataset, key.department), Answers([], {}), say)
    assert OTHER[lang](FORMATS["html"](case, say).decode()) == []
    texts = [*texts_of_xlsx(FORMATS["xlsx"](case, say)), *texts_of_docx(FORMATS["docx"](case, say))]
    names = [str(row["document"]) for row in case.documents]
    assert (chinese_of_texts(texts, names) if lang == "en" else english_of_texts(texts)) == []
