"""Run lessons one after the other in a process of their own, and tell what happened, as JSON.

``python -m tests.helpers.run_lessons DATASET NOTEBOOK...``
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

KIND = re.compile(r'class="bk-verdict" data-kind="(\w+)"')


def run(dataset: str, path: Path) -> dict[str, object]:
    """Run one notebook: what its checks said, what it wrote to stderr, and its error, if any."""
    from budgetkit.render.engine import register
    from budgetkit.render.execute import NotebookFailed, run_notebook

    try:
        done = run_notebook(
            path, {"dataset": dataset}, engine=register(), optional={"out": str(path) + "-out"}
        )
    except NotebookFailed as problem:
        return {"kinds": [], "stderr": [], "error": str(problem)}
    outputs = [out for cell in done.cells if cell.cell_type == "code" for out in cell.outputs]
    shown = "".join(out.data.get("text/html", "") for out in outputs if "data" in out)
    written = [out.text for out in outputs if out.get("name") == "stderr"]
    return {"kinds": KIND.findall(shown), "stderr": written, "error": ""}


if __name__ == "__main__":
    told = {name: run(sys.argv[1], Path(name)) for name in sys.argv[2:]}
    print(json.dumps(told))
