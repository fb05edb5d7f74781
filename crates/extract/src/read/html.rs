//! Web pages: the article in them, by the readability method, and its metadata.
//!
//! In: the text of a page. Out: clean lines and what the page's head says: title, publisher, date, address.

use dom_smoothie::{CandidateSelectMode, Config, Readability, TextMode};

use super::{ReadError, dates, lines::Line, page::Known};

/// Elements of a page that are more than anyone wrote by hand: a guard against pages made to exhaust memory.
const MOST_ELEMENTS: usize = 200_000;

/// How deep elements may lie in each other; pages for people stay below fifty. Deeper ones would exhaust the stack.
const DEEPEST: usize = 500;

/// The `charset` that a page declares in its first kilobytes.
pub(super) fn charset(bytes: &[u8]) -> Option<String> {
    let head: String = bytes.iter().take(4096).map(|b| char::from(b.to_ascii_lowercase())).collect();
    let after = head.split("charset=").nth(1)?;
    let label: String = after
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
        .collect();
    (!label.is_empty()).then_some(label)
}

/// Whether a text is a web page, whatever its name says.
pub(super) fn is_page(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(20).collect::<String>().to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

/// Reads a page.
pub(super) fn read(text: &str) -> Result<(Vec<Line>, Known), ReadError> {
    if depth(text) > DEEPEST {
        return Err(ReadError::TooDeep { deepest: DEEPEST });
    }
    let config = Config {
        text_mode: TextMode::Formatted,
        candidate_select_mode: CandidateSelectMode::Readability,
        max_elements_to_parse: MOST_ELEMENTS,
        char_threshold: 200,
        ..Config::default()
    };
    let mut page = Readability::new(text, None, Some(config)).map_err(|_| ReadError::NoArticle)?;
    let address = page
        .doc
        .select("link[rel=canonical]")
        .attr("href")
        .or_else(|| page.doc.select("meta[property='og:url']").attr("content"));
    let time = page.doc.select("time[datetime]").attr("datetime");
    // A caption tells what its picture shows, which the text tells better or the picture alone.
    page.doc.select("figcaption").remove();
    let article = page.parse().map_err(|_| ReadError::NoArticle)?;
    let known = Known {
        title: Some(article.title.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|t| !t.is_empty()),
        published: article
            .published_time
            .as_deref()
            .and_then(dates::parse)
            .or_else(|| time.and_then(|t| dates::parse(&t))),
        publisher: article.site_name.filter(|name| !name.trim().is_empty()),
        url: address.map(|a| a.to_string()).filter(|a| a.starts_with("http")),
    };
    let lines = super::lines::lines(&article.text_content);
    if lines.is_empty() { Err(ReadError::NoArticle) } else { Ok((lines, known)) }
}

/// How deep the elements lie in each other, at most: elements that need no end are not counted.
fn depth(text: &str) -> usize {
    const NEVER_ENDED: [&str; 22] = [
        "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p",
        "param", "source", "td", "th", "tr", "track", "wbr",
    ];
    let (mut depth, mut deepest) = (0_usize, 0);
    for tag in text.split('<').skip(1) {
        let closing = tag.starts_with('/');
        let name = tag.trim_start_matches('/');
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len()).min(12);
        let name = name.get(..end).unwrap_or("").to_ascii_lowercase();
        if name.is_empty() || NEVER_ENDED.binary_search(&name.as_str()).is_ok() {
            continue;
        }
        if closing {
            depth = depth.saturating_sub(1);
        } else {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_charset_of_a_page() {
        assert_eq!(charset(b"<html><meta charset=\"windows-1251\">").as_deref(), Some("windows-1251"));
        assert_eq!(
            charset(b"<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>").as_deref(),
            Some("koi8-r")
        );
        assert_eq!(charset(b"<html>"), None);
    }

    #[test]
    fn deep_nesting_is_no_danger() {
        let nested = |count: usize| {
            let text = "The envoys of Chad and Peru met in Oslo. ".repeat(20);
            read(&format!("<html><body>{}<p>{text}</p>", "<div>".repeat(count))).map(|(lines, _)| lines.len())
        };
        assert_eq!(nested(50_000), Err(ReadError::TooDeep { deepest: DEEPEST }));
        assert_eq!(nested(DEEPEST - 10), Ok(1));
    }

    #[test]
    fn the_article_of_a_page() {
        let paragraph = "The envoys of Chad and Peru met in Oslo on Friday, the ministry said, and agreed to open embassies, to trade copper for fish, and to meet again.";
        let html = format!(
            "<!doctype html><html><head><title>Envoys meet in Oslo - Example News</title><meta property='og:site_name' content='Example News'>\
             <meta property='article:published_time' content='2024-07-13T10:00:00Z'><link rel=canonical href='https://news.example/a'></head><body>\
             <nav><a href=/>Home</a> <a href=/w>World</a></nav><article><h1>Envoys meet in Oslo</h1><p>{paragraph}</p><p>{paragraph} Again.</p></article>\
             <aside><a href=/x>Other news</a></aside><footer>© 2024</footer></body></html>"
        );
        assert!(is_page(&html));
        let (lines, known) = read(&html).unwrap();
        assert!(lines.iter().any(|l| l.text == paragraph), "{lines:?}");
        assert_eq!(known.published, Some(entente_model::Date::day(2024, 7, 13)));
        assert_eq!(known.publisher.as_deref(), Some("Example News"));
        assert_eq!(known.url.as_deref(), Some("https://news.example/a"));
        assert!(known.title.unwrap().starts_with("Envoys meet in Oslo"));
    }
}
