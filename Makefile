# Everything a developer does here. What `make` must install first is in setup/prepare.py.
PYTHON ?= python3
# The oldest and the newest that Arecibo is said to run on; Debian 12's own is 3.11.2, the strictest judge.
OLDEST ?= $(or $(wildcard /usr/bin/python3.11),python3.11)
NEWEST ?= python3.13
VENV := .venv/bin
CODE := $(wildcard app ui tests bench main.py setup)

# What is compiled stays: pytest rewrites 900 modules of tests in every worker otherwise, 12 s of each run.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help run test rewritten test-rest test-long test-clients test-pythons torture package test-packages setup ready lint lint-elsewhere format bench lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

run: ## start Arecibo (ARGS="serve --port 0" and the like are passed on)
	@$(PYTHON) setup/prepare.py run
	@$(VENV)/python main.py $(ARGS)

test: ready rewritten ## run the tests (ARGS="tests/store -k inbox" narrows them)
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(VENV)/python -m pytest -n auto --maxprocesses 5 --dist loadfile --no-loadscope-reorder $(ARGS)

# Asserts of a thousand modules are rewritten the first time: once, instead of by all workers at the same time.
rewritten: ready
	@ls tests/__pycache__/conftest.*pytest*.pyc >/dev/null 2>&1 || $(VENV)/python -m pytest --collect-only -q >/dev/null

test-rest: ready ## run what `make test` leaves out: captures that repeat others, and faults in a real engine
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(VENV)/python -m pytest -n auto --maxprocesses 5 --dist load --maxschedchunk 1 -m "all_captures or faults" tests/digest tests/end2end tests/event_parts tests/protocols tests/torture tests/ui/detail/sections $(ARGS)

test-long: ready ## run what takes long around `main.py run`: every language, hooks, kills
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(VENV)/python -m pytest -n auto --maxprocesses 5 --dist loadfile -m long tests/end2end tests/hooks tests/runs tests/setup tests/test_imports_elsewhere.py $(ARGS)

test-clients: ready ## run every real client: Python, Node, Ruby and Chromium (installs them first)
	@$(VENV)/python -m tests.clients.install
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(VENV)/python -m pytest -m "" tests/clients $(ARGS)

test-pythons: ## before a release: run the tests by OLDEST and by NEWEST (OLDEST=... NEWEST=/path/to/python3.13)
	@for python in "$(OLDEST)" "$(NEWEST)"; do \
	  "$$python" -c 'import sys; print("Python", sys.version.split()[0], "at", sys.executable)' \
	  && $(MAKE) --no-print-directory test PYTHON="$$python" || exit 1; done

torture: ready ## do everything that hurts to a real engine, for half an hour (ARGS="--seed 7 --only killed")
	@$(VENV)/python -m tests.torture $(ARGS)

lint: ready ## check style, types, the direction of imports, and packages for known vulnerabilities
	@$(VENV)/ruff check .
	@$(VENV)/ruff format --check .
	@$(VENV)/mypy $(CODE)
	@$(VENV)/lint-imports
	@$(VENV)/python -m setup.audit

lint-elsewhere: ready ## check the types as Windows and macOS have them
	@for platform in win32 darwin; do $(VENV)/mypy --platform $$platform --cache-dir .mypy_cache/$$platform app ui main.py setup/prepare.py || exit 1; done

format: ready ## put the code in shape
	@$(VENV)/ruff check --fix .
	@$(VENV)/ruff format .

bench: ready ## measure what we claim about speed
	@$(VENV)/python -m bench $(ARGS)

package: ready ## build the wheel, the folder with its own Python and the .deb into dist/ (ARGS=--small: smaller, slower)
	@$(PYTHON) setup/prepare.py package
	@$(VENV)/python -m setup.packages $(ARGS)

test-packages: package ## install each of them as a person does, in folders of their own and a fresh Debian 12 (needs root)
	@$(PYTHON) setup/prepare.py test-packages
	@$(VENV)/python -m tests.packages $(ARGS)

setup: ready ## install everything without running anything

ready:
	@$(PYTHON) setup/prepare.py dev

lock: ## choose exact versions again (UPGRADE=1 takes the newest)
	@$(PYTHON) setup/prepare.py lock $(if $(UPGRADE),--upgrade)

clean: ## remove what set-up and checks left behind
	@rm -rf .venv .tools build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
