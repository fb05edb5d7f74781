//! Events: rule matches over resolved entities in, events with attributes and evidence out.
//!
//! In: a parsed article, its entities, sums, dates and the rules. Out: [`Draft`]s, one for each event of the article:
//! roles filled with entities, attributes read off the sentence, partial mentions completed, mentions of the same event merged.

mod agreement;
mod aid;
mod attack;
mod attackers;
mod attributes;
mod borrow;
mod complete;
mod conflict;
mod contact;
mod context;
mod counterpart;
mod details;
mod draft;
mod fill;
mod finish;
mod focus;
mod gapping;
mod headline;
mod inherit;
mod joining;
mod merge;
mod offsets;
mod place;
mod plover;
mod positions;
mod refine;
mod refuse;
mod replies;
mod same_day;
mod sanction;
mod scene;
mod stance;
mod standing;
mod status;
mod unfit;
mod when;

use entente_model::{EntityKind, EventType};

pub(crate) use context::Context;
pub(crate) use draft::Draft;
pub(crate) use finish::events;

/// All events of an article, in order of first mention.
pub(crate) fn find(context: &Context<'_>) -> Vec<Draft> {
    let classes = |token| context.classes(token);
    let mut drafts: Vec<Draft> = context
        .rules
        .matches(context.document, &classes)
        .iter()
        .flat_map(|found| fill::drafts(context, found))
        .collect();
    drafts.extend(standing::find(context, &drafts));
    for draft in &mut drafts {
        attributes::read(context, draft);
    }
    merge::absorb_purposes(context, &mut drafts);
    gapping::settle(context, &mut drafts);
    complete::complete(context, &mut drafts);
    gapping::find(context, &mut drafts);
    replies::add(context, &mut drafts);
    drafts.retain(|draft| complete::is_whole(context, draft) && !is_sport(context, draft));
    standing::drop_told(&mut drafts);
    merge::drop_shadowed(context, &mut drafts);
    drafts.extend(headline::find(context));
    drafts.extend(scene::find(context));
    drafts.extend(positions::find(context));
    inherit::place_meetings(context, &mut drafts);
    drafts.sort_by_key(|draft| (draft.sentence, draft.trigger));
    let mut events = merge::merge(context, drafts);
    joining::join(context, &mut events);
    details::take_up(context, &mut events);
    conflict::later_tolls(context, &mut events);
    offsets::count(context, &mut events);
    refine::days(context, &mut events);
    refine::attended(context, &mut events);
    agreement::date_by_name(context, &mut events);
    inherit::date_legs(context, &mut events);
    inherit::lend_dates(context, &mut events);
    same_day::date_readouts(context, &mut events);
    same_day::date_joint_acts(context, &mut events);
    same_day::date_outcomes(context, &mut events);
    complete::settle_kinds(context, &mut events);
    events
}

/// "Sweden met Finland in the final": states without a person, in a sentence with words of sport.
fn is_sport(context: &Context<'_>, draft: &Draft) -> bool {
    let person = |f: &draft::Filled| context.entities.get(f.entity).kind == EntityKind::Person;
    let persons = draft.roles.iter().any(|(_, filled)| filled.iter().any(person));
    let sentence = context.document.sentences()[draft.sentence].tokens.clone();
    matches!(draft.kind, EventType::Meeting | EventType::Visit)
        && !persons
        && sentence.into_iter().any(|token| context.in_list(token, "sport-words"))
}
