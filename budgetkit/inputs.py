"""Files and folders that a user names, into the list of PDFs to read."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from budgetkit.errors import UsageError


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read, or one thing that gave none.

    Attributes
    ----------
    path : Path
        The file, or the folder without a PDF.
    source : str
        Relative to the folder that was given.
    document : str
        Its id: the stem, with folder names where stems clash.
    sha256 : str
        Of its bytes; empty where they can't be read.
    problem : str
        Why it will not be read; empty where it will.
    """

    path: Path
    source: str
    document: str
    sha256: str
    problem: str = ""


def find_inputs(paths: Iterable[str | Path]) -> list[Input]:
    """List the PDFs of files and folders, each once.

    Parameters
    ----------
    paths
        Files are taken as they are; a folder means every PDF below it.

    Returns
    -------
    list of Input
        Sorted by source; a folder without a PDF and a file given twice are listed with
        their problem.

    Raises
    ------
    UsageError
        A path does not exist.
    """
    found: list[tuple[Path, str]] = []
    empty: list[Input] = []
    for path in map(Path, paths):
        if not path.exists():
            raise UsageError("there is no such file or folder", file=path)
        if path.is_dir():
            below = sorted(p for p in path.rglob("*") if p.suffix.lower() == ".pdf" and p.is_file())
            found += [(p, p.relative_to(path).as_posix()) for p in below]
            if not below:
                name = path.resolve().name
                empty.append(Input(path, name, name, "", "the folder holds no PDF"))
        else:
            found.append((path, path.name))
    return _unique(found) + empty


def _unique(found: Sequence[tuple[Path, str]]) -> list[Input]:
    once = {path.resolve(): (path, source) for path, source in reversed(found)}
    files = sorted(once.values(), key=lambda pair: (pair[1], str(pair[0])))
    names = _ids([_parts(path, source) for path, source in files])
    inputs, seen = [], dict[str, str]()
    for (path, source), name in zip(files, names, strict=True):
        digest = _digest(path)
        twin = seen.get(digest) if digest else None
        problem = f"is the same document as {twin}, which is read once" if twin else ""
        seen.setdefault(digest, source)
        inputs.append(Input(path, source, name, digest, problem))
    return inputs


def _parts(path: Path, source: str) -> tuple[str, ...]:
    folders = Path(source).parent.parts or (path.resolve().parent.name,)
    return (*folders, path.stem)


def _ids(parts: Sequence[tuple[str, ...]]) -> list[str]:
    """Shortest names that tell files apart: the stem, then folders before it, then a number."""
    names = [p[-1] for p in parts]
    for depth in range(2, max(map(len, parts), default=1) + 1):
        clash = {name for name, count in Counter(names).items() if count > 1}
        names = [
            "/".join(p[-depth:]) if n in clash else n for n, p in zip(names, parts, strict=True)
        ]
    seen: Counter[str] = Counter()
    unique = []
    for name in names:
        seen[name] += 1
        unique.append(name if seen[name] == 1 else f"{name}~{seen[name]}")
    return unique


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        return ""
