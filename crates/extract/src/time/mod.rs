//! Dates in the text, resolved against the day of publication.
//!
//! In: a parsed document and its day of publication, or the years that it can be of. Out: every [`DateMention`], in text order.
//! "on Friday" of an article published on Monday 29 April 2024 is 2024-04-26, and 2024-05-03 where the verb looks ahead;
//! "last week" is known to the month; "a day after" counts from an event that the caller must find.
//! Only dates known with certainty resolve.

mod absolute;
mod calendar;
mod direction;
mod offset;
mod relative;
mod resolve;

use std::ops::Range;

use entente_model::Date;
use entente_nlp::{Document, EntityLabel, Tag, Upos};
use entente_rules::Lexicon;
use jiff::civil;

pub(crate) use calendar::{DAYS, MONTHS, Unit};
pub(crate) use resolve::Direction;
use resolve::Value;

use crate::quantities::{Kind, Words};

/// A date expression in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DateMention {
    /// Its tokens, without the preposition before it.
    pub(crate) tokens: Range<usize>,
    /// The date, known to the day, month or year; the first of a range. `None` where the text leaves it open.
    pub(crate) date: Option<Date>,
    /// What the expression does with the date.
    pub(crate) kind: DateKind,
}

/// What an expression does with its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateKind {
    /// "on Friday", "in 2014"
    Point,
    /// "since Friday", "from 2014", "after May"
    Since,
    /// "until Friday", "by 2030", "before May"
    Until,
    /// "from 15 to 16 October": the last date.
    Range { end: Date },
    /// "for two weeks", "the past month", "seven-year": a length, where the text counts it.
    Duration { count: Option<u32>, unit: Unit },
    /// "a day after", "two weeks earlier", "the same day": so many units from another event; negative is before it.
    Offset { count: i32, unit: Unit },
    /// "on Fridays", "every year"
    Recurring,
}

impl DateMention {
    /// The date so many units from the event that an [`DateKind::Offset`] counts from.
    pub(crate) fn counted_from(&self, event: Date) -> Option<Date> {
        match self.kind {
            DateKind::Offset { count, unit } => offset::from(event, count, unit),
            _ => None,
        }
    }

    /// The date of what happened so long after an event told before: "two days later", "days later".
    pub(crate) fn counted_on(&self, event: Date) -> Option<Date> {
        match (event.day, self.kind) {
            (Some(_), _) => self.counted_from(event),
            // Where no more than the year is known, some days add nothing.
            (None, DateKind::Offset { unit, .. } | DateKind::Duration { count: None, unit }) => {
                Some(event).filter(|_| event.month.is_none() && matches!(unit, Unit::Hour | Unit::Day | Unit::Week))
            }
            _ => None,
        }
    }

    /// The date of what an event is so long "after" or "before": "two days after", "months before".
    pub(crate) fn counted_back(&self, event: Date, after: bool) -> Option<Date> {
        match self.kind {
            DateKind::Offset { count, unit } => offset::from(event, -count, unit),
            DateKind::Duration { count: None, unit } => offset::some_before(event, unit, after),
            _ => None,
        }
    }

    /// The date of what "this", the news of the day of publication or of the day before it, is so long "after" or "before".
    pub(crate) fn counted_back_from_news(&self, published: Date, after: bool) -> Option<Date> {
        let latest = self.counted_back(published, after)?;
        let earliest = self.counted_back(offset::from(published, -1, Unit::Day)?, after)?;
        offset::covering(earliest, latest)
    }
}

/// The day so many days before another.
pub(crate) fn days_before(day: Date, days: i32) -> Option<Date> {
    offset::from(day, -days, Unit::Day)
}

/// An expression as the grammar reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Parsed {
    value: Value,
    /// The last date of a range.
    until: Option<Value>,
    /// The unit behind it.
    end: usize,
}

impl Parsed {
    fn new(value: Value, end: usize) -> Self {
        Self { value, until: None, end }
    }
}

