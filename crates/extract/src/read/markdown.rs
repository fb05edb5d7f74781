//! Markdown files: front matter apart, code and tables gone.
//!
//! In: the text of a `.md` file. Out: clean lines and what the front matter says. `title: "Talks"` between `---` lines is the title.

use super::{
    dates,
    lines::{self, Line},
    page::Known,
};

/// Reads a Markdown text.
pub(super) fn read(text: &str) -> (Vec<Line>, Known) {
    let (front, body) = front_matter(text);
    let mut known = front.map(metadata).unwrap_or_default();
    let mut plain = String::with_capacity(body.len());
    let mut code = false;
    for line in body.lines() {
        let start = line.trim_start();
        if start.starts_with("```") || start.starts_with("~~~") {
            code = !code;
            plain.push('\n');
        } else if !(code || start.starts_with('|') || is_reference(start)) {
            plain.push_str(start.strip_prefix("> ").unwrap_or(line));
            plain.push('\n');
        }
    }
    let lines = lines::lines(&plain);
    if known.title.is_none() {
        known.title = lines.first().filter(|l| l.heading).map(|l| l.text.clone());
    }
    (lines, known)
}

/// The lines between two `---` at the beginning, and what follows them.
fn front_matter(text: &str) -> (Option<&str>, &str) {
    let Some(rest) = text.strip_prefix("---\n") else { return (None, text) };
    match rest.split_once("\n---\n") {
        Some((front, body)) => (Some(front), body),
        None => (None, text),
    }
}

fn metadata(front: &str) -> Known {
    let mut known = Known::default();
    for (key, value) in front.lines().filter_map(|line| line.split_once(':')) {
        let value = value.trim().trim_matches(['"', '\'']);
        let text = (!value.is_empty()).then(|| value.to_owned());
        match key.trim().to_ascii_lowercase().as_str() {
            "title" | "headline" => known.title = text,
            "date" | "published" | "datepublished" => known.published = dates::parse(value),
            "publisher" | "source" | "site" => known.publisher = text,
            "url" | "link" | "permalink" => known.url = text.filter(|t| t.starts_with("http")),
            _ => {}
        }
    }
    known
}

/// `[1]: https://…`, the target of a link elsewhere.
fn is_reference(line: &str) -> bool {
    line.starts_with('[') && line.split_once("]: ").is_some_and(|(_, target)| target.starts_with("http"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_and_heading() {
        let (lines, known) = read(
            "---\ntitle: \"Talks: day two\"\ndate: 2024-07-13\nsource: Example News\n---\n\nThey met.\n\n```\ncode\n```\n[1]: https://news.example\n",
        );
        assert_eq!(known.title.as_deref(), Some("Talks: day two"));
        assert_eq!(known.published, Some(entente_model::Date::day(2024, 7, 13)));
        assert_eq!(lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>(), ["They met."]);
        assert_eq!(read("# Talks resume\n\nThey met.").1.title.as_deref(), Some("Talks resume"));
    }
}
