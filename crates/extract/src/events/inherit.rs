//! Dates and places that one event of an article lends another: whom a traveller meets on a trip is met on the days of the trip.
//!
//! A meeting of a visitor at the destination, or with somebody of its country, takes the date of the visit where it has none,
//! and lends its own to a visit without one. Only where the article tells of one such visit, and both happened or both will.
//! A meeting that a clause makes the purpose or the sequel of a journey is held where the journey goes.

use entente_model::{Date, EventType, Role};
use entente_nlp::{Deprel, Sentence};

use super::{
    context::Context,
    draft::{Draft, Filled},
    when,
};
use crate::{entities::EntityIndex, time::DateKind};

/// What a leg of a journey is told by, in place of a rule.
const LEG: &str = "visit.leg";
const LEG_CONFIDENCE: f64 = 0.9;

/// Gives a meeting the place of the journey that its own sentence makes it part of: "flew to Oslo for a meeting with X".
pub(crate) fn place_meetings(context: &Context<'_>, drafts: &mut [Draft]) {
    for meeting in 0..drafts.len() {
        if drafts[meeting].kind != EventType::Meeting || drafts[meeting].place.is_some() {
            continue;
        }
        let place = drafts
            .iter()
            .filter(|visit| is_stop_of(context, &drafts[meeting], visit))
            .map(|visit| visit.role(Role::Destination).first().map(|filled| filled.entity));
        let places: Vec<EntityIndex> = place.flatten().collect();
        if let [place] = places[..] {
            drafts[meeting].place = Some(place);
        }
    }
}

/// Whether the clause of a journey holds that of a meeting of the traveller, as its purpose or its sequel.
fn is_stop_of(context: &Context<'_>, meeting: &Draft, visit: &Draft) -> bool {
    let document = context.document;
    let participants = meeting.entities(Role::Participant);
    let told_together = visit.kind == EventType::Visit
        && visit.sentence == meeting.sentence
        && visit.trigger < meeting.trigger
        && visit.entities(Role::Visitor).iter().any(|visitor| participants.contains(visitor));
    // "flew to Oslo after meeting X": elsewhere.
    let elsewhere = |token: usize| matches!(document.lemma(token), "after" | "before" | "following" | "from");
    told_together
        && document.ancestors(meeting.trigger).any(|above| above == visit.trigger)
        && !document.ancestors(meeting.trigger).take_while(|&above| above != visit.trigger).any(elsewhere)
        && !document.children(meeting.trigger).any(|child| child < meeting.trigger && elsewhere(child))
}

/// Lends dates between visits and meetings.
pub(crate) fn lend_dates(context: &Context<'_>, drafts: &mut [Draft]) {
    let of_kind =
        |drafts: &[Draft], kind| -> Vec<usize> { (0..drafts.len()).filter(|&i| drafts[i].kind == kind).collect() };
    let visits = of_kind(drafts, EventType::Visit);
    for meeting in of_kind(drafts, EventType::Meeting) {
        let fitting: Vec<usize> =
            visits.iter().copied().filter(|&visit| belongs(context, &drafts[meeting], &drafts[visit])).collect();
        let dated: Vec<usize> = fitting.iter().copied().filter(|&v| drafts[v].date.is_some()).collect();
        if let ([visit], None) = (&fitting[..], drafts[meeting].place) {
            drafts[meeting].place = drafts[*visit].role(Role::Destination).first().map(|filled| filled.entity);
        }
        let same_date = dated.windows(2).all(|pair| drafts[pair[0]].date == drafts[pair[1]].date);
        let undated = drafts[meeting].date.is_none() && !when::is_open(context, &drafts[meeting]);
        if undated && same_date {
            drafts[meeting].date =
                dated.first().and_then(|&visit| date_of_stay(context, &drafts[visit], &drafts[meeting]));
        } else if let (Some(date), true) = (drafts[meeting].date, dated.is_empty() && fitting.len() == 1) {
            drafts[fitting[0]].date = Some(date);
        }
    }
}

/// The date that a visit gives what happens on it: its own, or no more than the month where the text tells the day of arrival
/// and the sentence is another.
fn date_of_stay(context: &Context<'_>, visit: &Draft, meeting: &Draft) -> Option<Date> {
    let date = visit.date?;
    let arrival = context.in_list(visit.trigger, "arriving-verbs") && visit.sentence != meeting.sentence;
    let ended =
        context.article.published.is_some_and(|today| Date { day: None, ..today } == Date { day: None, ..date });
    match date.day {
        Some(_) if arrival => Some(Date { day: None, ..date }).filter(|_| ended),
        _ => Some(date),
    }
}

