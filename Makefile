# `make demo` and `make test` need only Python >= 3.11 and make.
# Each creates the environment first if it is missing or older than its pins.

VENV ?= .venv
PYTEST_ARGS ?=
# Two processes, each file of tests by one of them; `make test PARALLEL=` for one alone.
PARALLEL ?= -n 2 --dist loadfile --no-loadscope-reorder
PIP_FLAGS ?= --quiet

BIN := $(VENV)/bin
PY := $(BIN)/python
# Of what is installed only the modules that commands import are compiled, in $(STAMP): the others
# would take half as much room again.
PIP := $(PY) -m pip install --disable-pip-version-check --no-compile $(PIP_FLAGS)
STAMP := $(VENV)/.budgetkit-stamp
# What tests and development need beside it.
DEV_STAMP := $(VENV)/.budgetkit-dev-stamp

# The same lists with the hashes of every file of each version, for all systems; pip takes no other.
HASHES := hashes

CANDIDATES := $(PYTHON) python3.11 python3.12 python3.13 python3.14 python3

# The first candidate that runs, is new enough and can create an environment.
define FIND_PYTHON
found=; \
for candidate in $(CANDIDATES); do \
  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
    found="$$candidate"; \
    if "$$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1; then break; fi; \
    found="$$found without venv"; \
  fi; \
done; \
case "$$found" in \
  "") echo "budgetkit needs Python 3.11 or newer on the PATH; install one, or give its path: make PYTHON=/path/to/python3.11" >&2; exit 1;; \
  *" without venv") echo "$${found% without venv} cannot create environments; install its venv module (Debian and Ubuntu: python3-venv)." >&2; exit 1;; \
esac
endef

# What is installed with the pins and nothing here reads, 120 MiB: the tests of pandas, matplotlib,
# NumPy and Arrow, Arrow's C++ headers, its server (Flight), and second copies of one of its libraries.
define SHED
import shutil, sysconfig
from pathlib import Path
site = Path(sysconfig.get_path("purelib"))
for name in ("pandas/tests", "matplotlib/tests", "pyarrow/tests", "pyarrow/include", "pyarrow/src"):
    shutil.rmtree(site / name, ignore_errors=True)
for folder in list((site / "numpy").rglob("tests")):
    shutil.rmtree(folder, ignore_errors=True)
for pattern in ("*flight*", "libarrow_python*.so", "libarrow_python*.so.*.*"):
    for file in (site / "pyarrow").glob(pattern):
        if file.suffix != ".py":
            file.unlink()
endef
export SHED

# Python keeps what it compiles when a module is imported, but not where PYTHONDONTWRITEBYTECODE is
# set, as in many containers: each process would compile pandas and matplotlib again, for seconds.
define COMPILE
import ipykernel.kernelapp, IPython, openpyxl, papermill, seaborn
import budgetkit.cli, budgetkit.compare.write_comparison, budgetkit.demo
from budgetkit.report.prepare import prepare
prepare()
endef
export COMPILE

# Rows of hashes/advisories.csv from pip-audit's answers: the known advisories of each pinned version,
# `none`, or `not asked` where the network does not allow it.
define ADVISORIES
import csv, json, re, sys
from pathlib import Path
answers = {}
for file in map(Path, sys.argv[1:]):
    if file.is_file():
        answers |= {one["name"]: one for one in json.loads(file.read_text())["dependencies"]}
rows = csv.writer(sys.stdout, lineterminator="\n")
rows.writerow(("package", "version", "advisories"))
for name in ("requirements", "requirements-dev", "requirements-ocr"):
    for pin in Path(f"{name}.txt").read_text().split():
        package, version = pin.split("==")
        found = answers.get(re.sub("[-_.]+", "-", package).lower(), {}).get("vulns")
        ids = "not asked" if found is None else " ".join(one["id"] for one in found) or "none"
        rows.writerow((package, version, ids))
endef
export ADVISORIES

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help env demo test test-all lint format corpus lab bench pins clean

help:
	@echo "make demo      set up, then extract, audit, compare and report the bundled corpus"
	@echo "make test      set up, then run the tests, without the slow and the browser ones"
	@echo "make test-all  run all tests (the browser ones need Chromium)"
	@echo "make lint      run ruff format --check, ruff check and mypy"
	@echo "make format    format the code and sort imports with ruff"
	@echo "make corpus    typeset data/sample again from its data files"
	@echo "make lab       open the notebooks in JupyterLab"
	@echo "make bench     measure the speed against other tools"
	@echo "make pins      resolve the requirements again from pyproject.toml"
	@echo "make clean     remove the environment, caches and build output"

