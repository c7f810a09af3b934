"""The invented bureaus of the bundled corpus, and how each of their documents is set."""

from __future__ import annotations

from dataclasses import dataclass

from budgetkit.corpus.invent import invent
from budgetkit.corpus.model import Disclosure, Style


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
