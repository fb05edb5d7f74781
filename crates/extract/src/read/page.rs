//! Clean lines to articles.
//!
//! In: the lines of a page and what is known of it from elsewhere. Out: its articles, furniture gone, each with headline,
//! publisher and date where the page gives them.

use std::collections::BTreeSet;

use entente_model::Date;

use super::{
    dates::{self, Written},
    furniture::{self, Furniture},
    header,
    lines::Line,
    split::{self, Start},
};

/// What is known of an article apart from its text; what is known already, the text does not change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) title: Option<String>,
    pub(super) published: Option<Date>,
    pub(super) publisher: Option<String>,
    pub(super) url: Option<String>,
}

/// An article that has no name yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) known: Known,
    pub(super) body: String,
}

/// The articles of a page; those without a sentence of text are left out.
pub(super) fn drafts(lines: &[Line], known: &Known) -> Vec<Draft> {
    let starts = split::starts(lines);
    let mut drafts = Vec::new();
    for number in 0..=starts.len() {
        let end = starts.get(number).map_or(lines.len(), |s| s.line);
        let draft = match number.checked_sub(1).map(|n| &starts[n]) {
            None => draft(&lines[..end], known.clone(), lines),
            Some(Start { line, publisher }) => {
                let known = Known { publisher: publisher.clone(), ..Known::default() };
                draft(&lines[*line..end], known, &[])
            }
        };
        drafts.extend(draft);
    }
    drafts
}

/// Dates of publication that a text gives, best first.
#[derive(Debug, Default)]
struct Dates {
    header: Option<Written>,
    footer: Option<Written>,
    update: Option<Written>,
    dateline: Option<Written>,
}

fn draft(lines: &[Line], mut known: Known, page: &[Line]) -> Option<Draft> {
    let mut dates = Dates::default();
    let mut kept: Vec<&str> = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut in_header = true;
    let mut skipping = false;
    let mut first_paragraph = true;
    for (number, line) in lines.iter().enumerate() {
        let text = line.text.as_str();
        if line.rule {
            continue;
        }
        let headline =
            known.title.is_none() && kept.is_empty() && split::is_title(text) && header::dateline(text).is_none();
        let paragraph = !(headline && in_header) && is_paragraph(text);
        in_header &= !paragraph && number < 14;
        if take_date_line(text, in_header, lines.len() - number <= 6, &mut known, &mut dates) {
            continue;
        }
        match furniture::judge(text) {
            Furniture::No => {}
            Furniture::Drop => {
                note_syndication(text, &mut known);
                continue;
            }
            Furniture::Heads => {
                skipping |= !in_header;
                continue;
            }
        }
        skipping &= !paragraph;
        if skipping || (header::is_byline(text) && !paragraph) {
            continue;
        }
        if in_header {
            let second = known.title.is_some() || kept.len() == 1;
            if (known.publisher.as_deref() == Some(text)) || (second && header::is_publisher(text)) {
                known.publisher.get_or_insert_with(|| text.to_owned());
                continue;
            }
            if headline && lines.len() > 1 {
                known.title = Some(text.to_owned());
                continue;
            }
            let label = known.title.is_none() && kept.is_empty() && text.split(' ').count() <= 2;
            if (label && lines.len() > number + 2 && !text.ends_with('.')) || (second && header::is_place_line(text)) {
                continue;
            }
        }
        let mut text = furniture::strip_tail(text);
        if first_paragraph && paragraph {
            first_paragraph = false;
            if let Some(dateline) = header::dateline(text) {
                known.publisher = known.publisher.take().or(dateline.publisher);
                dates.dateline = dateline.date;
                text = &text[dateline.length..];
            }
        }
        let title = known.title.as_deref();
        if !text.is_empty() && title != Some(text) && seen.insert(text) {
            kept.push(text);
        }
    }
    known.published = known.published.or_else(|| published(&dates, known.url.as_deref(), lines, page));
    if kept.is_empty() {
        return None;
    }
    let mut body = String::with_capacity(kept.iter().map(|k| k.len() + 1).sum::<usize>() + 200);
    for line in known.title.as_deref().into_iter().chain(kept) {
        body.push_str(line);
        body.push('\n');
    }
    Some(Draft { known, body })
}

/// Takes a date line's date and publisher; false if the line is none, or stands where such lines belong to the text.
fn take_date_line(text: &str, in_header: bool, near_end: bool, known: &mut Known, dates: &mut Dates) -> bool {
    let Some(line) = header::date_line(text) else { return false };
    let labelled = ["Source", "Published", "Posted", "Updated", "Last updated", "First published", "Date:"]
        .iter()
        .any(|label| text.starts_with(label));
    if !(in_header || near_end || labelled) {
        return line.date.is_none();
    }
    if in_header || labelled {
        known.publisher = known.publisher.take().or(line.publisher);
    }
    let slot = if line.update {
        &mut dates.update
    } else if in_header {
        &mut dates.header
    } else {
        &mut dates.footer
    };
    if slot.is_none() {
        *slot = line.date;
    }
    true
}

