#!/usr/bin/env bash
# Runs the fuzz target with the stable compiler; cargo-fuzz is not needed.
#
# Run:  crates/nlp/fuzz/run.sh [SECONDS]      default 600; needs a C++ compiler for libFuzzer
#
# Seeds are the reference texts. What makes it panic is left in crates/nlp/fuzz/artifacts, build products in
# crates/nlp/fuzz/target or $FUZZ_TARGET_DIR.
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:-600}
mkdir -p corpus/parse artifacts seeds
python3 - <<'SEEDS'
import json
for number, line in enumerate(open("../tests/reference/texts.jsonl", encoding="utf-8")):
    with open(f"seeds/{number}", "w", encoding="utf-8") as seed:
        seed.write(json.loads(line)["text"])
SEEDS
coverage="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters"
coverage="$coverage -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares"
# With a target named, the flags are for the program alone and not for build scripts, which have no libFuzzer to report to.
# A folder of their own: other builds know nothing of these flags.
export CARGO_TARGET_DIR=${FUZZ_TARGET_DIR:-target}
RUSTFLAGS="--cfg fuzzing $coverage -Ccodegen-units=1 -Cdebug-assertions -Coverflow-checks" \
  cargo build --release --target x86_64-unknown-linux-gnu
"$CARGO_TARGET_DIR/x86_64-unknown-linux-gnu/release/parse" -max_total_time="$seconds" -max_len=4096 -timeout=60 \
  -artifact_prefix=artifacts/ -print_final_stats=1 corpus/parse seeds
