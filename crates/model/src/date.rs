//! Dates as news gives them: a day, a month or a year, written as ISO 8601.
//!
//! `2024-04-28`, `2024-04` and `2024` are three precisions of one type. Calendar arithmetic is the extractor's business.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A calendar date known to the day, the month or the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Date {
    /// Year of the Gregorian calendar, 1 to 9999.
    pub year: i16,
    /// Month, 1 to 12, where it is known.
    pub month: Option<u8>,
    /// Day of the month, 1 to 31, where it is known; never without a month.
    pub day: Option<u8>,
}

/// A string that is not `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateError(String);

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not a date: write YYYY, YYYY-MM or YYYY-MM-DD", self.0)
    }
}

impl std::error::Error for DateError {}

impl Date {
    /// A date known to the day.
    pub const fn day(year: i16, month: u8, day: u8) -> Self {
        Self { year, month: Some(month), day: Some(day) }
    }

    /// A date known to the month.
    pub const fn month(year: i16, month: u8) -> Self {
        Self { year, month: Some(month), day: None }
    }

    /// A date known to the year.
    pub const fn year(year: i16) -> Self {
        Self { year, month: None, day: None }
    }

    /// Whether `other` says the same, or the same and more: `2024-04` covers `2024-04-28`.
    pub fn covers(self, other: Self) -> bool {
        self.year == other.year
            && (self.month.is_none() || self.month == other.month)
            && (self.day.is_none() || self.day == other.day)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

impl TryFrom<String> for Date {
    type Error = DateError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl FromStr for Date {
    type Err = DateError;

    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    ///
    /// # Errors
    /// If the text has another shape, or names a month or a day that the calendar does not have.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || DateError(text.to_owned());
        let digits = |part: &str, len: usize| {
            if part.len() == len && part.bytes().all(|b| b.is_ascii_digit()) { part.parse::<i16>().ok() } else { None }
        };
        let mut parts = text.split('-');
        let year = parts.next().and_then(|p| digits(p, 4)).filter(|y| *y > 0).ok_or_else(error)?;
        let mut month = None;
        let mut day = None;
        if let Some(part) = parts.next() {
            let value = digits(part, 2)
                .and_then(|m| u8::try_from(m).ok())
                .filter(|m| (1..=12).contains(m))
                .ok_or_else(error)?;
            month = Some(value);
            if let Some(part) = parts.next() {
                let longest = days_in_month(year, value);
                day = Some(
                    digits(part, 2)
                        .and_then(|d| u8::try_from(d).ok())
                        .filter(|d| (1..=longest).contains(d))
                        .ok_or_else(error)?,
                );
            }
        }
        if parts.next().is_some() { Err(error()) } else { Ok(Self { year, month, day }) }
    }
}

/// How many days the month has.
const fn days_in_month(year: i16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        for text in ["2024", "2024-04", "2024-02-29"] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn refuses_what_the_calendar_does_not_have() {
        for text in ["", "24", "2024-13", "2023-02-29", "2024-04-31", "2024-4-1", "2024-04-01-01", "0000"] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_month_covers_its_days() {
        assert!(Date::month(2024, 4).covers(Date::day(2024, 4, 28)));
        assert!(!Date::day(2024, 4, 28).covers(Date::month(2024, 4)));
    }
}
