# Two commands matter: `make run` for the main job, `make test` for the tests. `make help` lists the rest.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

.venv/.installed: pyproject.toml uv.lock scripts/bootstrap
	@PYTHON=$(PYTHON) scripts/bootstrap run

.venv/.installed-dev: pyproject.toml uv.lock scripts/bootstrap
	@PYTHON=$(PYTHON) scripts/bootstrap dev

install: .venv/.installed ## everything a user needs, into .venv

run: .venv/.installed ## start Afteraction with the demo incident (PORT=8000)
	@$(BIN)/afteraction serve --demo --port $(or $(PORT),8000)

test: .venv/.installed-dev ## lint, types, contracts and every fast test (what CI runs)
	@scripts/test

test-slow: .venv/.installed-dev ## fuzzing, full matrices, kill tests, the web on PostgreSQL; by hand
	@scripts/test-slow

bench: .venv/.installed-dev ## benchmarks; writes benchmarks/RESULTS.md
	@$(BIN)/python -m benchmarks

demo: .venv/.installed ## write the demo incident's evidence files to examples/demo
	@$(BIN)/python examples/make_demo.py

openapi: .venv/.installed ## write the description of the API to docs/reference/openapi.json
	@DJANGO_SETTINGS_MODULE=afteraction.web.config.settings $(BIN)/python -m afteraction.web.api.describe docs/reference/openapi.json

language-rules: .venv/.installed ## write what each language rule says to docs/reference/language-rules.md
	@$(BIN)/python -m afteraction.pipeline.lint.rules_page docs/reference/language-rules.md

.PHONY: help install run test test-slow bench demo openapi language-rules
