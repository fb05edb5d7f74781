//! One automaton over all names: document tokens in, names with all their senses out.
//!
//! Names match from token boundary to token boundary, without accents, the longest first.
//! Case decides: "US" is no "us"; a headline in capitals may spell "Ukraine" as "UKRAINE".

use std::ops::Range;

use entente_nlp::{Document, Upos};
use fst::Map;
use fst::raw::{Fst, Output};

use super::{ActorIndex, PersonIndex, fold, fold::push_folded};

/// What a name may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sense {
    /// The actor itself: "Ukraine", "NATO", "Kharkiv".
    Actor(ActorIndex),
    /// Its people, or an adjective: "Ukrainian", "Russians".
    Demonym(ActorIndex),
    /// Its government: "Kyiv", "the Kremlin".
    Government(ActorIndex),
    /// A person's full name.
    Person(PersonIndex),
}

/// A name in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit<'a> {
    /// Numbers of its tokens.
    pub tokens: Range<usize>,
    /// All senses, in the order of the files.
    pub senses: &'a [Sense],
}

/// One spelling with its senses.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Name {
    /// Folded, case kept.
    form: String,
    senses: Vec<Sense>,
}

/// All names of all actors.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    /// From the folded lower-case form to the number of a group of names that differ in case.
    automaton: Option<Map<Vec<u8>>>,
    groups: Vec<Vec<Name>>,
}

impl Gazetteer {
    /// Builds the automaton from pairs of a name and a sense.
    pub(super) fn new(names: impl IntoIterator<Item = (String, Sense)>) -> Self {
        let mut entries: Vec<(String, String, Sense)> = names
            .into_iter()
            .map(|(name, sense)| {
                let form = fold(&name);
                (form.to_lowercase(), form, sense)
            })
            .filter(|(key, ..)| !key.is_empty())
            .collect();
        entries.sort();
        entries.dedup();
        let mut groups: Vec<Vec<Name>> = Vec::new();
        let mut keys: Vec<String> = Vec::new();
        for (key, form, sense) in entries {
            if keys.last() != Some(&key) {
                keys.push(key);
                groups.push(Vec::new());
            }
            if let Some(group) = groups.last_mut() {
                match group.last_mut() {
                    Some(name) if name.form == form => name.senses.push(sense),
                    _ => group.push(Name { form, senses: vec![sense] }),
                }
            }
        }
        let pairs = keys.iter().zip(0u64..);
        let automaton = Map::from_iter(pairs).ok();
        Self { automaton, groups }
    }

    /// How many spellings there are.
    pub fn len(&self) -> usize {
        self.groups.iter().map(Vec::len).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The senses of a whole name, as written or in capitals.
    pub fn lookup(&self, name: &str) -> &[Sense] {
        let form = fold(name);
        let key = form.to_lowercase();
        self.automaton
            .as_ref()
            .and_then(|automaton| automaton.get(&key))
            .and_then(|group| usize::try_from(group).ok())
            .and_then(|group| self.spelt(group, &form, false))
            .map_or(&[], |name| &name.senses)
    }

    /// All names in the document, the longest at each place; they do not overlap.
    pub fn find(&self, document: &Document) -> Vec<Hit<'_>> {
        let mut hits = Vec::new();
        let Some(automaton) = self.automaton.as_ref().map(Map::as_fst) else { return hits };
        let folded = Folded::new(document);
        let mut next = 0;
        while next < document.tokens().len() {
            let (end, hit) = self.longest_at(automaton, &folded, document, next);
            hits.extend(hit);
            next = end.max(next + 1);
        }
        hits
    }

