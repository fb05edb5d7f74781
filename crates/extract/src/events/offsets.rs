//! Dates that count from another event: "two days later, X met Y", "months after X visited Y".
//!
//! In: the events with the dates that their own clauses give. Out: further dates, where the event that they count from has one.

use entente_model::{Date, EventType};
use entente_nlp::{Deprel, Tag};

use super::{context::Context, draft::Draft, when};
use crate::time::{DateKind, DateMention, Unit};

/// How many sentences back "that meeting" reaches.
const REACH: usize = 4;

/// The nouns by which a text comes back to an event.
const EVENT_NOUNS: [(&str, EventType); 4] = [
    ("meeting-nouns", EventType::Meeting),
    ("call-nouns", EventType::Call),
    ("visit-nouns", EventType::Visit),
    ("attack-nouns", EventType::Attack),
];

/// Dates events by the length of time that parts them from others.
pub(crate) fn count(context: &Context<'_>, drafts: &mut [Draft]) {
    from_the_last(context, drafts);
    let clauses: Vec<Clauses<'_>> = context.dates.iter().filter_map(|mention| Clauses::at(context, mention)).collect();
    for Clauses { mention, after, main, other } in clauses {
        if let Some(date) = main.and_then(|main| date_of(context, drafts, main)) {
            lend(context, drafts, other, mention.counted_back(date, after));
        } else if main.is_some_and(|main| is_news(context, main)) {
            let date = context.article.published.and_then(|today| mention.counted_back_from_news(today, after));
            lend(context, drafts, other, date);
        } else if let (Some(main), Some(date)) = (main, date_of(context, drafts, other)) {
            lend(context, drafts, main, mention.counted_from(date));
        }
    }
}

/// Dates events that count their day from the dated event told last before them, or the last of which the day is known:
/// "two days later, X met Y". "Earlier in the day" is of the day that the sentence gives, "the same month" of the last that
/// the text gives, whatever it is of.
fn from_the_last(context: &Context<'_>, drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        if drafts[index].date.is_some() {
            continue;
        }
        let (sentence, trigger) = (drafts[index].sentence, drafts[index].trigger);
        let Some(mention) = when::offset(context, trigger, drafts[index].theme) else { continue };
        let given = match mention.kind {
            DateKind::Offset { count: 0, unit: Unit::Day } => day_given(context, sentence),
            DateKind::Offset { count: 0, .. } => last_given(context, sentence),
            _ => None,
        };
        if let Some(date) = given {
            drafts[index].date = mention.counted_from(date);
            continue;
        }
        let told = |known: &dyn Fn(Date) -> bool| {
            let before = |d: &&Draft| d.sentence < sentence && d.date.is_some_and(known);
            drafts.iter().filter(before).max_by_key(|d| (d.sentence, d.trigger)).and_then(|d| d.date)
        };
        let counted = told(&|_| true).and_then(|date| mention.counted_on(date));
        let date = counted.or_else(|| told(&|date| date.day.is_some()).and_then(|date| mention.counted_from(date)));
        drafts[index].date = date;
    }
}

/// "told reporters on Monday that they had met earlier in the day": the one day that the sentence gives.
fn day_given(context: &Context<'_>, sentence: usize) -> Option<Date> {
    let mut days = points(context, sentence).filter(|date| date.day.is_some());
    days.next().filter(|_| days.next().is_none())
}

/// The last date that the text gives before a sentence, near it.
fn last_given(context: &Context<'_>, sentence: usize) -> Option<Date> {
    (sentence.saturating_sub(REACH)..sentence).rev().find_map(|before| points(context, before).last())
}

/// The dates of a sentence at which something is.
fn points(context: &Context<'_>, sentence: usize) -> impl Iterator<Item = Date> {
    let mentions = context.dates_in(sentence).iter();
    mentions.filter(|mention| matches!(mention.kind, DateKind::Point)).filter_map(|mention| mention.date)
}

/// Two clauses with a length of time between them: "X fled a week **after** Y attacked".
struct Clauses<'a> {
    mention: &'a DateMention,
    /// "after", not "before".
    after: bool,
    /// The verb of the clause that the expression is part of.
    main: Option<usize>,
    /// The verb or noun that it counts from.
    other: usize,
}

