#!/usr/bin/env python3
"""Measures merging against hand-labelled pairs of events: how many merges are right, and how many of the pairs to merge are found.

    eval_merge.py PAIRS.jsonl --articles CORPUS.jsonl.gz   prints the articles that the pairs are from, as JSON lines
    eval_merge.py PAIRS.jsonl ENTENTE STORE [--errors]     asks a store of these articles which events are one

A pair names two events by article, sentence and trigger (offsets in characters), type, actors and sum, and says by hand whether they are
`same`, `different`, or the same happening at another `stage` (a visit announced, and made). The graph keeps stages apart,
so those are to stay two. An event is found if the store has one of its type in that sentence that shares an actor; of several,
the one that has its sum, its trigger, and most of its actors. A pair of which an event is not found counts as not merged.
"""

import argparse, csv, gzip, io, json, subprocess, sys
from collections import Counter, defaultdict

MENTIONS = """SELECT DISTINCT ?article ?type ?event ?mention ?start ?end ?trigger ?actor {
  GRAPH ?g { ?event gaf:denotedBy ?mention . ?mention nif:sentence ?sentence ; nif:beginIndex ?trigger .
             ?sentence nif:beginIndex ?start ; nif:endIndex ?end . ?g schema:identifier ?article }
  ?event a ?class ; sem:hasActor ?actor . FILTER(?class != ent:Event)
  BIND(LCASE(REPLACE(STR(?class), "^.*/", "")) AS ?type) }"""
SUMS = "SELECT ?mention ?value { GRAPH ?g { ?mention a ent:Mention ; ent:amount ?amount } ?amount ent:value ?value }"


def ask(entente, store, query):
    command = [entente, "query", "-e", query, "--store", store, "--format", "csv"]
    return csv.DictReader(io.StringIO(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout))


def events(entente, store):
    """(article, type) -> event -> (its mentions there: sentence, trigger and sum; its actors)."""
    sums = {row["mention"]: float(row["value"]) for row in ask(entente, store, SUMS)}
    found = defaultdict(lambda: defaultdict(lambda: (set(), set())))
    for row in ask(entente, store, MENTIONS):
        mentions, actors = found[row["article"], row["type"].removesuffix("event")][row["event"]]
        mentions.add((int(row["start"]), int(row["end"]), int(row["trigger"]), sums.get(row["mention"])))
        actors.add(row["actor"].rsplit("/", 1)[-1])
    return found


def find(found, kind, side):
    start, end = side["sentence"]
    best = None
    for event, (mentions, actors) in sorted(found[side["article"], kind].items()):
        shared = len(actors & set(side["actors"]))
        for s, e, trigger, value in mentions:
            if shared and s < end and start < e:
                fit = (value == side.get("amount"), trigger == side["trigger"], shared)
                if best is None or fit > best[0]:
                    best = (fit, event)
    return best and best[1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs")
    parser.add_argument("entente", nargs="?")
    parser.add_argument("store", nargs="?")
    parser.add_argument("--articles")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    with open(options.pairs, encoding="utf-8") as file:
        pairs = [json.loads(line) for line in file]
    if options.articles:
        wanted = {pair[side]["article"] for pair in pairs for side in "ab"}
        with gzip.open(options.articles, "rt", encoding="utf-8") as file:
            sys.stdout.writelines(line for line in file if json.loads(line)["id"] in wanted)
        return
    found = events(options.entente, options.store)
    counts = defaultdict(Counter)
    for pair in pairs:
        a, b = (find(found, pair["type"], pair[side]) for side in "ab")
        merged = a is not None and a == b
        for name in ("all", pair["list"]):
            counts[name][pair["label"] == "same", merged] += 1
            counts[name]["lost"] += a is None or b is None
        if options.errors and merged != (pair["label"] == "same"):
            state = "not found" if a is None or b is None else "merged" if merged else "kept apart"
            print(f"{state}: {pair['type']} {pair['a']['article']} {pair['b']['article']}: {pair['label']}, {pair['reason']} ({pair['list']})")
    print(f"{'':8}{'pairs':>6}{'same':>6}{'merged':>8}{'P':>8}{'R':>8}{'not found':>11}")
    for name, count in counts.items():
        right, wrong, missed = count[True, True], count[False, True], count[True, False]
        pairs_ = sum(count[key] for key in count if key != "lost")
        precision = right / (right + wrong) if right + wrong else 1.0
        print(f"{name:8}{pairs_:6}{right + missed:6}{right + wrong:8}{precision:8.3f}{right / (right + missed):8.3f}{count['lost']:11}")


if __name__ == "__main__":
    main()
