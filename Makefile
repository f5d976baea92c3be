# Every target makes the environment that it needs, in .venv.

PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed
COGGED = $(shell grep -ls '\[\[\[cog' README.md docs/*.md)

.PHONY: help check test fuzz bench docs golden accuracy mutants record fresh constraints

help: ## Show this
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test]'
	@touch $@

check: $(INSTALLED) ## Look for faults of style, types, layers and outdated pages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(if $(COGGED),PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/cog --check -r $(COGGED))

test: $(INSTALLED) ## Run the tests; one file or test with ARGS="tests/test_x.py -k name"
	$(BIN)/pytest $(ARGS)

fuzz: $(INSTALLED) ## Throw random and mutated documents and readings at everything
	$(BIN)/python -m tests.fuzz $(ARGS)

bench: $(INSTALLED) ## Measure the figures that the README names
	$(BIN)/python -m tests.benchmarks $(ARGS)

accuracy: $(INSTALLED) ## Measure how often audit is right: DATA=folder of labelled documents, see docs/accuracy.md
	$(BIN)/python -m tests.accuracy '$(DATA)' $(if $(RECORDINGS),--recordings '$(RECORDINGS)') $(ARGS)

mutants: $(INSTALLED) ## Make statements false on purpose, and see how many of them are found; or of documents in ARGS
	$(BIN)/python -m tests.mutants $(ARGS)

docs: $(INSTALLED) ## Write the generated parts of the README and of docs/ anew
	$(if $(COGGED),PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/cog -r $(COGGED),@echo "no page has generated parts")

golden: $(INSTALLED) ## Write the golden files anew; look at the diff before you commit it
	$(BIN)/pytest --update-golden $(ARGS)

record: $(INSTALLED) ## Ask a model to read a document anew: SEED=seeds/x.txt, OPENAI_API_KEY and MODEL set
	$(BIN)/audit --record $(if $(MODEL),--model '$(MODEL)') -- '$(SEED)'

fresh: ## Do what CI does, in a fresh copy with a fresh environment
	.ci/run

constraints: ## Resolve the newest versions, in a fresh environment, and pin them
	rm -rf .venv
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet '.[test]'
	{ sed -n '/^#/p' constraints.txt; $(BIN)/python -m pip freeze --exclude claim-auditor; } > constraints.new
	mv constraints.new constraints.txt