env: $(STAMP)

# In an existing environment, pip brings every package to its pin; a broken one is created again.
# The stamp is removed first and written last, so that a failure leaves none.
$(STAMP): requirements.txt $(HASHES)/requirements.txt pyproject.toml
	@rm -f $(STAMP) $(DEV_STAMP)
	@if ! $(PY) -m pip --version >/dev/null 2>&1; then \
	  $(FIND_PYTHON); \
	  echo "creating $(VENV) with $$found (takes some minutes, once)"; \
	  "$$found" -m venv --clear $(VENV); \
	fi
	@echo "installing the pinned requirements into $(VENV)"
	@$(PIP) --require-hashes -r $(HASHES)/requirements.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@$(PY) -c "$$SHED"
	@PYTHONDONTWRITEBYTECODE= $(PY) -c "$$COMPILE"
	@touch $(STAMP)

$(DEV_STAMP): $(STAMP) requirements-dev.txt $(HASHES)/requirements-dev.txt
	@echo "installing what tests and development need into $(VENV)"
	@$(PIP) --require-hashes -r $(HASHES)/requirements-dev.txt
	@touch $(DEV_STAMP)

demo: $(STAMP)
	@$(BIN)/budgetkit demo

test: $(DEV_STAMP)
	$(PY) -m pytest -m "not slow and not browser" $(PARALLEL) $(PYTEST_ARGS)

test-all: $(DEV_STAMP)
	$(PY) -m pytest $(PYTEST_ARGS)

lint: $(DEV_STAMP)
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy

format: $(DEV_STAMP)
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

corpus: $(DEV_STAMP)
	$(PY) -m tests.typesetter

lab: $(STAMP)
	$(BIN)/budgetkit lab

bench: $(DEV_STAMP)
	for benchmark in benchmarks/*.py; do $(PY) "$$benchmark" || exit 1; done

# pip resolves all of pyproject.toml in a clean environment; those versions bind the three lists:
# what running needs, and beside it what development needs, and what the extra `ocr` needs.
pins:
	@$(FIND_PYTHON); \
	folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
	new() { rm -rf "$$folder/env" && "$$found" -m venv "$$folder/env"; } && \
	install() { "$$folder/env/bin/python" -m pip install --disable-pip-version-check --no-compile $(PIP_FLAGS) "$$@"; } && \
	freeze() { "$$folder/env/bin/python" -m pip freeze --disable-pip-version-check --exclude-editable; } && \
	new && install -e '.[dev,cluster,ocr]' && freeze >"$$folder/all" && \
	new && install -c "$$folder/all" hatchling -e . && freeze >"$$folder/run" && \
	install -c "$$folder/all" -e '.[ocr]' && freeze | grep -vxF -f "$$folder/run" >"$$folder/ocr" && \
	new && install -c "$$folder/all" hatchling -e '.[dev,cluster]' && \
	freeze | grep -vxF -f "$$folder/run" >"$$folder/dev" && \
	cp "$$folder/run" requirements.txt && \
	cp "$$folder/dev" requirements-dev.txt && \
	cp "$$folder/ocr" requirements-ocr.txt && \
	install uv && \
	for list in requirements requirements-dev requirements-ocr; do \
	  "$$folder/env/bin/uv" pip compile --quiet --no-deps --no-annotate --no-header --generate-hashes \
	    --python "$$folder/env/bin/python" "$$list.txt" -o "$(HASHES)/$$list.txt" || exit 1; \
	done && \
	install pip-audit && \
	for list in requirements requirements-dev requirements-ocr; do \
	  "$$folder/env/bin/pip-audit" --disable-pip --no-deps --progress-spinner off -f json \
	    -r "$$list.txt" -o "$$folder/$$list.json" 2>/dev/null || true; \
	done && \
	"$$folder/env/bin/python" -c "$$ADVISORIES" "$$folder"/*.json >$(HASHES)/advisories.csv && \
	if grep -q 'not asked' $(HASHES)/advisories.csv; then \
	  echo "the network does not allow to ask for advisories: $(HASHES)/advisories.csv says so"; \
	fi

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
