//! Named queries: files with a question in English, typed parameters and explained columns.
//!
//! ```text
//! # Who met whom, when and where?
//! #
//! # Meetings that took place, a row for each pair.
//! #
//! # param actor: actor? -- only meetings with this actor
//! # param since: since = 0001 -- only meetings on this day or later
//! # column date: day of the meeting
//! SELECT ?date … WHERE {
//!   #if actor
//!   ?event ent:participant ?actor .
//!   #end
//! }
//! ```
//!
//! Lines between `#if NAME` and `#end` are in the query only where the parameter has a value; `#else` turns that round.

use std::{
    fs,
    path::{Path, PathBuf},
};

use oxigraph::model::Term;

use super::{Binding, ParamKind, QueryError, names::distance};
use crate::{Graph, embedded};

/// A query that has a name.
#[derive(Debug, Clone)]
pub struct NamedQuery {
    /// Its name: that of the file, without the ending.
    pub name: String,
    /// What it answers, in English.
    pub question: String,
    /// What to know about the answer.
    pub explanation: String,
    /// Its parameters, in order of declaration.
    pub params: Vec<Param>,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// The whole file.
    pub text: String,
}

/// A parameter of a named query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Param {
    /// Its name.
    pub name: String,
    /// What sort of value it takes.
    pub kind: ParamKind,
    /// Its value where none is given.
    pub default: Option<String>,
    /// Whether a value has to be given.
    pub required: bool,
    /// What it is for.
    pub help: String,
}

/// A column of the answer to a named query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub help: String,
}

/// What is wrong with a data file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DataError {
    /// A folder or file cannot be read.
    #[error("{}: cannot read: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Every mistake in the files, one a line.
    #[error("{}", .0.join("\n"))]
    Headers(Vec<String>),
}

/// A name that is no query's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no query called {name:?}; {}", near.as_ref().map_or("--list shows all".to_owned(), |near| format!("did you mean {near}?")))]
pub struct UnknownQuery {
    name: String,
    near: Option<String>,
}

/// The named queries, sorted by name.
#[derive(Debug, Clone, Default)]
pub struct Queries(Vec<NamedQuery>);

impl Queries {
    /// The queries that are compiled in.
    ///
    /// # Errors
    /// If a header is wrong, which the tests exclude.
    pub fn built_in() -> Result<Self, DataError> {
        Self::parse(embedded::QUERIES.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect())
    }

    /// The queries of the folder `queries` in a data directory.
    ///
    /// # Errors
    /// If the folder or a file cannot be read, or a header is wrong: all mistakes are listed.
    pub fn load(dir: &Path) -> Result<Self, DataError> {
        let folder = dir.join("queries");
        let io = |path: &Path| {
            let path = path.to_owned();
            move |source| DataError::Io { path, source }
        };
        let mut files = Vec::new();
        for entry in fs::read_dir(&folder).map_err(io(&folder))? {
            let path = entry.map_err(io(&folder))?.path();
            if path.extension().is_some_and(|extension| extension == "rq") {
                let text = fs::read_to_string(&path).map_err(io(&path))?;
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                files.push((name, text));
            }
        }
        files.sort();
        Self::parse(files)
    }

    fn parse(files: Vec<(String, String)>) -> Result<Self, DataError> {
        let mut queries = Vec::new();
        let mut mistakes = Vec::new();
        for (file, text) in files {
            match NamedQuery::parse(&file, &text) {
                Ok(query) => queries.push(query),
                Err(mut found) => mistakes.append(&mut found),
            }
        }
        if mistakes.is_empty() { Ok(Self(queries)) } else { Err(DataError::Headers(mistakes)) }
    }

    /// All queries.
    pub fn iter(&self) -> impl Iterator<Item = &NamedQuery> {
        self.0.iter()
    }

    /// The query of that name.
    ///
    /// # Errors
    /// If there is none; the error names one like it.
    pub fn get(&self, name: &str) -> Result<&NamedQuery, UnknownQuery> {
        let name = name.strip_suffix(".rq").unwrap_or(name);
        self.0.iter().find(|query| query.name == name).ok_or_else(|| {
            let nearest = self.0.iter().map(|query| (distance(name, &query.name), &query.name)).min();
            let near = nearest.filter(|(distance, _)| *distance <= 1 + name.len() / 3).map(|(_, near)| near.clone());
            let part = || self.0.iter().find(|query| query.name.contains(name)).map(|query| query.name.clone());
            UnknownQuery { name: name.to_owned(), near: near.or_else(part) }
        })
    }
}

