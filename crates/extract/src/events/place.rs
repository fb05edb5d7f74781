//! Where an event takes place: the place of an "in", "at" or "near" that hangs on it.

use entente_model::EntityKind;

use super::{context::Context, draft::Draft};
use crate::entities::EntityIndex;

/// Prepositions of place, the closest first.
const PREPOSITIONS: [&str; 5] = ["at", "in", "near", "outside", "on"];

/// The place of the event that a draft tells.
pub(crate) fn find(context: &Context<'_>, draft: &Draft) -> Option<EntityIndex> {
    let grammar = context.grammar();
    // "met X in Oslo": the parser hangs the place on the person now and then, where nothing but the meeting can be.
    let person = |entity: EntityIndex| context.entities.get(entity).kind == EntityKind::Person;
    let met =
        draft.roles.iter().flat_map(|(_, filled)| filled).filter(|f| person(f.entity) && f.mention > draft.trigger);
    let carriers =
        std::iter::once(draft.trigger).chain(grammar.governor(draft.trigger)).chain(met.map(|filled| filled.mention));
    carriers.into_iter().find_map(|carrier| {
        PREPOSITIONS
            .iter()
            .flat_map(|word| grammar.preposition(carrier, word))
            .flatten()
            .find_map(|token| context.entities.place_of(token))
    })
}
