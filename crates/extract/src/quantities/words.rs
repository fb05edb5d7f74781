//! Text to small units for the grammars of numbers, money and dates: runs of letters, runs of digits, single marks.
//!
//! In: the text. Out: [`Words`], which knows each unit's bytes and whether white space stands before it.
//! Tokens of the parser are too coarse and too uneven here: "$2.3bn" is two of them, "US$5m" may be one.
//! "US$5m" gives `US`, `$`, `5`, `m`, all glued.

use std::ops::Range;

use entente_model::Span;
use entente_nlp::Document;

/// What a unit consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters of any script.
    Letters,
    /// Digits, with full stops and commas between them: "1,900.5".
    Digits,
    /// One other character.
    Mark,
    /// An empty line: nothing reads across it.
    Break,
}

/// One unit of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    /// What it consists of.
    pub(crate) kind: Kind,
    /// Its bytes.
    pub(crate) span: Span,
    /// Whether it follows the unit before it without white space.
    glued: bool,
}

/// The units of a text; questions about a number beyond the last unit are answered with "no".
#[derive(Debug)]
pub(crate) struct Words<'t> {
    text: &'t str,
    /// The text in lower case, byte for byte as long.
    lower: String,
    list: Vec<Word>,
}

impl<'t> Words<'t> {
    /// Cuts a text up, in one pass.
    pub(crate) fn new(text: &'t str) -> Self {
        let mut list: Vec<Word> = Vec::with_capacity(text.len() / 5);
        let mut glued = false;
        let mut at = 0;
        while let Some(first) = text[at..].chars().next() {
            let rest = &text[at..];
            let (kind, length) = if first.is_whitespace() {
                let length = run(rest, char::is_whitespace);
                glued = false;
                if rest[..length].bytes().filter(|&b| b == b'\n').count() < 2 {
                    at += length;
                    continue;
                }
                (Kind::Break, length)
            } else if first.is_alphabetic() {
                (Kind::Letters, run(rest, char::is_alphabetic))
            } else if first.is_ascii_digit() {
                (Kind::Digits, digits(rest))
            } else if let Some(length) = markup(rest) {
                at += length;
                continue;
            } else {
                (Kind::Mark, first.len_utf8())
            };
            list.push(Word { kind, span: Span::new(at, at + length), glued });
            glued = kind != Kind::Break;
            at += length;
        }
        Self { text, lower: text.to_ascii_lowercase(), list }
    }

    /// How many units there are.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// The unit's kind; a break beyond the ends.
    pub(crate) fn kind(&self, word: usize) -> Kind {
        self.list.get(word).map_or(Kind::Break, |w| w.kind)
    }

