//! Things given, with standard names and counts.
//!
//! In: a phrase of a document. Out: its [`ItemMention`]s, in text order.
//! "two batteries of Patriot missiles" is 2 of "Patriot battery"; "Patriot and NASAMS anti-aircraft systems" are two items.

use std::ops::Range;

use entente_model::{AidKind, Item};
use entente_nlp::{Document, EntityLabel};

use super::{
    item_lexicon::{Items, Unit, units},
    number::{Style, number_at},
    words::{Kind, Words},
};

/// An item in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ItemMention {
    /// Standard name and count.
    pub(crate) item: Item,
    /// What aid of this item is.
    pub(crate) kind: AidKind,
    /// Its tokens, without the count.
    pub(crate) tokens: Range<usize>,
}

/// Heads whose purpose may stand behind them: "ammunition for artillery".
const SUPPLIES: [&str; 8] =
    ["ammunition", "munition", "shell", "round", "missile", "rocket", "interceptor", "spare part"];
/// How many words may stand between a count and its item: "30 modern US-made battle tanks".
const REACH: usize = 4;
/// How many parts a name or a list of names has at most; the bound keeps odd texts linear.
const LONGEST: usize = 8;

/// A name, or a part of one, and what aid of it is.
type Piece = (String, AidKind);

/// Items that begin at one place.
struct Match {
    names: Vec<Piece>,
    /// The unit behind them.
    end: usize,
    /// Whether it is a product's name alone, which may be a person's as well.
    bare: bool,
}

/// A number that waits for its item.
#[derive(Clone, Copy)]
struct Count {
    value: Option<u64>,
    /// The unit behind it.
    end: usize,
    /// Whether it is an article, which counts only a singular.
    article: bool,
}

impl Items {
    /// Finds the items in a phrase.
    pub(crate) fn find(&self, document: &Document, tokens: Range<usize>) -> Vec<ItemMention> {
        let start = document.span_of(tokens.clone()).start;
        let words = Words::new(document.text_of(tokens.clone()));
        let units = units(&words);
        let mut found = Vec::new();
        let mut count: Option<Count> = None;
        let mut at = 0;
        while at < units.len() {
            if let Some((matched, counts)) = self.measured(&words, &units, at) {
                // "a vaccine" and "a technology" are not counted; "a Patriot battery" is.
                let countable =
                    |c: &Count| !c.article || matched.names.iter().all(|(_, kind)| *kind == AidKind::Military);
                let count_here = count.filter(|c| counts && countable(c) && self.reaches(&words, &units, *c, at));
                let value = count_here.and_then(|c| c.value);
                let tokens = covered(document, &tokens, &words, start, &units[at..matched.end]);
                if !(matched.bare && is_person(document, &tokens)) {
                    push(&mut found, matched.names, value, &tokens);
                }
                (at, count) = (matched.end, None);
            } else if let Some(number) = count_at(&words, &units, at) {
                count = Some(number);
                at = number.end;
            } else {
                at += 1;
            }
        }
        found
    }

    /// The items at a unit, past a word of measure; and whether a number before them counts them.
    fn measured(&self, words: &Words, units: &[Unit], at: usize) -> Option<(Match, bool)> {
        let key = |n: usize| units.get(n).map_or("", |u| u.key.as_str());
        let inner = at + 2 + usize::from(matches!(key(at + 2), "the" | "a" | "its"));
        if key(at + 1) == "of" {
            if let Some(head) = self.heads.longest(units, at).filter(|(_, length)| *length == 1) {
                let head = &self.heads.name(head.0).text;
                if let Some(matched) = self.of_head(words, units, inner, head) {
                    return Some((matched, true));
                }
            }
            let measure = self.measures.get(key(at));
            if let Some((counted, matched)) = measure.and_then(|c| Some((c, self.plain(words, units, inner)?))) {
                return Some((matched, *counted));
            }
        }
        self.plain(words, units, at).map(|matched| (matched, true))
    }