/// "The post … appeared first on Example News." names the publisher.
fn note_syndication(text: &str, known: &mut Known) {
    if let Some((_, name)) = text.rsplit_once(" appeared first on ") {
        known.publisher.get_or_insert_with(|| name.trim_end_matches('.').to_owned());
    }
}

/// Whether a line is running text rather than a headline or a caption.
fn is_paragraph(text: &str) -> bool {
    let ends = text.ends_with(['.', '!', '?', '"', '”', '’', ')']);
    (text.len() >= 100 && ends) || text.len() >= 230 || (text.len() >= 60 && text.ends_with('.'))
}

/// The best date of publication that a page gives.
fn published(dates: &Dates, url: Option<&str>, lines: &[Line], page: &[Line]) -> Option<Date> {
    let given = [&dates.header, &dates.footer, &dates.dateline, &dates.update];
    given
        .iter()
        .find_map(|date| date.as_ref().and_then(Written::date))
        .or_else(|| url.and_then(in_address))
        .or_else(|| {
            let latest = latest_year(page)?;
            given.iter().find_map(|date| date.as_ref().filter(|d| fell_on_its_weekday(d, latest))?.in_year(latest))
        })
        .or_else(|| quoted_post(lines))
        .or_else(|| year_of_text(lines, page))
}

