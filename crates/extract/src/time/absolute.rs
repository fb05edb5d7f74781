//! Calendar dates as they are written out.
//!
//! In: a place among the units. Out: the date expression that begins there.
//! "Sunday, April 28", "28 April 2024", "Sept. 1", "2024-04-28", "October 22-29", "May 2022", "in May", "since 2014".

use super::{Parsed, calendar, resolve::Value};
use crate::quantities::{Kind, Words};

/// Years that news speaks of; other numbers of four digits are taken for numbers.
const YEARS: std::ops::RangeInclusive<i16> = 1500..=2150;

/// Words before a month or a year that make it a date.
const BEFORE: [&str; 25] = [
    "in",
    "since",
    "until",
    "till",
    "by",
    "from",
    "to",
    "through",
    "of",
    "during",
    "for",
    "before",
    "after",
    "between",
    "early",
    "mid",
    "late",
    "last",
    "next",
    "this",
    "earlier",
    "around",
    "throughout",
    "and",
    "than",
];
/// Things that are counted in thousands: "in 2000 villages" is no year.
const COUNTED: [&str; 28] = [
    "people",
    "troops",
    "soldiers",
    "civilians",
    "men",
    "women",
    "children",
    "villages",
    "homes",
    "houses",
    "families",
    "refugees",
    "tons",
    "tonnes",
    "km",
    "kilometers",
    "kilometres",
    "miles",
    "metres",
    "meters",
    "doses",
    "rounds",
    "cases",
    "deaths",
    "prisoners",
    "households",
    "workers",
    "schools",
];
/// Words before a number of four digits that make it a number: "Resolution 2202".
const NUMBERED: [&str; 14] = [
    "resolution",
    "resolutions",
    "no",
    "number",
    "article",
    "flight",
    "room",
    "section",
    "act",
    "euro",
    "tokyo",
    "agenda",
    "vision",
    "expo",
];

/// The date that begins at the unit, if one does; `is_date` tells where the parser sees one.
pub(super) fn date_at(words: &Words, at: usize, is_date: bool) -> Option<Parsed> {
    match words.kind(at) {
        Kind::Digits => numeric(words, at).or_else(|| day_month(words, at, None)).or_else(|| year(words, at, is_date)),
        Kind::Letters => weekday_date(words, at)
            .or_else(|| day_words(words, at))
            .or_else(|| month_date(words, at, None))
            .or_else(|| bare_month(words, at, is_date))
            .or_else(|| fiscal_year(words, at)),
        _ => None,
    }
}

/// "2024-04-28", "29.04.2024", "4/28/2024" where only one order is possible, "9/11".
fn numeric(words: &Words, at: usize) -> Option<Parsed> {
    let raw = words.raw(at);
    // The folders of a web address.
    if words.glued(at) && words.before(at, 1) == "/" {
        return None;
    }
    if raw.matches('.').count() == 2 {
        let mut parts = raw.split('.');
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        if year.len() == 4 {
            return exact(year, month, day, at + 1);
        }
        return None;
    }
    let joined = |sign: &str| {
        words.raw(at + 1) == sign
            && (at + 1..at + 5).all(|n| words.glued(n))
            && words.raw(at + 3) == sign
            && words.kind(at + 4) == Kind::Digits
    };
    if joined("-") && raw.len() == 4 {
        return exact(raw, words.raw(at + 2), words.raw(at + 4), at + 5);
    }
    if joined("/") {
        let (second, third) = (words.raw(at + 2), words.raw(at + 4));
        return match (raw.parse::<u8>(), second.parse::<u8>()) {
            (Ok(first), Ok(_)) if first > 12 => exact(third, second, raw, at + 5),
            (Ok(first), Ok(other)) if other > 12 || first == other => exact(third, raw, second, at + 5),
            (Err(_), Ok(_)) => exact(raw, second, third, at + 5),
            _ => None,
        };
    }
    let is_september = raw == "9" && words.raw(at + 1) == "/" && words.raw(at + 2) == "11" && words.glued(at + 2);
    is_september.then(|| Parsed::new(full(2001, 9, 11), at + 3))
}