impl NamedQuery {
    /// Reads a file; the error lists all mistakes, with file and line.
    fn parse(file: &str, text: &str) -> Result<Self, Vec<String>> {
        let mut query = Self {
            name: file.trim_end_matches(".rq").to_owned(),
            question: String::new(),
            explanation: String::new(),
            params: Vec::new(),
            columns: Vec::new(),
            text: text.to_owned(),
        };
        let mut mistakes = Vec::new();
        let mut depth = 0;
        for (number, line) in text.lines().enumerate() {
            let mut wrong = |message: &str| mistakes.push(format!("{file}:{}: {message}", number + 1));
            let trimmed = line.trim();
            if let Some(name) = trimmed.strip_prefix("#if ") {
                depth += 1;
                if !query.params.iter().any(|param| param.name == name.trim()) {
                    wrong(&format!("#if {}: there is no such parameter", name.trim()));
                }
            } else if trimmed == "#end" {
                depth -= 1;
            } else if trimmed == "#else" && depth == 0 {
                wrong("#else without #if");
            } else if let Some(comment) = line.strip_prefix('#').map(str::trim) {
                if let Some(declaration) = comment.strip_prefix("param ") {
                    match parse_param(declaration) {
                        Ok(param) => query.params.push(param),
                        Err(message) => wrong(&message),
                    }
                } else if let Some((name, help)) =
                    comment.strip_prefix("column ").and_then(|declaration| declaration.split_once(':'))
                {
                    query.columns.push(Column { name: name.trim().to_owned(), help: help.trim().to_owned() });
                } else if query.question.is_empty() {
                    comment.clone_into(&mut query.question);
                } else if query.params.is_empty() && query.columns.is_empty() {
                    let gap = if comment.is_empty() { "\n" } else { " " };
                    query.explanation.push_str(gap);
                    query.explanation.push_str(comment);
                }
            }
            if !(0..=1).contains(&depth) {
                wrong("#if and #end do not match, or one #if lies in another");
                depth = 0;
            }
        }
        query.explanation.truncate(query.explanation.trim_end().len());
        query.explanation.drain(..query.explanation.len() - query.explanation.trim_start().len());
        let mut whole = |wrong: bool, message: &str| {
            if wrong {
                mistakes.push(format!("{file}: {message}"));
            }
        };
        whole(!query.question.ends_with('?'), "the first line should ask the question in English: `# Who …?`");
        whole(query.columns.is_empty(), "the header explains no columns: `# column NAME: HELP`");
        whole(depth != 0, "an #if has no #end");
        if mistakes.is_empty() { Ok(query) } else { Err(mistakes) }
    }

    /// The text without the lines that do not hold for these parameters, and the values to bind.
    pub(super) fn fill(&self, given: &[(String, String)], graph: &Graph) -> Result<(String, Vec<Binding>), QueryError> {
        if let Some((name, _)) = given.iter().find(|(name, _)| !self.params.iter().any(|param| param.name == *name)) {
            let known = self.params.iter().map(|param| param.name.clone()).collect();
            return Err(QueryError::UnknownParam { name: name.clone(), known });
        }
        let mut values: Vec<(String, Term)> = Vec::new();
        for param in &self.params {
            let text = given.iter().rev().find(|(name, _)| *name == param.name).map(|(_, text)| text);
            match text.or(param.default.as_ref()) {
                Some(text) => values.push((param.name.clone(), param.kind.read(&param.name, text, graph)?)),
                None if param.required => {
                    return Err(QueryError::MissingParam { name: param.name.clone(), help: param.help.clone() });
                }
                None => {}
            }
        }
        Ok((self.select(|name| values.iter().any(|(known, _)| known == name)), values))
    }

    /// The query with the lines that hold; lines that do not are left empty, so that line numbers stay.
    fn select(&self, has: impl Fn(&str) -> bool) -> String {
        let mut keep = true;
        let mut text = String::new();
        for line in self.text.lines() {
            let trimmed = line.trim();
            if let Some(name) = trimmed.strip_prefix("#if ") {
                keep = has(name.trim());
            } else if trimmed == "#else" {
                keep = !keep;
            } else if trimmed == "#end" {
                keep = true;
            } else if keep {
                text.push_str(line);
            }
            text.push('\n');
        }
        text
    }
}

/// Reads `NAME: KIND[?] [= DEFAULT] [-- HELP]`.
fn parse_param(declaration: &str) -> Result<Param, String> {
    let (head, help) = declaration.split_once("--").unwrap_or((declaration, ""));
    let (name, rest) = head.split_once(':').ok_or("write `# param NAME: KIND -- HELP`")?;
    let (kind, default) = rest.split_once('=').map_or((rest, None), |(kind, default)| (kind, Some(default.trim())));
    let (kind, optional) = kind.trim().strip_suffix('?').map_or((kind.trim(), false), |kind| (kind, true));
    Ok(Param {
        name: name.trim().to_owned(),
        kind: ParamKind::from_name(kind).ok_or_else(|| format!("{kind:?} is not a kind of parameter"))?,
        default: default.map(str::to_owned),
        required: default.is_none() && !optional,
        help: help.trim().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# Who did it?\n#\n# Told at length,\n# over lines.\n# param actor: actor? -- only this one\n\
        # param since: since = 2001 -- not before\n# column a: who\nSELECT ?a {\n#if actor\nX\n#else\nY\n#end\n}\n";

    #[test]
    fn reads_a_header() {
        let query = NamedQuery::parse("who.rq", FILE).unwrap();
        assert_eq!(query.question, "Who did it?");
        assert_eq!(query.explanation, "Told at length, over lines.");
        assert_eq!(query.params[0].kind, ParamKind::Actor);
        assert!(!query.params[0].required);
        assert_eq!(query.params[1].default.as_deref(), Some("2001"));
        assert_eq!(query.columns, [Column { name: "a".into(), help: "who".into() }]);
        assert!(query.select(|_| true).contains("X\n") && !query.select(|_| true).contains('Y'));
        assert!(query.select(|_| false).contains("Y\n") && !query.select(|_| false).contains('X'));
    }

    #[test]
    fn lists_every_mistake_of_a_header() {
        let mistakes = NamedQuery::parse("bad.rq", "# Tell me\n# param x: colour\n#if y\nSELECT").unwrap_err();
        assert_eq!(mistakes.len(), 5, "{mistakes:?}");
        assert!(mistakes[0].starts_with("bad.rq:2: "), "{mistakes:?}");
    }

    #[test]
    fn built_in_queries_are_well_formed() {
        assert!(Queries::built_in().unwrap().iter().count() >= 10);
    }

    #[test]
    fn a_misspelt_name_gets_a_suggestion() {
        let queries = Queries::built_in().unwrap();
        let error = queries.get("who-met-hwom").unwrap_err().to_string();
        assert!(error.ends_with("did you mean who-met-whom?"), "{error}");
    }
}