    /// "batteries of Patriot missiles", "doses of the Moderna vaccine": the head before "of" and what is behind it.
    fn of_head(&self, words: &Words, units: &[Unit], at: usize, head: &str) -> Option<Match> {
        if matches!(head, "battery" | "system" | "missile") && is_capital(words, units, at) {
            let (family, _) = self.families.longest(units, at)?;
            let end = self.family(words, units, at)?.end;
            let name = self.families.name(family);
            return Some(Match { names: vec![(format!("{} {head}", name.text), name.kind)], end, bare: false });
        }
        if head == "vaccine dose" {
            let matched = self.plain(words, units, at)?;
            let names = matched.names.iter().filter_map(|(name, kind)| {
                let stem = name.strip_suffix("vaccine dose").or_else(|| name.strip_suffix("vaccine"))?;
                Some((format!("{stem}vaccine dose"), *kind))
            });
            let names: Vec<_> = names.collect();
            return (!names.is_empty()).then_some(Match { names, end: matched.end, bare: false });
        }
        None
    }

    /// The items that begin at a unit: the longest reading.
    fn plain(&self, words: &Words, units: &[Unit], at: usize) -> Option<Match> {
        let listed = self.goods.longest(units, at).map(|(number, length)| {
            let name = self.goods.name(number);
            Match { names: vec![(name.text.clone(), name.kind)], end: at + length, bare: false }
        });
        let family = is_capital(words, units, at).then(|| self.family(words, units, at)).flatten();
        let composed = self.composed(units, at);
        let longest =
            [listed, family, composed].into_iter().flatten().reduce(|a, b| if b.end > a.end { b } else { a })?;
        (!is_figure(units, at, longest.end)).then(|| self.with_purpose(words, units, longest))
    }

    /// "Patriot air defense missile batteries", "Patriot and NASAMS systems", "Javelins".
    fn family(&self, words: &Words, units: &[Unit], at: usize) -> Option<Match> {
        let mut found = Vec::new();
        let mut next = at;
        let (head, end) = loop {
            let (family, length) = self.families.longest(units, next).filter(|_| is_capital(words, units, next))?;
            found.push(family);
            let (head, end) = self.run(units, next + length);
            if head.is_some() || found.len() == LONGEST {
                break (head, end);
            }
            let joint = joint(units, next + length);
            match joint.filter(|n| is_capital(words, units, *n) && self.families.longest(units, *n).is_some()) {
                Some(joint) => next = joint,
                None if found.iter().any(|&f| self.wary[f]) => return None,
                None => break (None, next + length),
            }
        };
        let names = found.into_iter().map(|family| {
            let name = self.families.name(family);
            let bare = &self.bare[family];
            let head = head.as_ref().filter(|h| *h != "vehicle" || bare == "vehicle").unwrap_or(bare);
            let full = format!("{} {head}", name.text);
            self.standard(&full).map_or((full, name.kind), |n| (n.text.clone(), n.kind))
        });
        Some(Match { names: names.collect(), end, bare: head.is_none() })
    }

    /// The last head among the modifiers and heads that follow a product name, and the unit behind it.
    fn run(&self, units: &[Unit], from: usize) -> (Option<String>, usize) {
        let (mut at, mut found, mut end) = (from, None, from);
        for _ in 0..LONGEST {
            let head = self.heads.longest(units, at);
            let modifier = self.modifiers.longest(units, at);
            let Some(length) = head.into_iter().chain(modifier).map(|(_, length)| length).max() else {
                break;
            };
            at += length;
            if let Some((number, _)) = head.filter(|(_, l)| *l == length) {
                (found, end) = (Some(self.heads.name(number).text.clone()), at);
            }
        }
        (found, end)
    }

