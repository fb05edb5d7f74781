//! Documents for tests, cut like the parser cuts but without a tree: for grammars that read the text alone.

use entente_model::Span;
use entente_nlp::{Deprel, Document, Parts, Tag, Upos};

use super::words::{Kind, Words};

/// A document whose tokens are the units of the text, every one a root; a full stop before white space ends a sentence.
pub(crate) fn flat(text: &str) -> Document {
    let words = Words::new(text);
    let mut parts = Vec::new();
    let mut starts_sentence = true;
    for at in 0..words.len() {
        let span = words.span(&(at..at + 1));
        if words.kind(at) != Kind::Break {
            parts.push(Parts {
                span: Span::new(span.start, span.end),
                tag: Tag::Xx,
                upos: Upos::X,
                deprel: Deprel::Dep,
                head: parts.len(),
                starts_sentence,
                lemma: words.low(at),
            });
        }
        starts_sentence = words.raw(at) == "." && !words.glued(at + 1);
    }
    Document::new(text.to_owned(), parts, Vec::new())
}