fn full(year: i16, month: u8, day: u8) -> Value {
    Value::Day { year: Some(year), month, day, weekday: None }
}

fn exact(year: &str, month: &str, day: &str, end: usize) -> Option<Parsed> {
    let (year, month, day) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    calendar::day(year, month, day)?;
    YEARS.contains(&year).then(|| Parsed::new(full(year, month, day), end))
}

/// "Sunday, April 28", "Friday 4 April", "Thursday (May 2)".
fn weekday_date(words: &Words, at: usize) -> Option<Parsed> {
    let (weekday, short) = calendar::weekday(words.low(at)).filter(|_| words.is_capital(at))?;
    let mut next = at + 1;
    next += usize::from(short && words.raw(next) == ".");
    let bracket = words.raw(next) == "(";
    next += usize::from(bracket || words.raw(next) == ",");
    next += usize::from(words.low(next) == "the");
    let mut parsed = day_month(words, next, Some(weekday)).or_else(|| month_date(words, next, Some(weekday)))?;
    parsed.end += usize::from(bracket && words.raw(parsed.end) == ")");
    Some(parsed)
}

/// "the 10th of May": the article belongs to the date.
fn day_words(words: &Words, at: usize) -> Option<Parsed> {
    if words.low(at) == "the" && words.kind(at + 1) == Kind::Digits { day_month(words, at + 1, None) } else { None }
}

/// The day of a month and the unit behind it: "28", "13th".
fn day(words: &Words, at: usize) -> Option<(u8, usize)> {
    let day = words.raw(at).parse().ok().filter(|d| (1..=31).contains(d) && words.raw(at).len() <= 2)?;
    let ordinal = words.glued(at + 1) && words.is_any(at + 1, &["st", "nd", "rd", "th"]);
    if !ordinal && words.glued(at + 1) && words.kind(at + 1) == Kind::Letters {
        return None;
    }
    Some((day, at + 1 + usize::from(ordinal)))
}

/// The month and the unit behind it: "April", "Sept.".
fn month(words: &Words, at: usize) -> Option<(u8, usize)> {
    let (month, short) = calendar::month(words.low(at)).filter(|_| words.is_capital(at))?;
    let stop = short && words.raw(at + 1) == "." && words.glued(at + 1);
    Some((month, at + 1 + usize::from(stop)))
}

/// A year of four digits and the unit behind it.
fn year_number(words: &Words, at: usize) -> Option<(i16, usize)> {
    let raw = words.raw(at);
    let year = raw.parse().ok().filter(|y| raw.len() == 4 && YEARS.contains(y))?;
    let joined = words.glued(at + 1) && matches!(words.kind(at + 1), Kind::Letters);
    (!joined).then_some((year, at + 1))
}

/// The year behind a day or month: "2024", ", 2024".
fn year_behind(words: &Words, at: usize) -> (Option<i16>, usize) {
    let next = at + usize::from(words.raw(at) == "," || words.low(at) == "of");
    match year_number(words, next).filter(|_| !COUNTED.contains(&words.low(next + 1))) {
        Some((year, end)) => (Some(year), end),
        None => (None, at),
    }
}

/// A sign or word that joins the ends of a range of days.
fn joins(words: &Words, at: usize) -> bool {
    words.is_dash(at) || words.is_any(at, &["to", "through", "until", "till"])
}

