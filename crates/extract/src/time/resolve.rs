//! What a date expression says, and the date that it means on a day of publication.
//!
//! In: a [`Value`], the day of publication, the direction that grammar gives. Out: a [`Date`], if there is one certain answer.
//! "Friday" in the past tense, published on a Monday, is three days before.

use entente_model::Date;
use jiff::civil;

use super::calendar::{self, Unit};

/// Whether the text speaks of what was or of what will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Past,
    Future,
    Unknown,
}

/// A part of the current week, month or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Whole,
    /// "earlier this week"
    Earlier,
    /// "later this week"
    Later,
}

/// Which of the days with a name is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// "Friday": by the tense.
    Plain,
    /// "last Friday"
    Last,
    /// "next Friday"
    Next,
    /// "Friday of next week": so many weeks from now.
    InWeek(i8),
}

/// What an expression says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    /// "28 April", "Sunday, April 28, 2024"
    Day { year: Option<i16>, month: u8, day: u8, weekday: Option<i8> },
    /// "in May", "May 2022"
    Month { year: Option<i16>, month: u8 },
    /// "2014"
    Year(i16),
    /// "Friday"
    Weekday { day: i8, which: Which },
    /// "yesterday": so many days from publication.
    DayShift(i32),
    /// "last week": so many calendar units from the current one.
    Calendar { unit: Unit, count: i32, part: Part },
    /// "last weekend", "the weekend".
    Weekend { count: Option<i8> },
    /// "three days ago": counted from publication.
    Ago { unit: Unit, count: i32 },
    /// "a day after": counted from another event.
    Offset { unit: Unit, count: i32 },
    /// A length of time: "the past two weeks", "three-day".
    Length { unit: Unit, count: Option<u32> },
    /// "on Fridays"
    Recurring,
}

impl Value {
    /// The date that it means.
    pub(super) fn resolve(self, published: Option<civil::Date>, direction: Direction) -> Option<Date> {
        match self {
            Self::Day { year: Some(year), month, day, .. } => calendar::day(year, month, day).map(calendar::known),
            Self::Month { year: Some(year), month } => Some(Date::month(year, month)),
            Self::Year(year) => Some(Date::year(year)),
            _ => self.counted_from(published?, direction),
        }
    }

    /// The date of a day of the week and month that only one of the years has.
    pub(super) fn in_one_of(self, years: &[i16]) -> Option<Date> {
        let Self::Day { year: None, month, day, weekday: Some(weekday) } = self else { return None };
        let falls = |day: &civil::Date| day.weekday().to_monday_zero_offset() == weekday;
        let mut fitting = years.iter().filter_map(|&year| calendar::day(year, month, day)).filter(falls);
        fitting.next().filter(|_| fitting.next().is_none()).map(calendar::known)
    }

    fn counted_from(self, published: civil::Date, direction: Direction) -> Option<Date> {
        match self {
            Self::Day { month, day, weekday, .. } => {
                month_day(published, month, day, weekday, direction).map(calendar::known)
            }
            Self::Month { month, .. } => Some(nearest_month(published, month, direction)),
            Self::Weekday { day, which } => named_day(published, day, which, direction).map(calendar::known),
            Self::DayShift(count) => calendar::shift(published, count, Unit::Day).map(calendar::known),
            Self::Calendar { unit, count, part } => calendar_unit(published, unit, count, part, direction),
            Self::Weekend { count } => weekend(published, count, direction),
            Self::Ago { unit, count } => calendar::from_day(published, count, unit),
            Self::Year(_) | Self::Offset { .. } | Self::Length { .. } | Self::Recurring => None,
        }
    }

    /// The first date that it can mean from a day on: for the end of a range.
    pub(super) fn resolve_after(self, start: Date) -> Option<Date> {
        let first = calendar::day(start.year, start.month.unwrap_or(1), start.day.unwrap_or(1))?;
        self.resolve(Some(first), Direction::Future)
    }

    /// Takes the year over from the other end of a range: "March 3 to June 5, 2022".
    pub(super) fn with_year_of(self, other: Self) -> Self {
        let found = match other {
            Self::Day { year, .. } | Self::Month { year, .. } => year,
            _ => None,
        };
        match self {
            Self::Day { year: None, month, day, weekday } => Self::Day { year: found, month, day, weekday },
            Self::Month { year: None, month } => Self::Month { year: found, month },
            same => same,
        }
    }
}

