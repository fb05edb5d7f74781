//! Where the page says that a sentence ends.
//!
//! In: a text. Out: its paragraphs as byte ranges, without white space at the ends; no sentence runs over the end of one.
//! A line break ends a paragraph, and so does a list mark within a line: "Aid so far: • grain • fuel" has three.

use std::ops::Range;

/// How far the parser may trust line breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// A line break or a list mark ends a sentence, as in articles: headings, captions, lists.
    #[default]
    Lines,
    /// Line breaks mean nothing: running text that was wrapped, or a comparison with spaCy on whole texts.
    Flowing,
}

/// Calls `found` with each paragraph.
pub(crate) fn paragraphs(text: &str, layout: Layout, mut found: impl FnMut(Range<usize>)) {
    if layout == Layout::Flowing {
        return found(0..text.len());
    }
    let mut start = 0;
    let mut blank_before = true;
    for (at, character) in text.char_indices() {
        let after = at + character.len_utf8();
        if matches!(character, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}') {
            trimmed(text, start..at, &mut found);
            start = after;
        } else if is_list_mark(character) && blank_before && text[after..].starts_with(char::is_whitespace) {
            trimmed(text, start..at, &mut found);
            start = at;
        }
        blank_before = character.is_whitespace();
    }
    trimmed(text, start..text.len(), &mut found);
}

fn is_list_mark(character: char) -> bool {
    matches!(character, '•' | '▪' | '‣' | '◦' | '●' | '■' | '►')
}

fn trimmed(text: &str, range: Range<usize>, found: &mut impl FnMut(Range<usize>)) {
    let line = &text[range.clone()];
    let start = range.start + (line.len() - line.trim_start().len());
    let end = start + line.trim().len();
    if start < end {
        found(start..end);
    }
}

#[cfg(test)]
mod tests {
    use super::{Layout, paragraphs};

    fn check(text: &str, expected: &[&str]) {
        let mut found = Vec::new();
        paragraphs(text, Layout::Lines, |range| found.push(&text[range]));
        assert_eq!(found, expected);
    }

    #[test]
    fn parts_lines_and_list_items() {
        check("A headline\n\n  First line. \r\nSecond", &["A headline", "First line.", "Second"]);
        check("Aid so far: • grain • fuel", &["Aid so far:", "• grain", "• fuel"]);
        check("a•b", &["a•b"]);
        check(" \n\t ", &[]);
    }
}
