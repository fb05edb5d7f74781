//! Bytes of a file to articles: the first stage, pure functions that touch no files.
//!
//! In: a name and bytes. Out: [`Article`]s, page furniture gone and glued articles apart, with warnings for what was guessed.
//!
//! ```
//! use entente_extract::read;
//!
//! let text = "Envoys meet in Oslo\n\nExample News, 13 Jul 2024\n\nThe envoys of Chad and Peru met in Oslo on Friday.";
//! let reading = read::read("oslo.txt", text.as_bytes())?;
//! assert_eq!(reading.articles[0].title.as_deref(), Some("Envoys meet in Oslo"));
//! assert_eq!(reading.articles[0].publisher.as_deref(), Some("Example News"));
//! # Ok::<(), read::ReadError>(())
//! ```

mod bytes;
mod dates;
mod furniture;
mod header;
mod html;
mod json;
mod lines;
mod markdown;
mod page;
mod split;
mod surrogates;

use entente_model::Article;

pub use json::read_json_line;

/// The longest text that is taken for one article, in bytes; the longest treaty has half of it.
pub const LONGEST: usize = 4 << 20;

/// What a file of a name holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `.txt`, or anything unknown.
    Text,
    /// `.md`
    Markdown,
    /// `.html`
    Html,
    /// `.jsonl`: one article a line.
    JsonLines,
}

impl Format {
    /// The format that a file name promises, `.gz` at its end apart; `None` for a name that promises no article.
    pub fn of_name(name: &str) -> Option<Self> {
        let name = name.strip_suffix(".gz").unwrap_or(name);
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Self::Text),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "jsonl" | "ndjson" | "json" => Some(Self::JsonLines),
            _ => None,
        }
    }
}

/// What was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// The articles, in the order of the file.
    pub articles: Vec<Article>,
    /// What was guessed, repaired or left out, for a human.
    pub warnings: Vec<String>,
}

/// Why nothing could be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// No bytes, or only blanks.
    #[error("empty")]
    Empty,
    /// Something else than text.
    #[error("not text but {0}")]
    NotText(&'static str),
    /// Text, but more than one article can be.
    #[error(
        "{length} bytes in one text, more than the {LONGEST} that an article may have; split it into articles, one a file or a JSON line"
    )]
    TooLong {
        /// Bytes of the text.
        length: usize,
    },
    /// A page without an article, or nothing but furniture.
    #[error("no article text found")]
    NoArticle,
    /// A page whose elements lie deeper in each other than in any page for people.
    #[error("not a web page for people: elements lie more than {deepest} deep in each other")]
    TooDeep {
        /// The most that is read.
        deepest: usize,
    },
    /// A line that is no JSON.
    #[error("not JSON: {0}")]
    Json(String),
    /// A JSON object that lacks what it must have, or has it in another type.
    #[error("not an article: {0}")]
    Field(String),
}

/// Reads a file: its name says the format, its bytes overrule the name where they are plain.
///
/// # Errors
/// If the file holds no text, or no article. A bad line of a JSON lines file is a warning as long as another line is good.
pub fn read(name: &str, bytes: &[u8]) -> Result<Reading, ReadError> {
    let format = Format::of_name(name).unwrap_or(Format::Text);
    if format == Format::JsonLines || (Format::of_name(name).is_none() && json::is_json(bytes)) {
        return json::read_all(name, bytes);
    }
    if bytes.len() > LONGEST {
        bytes::decode(&bytes[..4096], None)?;
        return Err(ReadError::TooLong { length: bytes.len() });
    }
    let charset = html::charset(bytes);
    let decoded = bytes::decode(bytes, charset.as_deref())?;
    let (lines, known) = match format {
        _ if html::is_page(&decoded.text) => html::read(&decoded.text)?,
        Format::Html => html::read(&decoded.text)?,
        Format::Markdown => markdown::read(&decoded.text),
        Format::Text | Format::JsonLines => (lines::lines(&decoded.text), page::Known::default()),
    };
    let drafts = page::drafts(&lines, &known);
    if drafts.is_empty() {
        return Err(ReadError::NoArticle);
    }
    let id = identity(name);
    let articles = drafts.into_iter().enumerate().map(|(number, draft)| named(&id, name, number, draft)).collect();
    Ok(Reading { articles, warnings: decoded.warnings })
}

/// The id of a file's article: its path with `/` between parts, no `./` before and no extension that says the format.
fn identity(name: &str) -> String {
    let path = name.replace('\\', "/");
    let mut path = path.as_str();
    while let Some(rest) = path.strip_prefix("./") {
        path = rest;
    }
    path.to_owned()
}