/// A day and month without a year: the nearest in the direction, agreeing with the day of the week where that is told.
fn month_day(
    published: civil::Date,
    month: u8,
    day: u8,
    weekday: Option<i8>,
    direction: Direction,
) -> Option<civil::Date> {
    // Years further off than one count only where the day of the week leaves no other.
    let reach = if weekday.is_some() { 6 } else { 4 };
    let candidates = (published.year() - reach..=published.year() + reach)
        .filter_map(|year| calendar::day(year, month, day))
        .filter(|d| weekday.is_none_or(|w| d.weekday().to_monday_zero_offset() == w));
    let distance = |d: civil::Date| (d - published).get_days();
    let fits = |d: &civil::Date| match direction {
        // A day of tolerance, as papers are dated across time zones.
        Direction::Past => distance(*d) <= 1,
        Direction::Future => distance(*d) >= -1,
        Direction::Unknown => true,
    };
    candidates
        .clone()
        .filter(fits)
        .min_by_key(|d| (distance(*d).abs(), distance(*d)))
        .or_else(|| candidates.min_by_key(|d| distance(*d).abs()))
}

/// A month without a year: the nearest in the direction.
fn nearest_month(published: civil::Date, month: u8, direction: Direction) -> Date {
    let current = published.month();
    let month_here = i8::try_from(month).unwrap_or(current);
    let year = match direction {
        Direction::Past if month_here > current => published.year() - 1,
        Direction::Future if month_here < current => published.year() + 1,
        Direction::Unknown if month_here - current >= 6 => published.year() - 1,
        Direction::Unknown if current - month_here > 6 => published.year() + 1,
        _ => published.year(),
    };
    Date::month(year, month)
}

/// A day of the week.
fn named_day(published: civil::Date, day: i8, which: Which, direction: Direction) -> Option<civil::Date> {
    let today = published.weekday().to_monday_zero_offset();
    let back = i32::from((today - day).rem_euclid(7));
    let ahead = i32::from((day - today).rem_euclid(7));
    let days = match (which, direction) {
        (Which::InWeek(weeks), _) => i32::from(day - today) + 7 * i32::from(weeks),
        (Which::Last, _) => -if back == 0 { 7 } else { back },
        (Which::Next, _) => {
            if ahead == 0 {
                7
            } else {
                ahead
            }
        }
        (Which::Plain, Direction::Future) => ahead,
        (Which::Plain, Direction::Past | Direction::Unknown) => -back,
    };
    calendar::shift(published, days, Unit::Day)
}

/// "last week", "earlier this month", "next year".
fn calendar_unit(published: civil::Date, unit: Unit, count: i32, part: Part, direction: Direction) -> Option<Date> {
    let there = calendar::shift(published, count, unit);
    match unit {
        Unit::Hour | Unit::Day => None,
        Unit::Month => there.map(|d| Date::month(d.year(), d.month().unsigned_abs())),
        Unit::Year => there.map(|d| Date::year(d.year())),
        Unit::Week => {
            let first = calendar::monday(there?)?;
            let last = calendar::shift(first, 6, Unit::Day)?;
            match (part, direction) {
                (Part::Earlier, _) | (Part::Whole, Direction::Past) if count == 0 => calendar::cover(first, published),
                (Part::Later, _) | (Part::Whole, Direction::Future) if count == 0 => calendar::cover(published, last),
                _ => calendar::cover(first, last),
            }
        }
    }
}

