"""Slides are made of cells: what is too long goes on, and nothing is left out without a word."""

from __future__ import annotations

import base64
import struct
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from budgetkit.lessons.slides.slide_parts import (
    LINES,
    ROWS,
    Slide,
    blocks,
    lines,
    pieces,
    shortened,
    slides_of,
)


def shown(html: str = "", png: str = "", code: str = "f()") -> Any:
    data = {"text/html": html} if html else {"image/png": png}
    return new_code_cell(code, outputs=[new_output("display_data", data=data)])


def picture(width: int, height: int) -> str:
    head = (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">II", width, height)
    )
    return base64.b64encode(head + b"\0" * 20).decode()


def frame(rows: int) -> str:
    body = "".join(f"<tr><td>{n}</td></tr>" for n in range(rows))
    return f"<table><thead><tr><th>n</th></tr></thead><tbody>{body}</tbody></table>"


def lesson(*cells: Any) -> NotebookNode:
    made: NotebookNode = new_notebook(cells=list(cells))
    return made


def tagged(cell: Any, tag: str) -> Any:
    cell.metadata["tags"] = [tag]
    return cell


def test_a_step_its_output_and_an_exercise() -> None:
    made = slides_of(
        lesson(
            new_markdown_cell("# Lesson 1: money\n\nAbout 40 minutes."),
            tagged(new_markdown_cell("Press Shift."), "notebook"),
            tagged(new_code_cell('dataset = ""'), "parameters"),
            new_markdown_cell("## Step 1\n\nLook:"),
            shown(frame(2)),
            new_markdown_cell("### Exercise 1.1\n\nHow much?"),
            tagged(shown("<p>a gap</p>", code="answer = ..."), "exercise"),
            new_markdown_cell("So it is."),
        ),
        "en",
    )
    assert [(one.kind, one.title, one.text) for one in made] == [
        ("title", "Lesson 1: money", "About 40 minutes."),
        ("output", "Step 1", "Look:"),
        ("exercise", "Exercise 1.1", "How much?"),
        ("text", "Step 1", "So it is."),
    ]
    assert "<td>1</td>" in made[1].output
    assert not any("gap" in one.output or "answer" in one.code for one in made)


def test_a_high_picture_stands_beside_its_text_and_a_wide_one_below_a_short_one() -> None:
    long = "\n".join(f"* item {n}" for n in range(8))

    def last(text: str, png: str) -> list[Slide]:
        return slides_of(
            lesson(new_markdown_cell("# a"), new_markdown_cell(text), shown(png=png)), "en"
        )[1:]

    (high,) = last(long, picture(100, 200))
    assert high.beside
    (wide,) = last("one line", picture(200, 100))
    assert not wide.beside
    assert [bool(one.output) for one in last(long, picture(200, 100))] == [False, True]


def test_rows_without_room_are_counted() -> None:
    assert shortened(frame(ROWS), "en") == frame(ROWS)
    cut = shortened(frame(ROWS + 2), "en")
    assert cut.count("<td>") == ROWS
    assert "2 more rows" in cut
    assert "还有 2 行" in shortened(frame(ROWS + 2), "zh")


def test_long_texts_go_on_and_lose_nothing() -> None:
    table = "| a | b |\n|---|---|\n" + "\n".join(f"| {n} | x |" for n in range(30))
    items = "\n".join(f"* item {n}" for n in range(30))
    for block in (table, items):
        parts = pieces(block)
        assert len(parts) > 1
        assert max(map(lines, parts)) <= LINES
        for row in block.split("\n"):
            assert any(row in part for part in parts)
    assert all(part.startswith("| a | b |\n|---|---|\n") for part in pieces(table))
    source = "## Step 1\n\n" + "\n\n".join(f"Paragraph {n}. " + "word " * 40 for n in range(9))
    made = slides_of(lesson(new_markdown_cell("# a"), new_markdown_cell(source)), "en")[1:]
    assert len(made) > 1
    assert {one.title for one in made} == {"Step 1"}
    told = "\n".join(one.text for one in made)
    assert all(f"Paragraph {n}." in told for n in range(9))


def test_blocks_keep_code_whole() -> None:
    assert blocks("# a\ntext\n\n```\none\n\ntwo\n```\n\nend") == [
        "# a", "text", "```\none\n\ntwo\n```", "end",
    ]  # fmt: skip
