//! Persons called by one word that the model misses or takes for something else: "Scholz called Macron", "Russia's Lavrov".
//!
//! In: names so far, the registry and the day of the article. Out: persons, where one and only one holder of a high office is
//! called so, or somebody whom the text names in full, and the word is no other known name.

use std::collections::HashSet;

use entente_model::{Date, EntityKind};
use entente_nlp::{Document, EntityLabel, EntitySpan, Tag, Upos};

use super::vote::is_headline;
use super::{Name, NameKind};
use crate::actors::{ActorIndex, Actors, PersonIndex, Sense};
use crate::mentions::{Vocabulary, class};

/// For how many days after the office the news calls a leader by surname: ten years of twelve months of 31 days.
pub(crate) const LATELY: i64 = 10 * 372;

/// Makes persons of the surnames of those in power.
pub(super) fn claim_known(
    document: &Document,
    actors: &Actors,
    vocabulary: &Vocabulary,
    date: Option<Date>,
    all: &mut Vec<Name>,
) {
    let Some(date) = date else { return };
    let senses = all.iter().flat_map(|name| &name.senses);
    let named: Vec<ActorIndex> = senses
        .filter_map(|sense| match *sense {
            Sense::Actor(actor) | Sense::Demonym(actor) | Sense::Government(actor) => Some(actor),
            Sense::Person(_) => None,
        })
        .collect();
    for token in 0..document.tokens().len() {
        if !may_be_surname(document, token) {
            continue;
        }
        let word = document.word(token);
        let taken = all.iter().position(|name| name.tokens.contains(&token));
        let free = taken.is_none_or(|number| {
            let name = &all[number];
            name.tokens.len() == 1 && name.senses.is_empty() && name.kind != NameKind::Person
        });
        let elsewhere = actors.lookup(word).iter().any(|sense| !matches!(sense, Sense::Person(_)));
        if !free || elsewhere || !is_known(actors, vocabulary, word, date, &named) {
            continue;
        }
        match taken {
            Some(number) => all[number].kind = NameKind::Person,
            None => all.push(Name {
                tokens: token..token + 1,
                kind: NameKind::Person,
                senses: Vec::new(),
                label: Some(EntityLabel::Person),
            }),
        }
    }
}

/// Makes persons of words by which the text calls those whom it names in full elsewhere: "Abiy Ahmed ... Abiy had flown".
pub(super) fn claim_repeated(document: &Document, actors: &Actors, all: &mut Vec<Name>) {
    let mut claimed = vec![false; document.tokens().len()];
    let mut words: HashSet<&str> = HashSet::new();
    for name in all.iter() {
        claimed[name.tokens.clone()].fill(true);
        if name.kind == NameKind::Person && name.tokens.len() > 1 {
            words.extend([name.tokens.start, name.tokens.end - 1].map(|token| document.word(token)));
        }
    }
    for (token, _) in claimed.iter().enumerate().filter(|(_, claimed)| !**claimed) {
        let word = document.word(token);
        if words.contains(word)
            && may_be_surname(document, token)
            && actors.lookup(word).iter().all(|sense| matches!(sense, Sense::Person(_)))
        {
            let tokens = token..token + 1;
            all.push(Name { tokens, kind: NameKind::Person, senses: Vec::new(), label: Some(EntityLabel::Person) });
        }
    }
}

/// Whether a token looks like a name that stands by itself: a capital, no other name beside it, no date and no work.
fn may_be_surname(document: &Document, token: usize) -> bool {
    let proper = |token: usize| {
        document.token(token).upos == Upos::Propn && document.word(token).chars().next().is_some_and(char::is_uppercase)
    };
    let word = document.word(token);
    let sentence = document.sentence_of(token).tokens.clone();
    // "In Paris Adan met", "On Monday Adan met": where and when, by a span of its own.
    let scene =
        |other: usize| document.entity_at(other).is_some_and(|span| span.is_scene() && span.tokens.end == token);
    let beside = [token.checked_sub(1), Some(token + 1)];
    let alone = beside
        .into_iter()
        .flatten()
        .filter(|other| sentence.contains(other))
        .all(|other| (!proper(other) || scene(other)) && !matches!(document.word(other), "-" | "&" | "the"));
    let lower = word.chars().skip(1).any(char::is_lowercase);
    // "On July 8 Abiy had flown": the model takes the name for part of the date.
    let behind_date = |span: &EntitySpan| {
        let day = token.checked_sub(1).is_some_and(|before| document.token(before).tag == Tag::Cd);
        span.label == EntityLabel::Date && day && span.tokens.end == token + 1
    };
    let other_kind = || {
        document.entity_at(token).is_some_and(|span| {
            let actor = matches!(
                span.label,
                EntityLabel::Person | EntityLabel::Org | EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Norp
            );
            !actor && !behind_date(span)
        })
    };
    let named = matches!(document.token(token).tag, Tag::Nnp | Tag::Nnps);
    proper(token)
        && alone
        && lower
        && named
        && !other_kind()
        && word.chars().count() >= 4
        && !is_headline(document, token)
}

/// The only person of this surname in high office on that day, or of late where the text names the state.
fn is_known(actors: &Actors, vocabulary: &Vocabulary, surname: &str, date: Date, named: &[ActorIndex]) -> bool {
    let people = actors.by_surname(surname);
    let led_a_named_state = |person: PersonIndex| {
        actors.person(person).offices.iter().any(|office| {
            office.classes & class::TOP != 0 && named.contains(&office.of) && office.distance(date) <= LATELY
        })
    };
    let count = |known: &dyn Fn(PersonIndex) -> bool| people.iter().filter(|&&person| known(person)).count();
    match count(&|person| is_prominent(actors, vocabulary, person, date)) {
        0 => count(&led_a_named_state) == 1,
        prominent => prominent == 1,
    }
}

/// Whether a surname alone means somebody to readers everywhere on that day: the leader of a state that is always in the
/// news, and any leader or foreign minister whose surname hardly anybody else in the files has.
pub(crate) fn is_prominent(actors: &Actors, vocabulary: &Vocabulary, person: PersonIndex, date: Date) -> bool {
    let known = actors.person(person);
    let rare = actors.by_surname(&known.surname).len() <= 2;
    known.offices.iter().any(|office| {
        let state = actors.actor(office.of);
        let leads = office.classes & class::TOP != 0;
        let everywhere = || vocabulary.has("states-in-the-news", &state.name.to_lowercase());
        state.kind == EntityKind::Country
            && office.from.is_some()
            && office.held_on(date)
            && (leads && everywhere() || rare && (leads || office.classes & class::FOREIGN_MINISTER != 0))
    })
}
