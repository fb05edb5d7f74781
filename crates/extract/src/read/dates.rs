//! Dates as headers and footers of articles give them.
//!
//! In: a line. Out: every absolute date in it with its bytes: "Sept. 1, 2021", "1 September 2021", "2021-09-01", "29.04.2024".
//! Dates of events in the text, which may be relative, are another stage's business.

use std::ops::Range;

use entente_model::Date;

use crate::time::{DAYS, MONTHS};

/// A date as written: perhaps without a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    /// Its bytes in the line, the day of the week and a time of day in ISO form included.
    pub(super) span: Range<usize>,
    pub(super) year: Option<i16>,
    pub(super) month: u8,
    pub(super) day: Option<u8>,
    /// Monday is 0.
    pub(super) weekday: Option<u8>,
}

impl Written {
    /// The date, if it has a year and the calendar has it.
    pub(super) fn date(&self) -> Option<Date> {
        self.in_year(self.year?)
    }

    /// The date in a year, if the calendar has it.
    pub(super) fn in_year(&self, year: i16) -> Option<Date> {
        let month = format!("{year:04}-{:02}", self.month);
        match self.day {
            Some(day) => format!("{month}-{day:02}").parse().ok(),
            None => month.parse().ok(),
        }
    }
}

/// The day of the week of a date known to the day; Monday is 0 (Zeller's congruence, Acta Mathematica 9, 1887).
pub(super) fn weekday(date: Date) -> Option<u8> {
    let (month, day) = (i32::from(date.month?), i32::from(date.day?));
    let (year, month) = if month < 3 { (i32::from(date.year) - 1, month + 12) } else { (i32::from(date.year), month) };
    let saturday_is_0 = (day + 13 * (month + 1) / 5 + year + year / 4 - year / 100 + year / 400).rem_euclid(7);
    u8::try_from((saturday_is_0 + 5) % 7).ok()
}

/// All dates of a line, left to right.
pub(super) fn find(line: &str) -> Vec<Written> {
    let tokens = tokens(line);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some((mut date, next)) = numeric(line, &tokens, at).or_else(|| spelt(&tokens, at)) {
            if let Some((day, start)) = weekday_before(&tokens, at) {
                date.weekday = Some(day);
                date.span.start = start;
            }
            found.push(date);
            at = next;
        } else {
            at += 1;
        }
    }
    found
}

/// The only date of a text such as `2024-04-29T10:01:00Z` or `Thu, 23 Jun 2022 21:13:29 +0000`.
pub(super) fn parse(text: &str) -> Option<Date> {
    text.trim().parse().ok().or_else(|| find(text).first().and_then(Written::date))
}

#[derive(Debug, Clone, Copy)]
struct Piece<'a> {
    start: usize,
    text: &'a str,
}

impl Piece<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn number(&self, digits: Range<usize>) -> Option<i16> {
        (digits.contains(&self.text.len()) && self.text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| self.text.parse().ok())?
    }

    fn small(&self) -> Option<u8> {
        self.number(1..3).and_then(|n| u8::try_from(n).ok()).filter(|n| (1..=31).contains(n))
    }

    fn year(&self) -> Option<i16> {
        self.number(4..5).filter(|y| (1800..=2200).contains(y))
    }
}

/// Runs of letters, runs of digits, and every other character but blanks alone.
fn tokens(line: &str) -> Vec<Piece<'_>> {
    let class = |c: char| {
        if c.is_alphabetic() {
            1
        } else if c.is_ascii_digit() {
            2
        } else {
            0
        }
    };
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let mut chars = line.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if first.is_whitespace() {
            continue;
        }
        let mut end = start + first.len_utf8();
        while let Some(&(_, next)) = chars.peek() {
            if class(first) == 0 || class(next) != class(first) {
                break;
            }
            end += next.len_utf8();
            chars.next();
        }
        pieces.push(Piece { start, text: &line[start..end] });
    }
    pieces
}

