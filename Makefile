# Two commands matter: `make run` and `make test`. `make` alone says what there is.
PYTHON := .venv/bin/python
UV ?= $(or $(shell command -v uv),.venv/bin/uv)
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.PHONY: help run test check bench soak setup lock docs translations
.DEFAULT_GOAL := help

help: ## say what there is
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile | expand -t 14

run: .venv/run.stamp ## open the first shop on http://127.0.0.1:8000
	@exec $(PYTHON) -m matjar run

test: .venv/test.stamp ## prove everything, suite by suite; `make test suites="domain tidy"` only those
	@exec $(PYTHON) tools/test.py $(suites)

check: .venv/test.stamp ## style, types and layers, in seconds
	@exec $(PYTHON) tools/test.py check

bench: .venv/test.stamp ## measure, and compare with the peers in benchmarks/
	@exec $(PYTHON) -m benchmarks

soak: .venv/test.stamp ## kill whatever runs, a hundred times on each engine, and audit the books
	@exec $(PYTHON) -m benchmarks.soak

setup: .venv/test.stamp ## install all that run and test need into .venv

lock: ## resolve the dependencies anew into requirements/
	$(LOCK) --upgrade pyproject.toml -o requirements/run.txt
	$(LOCK) --upgrade pyproject.toml --extra test --constraint requirements/run.txt -o requirements/test.txt

docs: .venv/test.stamp ## write anew the pages that are made from the code
	@$(PYTHON) tools/refusals.py
	@$(PYTHON) tools/settings.py
	@$(PYTHON) tools/surfaces.py

translations: .venv/test.stamp ## take every new sentence into the catalogues, for people to translate
	@$(PYTHON) tools/translations.py

.venv/%.stamp: requirements/%.txt
	@tools/setup $*
