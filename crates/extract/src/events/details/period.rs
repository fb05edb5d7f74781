//! The time that aid is for, and the time that an agreement runs.
//!
//! In: a draft. Out: its [`Period`]. "over the next four years" is a length, "until 2035" a last date, "for 2025" a first and a last one.
//! What is past ("over the past year") is no period of a promise, and the day of signing no part of the term.

use entente_model::{Date, EventType, Length, Period, TimeUnit};
use entente_nlp::Deprel;

use super::{super::when, Context, Draft, theme};
use crate::time::{DateKind, DateMention, Unit};

/// The period that a sentence gives; none where it gives none.
pub(super) fn read(context: &Context<'_>, draft: &Draft) -> Option<Period> {
    let mut period = Period::default();
    for mention in context.dates_in(draft.sentence) {
        if belongs(context, draft, mention) {
            add(context, draft, mention, &mut period);
        }
    }
    period.annual |= draft.kind == EventType::Aid && is_annual(context, draft);
    (!period.is_empty()).then_some(period)
}

/// Whether "for 2025" tells what year aid is for, not when it is given.
pub(crate) fn is_period_of_aid(context: &Context<'_>, mention: &DateMention) -> bool {
    mention.date.is_some_and(|date| date.day.is_none())
        && (opener(context, mention) == "for" || is_budget_year(context, mention))
}

/// A date expression of the event's own phrase, or one that hangs on its verb.
fn belongs(context: &Context<'_>, draft: &Draft, mention: &DateMention) -> bool {
    // "$100 million in 2022, $300 million for 2024": of the sum that stands before it.
    let sentence = context.document.sentence_of(draft.trigger).tokens.clone();
    let sum = context
        .money
        .iter()
        .rev()
        .find(|money| sentence.contains(&money.tokens.start) && money.tokens.end <= mention.tokens.start);
    if draft.kind == EventType::Aid && draft.amount.is_some() && sum.is_some_and(|sum| Some(sum.amount) != draft.amount)
    {
        return false;
    }
    modifies(context, mention, theme(draft)) || when::distance(context, mention, draft.trigger, draft.theme).is_some()
}

fn add(context: &Context<'_>, draft: &Draft, mention: &DateMention, period: &mut Period) {
    let opener = opener(context, mention);
    let agreement = draft.kind == EventType::Agreement;
    let is = |list: &str| context.rules.lexicon().contains(list, &opener);
    match mention.kind {
        DateKind::Duration { count: Some(count), unit } => {
            let past = mention.tokens.clone().any(|t| is_past(context, t)) || has_perfect(context, draft.trigger);
            // "the 11-year anniversary"
            let marks = document_head(context, mention).is_some_and(|noun| context.in_list(noun, "marking-nouns"));
            // "a three-day-old truce": its age.
            let aged = mention.tokens.end < context.document.sentence_of(draft.trigger).tokens.end
                && context.document.phrase(theme(draft)).any(|t| context.document.lemma(t) == "old");
            let past = past || marks || aged;
            let ahead = mention.tokens.clone().any(|t| context.in_list(t, "coming-words"));
            let own = modifies(context, mention, theme(draft)) || (opener == "of" && agreement);
            if !past && (own || is("period-prepositions") || (ahead && is("period-prepositions-ahead"))) {
                period.length = period.length.or_else(|| length(count, unit));
            }
        }
        DateKind::Until if is("until-words") => period.until = period.until.or(mention.date),
        DateKind::Range { end } if whole(mention.date, end) && (!agreement || opener == "for" || opener == "from") => {
            period.from = period.from.or(mention.date);
            period.until = period.until.or(Some(end));
        }
        DateKind::Point if !agreement && is_period_of_aid(context, mention) => {
            period.from = period.from.or(mention.date);
            period.until = period.until.or(mention.date);
        }
        DateKind::Recurring if draft.amount.is_some() => {
            period.annual |= mention.tokens.clone().any(|t| context.document.lemma(t) == "year");
        }
        _ => {}
    }
}

