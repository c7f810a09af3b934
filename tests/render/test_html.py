"""A notebook that ran, as a page that loads nothing."""

from __future__ import annotations

import nbformat
import pytest

from budgetkit.errors import BudgetkitError
from budgetkit.render.html import loads, notebook_html


def ran(html: str, code: str = "secret_code()") -> nbformat.NotebookNode:
    output = nbformat.v4.new_output("execute_result", {"text/html": html, "text/plain": "plain"})
    cell = nbformat.v4.new_code_cell(code, outputs=[output])
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# heading"), cell])


def test_a_page_shows_what_the_cells_show_and_no_code() -> None:
    page = notebook_html(ran("<p>甲</p>"), title="某局 <b>", lang="en")
    assert "<p>甲</p>" in page
    assert "secret_code" not in page
    assert "<title>某局 &lt;b&gt;</title>" in page
    assert page.startswith("<!DOCTYPE html>")
    assert '<html lang="en">' in page
    assert "default-src 'none'" in page


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<img src="https://example.org/a.png">',
        '<img src="//example.org/a.png">',
        '<p onclick="x()">',
        '<a href="javascript:x()">',
        '<link rel="stylesheet" href="a.css">',
        '<iframe src="a.html"></iframe>',
        '<svg><image href="https://example.org/a.png"/></svg>',
    ],
)
def test_a_page_that_would_load_or_run_something_is_refused(html: str) -> None:
    with pytest.raises(BudgetkitError, match="may load nothing and run nothing"):
        notebook_html(ran(html), title="某局")


@pytest.mark.parametrize(
    "html", ['<a href="#e1">1</a>', '<img src="data:image/png;base64,AAAA">', "<p>javascript:</p>"]
)
def test_what_stands_in_the_page_itself_is_fine(html: str) -> None:
    assert loads(html) == []


def test_the_ways_to_other_pages_are_escaped_and_stand_first() -> None:
    page = notebook_html(ran("<p>甲</p>"), title="某局", ways=[("全部 <b>", "index.html")])
    assert page.index('<a href="index.html">全部 &lt;b&gt;</a>') < page.index("<main")
    assert 'href="index.html"' not in notebook_html(ran("<p>甲</p>"), title="某局")
