"""A case file as one HTML file that loads nothing and prints on A4."""

from __future__ import annotations

import base64

from budgetkit.casefile.case_file import CaseFile
from budgetkit.casefile.case_words import CaseWords
from budgetkit.casefile.outline import counts_line, document_lines, sections
from budgetkit.render.page import stylesheet, templates


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
    page = (
        templates("budgetkit.casefile", "templates")
        .get_template("case_file.html")
        .render(
            case=case,
            say=say,
            style=stylesheet(),
            documents=document_lines(case, say),
            counts=counts_line(case, say),
            sections=sections(case, say),
            address=_address,
            colon=say("colon"),
            semicolon=say("semicolon"),
        )
    )
    return str(page).encode("utf-8", "replace")


def _address(png: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(png).decode("ascii")
