//! Dates that count from publication or from another event.
//!
//! In: a place among the units. Out: the date expression that begins there.
//! "yesterday", "last Friday", "earlier this week", "three days ago", "a day after", "the past two weeks", "every Friday".

use super::{
    Parsed,
    absolute::weekday_name,
    calendar::Unit,
    resolve::{Part, Value, Which},
};
use crate::quantities::{Kind, Style, Words, number_at};

/// Words before a count that make it no exact one: "about two years ago".
const ROUGH: [&str; 12] = [
    "nearly",
    "almost",
    "about",
    "around",
    "over",
    "than",
    "roughly",
    "some",
    "least",
    "within",
    "approximately",
    "under",
];
const PARTS_OF_DAY: [&str; 6] = ["morning", "afternoon", "evening", "night", "noon", "midday"];

/// The relative date that begins at the unit, if one does.
pub(super) fn date_at(words: &Words, at: usize) -> Option<Parsed> {
    if words.kind(at) == Kind::Digits {
        return counted(words, at);
    }
    simple(words, at)
        .or_else(|| weekday(words, at))
        .or_else(|| calendar_unit(words, at))
        .or_else(|| length(words, at))
        .or_else(|| other_event(words, at))
        .or_else(|| counted(words, at))
}

/// "yesterday", "this morning", "the day before yesterday".
fn simple(words: &Words, at: usize) -> Option<Parsed> {
    let shift = |days, length: usize| Some(Parsed::new(Value::DayShift(days), at + length));
    if words.starts(at, &["the", "day", "before", "yesterday"]) {
        return shift(-2, 4);
    }
    if words.starts(at, &["the", "day", "after", "tomorrow"]) {
        return shift(2, 4);
    }
    match words.low(at) {
        "yesterday" => shift(-1, 1),
        "today" | "tonight" => shift(0, 1),
        "tomorrow" => shift(1, 1),
        "earlier" | "later" if words.is_any(at + 1, &["today", "tonight"]) => shift(0, 2),
        "this" if PARTS_OF_DAY.contains(&words.low(at + 1)) => shift(0, 2),
        "last" if words.low(at + 1) == "night" => shift(-1, 2),
        // The night before the paper came out: "Overnight, rebels shelled X"; not "overnight on Sunday", "an overnight train".
        "overnight" if matches!(words.kind(at + 1), Kind::Mark | Kind::Break) => shift(0, 1),
        _ => None,
    }
}

/// "Friday", "last Friday", "this coming Friday", "every Friday", "Fridays", "Friday next week".
fn weekday(words: &Words, at: usize) -> Option<Parsed> {
    let (which, start) = match words.low(at) {
        "every" | "each" => {
            let plural = words.low(at + 1).strip_suffix('s').map_or(words.low(at + 1), |w| w);
            let day = super::calendar::weekday(plural).is_some_and(|(_, short)| !short);
            let unit = Unit::from_word(words.low(at + 1)).is_some();
            return (day || unit).then(|| Parsed::new(Value::Recurring, at + 2));
        }
        "last" => (Which::Last, at + 1),
        "next" => (Which::Next, at + 1),
        "this" if words.low(at + 1) == "past" => (Which::Last, at + 2),
        "this" if words.is_any(at + 1, &["coming", "upcoming"]) => (Which::Next, at + 2),
        "this" => (Which::InWeek(0), at + 1),
        "past" => (Which::Last, at + 1),
        "coming" => (Which::Next, at + 1),
        _ => (Which::Plain, at),
    };
    let Some((day, end)) = weekday_name(words, start) else {
        let name = words.low(at).strip_suffix('s').filter(|_| words.is_capital(at))?;
        super::calendar::weekday(name).filter(|(_, short)| !short)?;
        return Some(Parsed::new(Value::Recurring, at + 1));
    };
    let behind = end + usize::from(PARTS_OF_DAY.contains(&words.low(end)));
    if which == Which::Plain {
        let of = behind + usize::from(words.low(behind) == "of");
        if let Some(Parsed { value: Value::Calendar { unit: Unit::Week, count, part: Part::Whole }, end, .. }) =
            calendar_unit(words, of)
        {
            let week = i8::try_from(count).ok()?;
            return Some(Parsed::new(Value::Weekday { day, which: Which::InWeek(week) }, end));
        }
    }
    Some(Parsed::new(Value::Weekday { day, which }, end))
}

/// "last week", "earlier this month", "next year", "the weekend"; with "on Friday" behind it, that day.
fn calendar_unit(words: &Words, at: usize) -> Option<Parsed> {
    let (part, start) = match words.low(at) {
        "earlier" => (Part::Earlier, at + 1),
        "later" => (Part::Later, at + 1),
        _ => (Part::Whole, at),
    };
    let inside = part != Part::Whole && words.low(start) == "in";
    let start = start + usize::from(inside);
    let count = match words.low(start) {
        "the" if inside => 0,
        "last" => -1,
        "this" | "current" => 0,
        "next" => 1,
        "the" | "over" if part == Part::Whole && words.low(start + 1) == "weekend" => {
            return Some(Parsed::new(Value::Weekend { count: None }, start + 2));
        }
        _ => return None,
    };
    // "the last week of May" and "the next year" count from elsewhere.
    if at > 0 && words.is_any(at - 1, &["the", "very"]) && words.low(start) != "current" {
        return None;
    }
    let word = words.low(start + 1);
    if word == "weekend" {
        let count = i8::try_from(count).ok();
        return Some(Parsed::new(Value::Weekend { count }, start + 2));
    }
    let unit = Unit::from_word(word).filter(|u| !matches!(u, Unit::Day | Unit::Hour) && !word.ends_with('s'))?;
    let end = start + 2;
    let on = unit == Unit::Week && words.low(end) == "on";
    if let Some((day, end)) = weekday_name(words, end + 1).filter(|_| on) {
        let week = i8::try_from(count).ok()?;
        return Some(Parsed::new(Value::Weekday { day, which: Which::InWeek(week) }, end));
    }
    Some(Parsed::new(Value::Calendar { unit, count, part }, end))
}

