"""The bundled corpus: its data files and the PDFs that are set from them.

The data files in ``data/sample`` are what the PDFs are made from.  Those of the invented bureaus
come from ``budgetkit.corpus.bureaus`` (``python -m tests.typesetter --invent``);
``changji-kjj-2025.json`` is kept by hand.
"""

from __future__ import annotations

from pathlib import Path

from budgetkit.corpus.bureaus import BUREAUS, invented
from budgetkit.corpus.invent import invent
from budgetkit.corpus.truth import read, write
from budgetkit.corpus.typeset import typeset

__all__ = ["BUREAUS", "FOLDER", "NEW_PROVINCE", "build", "build_province", "invented", "write_data"]

FOLDER = Path(__file__).parents[2] / "data" / "sample"
#: A disclosure in a template that no list knows, for the notebook on new provinces.
NEW_PROVINCE = Path(__file__).parents[2] / "data" / "province" / "haiyu-mzj-2025.pdf"


def write_data(folder: Path = FOLDER) -> list[Path]:
    """Write the data files of the invented bureaus."""
    paths = []
    for model in invented():
        paths.append(folder / f"{model.key}.json")
        write(model, paths[-1])
    return paths


def build(source: Path = FOLDER, target: Path | None = None) -> list[Path]:
    """Set every data file of a folder as a PDF, beside it or in another folder."""
    return [
        typeset(read(path), (target or source) / f"{path.stem}.pdf")
        for path in sorted(source.glob("*.json"))
    ]


def build_province(path: Path = NEW_PROVINCE) -> Path:
    """Set the disclosure of the new province."""
    return typeset(invent(5, 2025, "haiyu7", "commas", kind="civil"), path)
