# make demo   set up, then open the sample plan (without a display: print its board packet)
# make test   set up, then run every test without a screen
# make check  what CI runs: format, lint, types, import contracts, tests, and one run in an environment built from nothing
# make coverage   every test, and how much of the branches and lines they go through
# make long   the tests that take an hour or more: 2,000 random sessions, 500 and 60 saves by several programs at once
# make mutants   small changes of the program, and the share that a test notices; MUTANTS='--seed 7' makes a sample again

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# Debian keeps ensurepip in python3-venv; the pip that is there can put another one into the environment.
WITHOUT_ENSUREPIP = { $(PYTHON) -m venv --clear --without-pip $(VENV) && $(PYTHON) -m pip --python $(BIN)/python install --quiet pip; }

.PHONY: demo test check coverage long mutants format words clean

demo: $(STAMP)
	@$(BIN)/planstudio demo

test: $(STAMP)
	@PYTHON=$(BIN)/python sh packaging/linux/qt-libraries.sh --needed
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -n 2

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -n 2
	PYTHON=$(PYTHON) sh packaging/clean-run.sh

coverage: $(STAMP)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -n 2 --cov --cov-report=
	@echo "Branches and lines that the tests go through: $$($(BIN)/coverage report --format=total) percent"

long: $(STAMP)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -m long -n 2 $(LONG)

mutants: $(STAMP)
	QT_QPA_PLATFORM=offscreen $(BIN)/python packaging/mutants.py $(MUTANTS)

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

words: $(STAMP)
	$(BIN)/python packaging/words.py
	$(BIN)/python packaging/json_page.py

clean:
	rm -rf $(VENV) build dist mutants .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Plan Studio needs Python 3.11 or newer; $(PYTHON) is older. Say which to use: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) >$(VENV).log 2>&1 || $(WITHOUT_ENSUREPIP) >>$(VENV).log 2>&1 || \
		{ cat $(VENV).log; echo "Python could not make the environment $(VENV)."; exit 1; }
	@rm -f $(VENV).log
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@PYTHON=$(BIN)/python sh packaging/linux/qt-libraries.sh
	@touch $(STAMP)
