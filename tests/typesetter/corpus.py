"""The bundled corpus: which bureaus it invents, and how each document is set.

The data files in ``data/sample`` are what the PDFs are made from.  Those of the invented bureaus
come from here (``python -m tests.typesetter --invent``); ``changji-kjj-2025.json`` is kept by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.typesetter.invent import invent
from tests.typesetter.model import Disclosure, Style
from tests.typesetter.pdf import typeset
from tests.typesetter.truth import read, write

FOLDER = Path(__file__).parents[2] / "data" / "sample"
#: A disclosure in a template that no list knows, for the notebook on new provinces.
NEW_PROVINCE = Path(__file__).parents[2] / "data" / "province" / "haiyu-mzj-2025.pdf"


@dataclass(frozen=True)
class Bureau:
    """A bureau of the corpus and the style of each of its years."""

    stem: str
    kind: str
    seed: int
    styles: dict[int, Style]
    family: str = "xinjiang11"
    place: str = "云汀自治州"
    scope: str = "department"
    spread: bool | None = None


_JUSTICE = {
    2023: Style(thousands=True, breaks=(("revenue", "total"), ("expenditure", "middle"))),
    2024: Style(thousands=True, lines="rect", repeat_header=True),
    2025: Style(thousands=True, bold="weight", narrow=("expenditure", "general_expenditure")),
}

BUREAUS = (
    Bureau(
        "yunting-jyj",
        "education",
        11,
        {
            2023: Style(),
            2024: Style(thousands=True, lines="rect", bold="weight"),
            2025: Style(thousands=True, repeat_header=True, ideographic_space=True, size=10.5),
        },
        spread=True,
    ),
    Bureau(
        "yunting-mzj",
        "civil",
        12,
        {
            2023: Style(bold="strike", lines="rect"),
            2024: Style(turned=("revenue", "project_expenditure"), lines="rect"),
            2025: Style(breaks=(("project_expenditure", "cell"), ("basic_expenditure", "middle"))),
        },
    ),
    Bureau(
        "yunting-sjj",
        "audit",
        13,
        {
            2023: Style(zeros=True, open_sides=True, size=8.5),
            2024: Style(thousands=True, landscape=("expenditure", "general_expenditure")),
            2025: Style(open_sides=True, ideographic_space=True),
        },
        spread=True,
    ),
    Bureau(
        "yunting-jtj",
        "transport",
        14,
        {
            2023: Style(thousands=True, lines="rect"),
            2024: Style(zeros=True, repeat_header=True),
            2025: Style(thousands=True, narrow=("expenditure",)),
        },
    ),
    Bureau("yanping-sfj", "justice", 15, _JUSTICE, "shanghai9", "云汀自治州砚平市"),
    Bureau("yanping-sfj-office", "justice", 15, _JUSTICE, "shanghai9", "云汀自治州砚平市", "unit"),
    Bureau(
        "yunting-wjw",
        "health",
        16,
        {
            2023: Style(thousands=True),
            2024: Style(turned=("three_public", "procurement"), lines="rect"),
            2025: Style(thousands=True, bold="strike", repeat_header=True, size=10.5),
        },
        "jiangsu12",
    ),
)


def invented() -> list[Disclosure]:
    """Return the invented disclosures of the corpus, bureau by bureau, year by year."""
    return [
        invent(
            bureau.seed,
            year,
            bureau.family,
            style,
            kind=bureau.kind,
            place=bureau.place,
            scope=bureau.scope,
            spread=bureau.spread,
            key=f"{bureau.stem}-{year}",
        )
        for bureau in BUREAUS
        for year, style in bureau.styles.items()
    ]


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
