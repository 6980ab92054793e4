# Thin names for what the README's commands do. `make help` reads the sentences behind the two hashes.
PYTHON ?= python3
HUB := $(PYTHON) -m incident_hub.bootstrap

.PHONY: help setup run check test bench audit lock
.DEFAULT_GOAL := help

help: ## Say what each of these does.
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1 \2/p' $(MAKEFILE_LIST) | awk '{ n = $$2; $$1 = ""; $$2 = ""; printf "make %-7s%s\n", n, $$0 }'

setup: ## Make the virtual environment with everything that tests and checks need, and build the front end.
	@$(HUB) setup --dev

run: ## Set up what is missing and start the demo.
	@$(HUB) run

check: ## Check format, types, laws, pure rules and verbs: what needs neither browser, server nor PostgreSQL.
	@$(HUB) check

test: ## Run every test, as the README's command does.
	@$(HUB) test

bench: ## Measure, side by side with a rival in one run; never part of the tests.
	@$(HUB) setup --dev
	@.venv/bin/python -m tests.bench

audit: ## List what is inside into sbom.json and ask whether any of it has a known fault; 3 when nobody could say.
	@$(HUB) setup --dev
	@.venv/bin/python -m tests.audit --sbom sbom.json

lock: ## Resolve the packages anew into config/ (needs uv on the path).
	@uv pip compile pyproject.toml --all-extras $(RESOLVE) -o config/requirements-dev.lock
	@uv pip compile pyproject.toml --extra house -c config/requirements-dev.lock $(RESOLVE) -o config/requirements.lock

RESOLVE := --quiet --generate-hashes --universal --python-version 3.11 --no-header --no-emit-index-url --no-annotate
