//! What grammatical functions and statuses are read off real parses: one line a construction.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests, outside of test functions")]

use std::sync::OnceLock;

use entente_model::Factuality::{self, Actual, Denied, Planned, Possible};
use entente_nlp::{Document, Pipeline};
use entente_rules::{Grammar, Lexicon, Path};

fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/lexicon/words");
        let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap()))
            .collect();
        files.sort();
        Lexicon::load(files.iter().map(|(path, text)| (path.as_str(), text.as_str()))).unwrap()
    })
}

fn parse(text: &str) -> Document {
    static PIPELINE: OnceLock<Pipeline> = OnceLock::new();
    PIPELINE.get_or_init(|| Pipeline::load().unwrap()).parse(text)
}

fn token(document: &Document, word: &str) -> usize {
    (0..document.tokens().len()).find(|&t| document.word(t) == word).unwrap_or_else(|| panic!("no {word:?}"))
}

/// From a word of a sentence along a path: the words of the likeliest group.
fn check(text: &str, from: &str, path: &str, expected: &[&str]) {
    let document = parse(text);
    let grammar = Grammar::new(&document, lexicon());
    let groups = Path::parse(path).unwrap().walk(&grammar, token(&document, from));
    let found: Vec<&str> = groups.first().into_iter().flatten().map(|&t| document.word(t)).collect();
    assert_eq!(found, expected, "{path} of {from:?} in {text:?}");
}

#[test]
fn who_acts() {
    check("Norway shelled the island.", "shelled", "subject", &["Norway"]);
    check("The island was shelled by Norway.", "shelled", "subject", &["Norway"]);
    check("Norway and Sweden shelled the island.", "shelled", "subject", &["Norway", "Sweden"]);
    check("A Norway-led strike hit the island.", "strike", "doer", &["Norway"]);
    check(
        "Norway sent a letter to the head of the Bank (WHO) threatening to pull out.",
        "threatening",
        "subject",
        &["Norway"],
    );
    check("Norway met Sweden and signed a pact.", "signed", "subject", &["Norway"]);
    check("Norway agreed to sign a pact.", "sign", "subject", &["Norway"]);
    check("Norway urged Sweden to sign a pact.", "sign", "subject", &["Sweden"]);
    check("Norway called on Sweden to sign a pact.", "sign", "subject", &["Sweden"]);
    check("Norway accused Sweden of shelling the island.", "shelling", "subject", &["Sweden"]);
    check("After meeting the king, Norway signed a pact.", "meeting", "subject", &["Norway"]);
    check("Norway is due to visit Oslo.", "visit", "subject", &["Norway"]);
    check("The general who shelled the island fled.", "shelled", "subject", &["general"]);
    check("Norway issued a statement condemning the raid.", "condemning", "subject", &["Norway"]);
    check("Norway warned Sweden against shelling the island.", "shelling", "subject", &["Sweden"]);
    check("What Norway is doing is barbaric.", "barbaric", "subject", &["Norway"]);
}

#[test]
fn who_or_what_is_acted_on() {
    check("Norway shelled the island.", "shelled", "object", &["island"]);
    check("The island was shelled by Norway.", "shelled", "object", &["island"]);
    check("The island that Norway shelled is small.", "shelled", "object", &["island"]);
    check("The pact signed in Oslo is old.", "signed", "object", &["pact"]);
    check("Norway condemned and rejected the plan.", "condemned", "object", &["plan"]);
    check("Norway gave Sweden the tanks.", "gave", "indirect", &["Sweden"]);
    check("Norway denounced what it called Swedish interference.", "denounced", "object", &["interference"]);
    check("Norway described the plan as unacceptable.", "described", "complement", &["unacceptable"]);
    check("Norway pulled its troops back from the coast.", "pulled", "prep:from", &["coast"]);
    check(
        "Norway announced the deployment of 200 troops, including officers, to Sweden.",
        "deployment",
        "inside:to",
        &["Sweden"],
    );
    check("Norway filed a lawsuit against visiting Prince Olav.", "filed", "prep:against", &["Olav"]);
}

#[test]
fn infinitives_are_no_other_clauses() {
    check("Norway told Sweden to leave the island.", "told", "infinitive", &["leave"]);
    check("Norway told Sweden that it would leave the island.", "told", "infinitive", &[]);
}

#[test]
fn event_nouns() {
    check("Norway held talks with Sweden.", "talks", "subject", &["Norway"]);
    check("Norway held talks on Monday with Sweden.", "talks", "prep:with", &["Sweden"]);
    check("Norway's attack on the island failed.", "attack", "subject", &["Norway"]);
    check("An attack by Norway failed.", "attack", "subject", &["Norway"]);
    check("In a meeting with Sweden, Norway praised the plan.", "meeting", "matrix", &["Norway"]);
    check(
        "They discussed talks between Norway, Sweden and Finland.",
        "talks",
        "prep:between",
        &["Norway", "Sweden", "Finland"],
    );
}

#[test]
fn who_says_so() {
    check("Norway said that Sweden must leave.", "must", "sayer", &["Norway"]);
    check("Norway said that Sweden must leave.", "must", "governor", &["leave"]);
}

#[test]
fn a_particle_makes_another_verb() {
    let document = parse("They shot down a drone and carried out a raid.");
    let grammar = Grammar::new(&document, lexicon());
    assert!(!grammar.in_list(token(&document, "shot"), "attack-hard-verbs"));
    assert!(grammar.in_list(token(&document, "carried"), "light-verbs"));
}

/// The status of a word of a sentence.
fn status(text: &str, word: &str, expected: Factuality) {
    let document = parse(text);
    let found = Grammar::new(&document, lexicon()).status(token(&document, word)).status;
    assert_eq!(found, expected, "{word:?} in {text:?}");
}

#[test]
fn what_happened() {
    status("Norway signed the pact.", "signed", Actual);
    status("Norway said that it had signed the pact.", "signed", Actual);
    status("Norway held talks with Sweden.", "talks", Actual);
    status("Norway began to shell the island.", "shell", Actual);
}

#[test]
fn what_is_planned() {
    status("Norway will sign the pact.", "sign", Planned);
    status("Norway plans to sign the pact.", "sign", Planned);
    status("Norway said it would sign the pact.", "sign", Planned);
    status("The planned talks with Sweden are secret.", "talks", Planned);
    status("Norway looks forward to a meeting with Sweden.", "meeting", Planned);
}

#[test]
fn what_may_be() {
    status("Norway may sign the pact.", "sign", Possible);
    status("If Norway signs the pact, prices fall.", "signs", Possible);
    status("Norway called for talks with Sweden.", "talks", Possible);
    status("Norway accused Sweden of shelling the island.", "shelling", Possible);
    status("Did Norway sign the pact?", "sign", Possible);
}

#[test]
fn what_did_not_happen() {
    status("Norway did not sign the pact.", "sign", Denied);
    status("Norway refused to sign the pact.", "sign", Denied);
    status("Norway denied shelling the island.", "shelling", Denied);
    status("Norway cancelled the talks with Sweden.", "talks", Denied);
}
