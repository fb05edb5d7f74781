//! Days as numbers, to count between them.

use entente_model::Date;

/// Days since the beginning of the calendar; exact for every day of the Gregorian calendar.
pub(crate) fn day_number(year: i64, month: i64, day: i64) -> i64 {
    // Counted from March, a leap day is the last of its year.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day
}

/// The number of a day written `YYYY-MM-DD`.
pub(crate) fn parse_day(date: &str) -> Option<i64> {
    let mut parts = date.split('-').map(|part| part.parse::<i64>().ok());
    Some(day_number(parts.next()??, parts.next()??, parts.next()??))
}

/// The first and the last day of a date.
pub(crate) fn days(date: Date) -> (i64, i64) {
    let (first, last) = crate::mapping::range(date);
    (parse_day(&first).unwrap_or_default(), parse_day(&last).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_one_by_one() {
        let days = |date| parse_day(date).unwrap();
        assert_eq!(days("2024-03-01") - days("2024-02-28"), 2);
        assert_eq!(days("2025-01-01") - days("2024-01-01"), 366);
        assert_eq!(days("2000-03-01") - days("2000-02-29"), 1);
        assert_eq!(parse_day("2024"), None);
    }
}
