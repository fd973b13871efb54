# `make` lists the targets. It needs only Python 3.11 or newer, and installs everything else into .venv.

PYTHON ?= python3
VENV ?= .venv
PIP := 26.3

PY := $(VENV)/bin/python
RUN := $(VENV)/.run
DEV := $(VENV)/.dev
NODE := $(VENV)/.node
CONFORMANCE := $(VENV)/.conformance
ENVIRONMENTS := $(VENV)/.environments
BUILD := $(VENV)/.build
BENCH := $(VENV)/.bench
FUZZ := $(VENV)/.fuzz
FOREIGN := $(VENV)/.foreign
MUTANTS := $(VENV)/.mutants
# Half of the time, a test waits for a server, a clock or another process.
WORKERS = $(shell $(PY) -c 'import os; print(2 * (os.cpu_count() or 1))')
# Those with targets, and those that only have to run.
CHECKED := calls threads bulk cold_start decode encode emulator emulator_server peers latency
LINTERS := openapi/lint/node_modules/.package-lock.json

# $(call quietly,COMMAND): show the output of COMMAND only if it fails.
quietly = out=$$($(1) 2>&1) || { printf '%s\n' "$$out"; exit 1; }
pip = $(call quietly,$(PY) -m pip install --disable-pip-version-check --constraint constraints.txt $(1))
# `--verifytypes` uses the first python in PATH and ignores `--pythonpath`.
pyright = PATH="$(abspath $(VENV))/bin:$$PATH" $(PY) -m pyright

# Tests start hundreds of processes. Without cached bytecode, each would compile the SDK again.
export PYTHONDONTWRITEBYTECODE :=
export PIP_ROOT_USER_ACTION := ignore
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test pythons bounds generate host check diff scaffold references api dev build lint format types typecheck contract-lint foreign-clients foreign-clients-fast conformance environments bench bench-check endurance soak fuzz drill mutants wheel lock ci clean

help: ## list the targets (the default)
	@awk -F ':.*## ' '/^[a-z%-]+:.*## / { sub("%", "NAME", $$1); printf "  make %-20s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: $(RUN) ## run the examples for the quick start and for chats, against the emulator
	@$(PY) -m examples.basic
	@$(PY) -m examples.group

example-%: $(RUN) ## run one example: basic, group, user, call, meeting, media, realtime, webhook or full
	@$(PY) -m examples.$*

test: $(DEV) ## run the tests; ARGS="-k name" is passed to pytest
	@$(PY) -m pytest --numprocesses $(WORKERS) --dist worksteal $(ARGS)

pythons: $(DEV) ## run a part of the tests on every installed Python
	@$(PY) .ci/pythons.py interpreters $(ARGS)

bounds: $(DEV) ## test the extras with the oldest and the newest versions that they allow
	@$(PY) .ci/pythons.py bounds $(ARGS)

generate: $(DEV) ## write the generated code anew, after a change to openapi/orbit.yaml
	@$(PY) -m generator build

host: $(DEV) ## change the API's base URL and write the generated code anew: make host URL=https://HOST/api/v1
	@$(PY) -m generator host "$(URL)"

check: $(DEV) ## fail if the generated code differs from what `make generate` would write
	@$(PY) -m generator check

diff: $(DEV) ## compare the contract with the last release; ARGS="HEAD~1 HEAD" compares two revisions
	@$(PY) -m generator diff $(ARGS)

scaffold: $(DEV) ## write the stubs of a new operation: make scaffold ARGS=OPERATION
	@$(PY) -m generator scaffold $(ARGS)

references: $(DEV) ## list the lines that refer to an operation, a method, a model or an event: make references ARGS=NAME
	@$(PY) -m generator references $(ARGS)

api: $(DEV) ## compare the public API with the last release; ARGS=record stores it, as part of a release
	@$(PY) .ci/api.py $(ARGS)

