//! What the next sentences say of those who sign and ratify an agreement told before: "Minister Adan **signed for** Kenya", "Somalia
//! has yet to **ratify it**".
//!
//! In: the article's events. Out: signatories and stages by party of the agreement told last.

use entente_model::{EntityKind, EventType, Factuality, Role, Stage};
use entente_nlp::Deprel;

use super::{Context, Draft};
use crate::{entities::EntityIndex, events::draft::Filled};

/// In how many sentences after it an agreement is taken up.
const REACH: usize = 3;

/// Adds who signs for whom and who ratifies to the agreement told last.
pub(super) fn take_up(context: &Context<'_>, events: &mut [Draft], verbs: &[usize]) {
    for &verb in verbs {
        if context.in_list(verb, "agreement-signing-verbs") {
            sign(context, events, verb);
        } else if context.in_list(verb, "agreement-ratifying-verbs") {
            ratify(context, events, verb);
        }
    }
}

/// "Foreign Minister Adan signed **for Kenya**"
fn sign(context: &Context<'_>, events: &mut [Draft], verb: usize) {
    let grammar = context.grammar();
    let whole = context.document.children_by(verb, Deprel::Dobj).next().is_none_or(|object| is_it(context, object));
    if !whole || grammar.status(verb).status != Factuality::Actual {
        return;
    }
    let sides: Vec<EntityIndex> =
        grammar.preposition(verb, "for").into_iter().flatten().flat_map(|side| context.actors(side)).collect();
    let persons: Vec<Filled> = grammar
        .subjects(verb)
        .into_iter()
        .flatten()
        .flat_map(|mention| context.actors(mention).into_iter().map(move |entity| Filled { entity, mention }))
        .filter(|filled| context.entities.get(filled.entity).kind == EntityKind::Person)
        .collect();
    for side in sides {
        let Some(event) = last_told(context, events, verb, side) else { continue };
        let mut signatories = event.role(Role::Signatory).to_vec();
        let new = persons.iter().filter(|person| event.role(Role::Signatory).iter().all(|s| s.entity != person.entity));
        signatories.extend(new);
        event.set_role(Role::Signatory, signatories);
    }
}

/// "Somalia ratified **it** in May", "Somalia has yet to ratify **it**"
fn ratify(context: &Context<'_>, events: &mut [Draft], verb: usize) {
    let (document, grammar) = (context.document, context.grammar());
    let pending = grammar.is_open(verb);
    if !document.children_by(verb, Deprel::Dobj).any(|object| is_it(context, object))
        || !pending && grammar.status(verb).status != Factuality::Actual
    {
        return;
    }
    let above = document.head(verb).filter(|_| document.token(verb).deprel == Deprel::Xcomp);
    let subjects = grammar.subjects(above.unwrap_or(verb)).into_iter().flatten();
    let states: Vec<EntityIndex> =
        subjects.flat_map(|subject| context.actors(subject)).filter_map(|side| context.state_of(side)).collect();
    for state in states {
        let Some(event) = last_told(context, events, verb, state) else { continue };
        let stage = (state, Stage::Ratified, pending);
        if event.party_stages.iter().all(|(party, held, _)| (*party, *held) != (state, Stage::Ratified)) {
            event.party_stages.push(stage);
        }
    }
}

/// "it", or "the treaty" again.
fn is_it(context: &Context<'_>, object: usize) -> bool {
    let again = || context.is_definite(object) && context.actors(object).is_empty();
    context.document.word(object).eq_ignore_ascii_case("it")
        || context.in_list(object, "agreement-core-nouns") && again()
}

/// The agreement of a party that was told last, near by.
fn last_told<'a>(
    context: &Context<'_>,
    events: &'a mut [Draft],
    verb: usize,
    party: EntityIndex,
) -> Option<&'a mut Draft> {
    let sentence = context.document.token(verb).sentence;
    let told = |event: &Draft| event.sentences().filter(|&told| told <= sentence).max();
    events
        .iter_mut()
        .filter(|event| event.kind == EventType::Agreement && event.entities(Role::Party).contains(&party))
        .filter(|event| told(event).is_some_and(|told| sentence - told <= REACH))
        .max_by_key(|event| told(event))
}
