//! Laws that hold for every text.

#![allow(clippy::unwrap_used, reason = "a test")]

#[path = "../benches/hostile/mod.rs"]
mod hostile;

use std::sync::LazyLock;

use entente_nlp::{Document, Layout, Pipeline, Upos};
use proptest::prelude::*;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::load().unwrap());

/// Texts with everything in them that tokenizers stumble over.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[A-Za-z]{1,12}",
        1 => "[0-9]{1,6}([.,][0-9]{1,3})?",
        1 => "[ \t\n\r\u{a0}\u{2009}\u{3000}]{1,3}",
        2 => "[.,;:!?'\"()\\[\\]{}<>/@#$%&*+=~^_|\\\\…“”‘’«»—–-]{1,4}",
        1 => "\\PC{1,6}",
        1 => prop::sample::select(vec![
            "can't", "U.S.", "10am", "he's", ":-)", "https://a.example/b?c=d", "$5bn", "5km/h", "C++", "a.m.", "'s", "n't",
            "👍🏽", "习近平", "президент", "\u{200d}", "\u{0}", "\u{feff}", "ﬁ", "İ", "ß", "e\u{301}",
        ]).prop_map(str::to_owned),
    ];
    prop::collection::vec((piece, prop::sample::select(vec!["", " ", " ", " ", "\n"])), 0..60)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, gap)| piece + gap).collect())
}

/// What must hold of a document.
fn check(text: &str, document: &Document) {
    let mut end = 0;
    for (number, token) in document.tokens().iter().enumerate() {
        assert!(token.span.start >= end && token.span.end > token.span.start, "tokens follow each other");
        assert!(text[end..token.span.start].chars().all(char::is_whitespace), "only white space lies between tokens");
        end = token.span.end;
        let sentence = document.sentence_of(number);
        assert!(
            sentence.tokens.contains(&number) && sentence.tokens.contains(&token.head),
            "the head is in the sentence"
        );
        assert!(
            document.ancestors(number).take(sentence.tokens.len() + 1).count() < sentence.tokens.len().max(1),
            "no ring"
        );
        assert!(document.children(number).all(|child| document.head(child) == Some(number)));
        assert!(document.phrase(number).contains(&number));
        assert!(document.subtree(number).all(|below| document.phrase(number).contains(&below)));
    }
    assert!(text[end..].chars().all(char::is_whitespace), "nothing is left out at the end");
    let mut next = 0;
    for sentence in document.sentences() {
        assert_eq!(sentence.tokens.start, next, "sentences follow each other");
        assert!(!sentence.tokens.is_empty());
        assert!(document.head(sentence.root).is_none());
        let below: usize =
            sentence.tokens.clone().filter(|&t| document.head(t).is_none()).map(|t| document.subtree(t).count()).sum();
        assert_eq!(below, sentence.tokens.len(), "every token hangs from one root");
        next = sentence.tokens.end;
    }
    assert_eq!(next, document.tokens().len());
    let mut next = 0;
    for entity in document.entities() {
        assert!(entity.tokens.start >= next && !entity.tokens.is_empty(), "entities do not overlap");
        assert_eq!(document.token(entity.tokens.start).sentence, document.token(entity.tokens.end - 1).sentence);
        assert_ne!(document.token(entity.tokens.start).upos, Upos::Space);
        next = entity.tokens.end;
    }
    assert_eq!(document.text(), text);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn documents_are_whole(text in text()) {
        for layout in [Layout::Lines, Layout::Flowing] {
            check(&text, &PIPELINE.parse_as(text.as_str(), layout));
        }
    }

    #[test]
    fn any_string_will_do(text in any::<String>()) {
        check(&text, &PIPELINE.parse(text.as_str()));
    }

    #[test]
    fn no_sentence_runs_over_a_line_break(text in text()) {
        let document = PIPELINE.parse(text.as_str());
        for sentence in document.sentences() {
            let range = document.span_of(sentence.tokens.clone());
            prop_assert!(!range.of(&text).contains(['\n', '\r']));
        }
    }
}

#[test]
fn hostile_texts_come_through() {
    for (_, text) in hostile::texts() {
        for layout in [Layout::Lines, Layout::Flowing] {
            let document = PIPELINE.parse_as(text.as_str(), layout);
            assert_eq!(document.text().len(), text.len());
        }
    }
}
