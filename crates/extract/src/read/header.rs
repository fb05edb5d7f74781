//! What stands around an article's text: publisher, date and byline lines, datelines.
//!
//! In: a line. Out: what it is, if it is one of these: "CNN, Jul 4, 2024" is a publisher and a date,
//! "WASHINGTON, April 3 (Reuters) -" a dateline.

use super::dates::{self, Written};

/// A line that gives no more than a date and perhaps who published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DateLine {
    /// The absolute date; `None` for "4 hours ago" and bare times.
    pub(super) date: Option<Written>,
    /// What else the line holds, if it is a name.
    pub(super) publisher: Option<String>,
    /// Whether the line says that the article was changed then, rather than published.
    pub(super) update: bool,
}

/// Words around a date that say what it is the date of; sorted.
const LABELS: &[&str] = &[
    "at",
    "change",
    "created",
    "date",
    "first",
    "issued",
    "last",
    "modified",
    "on",
    "originally",
    "post",
    "posted",
    "publication",
    "published",
    "release",
    "released",
    "source",
    "the",
    "updated",
];

/// Zones of times of day; sorted.
const ZONES: &[&str] = &[
    "AEST", "AM", "BST", "CDT", "CEST", "CET", "CST", "EAT", "EDT", "EEST", "EET", "EST", "ET", "GMT", "HKT", "IST",
    "JST", "MSK", "PDT", "PM", "PST", "PT", "SGT", "UTC", "WAT", "Z", "a.m", "am", "hrs", "p.m", "pm",
];

/// Reads a line as a date line.
pub(super) fn date_line(text: &str) -> Option<DateLine> {
    if text.len() > 140 {
        return None;
    }
    let found = dates::find(text);
    let update = ["Updated", "updated", "Modified", "modified"].iter().any(|word| text.contains(word));
    let mut rest = text.to_owned();
    for date in found.iter().rev() {
        rest.replace_range(date.span.clone(), " , ");
    }
    let ago = relative(&rest);
    if let Some(span) = &ago {
        rest.replace_range(span.clone(), " , ");
    }
    let words: Vec<&str> = rest
        .split([' ', ',', '|', '·', '•', '—', '–', '(', ')', '/', ';'])
        .map(|w| w.trim_matches(['-', ':', '.']))
        .filter(|w| !w.is_empty())
        .collect();
    let time = |w: &str| {
        is_time(w)
            || ZONES.contains(&w)
            || (w.starts_with('+') && w.len() > 1 && w[1..].bytes().all(|b| b.is_ascii_digit()))
    };
    let timed = words.iter().any(|w| is_time(w));
    if found.is_empty() && ago.is_none() && !timed {
        return None;
    }
    // The first absolute date that is no update counts: "Published 3 May 2024, updated 5 May 2024".
    let date = found.into_iter().find(|d| d.day.is_some());
    if date.is_none() && ago.is_none() && !timed {
        return None;
    }
    let mut name: Vec<&str> = words.into_iter().filter(|w| !time(w)).collect();
    let label = |w: &&str| LABELS.binary_search(&w.to_lowercase().as_str()).is_ok() && !matches!(*w, "The" | "THE");
    while name.first().is_some_and(label) {
        name.remove(0);
    }
    while name.last().is_some_and(label) {
        name.pop();
    }
    let byline = name.first().is_some_and(|w| w.eq_ignore_ascii_case("by"));
    let named = name.iter().all(|w| is_name_word(w) || label(w));
    if name.len() > 7 || !(named || byline) || (text.ends_with('.') && !name.iter().all(|w| is_capitals(w))) {
        return None;
    }
    let publisher = (!name.is_empty() && !byline).then(|| publisher_of(text, &name)).flatten();
    Some(DateLine { date, publisher, update })
}

/// The name as the line writes it, from its first to its last word.
fn publisher_of(text: &str, name: &[&str]) -> Option<String> {
    let start = text.find(name.first()?)?;
    let end = text.rfind(name.last()?)? + name.last()?.len();
    let name = text.get(start..end)?.trim();
    (name.len() <= 60 && !name.bytes().any(|b| b.is_ascii_digit())).then(|| name.to_owned())
}

