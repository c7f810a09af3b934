"""Tests that a stranger trusts: each asserts something, and none reaches behind the package."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

TREES = {
    path.relative_to(ROOT): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "tests").rglob("*.py"))
}
#: Calls that fail a test by themselves; so does a function whose name begins with ``assert_``.
ASSERTING = ("pytest.raises", "pytest.warns", "pd.testing.")


def functions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path, tree in TREES.items():
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield path, node


def asserts(node: ast.AST) -> bool:
    if isinstance(node, ast.Assert):
        return True
    if not isinstance(node, ast.Call):
        return False
    name = ast.unparse(node.func)
    return name.startswith(("assert_", *ASSERTING))


def test_every_test_asserts_something() -> None:
    found = list(functions())
    assert len(found) > 500
    silent = [
        f"{path}:{test.name}" for path, test in found if not any(map(asserts, ast.walk(test)))
    ]
    assert silent == []


def test_no_private_name_is_imported() -> None:
    imported = [
        (path, alias.name)
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("budgetkit")
        for alias in node.names
    ]
    assert len(imported) > 300
    assert [entry for entry in imported if entry[1].startswith("_")] == []


def test_no_test_file_imports_another() -> None:
    borrowed = [
        f"{path} imports {node.module}"
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("tests.")
        and (node.module or "").rpartition(".")[2].startswith("test_")
    ]
    assert borrowed == []
