"""Docstrings say what is there: parameters, results, errors, and why a long file is long."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from tests.conftest import ROOT

FILES = sorted((ROOT / "budgetkit").rglob("*.py"))
#: Lines a module may have without a sentence in its docstring that says why it has more.
LINES = 350
REASON = re.compile(r"^Longer than ", re.MULTILINE)

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Documented(NamedTuple):
    """A function or method of the package, as its source has it."""

    where: str
    node: Function
    #: Parameters but for ``self`` and ``cls``.
    parameters: tuple[str, ...]
    public: bool

    @property
    def text(self) -> str:
        return ast.get_docstring(self.node) or ""

    @property
    def gives_nothing(self) -> bool:
        returns = self.node.returns
        return isinstance(returns, ast.Constant) and returns.value is None


def functions(path: Path) -> Iterator[Documented]:
    """Yield the functions and methods of a file; those inside functions are private."""
    name = path.relative_to(ROOT).as_posix()

    def visit(node: ast.AST, trail: tuple[str, ...], in_class: bool) -> Iterator[Documented]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.ClassDef):
                yield from visit(child, (*trail, child.name), True)
            elif isinstance(child, Function):
                inner = (*trail, child.name)
                public = not any(part.startswith("_") for part in inner)
                where = f"{name}:{'.'.join(inner)}"
                yield Documented(where, child, parameters(child, in_class), public)
            else:
                yield from visit(child, trail, in_class)

    yield from visit(ast.parse(path.read_text(encoding="utf-8")), (), False)


def parameters(node: Function, in_class: bool) -> tuple[str, ...]:
    arguments = node.args
    plain = [arg.arg for arg in [*arguments.posonlyargs, *arguments.args]]
    static = any(isinstance(d, ast.Name) and d.id == "staticmethod" for d in node.decorator_list)
    if in_class and not static:
        plain = plain[1:]
    starred = [arg.arg for arg in (arguments.vararg, arguments.kwarg) if arg]
    return (*plain, *(arg.arg for arg in arguments.kwonlyargs), *starred)


FUNCTIONS = [found for path in FILES for found in functions(path)]
OF_MANY = [found for found in FUNCTIONS if found.public and len(found.parameters) >= 2]


def section(text: str, title: str) -> list[str] | None:
    """The lines of a numpydoc section; None where there is none."""
    lines = text.splitlines()
    for number in range(len(lines) - 1):
        if lines[number] == title and set(lines[number + 1]) == {"-"}:
            rest = lines[number + 2 :]
            ends = (i for i in range(1, len(rest)) if rest[i] and set(rest[i]) == {"-"})
            end = next(ends, None)
            return rest if end is None else rest[: end - 1]
    return None


def entries(lines: list[str]) -> list[str]:
    """The names at the margin of a section: ``a, b : int`` are two."""
    heads = [line.partition(":")[0] for line in lines if line and not line.startswith(" ")]
    return [name.strip().lstrip("*") for head in heads for name in head.split(",")]


def test_sections_are_told_apart() -> None:
    text = (
        "One.\n\nParameters\n----------\na, b : int\n    Two: two.\n*c\n    Many.\n\n"
        "Raises\n------\nUsageError\n    Where it is empty."
    )
    assert entries(section(text, "Parameters") or []) == ["a", "b", "c"]
    assert entries(section(text, "Raises") or []) == ["UsageError"]
    assert section(text, "Returns") is None


def test_functions_are_read() -> None:
    assert len(FILES) > 100
    assert len(OF_MANY) > 100
    known = {found.where: found.parameters for found in OF_MANY}
    assert known["budgetkit/extraction/extract.py:extract"][:2] == ("paths", "out")


def test_functions_of_several_parameters_say_what_they_take_and_return() -> None:
    missing = []
    for found in OF_MANY:
        documented = entries(section(found.text, "Parameters") or [])
        if untold := [name for name in found.parameters if name not in documented]:
            missing.append(f"{found.where} owes Parameters: {', '.join(untold)}")
        gives = section(found.text, "Returns") or section(found.text, "Yields")
        if not gives and not found.gives_nothing:
            missing.append(f"{found.where} owes Returns or Yields")
    assert missing == [], "\n".join(missing)


def test_documented_parameters_are_there() -> None:
    documented = [
        (found.where, name, found.parameters)
        for found in FUNCTIONS
        for name in entries(section(found.text, "Parameters") or [])
    ]
    assert len(documented) > 100
    assert [entry for entry in documented if entry[1] not in entry[2]] == []


def test_errors_that_are_documented_exist() -> None:
    raising = [
        (found.where, name)
        for found in FUNCTIONS
        for name in entries(section(found.text, "Raises") or [])
    ]
    assert raising
    assert [pair for pair in raising if not is_error(*pair)] == []


def is_error(where: str, name: str) -> bool:
    """Whether a name, as a module knows it, is an exception."""
    file = Path(where.partition(":")[0]).with_suffix("")
    parts = file.parts[:-1] if file.name == "__init__" else file.parts
    homes = (import_module(".".join(parts)), import_module("budgetkit.errors"), builtins)
    first, *rest = name.split(".")
    found = next((getattr(home, first) for home in homes if hasattr(home, first)), None)
    for part in rest:
        found = getattr(found, part, None)
    return isinstance(found, type) and issubclass(found, BaseException)


def test_a_long_module_says_why_it_is_long() -> None:
    unexplained = []
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        count = len(text.splitlines())
        if count > LINES and not REASON.search(ast.get_docstring(ast.parse(text)) or ""):
            unexplained.append(f"{path.relative_to(ROOT)} has {count} lines")
    assert unexplained == []
