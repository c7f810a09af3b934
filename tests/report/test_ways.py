"""The ways from a report to its neighbours."""

from __future__ import annotations

from pathlib import Path

from budgetkit.render.labels import Labels
from budgetkit.report.make import ReportTask
from budgetkit.report.ways import ways_from

OLD = ReportTask("某局", "department", 2023, "budget", "a-2023.html")
MIDDLE = ReportTask("某局", "department", 2024, "budget", "a-2024.html")
NOW = ReportTask("某局", "department", 2025, "budget", "a-2025.html")
FINAL = ReportTask("某局", "department", 2024, "final_account", "a-2024-final.html")
UNIT = ReportTask("某局", "unit", 2024, "budget", "a-unit.html")
OTHER = ReportTask("别局", "department", 2024, "budget", "b-2024.html")
KNOWN = (NOW, OLD, MIDDLE, FINAL, UNIT, OTHER)


def test_only_pages_that_are_there_are_linked(tmp_path: Path) -> None:
    (tmp_path / OLD.file).write_text("made by an earlier run")
    made = frozenset({NOW.file, FINAL.file, UNIT.file, OTHER.file})
    found = ways_from(NOW, KNOWN, made, tmp_path, Labels("en"))
    assert found == (
        ("All reports", "index.html"),
        ("2023 budget", "a-2023.html"),
        ("2024 final account", "a-2024-final.html"),
    )


def test_the_comparison_is_linked_where_one_was_made(tmp_path: Path) -> None:
    (tmp_path / "compare").mkdir()
    (tmp_path / "compare" / "index.html").write_text("")
    found = ways_from(NOW, KNOWN, frozenset(), tmp_path, Labels("zh"))
    assert found == (("全部报告", "index.html"), ("部门比较", "compare/index.html"))
