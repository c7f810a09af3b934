"""What was read is read again when any module that reading depends on has changed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from budgetkit.work.fingerprint import PACKAGE, READING, WRITING, code_digest

#: Where the way from a PDF to an entry of the journal begins, and that from there to a dataset.
READS = ("extraction/document.py", "extraction/codec.py")
WRITES = ("extraction/assemble.py", "storage/write.py")


def imports(path: Path) -> Iterator[Path]:
    """Modules of the package that a module imports, anywhere in it but for type checkers."""
    nodes = [ast.parse(path.read_text(encoding="utf-8"))]
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            nodes += node.orelse
            continue
        nodes += ast.iter_child_nodes(node)
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
            assert not [name for name in names if name.startswith("budgetkit")], path
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path} imports relatively"
            if node.module and node.module.split(".")[0] == "budgetkit":
                yield from (module_of(node.module, alias.name) for alias in node.names)


def module_of(module: str, name: str) -> Path:
    """The file of ``from module import name``: a package only where it defines the name itself."""
    base = PACKAGE.joinpath(*module.split(".")[1:])
    found = (base / f"{name}.py", base / name / "__init__.py", base / "__init__.py")
    return next((path for path in found if path.is_file()), base.with_suffix(".py"))


def needed(*names: str) -> set[Path]:
    """Modules, all that they import, directly or through others, and the data files beside them."""
    todo, seen = [PACKAGE / name for name in names], set[Path]()
    while todo:
        path = todo.pop()
        if path not in seen:
            seen.add(path)
            todo += imports(path)
    return seen | {data for path in seen for data in path.parent.glob("*.csv")}


@pytest.mark.parametrize(
    ("start", "listed"),
    [(READS, READING), ((*READS, *WRITES), WRITING)],
    ids=["reading", "writing"],
)
def test_all_that_is_needed_is_listed_and_all_that_is_listed_is_needed(
    start: tuple[str, ...], listed: tuple[str, ...]
) -> None:
    files = needed(*start)
    assert len(files) > 30
    covers = {name: PACKAGE / name for name in listed}
    missing = [path for path in files if not any(map(path.is_relative_to, covers.values()))]
    assert missing == []
    needless = [n for n, top in covers.items() if not any(p.is_relative_to(top) for p in files)]
    assert needless == []


def test_the_digest_tells_parts_of_the_package_apart() -> None:
    digests = {code_digest(), code_digest(READING), code_digest(WRITING)}
    assert len(digests) == 3


def test_own_code_lists_are_part_of_the_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = code_digest(READING)
    (tmp_path / "titles.csv").write_text("table,pattern,ends\n", encoding="utf-8")
    monkeypatch.setenv("BUDGETKIT_CODELISTS", str(tmp_path))
    code_digest.cache_clear()
    try:
        assert code_digest(READING) != before
    finally:
        code_digest.cache_clear()
