//! Attributes of a draft, read off the sentence of its trigger.

use entente_model::{EventType, Factuality, Stage};

use super::{agreement, aid, contact, context::Context, details, draft::Draft, place, when};
use crate::quantities;

/// Fills date, place, sums, items, title, casualties and speaker.
pub(crate) fn read(context: &Context<'_>, draft: &mut Draft) {
    (draft.date, draft.until) = when::date(context, draft);
    let contact = matches!(draft.kind, EventType::Meeting | EventType::Call | EventType::Visit);
    if contact && draft.factuality == Factuality::Actual && contact::is_scheduled(context, draft) {
        draft.factuality = Factuality::Planned;
        draft.date = draft.date.or(context.article.published);
    }
    if contact && draft.factuality == Factuality::Actual && contact::is_to_come(context, draft) {
        draft.factuality = Factuality::Planned;
    }
    draft.speaker = context.entities.speaker_of(draft.trigger);
    match draft.kind {
        EventType::Aid => aid::read(context, draft),
        EventType::Agreement => {
            draft.title = agreement::title(context, draft.theme.unwrap_or(draft.trigger));
            // Where it is signed is where the act is; where it is agreed or in force may be where it holds.
            if draft.stage == Some(Stage::Signed) {
                draft.place = place::find(context, draft).or_else(|| agreement::place(context, draft));
            }
        }
        EventType::Meeting | EventType::Visit => draft.place = place::find(context, draft),
        EventType::Attack => {
            draft.place = place::find(context, draft);
            let casualties = quantities::casualties(
                context.document,
                context.document.sentences()[draft.sentence].tokens.clone(),
                draft.trigger,
            );
            (draft.killed, draft.injured) = (casualties.killed, casualties.injured);
            (draft.details.killed, draft.details.injured) = (casualties.killed_bounds, casualties.injured_bounds);
        }
        _ => {}
    }
    details::read(context, draft);
}
