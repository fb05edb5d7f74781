//! Date expressions of news, published on Monday 29 April 2024 unless the table says otherwise.

use super::*;
use crate::{data::Data, quantities::testing::flat};

/// The word lists built in.
fn lexicon() -> Lexicon {
    Lexicon::load(Data::built_in().words.iter().map(|(path, text)| (path.as_str(), text.as_str()))).unwrap()
}

/// An article of that day, or of no day.
fn written(published: Option<&str>) -> Written<'static> {
    Written { published: published.map(|day| day.parse().unwrap()), years: &[] }
}

/// The dates of a text without a tree, as "date kind" with a dash for an open date.
fn dates(text: &str, published: Option<&str>) -> Vec<String> {
    let document = flat(text);
    find_dates(&document, &lexicon(), written(published)).iter().map(show).collect()
}

fn show(mention: &DateMention) -> String {
    let date = mention.date.map_or_else(|| "-".to_owned(), |d| d.to_string());
    match mention.kind {
        DateKind::Point => date,
        DateKind::Since => format!("since {date}"),
        DateKind::Until => format!("until {date}"),
        DateKind::Range { end } => format!("{date} to {end}"),
        DateKind::Duration { count, unit } => format!("for {count:?} {unit:?}"),
        DateKind::Offset { count, unit } => format!("offset {count} {unit:?}"),
        DateKind::Recurring => "recurring".to_owned(),
    }
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(dates(text, Some("2024-04-29")), expected, "{text}");
}

#[test]
fn absolute_dates() {
    for (text, expected) in [
        ("on 28 April 2024", "2024-04-28"),
        ("on 28th April 2024", "2024-04-28"),
        ("on the 28th of April 2024", "2024-04-28"),
        ("on April 28, 2024", "2024-04-28"),
        ("on April 28th, 2024", "2024-04-28"),
        ("on Sunday, April 28, 2024,", "2024-04-28"),
        ("on Sunday 28 April 2024", "2024-04-28"),
        ("on Sunday, 28 April, 2024", "2024-04-28"),
        ("Sept. 1, 2021", "2021-09-01"),
        ("Sep 1 2021", "2021-09-01"),
        ("Jul 4, 2024", "2024-07-04"),
        ("10:01, 29.04.2024", "2024-04-29"),
        ("on 2024-04-28", "2024-04-28"),
        ("28/04/2024", "2024-04-28"),
        ("4/28/2024", "2024-04-28"),
        ("in May 2022", "2022-05"),
        ("in May, 2022", "2022-05"),
        ("in May of 2022", "2022-05"),
        ("In early May 2022", "2022-05"),
        ("in mid-June 2022", "2022-06"),
        ("since February 2022", "since 2022-02"),
        ("until the end of December 2025", "until 2025-12"),
        ("in 2014", "2014"),
        ("In late 2014", "2014"),
        ("in mid-2014", "2014"),
        ("since 2014", "since 2014"),
        ("by 2030", "until 2030"),
        ("by the end of 2025", "until 2025"),
        ("until 2027", "until 2027"),
        ("before 2019", "until 2019"),
        ("after 2019", "since 2019"),
        ("the 2015 accord", "2015"),
        ("the landmark 2015 nuclear accord", "2015"),
        ("FY 2023", "2023"),
        ("in fiscal year 2023", "2023"),
        ("from 2014 to 2018", "2014 to 2018"),
        ("between 2014 and 2018", "2014 to 2018"),
        ("in 2014-2018", "2014 to 2018"),
        ("in 2021-22", "2021 to 2022"),
        ("October 22-29, 2024", "2024-10-22 to 2024-10-29"),
        ("October 22\u{2013}29, 2024", "2024-10-22 to 2024-10-29"),
        ("on May 10-12 2023", "2023-05-10 to 2023-05-12"),
        ("from 15 October to 16 October 2023", "2023-10-15 to 2023-10-16"),
        ("from October 30 to November 2, 2023", "2023-10-30 to 2023-11-02"),
        ("10 to 12 May 2023", "2023-05-10 to 2023-05-12"),
        ("10\u{2013}12 May 2023", "2023-05-10 to 2023-05-12"),
        ("May 10 and 11, 2023,", "2023-05-10 to 2023-05-11"),
        ("November 13<sup>th</sup>-16<sup>th</sup>, 2022", "2022-11-13 to 2022-11-16"),
        ("the September 11 attacks", "2001-09-11"),
        ("the 9/11 attacks", "2001-09-11"),
    ] {
        assert_eq!(dates(text, None), [expected], "{text}");
    }
}

