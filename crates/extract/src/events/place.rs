//! Where an event takes place: the place of an "in", "at" or "near" that hangs on it.

use super::context::Context;
use crate::entities::EntityIndex;

/// Prepositions of place, the closest first.
const PREPOSITIONS: [&str; 5] = ["at", "in", "near", "outside", "on"];

/// The place of the event that a trigger tells.
pub(crate) fn find(context: &Context<'_>, trigger: usize) -> Option<EntityIndex> {
    let grammar = context.grammar();
    let carriers = std::iter::once(trigger).chain(grammar.governor(trigger));
    carriers.into_iter().find_map(|carrier| {
        PREPOSITIONS
            .iter()
            .flat_map(|word| grammar.preposition(carrier, word))
            .flatten()
            .find_map(|token| context.entities.place_of(token))
    })
}
