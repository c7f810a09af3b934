"""The words of reports as their table has them, which the package shows one by one."""

from __future__ import annotations

import csv
from importlib.resources import files

_TEXT = (files("budgetkit.render") / "labels.csv").read_text(encoding="utf-8")
#: Rows of the table by key, with the columns ``zh`` and ``en``.
WORDS = {row["key"]: row for row in csv.DictReader(_TEXT.splitlines())}
