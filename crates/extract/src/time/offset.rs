//! Dates that lie a length of time from another date.
//!
//! In: a date, known to the day, month or year, and a length, counted or not. Out: the date there, as far as it is certain:
//! months before January 2018 is 2017, two days before 1 May 2024 is 2024-04-29.

use entente_model::Date;
use jiff::civil;

use super::calendar::{Unit, civil as to_civil, cover, from_day, shift};

/// The date so many units from another, earlier if negative. Hours say no more than that it is near.
pub(super) fn from(date: Date, count: i32, unit: Unit) -> Option<Date> {
    if unit == Unit::Hour {
        return None;
    }
    if count == 0 {
        return same(date, unit);
    }
    if let Some(day) = to_civil(date) {
        return from_day(day, count, unit);
    }
    let (first, last) = (first_day(date)?, last_day(date)?);
    match unit {
        Unit::Year if date.month.is_none() => {
            Some(Date { year: date.year.checked_add(i16::try_from(count).ok()?)?, ..date })
        }
        _ => cover(shift(first, count, unit)?, shift(last, count, unit)?),
    }
}

/// What is known of a day in the same week, month or year as another.
fn same(date: Date, unit: Unit) -> Option<Date> {
    match unit {
        Unit::Year => Some(Date::year(date.year)),
        Unit::Month => Some(Date { day: None, ..date }),
        Unit::Week => to_civil(date).map_or(Some(date), |day| from_day(day, 0, unit)),
        Unit::Day | Unit::Hour => Some(date),
    }
}

/// What is known of a date that lies "days", "weeks", "months" before another, or after it.
pub(super) fn some_before(date: Date, unit: Unit, before: bool) -> Option<Date> {
    // Two at least, and fewer than make up the next longer unit twice.
    let most = match unit {
        Unit::Hour | Unit::Year => return None,
        Unit::Day => 14,
        Unit::Week => 8,
        Unit::Month => 11,
    };
    let (first, last) = (first_day(date)?, last_day(date)?);
    if before {
        cover(shift(first, -most, unit)?, shift(last, -2, unit)?)
    } else {
        cover(shift(first, 2, unit)?, shift(last, most, unit)?)
    }
}

/// What is known of a day that lies in one of two dates or between them.
pub(super) fn covering(earlier: Date, later: Date) -> Option<Date> {
    cover(first_day(earlier)?, last_day(later)?)
}

/// The first day that a date can mean.
fn first_day(date: Date) -> Option<civil::Date> {
    super::calendar::day(date.year, date.month.unwrap_or(1), date.day.unwrap_or(1))
}

/// The last day that a date can mean.
fn last_day(date: Date) -> Option<civil::Date> {
    match (date.month, date.day) {
        (Some(_), Some(_)) => to_civil(date),
        (Some(_), None) => Some(first_day(date)?.last_of_month()),
        _ => super::calendar::day(date.year, 12, 31),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn counts_as_far_as_certain() {
        for (event, count, unit, expected) in [
            ("2024-05-01", -2, Unit::Day, Some("2024-04-29")),
            ("2024-05", 0, Unit::Week, Some("2024-05")),
            ("2024-05-15", 0, Unit::Week, Some("2024-05")),
            ("2024-05-15", 0, Unit::Month, Some("2024-05")),
            ("2024-05-15", 0, Unit::Day, Some("2024-05-15")),
            ("2024-05", -1, Unit::Month, Some("2024-04")),
            ("2024-05", -2, Unit::Day, Some("2024")),
            ("2015", -3, Unit::Year, Some("2012")),
            ("2024-05-01", 5, Unit::Hour, None),
        ] {
            assert_eq!(from(date(event), count, unit), expected.map(date), "{event} {count} {unit:?}");
        }
    }

    #[test]
    fn lengths_without_a_count_are_vague() {
        for (event, unit, before, expected) in [
            ("2018-01", Unit::Month, true, Some("2017")),
            ("2018-06", Unit::Month, true, None),
            ("2024-05-31", Unit::Day, true, Some("2024-05")),
            ("2024-05-03", Unit::Day, false, Some("2024-05")),
            ("2024-05-03", Unit::Year, false, None),
        ] {
            assert_eq!(some_before(date(event), unit, before), expected.map(date), "{event} {unit:?}");
        }
    }
}
