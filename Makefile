# `make playground` and `make test` set up all they need; `make help` lists the rest.
# VENV= names another environment, PYTHON= another interpreter, ARGS= goes to the program that is run.
VENV ?= .venv
BENCH_VENV ?= .venv-bench
PYTHON ?=
ARGS ?=
# Processes that run tests at once: two for a core of a small machine, since tests wait now and then. 0: pytest alone.
WORKERS ?= 4

export PYTHON
unexport PYTHONPATH
unexport PYTHONHOME

environment = sh tools/environment.sh
python = $(VENV)/bin/python

.PHONY: help playground install test lint dev format rules types imports image build check coverage soak bench mutants lock pictures \
	drawings card-pages zone-names country-names clean
.DEFAULT_GOAL := help
.NOTPARALLEL:

help:  ## this list
	@awk -F ':.*  ## ' '/^[a-z-]+:.*  ## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

playground:  ## the whole bot against an emulated DingTalk, with a chat page
	@$(environment) $(VENV) run
	@$(python) -m bot playground $(ARGS)

install:  ## the command youkong, in .venv/bin
	@$(environment) $(VENV) run
	@echo "$(VENV)/bin/youkong is there; youkong init is next (README)"

test:  ## every test that this machine can run; names what it skips, and why
	@$(environment) $(VENV) test
	@$(python) -m pytest --numprocesses $(WORKERS) --dist worksteal $(ARGS)

lint: format rules types imports image  ## format, rules, types, order of imports, Dockerfile

dev:
	@$(environment) $(VENV) dev

format: dev
	$(python) -m ruff format --check .

rules: dev
	$(python) -m ruff check .

types: dev
	$(python) -m mypy

imports: dev
	$(VENV)/bin/lint-imports

image: dev
	@if [ -x $(VENV)/bin/hadolint ]; then echo hadolint Dockerfile; $(VENV)/bin/hadolint Dockerfile; \
	else echo "hadolint: skipped, there is none for this platform"; fi

build: dev  ## wheel and sdist, in dist/
	rm -rf dist
	$(python) -m build --no-isolation

check: lint build test  ## all of the above, as CI runs it

coverage:  ## the tests with the share of lines that they run, by module
	@$(environment) $(VENV) test
	@$(python) -m pytest --numprocesses $(WORKERS) --dist worksteal --cov=bot --cov-report=term:skip-covered $(ARGS)

soak:  ## the bot under 300 faults for eight minutes: asked, answered, lost, doubled, falsely free; ARGS="--seed 2"
	@$(environment) $(VENV) test
	@$(python) -m tools.soak $(ARGS)

bench:  ## figures, in an environment of their own
	@$(environment) $(BENCH_VENV) bench
	@$(BENCH_VENV)/bin/python -m benchmarks $(ARGS)

# Universal, from the oldest Python on: one file for every Python and platform that is supported.
compile = $(VENV)/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

mutants:  ## which conditions of the grammar no test holds, on a seeded sample of 150 (up to 45 minutes)
	@$(environment) $(VENV) test
	@$(python) tools/mutants.py $(ARGS)

lock: dev  ## requirements*.txt anew: what the image installs, with hashes
	$(compile) pyproject.toml --extra mcp --extra postgres --output-file requirements.txt
	echo "hatchling>=1.27" | $(compile) - --output-file requirements-build.txt

drawings: dev  ## the drawn pictures of the console in docs/images anew
	$(python) tools/drawings.py

pictures:  ## the pictures of README and docs anew, from the gallery; needs a Chromium
	@$(environment) $(VENV) test
	@$(python) tools/pictures.py

card-pages:  ## docs/cards.md and docs/zh/cards.md anew, with a picture of every card; needs a Chromium
	@$(environment) $(VENV) test
	@$(python) tools/card_pages.py

zone-names: dev  ## the table of time zones' names anew, from CLDR
	$(python) tools/zone_names.py

country-names: dev  ## the table of countries' names anew, from CLDR
	$(python) tools/country_names.py

clean:  ## remove environments, builds and caches
	rm -rf $(VENV) $(BENCH_VENV) dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