/// Gives a draft its id and source: `path`, then `path#2` for the second article of a page.
fn named(id: &str, source: &str, number: usize, draft: page::Draft) -> Article {
    let name = |base: &str| if number == 0 { base.to_owned() } else { format!("{base}#{}", number + 1) };
    let page::Known { title, published, publisher, url } = draft.known;
    Article { id: name(id), source: name(source), title, published, publisher, url, body: draft.body }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glued_articles_are_numbered() {
        let text = "Envoys meet in Oslo\nExample News, 13 Jul 2024\nThe envoys of Chad and Peru met in Oslo on Friday, the ministry said, and agreed to open embassies in both capitals and to trade fish for copper, a spokeswoman said.\n\nA pact for the river\nOther News, 14 Jul 2024\nThe ministers of Laos and Nepal signed a pact on the river on Monday, after more than a year of talks in Vientiane.";
        let reading = read("./a/b.txt", text.as_bytes()).unwrap();
        let names: Vec<(&str, &str)> = reading.articles.iter().map(|a| (a.id.as_str(), a.source.as_str())).collect();
        assert_eq!(names, [("a/b.txt", "./a/b.txt"), ("a/b.txt#2", "./a/b.txt#2")]);
    }

    #[test]
    fn bytes_overrule_names() {
        let html = format!(
            "<!DOCTYPE html><html><body><article><h1>Envoys meet</h1><p>{}</p></article></body></html>",
            "The envoys of Chad and Peru met in Oslo. ".repeat(12)
        );
        assert!(!read("a.txt", html.as_bytes()).unwrap().articles[0].body.contains('<'));
        assert!(matches!(read("a.txt", b"%PDF-1.4 trailer"), Err(ReadError::NotText(_))));
        let line = br#"{"id": "x", "text": "The envoys of Chad and Peru met in Oslo on Friday, the ministry said."}"#;
        assert_eq!(read("-", line).unwrap().articles[0].id, "x");
    }

    /// Numbers that look random and are the same at every run (Lehmer's generator).
    fn numbers() -> impl FnMut(usize) -> usize {
        let mut state = 1_u64;
        move |below| {
            state = state * 48_271 % 0x7fff_ffff;
            usize::try_from(state).unwrap() % below
        }
    }

    #[test]
    fn damaged_input_never_panics_and_bodies_stay_clean() {
        let page = "<html><body><p>OSLO, May 3 (Agency) — The envoys of Chad met, on 3 May 2024, in [Oslo](x) **today**.</p>\n---\n# Talks\n\nBy Jo\n4 hours ago\n“We – agreed” ©&nbsp;2024 29.04.2024 10:01 (@jo) June 7, 2018 #a#b | * *";
        let mut number = numbers();
        for round in 0..1500 {
            let mut bytes = page.repeat(1 + round % 3).into_bytes();
            for _ in 0..number(40) {
                let (at, from) = (number(bytes.len()), number(bytes.len()));
                match number(3) {
                    0 => bytes[at] = u8::try_from(number(256)).unwrap(),
                    1 => bytes[at] = bytes[from],
                    _ => bytes.truncate(at.max(1)),
                }
            }
            let name = ["a.txt", "a.md", "a.html", "a.jsonl", "a"][round % 5];
            for article in read(name, &bytes).map(|r| r.articles).unwrap_or_default() {
                assert!(article.body.ends_with('\n') && !article.body.contains("\n\n"));
                assert!(!article.body.chars().any(|c| c.is_control() && c != '\n'));
            }
        }
    }

    #[test]
    fn long_odd_input_takes_no_more_than_linear_time() {
        for unit in [
            "a\n",
            "<b",
            "[x](",
            "Friday 4 April 2025 Friday 3 May\n",
            "the envoys of the two countries met in order to talk about the\n",
            "**a** B",
            "#",
            "\u{e2}",
            "Share\n",
            "— ",
        ] {
            let text = unit.repeat(200_000 / unit.len());
            let started = std::time::Instant::now();
            let _ = read("a.txt", text.as_bytes());
            assert!(started.elapsed().as_secs() < 10, "{unit:?}: {:?}", started.elapsed());
        }
    }

    #[test]
    fn what_is_no_article_is_refused() {
        assert_eq!(read("a.txt", b""), Err(ReadError::Empty));
        assert_eq!(read("a.txt", b"Share\nComments\n"), Err(ReadError::NoArticle));
        assert!(matches!(read("a.txt", &vec![b'a'; LONGEST + 1]), Err(ReadError::TooLong { .. })));
    }
}
