"""Many documents out of the bundled corpus: the same bureaus in other, invented prefectures.

``python -m tests.helpers.many FOLDER [COUNT]`` typesets them, a few hundredths of a second each.
"""

from __future__ import annotations

import sys
from itertools import count, product
from pathlib import Path

from budgetkit.corpus.truth import loads
from tests.typesetter import from_truth, typeset
from tests.typesetter.corpus import FOLDER

#: Stems and branches: names of prefectures that nobody has.
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
#: Prefectures of the corpus, whose name is replaced.
HERE = ("云汀自治州", "昌吉回族自治州")


def make(folder: Path, number: int) -> list[Path]:
    """Typeset so many documents, each department and year once."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.json"))}
    made: list[Path] = []
    for lap in count():
        place = _place(lap)
        for stem, text in texts.items():
            if len(made) == number:
                return made
            for old in HERE:
                text = text.replace(old, f"{place}自治州")
            made.append(folder / f"p{lap:03d}" / f"{stem}-{lap:03d}.pdf")
            made[-1].parent.mkdir(exist_ok=True)
            typeset(from_truth(loads(text)), made[-1])
    return made


def _place(lap: int) -> str:
    names = ["".join(pair) for pair in product(STEMS, BRANCHES)]
    return names[lap % len(names)] + ("" if lap < len(names) else names[lap // len(names) - 1])


if __name__ == "__main__":
    found = make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
    print(f"{len(found)} documents in {sys.argv[1]}")
