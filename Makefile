# The centre's commands. A line beginning with two signs of a comment is shown by `make help`.
PYTHON ?= python3
BIN := .venv/bin
# Site, worker and commands are started again and again, by the tests above all: let Python compile their code once.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help
.PHONY: help run test check bench python ready-to-run ready-to-test

help: ## Say what each of these commands does
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 12

run: ready-to-run ## Run the site with demo people on this machine: PORT (8000) and INSTANCE (instance/) may be given
	@PRIVACY_CENTER_SANDBOX=1 exec $(BIN)/python app.py

test: check ## Install what the tests need, check the code, and run every test
	@$(BIN)/pytest -n 2 --dist loadgroup

check: ready-to-test ## Check the code: lint, format, types, and that imports go one way
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

bench: ready-to-test ## Measure the site against its floor; prints a table and draws a picture
	@$(BIN)/python -m benchmarks

ready-to-run: python
	@$(PYTHON) scripts/set_up.py run

ready-to-test: python
	@$(PYTHON) scripts/set_up.py test

python:
	@command -v $(PYTHON) > /dev/null || { echo "$(PYTHON) is missing; install Python 3.11 or newer, or name one: make run PYTHON=python3.12"; exit 1; }
