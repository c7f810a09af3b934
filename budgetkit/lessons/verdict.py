"""What a student is told about an answer: a box in a notebook, a sentence elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

#: Colours of the bar beside the box; the sign says the same to those who see no colour.
COLORS = {"right": "#009E73", "gap": "#999999", "guess": "#0072B2"}
OTHER = "#E69F00"
SIGNS = {"right": "✓", "gap": "…", "guess": "→"}
OTHER_SIGN = "?"


@dataclass(frozen=True)
class Verdict:
    """What is said about an answer.

    Attributes
    ----------
    exercise : str
        Its id.
    kind : str
        ``right``; ``gap`` where nothing was filled in; ``mistake``; ``wrong``; ``guess``;
        ``unknown`` where there is no such exercise, or the dataset does not print what it needs.
    lines : tuple of str
        Sentences.
    mistake : str
        Name of the usual mistake.
    """

    exercise: str
    kind: str
    lines: tuple[str, ...]
    mistake: str = ""

    @property
    def right(self) -> bool:
        """Whether the answer is right."""
        return self.kind == "right"

    def __repr__(self) -> str:
        sign = SIGNS.get(self.kind, OTHER_SIGN)
        return f"{sign} {self.exercise}  " + "\n   ".join(self.lines)

    def _repr_html_(self) -> str:
        color, sign = COLORS.get(self.kind, OTHER), SIGNS.get(self.kind, OTHER_SIGN)
        lines = "".join(f"<div>{escape(line)}</div>" for line in self.lines)
        return (
            f'<div class="bk-verdict" data-kind="{self.kind}" style="border-left:5px solid {color};'
            "padding:.4rem .8rem;margin:.2rem 0;max-width:46rem;"
            "font:14px/1.6 'Noto Sans SC',sans-serif\">"
            f"<b>{sign} {escape(self.exercise)}</b>{lines}</div>"
        )
