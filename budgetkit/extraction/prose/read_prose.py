"""The prose of one disclosure: the entry point of this folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.prose.assets import Asset, read_assets
from budgetkit.extraction.prose.body_lines import prose_lines, without_running
from budgetkit.extraction.prose.contents import split_contents
from budgetkit.extraction.prose.contents_entries import ContentsEntry, read_entries
from budgetkit.extraction.prose.identity import Identity, TableTexts, identify
from budgetkit.extraction.prose.issued import read_issued
from budgetkit.extraction.prose.narrative import NarrativeItem, read_narrative
from budgetkit.extraction.prose.paragraphs import Paragraph, join_lines
from budgetkit.extraction.prose.profile import ProfileLine, Term, read_glossary, read_profile
from budgetkit.extraction.prose.projects import ProjectMention, read_projects
from budgetkit.extraction.prose.staffing import Staffing, read_staffing
from budgetkit.geometry import Box


@dataclass(frozen=True, slots=True)
class Prose:
    """Everything that was read from the prose of one disclosure.

    ``issued`` is the date of issue (ISO), ``paragraphs`` the whole text, headings included, and
    ``contents_pages`` are the pages that hold the table of contents alone.
    """

    identity: Identity
    issued: str | None
    staffing: Staffing | None
    narrative: Sequence[NarrativeItem]
    projects: Sequence[ProjectMention]
    profile: Sequence[ProfileLine]
    glossary: Sequence[Term]
    assets: Sequence[Asset]
    paragraphs: Sequence[Paragraph]
    contents: Sequence[ContentsEntry]
    contents_pages: frozenset[int]


def read_prose(
    pages: Iterable[tuple[Page, Sequence[Box]]], tables: TableTexts | None = None
) -> Prose:
    """Read the prose of one disclosure: its lines, its paragraphs, and what they print.

    Parameters
    ----------
    pages
        Each page with the areas of its tables (reading frame), whose characters are left out.
    tables
        What its tables print that tells whose they are.

    Returns
    -------
    Prose
        What is not printed is None or empty.
    """
    placed = prose_lines(pages)
    split = split_contents(without_running(placed))
    paragraphs = join_lines(split.body)
    lines = [(line.page.number, line.text) for line in placed]
    headings = [paragraph.text for paragraph in paragraphs if paragraph.rank]
    body = [paragraph.text for paragraph in paragraphs if not paragraph.rank]
    identity = identify(lines, headings, tables, body)
    return Prose(
        identity=identity,
        issued=read_issued(paragraphs, lines, identity.year),
        staffing=read_staffing(paragraphs),
        narrative=read_narrative(paragraphs, department=identity.department, year=identity.year),
        projects=read_projects(paragraphs),
        profile=read_profile(paragraphs),
        glossary=read_glossary(paragraphs),
        assets=read_assets(paragraphs),
        paragraphs=paragraphs,
        contents=read_entries(split.listed),
        contents_pages=split.pages,
    )
