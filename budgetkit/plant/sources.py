"""Which disclosures are broken: those of the bundled corpus, or data files of the typesetter."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from budgetkit.corpus.bureaus import invented
from budgetkit.corpus.model import Disclosure
from budgetkit.corpus.truth import read
from budgetkit.errors import UsageError, nearest


@cache
def corpus() -> tuple[Disclosure, ...]:
    """Return the clean disclosures: those of the invented bureaus.

    The one real document of the corpus is left out: it has errors of its own.

    Examples
    --------
    >>> len(corpus())
    21
    """
    return tuple(invented())


def find_documents(wanted: Sequence[str]) -> tuple[Disclosure, ...]:
    """Find clean disclosures by name or by file.

    Parameters
    ----------
    wanted
        Names of the corpus, with or without ``.pdf``, or data files (``.json``), or PDFs beside
        which their data file lies; all of the corpus if there are none.

    Returns
    -------
    tuple of Disclosure

    Raises
    ------
    UsageError
        There is no such document, or the file is no data file.
    """
    known = {model.key: model for model in corpus()}
    found = {}
    for name in wanted or known:
        path = Path(name)
        model = known.get(path.stem if path.suffix == ".pdf" else name) or _from_file(path, known)
        found[model.key] = model
    return tuple(found.values())


def _from_file(path: Path, known: dict[str, Disclosure]) -> Disclosure:
    data = path.with_suffix(".json") if path.suffix == ".pdf" else path
    if data.suffix != ".json" or not data.is_file():
        raise UsageError(
            f"there is no clean disclosure '{path}'{nearest(path.stem, known)}",
            remedy="name one of the bundled corpus, or the data file that one is typeset from",
        )
    try:
        return read(data)
    except (json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            "is not a data file of the typesetter",
            file=data,
            remedy="data/sample/README.md says what stands in one",
        ) from error