/// A weekend: `count` weekends from this one, or the one that the tense points at.
fn weekend(published: civil::Date, count: Option<i8>, direction: Direction) -> Option<Date> {
    let monday = calendar::monday(published)?;
    let started = published.weekday().to_monday_zero_offset() >= 5;
    let weeks = match (count, direction) {
        // On a Sunday "last weekend" is the one before; on a Monday it is yesterday's.
        (Some(-1), _) => -1,
        (Some(1), _) => i32::from(started),
        (_, Direction::Future) => 0,
        (Some(_), Direction::Unknown) => 0,
        _ if started => 0,
        _ => -1,
    };
    let saturday = calendar::shift(monday, 5 + 7 * weeks, Unit::Day)?;
    calendar::cover(saturday, calendar::shift(saturday, 1, Unit::Day)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: Value, published: &str, direction: Direction, expected: Option<&str>) {
        let day = calendar::civil(published.parse().unwrap());
        let found = value.resolve(day, direction).map(|d| d.to_string());
        assert_eq!(found.as_deref(), expected, "{value:?} on {published} {direction:?}");
    }

    #[test]
    fn a_day_of_the_week_follows_the_tense() {
        use Direction::{Future, Past, Unknown};
        let friday = |which| Value::Weekday { day: 4, which };
        // 2024-04-29 is a Monday.
        for (which, direction, expected) in [
            (Which::Plain, Past, "2024-04-26"),
            (Which::Plain, Unknown, "2024-04-26"),
            (Which::Plain, Future, "2024-05-03"),
            (Which::Last, Past, "2024-04-26"),
            (Which::Next, Future, "2024-05-03"),
            (Which::InWeek(-1), Past, "2024-04-26"),
            (Which::InWeek(0), Unknown, "2024-05-03"),
            (Which::InWeek(1), Future, "2024-05-10"),
        ] {
            check(friday(which), "2024-04-29", direction, Some(expected));
        }
        let monday = |which| Value::Weekday { day: 0, which };
        check(monday(Which::Plain), "2024-04-29", Past, Some("2024-04-29"));
        check(monday(Which::Plain), "2024-04-29", Future, Some("2024-04-29"));
        check(monday(Which::Last), "2024-04-29", Past, Some("2024-04-22"));
        check(monday(Which::Next), "2024-04-29", Future, Some("2024-05-06"));
    }

    #[test]
    fn a_day_without_a_year_takes_the_nearest_in_its_direction() {
        use Direction::{Future, Past, Unknown};
        let date = |month, day| Value::Day { year: None, month, day, weekday: None };
        check(date(10, 7), "2024-08-08", Past, Some("2023-10-07"));
        check(date(10, 7), "2024-08-08", Unknown, Some("2024-10-07"));
        check(date(12, 30), "2024-01-02", Past, Some("2023-12-30"));
        check(date(1, 3), "2023-12-30", Future, Some("2024-01-03"));
        check(date(2, 29), "2025-03-10", Past, Some("2024-02-29"));
        check(date(2, 30), "2025-03-10", Past, None);
        let friday = Value::Day { year: None, month: 4, day: 4, weekday: Some(4) };
        check(friday, "2025-04-05", Past, Some("2025-04-04"));
        check(friday, "2026-04-05", Past, Some("2025-04-04"));
    }

    #[test]
    fn calendar_units_are_known_as_far_as_they_are_certain() {
        use Direction::{Future, Past, Unknown};
        let unit = |unit, count, part| Value::Calendar { unit, count, part };
        check(unit(Unit::Week, -1, Part::Whole), "2024-08-08", Past, Some("2024"));
        check(unit(Unit::Week, -1, Part::Whole), "2022-03-30", Past, Some("2022-03"));
        check(unit(Unit::Week, 0, Part::Earlier), "2021-10-21", Past, Some("2021-10"));
        check(unit(Unit::Week, 0, Part::Earlier), "2021-11-01", Past, Some("2021-11-01"));
        check(unit(Unit::Week, 1, Part::Whole), "2024-12-28", Future, None);
        check(unit(Unit::Month, -1, Part::Whole), "2024-03-31", Past, Some("2024-02"));
        check(unit(Unit::Year, 1, Part::Whole), "2024-02-29", Future, Some("2025"));
        check(Value::Weekend { count: None }, "2024-04-29", Past, Some("2024-04"));
        check(Value::Weekend { count: Some(0) }, "2024-04-29", Unknown, Some("2024-05"));
        check(Value::Ago { unit: Unit::Day, count: -3 }, "2024-05-01", Past, Some("2024-04-28"));
        check(Value::Ago { unit: Unit::Year, count: -5 }, "2024-05-01", Past, Some("2019"));
    }

    #[test]
    fn without_publication_only_absolute_dates_resolve() {
        assert_eq!(Value::DayShift(-1).resolve(None, Direction::Past), None);
        assert_eq!(Value::Year(2014).resolve(None, Direction::Past), Some(Date::year(2014)));
    }
}
