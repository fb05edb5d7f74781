//! Finds where one page holds several articles.
//!
//! In: the lines of a page. Out: where each article after the first begins. Only a layout that no single article has counts:
//! a headline with a date line or a dateline of its own, behind the text of another article.

use super::{
    furniture::{self, Furniture},
    header,
    lines::Line,
};

/// Characters of an article's text that must stand before the next can begin.
const LEAST_BEFORE: usize = 150;

/// Characters that make a line a paragraph rather than a caption.
const PARAGRAPH: usize = 100;

/// Where another article begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Start {
    /// Number of the line.
    pub(super) line: usize,
    /// The publisher, where the layout of a card names it.
    pub(super) publisher: Option<String>,
}

/// The beginnings of all articles behind the first.
pub(super) fn starts(lines: &[Line]) -> Vec<Start> {
    let mut found: Vec<Start> = Vec::new();
    let mut before = 0;
    let mut at = 0;
    while at < lines.len() {
        if before >= LEAST_BEFORE {
            let start = card(lines, at).or_else(|| headline(lines, at));
            if let Some((publisher, body)) = start {
                found.push(Start { line: at, publisher });
                before = 0;
                at = body;
                continue;
            }
        }
        if lines[at].text.len() >= 80 {
            before += lines[at].text.len();
        }
        at += 1;
    }
    found
}

/// A card of a news portal: publisher, age or date, perhaps the publisher again, headline, text.
fn card(lines: &[Line], at: usize) -> Option<(Option<String>, usize)> {
    let name = &lines[at];
    let dated = header::date_line(&lines.get(at + 1)?.text)?;
    let short = name.text.split(' ').count() <= 5 && name.text.len() <= 50;
    let plain = !name.text.ends_with(['.', '!', '?', ':', ';', ',']) && name.text.starts_with(char::is_alphanumeric);
    if !short || !plain || name.bullet || dated.publisher.as_ref().is_some_and(|p| *p != name.text) {
        return None;
    }
    let mut next = at + 2;
    if lines.get(next).is_some_and(|l| l.text == name.text) {
        next += 1;
    }
    let title = lines.get(next)?;
    let body = lines.get(next + 1)?;
    (is_title(&title.text) && body.text.len() >= PARAGRAPH).then(|| (Some(name.text.clone()), next + 1))
}

/// A headline that a date line, or a paragraph with a sure dateline, follows.
fn headline(lines: &[Line], at: usize) -> Option<(Option<String>, usize)> {
    let title = &lines[at];
    let apart = title.gap || title.heading || (at > 0 && lines[at - 1].rule);
    if !apart || !is_title(&title.text) || title.bullet || furniture::judge(&title.text) != Furniture::No {
        return None;
    }
    let mut next = at + 1;
    let mut dated = false;
    while let Some(line) = lines.get(next).filter(|_| next <= at + 4) {
        if let Some(date) = header::date_line(&line.text) {
            dated |= date.date.as_ref().is_some_and(|d| d.year.is_some()) || date.publisher.is_some();
        } else if !header::is_byline(&line.text) && !header::is_publisher(&line.text) {
            break;
        }
        next += 1;
    }
    let body = lines.get(next)?;
    let long = body.text.len() >= PARAGRAPH;
    let dateline = next == at + 1
        && header::dateline(&body.text).is_some_and(|d| d.sure)
        && body.text.split(' ').next().is_some_and(|w| w.len() > 2 && w.chars().all(|c| !c.is_lowercase()));
    (long && (dated || dateline)).then_some((None, next))
}

/// Whether a line may be a headline.
pub(super) fn is_title(text: &str) -> bool {
    let words = text.split(' ').count();
    let open =
        !text.ends_with([':', ';', ',']) && (!text.ends_with('.') || text.ends_with("U.S.") || text.ends_with("..."));
    let quote = text.ends_with(".\"") || text.ends_with(".”");
    (3..=34).contains(&words)
        && text.len() <= 220
        && open
        && !quote
        && text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "\"“'‘$€£¥".contains(c))
        && header::date_line(text).is_none()
        && !header::is_byline(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::lines::lines;

    const LONG: &str = "The two ministers met in the capital and spoke about the border, trade and the return of prisoners of war, \
                        and they agreed to meet again within a month in the other country's second city.";

    fn check(text: &str, expected: &[&str]) {
        let lines = lines(&text.replace("LONG", LONG));
        let found: Vec<String> = starts(&lines).into_iter().map(|s| lines[s.line].text.clone()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn cards_of_a_portal_are_articles() {
        check(
            "First headline of the page\nLONG\nLONG\nRelated Articles\n\nExample Herald\n4 hours ago\n- Example Herald\nEnvoys sign a pact\nLONG",
            &["Example Herald"],
        );
    }

    #[test]
    fn a_headline_with_a_date_begins_an_article() {
        check(
            "First headline here\n\nLONG\n\nLONG\n\nSecond headline of it\nExample News, 3 May 2024\n\nLONG",
            &["Second headline of it"],
        );
        check(
            "First headline here\n\nLONG\n\nLONG\n\nSecond headline of it\n\nOSLO, May 3 (Agency) - LONG",
            &["Second headline of it"],
        );
    }

    #[test]
    fn sections_of_one_article_stay_together() {
        check(
            "First headline here\n\nLONG\n\nLONG\n\nThe general staff: forty clashes\n\nLONG\n\nAppeal for help\n\nLONG",
            &[],
        );
        check("First headline here\nExample News, 3 May 2024\n\nLONG", &[]);
    }
}