/// `https://news.example/2024/09/24/…` gives the day.
fn in_address(url: &str) -> Option<Date> {
    let parts: Vec<&str> = url.split(['/', '-']).collect();
    parts.windows(3).find_map(|part| match part {
        [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => {
            let (month, day) = (month.parse::<u8>().ok()?, day.parse::<u8>().ok()?);
            format!("{year}-{month:02}-{day:02}").parse().ok().filter(|d: &Date| (1990..2100).contains(&d.year))
        }
        _ => None,
    })
}

/// A post that the article shows was made on the day: "— Jane Doe (@janedoe) June 7, 2018".
fn quoted_post(lines: &[Line]) -> Option<Date> {
    lines
        .iter()
        .filter_map(|line| line.text.rsplit_once("(@"))
        .filter_map(|(_, tail)| tail.split_once(") "))
        .filter_map(|(_, tail)| dates::find(tail).first().filter(|d| d.span.start == 0).and_then(Written::date))
        .max()
}

/// "Friday 4 April" names its year where the latest year that the page mentions has such a Friday.
fn year_of_text(lines: &[Line], page: &[Line]) -> Option<Date> {
    let latest = latest_year(page)?;
    let mut dated = lines
        .iter()
        .flat_map(|line| dates::find(&line.text))
        .filter(|d| d.year.is_none() && d.weekday.is_some())
        .map(|d| fell_on_its_weekday(&d, latest))
        .peekable();
    dated.peek()?;
    dated.all(|fits| fits).then(|| Date::year(latest))
}

/// The latest year that the page mentions.
fn latest_year(page: &[Line]) -> Option<i16> {
    page.iter().flat_map(|line| years(&line.text)).max()
}

/// Whether the date fell on its day of the week in a year.
fn fell_on_its_weekday(date: &Written, year: i16) -> bool {
    date.weekday.is_some() && date.in_year(year).and_then(dates::weekday) == date.weekday
}

/// Numbers of four digits that are years of our time.
fn years(text: &str) -> impl Iterator<Item = i16> + '_ {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.len() == 4)
        .filter_map(|w| w.parse().ok())
        .filter(|y| (1990..2100).contains(y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::lines::lines;

    fn read(text: &str) -> Vec<Draft> {
        drafts(&lines(text), &Known::default())
    }

    fn one(text: &str) -> Draft {
        let mut drafts = read(text);
        assert_eq!(drafts.len(), 1, "{drafts:?}");
        drafts.remove(0)
    }

    #[test]
    fn a_plain_article() {
        let draft = one(
            "Envoys meet in Oslo\n\nExample News, 13 Jul 2024\n\nOSLO (Agency) — The envoys of Chad and Peru met in Oslo on Friday. They signed a treaty.\n",
        );
        assert_eq!(
            draft.body,
            "Envoys meet in Oslo\nThe envoys of Chad and Peru met in Oslo on Friday. They signed a treaty.\n"
        );
        assert_eq!(draft.known.title.as_deref(), Some("Envoys meet in Oslo"));
        assert_eq!(draft.known.publisher.as_deref(), Some("Example News"));
        assert_eq!(draft.known.published, Some(Date::day(2024, 7, 13)));
    }

    #[test]
    fn furniture_and_the_lists_that_it_heads_go() {
        let draft = one(
            "top of page\nEnvoys meet in Oslo\n\n, 10:01, 29.04.2024\nEstimated reading time: 3 minutes\n\nThe envoys of Chad and Peru met in Oslo on Friday, the ministry said.\n\nA treaty is near\n\nThey spoke about fish, copper and the climate for more than two hours, she said.\n\n#Chad#Peru\n\nExample Breaking News\n\nWe write about everything\nTelegram Facebook",
        );
        assert_eq!(
            draft.body,
            "Envoys meet in Oslo\nThe envoys of Chad and Peru met in Oslo on Friday, the ministry said.\nA treaty is near\nThey spoke about fish, copper and the climate for more than two hours, she said.\n"
        );
        assert_eq!(draft.known.published, Some(Date::day(2024, 4, 29)));
    }

    #[test]
    fn a_footer_gives_publisher_and_date() {
        let draft = one(
            "Envoys meet in Oslo\n\nThe envoys of Chad and Peru met in Oslo on Friday, the ministry said.\n\nSource: DOD, July 2, 2024\n\nTop Stories\n\nbottom of page",
        );
        assert_eq!(draft.known.published, Some(Date::day(2024, 7, 2)));
        assert!(draft.body.ends_with("said.\n"));
        let draft = one(
            "Envoys meet in Oslo\n\nThe envoys of Chad and Peru met in Oslo on Friday, the ministry said.\n\nThe post Envoys meet appeared first on Example Wire.",
        );
        assert_eq!(draft.known.publisher.as_deref(), Some("Example Wire"));
    }

    #[test]
    fn a_weekday_and_a_later_mention_give_the_year() {
        let draft = one(
            "Envoys meet in Oslo\n\nOn Friday 4 April, the envoys of Chad and Peru met in Oslo, the ministry said. They had met in 2019.\n\n2025 EXAMPLE LLC",
        );
        assert_eq!(draft.known.published, Some(Date::year(2025)));
        let draft = one(
            "Envoys meet in Oslo\n\nOn Friday 4 April, the envoys of Chad and Peru met in Oslo, the ministry said. They had met in 2019.",
        );
        assert_eq!(draft.known.published, None);
    }

    #[test]
    fn an_article_without_a_headline() {
        let draft = one(
            "LIMA — In a meeting with her counterpart from Chad, the minister of Peru said on Sept. 1 that copper would flow again soon.\n\nThe two will meet again.",
        );
        assert_eq!(draft.known.title, None);
        assert!(draft.body.starts_with("In a meeting"));
    }

    #[test]
    fn glued_articles_have_their_own_context() {
        let drafts = read(
            "Envoys meet in Oslo\nExample News, 13 Jul 2024\nThe envoys of Chad and Peru met in Oslo on Friday, the ministry said, and agreed to open embassies in both capitals.\nThey spoke about fish, copper and the climate for more than two hours, she said, and left for a dinner with the king.\nRelated Articles\n\nOther Herald\n4 hours ago\n- Other Herald\nA pact for the river\nThe ministers of Laos and Nepal signed a pact on the river on Monday, after more than a year of talks in Vientiane.",
        );
        assert_eq!(drafts.len(), 2);
        assert!(drafts[0].body.ends_with("the king.\n"));
        assert_eq!(drafts[1].known.publisher.as_deref(), Some("Other Herald"));
        assert_eq!(drafts[1].known.published, None);
        assert_eq!(drafts[1].known.title.as_deref(), Some("A pact for the river"));
        assert!(!drafts[1].body.contains("hours ago"));
    }

    #[test]
    fn labels_desks_and_places_around_the_headline_go() {
        let draft = one(
            "World\nEnvoys meet in Oslo\nBy Jo Example\nBBC News, Oslo\nOSLO\nThe envoys of Chad and Peru met in Oslo on Friday, the ministry said.\nShare\nThey will meet again in Lima in the spring of next year, she said.",
        );
        assert_eq!(
            draft.body,
            "Envoys meet in Oslo\nThe envoys of Chad and Peru met in Oslo on Friday, the ministry said.\nThey will meet again in Lima in the spring of next year, she said.\n"
        );
        assert_eq!(draft.known.publisher.as_deref(), Some("BBC News, Oslo"));
    }

    #[test]
    fn an_address_gives_the_day() {
        assert_eq!(in_address("https://news.example/2024/09/24/envoys/index.html"), Some(Date::day(2024, 9, 24)));
        assert_eq!(in_address("https://news.example/a/55719074"), None);
    }
}
