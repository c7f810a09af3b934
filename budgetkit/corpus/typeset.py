"""A disclosure → its PDF: the blocks of its family's document, in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from budgetkit.corpus.families import Family, load_family
from budgetkit.corpus.grid import GridTable, build_table
from budgetkit.corpus.model import Disclosure
from budgetkit.corpus.paper import Paper, text_width
from budgetkit.corpus.prose_text import Block, context, paragraphs
from budgetkit.corpus.ruled import draw_table, head_height
from budgetkit.corpus.target_tables import target_table

INVENTED = "本文件为虚构，仅供教学"
RESET = "依据公开数据重新排版，文字另行撰写，仅供教学"


def typeset(model: Disclosure, path: Path) -> Path:
    """Write a disclosure as a PDF; the same disclosure gives the same bytes.

    Parameters
    ----------
    model : Disclosure
    path : Path
        Where the PDF goes.

    Returns
    -------
    Path
        The same path.
    """
    _drawn(model, path)
    return path


def page_texts(model: Disclosure) -> tuple[tuple[str, ...], ...]:
    """Return what each page prints, string by string in the order of drawing."""
    return tuple(tuple(page) for page in _drawn(model, BytesIO()).texts)


def _drawn(model: Disclosure, target: Path | BinaryIO) -> Paper:
    family = load_family(model.family)
    words = context(model, family)
    footer = INVENTED if model.invented else RESET
    lying = all(spec.landscape for spec in family.tables)
    paper = Paper(target, f"{model.department}{model.year}", footer, lying)
    job = _Job(paper, model, family, words)
    for block in family.document:
        _draw_block(job, block)
    paper.save()
    return paper


@dataclass(frozen=True)
class _Job:
    """What a block is drawn with."""

    paper: Paper
    model: Disclosure
    family: Family
    words: dict[str, Any]

    def fill(self, text: str) -> str:
        """Put the words into a frame."""
        return text.format(**self.words)


def _draw_block(job: _Job, block: Block) -> None:
    kind, *args = block
    if kind in _DRAWN:
        _DRAWN[kind](job, args)
        return
    bold = "weight" if kind == "head" else "none"
    if kind == "head" and job.paper.room < 60:
        job.paper.page()
    for text in paragraphs(block, job.model, job.family, job.words):
        job.paper.paragraph(text, bold=bold)


def _page(job: _Job, args: list[Any]) -> None:
    if not job.paper.fresh:
        job.paper.page()


def _title(job: _Job, args: list[Any]) -> None:
    job.paper.centered(job.fill(args[0]), 16, job.model.style.bold)
    job.paper.y -= 6


def _part(job: _Job, args: list[Any]) -> None:
    job.paper.page()
    _title(job, args)


def _cover(job: _Job, args: list[Any]) -> None:
    paper, model = job.paper, job.model
    texts = [job.fill(text) for text in args]
    paper.page()
    paper.y -= paper.height * 0.3
    paper.centered(texts[0], 24, model.style.bold)
    for text in texts[1:]:
        paper.y -= 10
        paper.centered(text, 14)
    paper.y -= 30
    if model.invented and model.region not in texts[0]:
        paper.centered(model.region, 12)
    paper.centered(f"（{INVENTED if model.invented else RESET}）", 12)


def _toc(job: _Job, args: list[Any]) -> None:
    lines = []
    tables = [f"{t.label}　{t.title}" for t in _tables(job.model, job.family)]
    for kind, *rest in job.family.document:
        if kind in ("title", "part"):
            lines.append(job.fill(rest[0]))
            lines += tables if kind == "part" else []
    _contents(job.paper, args[0], lines)


def _listed_contents(job: _Job, args: list[Any]) -> None:
    """List what the family says, its tables after the line that has their number."""
    title, lines, place, *after = args
    tables = [f"{i}. {t.title}" for i, t in enumerate(_tables(job.model, job.family), 1)]
    before = [job.fill(line) for line in lines]
    rest = [job.fill(line) for line in (after[0] if after else [])]
    _contents(job.paper, title, [*before[: place + 1], *tables, *before[place + 1 :], *rest])


def _contents(paper: Paper, title: str, lines: list[str]) -> None:
    paper.page()
    paper.centered(title, 18)
    paper.y -= 8
    for line in lines:
        paper.paragraph(line, 11, indent=0)


def _tables(model: Disclosure, family: Family) -> list[GridTable]:
    return [build_table(spec, model, family) for spec in family.tables]


def _draw_tables(job: _Job, args: list[Any]) -> None:
    paper, model, family = job.paper, job.model, job.family
    previous = None
    for table in _tables(model, family):
        turned = table.key in model.style.turned
        if previous is None or not _shares_page(paper, table, previous, turned, family):
            paper.page(table.landscape, turned)
        else:
            paper.y -= 30
        draw_table(paper, table, model.style)
        previous = table


def _shares_page(
    paper: Paper, table: GridTable, previous: GridTable, turned: bool, family: Family
) -> bool:
    """Two small tables stand on one page where a family has tables of one row."""
    if turned or table.landscape or previous.landscape or not family.share_pages:
        return False
    return paper.room > head_height(table) + 24.0 * (len(table.header) + len(table.body)) + 40


def _draw_targets(job: _Job, args: list[Any]) -> None:
    paper, model, family = job.paper, job.model, job.family
    for target in model.targets:
        paper.page()
        draw_table(paper, target_table(target, model, family.targets or {}), model.style)
    paper.y -= 6


def _project_pages(job: _Job, args: list[Any]) -> None:
    paper, model = job.paper, job.model
    for d in model.descriptions:
        paper.page()
        paper.centered(f"{d.name}情况说明", 16)
        for head, text in (
            ("一、项目概述", d.allocation),
            ("二、立项依据", d.basis),
            ("三、实施主体", model.department),
            ("四、实施周期", d.period),
            ("五、年度预算安排", f"{model.year}年度项目总预算{d.amount:.2f}万元。"),
        ):
            paper.paragraph(head, bold="weight")
            paper.paragraph(text)


def _signed(job: _Job, args: list[Any]) -> None:
    paper = job.paper
    paper.y -= 20
    for line in map(job.fill, args):
        paper.y -= 22
        paper.text(paper.left + paper.width - text_width(line, 12), paper.y, line, 12)


_DRAWN: dict[str, Callable[[_Job, list[Any]], None]] = {
    "cover": _cover,
    "toc": _toc,
    "contents": _listed_contents,
    "page": _page,
    "title": _title,
    "part": _part,
    "tables": _draw_tables,
    "targets": _draw_targets,
    "projects": _project_pages,
    "signed": _signed,
}