dev: $(DEV) ## run `make generate` at every change to the contract
	@$(PY) -m generator watch

build: $(BUILD) ## build the wheel and the sdist into dist/
	@rm -rf dist
	@$(PY) -m hatchling build

lint: $(DEV) ## check the code with ruff, and which part imports which with import-linter
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --quiet --check . || { $(PY) -m ruff format --check .; exit 1; }
	@$(call quietly,$(VENV)/bin/lint-imports --no-cache)

format: $(DEV) ## format the code and apply ruff's automatic fixes
	@$(PY) -m ruff check --quiet --fix .
	@$(PY) -m ruff format --quiet .

types: $(DEV) $(NODE) ## check types with mypy and pyright (both strict), and that the public interface is fully typed
	@$(call quietly,$(PY) -m mypy)
	@$(call quietly,$(pyright))
	@$(call quietly,$(pyright) --verifytypes orbitconnect --ignoreexternal)

typecheck: types ## the same as `make types`

contract-lint: $(DEV) $(NODE) $(LINTERS) ## check openapi/orbit.yaml with other OpenAPI tools
	@$(PY) openapi/lint/run.py openapi/orbit.yaml

foreign-clients: $(DEV) $(NODE) $(LINTERS) $(FOREIGN) ## generate clients in other languages, and call the emulator with them; ARGS=go tries one
	@$(PY) -m tests.foreign.run --environment $(VENV)/foreign $(ARGS)

foreign-clients-fast: $(DEV) $(NODE) $(LINTERS) ## run those of `make foreign-clients` that take only seconds
	@$(PY) -m tests.foreign.run --environment $(VENV) --fast $(ARGS)

conformance: $(DEV) $(CONFORMANCE) ## test the emulator against the contract with schemathesis
	@$(PY) -m tests.conformance.run $(VENV)/conformance/bin/schemathesis $(ARGS)

environments: $(ENVIRONMENTS) ## test the SDK under gevent, eventlet, uvloop, trio, frozen clocks, zipapp and PyInstaller
	@$(VENV)/environments/bin/python -m pytest --quiet tests/environments $(ARGS)

bench: $(BENCH) ## run the benchmarks, compared with other SDKs; ARGS="calls --quick" tries one of them
	@$(VENV)/bench/bin/python -m benchmarks $(ARGS)

bench-check: $(DEV) ## run the benchmarks quickly, without other SDKs; fails only on values twice as bad as their targets
	@$(PY) -m benchmarks --quick --check $(or $(ARGS),$(CHECKED))

endurance: $(DEV) ## look for leaks in 100,000 calls, 10,000 views and 1,000 clients
	@$(PY) -m pytest tests/endurance/leaks.py $(ARGS)

soak: $(DEV) ## make an hour's worth of calls with faults, and look for lost or doubled calls and growing memory
	@$(PY) -m tests.endurance.soak $(ARGS)

fuzz: $(FUZZ) ## fuzz the parsers of responses, signatures and events; ARGS="-max_total_time=60"
	@for target in answers wire signatures events; do $(VENV)/fuzz/bin/python -m tests.fuzz $$target $(or $(ARGS),-max_total_time=60) "$$(mktemp -d)" tests/fuzz/corpus/$$target || exit 1; done

drill: $(DEV) ## make typical mistakes in copies of the project, and show which check reports each; ARGS="facade"
	@$(PY) -m tests.drill.run $(ARGS)

mutants: $(MUTANTS) ## test the tests: mutate retries, signing and id checks, and list the mutants that survive
	@$(VENV)/mutants/bin/python -m tests.mutation.run $(ARGS)

wheel: $(DEV) ## build sdist and wheel into dist/, and run examples and pages on the installed wheel
	@$(PY) .ci/wheel.py

