//! Dates that one event of an article lends another: whom a traveller meets on a trip is met on the days of the trip.
//!
//! A meeting of a visitor at the destination, or with somebody of its country, takes the date of the visit where it has none,
//! and lends its own to a visit without one. Only where the article tells of one such visit, and both happened or both will.

use entente_model::{Date, EntityKind, EventType, Role};
use entente_nlp::{Deprel, Sentence};

use super::{context::Context, draft::Draft, when};
use crate::{entities::EntityIndex, time::DateKind};

/// Lends dates between visits and meetings.
pub(crate) fn lend_dates(context: &Context<'_>, drafts: &mut [Draft]) {
    let of_kind =
        |drafts: &[Draft], kind| -> Vec<usize> { (0..drafts.len()).filter(|&i| drafts[i].kind == kind).collect() };
    let visits = of_kind(drafts, EventType::Visit);
    for meeting in of_kind(drafts, EventType::Meeting) {
        let fitting: Vec<usize> =
            visits.iter().copied().filter(|&visit| belongs(context, &drafts[meeting], &drafts[visit])).collect();
        let dated: Vec<usize> = fitting.iter().copied().filter(|&v| drafts[v].date.is_some()).collect();
        let same_date = dated.windows(2).all(|pair| drafts[pair[0]].date == drafts[pair[1]].date);
        if drafts[meeting].date.is_none() && same_date {
            drafts[meeting].date = dated.first().and_then(|&visit| drafts[visit].date);
        } else if let (Some(date), true) = (drafts[meeting].date, dated.is_empty() && fitting.len() == 1) {
            drafts[fitting[0]].date = Some(date);
        }
    }
}

/// Dates each leg of a journey: "In Manila on August 6, the minister will meet ..." says when the minister is there.
pub(crate) fn date_legs(context: &Context<'_>, drafts: &mut [Draft]) {
    if drafts.iter().all(|draft| draft.kind != EventType::Visit) {
        return;
    }
    let legs: Vec<Leg> = context
        .document
        .sentences()
        .iter()
        .flat_map(|sentence| {
            let subjects = context.document.children_by(sentence.root, Deprel::Nsubj);
            subjects.filter_map(|subject| leg(context, sentence, subject))
        })
        .collect();
    for draft in drafts.iter_mut().filter(|d| d.kind == EventType::Visit) {
        let (visitors, destinations) = (draft.entities(Role::Visitor), draft.entities(Role::Destination));
        let told = |leg: &&Leg| {
            leg.travellers.iter().any(|traveller| visitors.contains(traveller))
                && destinations.iter().any(|d| *d == leg.place || leg.country == Some(*d))
        };
        if let Some(leg) = legs.iter().find(told) {
            draft.date = Some(leg.date);
            draft.until = None;
        }
    }
}

/// A part of a journey.
struct Leg {
    place: EntityIndex,
    country: Option<EntityIndex>,
    travellers: Vec<EntityIndex>,
    date: Date,
}

/// The leg that a sentence opens with, of whom its subject names: "In Manila on August 6, the minister will meet ...".
fn leg(context: &Context<'_>, sentence: &Sentence, subject: usize) -> Option<Leg> {
    let document = context.document;
    let opening = sentence.tokens.start;
    if !document.lemma(opening).eq_ignore_ascii_case("in") {
        return None;
    }
    let place = context.entities.place_of(document.children_by(opening, Deprel::Pobj).next()?)?;
    let mut dates = context.dates.iter().filter(|m| m.tokens.start > opening && m.tokens.start < subject);
    let date = dates.next().filter(|m| matches!(m.kind, DateKind::Point | DateKind::Range { .. }))?.date?;
    let country = country_of(context, place);
    date.day.is_some().then(|| Leg { place, country, travellers: context.actors(subject), date })
}

/// Dates events that count their day from the dated event told last before them: "two days later, X met Y".
pub(crate) fn count_offsets(context: &Context<'_>, drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        if drafts[index].date.is_some() {
            continue;
        }
        let Some(mention) = when::offset(context, drafts[index].trigger, drafts[index].theme) else { continue };
        let before = drafts
            .iter()
            .filter(|d| d.sentence < drafts[index].sentence && d.date.is_some_and(|date| date.day.is_some()))
            .max_by_key(|d| (d.sentence, d.trigger));
        drafts[index].date = before.and_then(|d| d.date).and_then(|date| mention.counted_from(date));
    }
}

/// Whether a meeting is part of a visit.
fn belongs(context: &Context<'_>, meeting: &Draft, visit: &Draft) -> bool {
    if meeting.factuality != visit.factuality {
        return false;
    }
    let participants = meeting.entities(Role::Participant);
    if !visit.role(Role::Visitor).iter().any(|visitor| participants.contains(&visitor.entity)) {
        return false;
    }
    let Some(destination) = visit.role(Role::Destination).first().map(|f| f.entity) else { return false };
    let country = country_of(context, destination);
    match meeting.place {
        Some(place) => {
            place == destination || country.is_some_and(|c| place == c || country_of(context, place) == Some(c))
        }
        None => country.is_some_and(|country| {
            let visitors = visit.entities(Role::Visitor);
            participants
                .iter()
                .any(|p| !visitors.contains(p) && (*p == country || context.entities.get(*p).country == Some(country)))
        }),
    }
}

/// The country that a place lies in, or the country itself.
fn country_of(context: &Context<'_>, place: EntityIndex) -> Option<EntityIndex> {
    let draft = context.entities.get(place);
    if draft.kind == EntityKind::Country { Some(place) } else { draft.country }
}