/// "April 28", "April 28-30", "April 28 to May 2", each with or without a year.
fn month_date(words: &Words, at: usize, weekday: Option<i8>) -> Option<Parsed> {
    let (month_number, next) = month(words, at)?;
    let next = next + usize::from(words.low(next) == "the");
    let (first, mut end) = day(words, next)?;
    if words.raw(end) == ":" && words.glued(end) {
        return None;
    }
    let mut last = None;
    if joins(words, end) || is_day_pair(words, end, first) {
        let (other, start) = month(words, end + 1).map_or((month_number, end + 1), |(m, e)| (m, e));
        let second =
            day(words, start).filter(|(d, e)| month(words, *e).is_none() && (other, *d) != (month_number, first));
        if let Some((day, behind)) = second {
            last = Some((other, day));
            end = behind;
        }
    }
    let (year, end) = year_behind(words, end);
    let year = year.or_else(|| is_september_attack(words, month_number, first, end).then_some(2001));
    let value = |month, day, weekday| Value::Day { year, month, day, weekday };
    let until = last.map(|(month, day)| value(month, day, None));
    Some(Parsed { value: value(month_number, first, weekday), until, end })
}

/// "May 10 and 11 in Oslo": two days on end, with no counted noun behind.
fn is_day_pair(words: &Words, at: usize, first: u8) -> bool {
    let follows =
        |n: usize| words.kind(n) != Kind::Letters || words.is_any(n, &["in", "at", "with", "to", "during", "for"]);
    words.is_any(at, &["and", "&"]) && day(words, at + 1).is_some_and(|(d, end)| d == first + 1 && follows(end))
}

/// The attacks of 2001 are named by their day alone.
fn is_september_attack(words: &Words, month: u8, day: u8, end: usize) -> bool {
    month == 9 && day == 11 && words.is_any(end, &["attack", "attacks", "terrorist", "terror"])
}

/// "28 April", "10-12 May", "15 October to 16 October", each with or without a year.
fn day_month(words: &Words, at: usize, weekday: Option<i8>) -> Option<Parsed> {
    let (first, next) = day(words, at).filter(|_| !(at > 0 && words.glued(at) && words.before(at, 1) != "("))?;
    let own = month(words, next + usize::from(words.low(next) == "of"));
    let (value_month, last, end) = match own {
        // The second month of "15 October to 16 October" is read below, by whoever joins two dates.
        Some((month, end)) => (month, None, end),
        None if joins(words, next) || words.is_any(next, &["and", "&"]) => {
            let (second, behind) = day(words, next + 1).filter(|(d, _)| *d > first)?;
            let (month, end) = month(words, behind + usize::from(words.low(behind) == "of"))?;
            (month, Some(second), end)
        }
        None => return None,
    };
    let (year, end) = year_behind(words, end);
    let value = |day, weekday| Value::Day { year, month: value_month, day, weekday };
    Some(Parsed { value: value(first, weekday), until: last.map(|d| value(d, None)), end })
}

/// "May 2022", "in May", "mid-June"; "May" and "March" alone may be other words, and "April" a woman.
fn bare_month(words: &Words, at: usize, is_date: bool) -> Option<Parsed> {
    let (month, next) = month(words, at)?;
    let (year, end) = year_behind(words, next);
    let known = year.is_some() || is_date || announced(words, at) || owned(words, at);
    let short = words.low(at).len() < 4 && words.low(at) != "may" && year.is_none() && end == at + 1;
    (known && !short).then(|| Parsed::new(Value::Month { year, month }, end))
}

/// Whether a word stands before the unit that makes it a date: "in", "mid-".
fn announced(words: &Words, at: usize) -> bool {
    at > 0
        && (BEFORE.contains(&words.low(at - 1))
            || (words.is_dash(at - 1) && at > 1 && BEFORE.contains(&words.low(at - 2))))
}

/// "its January meeting", "the April declaration".
fn owned(words: &Words, at: usize) -> bool {
    let noun = words.kind(at + 1) == Kind::Letters && !words.is_capital(at + 1);
    noun && at > 0 && words.is_any(at - 1, &["the", "a", "an", "its", "their", "his", "her", "s", "our"])
}