    /// "long-range anti-ship missiles", "anti-tank and anti-aircraft missiles".
    fn composed(&self, units: &[Unit], at: usize) -> Option<Match> {
        let mut runs: Vec<Vec<Piece>> = Vec::new();
        let mut next = at;
        let (head, end) = loop {
            let (pieces, head, end) = self.pieces(units, next);
            // "tents, used vehicles": a thing of its own before the comma.
            let thing = pieces.len() == 1 && head.is_none() && self.modifiers.longest(units, next).is_none();
            if pieces.is_empty() || thing || runs.len() > 4 {
                return None;
            }
            runs.push(pieces);
            if let Some(head) = head {
                break (head, end);
            }
            next = joint(units, end)?;
        };
        let military = |pieces: &[Piece]| pieces.iter().any(|(_, kind)| *kind == AidKind::Military);
        // "food system" and "energy supply" are no goods.
        let loose = match head.0.as_str() {
            "system" => !runs.iter().any(|r| military(r)),
            "supply" => runs.iter().flatten().all(|(_, kind)| *kind == AidKind::Other),
            _ => false,
        };
        if loose {
            return None;
        }
        let names = runs.into_iter().map(|pieces| {
            let kinds = || pieces.iter().map(|(_, kind)| *kind).chain([head.1]);
            let kind = [AidKind::Military, AidKind::Humanitarian].into_iter().find(|k| kinds().any(|o| o == *k));
            let words: Vec<&str> = pieces.iter().map(|(text, _)| text.as_str()).chain([head.0.as_str()]).collect();
            let full = words.join(" ");
            self.standard(&full).map_or((full, kind.unwrap_or(AidKind::Other)), |n| (n.text.clone(), n.kind))
        });
        Some(Match { names: names.collect(), end, bare: false })
    }

    /// The modifiers at a unit, and the head that closes them; heads before the last one modify it.
    fn pieces(&self, units: &[Unit], from: usize) -> (Vec<Piece>, Option<Piece>, usize) {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut closed: Option<(usize, usize)> = None;
        let mut at = from;
        for _ in 0..LONGEST {
            let head = self.heads.longest(units, at);
            let modifier = self.modifiers.longest(units, at);
            let (name, length) = match (head, modifier) {
                (Some((n, l)), m) if m.is_none_or(|(_, other)| other <= l) => {
                    closed = Some((pieces.len(), at + l));
                    (self.heads.name(n), l)
                }
                (_, Some((n, l))) => (self.modifiers.name(n), l),
                (_, None) => break,
            };
            pieces.push((name.text.clone(), name.kind));
            at += length;
        }
        match closed {
            Some((last, end)) if last > 0 => {
                let head = pieces.swap_remove(last);
                pieces.truncate(last);
                (pieces, Some(head), end)
            }
            _ => (pieces, None, at),
        }
    }

    /// "ammunition for artillery", "missiles for Patriot systems": named by what they are for.
    fn with_purpose(&self, words: &Words, units: &[Unit], matched: Match) -> Match {
        let supplies = matches!(&matched.names[..], [(name, _)] if SUPPLIES.contains(&name.as_str()));
        if !supplies || units.get(matched.end).is_none_or(|u| u.key != "for") {
            return matched;
        }
        let at = matched.end + 1;
        let at = at + usize::from(units.get(at).is_some_and(|u| matches!(u.key.as_str(), "the" | "its" | "their")));
        let purpose = match self.families.longest(units, at).filter(|_| is_capital(words, units, at)) {
            Some((family, length)) => {
                let end = self.run(units, at + length).1.max(at + length);
                Some((self.families.name(family).text.clone(), end))
            }
            None => self.goods.longest(units, at).and_then(|(item, length)| {
                let name = self.goods.name(item);
                (name.kind == AidKind::Military).then(|| (name.text.clone(), at + length))
            }),
        };
        let Some((purpose, end)) = purpose else { return matched };
        let full = format!("{purpose} {}", matched.names[0].0);
        let name = self.standard(&full).map_or((full, AidKind::Military), |n| (n.text.clone(), n.kind));
        Match { names: vec![name], end, bare: false }
    }

    /// Whether a count belongs to the item that begins at a unit.
    fn reaches(&self, words: &Words, units: &[Unit], count: Count, at: usize) -> bool {
        let between = &units[count.end.min(at)..at];
        let near = between.len() <= REACH
            && between.iter().all(|u| words.kind(u.word) != Kind::Mark && !self.stops.contains(&u.key));
        // An article counts one thing, named in the singular.
        let singular = !count.article || units.get(at + 1).is_none_or(|u| !words.low(u.word).ends_with('s'));
        near && singular && !(count.article && words.low(units[at].word).ends_with('s'))
    }
}

