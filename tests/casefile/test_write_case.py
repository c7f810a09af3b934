"""Case files: what they say, in each form; they load nothing, and come out the same twice."""

from __future__ import annotations

import io
import shutil
import zipfile
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import budgetkit as bk
from budgetkit.casefile.as_html import as_html
from budgetkit.casefile.as_xlsx import HEADER_LINE, as_xlsx
from budgetkit.casefile.audit_command import Wanted, audit_lines
from budgetkit.casefile.case_file import CaseFile, documents_of, make_case_file
from budgetkit.casefile.case_words import CaseWords
from budgetkit.casefile.write_case import FORMATS, take_answers, write_case_file
from budgetkit.errors import UsageError
from budgetkit.render.html import loads
from budgetkit.storage.answers import read_answers

#: A department of the bundled corpus with findings, and one without.
GUILTY, CLEAN = "昌吉回族自治州科学技术局", "云汀自治州审计局"
HOSTILE = '=1+1<script>alert("x")</script>\x00&'

needs_docx = pytest.mark.skipif(find_spec("docx") is None, reason="python-docx is not installed")


@pytest.fixture
def dataset(sample_dataset: Path, tmp_path: Path) -> bk.Dataset:
    folder = tmp_path / "dataset"
    shutil.copytree(sample_dataset, folder)
    return bk.read_dataset(folder)


def case_of(dataset: bk.Dataset, department: str, lang: str = "zh") -> CaseFile:
    documents = documents_of(dataset, department)
    return make_case_file(dataset, documents, read_answers(dataset), CaseWords(lang))


def test_certain_findings_stand_first_and_each_place_has_a_picture(dataset: bk.Dataset) -> None:
    case = case_of(dataset, GUILTY)
    assert case.certain
    assert case.look
    for query in case.queries:
        assert query.rule
        assert all(place.picture.png for place in query.shown)
    worst = next(one for one in case.queries if one.check == "performance-overall")
    assert worst.difference == "269,300.00元（26.93万元）"
    assert [place.printed for place in worst.shown] == ["40.93万元", "14.00万元"]
    assert all(place.picture.has_header or place.picture.has_label for place in worst.shown)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["html", "xlsx", pytest.param("docx", marks=needs_docx)])
def test_the_same_content_gives_the_same_bytes(
    dataset: bk.Dataset, tmp_path: Path, form: str, lang: str
) -> None:
    case = case_of(dataset, GUILTY, lang)
    made = FORMATS[form](case, CaseWords(lang))
    assert made == FORMATS[form](case, CaseWords(lang))
    assert str(dataset.folder).encode() not in made
    if form != "html":
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            assert {part.date_time[0] for part in archive.infolist()} == {1980}
            whole = b"".join(archive.read(name) for name in archive.namelist())
        assert str(tmp_path).encode() not in whole


def test_the_page_loads_nothing_and_quotes_as_text(dataset: bk.Dataset) -> None:
    case = case_of(dataset, GUILTY)
    hostile = replace(case, certain=(replace(case.certain[0], message=HOSTILE),))
    page = as_html(hostile, CaseWords("zh")).decode()
    assert loads(page) == []
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert page.count("data:image/png") >= 2


def test_no_text_becomes_a_formula(dataset: bk.Dataset) -> None:
    case = case_of(dataset, GUILTY)
    hostile = replace(case, certain=(replace(case.certain[0], message=HOSTILE),))
    book = load_workbook(io.BytesIO(as_xlsx(hostile, CaseWords("zh"))))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(str(cell.value).startswith("=1+1") for cell in cells)


