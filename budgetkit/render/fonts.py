"""Chinese glyphs for figures: one font, the same on every machine.

matplotlib prints Chinese as boxes with its own fonts.  The distribution
``zhplot`` carries Noto Sans SC (OFL); its file is found without importing the
package, which would rewrite ``rcParams``.
"""

from __future__ import annotations

from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from budgetkit.errors import BudgetkitError

#: The distribution that carries the font, and the file.
DISTRIBUTION = "zhplot"
FONT_FILE = "NotoSansSC-Regular.ttf"
#: Its name, once matplotlib knows it.
FAMILY = "Noto Sans SC"


@cache
def font_path() -> Path:
    """Find the font's file.

    Raises
    ------
    BudgetkitError
        The distribution is not installed, or has no such file.

    Examples
    --------
    >>> font_path().name
    'NotoSansSC-Regular.ttf'
    """
    try:
        listed = metadata.files(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        listed = []
    found = [Path(str(file.locate())) for file in listed if file.name == FONT_FILE]
    spec = find_spec(DISTRIBUTION)  # finds the package, imports nothing
    if spec is not None and spec.origin:
        found.append(Path(spec.origin).parent / "fonts" / FONT_FILE)
    for path in found:
        if path.is_file():
            return path
    raise BudgetkitError(
        f"the Chinese font {FONT_FILE} is not installed",
        remedy=f"install it with 'pip install {DISTRIBUTION}==1.0.0'",
    )


@cache
def register_font() -> str:
    """Make the font known to matplotlib, once a process.

    Returns
    -------
    str
        The family's name, for ``font.family``.
    """
    from matplotlib import font_manager

    font_manager.fontManager.addfont(font_path())
    return FAMILY


@cache
def glyphs() -> frozenset[int]:
    """Return the code points that the font can draw."""
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(str(font_path())).get_charmap())


def missing_glyphs(text: str) -> str:
    """Return the characters of a text that the font has no glyph for.

    Examples
    --------
    >>> missing_glyphs("三公经费 12.50 万元"), missing_glyphs("𠮷")
    ('', '𠮷')
    """
    return "".join(char for char in dict.fromkeys(text) if ord(char) not in glyphs())
