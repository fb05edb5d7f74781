"""Prints the calibration curve: of the events that carry a confidence, what share is right.

In: the scorer of the shared evaluation (score.py), a folder of gold files, and the events that `entente extract --format jsonl`
finds in its articles; several pairs of folder and events may follow. Out: Markdown on standard output, as in docs/evaluation/calibration.md.
An event is right where its type and every core role are (the scorer's `core`); what the gold holds for optional is not judged.

    python3 tools/calibrate.py ../shared/eval/score.py ../shared/eval/dev dev.jsonl
"""

import importlib.util
import json
import math
import pathlib
import re
import sys
from collections import defaultdict


BANDS = [(0.94, "0.94 and more"), (0.85, "0.85 to 0.93"), (0.0, "under 0.85")]


def load(path):
    spec = importlib.util.spec_from_file_location("score", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judged(score, gold_folder, events_file):
    """Every judged event of the system, and whether it is right."""
    golds = {}
    for path in sorted(pathlib.Path(gold_folder).glob("*.json")):
        gold = json.loads(path.read_text())
        golds[gold["doc"]] = score.Doc(gold)
    system = defaultdict(list)
    for line in open(events_file):
        event = json.loads(line)
        name = pathlib.PurePath(str(event.get("source", "")).split("#")[0]).name
        system[re.sub(r"\.(txt|html?|json|md)$", "", name)].append(event)
    for name, doc in golds.items():
        for kind in score.CORE:
            wanted = [e for e in doc.gold["events"] if e["type"] == kind]
            found = [e for e in system[name] if e.get("type") == kind]
            judgements = [[score.judge(doc, g, s) for s in found] for g in wanted]
            weights = [
                [(j[2] + (0 if g.get("optional") else 100)) if j[0] else 0 for j in row] for g, row in zip(wanted, judgements)
            ]
            pairs = {k: i for i, k in score.best_pairs(weights)}
            for k, event in enumerate(found):
                if k in pairs and wanted[pairs[k]].get("optional"):
                    continue
                yield event, k in pairs


def interval(right, total):
    """Wilson's 95 % interval of a share."""
    z = 1.96
    share = right / total
    centre = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return max(0.0, centre - half), min(1.0, centre + half)


def table(head, rows):
    print(f"| {head} | events | right | share | 95 % interval |")
    print("| --- | --- | --- | --- | --- |")
    for name, (right, total) in rows:
        low, high = interval(right, total)
        print(f"| {name} | {total} | {right} | {right / total:.2f} | {low:.2f} to {high:.2f} |")
    print()


def main():
    if len(sys.argv) < 4 or len(sys.argv) % 2:
        sys.exit(__doc__)
    score = load(sys.argv[1])
    by_band, by_rule = defaultdict(lambda: [0, 0]), defaultdict(lambda: [0, 0])
    error = total = stated = correct = 0
    for gold_folder, events_file in zip(sys.argv[2::2], sys.argv[3::2]):
        for event, right in judged(score, gold_folder, events_file):
            confidence = event["confidence"]
            band = next(name for least, name in BANDS if confidence >= least)
            for counts in (by_band[band], by_rule[event["rule"]]):
                counts[0] += right
                counts[1] += 1
            error += (confidence - right) ** 2
            total, stated, correct = total + 1, stated + confidence, correct + right
    table("confidence", [(name, by_band[name]) for _, name in BANDS if name in by_band])
    print(f"{total} events judged; mean confidence {stated / total:.2f}, share right {correct / total:.2f}, Brier score {error / total:.3f}.\n")
    # Of fewer than five events nothing can be said.
    table("rule", sorted((row for row in by_rule.items() if row[1][1] >= 5), key=lambda row: (-row[1][1], row[0])))


if __name__ == "__main__":
    main()
