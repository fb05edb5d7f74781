//! `entente query`: a question by name, from a file, or from the command line.

use std::{
    fs,
    io::{Read, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use entente_graph::{Answer, AnswerFormat, AnswerKind, NamedQuery, Queries, QueryOptions, Store};

use crate::{
    Context,
    console::{stdout, write_to},
    data,
    failure::{Failure, reason},
    verbs::{StoreArgument, counted, one_of},
};

/// Ask the graph: a question by name, a SPARQL file, or SPARQL itself
///
/// NAME is one of `entente query --list`, a file ending in .rq or .sparql, or `-` for SPARQL on standard input.
/// Prefixes (ent:, wd:, schema:, sem:, ...) are declared by themselves.
#[derive(clap::Args)]
pub(crate) struct Query {
    /// A named question, a file, or `-`.
    #[arg(value_name = "NAME", conflicts_with = "expression")]
    name: Option<String>,
    /// SPARQL.
    #[arg(long, short, value_name = "SPARQL")]
    expression: Option<String>,
    /// A value for a parameter of the question: an actor's name, a date, a number. Can be given many times.
    #[arg(long, short, value_name = "NAME=VALUE", value_parser = parameter)]
    param: Vec<(String, String)>,
    /// How to write: table, csv, tsv, json, xml, ndjson, markdown, html; turtle, ntriples, rdfxml, jsonld for triples.
    #[arg(long, short, value_name = "FORMAT", value_parser = |name: &str| one_of(name, &AnswerFormat::ALL, |f| f.name()))]
    format: Option<AnswerFormat>,
    /// Write to this file; its extension says the format where --format does not.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// At most so many rows.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Give up after so many seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    timeout: u64,
    /// A further prefix.
    #[arg(long, value_name = "NAME=IRI", value_parser = parameter)]
    prefix: Vec<(String, String)>,
    /// List the named questions; with a NAME, what it asks, its parameters and columns.
    #[arg(long, short)]
    list: bool,
    /// Show how the query was evaluated, as JSON, instead of its answer.
    #[arg(long)]
    plan: bool,
    /// Print the question as plain SPARQL, with prefixes and values in place, and do not ask it.
    #[arg(long, conflicts_with = "plan")]
    sparql: bool,
    #[command(flatten)]
    store: StoreArgument,
}

impl Query {
    pub(crate) fn run(self, context: &Context) -> Result<(), Failure> {
        let queries = data::queries(context)?;
        if self.list {
            return match &self.name {
                Some(name) => describe(named(&queries, name)?),
                None => list(&queries),
            };
        }
        let question = self.question(&queries)?;
        let store = self.store.open()?;
        if self.plan || self.sparql {
            let mut text = match &question {
                Question::Sparql(sparql) => sparql.clone(),
                Question::Named(query) => store.graph().sparql(query, &self.param).map_err(|e| Failure::data(&e))?,
            };
            if self.plan {
                text = store.graph().explain_plan(&text, &self.options()).map_err(|e| Failure::data(&e))?;
            }
            let mut out = stdout();
            writeln!(out, "{}", text.trim_end())?;
            return Ok(out.flush()?);
        }
        let answer = self.ask(&question, &store)?;
        let format = self.format_for(&answer);
        write_to(self.output.as_deref(), |out| answer.write(format, out).map_err(|error| Failure::data(&error)))?;
        if answer.truncated() {
            context.console.note(&format!("cut off after {} (--limit)", counted(answer.len(), "row")));
        }
        if answer.is_empty() && answer.kind() == AnswerKind::Rows && self.output.is_none() {
            context.console.note("no rows");
        }
        if answer.boolean() == Some(false) { Err(Failure::No) } else { Ok(()) }
    }

    /// What is asked: SPARQL from somewhere, or a named query.
    fn question<'q>(&self, queries: &'q Queries) -> Result<Question<'q>, Failure> {
        match (&self.expression, self.name.as_deref()) {
            (Some(sparql), _) => Ok(Question::Sparql(sparql.clone())),
            (None, Some("-")) => {
                let mut sparql = String::new();
                std::io::stdin().lock().read_to_string(&mut sparql).map_err(|error| Failure::data(&error))?;
                Ok(Question::Sparql(sparql))
            }
            (None, Some(name)) if is_file(name) => fs::read_to_string(name)
                .map(Question::Sparql)
                .map_err(|error| Failure::Data(format!("{name}: {}", reason(&error)))),
            (None, Some(name)) => Ok(Question::Named(named(queries, name)?)),
            (None, None) => Err(Failure::Usage(
                "nothing asked: give a question's name, a file, or -e SPARQL; `entente query --list` shows the questions".into(),
            )),
        }
    }

    fn ask(&self, question: &Question<'_>, store: &Store) -> Result<Answer, Failure> {
        let options = self.options();
        let answer = match question {
            Question::Named(query) => store.graph().ask(query, &self.param, &options),
            Question::Sparql(sparql) => store.graph().query(sparql, &options),
        };
        let width = terminal_size::terminal_size().map(|(width, _)| width.0).filter(|_| self.output.is_none());
        answer.map(|answer| answer.with_width(width)).map_err(|error| Failure::data(&error))
    }

    fn options(&self) -> QueryOptions {
        QueryOptions {
            timeout: (self.timeout > 0).then(|| Duration::from_secs(self.timeout)),
            limit: self.limit,
            prefixes: self.prefix.clone(),
            params: self.param.clone(),
        }
    }

    /// What was asked for, else what the file's name says, else what reads best.
    fn format_for(&self, answer: &Answer) -> AnswerFormat {
        let by_kind = match answer.kind() {
            AnswerKind::Triples => AnswerFormat::Turtle,
            AnswerKind::Rows | AnswerKind::Boolean => AnswerFormat::Table,
        };
        self.format.or_else(|| self.output.as_deref().and_then(AnswerFormat::from_path)).unwrap_or(by_kind)
    }
}

