"""pyproject.toml, requirements.txt and environment.yml say the same, and nothing of any machine."""

from __future__ import annotations

import ast
import csv
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import (
    PackageNotFoundError,
    distribution,
    packages_distributions,
    version,
)
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from tests.conftest import COMMANDS, ROOT

PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PIN_LINES = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
#: What tests and development need beside them, ``cluster`` among it.
DEV_PIN_LINES = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8").splitlines()
#: What the extra ``ocr`` needs beside the first.
OCR_PIN_LINES = (ROOT / "requirements-ocr.txt").read_text(encoding="utf-8").splitlines()
ENVIRONMENT: dict[str, Any] = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))

PLAIN_PIN = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)==([0-9][A-Za-z0-9.+!]*)")


def _pins(lines: list[str]) -> dict[str, str]:
    found = (PLAIN_PIN.fullmatch(line) for line in lines)
    return {canonicalize_name(match[1]): match[2] for match in found if match}


RUN_PINS, DEV_PINS = _pins(PIN_LINES), _pins(DEV_PIN_LINES)
PINS = RUN_PINS | DEV_PINS

OCR_PINS = dict(line.split("==") for line in OCR_PIN_LINES)

RUNTIME = [Requirement(text) for text in PYPROJECT["project"]["dependencies"]]
EXTRAS = {
    extra: [Requirement(text) for text in texts]
    for extra, texts in PYPROJECT["project"]["optional-dependencies"].items()
}
BUILD = [Requirement(text) for text in PYPROJECT["build-system"]["requires"]]
DECLARED = [
    *RUNTIME,
    *BUILD,
    *(need for name, needs in EXTRAS.items() if name != "ocr" for need in needs),
]

#: The pins are resolved for this interpreter and system; markers are read as it reads them.
RESOLVED_FOR = {
    "implementation_name": "cpython",
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_system": "Linux",
    "python_full_version": "3.11.7",
    "python_version": "3.11",
    "sys_platform": "linux",
}

SLOW_IMPORTS = {"camelot", "pandas", "numpy", "matplotlib", "seaborn", "pyarrow", "papermill"}

LIST_SLOW_IMPORTS = f"""
import sys
from budgetkit.cli import main
sys.argv = ["budgetkit", *sys.argv[1:]]
try:
    code = main()
except SystemExit as end:
    code = end.code
print("slow imports:", *sorted({SLOW_IMPORTS!r} & set(sys.modules)))
sys.exit(code)
"""


@pytest.mark.parametrize("need", DECLARED, ids=str)
def test_every_dependency_is_pinned_within_its_range(need: Requirement) -> None:
    pin = PINS.get(canonicalize_name(need.name))
    assert pin is not None, f"requirements.txt does not pin {need.name}: run `make pins`"
    assert need.specifier.contains(pin), f"{need.name}=={pin} is outside {need.specifier}"


@pytest.mark.parametrize("need", EXTRAS["ocr"], ids=str)
def test_what_reads_pictures_is_pinned_beside(need: Requirement) -> None:
    pins = {canonicalize_name(name): pin for name, pin in OCR_PINS.items()} | PINS
    assert need.specifier.contains(pins[canonicalize_name(need.name)])
    assert [line for line in OCR_PIN_LINES if not PLAIN_PIN.fullmatch(line)] == []
    assert not set(OCR_PIN_LINES) & set(PIN_LINES)


def test_pins_are_a_plain_list() -> None:
    for lines in (PIN_LINES, DEV_PIN_LINES):
        assert [line for line in lines if not PLAIN_PIN.fullmatch(line)] == []
        assert sorted(lines, key=lambda line: line.partition("==")[0].lower()) == lines
    assert len(PINS) == len(PIN_LINES) + len(DEV_PIN_LINES), "a package is pinned twice"


