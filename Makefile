# `make demo` and `make test` need only Python >= 3.11 and make.
# Each creates the environment first if it is missing or older than its pins.

VENV ?= .venv
PYTEST_ARGS ?=
# Two processes, each file of tests by one of them; `make test PARALLEL=` for one alone.
PARALLEL ?= -n 2 --dist loadfile --no-loadscope-reorder
PIP_FLAGS ?= --quiet

BIN := $(VENV)/bin
PY := $(BIN)/python
STAMP := $(VENV)/.budgetkit-stamp

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
	@echo "make pins      resolve requirements.txt again from pyproject.toml"
	@echo "make clean     remove the environment, caches and build output"

env: $(STAMP)

# In an existing environment, pip brings every package to its pin; a broken one is created again.
# The stamp is removed first and written last, so that a failure leaves none.
$(STAMP): requirements.txt pyproject.toml
	@rm -f $(STAMP)
	@if ! $(PY) -m pip --version >/dev/null 2>&1; then \
	  $(FIND_PYTHON); \
	  echo "creating $(VENV) with $$found (takes some minutes, once)"; \
	  "$$found" -m venv --clear $(VENV); \
	fi
	@echo "installing the pinned requirements into $(VENV)"
	@$(PY) -m pip install --disable-pip-version-check $(PIP_FLAGS) -r requirements.txt
	@$(PY) -m pip install --disable-pip-version-check $(PIP_FLAGS) --no-deps --no-build-isolation -e .
	@touch $(STAMP)

demo: $(STAMP)
	@$(BIN)/budgetkit demo

test: $(STAMP)
	$(PY) -m pytest -m "not slow and not browser" $(PARALLEL) $(PYTEST_ARGS)

test-all: $(STAMP)
	$(PY) -m pytest $(PYTEST_ARGS)

lint: $(STAMP)
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy

format: $(STAMP)
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

corpus: $(STAMP)
	$(PY) -m tests.typesetter

lab: $(STAMP)
	$(BIN)/budgetkit lab

bench: $(STAMP)
	for benchmark in benchmarks/*.py; do $(PY) "$$benchmark" || exit 1; done

# pip resolves pyproject.toml in a clean environment; the installed versions become the pins.
pins:
	@$(FIND_PYTHON); \
	folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
	"$$found" -m venv "$$folder" && \
	"$$folder/bin/python" -m pip install --disable-pip-version-check $(PIP_FLAGS) -e '.[dev,cluster]' && \
	"$$folder/bin/python" -m pip freeze --disable-pip-version-check --exclude-editable >"$$folder/pins" && \
	cp "$$folder/pins" requirements.txt && \
	"$$folder/bin/python" -m pip install --disable-pip-version-check $(PIP_FLAGS) -e '.[ocr]' && \
	"$$folder/bin/python" -m pip freeze --disable-pip-version-check --exclude-editable | \
	  grep -vxF -f requirements.txt >requirements-ocr.txt

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