enum Question<'q> {
    Sparql(String),
    Named(&'q NamedQuery),
}

fn is_file(name: &str) -> bool {
    let path = Path::new(name);
    path.extension().is_some_and(|e| e == "rq" || e == "sparql") || name.contains(std::path::MAIN_SEPARATOR)
}

fn named<'q>(queries: &'q Queries, name: &str) -> Result<&'q NamedQuery, Failure> {
    queries.get(name).map_err(|error| Failure::data(&error))
}

fn list(queries: &Queries) -> Result<(), Failure> {
    let mut out = stdout();
    let width = queries.iter().map(|query| query.name.len()).max().unwrap_or(0);
    for query in queries.iter() {
        writeln!(out, "{:width$}  {}", query.name, query.question)?;
    }
    Ok(out.flush()?)
}

fn describe(query: &NamedQuery) -> Result<(), Failure> {
    let mut out = stdout();
    writeln!(out, "{}\n", query.question)?;
    if !query.explanation.is_empty() {
        writeln!(out, "{}\n", query.explanation)?;
    }
    if !query.params.is_empty() {
        writeln!(out, "Parameters:")?;
        for param in &query.params {
            let need = match (&param.default, param.required) {
                (Some(default), _) => format!(" (default {default})"),
                (None, true) => " (required)".into(),
                (None, false) => String::new(),
            };
            writeln!(out, "  {:12} {}{need}", param.name, param.help)?;
        }
        writeln!(out)?;
    }
    writeln!(out, "Columns:")?;
    for column in &query.columns {
        writeln!(out, "  {:12} {}", column.name, column.help)?;
    }
    Ok(out.flush()?)
}

/// `name=value`.
fn parameter(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim().to_owned(), value.trim().to_owned())),
        _ => Err("write NAME=VALUE".into()),
    }
}