/// Where "4 days ago", "an hour ago", "yesterday" stands.
fn relative(text: &str) -> Option<std::ops::Range<usize>> {
    const UNITS: [&str; 14] = [
        "second", "seconds", "min", "mins", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks",
        "month", "months",
    ];
    let end = text.find(" ago").map(|at| at + 4)?;
    let before = text[..end - 4].trim_end();
    let unit_at = before.rfind(' ').map_or(0, |at| at + 1);
    UNITS.contains(&before[unit_at..].to_lowercase().as_str()).then_some(())?;
    let count = before[..unit_at].trim_end();
    let count_at =
        count.len() - count.chars().rev().take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum::<usize>();
    Some(count_at..end)
}

/// "10:01", "2:06", "21:13:29", "10.01am".
fn is_time(word: &str) -> bool {
    let word = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let mut parts = word.split([':', '.']);
    let number = |p: Option<&str>, most: u8| {
        p.is_some_and(|p| (1..=2).contains(&p.len()) && p.parse::<u8>().is_ok_and(|n| n <= most))
    };
    number(parts.next(), 24)
        && number(parts.next(), 59)
        && parts.next().is_none_or(|p| number(Some(p), 59))
        && parts.next().is_none()
}

fn is_capitals(word: &str) -> bool {
    word.chars().all(|c| !c.is_lowercase())
}

fn is_name_word(word: &str) -> bool {
    const SMALL: [&str; 8] = ["and", "for", "in", "of", "on", "the", "to", "&"];
    word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || SMALL.contains(&word) || word.contains('.')
}

/// "By Jane Doe", "Jane Doe and John Roe, staff writers": who wrote, which is no fact of the article.
pub(super) fn is_byline(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let by = matches!(words[0], "By" | "BY" | "by") && words.len() > 1 && words[1].starts_with(char::is_uppercase);
    let written =
        ["Written by ", "Writer's picture", "Author: ", "Story by ", "Text by "].iter().any(|w| text.starts_with(w));
    (by || written) && words.len() <= 12 && !text.ends_with('.')
}

/// Whether a short line, alone under a headline, names a publisher and nothing else.
pub(super) fn is_publisher(text: &str) -> bool {
    const WHOLE: [&str; 46] = [
        "AFP",
        "ANSA",
        "AP",
        "APA",
        "Agence France-Presse",
        "Al Arabiya",
        "Al Jazeera",
        "Anadolu Agency",
        "Ansa",
        "Associated Press",
        "BBC",
        "Bloomberg",
        "CBC",
        "CBS",
        "CNBC",
        "CNN",
        "Deutsche Welle",
        "EFE",
        "Euractiv",
        "Euronews",
        "Financial Times",
        "Foreign Office",
        "Fox",
        "France 24",
        "Interfax",
        "Interfax-Ukraine",
        "Kyodo",
        "Kyodo News",
        "MSNBC",
        "NBC",
        "NPR",
        "Newsmax",
        "Newsweek",
        "PBS",
        "Politico",
        "RFE/RL",
        "Reuters",
        "State Dept",
        "TASS",
        "The Guardian",
        "UPI",
        "USA Today",
        "Ukrinform",
        "Wikinews",
        "Xinhua",
        "Yonhap",
    ];
    const LAST: [&str; 26] = [
        "Agency",
        "Chronicle",
        "Courier",
        "Daily",
        "Department",
        "Dispatch",
        "Gazette",
        "Herald",
        "House",
        "Independent",
        "Journal",
        "Mail",
        "Ministry",
        "News",
        "Observer",
        "Online",
        "Post",
        "Pravda",
        "Press",
        "Radio",
        "Standard",
        "Sun",
        "Telegraph",
        "Times",
        "Today",
        "Tribune",
    ];
    // "Example News, Kyiv" is an author's desk.
    let text = text.split_once(", ").filter(|(_, place)| place.len() <= 25).map_or(text, |(name, _)| name);
    let words: Vec<&str> = text.split(' ').collect();
    WHOLE.contains(&text)
        || (words.len() <= 5 && words.iter().all(|w| is_name_word(w)) && words.last().is_some_and(|w| LAST.contains(w)))
}

/// "ANKARA", alone under the headline: where the article was written.
pub(super) fn is_place_line(text: &str) -> bool {
    text.split(' ').count() <= 3
        && text.len() > 3
        && text.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | ',' | '.' | '-'))
}

