"""A page as PDF: printed where Chromium is, said where it is not."""

from __future__ import annotations

import shutil

import pypdfium2
import pytest

from budgetkit.errors import UsageError
from budgetkit.render import printing as pdf
from tests.conftest import RunCli

PAGE = "<!DOCTYPE html><html><meta charset=utf-8><title>t</title><p>支出 1,234.50</html>"


def test_without_chromium_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(UsageError, match="--format pdf needs Chromium"):
        pdf.chromium()


@pytest.mark.browser
def test_the_same_page_gives_the_same_pdf() -> None:
    first, second = pdf.page_pdf(PAGE), pdf.page_pdf(PAGE)
    assert first == second
    document = pypdfium2.PdfDocument(first)
    assert "1,234.50" in document[0].get_textpage().get_text_bounded()


@pytest.mark.browser
def test_each_report_has_its_pdf(run_cli: RunCli, sample_dataset: object, tmp_path: object) -> None:
    out = f"{tmp_path}/reports"
    done = run_cli("report", str(sample_dataset), "--out", out, "--format", "pdf",
                   "--department", "云汀自治州卫生健康委员会", "--year", "2023")  # fmt: skip
    assert done.returncode == 0, done.stderr
    document = pypdfium2.PdfDocument(f"{out}/yunting-wjw-2023.pdf")
    assert "云汀自治州卫生健康委员会" in document[0].get_textpage().get_text_bounded()
    with open(f"{out}/index.html", encoding="utf-8") as index:  # noqa: PTH123
        assert 'href="yunting-wjw-2023.pdf"' in index.read()
