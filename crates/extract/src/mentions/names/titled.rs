//! Persons by the title before them: "Secretary Austin" is nobody from Texas.

use std::collections::HashMap;
use std::ops::Range;

use entente_nlp::{Document, EntityLabel, Upos};

use super::{Name, NameKind, lower};
use crate::actors::Sense;
use crate::mentions::Vocabulary;

/// Heads of titles that never stand right before a name: "Executive Order" is no Mr Order.
const NO_ADDRESS: [&str; 9] =
    ["administrator", "delegate", "deputy", "executive", "head", "member", "official", "principal", "trustee"];

/// Words behind a title are a person: "Secretary Austin", "Minister Umerov", "Mr. Jordan".
pub(super) fn claim_titled(document: &Document, vocabulary: &Vocabulary, all: &mut Vec<Name>) {
    let mut taken: HashMap<usize, usize> = HashMap::new();
    for (number, name) in all.iter().enumerate() {
        for token in name.tokens.clone() {
            taken.entry(token).or_insert(number);
        }
    }
    let count = document.tokens().len();
    let mut claimed: Vec<Range<usize>> = Vec::new();
    for title in 0..count.saturating_sub(1) {
        let word = lower(document, title);
        let capital = document.word(title).chars().next().is_some_and(char::is_uppercase);
        let plain_honorific =
            matches!(word.as_str(), "mr" | "mrs" | "ms" | "mx" | "dr" | "sen" | "rep" | "gov" | "gen" | "sgt" | "col");
        let title_like = capital
            && (plain_honorific
                || (vocabulary.has("office-heads", &word) && !NO_ADDRESS.contains(&word.as_str()))
                || (vocabulary.has("honorifics", &word)
                    && !matches!(word.as_str(), "the" | "his" | "her" | "hon" | "royal" | "chief")));
        if !title_like
            || in_other_name(document, title)
            || taken.get(&title).is_some_and(|&n| all[n].tokens.end > title + 1)
        {
            continue;
        }
        let mut first = title + 1;
        if document.word(first) == "." {
            first += 1;
        }
        let sentence_end = document.sentence_of(title).tokens.end;
        let mut end = first;
        while end < sentence_end && is_name_word(document, vocabulary, end) {
            end += 1;
        }
        // "Chief Technical Officer": the words belong to a title that goes on.
        let title_goes_on = end < sentence_end && vocabulary.has("office-heads", &lower(document, end));
        if end == first || end > first + 4 || title_goes_on {
            continue;
        }
        if let Some(&number) = taken.get(&first) {
            let name = &mut all[number];
            // A known country or organisation is no surname, unless a plain "Mr" says so.
            let unknown = name.senses.is_empty();
            if name.kind == NameKind::Person || !(unknown || plain_honorific || is_surname_place(name)) {
                continue;
            }
            if name.tokens.start == first && name.tokens.end <= end.max(first + 1) {
                name.kind = NameKind::Person;
                name.senses.clear();
                name.tokens.end = name.tokens.end.max(end);
            }
        } else if !(first..end).any(|t| taken.contains_key(&t)) {
            claimed.push(first..end);
        }
    }
    for tokens in claimed {
        all.push(Name { tokens, kind: NameKind::Person, senses: Vec::new(), label: None });
    }
}

/// Whether the model reads a token as part of the name of an event, a work or a law: "the King Cup Finals".
pub(in crate::mentions) fn in_other_name(document: &Document, token: usize) -> bool {
    document.entity_at(token).is_some_and(|span| {
        span.tokens.len() > 1
            && matches!(
                span.label,
                EntityLabel::Event
                    | EntityLabel::WorkOfArt
                    | EntityLabel::Law
                    | EntityLabel::Product
                    | EntityLabel::Fac
            )
    })
}

/// A single known place may be a surname behind a title: "Secretary Austin", "Minister Jordan".
fn is_surname_place(name: &Name) -> bool {
    name.tokens.len() == 1
        && name.senses.iter().all(|sense| matches!(sense, Sense::Actor(_)))
        && matches!(name.kind, NameKind::Place)
}

/// Whether a token can be part of a person's name: a capital, and no title.
pub(super) fn is_name_word(document: &Document, vocabulary: &Vocabulary, token: usize) -> bool {
    let at = document.token(token);
    let word = document.word(token);
    if !word.chars().next().is_some_and(char::is_uppercase) || !matches!(at.upos, Upos::Propn) {
        return false;
    }
    let word = lower(document, token);
    let plural_head = word.strip_suffix('s').is_some_and(|singular| vocabulary.has("office-heads", singular));
    !plural_head
        && !vocabulary.has("office-heads", &word)
        && !vocabulary.has("office-portfolios", &word)
        && !vocabulary.has("honorifics", &word)
        && !vocabulary.has("occupations", &word)
}