/// "in 2014", "the landmark 2015 deal", "2021-22", "2014-2018".
fn year(words: &Words, at: usize, is_date: bool) -> Option<Parsed> {
    let (number, end) = year_number(words, at)?;
    let previous = words.before(at, 1);
    let inside =
        at > 0 && words.glued(at) && !words.is_dash(at - 1) && !matches!(previous, "(" | "‘" | "“" | "\"" | "'");
    let law = matches!(previous, "of" | ",") && words.is_any(at.saturating_sub(2), &["act", "law", "code", "bill"]);
    let numbered = law
        || NUMBERED.contains(&previous)
        || (previous == "." && words.before(at, 2) == "no")
        || (words.is_dash(at.saturating_sub(1)) && words.glued(at) && !announced(words, at));
    let counted = COUNTED.contains(&words.low(end)) || words.is_any(end, &["agenda", "%", "percent"]);
    let clock = words.raw(end) == ":" && words.glued(end + 1);
    if inside || numbered || counted || clock {
        return None;
    }
    // A number before a plural is a year only where the parser sees a date: "in 2022 elections" against "in 2022 shops".
    if !(is_date || introduced(words, at) || is_dated_noun(words, at)) {
        return None;
    }
    let joined = joins_years(words, end);
    if joined {
        let raw = words.raw(end + 1);
        let last = match raw.len() {
            4 => raw.parse::<i16>().ok().filter(|y| YEARS.contains(y)),
            2 => raw.parse::<i16>().ok().map(|y| number - number.rem_euclid(100) + y),
            _ => None,
        };
        if let Some(last) = last.filter(|y| *y > number) {
            return Some(Parsed { value: Value::Year(number), until: Some(Value::Year(last)), end: end + 2 });
        }
    }
    Some(Parsed::new(Value::Year(number), end))
}

/// Whether the words before a number of four digits make it a year: "in", "the end of", "2014 to".
fn introduced(words: &Words, at: usize) -> bool {
    match words.before(at, 1) {
        "and" | "to" => year_number(words, at.saturating_sub(2)).is_some(),
        "of" => words.is_any(
            at.saturating_sub(2),
            &["end", "start", "beginning", "middle", "half", "quarter", "spring", "summer", "autumn", "fall", "winter"],
        ),
        "than" | "for" => false,
        _ => announced(words, at),
    }
}

/// "2021-22", "2021/22".
fn joins_years(words: &Words, at: usize) -> bool {
    (words.is_dash(at) || words.raw(at) == "/")
        && words.glued(at)
        && words.glued(at + 1)
        && words.kind(at + 1) == Kind::Digits
}

/// "the 2015 deal", "the landmark 2015 nuclear deal": an article, a noun in the singular soon behind.
fn is_dated_noun(words: &Words, at: usize) -> bool {
    let article = (1..=3)
        .take_while(|n| *n <= at && words.kind(at - n) == Kind::Letters)
        .any(|n| words.is_any(at - n, &["the", "a", "its", "their", "his", "her", "s"]));
    let noun = words.kind(at + 1) == Kind::Letters && !words.low(at + 1).ends_with('s');
    article && noun
}

/// "FY2023", "FY 2023", "fiscal year 2023".
fn fiscal_year(words: &Words, at: usize) -> Option<Parsed> {
    let next = if words.raw(at) == "FY" {
        at + 1
    } else if words.starts(at, &["fiscal", "year"]) {
        at + 2
    } else {
        return None;
    };
    year_number(words, next).map(|(year, end)| Parsed::new(Value::Year(year), end))
}

/// The name of a day at the unit, written out, and the unit behind it; "Good Friday" and the "Sunday Times" are none.
pub(super) fn weekday_name(words: &Words, at: usize) -> Option<(i8, usize)> {
    let (day, short) = calendar::weekday(words.low(at)).filter(|(_, short)| !short && words.is_capital(at))?;
    let named =
        ["black", "good", "bloody", "easter", "palm", "ash", "super", "holy", "cyber", "shrove", "maundy", "giving"];
    let paper = ["times", "telegraph", "mail", "post", "mirror", "express", "herald", "mass"];
    let is_name = (named.contains(&words.before(at, 1)) && at > 0 && words.is_capital(at - 1))
        || (paper.contains(&words.low(at + 1)) && words.is_capital(at + 1));
    (!is_name && !short).then_some((day, at + 1))
}
