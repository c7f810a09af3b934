"""What a report needs is imported and warmed up once, before workers are forked."""

from __future__ import annotations

import gc
import tempfile
from pathlib import Path

from budgetkit.render.charts import bars, paired, people, svg
from budgetkit.render.engine import register
from budgetkit.render.execute import run_notebook
from budgetkit.render.html import notebook_html
from budgetkit.render.page import templates
from budgetkit.report import make, sections  # noqa: F401

#: New objects before the garbage collector of a worker runs.
GARBAGE = 200_000
#: A notebook with the imports of a report and one output: running it once fills the caches.
_SMALL = """{"cells": [
 {"cell_type": "code", "id": "a", "execution_count": null, "outputs": [],
  "metadata": {"tags": ["parameters"]}, "source": "department = ''"},
 {"cell_type": "code", "id": "b", "execution_count": null, "outputs": [], "metadata": {},
  "source": "import budgetkit as bk\\nbk.read_dataset, bk.DepartmentReport"},
 {"cell_type": "code", "id": "c", "execution_count": null, "outputs": [], "metadata": {},
  "source": "from IPython.display import HTML\\nHTML(department)"}],
 "metadata": {"kernelspec": {"name": "python3", "display_name": "", "language": "python"}},
 "nbformat": 4, "nbformat_minor": 5}"""


def prepare() -> None:
    """Import what a report needs and make one small page, before workers are forked."""
    import pandas as pd
    import pyarrow.parquet  # noqa: F401

    with tempfile.TemporaryDirectory(prefix="budgetkit-") as folder:
        notebook = Path(folder, "small.ipynb")
        notebook.write_text(_SMALL, encoding="utf-8")
        done = run_notebook(notebook, {"department": "部门"}, engine=register())
        notebook_html(done, title="部门")
    small = {"name": ["一", "二"], "amount": [1.0, 2.0], "people": [1, 2]}
    data = pd.DataFrame(small | {"color": ["#0072B2"] * 2, "2024": [1.0, 2.0], "2025": [2.0, 1.0]})
    svg(bars(data[["name", "amount"]]), "a", "")
    svg(people(data[["name", "people", "color"]]), "b", "")
    svg(paired(data[["name", "2024", "2025"]], ["2024", "2025"]), "c", "")
    templates().get_template("sections.html")
    # A worker ends with its report: the garbage collector would cost more than it frees.
    gc.set_threshold(GARBAGE)
