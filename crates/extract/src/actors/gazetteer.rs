//! Names in a text: document tokens in, names with all their senses out.
//!
//! Names match from token boundary to token boundary, the longest first; one walk along the automaton for each token.

use std::ops::Range;

use entente_nlp::{Document, Upos};
use fst::raw::{Fst, Output};

use super::registry::{Names, Sense, push_folded};

/// A name in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hit<'a> {
    /// Numbers of its tokens.
    pub(crate) tokens: Range<usize>,
    /// All senses, in the order of the files.
    pub(crate) senses: &'a [Sense],
}

/// All names in the document, the longest at each place; they do not overlap.
pub(crate) fn find<'a>(names: &'a Names, document: &Document) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    let Some(automaton) = names.automaton() else { return hits };
    let folded = Folded::new(document);
    let mut next = 0;
    while next < document.tokens().len() {
        let (mut end, mut hit) = longest_at(names, automaton, &folded, document, next);
        // "the West" is no name in "the West Bank".
        if hit.is_some() && document.word(next).eq_ignore_ascii_case("the") {
            let (further, behind) = longest_at(names, automaton, &folded, document, next + 1);
            if behind.is_some() && further > end {
                (end, hit) = (further, behind);
            }
        }
        hits.extend(hit);
        next = end.max(next + 1);
    }
    hits
}

/// The longest name that begins at a token, and the token to go on at.
fn longest_at<'a>(
    names: &'a Names,
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
                usize::try_from(value).ok().and_then(|group| names.spelt(group, &folded.text[begin..end], proper))
            {
                best = (token + 1, Some(Hit { tokens: first..token + 1, senses: &name.senses }));
            }
        }
    }
    best
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