/// The unit behind "and", "or", a comma or both, if one stands here.
fn joint(units: &[Unit], at: usize) -> Option<usize> {
    let key = |n: usize| units.get(n).map_or("", |u| u.key.as_str());
    let comma = usize::from(key(at) == ",");
    let and = usize::from(matches!(key(at + comma), "and" | "or"));
    (comma + and > 0).then_some(at + comma + and)
}

/// Whether the unit begins with a capital, as product names do.
fn is_capital(words: &Words, units: &[Unit], at: usize) -> bool {
    units.get(at).is_some_and(|u| words.is_capital(u.word) || words.kind(u.word) == Kind::Digits)
}

/// "think tank", "arms embargo", "missile strike": the words name no thing that could be given.
fn is_figure(units: &[Unit], at: usize, end: usize) -> bool {
    const BEFORE: [&str; 3] = ["think", "greenhouse", "tear"];
    const BEHIND: [&str; 30] = [
        "act",
        "attack",
        "control",
        "crime",
        "crisis",
        "embargo",
        "emission",
        "exploration",
        "industry",
        "insecurity",
        "law",
        "maker",
        "manufacturer",
        "market",
        "policy",
        "price",
        "producer",
        "production",
        "program",
        "programme",
        "race",
        "sector",
        "security",
        "shortage",
        "strike",
        "system",
        "talk",
        "test",
        "treaty",
        "violence",
    ];
    (at > 0 && BEFORE.contains(&units[at - 1].key.as_str()))
        || units.get(end).is_some_and(|u| BEHIND.contains(&u.key.as_str()))
}

/// A number or an article at a unit.
fn count_at(words: &Words, units: &[Unit], at: usize) -> Option<Count> {
    let word = units[at].word;
    if let Some(number) = number_at(words, word, Style::Plain) {
        let end = units.partition_point(|u| u.word < number.end);
        let before = words.before(word, 1);
        let money = matches!(before, "$" | "€" | "£" | "¥" | "₹");
        let value = (!number.vague && !money).then(|| whole(number.value)).flatten();
        return Some(Count { value, end: end.max(at + 1), article: false });
    }
    let article = matches!(units[at].key.as_str(), "a" | "an" | "another");
    article.then_some(Count { value: Some(1), end: at + 1, article: true })
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number far below the limit")]
fn whole(value: f64) -> Option<u64> {
    ((1.0..1e15).contains(&value) && value.fract() == 0.0).then_some(value as u64)
}

/// Whether the parser sees a person's name here: "Stacey Abrams".
fn is_person(document: &Document, tokens: &Range<usize>) -> bool {
    let from = document.entities().partition_point(|e| e.tokens.end <= tokens.start);
    document.entities().get(from).is_some_and(|e| e.label == EntityLabel::Person && e.tokens.start < tokens.end)
}

/// The document's tokens that the units of the phrase cover.
fn covered(document: &Document, phrase: &Range<usize>, words: &Words, start: usize, units: &[Unit]) -> Range<usize> {
    let (Some(first), Some(last)) = (units.first(), units.last()) else { return phrase.start..phrase.start };
    let span = words.span(&(first.word..last.word + 1));
    let list = &document.tokens()[phrase.clone()];
    let from = phrase.start + list.partition_point(|t| t.span.end <= start + span.start);
    let to = phrase.start + list.partition_point(|t| t.span.start < start + span.end);
    from..to.max(from)
}

fn push(found: &mut Vec<ItemMention>, names: Vec<Piece>, count: Option<u64>, tokens: &Range<usize>) {
    let single = names.len() == 1;
    for (name, kind) in names {
        let item = Item { name, count: count.filter(|_| single) };
        found.push(ItemMention { item, kind, tokens: tokens.clone() });
    }
}

#[cfg(test)]
mod tests;
