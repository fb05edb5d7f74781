//! Calendar arithmetic on dates of three precisions.
//!
//! In: days of the calendar. Out: [`Date`]s, known only as far as they are certain:
//! the week from 29 July to 4 August is known to the year alone, as it lies in two months.

use entente_model::Date;
use jiff::{Span, civil};

/// A unit of time that news counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Hour,
    Day,
    Week,
    Month,
    Year,
}

impl Unit {
    /// The unit that a word names, in the singular or the plural.
    pub(super) fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "hour" | "hours" => Self::Hour,
            "day" | "days" | "night" | "nights" => Self::Day,
            "week" | "weeks" => Self::Week,
            "month" | "months" => Self::Month,
            "year" | "years" => Self::Year,
            _ => return None,
        })
    }
}

/// English names of the months, lower case.
pub(crate) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// English names of the days of the week, Monday first, lower case.
pub(crate) const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The month that a word names: its number, and whether the word is an abbreviation.
pub(super) fn month(word: &str) -> Option<(u8, bool)> {
    let number = MONTHS.iter().position(|m| *m == word || (*m == "september" && word == "sept") || m[..3] == *word)?;
    Some((u8::try_from(number + 1).ok()?, word != MONTHS[number]))
}

/// The day of the week that a word names, Monday 0; and whether the word is an abbreviation.
pub(super) fn weekday(word: &str) -> Option<(i8, bool)> {
    let short = |d: &str| word.len() >= 3 && word.len() <= 5 && d.starts_with(word);
    let number = DAYS.iter().position(|d| *d == word || short(d))?;
    Some((i8::try_from(number).ok()?, word != DAYS[number]))
}

/// A date of the calendar, if it is known to the day.
pub(super) fn civil(date: Date) -> Option<civil::Date> {
    day(date.year, date.month?, date.day?)
}

/// A day, if the calendar has it.
pub(super) fn day(year: i16, month: u8, day: u8) -> Option<civil::Date> {
    civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The day as our type.
pub(super) fn known(day: civil::Date) -> Date {
    Date::day(day.year(), day.month().unsigned_abs(), day.day().unsigned_abs())
}

/// So many units later, earlier if negative.
pub(super) fn shift(day: civil::Date, count: i32, unit: Unit) -> Option<civil::Date> {
    let span = Span::new();
    let span = match unit {
        Unit::Hour => return None,
        Unit::Day => span.try_days(count),
        Unit::Week => span.try_weeks(count),
        Unit::Month => span.try_months(count),
        Unit::Year => span.try_years(count),
    };
    day.checked_add(span.ok()?).ok()
}

/// The Monday of the day's week.
pub(super) fn monday(of: civil::Date) -> Option<civil::Date> {
    shift(of, -i32::from(of.weekday().to_monday_zero_offset()), Unit::Day)
}

/// What is known of a day that lies between two.
pub(super) fn cover(first: civil::Date, last: civil::Date) -> Option<Date> {
    if first == last {
        Some(known(first))
    } else if first.year() != last.year() {
        None
    } else if first.month() == last.month() {
        Some(Date::month(first.year(), first.month().unsigned_abs()))
    } else {
        Some(Date::year(first.year()))
    }
}

/// The date so many units from a day: exact for days, as far as the text can mean for longer units.
pub(super) fn from_day(start: civil::Date, count: i32, unit: Unit) -> Option<Date> {
    let target = shift(start, count, unit)?;
    match unit {
        Unit::Hour => None,
        Unit::Day => Some(known(target)),
        Unit::Week => cover(shift(target, -3, Unit::Day)?, shift(target, 3, Unit::Day)?),
        Unit::Month => Some(Date::month(target.year(), target.month().unsigned_abs())),
        Unit::Year => Some(Date::year(target.year())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covers_as_far_as_certain() {
        let july = |d| day(2024, 7, d).unwrap();
        assert_eq!(cover(july(3), july(3)), Some(Date::day(2024, 7, 3)));
        assert_eq!(cover(july(1), july(7)), Some(Date::month(2024, 7)));
        assert_eq!(cover(july(29), day(2024, 8, 4).unwrap()), Some(Date::year(2024)));
        assert_eq!(cover(july(1), day(2025, 1, 1).unwrap()), None);
    }

    #[test]
    fn counts_units() {
        let start = day(2024, 3, 31).unwrap();
        for (count, unit, expected) in [
            (-1, Unit::Day, "2024-03-30"),
            (1, Unit::Day, "2024-04-01"),
            (-2, Unit::Week, "2024-03"),
            (1, Unit::Week, "2024-04"),
            (-1, Unit::Month, "2024-02"),
            (-10, Unit::Year, "2014"),
        ] {
            assert_eq!(from_day(start, count, unit).map(|d| d.to_string()).as_deref(), Some(expected));
        }
    }

    #[test]
    fn knows_names() {
        assert_eq!(month("sept"), Some((9, true)));
        assert_eq!(month("may"), Some((5, false)));
        assert_eq!((month("mayor"), month("")), (None, None));
        assert_eq!(weekday("thurs"), Some((3, true)));
        assert_eq!((weekday("thing"), weekday("")), (None, None));
    }
}