/// `2024-04-29`, `2024/4/29`, `29.04.2024`, `29/04/2024`; two readings of `05/04/2024` are none.
fn numeric(line: &str, tokens: &[Piece<'_>], at: usize) -> Option<(Written, usize)> {
    let [first, mark, second, mark2, third] = tokens.get(at..at + 5)? else { return None };
    let tight = first.end() == mark.start && mark2.end() == third.start && second.end() == mark2.start;
    let inside = at > 0 && tokens[at - 1].end() == first.start && matches!(tokens[at - 1].text, "." | "/" | "-");
    if !tight || inside || mark.text != mark2.text || !matches!(mark.text, "." | "/" | "-") {
        return None;
    }
    let (year, month, day) = if let Some(year) = first.year() {
        (year, second.small()?, third.small()?)
    } else {
        let (a, b, year) = (first.small()?, second.small()?, third.year()?);
        match (mark.text, a > 12, b > 12) {
            (".", _, false) | (_, true, false) => (year, b, a),
            (_, false, true) => (year, a, b),
            (_, false, false) if a == b => (year, a, b),
            _ => return None,
        }
    };
    let mut end = third.end();
    let mut next = at + 5;
    if line[end..].starts_with('T') {
        end += line[end..].find(char::is_whitespace).unwrap_or(line.len() - end);
        next += tokens[next..].iter().take_while(|t| t.start < end).count();
    }
    (month <= 12).then_some(())?;
    Some((Written { span: first.start..end, year: Some(year), month, day: Some(day), weekday: None }, next))
}

/// `1 September 2021`, `1st of Sept.`, `Sept. 1, 2021`, `September 2021`.
fn spelt(tokens: &[Piece<'_>], at: usize) -> Option<(Written, usize)> {
    let text = |i: usize| tokens.get(i).map_or("", |t| t.text);
    let start = tokens[at].start;
    let skip = |i: usize, words: &[&str]| i + usize::from(words.contains(&text(i).to_lowercase().as_str()));
    let glued = |i: usize| {
        i > 0
            && tokens[i - 1].end() == tokens[i].start
            && tokens[i - 1].text.len() == 1
            && "./-:,$€£".contains(tokens[i - 1].text)
    };
    if let Some(day) = tokens[at].small().filter(|_| !glued(at)) {
        let month_at = skip(skip(at + 1, &["st", "nd", "rd", "th"]), &["of", "-"]);
        let month = month(text(month_at))?;
        let mut next = skip(month_at + 1, &["."]);
        let year_at = skip(next, &[",", "-"]);
        let year = tokens.get(year_at).and_then(Piece::year);
        if year.is_some() {
            next = year_at + 1;
        }
        let end = tokens[next - 1].end();
        return Some((Written { span: start..end, year, month, day: Some(day), weekday: None }, next));
    }
    let month = month(tokens[at].text)?;
    let day_at = skip(at + 1, &["."]);
    if let Some(year) = tokens.get(skip(day_at, &[","])).and_then(Piece::year) {
        let next = skip(day_at, &[","]) + 1;
        return Some((
            Written { span: start..tokens[next - 1].end(), year: Some(year), month, day: None, weekday: None },
            next,
        ));
    }
    let day = tokens.get(day_at)?.small()?;
    let mut next = skip(day_at + 1, &["st", "nd", "rd", "th"]);
    let year_at = skip(next, &[","]);
    let year = tokens.get(year_at).and_then(Piece::year);
    if year.is_some() {
        next = year_at + 1;
    }
    Some((Written { span: start..tokens[next - 1].end(), year, month, day: Some(day), weekday: None }, next))
}

/// The weekday just before a date, and where it begins.
fn weekday_before(tokens: &[Piece<'_>], at: usize) -> Option<(u8, usize)> {
    let mut before = at.checked_sub(1)?;
    while matches!(tokens[before].text, "," | "." | "the" | "(") {
        before = before.checked_sub(1)?;
    }
    weekday_name(tokens[before].text).map(|day| (day, tokens[before].start))
}

/// The number of a month's English name or short form, 1 to 12.
pub(super) fn month(word: &str) -> Option<u8> {
    named(word, &MONTHS, "sept").map(|n| n + 1)
}

/// The number of a weekday's English name or short form; Monday is 0.
pub(super) fn weekday_name(word: &str) -> Option<u8> {
    named(word, &DAYS, "thurs")
}

/// Names begin with a capital; their first three letters, or one longer form, stand for them.
fn named(word: &str, names: &[&str], longer: &str) -> Option<u8> {
    if !word.starts_with(char::is_uppercase) {
        return None;
    }
    let word = word.to_lowercase();
    let hit = names.iter().position(|n| {
        *n == word || (word.len() == 3 && n.starts_with(&word)) || (word == longer && n.starts_with(longer))
    });
    hit.and_then(|n| u8::try_from(n).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        let found: Vec<String> = find(line)
            .iter()
            .map(|w| w.date().map_or_else(|| format!("?-{:02}-{:02}", w.month, w.day.unwrap_or(0)), |d| d.to_string()))
            .collect();
        assert_eq!(found.join(" "), expected, "{line}");
    }

    #[test]
    fn the_forms_of_headers_and_footers() {
        check(", 10:01, 29.04.2024", "2024-04-29");
        check("Source: DOD, July 2, 2024", "2024-07-02");
        check("CNN, Jul 4, 2024", "2024-07-04");
        check("BBC, 13 Jul 2024", "2024-07-13");
        check("Washington, D.C. (March 30, 2022)", "2022-03-30");
        check("2024-04-29T10:01:00+02:00 and 2024-05-01", "2024-04-29 2024-05-01");
        check("Thu, 23 Jun 2022 21:13:29 +0000", "2022-06-23");
        check("Tuesday, September 3, 2019", "2019-09-03");
        check("the 1st of September 2021", "2021-09-01");
        check("WASHINGTON, April 3 (Reuters) -", "?-04-03");
        check("on Sept. 1, said", "?-09-01");
        check("in May 2022", "2022-05");
    }

    #[test]
    fn day_and_month_are_told_apart_or_left() {
        check("29/04/2024", "2024-04-29");
        check("04/29/2024", "2024-04-29");
        check("04/04/2024", "2024-04-04");
        check("05/04/2024", "");
        check("05.04.2024", "2024-04-05");
    }

    #[test]
    fn numbers_that_are_no_dates() {
        check("192.168.10.2024, $5 may help, 4 days ago, he may 5", "");
        check("31.02.2024", "?-02-31");
    }

    #[test]
    fn weekdays_go_with_dates() {
        assert_eq!(find("On Friday 4 April, the chiefs")[0].weekday, Some(4));
        assert_eq!(weekday(Date::day(2025, 4, 4)), Some(4));
        assert_eq!(weekday(Date::day(2024, 2, 29)), Some(3));
        assert_eq!(weekday(Date::month(2024, 2)), None);
    }

    #[test]
    fn metadata_dates() {
        assert_eq!(parse("2022-06-23"), Some(Date::day(2022, 6, 23)));
        assert_eq!(parse("Fri, 01 Apr 2022 13:19:01 +0000"), Some(Date::day(2022, 4, 1)));
        assert_eq!(parse("4 days ago"), None);
    }
}
