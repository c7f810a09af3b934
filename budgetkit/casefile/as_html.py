"""A case file as one HTML file that loads nothing and prints on A4."""

from __future__ import annotations

import base64
from functools import cache
from typing import Any

from budgetkit.casefile.case_file import CaseFile
from budgetkit.casefile.case_words import CaseWords
from budgetkit.casefile.outline import counts_line, document_lines, sections
from budgetkit.render.page import stylesheet


def as_html(case: CaseFile, say: CaseWords) -> bytes:
    """Write a case file as HTML.

    Parameters
    ----------
    case
        The case file; what it quotes of documents is escaped.
    say
        The words of a language.

    Returns
    -------
    bytes
        UTF-8.
    """
    zh = say.lang == "zh"
    page = _template().render(
        case=case,
        say=say,
        style=stylesheet(),
        documents=document_lines(case, say),
        counts=counts_line(case, say),
        sections=sections(case, say),
        address=_address,
        colon="：" if zh else ": ",
        semicolon="；" if zh else "; ",
    )
    return str(page).encode("utf-8", "replace")


@cache
def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("budgetkit.casefile"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("case_file.html")


def _address(png: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(png).decode("ascii")
