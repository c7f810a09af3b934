"""Write broken copies: PDFs and their key, or a folder for each student of a class."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from budgetkit.corpus.model import Disclosure
from budgetkit.corpus.typeset import typeset
from budgetkit.errors import UsageError
from budgetkit.extraction.extract import extract
from budgetkit.plant.key import KEY, key_rows, write_csv, write_sheets
from budgetkit.plant.kinds import KINDS, check_kinds, possible
from budgetkit.plant.several import Copy, broken_copy
from budgetkit.plant.sources import corpus, find_documents
from budgetkit.progress import Watch
from budgetkit.storage.own_folder import check_folder
from budgetkit.work.journal import Journal

#: Errors for each student where nothing is said.
CLASS_ERRORS = 3
KEY_FILE, README, DATASET = "key.csv", "README.md", "dataset"


@dataclass(frozen=True)
class Job:
    """A copy to make: of which disclosure, with which kinds, and the folder that it goes to."""

    model: Disclosure
    kinds: tuple[str, ...]
    number: int
    seed: str
    folder: str


@dataclass(frozen=True)
class Written:
    """What was written.

    Attributes
    ----------
    copies, errors : int
        PDFs, and errors in all of them together.
    key : Path
        The file that tells them.
    """

    copies: int
    errors: int
    key: Path


def write_planted(
    documents: Sequence[str],
    out: str | Path,
    *,
    kinds: Sequence[str] = (),
    errors: int | None = None,
    students: int | None = None,
    seed: int = 0,
    watch: Watch | None = None,
) -> Written:
    """Break copies of clean disclosures, and write them with their key.

    Parameters
    ----------
    documents
        As in ``find_documents``.
    out
        A new or empty folder.
    kinds
        Kinds of errors; all without any.
    errors
        How many in each copy.  Without it a copy is made for each kind, and a student's has three.
    students
        How many students: each gets a folder with a copy, its dataset and a sheet.
    seed
        The same one gives the same copies.
    watch
        Shows the progress.

    Returns
    -------
    Written

    Raises
    ------
    UsageError
        A document or a kind is unknown, a document has no room for so many errors, or the folder
        holds files or can't be written.
    """
    check_kinds(kinds)
    models, out = find_documents(documents), Path(out)
    chosen = tuple(dict.fromkeys(kinds)) or KINDS
    _check_empty(out)
    others = (*corpus(), *models)
    if students:
        jobs = _class(models, chosen, errors or CLASS_ERRORS, students, seed)
    elif errors:
        jobs = [Job(m, chosen, errors, str(seed), "") for m in models]
    else:
        jobs = [
            Job(model, (kind,), 1, str(seed), kind)
            for model in models
            for kind in possible(model, chosen, others)
        ]
    if not jobs:
        raise UsageError(
            f"no such document can have an error of the kind {', '.join(chosen)}",
            remedy="see 'budgetkit plant --list'",
        )
    copies = _broken(jobs, others)
    out.mkdir(parents=True, exist_ok=True)
    rows: list[dict[str, object]] = []
    watch = watch or Watch()
    watch.begin(len(jobs), 0)
    for job, copy in zip(jobs, copies, strict=True):
        rows += _write(copy, job, out, bool(students))
        watch.tell(f"{job.folder}/{copy.model.key}", "")
    write_csv(out / KEY_FILE, KEY, rows)
    (out / README).write_text(_readme(jobs, seed, bool(students)), encoding="utf-8")
    return Written(len(jobs), len(rows), out / KEY_FILE)


def _check_empty(out: Path) -> None:
    if out.is_dir() and any(out.iterdir()):
        raise UsageError(
            "the folder holds files", file=out, remedy="give --out an empty or new folder"
        )
    check_folder(out)


def _class(
    models: Sequence[Disclosure], kinds: tuple[str, ...], number: int, students: int, seed: int
) -> list[Job]:
    """Deal the disclosures to the students; each comes up once before one comes up again."""
    width, dealt = len(str(students)), list(models)
    Random(seed).shuffle(dealt)
    return [
        Job(
            dealt[place % len(dealt)],
            kinds,
            number,
            f"{seed}/{place // len(dealt)}",
            f"student-{place + 1:0{max(2, width)}}",
        )
        for place in range(students)
    ]


def _broken(jobs: Sequence[Job], others: Sequence[Disclosure]) -> list[Copy]:
    """Make the copies; two of one disclosure never have the same errors."""
    copies: list[Copy] = []
    seen = set()
    for job in jobs:
        for again in range(len(jobs) + 1):
            seed = f"{job.seed}/{again}" if again else job.seed
            copy = broken_copy(job.model, seed, kinds=job.kinds, number=job.number, others=others)
            what = (job.model.key, frozenset(error.slip for error in copy.errors))
            if what not in seen or not job.folder.startswith("student"):
                break
        else:
            raise UsageError(
                f"{job.model.key} has no other errors of these kinds for another student",
                remedy="allow more kinds or more documents",
            )
        seen.add(what)
        copies.append(copy)
    return copies


def _write(copy: Copy, job: Job, out: Path, student: bool) -> list[dict[str, object]]:
    folder = out / job.folder
    folder.mkdir(exist_ok=True)
    path = typeset(copy.model, folder / f"{copy.model.key}.pdf")
    if student:
        extract([path], folder / DATASET, jobs=0)
        # Nobody reads this copy again.
        shutil.rmtree(Journal(folder / DATASET).place, ignore_errors=True)
        write_sheets(folder, copy.model, path.name, job.folder)
    return key_rows(copy, path.relative_to(out).as_posix(), job.folder if student else "")


def _readme(jobs: Iterable[Job], seed: int, students: bool) -> str:
    names = ", ".join(sorted({job.model.key for job in jobs}))
    what = _FOR_CLASS if students else _FOR_DEVELOPERS
    return _README.format(what=what, names=names, seed=seed)


_README = """# Disclosures with planted errors · 植入错误的公开文件

Copies of invented, clean disclosures, each broken in known ways by `budgetkit plant --seed {seed}`.
No figure in them is anybody's: do not quote them.
这些文件是虚构的，并被故意改错，不得引用。

{what}
`key.csv` tells each error: page, table, row, column, what is printed, what is true, and what on the
pages shows it. The same seed makes the same files again.

Documents: {names}
"""
_FOR_CLASS = """Each student gets one folder (`student-01` …): the PDF, its dataset (which has not
been audited), and a sheet to fill in, `findings.csv` on a computer or `sheet.html` on paper.
Keep `key.csv` to yourself.
每名学生一个文件夹；`key.csv` 是答案，由教师保管。
"""
_FOR_DEVELOPERS = """To measure recall, extract and audit one folder at a time: copies of one
document share their department and year.
"""