/// "the past two weeks", "the coming days", "recent months", "a three-day", "for five years".
fn length(words: &Words, at: usize) -> Option<Parsed> {
    let start = at + usize::from(words.low(at) == "the");
    let opens = words.is_any(start, &["past", "last", "next", "coming", "recent", "previous", "upcoming", "following"]);
    if opens && (start > at || words.is_any(start, &["recent", "coming", "past"])) {
        let next = start + 1;
        let (count, end) = match number_at(words, next, Style::Plain) {
            Some(number) => (whole(number.value).filter(|_| !number.vague), number.end),
            None => (None, next),
        };
        let unit = Unit::from_word(words.low(end))?;
        // "the following day" and "the previous week" are told from another event.
        let one = words.is_any(start, &["following", "previous", "next"]) && !words.low(end).ends_with('s');
        return (!one).then(|| Parsed::new(Value::Length { unit, count }, end + 1));
    }
    None
}

/// "the next day", "the day before", "that same week", "on the eve of", "earlier in the day".
fn other_event(words: &Words, at: usize) -> Option<Parsed> {
    if words.starts(at, &["the", "eve", "of"]) {
        return Some(Parsed::new(Value::Offset { unit: Unit::Day, count: -1 }, at + 2));
    }
    if words.is_any(at, &["earlier", "later"]) && words.starts(at + 1, &["in", "the", "day"]) {
        return Some(Parsed::new(Value::Offset { unit: Unit::Day, count: 0 }, at + 4));
    }
    if !words.is_any(at, &["the", "that"]) {
        return None;
    }
    let direction = match words.low(at + 1) {
        "next" | "following" => 1,
        "previous" | "preceding" => -1,
        "same" => 0,
        _ if words.low(at) == "that" => return same_unit(words, at + 1),
        _ => return before_or_after(words, 1, at + 1),
    };
    let unit = Unit::from_word(words.low(at + 2)).filter(|_| !words.low(at + 2).ends_with('s'))?;
    if words.is_any(at.wrapping_sub(1), &["in", "over", "within", "during", "for", "throughout"]) && direction != 0 {
        return Some(Parsed::new(Value::Length { unit, count: Some(1) }, at + 3));
    }
    Some(Parsed::new(Value::Offset { unit, count: direction }, at + 3))
}

/// "that day", "that week".
fn same_unit(words: &Words, at: usize) -> Option<Parsed> {
    let unit = Unit::from_word(words.low(at)).filter(|_| !words.low(at).ends_with('s'))?;
    Some(Parsed::new(Value::Offset { unit, count: 0 }, at + 1))
}

/// "day before", "week after": from the unit of time on.
fn before_or_after(words: &Words, count: i32, unit_at: usize) -> Option<Parsed> {
    let unit = Unit::from_word(words.low(unit_at))?;
    let sign = match words.low(unit_at + 1) {
        "before" | "earlier" | "previously" | "prior" => -1,
        "after" | "later" | "afterwards" | "following" => 1,
        _ => return None,
    };
    Some(Parsed::new(Value::Offset { unit, count: sign * count }, unit_at + 2))
}

/// "three days ago", "two weeks earlier", "a day after", "three-day", "for five years".
fn counted(words: &Words, at: usize) -> Option<Parsed> {
    let (count, next) = if words.is_any(at, &["a", "an", "one"]) && Unit::from_word(words.low(at + 1)).is_some() {
        (Some(1), at + 1)
    } else if Unit::from_word(words.low(at)).is_some() && words.low(at).ends_with('s') {
        // "days after", "weeks later": how many is not told.
        return before_or_after(words, 1, at).map(|parsed| Parsed { value: vague_offset(parsed.value), ..parsed });
    } else {
        let number = number_at(words, at, Style::Plain)?;
        (whole(number.value).filter(|_| !number.vague && !number.range), number.end)
    };
    let unit_at = words.past_hyphen(next);
    let unit = Unit::from_word(words.low(unit_at))?;
    let rough = at > 0 && ROUGH.contains(&words.low(at - 1));
    let count = count.filter(|_| !rough).and_then(|c| i32::try_from(c).ok());
    match (words.low(unit_at + 1), count) {
        ("ago", Some(count)) => Some(Parsed::new(Value::Ago { unit, count: -count }, unit_at + 2)),
        ("from", Some(count)) if words.low(unit_at + 2) == "now" => {
            Some(Parsed::new(Value::Ago { unit, count }, unit_at + 3))
        }
        ("ago", None) => Some(Parsed::new(Value::Length { unit, count: None }, unit_at + 2)),
        (_, Some(count)) => before_or_after(words, count, unit_at)
            .or_else(|| Some(Parsed::new(Value::Length { unit, count: u32::try_from(count).ok() }, unit_at + 1))),
        (_, None) => Some(match before_or_after(words, 1, unit_at) {
            Some(parsed) => Parsed { value: vague_offset(parsed.value), ..parsed },
            None => Parsed::new(Value::Length { unit, count: None }, unit_at + 1),
        }),
    }
}

/// An offset of unknown size says no more than a length.
fn vague_offset(value: Value) -> Value {
    match value {
        Value::Offset { unit, .. } => Value::Length { unit, count: None },
        same => same,
    }
}

/// A count as an integer, if it is a whole one of at most four digits.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 9999")]
fn whole(value: f64) -> Option<u32> {
    ((1.0..=9999.0).contains(&value) && value.fract() == 0.0).then_some(value as u32)
}
