//! Answers, and the formats that they are written in.

use std::{
    io::{self, Write},
    path::Path,
};

use oxigraph::{
    io::{RdfFormat, RdfSerializer},
    model::{Term, Triple, Variable},
    sparql::{
        QueryEvaluationError, QueryResults,
        results::{QueryResultsFormat, QueryResultsSerializer},
    },
};

use super::{order::Order, table};

/// The answer to a query, wholly in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    content: Content,
    truncated: bool,
    prefixes: Vec<(String, String)>,
    width: Option<u16>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Content {
    Rows(Vec<Variable>, Vec<Vec<Option<Term>>>),
    Boolean(bool),
    Triples(Vec<Triple>),
}

/// What sort of answer a query has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerKind {
    /// `SELECT`
    Rows,
    /// `ASK`
    Boolean,
    /// `CONSTRUCT`, `DESCRIBE`
    Triples,
}

/// Why an answer cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AnswerError {
    /// The format is for another sort of answer.
    #[error("{} cannot hold {what}; formats that can: {}", .format.name(), .fitting.join(", "))]
    Format {
        /// The format asked for.
        format: AnswerFormat,
        /// What there is to write.
        what: &'static str,
        /// Formats that would do.
        fitting: Vec<&'static str>,
    },
    /// It cannot be written.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// A format that an answer can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AnswerFormat {
    /// A table for people.
    Table,
    /// Comma-separated values, as SPARQL 1.1 defines them.
    Csv,
    /// Tab-separated terms, as SPARQL 1.1 defines them.
    Tsv,
    /// SPARQL 1.1 results in JSON.
    Json,
    /// SPARQL 1.1 results in XML.
    Xml,
    /// A JSON object a line, short names and plain values.
    Ndjson,
    /// A Markdown table.
    Markdown,
    /// An HTML table.
    Html,
    /// Turtle.
    Turtle,
    /// N-Triples.
    NTriples,
    /// RDF/XML.
    RdfXml,
    /// JSON-LD.
    JsonLd,
}

impl AnswerFormat {
    /// All formats.
    pub const ALL: [Self; 12] = [
        Self::Table,
        Self::Csv,
        Self::Tsv,
        Self::Json,
        Self::Xml,
        Self::Ndjson,
        Self::Markdown,
        Self::Html,
        Self::Turtle,
        Self::NTriples,
        Self::RdfXml,
        Self::JsonLd,
    ];

    /// What it is called on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Json => "json",
            Self::Xml => "xml",
            Self::Ndjson => "ndjson",
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Turtle => "turtle",
            Self::NTriples => "ntriples",
            Self::RdfXml => "rdfxml",
            Self::JsonLd => "jsonld",
        }
    }

    /// The format of that name, or of a common other name of it.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "ttl" => Some(Self::Turtle),
            "nt" => Some(Self::NTriples),
            "rdf" => Some(Self::RdfXml),
            "markdown" => Some(Self::Markdown),
            "jsonl" => Some(Self::Ndjson),
            "txt" => Some(Self::Table),
            "srj" => Some(Self::Json),
            "srx" => Some(Self::Xml),
            _ => Self::ALL.into_iter().find(|format| format.name() == name),
        }
    }

    /// The format that the ending of a file name stands for.
    pub fn from_path(path: &Path) -> Option<Self> {
        Self::from_name(path.extension()?.to_str()?)
    }

    /// Whether it holds triples rather than rows.
    const fn is_rdf(self) -> bool {
        matches!(self, Self::Turtle | Self::NTriples | Self::RdfXml | Self::JsonLd)
    }
}