lock: ## update constraints.txt from pyproject.toml
	@tmp=$$(mktemp -d) && trap 'rm -rf "$$tmp"' EXIT && $(PYTHON) -m venv "$$tmp" && \
	$(call quietly,"$$tmp"/bin/pip install pip==$(PIP)) && \
	$(call quietly,"$$tmp"/bin/pip install . --group build --group dev --group node) && \
	{ echo '# Written by `make lock`.'; "$$tmp"/bin/pip freeze --exclude orbitconnect; } > constraints.txt

ci: ## run everything that must pass before a change is merged
	@.ci/run

clean: ## remove .venv, dist and all caches
	@rm -rf $(VENV) dist openapi/lint/node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment in three steps: to run the SDK, to develop it, and to run the tools that need Node.js.

$(PY):
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) was not found. Pass the path of Python 3.11 or newer: make $(MAKECMDGOALS) PYTHON=..."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed, but $(PYTHON) is $$($(PYTHON) -V 2>&1). Pass another: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) has no venv or ensurepip. On Debian and Ubuntu, run: apt-get install python3-venv"; exit 1; }
	@echo "Creating $(VENV) (only once) ..."
	@rm -rf $(VENV)
	@$(call quietly,$(PYTHON) -m venv $(VENV))

$(RUN): pyproject.toml constraints.txt $(PY)
	@$(call pip,--editable .)
	@touch $@

$(DEV): $(RUN)
	@echo "Installing the development tools ..."
	@$(call pip,pip==$(PIP))
	@$(call pip,--group dev)
	@touch $@

$(BUILD): pyproject.toml constraints.txt $(PY)
	@$(call pip,pip==$(PIP))
	@$(call pip,--group build)
	@touch $@

$(NODE): $(RUN)
	@echo "Installing Node.js and the tools that need it ..."
	@$(call pip,pip==$(PIP))
	@$(call pip,--group node)
	@touch $@

$(ENVIRONMENTS): tests/environments/requirements.txt pyproject.toml $(PY)
	@echo "Installing gevent, eventlet, PyInstaller and the like ..."
	@$(call quietly,$(PY) -m venv $(VENV)/environments)
	@$(call quietly,$(VENV)/environments/bin/pip install --disable-pip-version-check --requirement $<)
	@touch $@

$(CONFORMANCE): tests/conformance/requirements.txt $(PY)
	@$(call quietly,$(PY) -m venv $(VENV)/conformance)
	@$(call quietly,$(VENV)/conformance/bin/pip install --disable-pip-version-check --requirement $<)
	@touch $@

$(BENCH): benchmarks/requirements.txt pyproject.toml $(PY)
	@echo "Installing the other SDKs ..."
	@$(call quietly,$(PY) -m venv $(VENV)/bench)
	@$(call quietly,$(VENV)/bench/bin/pip install --disable-pip-version-check --requirement $< --editable '.[emulator]')
	@touch $@

$(FUZZ): pyproject.toml $(PY)
	@$(call quietly,$(PY) -m venv $(VENV)/fuzz)
	@$(call quietly,$(VENV)/fuzz/bin/pip install --disable-pip-version-check atheris==3.0.0 orjson==3.13.0 --editable .)
	@touch $@

$(FOREIGN): tests/foreign/typescript/package-lock.json tests/foreign/python/requirements.txt $(NODE)
	@echo "Installing the tools that generate clients ..."
	@$(PY) -m tests.foreign.run --environment $(VENV)/foreign --install
	@touch $@

$(MUTANTS): pyproject.toml constraints.txt $(PY)
	@$(call quietly,$(PY) -m venv $(VENV)/mutants)
	@$(call quietly,$(VENV)/mutants/bin/pip install --disable-pip-version-check pip==$(PIP))
	@$(call quietly,$(VENV)/mutants/bin/pip install --constraint constraints.txt mutmut==3.8.1 --editable . --group dev)
	@touch $@

$(LINTERS): openapi/lint/package-lock.json $(NODE)
	@$(call quietly,$(PY) openapi/lint/run.py --install)
	@touch $@
