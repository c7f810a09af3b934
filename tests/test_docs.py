"""What the documents tell people to type and to open is there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import COMMANDS, ROOT, RunCli

README = ROOT / "README.md"
DOCUMENTS = sorted(
    path
    for pattern in (
        "*.md",
        "data/**/*.md",
        "notebooks/**/*.md",
        "docs/**/*.md",
        "reports/README.md",
    )
    for path in ROOT.glob(pattern)
)
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def shell_lines(document: Path) -> Iterator[list[str]]:
    """Split every command line in the ``console`` and ``bash`` blocks of a document into words."""
    text = document.read_text(encoding="utf-8")
    for kind, block in re.findall(r"^```(console|bash)\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        for line in block.replace("\\\n", " ").splitlines():
            if kind == "console":
                if not line.startswith("$ "):
                    continue
                line = line.removeprefix("$ ")
            words = shlex.split(line, comments=True)
            while words and re.match(r"[A-Z_]+=", words[0]):
                del words[0]
            if words:
                yield words


def commands(program: str, *documents: Path) -> list[list[str]]:
    """List the documented command lines of one program, without the program's name."""
    return [
        words[1:]
        for document in documents
        for words in shell_lines(document)
        if words[0] == program
    ]


def long_options(words: list[str]) -> set[str]:
    return {word.partition("=")[0] for word in words if word.startswith("--")}


@pytest.mark.parametrize("words", commands("budgetkit", *DOCUMENTS), ids=" ".join)
def test_documented_commands_exist(words: list[str], run_cli: RunCli) -> None:
    first = words[: 2 if words[:1] == ["lessons"] else 1]
    command = [word for word in first if not word.startswith("-")]
    answer = run_cli(*command, "--help")
    assert answer.returncode == 0, answer.stderr
    known = set(re.findall(r"--[a-z][a-z-]*", answer.stdout))
    assert long_options(words) <= known


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str, run_cli: RunCli) -> None:
    assert run_cli(command, "--help").returncode == 0
    assert any(words[:1] == [command] for words in commands("budgetkit", README))


def test_the_two_commands_are_documented() -> None:
    documented = commands("make", README)
    assert ["demo"] in documented
    assert ["test"] in documented


@pytest.mark.parametrize("words", commands("make", *DOCUMENTS), ids=" ".join)
def test_documented_make_targets_exist(words: list[str]) -> None:
    targets = [word for word in words if "=" not in word and not word.startswith("-")]
    missing = [name for name in targets if not re.search(rf"^{name}:", MAKEFILE, re.MULTILINE)]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_relative_links_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8"))
    targets = [link.partition("#")[0] for link in links if "://" not in link]
    missing = [link for link in targets if link and not (document.parent / link).exists()]
    assert missing == []
