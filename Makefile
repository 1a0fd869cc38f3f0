# Everything runs from a bare checkout with python3.11 and make; each target sets up what it needs in .venv.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
STORE ?= var/demo.db

.PHONY: serve test check lint types stubs stubs-check proto-lint bench eval gates image clean

# Installs pinned versions; torch comes first and exactly, since any other form pulls CUDA packages of several GB.
$(STAMP): pyproject.toml constraints.txt requirements-solver.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check torch==2.13.0
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements-solver.txt
	touch $@

serve: $(STAMP) ## run the service with the demo corpus
	$(BIN)/matcher serve --store $(STORE) --demo demo/corpus

test: $(STAMP) ## run all tests
	$(BIN)/python -m pytest

check: lint types stubs-check proto-lint test gates ## all that CI checks

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

stubs: $(STAMP) ## regenerate matcher/_gen from proto/ and docs/configuration.md from the settings
	$(BIN)/python tools/generate_stubs.py
	$(BIN)/python tools/config_reference.py

stubs-check: $(STAMP)
	$(BIN)/python tools/generate_stubs.py --check
	$(BIN)/python tools/config_reference.py --check

# buf comes from npm; the image that it lints is written by the stub generator.
proto-lint: stubs-check
	npx --yes @bufbuild/buf@1.75.0 lint build/skillmatch.binpb --config proto/buf.yaml

bench: $(STAMP) ## import rate, match latency and throughput, start-up, memory, on the shared corpus
	$(BIN)/python -m bench

eval: $(STAMP) ## quality figures
	$(BIN)/python -m eval encoder --model skillmatch-static-256
	$(BIN)/python -m eval encoder --model skillmatch-mini-384
	$(BIN)/python -m eval skills
	$(BIN)/python -m eval match

gates: $(STAMP) ## floors of eval/gates.toml on a quick subset; needs the shared data
	$(BIN)/python -m eval encoder --model skillmatch-static-256 --quick
	$(BIN)/python -m eval encoder --model skillmatch-mini-384 --quick
	$(BIN)/python -m eval skills --quick

image:
	docker build -t skillmatch .

clean:
	rm -rf $(VENV) build var .pytest_cache .mypy_cache .ruff_cache
