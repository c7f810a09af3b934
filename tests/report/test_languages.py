"""An English page is English but for names and quotations; a Chinese one has no English."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetkit.api import read_dataset
from budgetkit.compare.comparison import BureauComparison
from budgetkit.compare.write_comparison import write_comparison
from budgetkit.disclosure import DisclosureKey, documents_by_key
from budgetkit.render.labels import LANGUAGES, Labels
from budgetkit.report.department_book import department_book
from budgetkit.report.index import IndexLine, index_page
from budgetkit.report.sections import DepartmentReport
from budgetkit.report.view import view
from tests.helpers.languages import chinese_of, english_of, foreign_cells

SECTIONS = ("first", "who", "revenue", "expenditure", "cost", "projects", "other", "targets",
            "execution", "before", "gaps", "sources")  # fmt: skip
#: Of the bundled corpus, of different templates.
DOCUMENTS = ("changji-kjj-2025", "yunting-jyj-2025", "yanping-sfj-office-2025", "yunting-wjw-2024",
             "yunting-jtj-2025")  # fmt: skip
OTHER = {"en": chinese_of, "zh": english_of}


def test_the_reader_of_pages_sees_what_is_not_marked() -> None:
    page = '<p>某 a<span lang="zh">局<br></span><svg><path/><text>乙</text></svg></p><p>本 b</p>'
    assert chinese_of(page) == ["某 a", "本 b"]
    assert english_of("<p>本 not in words here</p><code>not in words here</code>") == [
        "本 not in words here"
    ]


def _key_of(dataset: Path, document: str) -> DisclosureKey:
    found = documents_by_key(read_dataset(dataset)).items()
    return next(key for key, rows in found if any(row["document"] == document for row in rows))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_report_keeps_to_its_language(sample_dataset: Path, document: str, lang: str) -> None:
    key = _key_of(sample_dataset, document)
    report = DepartmentReport(
        read_dataset(sample_dataset), key.department, key.year, key.scope, key.kind, lang=lang
    )
    page = "".join(getattr(report, name)() for name in SECTIONS)
    assert OTHER[lang](page) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_comparison_keeps_to_its_language(sample_dataset: Path, lang: str) -> None:
    page = BureauComparison(read_dataset(sample_dataset), 2025, lang=lang)
    shown = [page.first(), page.per_head(), *map(page.show, ("staffing", "cost", "years")),
             page.execution(), page.drill(), page.doubtful(), page.sources()]  # fmt: skip
    assert OTHER[lang]("".join(shown)) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("document", DOCUMENTS[:3])
def test_a_workbook_keeps_to_its_language(sample_dataset: Path, document: str, lang: str) -> None:
    dataset = read_dataset(sample_dataset)
    shown = view(dataset, *_key_of(sample_dataset, document), lang=lang)
    assert foreign_cells(department_book(shown, {}), dataset, lang) == []


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_of_a_comparison_keeps_to_its_language(
    sample_dataset: Path, tmp_path: Path, lang: str
) -> None:
    dataset = read_dataset(sample_dataset)
    write_comparison(dataset, tmp_path / "out", lang=lang, linked=False)
    content = (tmp_path / "out" / "compare.xlsx").read_bytes()
    assert foreign_cells(content, dataset, lang) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_index_keeps_to_its_language(lang: str) -> None:
    line = IndexLine("云汀自治州教育局", "department", 2025, "a.html", region="云汀自治州",
                     notice="虚构", expenditure=12.5)  # fmt: skip
    page = index_page([line], [], Labels(lang))
    assert OTHER[lang](page) == []
