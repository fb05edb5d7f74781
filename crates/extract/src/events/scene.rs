//! Visits told by where somebody is, without a verb: "Adan in Oslo for talks", "Adan, in Oslo for a summit, said".
//!
//! In: the article's sentences. Out: the visit of a person behind whose name a place abroad and a purpose stand.

use entente_model::{EntityKind, EventType, Role};
use entente_nlp::{Deprel, Upos};

use super::{
    attributes,
    context::Context,
    draft::{Draft, Filled},
    status,
};
use crate::entities::EntityIndex;

/// What the events are told by, in place of a rule.
const RULE: &str = "visit.scene";
const CONFIDENCE: f64 = 0.9;

/// How many words a place may have, with an article.
const LONGEST: usize = 5;

/// The visits that the article tells so.
pub(crate) fn find(context: &Context<'_>) -> Vec<Draft> {
    let tokens = 0..context.document.tokens().len();
    tokens.filter_map(|token| scene(context, token).or_else(|| there(context, token))).collect()
}

/// "The talks were in Algiers. Adan flew **there** on Monday": to the one place that this sentence and the one before name so far.
fn there(context: &Context<'_>, adverb: usize) -> Option<Draft> {
    let document = context.document;
    if document.word(adverb) != "there" || document.token(adverb).deprel != Deprel::Advmod {
        return None;
    }
    let verb = document.head(adverb).filter(|&verb| context.in_list(verb, "travel-verbs"))?;
    let subject = context.grammar().subjects(verb).into_iter().flatten().next()?;
    let [person] = context.actors(subject)[..] else { return None };
    if context.entities.get(person).kind != EntityKind::Person {
        return None;
    }
    let before = document.token(adverb).sentence.saturating_sub(1);
    let mut places: Vec<(EntityIndex, usize)> = (document.sentences()[before].tokens.start..adverb)
        .filter_map(|token| Some((context.entities.place_of(token)?, token)))
        .filter(|&(place, _)| context.entities.get(place).kind == EntityKind::Place)
        .collect();
    places.sort_unstable();
    places.dedup_by_key(|(place, _)| *place);
    let [(place, mention)] = places[..] else { return None };
    if !is_abroad(context, person, place) {
        return None;
    }
    let mut draft = Draft::new(context, EventType::Visit, verb, RULE, CONFIDENCE);
    draft.set_role(Role::Visitor, vec![Filled { entity: person, mention: subject }]);
    draft.set_role(Role::Destination, vec![Filled { entity: place, mention }]);
    let told = status::apply(context, &mut draft);
    attributes::read(context, &mut draft);
    told.then_some(draft)
}

/// The visit that begins at an "in": "X in Oslo for talks" in a headline, "X, in Oslo for talks," anywhere.
fn scene(context: &Context<'_>, preposition: usize) -> Option<Draft> {
    let document = context.document;
    if document.word(preposition) != "in" {
        return None;
    }
    let before = preposition.checked_sub(1)?;
    let inside = document.sentence_of(preposition).tokens.clone();
    let in_headline = context.in_headline(preposition);
    let name = match document.word(before) {
        "," => before.checked_sub(1)?,
        _ if in_headline => before,
        _ => return None,
    };
    if !inside.contains(&name) || in_headline && (inside.start..name).any(|t| document.token(t).upos == Upos::Verb) {
        return None;
    }
    // "Adan of Kenya, in Oslo for talks": the name stands before whose minister it is.
    let of = document.ancestors(name).take(2).nth(1).filter(|&above| above < name);
    let (name, person) = std::iter::once(name).chain(of).find_map(|name| match context.actors(name)[..] {
        [person] if context.entities.get(person).kind == EntityKind::Person => Some((name, person)),
        _ => None,
    })?;
    if document.token(name).upos != Upos::Propn {
        return None;
    }
    let (last, place) = (preposition + 1..inside.end.min(preposition + 1 + LONGEST)).find_map(|token| {
        let place = context.entities.place_of(token)?;
        // Inside a longer name the last word counts: "New York City".
        let goes_on = token + 1 < inside.end && context.entities.place_of(token + 1) == Some(place);
        (!goes_on).then_some((token, place))
    })?;
    let between = (preposition + 1..last).all(|t| matches!(document.token(t).upos, Upos::Propn | Upos::Det));
    // "met X, in Oslo on Friday" says where they met.
    let purpose = inside.contains(&(last + 1))
        && matches!(document.word(last + 1), "for" | "to" | "on" | "ahead")
        && !context.is_in_date(last + 2);
    if !between || !purpose || !is_abroad(context, person, place) {
        return None;
    }
    let mut draft = Draft::new(context, EventType::Visit, preposition, RULE, CONFIDENCE);
    draft.set_role(Role::Visitor, vec![Filled { entity: person, mention: name }]);
    draft.set_role(Role::Destination, vec![Filled { entity: place, mention: last }]);
    Some(draft)
}

/// Whether the place is in another country than the person's own; a person without a known country is at home.
fn is_abroad(context: &Context<'_>, person: EntityIndex, place: EntityIndex) -> bool {
    let home = context.entities.get(person).country;
    home.is_some_and(|home| context.state_of(place).is_some_and(|country| country != home))
}
