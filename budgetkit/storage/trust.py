"""Whether the files of a dataset are as they were written, and what mends one that is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from budgetkit.errors import UsageError
from budgetkit.schema import DERIVED
from budgetkit.storage.manifest import spoiled_file, strange_file
from budgetkit.storage.write import ANSWERS

#: What mends a dataset that was damaged.
AGAIN = "run 'budgetkit extract' again, which writes it anew"
MOVE = "move the folder away and run 'budgetkit extract' again, which writes it anew"
AUDIT_AGAIN = "run 'budgetkit audit' again, which writes it anew"


def check_table(folder: Path, name: str) -> None:
    """Check the Parquet file of a table: its bytes where they are noted, its form in any case.

    Parameters
    ----------
    folder
        Of the dataset.
    name
        Of the file.

    Raises
    ------
    UsageError
        It is gone, cut or changed.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = folder / name
    if not file.exists():
        raise spoiled(folder, "is gone", name)
    if spoiled_file(folder, [name]):
        raise spoiled(folder, "is not as it was written (cut, or changed)", name)
    try:
        pq.read_metadata(file)
    except (OSError, pa.ArrowException) as error:
        raise spoiled(folder, "is no Parquet file (cut, or changed)", name) from error


def spoiled(folder: Path, problem: str, name: str) -> UsageError:
    """Say what is wrong with a file of a dataset, and what mends it.

    Parameters
    ----------
    folder
        Of the dataset.
    problem
        What is wrong.
    name
        Of the file.

    Returns
    -------
    UsageError
    """
    file = folder / name
    if file.is_dir():
        problem = "is a folder, and a file is expected"
    if Path(name).stem in DERIVED:
        remedy = "move it away" if file.is_dir() else AUDIT_AGAIN
    elif strange_file(folder, (ANSWERS,)):
        remedy = MOVE
    else:
        remedy = AGAIN
    return UsageError(problem, file=file, remedy=remedy)


def read_json(folder: Path, name: str) -> dict[str, Any]:
    """Read a JSON file of a dataset.

    Parameters
    ----------
    folder
        Of the dataset.
    name
        Of the file.

    Returns
    -------
    dict

    Raises
    ------
    UsageError
        It is cut, or holds something else.
    """
    try:
        found = json.loads((folder / name).read_bytes())
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict):
        raise spoiled(folder, "can't be read (cut, or changed)", name)
    return found