    /// The unit as written; empty beyond the ends.
    pub(crate) fn raw(&self, word: usize) -> &'t str {
        self.list.get(word).map_or("", |w| w.span.of(self.text))
    }

    /// The unit in lower case (of the Latin alphabet); empty beyond the ends.
    pub(crate) fn low(&self, word: usize) -> &str {
        self.list.get(word).map_or("", |w| w.span.of(&self.lower))
    }

    /// The unit `back` places before `word` in lower case; empty before the first.
    pub(crate) fn before(&self, word: usize, back: usize) -> &str {
        word.checked_sub(back).map_or("", |w| self.low(w))
    }

    /// Whether the unit is one of these words, written in lower case here.
    pub(crate) fn is_any(&self, word: usize, any: &[&str]) -> bool {
        any.contains(&self.low(word))
    }

    /// Whether these words, in lower case, begin at the unit.
    pub(crate) fn starts(&self, word: usize, with: &[&str]) -> bool {
        with.iter().enumerate().all(|(n, w)| self.low(word + n) == *w)
    }

    /// Whether these words, in lower case, end just before the unit.
    pub(crate) fn ends_before(&self, word: usize, with: &[&str]) -> bool {
        word.checked_sub(with.len()).is_some_and(|start| self.starts(start, with))
    }

    /// Whether no white space stands between the unit and the one before it.
    pub(crate) fn glued(&self, word: usize) -> bool {
        self.list.get(word).is_some_and(|w| w.glued)
    }

    /// Whether the unit begins with a capital letter.
    pub(crate) fn is_capital(&self, word: usize) -> bool {
        self.raw(word).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether the unit is a hyphen or a dash.
    pub(crate) fn is_dash(&self, word: usize) -> bool {
        matches!(self.raw(word), "-" | "–" | "—" | "‑" | "−")
    }

    /// The unit after `word`, or after a hyphen that follows it without white space: "mid-June", "2-billion".
    pub(crate) fn past_hyphen(&self, word: usize) -> usize {
        if self.is_dash(word) && self.glued(word) && self.glued(word + 1) { word + 1 } else { word }
    }

    /// The bytes from the first to the last unit of a range.
    pub(crate) fn span(&self, words: &Range<usize>) -> Span {
        match self.list.get(words.start..words.end) {
            Some([first, .., last]) => first.span.join(last.span),
            Some([only]) => only.span,
            _ => Span::default(),
        }
    }

    /// The units that share a byte with a span.
    pub(crate) fn within(&self, span: Span) -> Range<usize> {
        let start = self.list.partition_point(|w| w.span.end <= span.start);
        let end = self.list.partition_point(|w| w.span.start < span.end);
        start..end.max(start)
    }

    /// The document's tokens that share a byte with the units.
    pub(crate) fn tokens(&self, document: &Document, words: &Range<usize>) -> Range<usize> {
        let span = self.span(words);
        let tokens = document.tokens();
        let start = tokens.partition_point(|t| t.span.end <= span.start);
        let end = tokens.partition_point(|t| t.span.start < span.end);
        start..end.max(start)
    }
}

/// Length in bytes of the run of characters at the start of a text.
fn run(text: &str, of: impl Fn(char) -> bool) -> usize {
    text.find(|c| !of(c)).unwrap_or(text.len())
}

/// Length of a run of digits in which single stops and commas stand between digits.
fn digits(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = 0;
    while end < bytes.len() {
        let between = matches!(bytes[end], b'.' | b',') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !bytes[end].is_ascii_digit() && !between {
            break;
        }
        end += 1;
    }
    end
}

/// Length of a leftover tag such as `<sup>`, which news sites leave in dates.
fn markup(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('<')?;
    let name = inner.strip_prefix('/').unwrap_or(inner);
    let length = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    ((1..=6).contains(&length) && name.as_bytes().get(length) == Some(&b'>'))
        .then(|| text.len() - name.len() + length + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let words = Words::new(text);
        (0..words.len()).map(|n| format!("{}{}", if words.glued(n) { "+" } else { "" }, words.raw(n))).collect()
    }

    #[test]
    fn cuts_letters_digits_and_marks_apart() {
        for (text, units) in [
            ("US$5m", &["US", "+$", "+5", "+m"][..]),
            ("€1.9 billion.", &["€", "+1.9", "billion", "+."]),
            ("1,900.5km, 3", &["1,900.5", "+km", "+,", "3"]),
            ("F-16s", &["F", "+-", "+16", "+s"]),
            ("May 13<sup>th</sup>-16", &["May", "13", "+th", "+-", "+16"]),
            ("a < b", &["a", "<", "b"]),
        ] {
            assert_eq!(cut(text), units, "{text}");
        }
    }

    #[test]
    fn an_empty_line_is_a_unit_and_a_line_break_is_not() {
        assert_eq!(Words::new("on\nMay 3").len(), 3);
        assert_eq!(Words::new("on\n\nMay 3").kind(1), Kind::Break);
    }

    #[test]
    fn no_question_goes_beyond_the_ends() {
        let words = Words::new("one");
        assert_eq!((words.low(7), words.before(0, 2), words.glued(9)), ("", "", false));
        assert!(!words.ends_before(0, &["one"]) && words.ends_before(1, &["one"]));
        assert_eq!(words.span(&(3..3)), Span::default());
    }
}
