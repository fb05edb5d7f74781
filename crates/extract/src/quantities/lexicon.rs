//! What goes wrong in a lexicon file, with lines.
//!
//! In: a parsed file and a check's findings. Out: [`LexiconError`], which lists every problem of the file, not the first.

use std::fmt;

/// A lexicon file that cannot be used, with every problem found in it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum LexiconError {
    /// Not TOML, or with keys that the file may not have.
    #[error("{0}")]
    Syntax(#[from] toml::de::Error),
    /// Entries that contradict each other or lack something.
    #[error("{}", list(.0))]
    Content(Vec<Problem>),
}

/// One problem in a lexicon file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// Line of the file, from 1.
    pub(crate) line: usize,
    /// What is wrong there.
    pub(crate) message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

fn list(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Collects the problems of one file.
pub(crate) struct Check<'t> {
    text: &'t str,
    problems: Vec<Problem>,
}

impl<'t> Check<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, problems: Vec::new() }
    }

    /// Notes a problem at a byte of the file.
    pub(crate) fn note(&mut self, at: usize, message: String) {
        let line = self.text.bytes().take(at).filter(|&b| b == b'\n').count() + 1;
        self.problems.push(Problem { line, message });
    }

    /// Whether nothing was noted.
    pub(crate) fn finish(self) -> Result<(), LexiconError> {
        if self.problems.is_empty() { Ok(()) } else { Err(LexiconError::Content(self.problems)) }
    }
}
