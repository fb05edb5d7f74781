#!/usr/bin/env python3
"""Measures events against sentences coded in PLOVER: how many pairs are linked, and how many of those have the right root.

    eval_plover.py PLV.tsv EVENTS.jsonl [--actors data/actors] [--half even|odd] [--show uid,...|wrong|unlinked]
    eval_plover.py PLV.tsv --rows                        prints the sentences as JSON lines, one article a row

A row of the table is a sentence, a source, a target and a root. A row is linked if the sentence gives an event with a
filler on the acting side that is found in the row's source, and one on the other side that is found in its target.
Meetings, calls, agreements and cooperation have equal sides, and link either way, as do sides that fail to agree.

Targets may be things: "the vote", "the bombing of a school". An event that gives a `subject`, what the act is about in the
words of the text (or the title of an agreement that one party breaks or turns down), links if its actor is found in the source and the subject is the target: one holds the other as whole
words, or they have the same head noun. The figures are given with such rows and, in the last line, without them.

Where the sentence names nobody on a side the table writes "a recipient" or "an actor": the event must have nobody there.

A filler is found in a string if
  - the string has one of its names as whole words: its own, or of an actor in the actor files also an alias,
    the official name, a demonym ("Belgian"), the capital or the seat of government; or
  - the words of its mention, or of a person's name, and the string share a capitalised word that is no article, title or
    other common word (the mention that fills a role may be "he"); or
  - the mention, but for articles, is the whole string ("he", "the government"); or
  - the mention names nobody and has the head noun of the string ("prisoners" of "hundreds of political prisoners in X").

The root of a row is the PLOVER type of the linking event with the highest confidence, of equals the first in the text.
The table's root set is older: CONCEDE and RETREAT are YIELD there. It also codes sanctions as COERCE, where the newer
manual has SANCTION; the second figure for roots reads them so.
"""

import argparse, csv, json, pathlib, re, sys, tomllib, unicodedata
from collections import Counter

SIDES = {
    "meeting": (["participant"], ["participant"]), "call": (["participant"], ["participant"]),
    "visit": (["visitor"], ["destination", "host"]), "aid": (["donor"], ["recipient"]),
    "agreement": (["party"], ["party"]), "sanction": (["sender"], ["target"]), "attack": (["attacker"], ["target"]),
    "statement": (["speaker"], ["addressee"]), "cooperate": (["actor", "recipient"], ["actor", "recipient"]),
}
EQUAL = {"meeting", "call", "agreement", "cooperate"}
COMMON = set("""the a an and or of in on at by for to from with his her its their our former new first some several many
    all no he she it they we president minister prime foreign defense defence secretary general chief chancellor king
    queen prince crown ambassador spokesman spokeswoman spokesperson government ministry department state states united
    republic federal national international islamic democratic party army military police council court supreme
    authorities troops forces mr mrs ms dr gen sir sheikh senator governor mayor judge leader head group people south
    north east west eastern western northern southern central high january february march april may june july august
    september october november december monday tuesday wednesday thursday friday saturday sunday""".split())


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def forms_by_name(folder):
    """Every form that an actor file gives an actor, by name."""
    forms = {}
    for path in sorted(pathlib.Path(folder).glob("*.toml")):
        for actor in tomllib.loads(path.read_text()).get("actor", []):
            held = forms.setdefault(actor["name"], set())
            for key in ("name", "official", "capital"):
                held.update([actor[key]] if isinstance(actor.get(key), str) else [])
            for key in ("aliases", "demonyms", "government"):
                held.update(actor.get(key, []))
    return forms


