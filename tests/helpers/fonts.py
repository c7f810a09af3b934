"""PDFs whose fonts name their glyphs as a test wants them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pikepdf

_HEAD = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
    "/CMapType 2 def 1 begincodespacerange <00> <ff> endcodespacerange\n"
)


def rename_glyphs(path: Path, names: Mapping[str, str], font: str = "/F1") -> Path:
    """Let a font of the first page name some glyphs otherwise: UTF-16 in hex by character."""
    rows = {chr(code): f"{code:04X}" for code in range(32, 127)} | dict(names)
    lines = "\n".join(f"<{ord(char):02X}> <{name}>" for char, name in rows.items())
    cmap = f"{_HEAD}{len(rows)} beginbfchar\n{lines}\nendbfchar endcmap end end"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Resources.Font[font].ToUnicode = pdf.make_stream(cmap.encode("ascii"))
        pdf.save(path)
    return path
