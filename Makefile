# Parvis: everything one does with the folder. `make` alone lists it.
# A stamp in .venv/.stamps says what was done last, so that a second run has nothing to do.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
PORT ?= 8000
JOBS ?= 2
export PYTHON

BIN := .venv/bin
STAMPS := .venv/.stamps
export PATH := $(CURDIR)/$(BIN):$(PATH)

# A folder that was moved is set up again.
_ := $(shell grep -qsF "$(CURDIR)/.venv" .venv/bin/activate || rm -rf $(STAMPS))

FRONT_SOURCES := $(shell find frontend -path frontend/node_modules -prune -o -path frontend/dist -prune -o -type f -print)
TRANSLATIONS := $(wildcard locale/*/LC_MESSAGES/*.po)

.PHONY: help
help: ## what one can do here
	@awk -F ':.*## ' '/^[a-z_-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' Makefile

# --- Setting up -------------------------------------------------------------------------------------------------------
.PHONY: setup install
setup: install $(STAMPS)/test ## prepare .venv, the front end and the translations, with the tools of the tests
install: $(STAMPS)/console $(STAMPS)/front $(STAMPS)/translations ## the same without the tools of the tests

$(STAMPS)/venv: scripts/venv.sh
	@scripts/venv.sh
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/runtime: requirements/tools.txt requirements/runtime.txt requirements/front.txt scripts/install.sh | $(STAMPS)/venv
	@echo "Installing what Parvis runs on…"
	@scripts/install.sh runtime front
	@touch $@

$(STAMPS)/test: requirements/test.txt | $(STAMPS)/runtime
	@echo "Installing the tools of the tests…"
	@scripts/install.sh test
	@touch $@

$(STAMPS)/s3: requirements/s3.txt | $(STAMPS)/runtime
	@scripts/install.sh s3
	@touch $@

$(STAMPS)/console: scripts/install_console.py | $(STAMPS)/runtime
	@$(BIN)/python scripts/install_console.py
	@touch $@

$(STAMPS)/node_modules: frontend/package-lock.json frontend/.npmrc | $(STAMPS)/runtime
	@echo "Installing what builds the front end…"
	@cd frontend && npm ci --ignore-scripts --loglevel=error --no-update-notifier
	@touch $@

$(STAMPS)/front: $(FRONT_SOURCES) $(STAMPS)/node_modules
	@echo "Building the front end…"
	@cd frontend && node_modules/.bin/vite build --logLevel warn
	@touch $@

$(STAMPS)/translations: $(TRANSLATIONS) scripts/translations.py | $(STAMPS)/runtime
	@$(BIN)/python scripts/translations.py compile
	@touch $@

.PHONY: s3
s3: $(STAMPS)/s3 ## add what STORAGE_URL=s3://… needs

# --- Running ----------------------------------------------------------------------------------------------------------
.PHONY: demo dev
demo dev: export PARVIS_DATA := $(or $(PARVIS_DATA),$(CURDIR)/demo-data)
demo dev: export PARVIS_URL := $(or $(PARVIS_URL),http://localhost:$(PORT))
demo dev: export PARVIS_COMPANY := $(or $(PARVIS_COMPANY),Ateliers Vauban)
demo dev: export PARVIS_DEMO := 1

demo: setup ## serve a believable company on http://localhost:8000 (PORT, PARVIS_DATA)
	@scripts/demo.sh $(PORT)

dev: setup ## the same, started again at each change of the code or the front end
	@$(BIN)/python scripts/dev.py $(PORT)

# --- Checking ---------------------------------------------------------------------------------------------------------
.PHONY: test check lint format bench
test: setup ## every check and every test, browser journeys included
	@$(BIN)/python scripts/test.py --jobs $(JOBS)

lint: setup ## the checks without the tests
	@$(BIN)/python scripts/test.py --only-checks

check: ## what CI runs: make test, then the suite on PostgreSQL and Redis
	@.ci/run

format: setup ## put the Python code in its one form
	@$(BIN)/ruff check --fix-only --quiet && $(BIN)/ruff format

bench: setup ## measure the feed and the fan-out; prints JSON
	@$(BIN)/parvis bench feed --json
	@$(BIN)/parvis bench fanout --json

# --- Changing ---------------------------------------------------------------------------------------------------------
.PHONY: translations migrations locks
translations: $(STAMPS)/runtime ## bring locale/ up to date with the strings of the code
	@$(BIN)/python scripts/translations.py update

migrations: setup ## write the migrations that the models ask for
	@$(BIN)/parvis makemigrations

locks: setup ## resolve requirements/*.in again, to the newest versions they allow
	@scripts/lock.sh