/// A dateline at the beginning of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dateline {
    /// Bytes up to the first word of the paragraph itself.
    pub(super) length: usize,
    pub(super) date: Option<Written>,
    /// The agency.
    pub(super) publisher: Option<String>,
    /// Whether a date or an agency shows that this is a dateline beyond doubt.
    pub(super) sure: bool,
}

/// Reads the beginning of a paragraph as a dateline: `KYIV, 2 July (Agency) — `, `CNN — `, `Oslo, Norway — `.
pub(super) fn dateline(text: &str) -> Option<Dateline> {
    let (place_end, length) = dash(text)?;
    let head = text[..place_end].trim_end();
    let opening =
        if head.ends_with(')') { head.rfind('(') } else { head.strip_suffix('/').and_then(|head| head.rfind('/')) };
    let agency = opening.map(|open| (open, &head[open + 1..head.len() - 1]));
    let date = dates::find(head).into_iter().find(|d| d.day.is_some());
    let mut place = head.to_owned();
    if let Some((open, _)) = agency {
        place.truncate(open);
    }
    if let Some(date) = date.as_ref().filter(|d| d.span.end <= place.len()) {
        place.replace_range(date.span.clone(), "");
    }
    let words: Vec<&str> = place.split([' ', ',', '/']).filter(|w| !w.is_empty() && *w != ".").collect();
    let capitals =
        !words.is_empty() && words.first().is_some_and(|w| is_capitals(w) && w.chars().any(char::is_alphabetic));
    let named = words
        .iter()
        .all(|w| w.starts_with(char::is_uppercase) || matches!(*w, "and" | "of" | "the" | "de" | "la" | "al"));
    if words.len() > 6 || !named || words.iter().any(|w| w.ends_with('.') && w.len() > 5 && !is_capitals(w)) {
        return None;
    }
    let publisher = agency
        .map(|(_, name)| name.trim())
        .filter(|name| dates::find(name).is_empty() && name.split(' ').count() <= 4)
        .map(str::to_owned)
        .or_else(|| is_publisher(place.trim()).then(|| place.trim().to_owned()));
    let sure = publisher.is_some() || date.is_some();
    // Without agency and date only capitals, or a place with its country, tell a dateline from "Peace — at last".
    if !(sure || capitals || (place.contains(',') && words.len() <= 5)) {
        return None;
    }
    Some(Dateline { length, date, publisher, sure })
}

