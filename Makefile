# The one door: every target says what it does and checks what it needs.
#   make demo   make test   make lint   make check   make bench   make eval   make eval-plover   make docs   make bless

SHELL   := /bin/bash
CARGO   ?= cargo
TARGET  := $(or $(CARGO_TARGET_DIR),target)
ENTENTE := $(TARGET)/release/entente
STORE   ?= demo-store
EVAL    ?= ../shared/eval
PYTHON  ?= .venv/bin/python
CORPUS  ?= ../shared/corpus/articles.jsonl.gz

.PHONY: help demo test lint check bench bench-nlp bench-graph parity eval eval-actors eval-agency eval-merge eval-plover docs bless binary rust test-rocksdb
.DEFAULT_GOAL := help

help:
	@echo "make demo   builds the program and a graph of data/samples, answers three questions, draws $(STORE).svg"
	@echo "make test   runs every test of every crate"
	@echo "make test-rocksdb  the tests of the graph with queries on RocksDB (the first time, 20 minutes of C++ on two cores)"
	@echo "make lint   checks formatting, lints and documentation; warnings are errors"
	@echo "make check  runs the example sentences of all rules, and checks lexicons and queries"
	@echo "make bench  measures articles/s, words/s, memory, quads/s and time to first answer"
	@echo "make eval   extracts ../shared/eval/dev and prints precision and recall"
	@echo "make eval-agency  the same for docs/evaluation/agency, articles in the manner of agencies and papers"
	@echo "make eval-plover  extracts ../shared/eval/plover and prints pairs linked, roots right and macro-F1"
	@echo "make eval-actors, eval-plover  the same for who is who and for PLOVER's sentences"
	@echo "make eval-merge  the same for events that several articles tell, against pairs labelled by hand"
	@echo "make parity prints how far the language pipeline agrees with spaCy, and every difference"
	@echo "make bench-nlp, bench-graph    the pipeline beside spaCy, and on hostile texts; the graph with two million quads"
	@echo "make docs   builds the documentation of all crates and of the ontology"
	@echo "make bless  rewrites the expected facts of tests/golden; review the diff"

rust:
	@command -v $(CARGO) >/dev/null || { echo "Rust is missing: install it with rustup, or apt-get install rustup && rustup default stable" >&2; exit 1; }

binary: rust
	$(CARGO) build --release -p entente

demo: binary
	@echo; echo "== entente build data/samples --store $(STORE)"
	$(ENTENTE) build data/samples --store $(STORE)
	@echo; echo "== Who met whom?"
	$(ENTENTE) query who-met-whom --store $(STORE)
	@echo; echo "== Who pledged what to whom?"
	$(ENTENTE) query pledges --store $(STORE)
	@echo; echo "== Which agreements, at which stage?"
	$(ENTENTE) query agreements --store $(STORE)
	@echo; echo "== entente export -o $(STORE).svg"
	@command -v dot >/dev/null || echo "(no Graphviz here: drawing with the built-in layout)"
	$(ENTENTE) export --store $(STORE) -o $(STORE).svg

test: rust
	$(CARGO) test --workspace

test-rocksdb: rust
	$(CARGO) test -p entente-graph --features rocksdb

lint: rust
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS=-Dwarnings $(CARGO) doc --workspace --no-deps

check: binary
	$(ENTENTE) check

bench: binary
	scripts/bench $(ENTENTE) $(CORPUS)

eval: binary
	@if [ ! -d $(EVAL)/dev ]; then echo "no $(EVAL)/dev here: nothing to evaluate against"; exit 0; fi; \
	command -v python3 >/dev/null || { echo "python3 is missing: apt-get install python3" >&2; exit 1; }; \
	out=$$(mktemp) && trap 'rm -f $$out' EXIT && \
	$(ENTENTE) extract $(EVAL)/dev/*.txt --format jsonl --quiet > $$out && \
	python3 $(EVAL)/score.py $(EVAL)/dev $$out $(EVALFLAGS)

eval-agency: binary
	@if [ ! -f $(EVAL)/score.py ]; then echo "no $(EVAL)/score.py here: nothing to score with"; exit 0; fi; \
	command -v python3 >/dev/null || { echo "python3 is missing: apt-get install python3" >&2; exit 1; }; \
	out=$$(mktemp) && trap 'rm -f $$out' EXIT && \
	$(ENTENTE) extract docs/evaluation/agency/h*.txt --format jsonl --quiet > $$out && \
	python3 $(EVAL)/score.py docs/evaluation/agency $$out $(EVALFLAGS)

eval-plover: binary
	@if [ ! -f $(EVAL)/plover/plv_train.tsv ]; then echo "no $(EVAL)/plover here: nothing to evaluate against"; exit 0; fi; \
	command -v python3 >/dev/null || { echo "python3 is missing: apt-get install python3" >&2; exit 1; }; \
	out=$$(mktemp -d) && trap 'rm -rf $$out' EXIT && \
	python3 scripts/eval_plover.py $(EVAL)/plover/plv_train.tsv --rows > $$out/rows.jsonl && \
	$(ENTENTE) extract $$out/rows.jsonl --format jsonl --quiet > $$out/events.jsonl && \
	python3 scripts/eval_plover.py $(EVAL)/plover/plv_train.tsv $$out/events.jsonl $(EVALFLAGS)

eval-actors: rust
	@if [ ! -d $(EVAL)/dev ]; then echo "no $(EVAL)/dev here: nothing to evaluate against"; exit 0; fi; \
	$(CARGO) run --release -p entente-extract --example eval_actors -- $(EVAL)/dev

eval-merge: binary
	@if [ ! -f $(CORPUS) ]; then echo "no $(CORPUS) here: nothing to evaluate against"; exit 0; fi; \
	command -v python3 >/dev/null || { echo "python3 is missing: apt-get install python3" >&2; exit 1; }; \
	out=$$(mktemp -d) && trap 'rm -rf $$out' EXIT && \
	python3 scripts/eval_merge.py docs/evaluation/merge-pairs.jsonl --articles $(CORPUS) > $$out/articles.jsonl && \
	$(ENTENTE) build $$out/articles.jsonl --store $$out/kg --quiet && \
	python3 scripts/eval_merge.py docs/evaluation/merge-pairs.jsonl $(ENTENTE) $$out/kg $(EVALFLAGS)

parity: rust
	$(CARGO) test -p entente-nlp --test parity -- --nocapture

bench-nlp: rust
	@[ -x $(PYTHON) ] || { echo "spaCy is wanted for the comparison: python3 -m venv .venv && .venv/bin/pip install -r tools/requirements.txt" >&2; exit 1; }
	$(CARGO) build --release -p entente-nlp --example bench --example hostile
	$(PYTHON) tools/bench_nlp.py --bench $(TARGET)/release/examples/bench --articles $(CORPUS)
	@echo
	$(TARGET)/release/examples/hostile

bench-graph: rust
	$(CARGO) run --release -p entente-graph --example bench -- 2000000 $(TARGET)/bench-graph

docs: rust
	$(CARGO) doc --workspace --no-deps
	$(CARGO) run -q -p entente-graph --example ontology > $(TARGET)/doc/ontology.html
	@echo "open $(TARGET)/doc/entente_extract/index.html, and $(TARGET)/doc/ontology.html"

bless: rust
	ENTENTE_BLESS=1 $(CARGO) test -p entente-tests --test golden
	@git --no-pager diff --stat -- tests/golden