    /// The longest name that begins at a token, and the token to go on at.
    fn longest_at<'a>(
        &'a self,
        automaton: &Fst<Vec<u8>>,
        folded: &Folded,
        document: &Document,
        first: usize,
    ) -> (usize, Option<Hit<'a>>) {
        let mut node = automaton.root();
        let mut output = Output::zero();
        let sentence_end = document.sentence_of(first).tokens.end;
        let mut best = (first, None);
        for token in first..sentence_end {
            let (start, end) = folded.tokens[token];
            let from = if token == first { start } else { folded.tokens[token - 1].1 };
            for &byte in &folded.lower.as_bytes()[from..end] {
                let Some(transition) = node.find_input(byte) else { return best };
                let transition = node.transition(transition);
                output = output.cat(transition.out);
                node = automaton.node(transition.addr);
            }
            if node.is_final() && document.token(token).upos != Upos::Space {
                let begin = folded.tokens[first].0;
                let value = output.cat(node.final_output()).value();
                let proper = (first..=token).any(|t| document.token(t).upos == Upos::Propn);
                if let Some(name) =
                    usize::try_from(value).ok().and_then(|group| self.spelt(group, &folded.text[begin..end], proper))
                {
                    best = (token + 1, Some(Hit { tokens: first..token + 1, senses: &name.senses }));
                }
            }
        }
        best
    }

    /// The name of a group that may be written so.
    fn spelt(&self, group: usize, written: &str, proper: bool) -> Option<&Name> {
        let group = self.groups.get(group)?;
        if let Some(name) = group.iter().find(|name| name.form == written) {
            return Some(name);
        }
        let letters = written.chars().filter(|c| c.is_alphabetic()).count();
        let shouted = letters >= 4 && written.chars().all(|c| !c.is_lowercase());
        let lowered = proper && letters >= 4 && written.chars().all(|c| !c.is_uppercase());
        let titled = letters >= 4 && starts_words_upper(written);
        group.iter().find(|name| {
            let acronym = name.form.chars().all(|c| !c.is_lowercase());
            // "Nato" for "NATO", "The Gambia" for "the Gambia", "UKRAINE" for "Ukraine", "kyiv" tagged as a name.
            (acronym && titled) || (!acronym && (shouted || lowered || (titled && starts_upper(&name.form))))
        })
    }
}

fn starts_upper(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase)
}

/// Whether the first letter of the text is a capital and, where it has several words, of the last one too.
fn starts_words_upper(text: &str) -> bool {
    starts_upper(text) && text.rsplit(' ').next().is_some_and(starts_upper)
}

/// The document's text folded, with the place of each token in it.
struct Folded {
    text: String,
    lower: String,
    tokens: Vec<(usize, usize)>,
}

impl Folded {
    fn new(document: &Document) -> Self {
        let mut text = String::with_capacity(document.text().len());
        let mut tokens = Vec::with_capacity(document.tokens().len());
        let mut last_end = 0;
        for token in document.tokens() {
            if token.span.start > last_end && !text.is_empty() && !text.ends_with(' ') {
                text.push(' ');
            }
            let start = text.len();
            for character in token.span.of(document.text()).chars() {
                if !character.is_whitespace() {
                    push_folded(character, &mut text);
                }
            }
            tokens.push((start, text.len()));
            if token.upos == Upos::Space && !text.is_empty() && !text.ends_with(' ') {
                text.push(' ');
            }
            last_end = token.span.end;
        }
        // Lower case letter by letter, so that offsets stay; the few letters that grow stay as they are.
        let lower: String = text
            .chars()
            .map(|c| {
                let mut lower = c.to_lowercase();
                match (lower.next(), lower.next()) {
                    (Some(l), None) if l.len_utf8() == c.len_utf8() => l,
                    _ => c,
                }
            })
            .collect();
        Self { text, lower, tokens }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gazetteer() -> Gazetteer {
        Gazetteer::new([
            ("United States".into(), Sense::Actor(0)),
            ("US".into(), Sense::Actor(0)),
            ("NATO".into(), Sense::Actor(1)),
            ("Kyiv".into(), Sense::Government(2)),
            ("Kyiv".into(), Sense::Actor(3)),
            ("Côte d'Ivoire".into(), Sense::Actor(4)),
        ])
    }

    #[test]
    fn case_decides() {
        let check = |name: &str, senses: &[Sense]| assert_eq!(gazetteer().lookup(name), senses, "{name}");
        check("US", &[Sense::Actor(0)]);
        check("us", &[]);
        check("Us", &[]);
        check("UNITED STATES", &[Sense::Actor(0)]);
        check("united states", &[]);
        check("Nato", &[Sense::Actor(1)]);
        check("Cote d’Ivoire", &[Sense::Actor(4)]);
    }

    #[test]
    fn a_name_has_all_its_senses() {
        assert_eq!(gazetteer().lookup("Kyiv"), [Sense::Actor(3), Sense::Government(2)]);
    }
}
