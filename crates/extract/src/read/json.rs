//! JSON lines: one article a line, as `{"id", "text"}` and, where known, `title`, `published`, `publisher`, `url`.
//!
//! In: a line, or a whole file. Out: articles; the text goes through the same stages as a file's, so one line may give several.

use serde::Deserialize;

use super::{LONGEST, ReadError, Reading, bytes, dates, lines, named, page, surrogates};

/// One line; keys that the contract does not name are passed over, so that richer files can be read.
#[derive(Deserialize)]
struct Row {
    id: Id,
    text: String,
    title: Option<String>,
    published: Option<String>,
    publisher: Option<String>,
    url: Option<String>,
}

/// An id may be written as a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(i64),
}

/// Whether bytes without a telling name are JSON lines.
pub(super) fn is_json(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    start.trim_ascii_start().starts_with(b"{\"") || start.trim_ascii_start().starts_with(b"{ \"")
}

/// Reads one line of a JSON lines file or stream.
///
/// # Errors
/// If the line is no JSON object with a text for `id` and `text`, or its text holds no article.
pub fn read_json_line(line: &[u8]) -> Result<Reading, ReadError> {
    if line.len() > 2 * LONGEST {
        return Err(ReadError::TooLong { length: line.len() });
    }
    let decoded = bytes::decode(line, None)?;
    let mut warnings = decoded.warnings;
    let (text, unpaired) = surrogates::mend(&decoded.text);
    if unpaired > 0 {
        warnings.push(format!("{unpaired} unpaired surrogates: shown as \u{fffd}"));
    }
    let row: Row = serde_json::from_str(&text).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => ReadError::Field(place(&error)),
        _ => ReadError::Json(place(&error)),
    })?;
    let id = match row.id {
        Id::Text(id) if id.trim().is_empty() => return Err(ReadError::Field("`id` is empty".into())),
        Id::Text(id) => id,
        Id::Number(id) => id.to_string(),
    };
    if row.text.len() > LONGEST {
        return Err(ReadError::TooLong { length: row.text.len() });
    }
    if row.text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let given = |text: Option<String>| {
        text.map(|t| t.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|t| !t.is_empty())
    };
    let published = row.published.filter(|p| !p.trim().is_empty());
    let date = published.as_deref().and_then(dates::parse);
    if let (Some(text), None) = (&published, date) {
        warnings.push(format!("`published` is {text:?}, which is no date: left out"));
    }
    let known =
        page::Known { title: given(row.title), published: date, publisher: given(row.publisher), url: given(row.url) };
    let drafts = page::drafts(&lines::lines(&row.text), &known);
    if drafts.is_empty() {
        return Err(ReadError::NoArticle);
    }
    let articles = drafts.into_iter().enumerate().map(|(number, draft)| named(&id, &id, number, draft)).collect();
    Ok(Reading { articles, warnings })
}

/// Reads all lines of a file; a bad line is a warning that names it.
pub(super) fn read_all(_name: &str, bytes: &[u8]) -> Result<Reading, ReadError> {
    let mut all = Reading::default();
    let mut first_error = None;
    for (number, line) in bytes.split(|b| *b == b'\n').enumerate() {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match read_json_line(line) {
            Ok(reading) => {
                all.articles.extend(reading.articles);
                all.warnings.extend(reading.warnings.into_iter().map(|w| format!("line {}: {w}", number + 1)));
            }
            Err(error) => {
                all.warnings.push(format!("line {}: {error}", number + 1));
                first_error.get_or_insert(error);
            }
        }
    }
    match first_error {
        Some(error) if all.articles.is_empty() => Err(error),
        None if all.articles.is_empty() => Err(ReadError::Empty),
        _ => Ok(all),
    }
}

/// The error without the line number, which is always 1 here.
fn place(error: &serde_json::Error) -> String {
    error.to_string().replace(" at line 1 column ", " at column ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The envoys of Chad and Peru met in Oslo on Friday, the ministry said.";

    #[test]
    fn a_line_with_everything() {
        let line = format!(
            r#"{{"id": 7, "text": {TEXT:?}, "title": "Envoys meet", "published": "2024-07-13T10:00:00Z", "publisher": "Example News", "url": "https://news.example/7", "more": 1}}"#
        );
        let article = read_json_line(line.as_bytes()).unwrap().articles.remove(0);
        assert_eq!((article.id.as_str(), article.source.as_str()), ("7", "7"));
        assert_eq!(article.published, Some(entente_model::Date::day(2024, 7, 13)));
        assert_eq!(article.body, format!("Envoys meet\n{TEXT}\n"));
    }

    #[test]
    fn bad_lines_say_why() {
        let check =
            |line: &str, expected: &str| assert_eq!(read_json_line(line.as_bytes()).unwrap_err().to_string(), expected);
        check("{\"id\": ", "not JSON: EOF while parsing a value at column 7");
        check("{\"id\": \"x\"}", "not an article: missing field `text` at column 11");
        check("{\"id\": \"x\", \"text\": \" \"}", "empty");
    }

    #[test]
    fn half_a_character_does_not_cost_the_article() {
        let line =
            r#"{"id": "a", "text": "The envoys of Chad \ud83d and Peru met in Oslo on Friday, the ministry said."}"#;
        let reading = read_json_line(line.as_bytes()).unwrap();
        assert!(reading.articles[0].body.contains("Chad \u{fffd} and Peru"));
        assert_eq!(reading.warnings, ["1 unpaired surrogates: shown as \u{fffd}"]);
    }

    #[test]
    fn a_bad_line_is_named_and_the_rest_goes_on() {
        let file =
            format!("{{\"id\": \"a\", \"text\": {TEXT:?}}}\nnonsense\n\n{{\"id\": \"b\", \"text\": {TEXT:?}}}\n");
        let reading = read_all("x.jsonl", file.as_bytes()).unwrap();
        assert_eq!(reading.articles.iter().map(|a| a.id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(reading.warnings, ["line 2: not JSON: expected ident at column 2"]);
    }

    #[test]
    fn a_date_that_is_none_is_told() {
        let line = format!(r#"{{"id": "a", "text": {TEXT:?}, "published": "soon"}}"#);
        let reading = read_json_line(line.as_bytes()).unwrap();
        assert_eq!((reading.articles[0].published, reading.warnings.len()), (None, 1));
    }
}
