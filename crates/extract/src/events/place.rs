//! Where an event takes place: the place of an "in", "at" or "near" that hangs on it, or that it is part of.

use entente_model::{EntityKind, EventType};
use entente_nlp::{Deprel, Upos};

use super::{context::Context, draft::Draft, when};
use crate::entities::EntityIndex;

/// Prepositions of place, the closest first.
const PREPOSITIONS: [&str; 5] = ["at", "in", "near", "outside", "on"];
/// Prepositions before what a meeting is part of: "on the sidelines of the summit in Oslo", "during a visit to Oslo".
const AROUND: [&str; 5] = ["on", "at", "during", "behind", "in"];
/// How many nouns may stand between such a preposition and the place.
const DEPTH: usize = 3;

/// The place of the event that a draft tells.
pub(crate) fn find(context: &Context<'_>, draft: &Draft) -> Option<EntityIndex> {
    let grammar = context.grammar();
    // "met X in Oslo": the parser hangs the place on the person now and then, where nothing but the meeting can be.
    let met = draft.roles.iter().flat_map(|(_, filled)| filled).filter(|f| {
        let person = context.entities.get(f.entity).kind == EntityKind::Person;
        let noun = draft.kind == EventType::Meeting && context.document.token(f.mention).upos == Upos::Noun;
        (person || noun) && f.mention > draft.trigger
    });
    let carriers: Vec<usize> = std::iter::once(draft.trigger)
        .chain(grammar.governor(draft.trigger))
        .chain(met.flat_map(|filled| {
            // "met his counterpart, X, in Oslo": or on the name behind.
            let names = context.document.children_by(filled.mention, Deprel::Appos);
            std::iter::once(filled.mention).chain(names).collect::<Vec<_>>()
        }))
        .chain(happening(context, draft.trigger))
        .collect();
    // "a dialogue on China": what talks are about.
    let talks = draft.kind == EventType::Meeting && context.document.token(draft.trigger).upos != Upos::Verb;
    let prepositions = if talks { &PREPOSITIONS[..4] } else { &PREPOSITIONS[..] };
    let plain = carriers.iter().find_map(|&carrier| at(context, carrier, prepositions));
    plain.or_else(|| {
        let contact = matches!(draft.kind, EventType::Meeting | EventType::Agreement);
        let around = || carriers.iter().find_map(|&carrier| around(context, carrier));
        if contact { where_clause(context, draft.trigger).or_else(around) } else { None }
    })
}

/// The place behind one of the prepositions of a word.
fn at(context: &Context<'_>, carrier: usize, prepositions: &[&str]) -> Option<EntityIndex> {
    let grammar = context.grammar();
    let objects = prepositions.iter().flat_map(|word| grammar.preposition(carrier, word)).flatten();
    objects.into_iter().find_map(|token| context.entities.place_of(token))
}

/// The verb that says of an event noun that it takes place, and that of "the last time they met was in Oslo".
fn happening(context: &Context<'_>, trigger: usize) -> Option<usize> {
    let document = context.document;
    let of_time = document.head(trigger).filter(|&head| {
        document.token(trigger).deprel == Deprel::Relcl && matches!(document.lemma(head), "time" | "occasion")
    });
    let noun = of_time.unwrap_or(trigger);
    let verb = document.head(noun).filter(|_| document.token(noun).deprel == Deprel::Nsubj);
    let below = || document.children(noun).find(|&verb| when::says_when(context, verb, &[Some(noun)]));
    verb.filter(|&verb| context.in_list(verb, "occurring-verbs")).or_else(below)
}

/// "Oslo, **where** they met": the place that the clause hangs on, or that stands right before it.
fn where_clause(context: &Context<'_>, trigger: usize) -> Option<EntityIndex> {
    let document = context.document;
    let verb = std::iter::once(trigger).chain(context.grammar().governor(trigger)).find(|&verb| {
        let opened = |c: usize| c < verb && document.word(c).eq_ignore_ascii_case("where");
        document.children_by(verb, Deprel::Advmod).any(opened)
    })?;
    let opening = document.phrase(verb).start;
    let before = (document.sentence_of(verb).tokens.start..opening).rev().find(|&t| document.word(t) != ",");
    let antecedent = document.head(verb).filter(|_| document.token(verb).deprel == Deprel::Relcl);
    antecedent.into_iter().chain(before).find_map(|token| context.entities.place_of(token))
}

/// "on the sidelines of the summit in **Oslo**", "behind closed doors in **Oslo**", "during a visit to **Oslo**".
fn around(context: &Context<'_>, carrier: usize) -> Option<EntityIndex> {
    let grammar = context.grammar();
    let mut level: Vec<usize> = AROUND.iter().flat_map(|word| grammar.preposition(carrier, word)).flatten().collect();
    // "sat down for talks in Oslo"
    let talks = |noun: &usize| context.in_list(*noun, "bilateral-meeting-nouns");
    level.extend(grammar.preposition(carrier, "for").into_iter().flatten().filter(talks));
    for _ in 0..DEPTH {
        let place = level.iter().find_map(|&noun| {
            let visit = context.in_list(noun, "visit-nouns");
            at(context, noun, if visit { &["to", "in"] } else { &PREPOSITIONS[..2] })
        });
        if place.is_some() {
            return place;
        }
        level = level.iter().flat_map(|&noun| grammar.preposition(noun, "of")).flatten().collect();
    }
    None
}
