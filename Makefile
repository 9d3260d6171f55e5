# Two commands matter: `make run` and `make test`. `make help` lists the rest.

PORT ?= 8000
HOST ?= 127.0.0.1
DATA ?= data
# Training texts, laid out as retrieval/model/README.md says; only `make train` reads them.
TEXTS ?= ../shared/data

# The first Python on the path that is new enough; `make run PYTHON=/path/to/python3.12` chooses another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)

VENV := .venv
BIN := $(VENV)/bin
INSTALL = $(1)/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help run test lint train clean

help:
	@echo "make run     install, read the sample corpus, serve on http://$(HOST):$(PORT)/"
	@echo "make test    install what tests need, lint, check types, run the tests"
	@echo "make lint    ruff and mypy only"
	@echo "make train   train the shipped encoder again (installs torch in a place of its own)"
	@echo "make clean   remove virtual environments and caches; data/ stays"

run: $(VENV)/.installed
	@$(BIN)/motcua ingest corpus/samples --commune phuong-mau --data $(DATA)
	@$(BIN)/motcua serve --data $(DATA) --host $(HOST) --port $(PORT)

test: lint
	$(BIN)/python -m pytest

lint: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

train: $(VENV)-train/.installed
	$(VENV)-train/bin/python -m retrieval.training --texts $(TEXTS)

clean:
	rm -rf $(VENV) $(VENV)-train build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

# A stamp says what was installed, so that a second call starts at once.
$(VENV)/.installed: pyproject.toml constraints.txt
	@$(call check_python)
	@echo "installing into $(VENV) (once, a minute or two) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(call INSTALL,$(VENV)) --editable .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	@echo "installing what tests need …"
	@$(call INSTALL,$(VENV)) --editable ".[test]"
	@touch $@

$(VENV)-train/.installed: pyproject.toml constraints.txt
	@$(call check_python)
	@echo "installing torch and sentence-transformers into $(VENV)-train …"
	@test -x $(VENV)-train/bin/python || $(PYTHON) -m venv $(VENV)-train
	@$(call INSTALL,$(VENV)-train) --editable ".[neural]"
	@touch $@

check_python = test -n "$(PYTHON)" || { echo "no Python 3.11 or newer found; install one, or: make run PYTHON=/path/to/python3" >&2; exit 1; }
