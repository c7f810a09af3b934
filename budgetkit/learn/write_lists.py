"""Proposals as files: sure rows in the lists, guesses in a list that waits for a person."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from budgetkit.codelists.own_lists import PROPOSALS, PROPOSED, csv_rows, shipped
from budgetkit.errors import UsageError, nearest
from budgetkit.learn.propose import Proposal, path_of
from budgetkit.storage.atomic import write_aside

#: Columns of ``proposals.csv``: what counts where it is accepted, and what helps to decide.
COLUMNS = ("accept", "list", *PROPOSED, "amounts", "document", "page", "printed", "reason")
#: More documents than these are counted.
NAMED_DOCUMENTS = 3


@dataclass(frozen=True, slots=True)
class Written:
    """What was written.

    Attributes
    ----------
    files : tuple of Path
        Lists that have new rows, and ``proposals.csv``.
    sure, guesses : int
        Rows that count from now on, and rows that wait to be accepted.
    """

    files: tuple[Path, ...]
    sure: int
    guesses: int


def write_lists(proposals: Sequence[Proposal], folder: str | Path) -> Written:
    """Write proposals into a folder that ``BUDGETKIT_CODELISTS`` can name.

    Parameters
    ----------
    proposals
        What costs most amounts first.
    folder
        Made where it is missing.  Rows that are there stay; so do proposals that were accepted
        or refused, and those are not made again.

    Returns
    -------
    Written

    Raises
    ------
    UsageError
        The folder can't be written.
    """
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        decided = [row for row in _rows(folder / f"{PROPOSALS}.csv") if row["accept"].strip()]
        done = {(row["list"], row["table"], row["section"], row["text"]) for row in decided}
        listed = [one for one in proposals if one.list]
        open_ = [one for one in listed if (one.list, *_place(one), one.text) not in done]
        files = []
        for name in ("titles", "headers", "items"):
            if rows := [_listed(one) for one in open_ if one.list == name and one.sure]:
                columns = tuple(shipped(name)[0])
                files.append(_add(folder / f"{name}.csv", columns, rows))
        guesses = [_guess(one) for one in open_ if not one.sure]
        path = folder / f"{PROPOSALS}.csv"
        write_aside(path, _csv(COLUMNS, [*decided, *guesses]))
    except OSError as error:
        raise UsageError(f"can't be written ({error.strerror or error})", file=folder) from error
    return Written((*files, path), len(open_) - len(guesses), len(guesses))


def accept(path: Path, answers: Mapping[str, str]) -> None:
    """Accept proposals of a file that were neither accepted nor refused yet.

    Parameters
    ----------
    path
        ``proposals.csv``.
    answers
        What each says, by its text; an empty one is as it was proposed.

    Raises
    ------
    UsageError
        There is no proposal of a text, or it says nothing yet.
    """
    rows = _rows(path)
    waiting = [row for row in rows if not row["accept"].strip()]
    for text, says in answers.items():
        found = [row for row in waiting if row["text"] == text]
        if not found:
            near = nearest(text, [row["text"] for row in waiting])
            raise UsageError(f"holds no open proposal for '{text}'{near}", file=path)
        for row in found:
            row["accept"], row["says"] = "x", says or row["says"]
            if not row["says"]:
                raise UsageError(
                    f"the proposal for '{text}' says nothing", file=path, remedy="say what it is"
                )
    write_aside(path, _csv(COLUMNS, rows))


def _place(one: Proposal) -> tuple[str, str]:
    return one.table, one.section


def _listed(one: Proposal) -> dict[str, str]:
    """A row of the list that a proposal is for."""
    return {
        "table": one.says if one.list == "titles" else one.table,
        "section": one.section,
        "within": one.within,
        "header": one.text,
        "pattern": one.text,
        "ends": one.ends,
        "role": one.says,
        "code": one.says,
    }


def _guess(one: Proposal) -> dict[str, str]:
    return {
        "accept": "",
        "list": one.list,
        **{column: getattr(one, column) for column in PROPOSED},
        "amounts": str(one.unknown.amounts),
        "document": documents_of(one),
        "page": str(one.unknown.first[1] or ""),
        "printed": path_of(one.unknown),
        "reason": one.reason,
    }


def documents_of(one: Proposal) -> str:
    """Name the documents that something stands in; many are counted."""
    names = one.unknown.documents
    more = len(names) - NAMED_DOCUMENTS
    named = ", ".join(names[:NAMED_DOCUMENTS])
    return f"{named} and {more} more" if more > 0 else named


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    return [{column: row.get(column) or "" for column in COLUMNS} for row in csv_rows(path)]


def _add(path: Path, columns: tuple[str, ...], rows: Iterable[dict[str, str]]) -> Path:
    """Add rows to a list below those that are there, each once."""
    held = list(csv_rows(path)) if path.is_file() else []
    plain = [{column: row.get(column) or "" for column in columns} for row in (*held, *rows)]
    write_aside(path, _csv(columns, list({tuple(row.items()): row for row in plain}.values())))
    return path


def _csv(columns: Sequence[str], rows: Iterable[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