impl Answer {
    pub(super) fn collect(
        results: QueryResults<'_>,
        order: Option<&Order>,
        limit: Option<usize>,
        prefixes: Vec<(String, String)>,
    ) -> Result<Self, QueryEvaluationError> {
        let limit = limit.unwrap_or(usize::MAX);
        let mut truncated = false;
        let content = match results {
            QueryResults::Boolean(value) => Content::Boolean(value),
            QueryResults::Solutions(solutions) => {
                let mut variables = solutions.variables().to_vec();
                let mut rows = Vec::new();
                for solution in solutions {
                    // Which rows come first is known when all are there.
                    if order.is_none() && rows.len() == limit {
                        truncated = true;
                        break;
                    }
                    rows.push(solution?.values().to_vec());
                }
                if let Some(order) = order {
                    rows = order.sort(rows);
                    variables.truncate(order.shown());
                    truncated = rows.len() > limit;
                    rows.truncate(limit);
                }
                Content::Rows(variables, rows)
            }
            QueryResults::Graph(found) => {
                let mut triples = Vec::new();
                for triple in found {
                    if triples.len() == limit {
                        truncated = true;
                        break;
                    }
                    triples.push(triple?);
                }
                // A set, in an order that does not depend on the evaluation.
                triples.sort_by_cached_key(ToString::to_string);
                triples.dedup();
                Content::Triples(triples)
            }
        };
        Ok(Self { content, truncated, prefixes, width: None })
    }

    /// What sort of answer it is.
    pub const fn kind(&self) -> AnswerKind {
        match self.content {
            Content::Rows(..) => AnswerKind::Rows,
            Content::Boolean(_) => AnswerKind::Boolean,
            Content::Triples(_) => AnswerKind::Triples,
        }
    }

    /// How many rows or triples there are; 1 for yes or no.
    pub const fn len(&self) -> usize {
        match &self.content {
            Content::Rows(_, rows) => rows.len(),
            Content::Boolean(_) => 1,
            Content::Triples(triples) => triples.len(),
        }
    }

    /// Whether there are no rows and no triples.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The answer to an `ASK`.
    pub const fn boolean(&self) -> Option<bool> {
        match self.content {
            Content::Boolean(value) => Some(value),
            _ => None,
        }
    }

    /// Whether there were more than the limit let through.
    pub const fn truncated(&self) -> bool {
        self.truncated
    }

    /// The names of the columns.
    pub fn columns(&self) -> Vec<&str> {
        match &self.content {
            Content::Rows(variables, _) => variables.iter().map(Variable::as_str).collect(),
            Content::Boolean(_) => vec!["answer"],
            Content::Triples(_) => vec!["subject", "predicate", "object"],
        }
    }

