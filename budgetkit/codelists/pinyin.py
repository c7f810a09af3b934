"""Chinese in Latin letters, without tones, by the list ``pinyin.csv``.

One reading for each character of GB 2312 and of the names of places; where a place is read
otherwise, the list ``office_words.csv`` has its name.
"""

from __future__ import annotations

import re
from functools import cache

from budgetkit.codelists import read_codelist

#: Chinese characters, one run of them.
CHINESE = re.compile("[\u3400-\u9fff]+")
#: Letters that a syllable within a word is not to begin with: Xi'an is not Xian.
_VOWELS = ("a", "e", "o")
#: A longer run is more than one word, and nobody has said where the words end.
LONGEST_WORD = 4


@cache
def _readings() -> dict[str, str]:
    rows = read_codelist("pinyin")
    return {char: row["reading"] for row in reversed(rows) for char in row["characters"]}


def pinyin(text: str) -> str:
    """Write each run of Chinese in a text in Latin letters; a character without a reading stays.

    Examples
    --------
    >>> pinyin("西安"), pinyin("云汀"), pinyin("第3小学"), pinyin("数字乡村示范")
    ("Xi'an", 'Yunting', 'Di 3 Xiaoxue', 'Shu Zi Xiang Cun Shi Fan')
    """
    return " ".join(CHINESE.sub(lambda found: f" {_run(found[0])} ", text).split())


def _run(chars: str) -> str:
    readings = [_readings().get(char, char) for char in chars]
    if len(readings) > LONGEST_WORD:
        return " ".join(map(str.capitalize, readings))
    first, *rest = readings
    word = first + "".join(f"'{one}" if one.startswith(_VOWELS) else one for one in rest)
    return word.capitalize()