@needs_docx
def test_the_document_has_a_picture_of_each_place_and_room_for_answers(
    dataset: bk.Dataset,
) -> None:
    import docx

    case = case_of(dataset, GUILTY)
    hostile = replace(case, certain=(replace(case.certain[0], message=HOSTILE), *case.certain[1:]))
    made = docx.Document(io.BytesIO(FORMATS["docx"](hostile, CaseWords("zh"))))
    assert len(made.inline_shapes) == sum(len(query.shown) for query in case.queries)
    text = "\n".join(paragraph.text for paragraph in made.paragraphs)
    assert '<script>alert("x")</script>&' in text
    boxes = [table.cell(0, 0).text for table in made.tables if len(table.columns) == 1]
    assert len(boxes) == len(case.queries)
    assert all("不属实" in box for box in boxes)


def test_a_department_without_findings_gets_a_file_that_says_so(
    dataset: bk.Dataset, tmp_path: Path
) -> None:
    path = write_case_file(dataset, CLEAN, "html", out=tmp_path)
    assert path == tmp_path / f"{CLEAN}.html"
    page = path.read_text(encoding="utf-8")
    assert "未发现需要更正、说明或者核实的事项" in page
    assert "因资料不全或者未能识别而未核对" in page


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (
            Wanted(department="昌吉科学技术局", format="html"),
            "did you mean 昌吉回族自治州科学技术局",
        ),
        (Wanted(department=GUILTY, format="pdf"), "there is no format 'pdf'"),
        (Wanted(format="html"), "name it with --department"),
        (Wanted(out=Path("x.html")), "--out needs --format"),
        (Wanted(answers=Path("gone.xlsx")), "there is no such file"),
    ],
)
def test_wrong_use_is_told_in_one_sentence(dataset: bk.Dataset, wanted: Wanted, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        audit_lines(dataset, wanted)


def test_answers_come_back_in_the_workbook_and_stay_quiet(
    dataset: bk.Dataset, tmp_path: Path, corpus: Path
) -> None:
    path = write_case_file(dataset, GUILTY, "xlsx", out=tmp_path)
    first = audit_lines(dataset, Wanted(department=GUILTY))
    book: Any = load_workbook(path)
    sheet = book.worksheets[0]
    header = [cell.value for cell in sheet[HEADER_LINE - 1]]
    answer, reason = header.index("answer") + 1, header.index("reason") + 1
    n = 0
    for line in range(HEADER_LINE + 1, sheet.max_row + 1):
        n += 1
        sheet.cell(line, answer).value = "不属实" if n > 1 else "属实"
        sheet.cell(line, reason).value = "口径不同"
    book.save(path)
    assert take_answers(dataset, path) == n
    # The dataset is extracted again, from one PDF alone: the answers stand.
    bk.extract([corpus / "changji-kjj-2025.pdf"], dataset.folder)
    again = bk.read_dataset(dataset.folder)
    done = audit_lines(again, Wanted(department=GUILTY))
    assert first.fails > done.fails == 1
    assert any(f"另有{n - 1}个问题已答复" in line for line in done.lines)
    case = make_case_file(again, documents_of(again, None), read_answers(again), CaseWords("zh"))
    assert case.queries == ()
    assert sorted({one.answer for one in case.answered}) == ["accepted", "refuted"]


def test_no_case_file_lies_where_the_next_extraction_replaces_it(dataset: bk.Dataset) -> None:
    with pytest.raises(UsageError, match="replaced as a whole"):
        write_case_file(dataset, CLEAN, "html", out=dataset.folder / "sent")


def test_a_finding_that_changed_is_raised_again(dataset: bk.Dataset) -> None:
    case = case_of(dataset, GUILTY)
    lines = ["finding,answer,reason"]
    lines += [f"{' '.join(query.ids)},refuted,原因" for query in case.queries]
    (dataset.folder / "answers.csv").write_text("\n".join(lines), encoding="utf-8")
    answers = read_answers(dataset)
    rows = dataset.by_document("checks").rows(["changji-kjj-2025"])
    failed = [row for row in rows if row["status"] == "fail"]
    assert all(map(answers.is_quiet, failed))
    assert not any(answers.is_quiet(row | {"year": 2024}) for row in failed)