/// When an article was written.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Written<'a> {
    /// Its day of publication, where it gives one.
    pub(crate) published: Option<Date>,
    /// The years that an article without one can be of; empty where that is open.
    pub(crate) years: &'a [i16],
}

/// Finds every date of a document, in text order; without a day of publication only absolute dates resolve, and days of the week
/// that one year alone has: "Friday 4 April".
pub(crate) fn find_dates(document: &Document, lexicon: &Lexicon, written: Written<'_>) -> Vec<DateMention> {
    let words = Words::new(document.text());
    let published = written.published.and_then(calendar::civil);
    let labels = labels(document);
    let mut mentions = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if words.kind(at) == Kind::Break || words.kind(at) == Kind::Mark {
            at += 1;
            continue;
        }
        match expression(document, &words, &labels, at) {
            Some(parsed) => {
                mentions.push(mention(document, lexicon, &words, at, &parsed, (published, written.years)));
                at = parsed.end.max(at + 1);
            }
            None => at += 1,
        }
    }
    mentions
}

/// The model's label of each token.
fn labels(document: &Document) -> Vec<Option<EntityLabel>> {
    let mut labels = vec![None; document.tokens().len()];
    for entity in document.entities() {
        for token in entity.tokens.clone() {
            if let Some(label) = labels.get_mut(token) {
                *label = Some(entity.label);
            }
        }
    }
    labels
}

/// The whole expression at a unit, both ends of a range joined.
fn expression(document: &Document, words: &Words, labels: &[Option<EntityLabel>], at: usize) -> Option<Parsed> {
    let first = single(document, words, labels, at)?;
    if first.until.is_some() {
        return Some(first);
    }
    let opener = words.before(at, 1);
    let joined = words.is_dash(first.end) && words.glued(first.end)
        || words.low(first.end) == "through"
        || (words.is_any(first.end, &["to", "until", "till"]) && (opener == "from" || is_day(first.value)))
        || (words.low(first.end) == "and" && opener == "between");
    if !joined {
        return Some(first);
    }
    let skip = first.end + 1 + usize::from(words.low(first.end + 1) == "the");
    match single(document, words, labels, skip).filter(|p| p.until.is_none() && is_same_sort(first.value, p.value)) {
        Some(last) => {
            Some(Parsed { value: first.value.with_year_of(last.value), until: Some(last.value), end: last.end })
        }
        None => Some(first),
    }
}

/// One date without a second end.
fn single(document: &Document, words: &Words, labels: &[Option<EntityLabel>], at: usize) -> Option<Parsed> {
    let token = words.tokens(document, &(at..at + 1)).start;
    let label = labels.get(token).copied().flatten();
    let parsed =
        absolute::date_at(words, at, label == Some(EntityLabel::Date)).or_else(|| relative::date_at(words, at))?;
    if words.is_any(at.wrapping_sub(1), &["every", "each"]) && !matches!(parsed.value, Value::Length { .. }) {
        return Some(Parsed { value: Value::Recurring, until: None, ..parsed });
    }
    // "May they rest in peace."
    if document.tokens().get(token).is_some_and(|t| t.tag == Tag::Md) && parsed.end == at + 1 {
        return None;
    }
    // "Theresa May", "April Ryan": a name, unless a day or a year stands with it; whatever the model takes it for.
    let month = matches!(parsed.value, Value::Month { year: None, .. });
    let labelled = matches!(label, Some(EntityLabel::Person | EntityLabel::Product | EntityLabel::Law));
    let named = labelled && (month || matches!(parsed.value, Value::Weekday { .. }))
        || month && follows_a_name(document, token);
    (!named).then_some(parsed)
}

/// Whether a name stands right before a word, with a space between them.
fn follows_a_name(document: &Document, token: usize) -> bool {
    let before = token.checked_sub(1).map(|before| document.token(before)).filter(|before| before.upos == Upos::Propn);
    before.is_some_and(|before| &document.text()[before.span.end..document.token(token).span.start] == " ")
}