/// The word that a date expression hangs on.
fn document_head(context: &Context<'_>, mention: &DateMention) -> Option<usize> {
    mention.tokens.clone().filter_map(|t| context.document.head(t)).find(|head| !mention.tokens.contains(head))
}

/// Years and months are a term; days may be those of a visit.
fn whole(first: Option<Date>, last: Date) -> bool {
    first.is_some_and(|first| first.day.is_none()) && last.day.is_none()
}

/// "the past two years", "recent months".
fn is_past(context: &Context<'_>, token: usize) -> bool {
    context.in_list(token, "past-words")
}

/// "has paid them for ten years" tells what was.
fn has_perfect(context: &Context<'_>, trigger: usize) -> bool {
    let document = context.document;
    document.children_by(trigger, Deprel::Aux).any(|aux| document.lemma(aux) == "have")
}

/// The word before a date expression, past "the", "at least" and the like; in lower case.
fn opener(context: &Context<'_>, mention: &DateMention) -> String {
    let sentence = context.document.sentence_of(mention.tokens.start).tokens.clone();
    let skipped = |t: usize| context.rules.lexicon().contains("date-openers", &context.document.word(t).to_lowercase());
    // "for a period of five years", but "a truce of five days".
    let inside = |t: usize| context.document.word(t) == "of" && t > sentence.start && skipped(t - 1);
    let found = (sentence.start..mention.tokens.start).rev().find(|&t| !skipped(t) && !inside(t));
    found.map(|t| context.document.word(t).to_lowercase()).unwrap_or_default()
}

/// "in fiscal year 2025", "the 2025 budget year".
fn is_budget_year(context: &Context<'_>, mention: &DateMention) -> bool {
    let before = mention.tokens.start.saturating_sub(2)..mention.tokens.start;
    before.into_iter().any(|t| context.in_list(t, "budget-year-words"))
}

/// "a five-year loan", "the 2024-2027 programme": the expression stands before the noun.
fn modifies(context: &Context<'_>, mention: &DateMention, noun: usize) -> bool {
    let document = context.document;
    mention.tokens.clone().any(|t| {
        document.head(t) == Some(noun)
            && t < noun
            && matches!(document.token(t).deprel, Deprel::Compound | Deprel::Amod | Deprel::Nummod | Deprel::Nmod)
    })
}

/// "an annual grant", "$50 million a year", "pays $50 million annually".
fn is_annual(context: &Context<'_>, draft: &Draft) -> bool {
    let document = context.document;
    let listed = |token: usize| context.in_list(token, "annual-words");
    let described = document.children(theme(draft)).any(|c| document.token(c).deprel == Deprel::Amod && listed(c));
    let advised = document
        .children(draft.trigger)
        .any(|c| document.token(c).deprel == Deprel::Advmod && c > draft.trigger && listed(c));
    described || advised || draft.amount.is_some() && yearly_sum(context, draft)
}

/// "$50 million a year", "€2bn per year": right behind the sum.
fn yearly_sum(context: &Context<'_>, draft: &Draft) -> bool {
    let document = context.document;
    let sentence = document.sentence_of(draft.trigger).tokens.clone();
    let word = |t: usize| if sentence.contains(&t) { document.word(t).to_lowercase() } else { String::new() };
    context
        .money
        .iter()
        .filter(|money| sentence.contains(&money.tokens.start) && Some(money.amount) == draft.amount)
        .any(|money| {
            let next = money.tokens.end;
            matches!(word(next).as_str(), "a" | "per" | "each" | "every")
                && matches!(word(next + 1).as_str(), "year" | "annum")
                && !matches!(word(next + 2).as_str(), "ago" | "earlier" | "later" | "before" | "after")
        })
}

fn length(count: u32, unit: Unit) -> Option<Length> {
    let (count, unit) = match unit {
        Unit::Hour => (count, TimeUnit::Hour),
        Unit::Day => (count, TimeUnit::Day),
        Unit::Week => (count.checked_mul(7)?, TimeUnit::Day),
        Unit::Month => (count, TimeUnit::Month),
        Unit::Year => (count, TimeUnit::Year),
    };
    Some(Length { count, unit })
}
