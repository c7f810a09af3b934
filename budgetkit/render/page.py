"""What every page is made of: sections of HTML, their templates and their style."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from budgetkit.errors import without_control


class Section(str):
    """HTML that shows itself in a notebook."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


@cache
def templates(package: str = "budgetkit.render", folder: str = "templates/html") -> Any:
    """Return the templates of a package; every value in one is escaped unless it is marked safe.

    Parameters
    ----------
    package
        That holds them.
    folder
        In the package.

    Returns
    -------
    jinja2.Environment
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader(package, folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.globals["number"] = number
    return environment


def digest_of_script(script: str) -> str:
    """Return the digest by which the policy of a page allows a script in it."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")


def script_policy(script: str) -> str:
    """Return the policy of a page that loads nothing, and runs this one script alone."""
    return (
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
        f"script-src 'sha256-{digest_of_script(script)}'; base-uri 'none'; form-action 'none'"
    )


def _shown(value: Any) -> Any:
    """A value of a template; a character that turns the text around it about is escaped."""
    return without_control(value) if type(value) is str else value


def number(value: float, digits: int = 2, sign: str = "-") -> str:
    """Write a number with separators.

    Parameters
    ----------
    value
        The number.
    digits
        After the point.
    sign
        ``-`` marks negative numbers alone, ``+`` positive ones too.

    Returns
    -------
    str
    """
    return f"{value:{sign},.{digits}f}"


def section(page: str, name: str, /, *arguments: Any, styled: bool = False) -> Section:
    """Return a section of a page.

    Parameters
    ----------
    page
        File of the template.
    name
        Of the macro in it.
    *arguments
        Of the macro.
    styled
        Put the style of the page before it.

    Returns
    -------
    Section
    """
    html = getattr(templates().get_template(page).module, name)
    style = f"<style>{stylesheet()}</style>" if styled else ""
    return Section(f'{style}<div class="bk">{html(*arguments)}</div>')


@cache
def stylesheet() -> str:
    """Return the style of every page."""
    folder = files("budgetkit.render") / "templates" / "html"
    return (folder / "style.css").read_text(encoding="utf-8")