impl<'a> Clauses<'a> {
    /// The clauses that an expression stands between.
    fn at(context: &Context<'a>, mention: &'a DateMention) -> Option<Self> {
        let document = context.document;
        let uncounted = matches!(mention.kind, DateKind::Duration { count: None, .. }) && mention.tokens.len() == 2;
        if !uncounted && !matches!(mention.kind, DateKind::Offset { .. }) {
            return None;
        }
        let link = mention.tokens.end - 1;
        let after = match document.word(link).to_lowercase().as_str() {
            "after" => true,
            "before" => false,
            _ => return None,
        };
        let (other, main) = match document.token(link).deprel {
            Deprel::Mark => {
                let other = document.head(link)?;
                // The parser takes the main clause for what is said now and then.
                let said = || document.children_by(other, Deprel::Ccomp).find(|&c| c < mention.tokens.start);
                (other, document.head(other).filter(|_| document.token(other).deprel == Deprel::Advcl).or_else(said))
            }
            Deprel::Prep => {
                let below = |deprel| document.children_by(link, deprel).next();
                (below(Deprel::Pcomp).or_else(|| below(Deprel::Pobj))?, document.head(link))
            }
            _ => return None,
        };
        (other > link).then_some(Self { mention, after, main, other })
    }
}

/// "**This** comes a week after X met Y", "donors **say** that they will wait, a day after X met Y": so long before the news.
fn is_news(context: &Context<'_>, verb: usize) -> bool {
    let present = matches!(context.document.token(verb).tag, Tag::Vbz | Tag::Vbp);
    occurring(context, verb).is_some_and(|subject| is_demonstrative(context, subject))
        || present && context.in_list(verb, "saying-verbs")
}

/// The date of what a verb or noun tells: that of the event, of the clause, or of what "that meeting" points at.
fn date_of(context: &Context<'_>, drafts: &[Draft], head: usize) -> Option<Date> {
    let event = drafts.iter().filter(|draft| is_told_by(context, draft, head)).find_map(|draft| draft.date);
    event.or_else(|| date_at(context, head)).or_else(|| date_pointed_at(context, drafts, head))
}

/// Gives the events that a verb or noun tells a date, where they have none.
fn lend(context: &Context<'_>, drafts: &mut [Draft], head: usize, date: Option<Date>) {
    for draft in drafts.iter_mut().filter(|draft| draft.date.is_none() && is_told_by(context, draft, head)) {
        draft.date = date;
    }
}

/// "**That meeting** came a day after": the day of the meeting told last.
fn date_pointed_at(context: &Context<'_>, drafts: &[Draft], head: usize) -> Option<Date> {
    let document = context.document;
    let subject = occurring(context, head)?;
    document.children_by(subject, Deprel::Det).find(|&det| is_demonstrative(context, det))?;
    let sentence = document.token(subject).sentence;
    let near = |other: usize| document.token(other).sentence + REACH >= sentence;
    let named = || {
        let mut before = (0..subject).rev().take_while(|&token| near(token));
        before.find(|&token| document.lemma(token) == document.lemma(subject))
    };
    let told = || {
        let (_, kind) = EVENT_NOUNS.iter().find(|(list, _)| context.in_list(subject, list))?;
        let before = |d: &&Draft| d.kind == *kind && d.trigger < subject && near(d.trigger);
        drafts.iter().filter(before).max_by_key(|d| d.trigger).and_then(|d| d.date)
    };
    named().and_then(|antecedent| date_at(context, antecedent)).or_else(told)
}

/// Whether an event is told by a verb or noun: itself, carried by it, or joined to it.
fn is_told_by(context: &Context<'_>, draft: &Draft, head: usize) -> bool {
    let document = context.document;
    let told = |trigger: usize| {
        let joined = document.token(trigger).deprel == Deprel::Conj && document.head(trigger) == Some(head);
        let subject = || document.children_by(trigger, Deprel::Nsubj).next().is_some();
        trigger == head || context.grammar().governor(trigger) == Some(head) || joined && !subject()
    };
    told(draft.trigger) || draft.more.iter().any(|more| told(more.trigger))
}

/// The subject of a verb that says of it when it was: "that **meeting** came".
fn occurring(context: &Context<'_>, verb: usize) -> Option<usize> {
    let occurs = ["occurring-verbs", "happening-verbs"].iter().any(|list| context.in_list(verb, list));
    context.document.children_by(verb, Deprel::Nsubj).next().filter(|_| occurs)
}

fn is_demonstrative(context: &Context<'_>, token: usize) -> bool {
    matches!(context.document.word(token).to_lowercase().as_str(), "this" | "that")
}

/// The date that stands with a verb or noun.
fn date_at(context: &Context<'_>, head: usize) -> Option<Date> {
    context
        .dates_in(context.document.token(head).sentence)
        .iter()
        .filter(|mention| matches!(mention.kind, DateKind::Point))
        .filter_map(|mention| Some((when::distance(context, mention, head, None)?, mention.date?)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, date)| date)
}