#[test]
fn dates_relative_to_publication() {
    for (text, expected) in [
        ("on Friday", "2024-04-26"),
        ("Friday evening", "2024-04-26"),
        ("early on Friday", "2024-04-26"),
        ("on Monday", "2024-04-29"),
        ("last Friday", "2024-04-26"),
        ("last Monday", "2024-04-22"),
        ("next Friday", "2024-05-03"),
        ("this Friday", "2024-05-03"),
        ("this past Friday", "2024-04-26"),
        ("this coming Friday", "2024-05-03"),
        ("Friday last week", "2024-04-26"),
        ("on Friday of last week", "2024-04-26"),
        ("on Friday next week", "2024-05-10"),
        ("next week on Friday", "2024-05-10"),
        ("since Friday", "since 2024-04-26"),
        ("until Friday", "until 2024-05-03"),
        ("by Friday", "until 2024-05-03"),
        ("from Monday to Wednesday", "2024-04-29 to 2024-05-01"),
        ("April 28", "2024-04-28"),
        ("28 April", "2024-04-28"),
        ("on Sunday, April 28", "2024-04-28"),
        ("on Thursday (April 25)", "2024-04-25"),
        ("Friday 4 April", "2025-04-04"),
        ("Sept. 1", "2024-09-01"),
        ("since October 7", "since 2023-10-07"),
        ("in May", "2024-05"),
        ("in mid-April", "2024-04"),
        ("in late-April", "2024-04"),
        ("since January", "since 2024-01"),
        ("since September", "since 2023-09"),
        ("its January meeting", "2024-01"),
        ("yesterday", "2024-04-28"),
        ("today", "2024-04-29"),
        ("this morning", "2024-04-29"),
        ("last night", "2024-04-28"),
        ("tomorrow", "2024-04-30"),
        ("the day after tomorrow", "2024-05-01"),
        ("the day before yesterday", "2024-04-27"),
        ("last week", "2024-04"),
        ("next week", "2024-05"),
        ("this week", "2024"),
        ("last month", "2024-03"),
        ("earlier this month", "2024-04"),
        ("later this month", "2024-04"),
        ("next month", "2024-05"),
        ("this year", "2024"),
        ("earlier this year", "2024"),
        ("last year", "2023"),
        ("next year", "2025"),
        ("over the weekend", "2024-04"),
        ("three days ago", "2024-04-26"),
        ("3 days ago", "2024-04-26"),
        ("two weeks ago", "2024-04"),
        ("a month ago", "2024-03"),
        ("five years ago", "2019"),
        ("two days from now", "2024-05-01"),
        ("at the end of next month", "2024-05"),
    ] {
        check(text, &[expected]);
        assert!(!dates(text, None)[0].contains("2024"), "{text} without a day of publication");
    }
}

#[test]
fn dates_that_count_from_another_event() {
    for (text, expected) in [
        ("a day after", "offset 1 Day"),
        ("one day after", "offset 1 Day"),
        ("two days earlier", "offset -2 Day"),
        ("two weeks later", "offset 2 Week"),
        ("the day before", "offset -1 Day"),
        ("the next day", "offset 1 Day"),
        ("the following week", "offset 1 Week"),
        ("the previous year", "offset -1 Year"),
        ("the same day", "offset 0 Day"),
        ("that week", "offset 0 Week"),
        ("on the eve of", "offset -1 Day"),
    ] {
        check(text, &[expected]);
    }
}

#[test]
fn lengths_and_repetitions_are_no_dates() {
    for (text, expected) in [
        ("the past two weeks", "for Some(2) Week"),
        ("in the coming days", "for None Day"),
        ("in recent months", "for None Month"),
        ("over the past decade and the past year", "for None Year"),
        ("for three years", "for Some(3) Year"),
        ("a three-day visit", "for Some(3) Day"),
        ("a 30-day truce", "for Some(30) Day"),
        ("several days ago", "for None Day"),
        ("about two years ago", "for None Year"),
        ("days after", "for None Day"),
        ("every Friday", "recurring"),
        ("on Fridays", "recurring"),
        ("each year", "recurring"),
    ] {
        check(text, &[expected]);
    }
}

#[test]
fn takes_no_other_word_for_a_date() {
    for text in [
        "They may march.",
        "May God help us",
        "Theresa May said",
        "March for peace",
        "Second, the F-16",
        "Resolution 2202",
        "the 2030 Agenda",
        "in 2000 villages",
        "about 2000 soldiers",
        "Good Friday",
        "the Sunday Times",
        "10:30",
        "3.5 million",
        "May 10:30",
        "a meeting in Room 2015",
        "April Novak spoke",
        "the sun and the wed",
        "Boeing 747-800",
        "COVID-19",
    ] {
        check(text, &[]);
    }
}