/// The dash that ends a dateline: where the words before it end, and where the paragraph begins.
fn dash(text: &str) -> Option<(usize, usize)> {
    let mut limit = text.len().min(90);
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let head = &text[..limit];
    // `KYIV (Agency) -The envoy`, `MOSCOW, July 5. /AGENCY/. The envoy`.
    let closed = head.find(") -").or_else(|| head.find("/. ")).map(|at| (at + 1, at + 2));
    let (end, dash) =
        ["—", "–", " -- ", " - "].iter().filter_map(|mark| head.find(mark).map(|at| (at, at))).chain(closed).min()?;
    let after = text[dash..].trim_start_matches(['—', '–', '-', ' ']);
    let start = text.len() - after.len();
    after
        .starts_with(|c: char| {
            c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“' | '‘' | '\'' | '$' | '€' | '£')
        })
        .then_some((end, start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_date_line(text: &str, expected: Option<(&str, Option<&str>)>) {
        let found =
            date_line(text).map(|l| (l.date.and_then(|d| d.date()).map_or("-".into(), |d| d.to_string()), l.publisher));
        assert_eq!(found, expected.map(|(d, p)| (d.to_owned(), p.map(str::to_owned))), "{text}");
    }

    #[test]
    fn date_lines() {
        check_date_line(", 10:01, 29.04.2024", Some(("2024-04-29", None)));
        check_date_line("CNN, Jul 4, 2024", Some(("2024-07-04", Some("CNN"))));
        check_date_line("New York Times - News, 2013-04-22", Some(("2013-04-22", Some("New York Times - News"))));
        check_date_line("Source: DOD, July 2, 2024", Some(("2024-07-02", Some("DOD"))));
        check_date_line("Tuesday, September 3, 2019", Some(("2019-09-03", None)));
        check_date_line("Published on 3 May 2024 at 10:15 GMT", Some(("2024-05-03", None)));
        check_date_line("By Jo Example | July 3, 2024", Some(("2024-07-03", None)));
        check_date_line("4 hours ago - Example Herald", Some(("-", Some("Example Herald"))));
        check_date_line("Updated 3 hours ago", Some(("-", None)));
        check_date_line("THE FOREIGN MINISTRY, March 30, 2022.", Some(("2022-03-30", Some("THE FOREIGN MINISTRY"))));
    }

    #[test]
    fn date_lines_of_many_sites() {
        for line in [
            "Apr 29, 2024 10:01 AM",
            "Monday, 29 April 2024, 10:01",
            "29 April 2024 | 10:01",
            "10:01 29.04.2024",
            "2024-04-29 10:01:00",
            "April 29th, 2024",
            "29 Apr, 2024, 10:01 PM IST",
            "Published: 10:01 BST, 29 April 2024 | Updated: 11:05 BST, 30 April 2024",
            "First published on Apr 29, 2024",
            "APRIL 29, 2024 / 10:01 AM",
            "Mon 29 Apr 2024 10.01 BST",
            "Posted at 10:01 am on Monday, April 29, 2024",
            "29.04.2024 - 10:01",
            "29/04/2024 10:01",
            "Date: 29 April 2024",
            "(29 April 2024)",
            "Issued on: 29/04/2024 - 10:01",
            "Apr. 29, 2024, 10:01 a.m. ET",
        ] {
            check_date_line(line, Some(("2024-04-29", None)));
        }
    }

    #[test]
    fn sentences_and_captions_are_no_date_lines() {
        check_date_line("Secretary Doe meets his Ruritanian counterpart at the Pentagon, July 2, 2024", None);
        check_date_line("The pact was signed on July 2, 2024.", None);
        check_date_line("Talks resume in Geneva", None);
        check_date_line("The first ship left 4 days ago.", None);
    }

    fn check_dateline(text: &str, expected: Option<(&str, &str)>) {
        let found = dateline(text).map(|d| (text[d.length..].to_owned(), d.publisher.unwrap_or_default()));
        assert_eq!(found, expected.map(|(rest, p)| (rest.to_owned(), p.to_owned())), "{text}");
    }

    #[test]
    fn datelines() {
        check_dateline("WASHINGTON, April 3 (Reuters) - The envoy left.", Some(("The envoy left.", "Reuters")));
        check_dateline("SUMY (Reuters) -Jane Doe smoked.", Some(("Jane Doe smoked.", "Reuters")));
        check_dateline("MOSCOW, July 5. /TASS/. The envoy left.", Some(("The envoy left.", "TASS")));
        check_dateline("MOSCOW. July 5 (Interfax) - The envoy left.", Some(("The envoy left.", "Interfax")));
        check_dateline("July 2 (Reuters) - The envoy left.", Some(("The envoy left.", "Reuters")));
        check_dateline("KYIV, Ukraine (AP) — The envoy left.", Some(("The envoy left.", "AP")));
        check_dateline("CNN — The US announced aid.", Some(("The US announced aid.", "CNN")));
        check_dateline("Oslo, Norway — Norway will return it.", Some(("Norway will return it.", "")));
        check_dateline("WASHINGTON — In a meeting with him", Some(("In a meeting with him", "")));
        check_dateline("Washington, D.C. (March 30, 2022) – The agency gave", Some(("The agency gave", "")));
        assert_eq!(
            dateline("Washington, D.C. (March 30, 2022) – The agency")
                .unwrap()
                .date
                .unwrap()
                .date()
                .unwrap()
                .to_string(),
            "2022-03-30"
        );
    }

    #[test]
    fn dashes_in_sentences_are_no_datelines() {
        check_dateline("The Russians most frequently - 55 times - stormed", None);
        check_dateline("Peace — At last", None);
        check_dateline("The deal — Europe's largest — was signed.", None);
    }

    #[test]
    fn bylines_and_publishers() {
        assert!(is_byline("By Jane Doe and John Roe"));
        assert!(!is_byline("By Monday the two sides had agreed."));
        assert!(is_publisher("BBC") && is_publisher("ABC News") && is_publisher("Miami Herald"));
        assert!(is_publisher("BBC News, Kyiv"));
        assert!(!is_publisher("Jane Doe") && !is_publisher("Talks resume"));
    }
}