fn is_day(value: Value) -> bool {
    matches!(value, Value::Day { .. })
}

/// Whether two values can be the ends of one range.
fn is_same_sort(first: Value, last: Value) -> bool {
    matches!(
        (first, last),
        (Value::Day { .. }, Value::Day { .. })
            | (Value::Month { .. }, Value::Month { .. })
            | (Value::Year(_), Value::Year(_))
            | (Value::Weekday { .. }, Value::Weekday { .. })
    )
}

/// The mention that an expression makes.
fn mention(
    document: &Document,
    lexicon: &Lexicon,
    words: &Words,
    at: usize,
    parsed: &Parsed,
    (published, years): (Option<civil::Date>, &[i16]),
) -> DateMention {
    let tokens = words.tokens(document, &(at..parsed.end));
    let preposition = preposition(words, at);
    let direction = match (preposition, direction::of(document, lexicon, &tokens)) {
        (Some(Preposition::Since), _) => Direction::Past,
        (Some(Preposition::Until), Direction::Unknown) => Direction::Future,
        // "He was given bail until October" does not say that October has come.
        (Some(Preposition::Until), Direction::Past) if !matches!(parsed.value, Value::Weekday { .. }) => {
            Direction::Unknown
        }
        (_, direction) => direction,
    };
    let date = parsed.value.resolve(published, direction).or_else(|| parsed.value.in_one_of(years));
    let end = parsed.until.zip(date).and_then(|(until, start)| match until {
        Value::Day { year: Some(_), .. } | Value::Month { year: Some(_), .. } | Value::Year(_) => {
            until.resolve(None, direction).filter(|end| *end >= start)
        }
        _ => until.resolve_after(start),
    });
    let kind = match (parsed.value, end) {
        (Value::Recurring, _) => DateKind::Recurring,
        (Value::Length { unit, count }, _) => DateKind::Duration { count, unit },
        (Value::Offset { unit, count }, _) => DateKind::Offset { count, unit },
        (_, Some(end)) => DateKind::Range { end },
        _ if modifies_noun(document, words, &tokens, parsed.end) => DateKind::Point,
        _ => match preposition {
            Some(Preposition::Since | Preposition::After) => DateKind::Since,
            Some(Preposition::Until) => DateKind::Until,
            None => DateKind::Point,
        },
    };
    DateMention { tokens, date, kind }
}

/// What the preposition before a date says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Preposition {
    Since,
    After,
    Until,
}

/// The preposition that governs the date, past "the end of", "the", "early" and the like.
fn preposition(words: &Words, start: usize) -> Option<Preposition> {
    let between = [
        "the",
        "end",
        "start",
        "beginning",
        "middle",
        "of",
        "early",
        "mid",
        "late",
        "-",
        "first",
        "second",
        "half",
        "at",
        "least",
        "noon",
        "midnight",
        "quarter",
    ];
    let mut at = start;
    for _ in 0..5 {
        at = at.checked_sub(1)?;
        match words.low(at) {
            "since" => return Some(Preposition::Since),
            "from" | "after" | "starting" | "beginning" | "effective" => return Some(Preposition::After),
            "until" | "till" | "through" | "by" | "before" => return Some(Preposition::Until),
            "on" if words.is_any(at.wrapping_sub(1), &["starting", "beginning"]) => return Some(Preposition::After),
            word if between.contains(&word) => {}
            _ => return None,
        }
    }
    None
}

/// "Friday's attack", "the October 7 attacks", "last week's talks": the date belongs to a noun.
fn modifies_noun(document: &Document, words: &Words, tokens: &Range<usize>, end: usize) -> bool {
    let possessive = matches!(words.raw(end), "'" | "’") && words.glued(end);
    possessive || direction::top(document, tokens).is_some_and(|top| direction::modifies(document, top))
}

#[cfg(test)]
mod tests;