/// Dates each leg of a journey: "In Manila on August 6, the minister will meet ..." says when the minister is there; and that
/// the journey of a traveller goes there, where nothing else does.
pub(crate) fn date_legs(context: &Context<'_>, drafts: &mut Vec<Draft>) {
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
    for draft in drafts.iter_mut().filter(|d| d.kind == EventType::Meeting && d.date.is_none()) {
        let participants = draft.entities(Role::Participant);
        let last = legs.iter().rfind(|leg| leg.sentence <= draft.sentence);
        let on_leg = |leg: &&Leg| {
            in_one_paragraph(context, leg.sentence, draft.sentence)
                && leg.travellers.iter().any(|traveller| participants.contains(traveller))
                && draft.place.is_none_or(|place| place == leg.place || leg.country == Some(place))
        };
        if let Some(leg) = last.filter(on_leg) {
            draft.date = Some(leg.date);
            draft.place = Some(leg.place);
        }
    }
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
    let untold: Vec<Draft> = legs.iter().filter_map(|leg| untold_leg(context, drafts, leg)).collect();
    drafts.extend(untold);
    drafts.sort_by_key(|draft| (draft.sentence, draft.trigger));
}

/// The visit of a leg that no visit of the traveller tells, abroad.
fn untold_leg(context: &Context<'_>, drafts: &[Draft], leg: &Leg) -> Option<Draft> {
    let [traveller] = leg.travellers[..] else { return None };
    let mut visits = drafts
        .iter()
        .filter(|d| d.kind == EventType::Visit && d.entities(Role::Visitor).contains(&traveller))
        .peekable();
    let journey = (*visits.peek()?).clone();
    let told = visits.flat_map(|visit| visit.entities(Role::Destination)).any(|place| {
        place == leg.place
            || leg.country == Some(place)
            || leg.country.is_some() && context.state_of(place) == leg.country
    });
    let home = context.entities.get(traveller).country;
    if told || leg.country.is_none() || home.is_none() || home == leg.country {
        return None;
    }
    let mention = context.document.children_by(leg.opening, Deprel::Pobj).next()?;
    let mut draft = Draft::new(context, EventType::Visit, leg.opening, LEG, LEG_CONFIDENCE);
    draft.set_role(
        Role::Visitor,
        journey.role(Role::Visitor).iter().copied().filter(|f| f.entity == traveller).collect(),
    );
    draft.set_role(Role::Destination, vec![Filled { entity: leg.place, mention }]);
    draft.factuality = context.grammar().status(context.document.sentences()[leg.sentence].root).status;
    draft.date = Some(leg.date);
    Some(draft)
}

/// Whether no line ends between two sentences.
pub(super) fn in_one_paragraph(context: &Context<'_>, first: usize, second: usize) -> bool {
    let sentences = context.document.sentences();
    let between = sentences[first].span.start..sentences[second.max(first)].span.start;
    !context.document.text()[between].contains('\n')
}

/// A part of a journey.
struct Leg {
    sentence: usize,
    opening: usize,
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
    let mut dates = context
        .dates_in(document.token(opening).sentence)
        .iter()
        .filter(|m| m.tokens.start > opening && m.tokens.start < subject);
    let date = dates.next().filter(|m| matches!(m.kind, DateKind::Point | DateKind::Range { .. }))?.date?;
    let country = context.state_of(place);
    date.day.is_some().then(|| Leg {
        sentence: document.token(opening).sentence,
        opening,
        place,
        country,
        travellers: context.actors(subject),
        date,
    })
}

/// Whether a meeting is part of a visit.
fn belongs(context: &Context<'_>, meeting: &Draft, visit: &Draft) -> bool {
    if is_stop_of(context, meeting, visit) {
        return true;
    }
    if meeting.factuality != visit.factuality {
        return false;
    }
    let participants = meeting.entities(Role::Participant);
    if !visit.role(Role::Visitor).iter().any(|visitor| participants.contains(&visitor.entity)) {
        return false;
    }
    let Some(destination) = visit.role(Role::Destination).first().map(|f| f.entity) else { return false };
    let country = context.state_of(destination);
    match meeting.place {
        Some(place) => {
            place == destination || country.is_some_and(|c| place == c || context.state_of(place) == Some(c))
        }
        None => country.is_some_and(|country| {
            let visitors = visit.entities(Role::Visitor);
            participants
                .iter()
                .any(|p| !visitors.contains(p) && (*p == country || context.entities.get(*p).country == Some(country)))
        }),
    }
}