#[test]
fn several_dates_in_a_sentence() {
    check("On Friday and Saturday they met.", &["2024-04-26", "2024-04-27"]);
    check("signed on May 3, 2021, and in force since June 2022", &["2021-05-03", "since 2022-06"]);
    check("on Wednesday, one day after", &["2024-04-24", "offset 1 Day"]);
}

#[test]
fn an_offset_counts_from_the_event() {
    let document = flat("a day after");
    let mention = &find_dates(&document, &lexicon(), Written::default())[0];
    assert_eq!(mention.counted_from(Date::day(2024, 8, 22)), Some(Date::day(2024, 8, 23)));
    assert_eq!(mention.counted_from(Date::month(2024, 8)), Some(Date::year(2024)));
}

#[test]
fn gives_the_tokens_without_the_preposition() {
    let document = flat("They met on Sunday, April 28, in Oslo.");
    let mention = &find_dates(&document, &lexicon(), Written::default())[0];
    assert_eq!(document.text_of(mention.tokens.clone()), "Sunday, April 28");
}

/// Dates of parsed sentences, published on Monday 29 April 2024.
#[test]
fn the_governing_verb_tells_ahead_from_behind() {
    let pipeline = entente_nlp::Pipeline::load().unwrap();
    for (text, expected) in [
        ("The president will visit Oslo on Thursday.", &["2024-05-02"][..]),
        ("The minister said on Friday that he would fly to Cairo on Sunday.", &["2024-04-26", "2024-05-05"]),
        ("The minister said Friday he will fly to Cairo Sunday.", &["2024-04-26", "2024-05-05"]),
        ("Talks are scheduled for Friday in Geneva.", &["2024-05-03"]),
        ("The talks, due to start on Wednesday, were postponed.", &["2024-05-01"]),
        ("The two sides agreed to meet on Saturday.", &["2024-05-04"]),
        ("He arrived in Berlin to meet the chancellor on Wednesday.", &["2024-04-24"]),
        ("The answer will decide whether Chad sends envoys to an expected summit in Cairo on Sunday.", &["2024-05-05"]),
        ("Leaders to gather in Rome on Tuesday", &["2024-04-30"]),
        ("The summit opens on Friday.", &["2024-05-03"]),
        ("The vote is on Thursday.", &["2024-05-02"]),
        ("The pact signed on Friday will take effect on July 1.", &["2024-04-26", "2024-07-01"]),
        ("He is meeting the president on Wednesday.", &["2024-05-01"]),
        ("The ship had arrived on Wednesday.", &["2024-04-24"]),
        ("She has been in Kyiv since Wednesday.", &["since 2024-04-24"]),
        ("The treaty, which was signed on May 10, expires in March.", &["2023-05-10", "2025-03"]),
        ("They are expected to sign the deal in November.", &["2024-11"]),
        ("The deal could be signed by Friday.", &["until 2024-05-03"]),
        (
            "Following a meeting on Thursday, the leaders are preparing for a summit on Saturday.",
            &["2024-04-25", "2024-05-04"],
        ),
        ("Since the October 7 attacks, the two have not met.", &["2023-10-07"]),
        ("The working group is the result of the March 23-24 visit.", &["2024-03-23 to 2024-03-24"]),
        ("The suspect was released on bail until August.", &["until 2024-08"]),
        ("Chad's premier flew to Oslo on Friday and will return on Sunday.", &["2024-04-26", "2024-05-05"]),
        ("The first date for the summit was June 12.", &["2024-06-12"]),
        ("They look forward to welcoming the envoy at the March summit.", &["2025-03"]),
        // Nothing stands behind the verb.
        ("To meeting the president in August we look", &["2024-08"]),
        ("May the year bring peace.", &[]),
    ] {
        let document = pipeline.parse(text);
        let found = find_dates(&document, &lexicon(), written(Some("2024-04-29")));
        let shown: Vec<_> = found.iter().map(show).collect();
        assert_eq!(shown, expected, "{text}");
    }
}

#[test]
fn a_day_of_the_week_tells_the_year() {
    let found = |text: &str, years: &[i16]| {
        let document = flat(text);
        let mentions = find_dates(&document, &lexicon(), Written { published: None, years });
        mentions.iter().map(show).collect::<Vec<_>>()
    };
    let term = [2021, 2022, 2023, 2024, 2025];
    assert_eq!(found("They met on Friday 4 April.", &term), ["2025-04-04"]);
    // 2019 has it too, and without the day of the week any year has.
    assert_eq!(found("They met on Thursday 4 April.", &[2019, 2024]), ["-"]);
    assert_eq!(found("They met on 4 April.", &term), ["-"]);
}