    /// The cells as a table shows them: IRIs shortened, literals bare, empty where there is no value.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let cell = |term: &Term| table::cell(term, &self.prefixes);
        match &self.content {
            Content::Rows(_, rows) => rows
                .iter()
                .map(|row| row.iter().map(|term| term.as_ref().map_or_else(String::new, cell)).collect())
                .collect(),
            Content::Boolean(value) => vec![vec![(if *value { "yes" } else { "no" }).to_owned()]],
            Content::Triples(triples) => triples
                .iter()
                .map(|triple| {
                    let subject = Term::from(triple.subject.clone());
                    let predicate = Term::from(triple.predicate.clone());
                    vec![cell(&subject), cell(&predicate), cell(&triple.object)]
                })
                .collect(),
        }
    }

    /// The terms of each row.
    pub(super) fn typed_rows(&self) -> Vec<Vec<Option<Term>>> {
        match &self.content {
            Content::Rows(_, rows) => rows.clone(),
            Content::Boolean(value) => vec![vec![Some(oxigraph::model::Literal::from(*value).into())]],
            Content::Triples(triples) => triples
                .iter()
                .map(|triple| {
                    vec![
                        Some(triple.subject.clone().into()),
                        Some(triple.predicate.clone().into()),
                        Some(triple.object.clone()),
                    ]
                })
                .collect(),
        }
    }

    /// How many characters wide a table may be; without it, a table is as wide as its cells.
    #[must_use]
    pub const fn with_width(mut self, width: Option<u16>) -> Self {
        self.width = width;
        self
    }

    /// Writes the answer.
    ///
    /// # Errors
    /// If the format is for another sort of answer, or writing fails.
    pub fn write(&self, format: AnswerFormat, out: &mut dyn Write) -> Result<(), AnswerError> {
        match (&self.content, format) {
            (Content::Triples(triples), format) if format.is_rdf() => self.write_triples(triples, format, out)?,
            (_, AnswerFormat::Table) => table::write_table(self, self.width, out)?,
            (_, AnswerFormat::Markdown) => table::write_markdown(self, out)?,
            (_, AnswerFormat::Html) => table::write_html(self, out)?,
            (_, AnswerFormat::Ndjson) => table::write_ndjson(self, out)?,
            (
                Content::Boolean(value),
                AnswerFormat::Json | AnswerFormat::Xml | AnswerFormat::Csv | AnswerFormat::Tsv,
            ) => {
                serializer(format).serialize_boolean_to_writer(&mut *out, *value)?;
                writeln!(out)?;
            }
            (
                Content::Rows(variables, rows),
                AnswerFormat::Json | AnswerFormat::Xml | AnswerFormat::Csv | AnswerFormat::Tsv,
            ) => {
                let mut writer = serializer(format).serialize_solutions_to_writer(&mut *out, variables.clone())?;
                for row in rows {
                    writer.serialize(
                        variables
                            .iter()
                            .zip(row)
                            .filter_map(|(name, term)| Some((name.as_ref(), term.as_ref()?.as_ref()))),
                    )?;
                }
                writer.finish()?;
                if matches!(format, AnswerFormat::Json | AnswerFormat::Xml) {
                    writeln!(out)?;
                }
            }
            _ => return Err(self.misfit(format)),
        }
        Ok(())
    }

    fn misfit(&self, format: AnswerFormat) -> AnswerError {
        let triples = self.kind() == AnswerKind::Triples;
        let fits = |format: &AnswerFormat| {
            use AnswerFormat::{Csv, Json, Tsv, Xml};
            if triples { !matches!(format, Csv | Tsv | Json | Xml) } else { !format.is_rdf() }
        };
        let fitting = AnswerFormat::ALL.iter().filter(|format| fits(format)).map(|format| format.name()).collect();
        let what = match self.kind() {
            AnswerKind::Rows => "the rows of a SELECT",
            AnswerKind::Boolean => "the yes or no of an ASK",
            AnswerKind::Triples => "the triples of a CONSTRUCT or DESCRIBE",
        };
        AnswerError::Format { format, what, fitting }
    }

    fn write_triples(&self, triples: &[Triple], format: AnswerFormat, out: &mut dyn Write) -> io::Result<()> {
        let format = match format {
            AnswerFormat::NTriples => RdfFormat::NTriples,
            AnswerFormat::RdfXml => RdfFormat::RdfXml,
            AnswerFormat::JsonLd => RdfFormat::JsonLd { profile: oxigraph::io::JsonLdProfileSet::empty() },
            _ => RdfFormat::Turtle,
        };
        let mut serializer = RdfSerializer::from_format(format);
        for (name, iri) in used(&self.prefixes, triples) {
            serializer = serializer.with_prefix(name, iri).map_err(io::Error::other)?;
        }
        let mut writer = serializer.for_writer(&mut *out);
        for triple in triples {
            writer.serialize_triple(triple)?;
        }
        writer.finish()?;
        Ok(())
    }
}

/// The prefixes that some triple can use.
fn used<'a>(prefixes: &'a [(String, String)], triples: &'a [Triple]) -> impl Iterator<Item = (&'a String, &'a String)> {
    let mut iris: Vec<&str> = Vec::new();
    for triple in triples {
        if let oxigraph::model::NamedOrBlankNode::NamedNode(node) = &triple.subject {
            iris.push(node.as_str());
        }
        iris.push(triple.predicate.as_str());
        match &triple.object {
            Term::NamedNode(node) => iris.push(node.as_str()),
            Term::Literal(literal) => iris.push(literal.datatype().as_str()),
            Term::BlankNode(_) => {}
        }
    }
    iris.sort_unstable();
    iris.dedup();
    prefixes
        .iter()
        .filter(move |(_, iri)| iris.iter().any(|used| used.starts_with(iri.as_str())))
        .map(|(name, iri)| (name, iri))
}

fn serializer(format: AnswerFormat) -> QueryResultsSerializer {
    QueryResultsSerializer::from_format(match format {
        AnswerFormat::Csv => QueryResultsFormat::Csv,
        AnswerFormat::Tsv => QueryResultsFormat::Tsv,
        AnswerFormat::Xml => QueryResultsFormat::Xml,
        _ => QueryResultsFormat::Json,
    })
}
