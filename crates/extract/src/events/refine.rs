//! The day of a meeting that another sentence gives.
//!
//! In: the events with their dates. Out: further days: "next month's summit" is of the day of "the summit date is June 12", and the meeting "in
//! Pakistan this month" of the days on which "Pakistan will be hosting this year's summit".

use entente_model::{Date, EventType, Factuality, Role};
use entente_nlp::Deprel;

use super::{context::Context, draft::Draft, when};
use crate::{
    entities::EntityIndex,
    time::{DateKind, DateMention},
};

/// How many sentences back "attend" reaches.
const REACH: usize = 2;

/// Gives meetings known to the month the one day in it on which the article says that they are held.
pub(crate) fn days(context: &Context<'_>, drafts: &mut [Draft]) {
    let vague = |d: &Draft| d.kind == EventType::Meeting && d.date.is_some_and(|date| date.day.is_none());
    if !drafts.iter().any(vague) {
        return;
    }
    let days: Vec<Day<'_>> = context.dates.iter().filter_map(|mention| Day::at(context, mention)).collect();
    for index in 0..drafts.len() {
        if !vague(&drafts[index]) {
            continue;
        }
        let mut fitting = days.iter().filter(|day| day.is_of(context, &drafts[index]));
        let Some(day) = fitting.next().filter(|day| fitting.all(|other| other.date() == day.date())) else { continue };
        let taken = drafts.iter().any(|d| d.kind == EventType::Meeting && d.date == day.date());
        if !taken {
            drafts[index].date = day.date();
            if let DateKind::Range { end } = day.mention.kind {
                drafts[index].until = Some(end);
            }
        }
    }
}

/// "a summit in Cairo on Sunday ... If they **attend**, the two sides could hold talks": those are held on the day and in the place
/// of the meeting told last.
pub(crate) fn attended(context: &Context<'_>, drafts: &mut [Draft]) {
    let open = |d: &Draft| d.kind == EventType::Meeting && d.date.is_none() && d.factuality != Factuality::Actual;
    for draft in drafts.iter_mut().filter(|draft| open(draft)) {
        if !takes_up_attending(context, draft.sentence) {
            continue;
        }
        let before = draft.sentence.saturating_sub(REACH)..draft.sentence;
        let told = before.rev().find_map(|sentence| {
            let mut days = context.dates_in(sentence).iter().filter_map(|mention| Day::at(context, mention));
            days.next().filter(|_| days.next().is_none())
        });
        if let Some(day) = told {
            draft.date = day.date();
            draft.place = draft.place.or_else(|| day.place(context));
        }
    }
}

/// Whether somebody attends what the sentence doesn't name.
fn takes_up_attending(context: &Context<'_>, sentence: usize) -> bool {
    let document = context.document;
    let alone =
        |verb: usize| document.children(verb).all(|c| !matches!(document.token(c).deprel, Deprel::Dobj | Deprel::Prep));
    let mut tokens = document.sentences()[sentence].tokens.clone();
    tokens.any(|token| document.lemma(token) == "attend" && alone(token))
}

/// A day on which the text says that some meeting is held.
struct Day<'a> {
    mention: &'a DateMention,
    /// "summit"
    noun: usize,
    /// Whoever holds it.
    hosts: Vec<EntityIndex>,
}

impl<'a> Day<'a> {
    fn at(context: &Context<'a>, mention: &'a DateMention) -> Option<Self> {
        let document = context.document;
        if !matches!(mention.kind, DateKind::Point | DateKind::Range { .. }) || mention.date?.day.is_none() {
            return None;
        }
        let sentence = document.sentence_of(mention.tokens.start).tokens.clone();
        let mut nouns = sentence.filter(|&token| context.in_list(token, "meeting-nouns"));
        let noun = nouns.find(|&noun| {
            when::distance(context, mention, noun, None).is_some() || is_said_of(context, mention, noun)
        })?;
        let held = context.grammar().light_verb(noun);
        let subjects = held.into_iter().flat_map(|verb| context.grammar().subjects(verb).into_iter().flatten());
        Some(Self { mention, noun, hosts: subjects.flat_map(|subject| context.actors(subject)).collect() })
    }

    /// Where it is held: the place behind the noun.
    fn place(&self, context: &Context<'_>) -> Option<EntityIndex> {
        let mut places = context.grammar().preposition(self.noun, "in").into_iter().flatten();
        places.find_map(|place| context.entities.place_of(place))
    }

    fn date(&self) -> Option<Date> {
        self.mention.date
    }

    /// Whether the meeting of a draft is held on the day: in its month, called the same or held by who takes part or where it is.
    fn is_of(&self, context: &Context<'_>, draft: &Draft) -> bool {
        let document = context.document;
        let lemma = document.lemma(self.noun);
        let called = |token: usize| document.lemma(token) == lemma;
        let place = draft.place.into_iter().flat_map(|place| [Some(place), context.state_of(place)]).flatten();
        let hosts: Vec<EntityIndex> = draft.entities(Role::Participant).into_iter().chain(place).collect();
        let within = self.date().zip(draft.date).is_some_and(|(day, month)| Date { day: None, ..day } == month);
        within
            && is_definite(context, self.noun)
            && draft.sentence != document.token(self.noun).sentence
            && (called(draft.trigger)
                || draft.theme.is_some_and(called)
                || self.hosts.iter().any(|host| hosts.contains(host)))
    }
}

/// "the summit", "this year's summit", "the summit date": one that the reader knows of.
fn is_definite(context: &Context<'_>, noun: usize) -> bool {
    let document = context.document;
    let modified = document.token(noun).deprel == Deprel::Compound;
    let head = if modified { document.head(noun).unwrap_or(noun) } else { noun };
    context.is_definite(head) || document.children_by(head, Deprel::Poss).next().is_some()
}

/// "The original **summit** date was June 12": the day is what a noun of the meeting is.
fn is_said_of(context: &Context<'_>, mention: &DateMention, noun: usize) -> bool {
    let document = context.document;
    let subject = document.head(noun).filter(|_| document.token(noun).deprel == Deprel::Compound);
    let subject = subject.filter(|&date| matches!(document.lemma(date), "date" | "day"));
    let verb =
        subject.filter(|&date| document.token(date).deprel == Deprel::Nsubj).and_then(|date| document.head(date));
    verb.is_some_and(|verb| {
        document.lemma(verb) == "be" && mention.tokens.clone().any(|token| document.head(token) == Some(verb))
    })
}
