"""All that is read from prose, in one go: the entry point of this side of a document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.prose.body_lines import prose_lines
from budgetkit.extraction.prose.identity import COVER_PAGES, Identity, identify
from budgetkit.extraction.prose.narrative import NarrativeItem, read_narrative
from budgetkit.extraction.prose.paragraphs import Paragraph, join_lines
from budgetkit.extraction.prose.profile import (
    Asset,
    ProfileLine,
    Term,
    read_assets,
    read_functions,
    read_glossary,
    read_issued,
    read_offices,
    read_units,
)
from budgetkit.extraction.prose.projects import ProjectMention, read_projects
from budgetkit.extraction.prose.staffing import Staffing, read_staffing
from budgetkit.geometry import Box


@dataclass(frozen=True, slots=True)
class Prose:
    """What the prose of one disclosure says.

    Attributes
    ----------
    identity : Identity
        Department, year, scope, region.
    issued : str or None
        Date of issue, ISO.
    staffing : Staffing or None
    narrative : tuple of NarrativeItem
    projects : tuple of ProjectMention
        Those that the prose describes; ``where`` is ``narrative``.
    functions, offices, units : tuple of ProfileLine
    glossary : tuple of Term
    assets : tuple of Asset
    paragraphs : tuple of Paragraph
        Everything that was read, in order, headings included.
    """

    identity: Identity
    issued: str | None
    staffing: Staffing | None
    narrative: tuple[NarrativeItem, ...]
    projects: tuple[ProjectMention, ...]
    functions: tuple[ProfileLine, ...]
    offices: tuple[ProfileLine, ...]
    units: tuple[ProfileLine, ...]
    glossary: tuple[Term, ...]
    assets: tuple[Asset, ...]
    paragraphs: tuple[Paragraph, ...]


def read_prose(pages: Iterable[tuple[Page, Sequence[Box]]]) -> Prose:
    """Read the prose of one disclosure.

    Parameters
    ----------
    pages
        Each page with the areas of its tables (reading frame), whose characters are left out.

    Returns
    -------
    Prose
        Empty where a document has no prose; what is not printed is None or absent.

    Examples
    --------
    >>> read_prose([]).identity.department
    ''
    """
    lines = prose_lines(pages)
    paragraphs = join_lines(lines)
    headings = [paragraph.text for paragraph in paragraphs if paragraph.rank]
    identity = identify([(line.page.number, line.text) for line in lines], headings)
    first = lines[0].page.number if lines else 1
    cover = [line.text for line in lines if line.page.number < first + COVER_PAGES]
    return Prose(
        identity=identity,
        issued=read_issued(paragraphs, cover, identity.year),
        staffing=read_staffing(paragraphs),
        narrative=tuple(
            read_narrative(paragraphs, department=identity.department, year=identity.year)
        ),
        projects=tuple(read_projects(paragraphs)),
        functions=tuple(read_functions(paragraphs)),
        offices=tuple(read_offices(paragraphs)),
        units=tuple(read_units(paragraphs)),
        glossary=tuple(read_glossary(paragraphs)),
        assets=tuple(read_assets(paragraphs)),
        paragraphs=tuple(paragraphs),
    )