def folded(text):
    """Without accents: the table writes "Vaclav"."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def words(text):
    return re.findall(r"[^\W_]+(?:[-.][^\W_]+)*", text)


def capitals(text):
    return {w.lower() for w in words(text) if w[0].isupper() and w.lower().rstrip(".") not in COMMON}


def plain(text):
    return " ".join(w.lower() for w in words(text) if w.lower() not in ("the", "a", "an"))


def head(text):
    """The head noun of a phrase: the last word before what comes behind it, of "dozens of prisoners in Kyiv" the prisoners."""
    text = re.sub(r"^.*?\b(?:handful|group|number|dozens|scores|hundreds|thousands|some|one|two|\d+) of ", "", text, flags=re.IGNORECASE)
    kept = re.split(r",|\b(?:of|in|on|at|from|for|by|with|to|near|between|against|who|which|that|accused|suspected|living|now)\b", text)[0]
    held = words(kept)
    return held[-1].lower() if held else ""


def found(filler, text, forms):
    names = {filler["name"]} | forms.get(filler["name"], set())
    text = folded(text)
    for name in map(folded, filter(None, names)):
        # "Farc" is FARC, but "us" is no country.
        flags = re.IGNORECASE if len(name) > 3 else 0
        if re.search(r"(?<!\w)" + re.escape(name) + r"(?!\w)", text, flags):
            return True
    mention = folded(filler["mention"])
    if capitals(mention) & capitals(text) or (plain(mention) != "" and plain(mention) == plain(text)):
        return True
    if filler["type"] == "person" and capitals(folded(filler["name"])) & capitals(text):
        return True
    return not capitals(mention) and filler["type"] == "group" and head(mention) == head(text) != ""


def is_about(event, row, forms):
    """Whether what the act is about is the target, and who acts is the source."""
    rejected = event["type"] == "agreement" and len(event["roles"].get("party", [])) == 1
    subject = plain(event.get("title") or "" if rejected else event.get("details", {}).get("subject", ""))
    target = plain(row["target"])
    inside = lambda part, whole: re.search(r"(?<!\w)" + re.escape(part) + r"(?!\w)", whole)
    same = head(subject) == head(target) or inside(subject, target) or inside(target, subject)
    actors = event["roles"].get("party" if rejected else "actor", [])
    return bool(subject and same) and any(found(actor, row["source"], forms) for actor in actors)


def links(event, row, forms):
    acting, other = SIDES.get(event["type"], (["actor"], ["recipient"]))
    if event["type"] == "aid" and event.get("stage") == "requested":
        acting, other = other, acting
    fillers = lambda roles: [f for role in roles for f in event["roles"].get(role, [])]
    nobody = {"source": ("an actor", acting, other), "target": ("a recipient", other, acting)}
    for side, (placeholder, empty, named) in nobody.items():
        if row[side].lower() == placeholder:
            told = [filler for filler in fillers(named) if named == empty or not fillers(empty)]
            return bool(told) and all(found(filler, row["source" if side == "target" else "target"], forms) for filler in told)
    ways = [(row["source"], row["target"])]
    if event["type"] in EQUAL or not fillers(other):
        acting = other = acting + other
        ways.append((row["target"], row["source"]))
    for source, target in ways:
        for one in fillers(acting):
            if found(one, source, forms) and any(
                two["id"] != one["id"] and found(two, target, forms) for two in fillers(other)
            ):
                return True
    return False


def root_of(event, old):
    root = event["plover"]
    if root in ("CONCEDE", "RETREAT"):
        return "YIELD"
    if old and event["type"] == "sanction" and root == "SANCTION" and not event["rule"].startswith("sanction.expel"):
        return "COERCE"
    return root


def macro_f1(pairs):
    scores = []
    for root in sorted({gold for gold, _ in pairs}):
        right = sum(gold == said == root for gold, said in pairs)
        wrong = sum(said == root != gold for gold, said in pairs)
        missed = sum(gold == root != said for gold, said in pairs)
        scores.append((root, right, wrong, missed, 2 * right / max(1, 2 * right + wrong + missed)))
    return scores, sum(score for *_, score in scores) / max(1, len(scores))


def report(name, table, linked):
    got = [row for row in table if linked[row["uid"]]]
    print(f"{name}: {len(table)} rows, linked {len(got) / max(1, len(table)):.3f}", end="")
    for old in (False, True):
        right = sum(root_of(linked[row["uid"]], old) == row["root"] for row in got)
        pairs = [(r["root"], root_of(linked[r["uid"]], old) if linked[r["uid"]] else None) for r in table]
        scores, macro = macro_f1(pairs)
        print(f"{', with sanctions as COERCE:' if old else ','} root right {right / max(1, len(got)):.3f}, "
              f"macro-F1 {macro:.3f}", end="")
    print()
    return scores


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("table")
    parser.add_argument("events", nargs="?")
    parser.add_argument("--actors", default=str(pathlib.Path(__file__).parent.parent / "data/actors"))
    parser.add_argument("--half", choices=["even", "odd"], help="only the rows with such a uid; by default both and all")
    parser.add_argument("--rows", action="store_true", help="print the sentences as JSON lines")
    parser.add_argument("--show", help="print rows of the even half: wrong, unlinked, or uids with commas")
    parser.add_argument("--roots", action="store_true", help="print the figures of each root")
    options = parser.parse_args()
    table = rows(options.table)
    if options.rows:
        for row in table:
            print(json.dumps({"id": row["uid"], "text": row["sentence"]}))
        return
    if not options.events:
        parser.error("EVENTS.jsonl is missing")
    forms = forms_by_name(options.actors)
    events = {}
    for line in open(options.events, encoding="utf-8"):
        event = json.loads(line)
        if event["type"] != "position":
            events.setdefault(event["source"], []).append(event)
    order = lambda event: (-event["confidence"], event["evidence"]["trigger_start"])
    linked, sides_alone = {}, {}
    for row in table:
        told = events.get(row["uid"], [])
        sides = [event for event in told if links(event, row, forms)]
        held = sides or [event for event in told if is_about(event, row, forms)]
        linked[row["uid"]] = min(held, key=order) if held else None
        sides_alone[row["uid"]] = linked[row["uid"]] if sides else None
    halves = {
        "even uids (learnt from)": [row for row in table if int(row["uid"]) % 2 == 0],
        "odd uids (read last)": [row for row in table if int(row["uid"]) % 2],
        "all": table,
    }
    for name, half in halves.items():
        if options.half and not name.startswith(options.half):
            continue
        scores = report(name, half, linked)
        if options.roots:
            for root, right, wrong, missed, score in scores:
                print(f"    {root:10} right {right:3} wrong {wrong:3} missed {missed:3}  F1 {score:.3f}")
    if not options.half:
        report("all, without things as targets", table, sides_alone)
    if options.show:
        wanted = set(options.show.split(","))
        for row in halves["even uids (learnt from)"]:
            one = linked[row["uid"]]
            wrong = one is not None and root_of(one, True) != row["root"]
            if row["uid"] in wanted or ("wrong" in wanted and wrong) or ("unlinked" in wanted and one is None):
                print(f"\n{row['uid']} {row['root']}: {row['sentence']}\n   [{row['source']}] -> [{row['target']}]")
                for event in events.get(row["uid"], []):
                    sides = "; ".join(
                        f"{role} " + ", ".join(f["name"] for f in fillers) for role, fillers in event["roles"].items()
                    )
                    mark = "*" if event is one else " "
                    print(f"  {mark} {event['plover']} {event['rule']} ({sides}) {event.get('factuality') or ''}")


if __name__ == "__main__":
    main()
