//! What is wrong with a data file, and where.

use std::fmt;

/// One finding in a data file: a reader can go to the line and mend it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Name of the file.
    pub path: String,
    /// Line, from 1; 0 where the finding is about the file as a whole.
    pub line: usize,
    /// Short name of the kind of finding: `unknown-list`.
    pub code: &'static str,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl Diagnostic {
    /// A finding at the first line that contains `needle`, or about the file where none does.
    pub fn at(path: &str, text: &str, needle: &str, code: &'static str, message: impl Into<String>) -> Self {
        let line = text.lines().position(|line| line.contains(needle)).map_or(0, |index| index + 1);
        Self { path: path.to_owned(), line, code, message: message.into() }
    }

    /// A finding for a file that is not TOML or breaks its schema.
    pub fn from_toml(path: &str, text: &str, error: &toml::de::Error) -> Self {
        let line = error.span().map_or(0, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        Self { path: path.to_owned(), line, code: "syntax", message: error.message().to_owned() }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {} [{}]", self.path, self.line, self.message, self.code)
    }
}