@pytest.mark.parametrize("name", ["requirements", "requirements-dev", "requirements-ocr"])
def test_every_pin_has_hashes(name: str) -> None:
    """``make env`` installs from these lists, and pip takes no file with another hash."""
    text = (ROOT / "hashes" / f"{name}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    found = {}
    for line in text.splitlines():
        pin, *hashes = line.split()
        assert hashes, pin
        assert all(re.fullmatch("--hash=sha256:[0-9a-f]{64}", one) for one in hashes), pin
        found |= _pins([pin])
    assert found == _pins((ROOT / f"{name}.txt").read_text(encoding="utf-8").splitlines())


def test_no_pin_has_a_known_advisory() -> None:
    """``make pins`` asks for them, and writes down where the network does not let it ask."""
    with (ROOT / "hashes" / "advisories.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    pinned = {
        line
        for name in ("requirements", "requirements-dev", "requirements-ocr")
        for line in (ROOT / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    }
    assert {f"{row['package']}=={row['version']}" for row in rows} == pinned
    known = [row for row in rows if row["advisories"] not in ("none", "not asked")]
    assert known == []


def closure(needs: list[Requirement]) -> Iterator[Requirement]:
    """Yield every requirement that the installed packages ask for, starting from `needs`."""
    todo = [(need, extra) for need in needs for extra in ("", *sorted(need.extras))]
    seen: set[tuple[str, str]] = set()
    while todo:
        need, extra = todo.pop()
        key = (canonicalize_name(need.name), extra)
        yield need
        if key in seen:
            continue
        seen.add(key)
        for text in distribution(need.name).requires or []:
            child = Requirement(text)
            if child.marker is None or child.marker.evaluate(RESOLVED_FOR | {"extra": extra}):
                todo += [(child, wanted) for wanted in ("", *sorted(child.extras))]


def test_pins_are_the_whole_closure_and_no_more() -> None:
    for name, pin in PINS.items():
        try:
            installed = version(name)
        except PackageNotFoundError:
            pytest.skip(f"not the environment that make builds: {name} is not installed")
        if installed != pin:
            pytest.skip(f"not the environment that make builds: {name} is {installed}, not {pin}")
    wanted = list(closure(DECLARED))
    assert {canonicalize_name(need.name) for need in wanted} == set(PINS)
    # Who only uses the package installs nothing that only its development needs.
    to_run = {canonicalize_name(need.name) for need in closure([*RUNTIME, *BUILD])}
    assert to_run == set(RUN_PINS)
    outside = [
        str(need)
        for need in wanted
        if not need.specifier.contains(PINS[canonicalize_name(need.name)], prereleases=True)
    ]
    assert outside == []


def test_conda_environment_takes_the_same_pins() -> None:
    *conda, pip_section = ENVIRONMENT["dependencies"]
    assert ENVIRONMENT["channels"] == ["conda-forge"]
    assert conda == ["python=3.11", "pip"]
    assert SpecifierSet(PYPROJECT["project"]["requires-python"]).contains("3.11")
    assert pip_section == {"pip": ["-r requirements.txt", "-e ."]}


@pytest.mark.parametrize(
    "name",
    [
        "pyproject.toml",
        "requirements.txt",
        "requirements-dev.txt",
        "requirements-ocr.txt",
        "hashes/requirements.txt",
        "hashes/requirements-dev.txt",
        "hashes/requirements-ocr.txt",
        "hashes/advisories.csv",
        "environment.yml",
    ],
)
def test_no_address_and_no_path_of_a_machine(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|\bindex-url\b|--(extra-)?index|--find-links|--trusted-host", text)
    assert not re.search(r"""(?:^|[\s"'=])(?:/\w|~/|[A-Za-z]:\\)""", text, re.MULTILINE)


def test_every_import_of_the_package_is_declared() -> None:
    owners = packages_distributions()
    declared = {
        canonicalize_name(need.name) for need in [*RUNTIME, *EXTRAS["cluster"], *EXTRAS["ocr"]]
    }
    undeclared = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sorted((ROOT / "budgetkit").rglob("*.py"))
        for name in top_level_imports(path)
        if name not in {"budgetkit", *sys.stdlib_module_names}
        and not declared & {canonicalize_name(owner) for owner in owners.get(name, [name])}
    }
    assert undeclared == set()


def top_level_imports(path: Path) -> set[str]:
    """Names of the packages that a module imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def test_version_is_said_once() -> None:
    import budgetkit

    assert budgetkit.__version__ == PYPROJECT["project"]["version"]


def test_the_package_runs_as_a_module_too() -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "budgetkit", "--version"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert answer.stdout == f"budgetkit {PYPROJECT['project']['version']}\n"


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_answers_without_slow_imports(command: str) -> None:
    arguments = [command, "--help"] if command else ["--help"]
    answer = subprocess.run(
        [sys.executable, "-c", LIST_SLOW_IMPORTS, *arguments],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.splitlines()[-1] == "slow imports:"


def test_the_wheel_carries_all_that_the_commands_need(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for folder in ("notebooks", "data/sample", "data/province"):
        bundled = {
            f"budgetkit/bundle/{path.relative_to(ROOT)}"
            for path in (ROOT / folder).rglob("*")
            if path.suffix in (".ipynb", ".pdf") and ".ipynb_checkpoints" not in path.parts
        }
        assert bundled, folder
        assert bundled <= names
    package = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "budgetkit").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert package <= names
    assert not [name for name in names if name.startswith(("tests", "notebooks", "data"))]


@pytest.mark.slow
def test_the_wheel_works_from_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    site, here = tmp_path / "site", tmp_path / "here"
    here.mkdir()
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--no-deps", "--target", str(site), str(wheel)], check=True, timeout=120)

    def budgetkit(*arguments: str) -> str:
        answer = subprocess.run(
            [sys.executable, "-m", "budgetkit", *arguments],
            cwd=here,
            env=os.environ | {"PYTHONPATH": str(site)},
            capture_output=True,
            encoding="utf-8",
            timeout=600,
            check=False,
        )
        assert answer.returncode == 0, answer.stderr
        return answer.stdout

    budgetkit("new", ".", "--lang", "en")
    assert (here / "notebooks" / "explore.ipynb").is_file()
    said = budgetkit("demo")
    assert str(here / "data" / "processed" / "demo") in said
    assert " 0 failed" in said
    assert (here / "reports" / "index.html").is_file()
    budgetkit("compare", "data/processed/demo", "--out", "compared", "--lang", "en")
    assert (here / "compared" / "index.html").is_file()
