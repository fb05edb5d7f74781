//! Questions: SPARQL text and parameters -> answers as rows, yes or no, or triples.
//!
//! `Who met whom since May?` is the file `queries/who-met-whom.rq` with `since = 2024-05`. Parameters are bound in the
//! parsed query, never pasted into its text.

mod answer;
mod bind;
mod error;
mod named;
mod names;
mod order;
mod parameter;
mod syntax;
mod table;

use std::{
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::Duration,
};

pub use answer::{Answer, AnswerError, AnswerFormat, AnswerKind};
pub use error::QueryError;
pub use named::{Column, DataError, NamedQuery, Param, Queries, UnknownQuery};
pub use names::{Actor, NameError};
pub(crate) use names::{Names, describe};
use oxigraph::{
    model::Term,
    sparql::{CancellationToken, QueryEvaluationError, SparqlEvaluator},
};
pub use parameter::ParamKind;
use spargebra::{Query, SparqlParser};
pub(crate) use table::shorten;

use crate::Graph;

/// How a query is asked.
#[derive(Debug, Clone)]
pub struct QueryOptions {
    /// When to give up; `None` waits for ever.
    pub timeout: Option<Duration>,
    /// At most so many rows or triples come back.
    pub limit: Option<usize>,
    /// More prefixes, name and IRI, besides those that are built in.
    pub prefixes: Vec<(String, String)>,
    /// Values for variables of the query. What kind of value a text is, is read off its shape:
    /// `<IRI>`, `wd:Q212`, `2024-05-01`, `12`, else plain text.
    pub params: Vec<(String, String)>,
}

impl Default for QueryOptions {
    fn default() -> Self {
        Self { timeout: Some(Duration::from_secs(60)), limit: None, prefixes: Vec::new(), params: Vec::new() }
    }
}

impl Graph {
    /// Asks a SPARQL query.
    ///
    /// # Errors
    /// If it is not a query (a syntax error says where), a parameter is not a variable of it, or it takes too long.
    pub fn query(&self, sparql: &str, options: &QueryOptions) -> Result<Answer, QueryError> {
        let query = self.parse(sparql, options)?;
        let values = parameter::guess(&options.params, &query, &self.prefixes(options))?;
        self.evaluate(&bind::bind(query, &values), options)
    }

    /// Asks a named query. Parameters come as text, by name; what is left out takes its default.
    ///
    /// # Errors
    /// If a parameter is missing, unknown or of the wrong kind, names no actor, or the query takes too long.
    pub fn ask(
        &self,
        query: &NamedQuery,
        params: &[(String, String)],
        options: &QueryOptions,
    ) -> Result<Answer, QueryError> {
        let (text, values) = query.fill(params, self)?;
        let parsed = self.parse(&text, options)?;
        self.evaluate(&bind::bind(parsed, &values), options)
    }

    /// The named query as plain SPARQL with all prefixes and values in place, for use in another store.
    ///
    /// # Errors
    /// As [`Graph::ask`].
    pub fn sparql(&self, query: &NamedQuery, params: &[(String, String)]) -> Result<String, QueryError> {
        let (text, values) = query.fill(params, self)?;
        Ok(bind::bind(self.parse(&text, &QueryOptions::default())?, &values).to_string())
    }

    /// How the query is evaluated: the plan with the rows and the time that each part took, as JSON.
    ///
    /// # Errors
    /// As [`Graph::query`].
    pub fn explain_plan(&self, sparql: &str, options: &QueryOptions) -> Result<String, QueryError> {
        let query = self.parse(sparql, options)?;
        let values = parameter::guess(&options.params, &query, &self.prefixes(options))?;
        let (token, backend, limit) = (CancellationToken::new(), self.backend().clone(), options.limit);
        let evaluator = SparqlEvaluator::new().with_cancellation_token(token.clone());
        let query = bind::bind(query, &values);
        let json = with_timeout(options.timeout, &token, move || {
            let (results, plan) = backend.explain(evaluator.for_query(query));
            Answer::collect(results?, None, limit, Vec::new())?;
            let mut json = Vec::new();
            plan.write_in_json(&mut json).map_err(|error| QueryEvaluationError::Dataset(Box::new(error)))?;
            Ok(json)
        })?;
        Ok(String::from_utf8_lossy(&json).into_owned())
    }

    /// Name, alias, Wikidata item, prefixed name or IRI -> actor.
    ///
    /// # Errors
    /// If the graph knows no such actor, or several; the error lists names that are near.
    pub fn actor(&self, name: &str) -> Result<Actor, NameError> {
        self.names().resolve(name, self)
    }

    /// Names of all actors, sorted, for completion.
    pub fn actor_names(&self) -> Vec<String> {
        self.names().all()
    }

    pub(crate) fn prefixes(&self, options: &QueryOptions) -> Vec<(String, String)> {
        let mut prefixes = self.base().prefixes();
        prefixes.extend(options.prefixes.iter().cloned());
        prefixes
    }

    fn parse(&self, sparql: &str, options: &QueryOptions) -> Result<Query, QueryError> {
        let mut parser = SparqlParser::new();
        for (name, iri) in self.prefixes(options) {
            let bad = |_| QueryError::BadPrefix { name: name.clone(), iri: iri.clone() };
            parser = parser.with_prefix(name.clone(), iri.clone()).map_err(bad)?;
        }
        parser.clone().parse_query(sparql).map_err(|error| {
            if parser.parse_update(sparql).is_ok() {
                QueryError::NotAQuery
            } else {
                syntax::explain(sparql, &error, &self.prefixes(options))
            }
        })
    }

    fn evaluate(&self, query: &Query, options: &QueryOptions) -> Result<Answer, QueryError> {
        let (token, backend, limit) = (CancellationToken::new(), self.backend().clone(), options.limit);
        let evaluator = SparqlEvaluator::new().with_cancellation_token(token.clone());
        let (mut query, prefixes) = (query.clone(), self.prefixes(options));
        let order = order::take(&mut query);
        with_timeout(options.timeout, &token, move || {
            Answer::collect(backend.execute(evaluator.for_query(query))?, order.as_ref(), limit, prefixes)
        })
    }
}

/// How long an evaluation may take to notice that it was cancelled.
const GRACE: Duration = Duration::from_millis(500);
/// Long chains of alternatives and paths are evaluated recursively.
const STACK: usize = 32 << 20;

/// Runs the work on a thread of its own, and cancels it when the time is over.
///
/// The evaluator looks at its token whenever it reads from the index, but not while it multiplies what it has read (a product
/// without a shared variable). Such work is left to itself: it holds the index, hears nobody and ends with the process.
fn with_timeout<T: Send + 'static>(
    timeout: Option<Duration>,
    token: &CancellationToken,
    work: impl FnOnce() -> Result<T, QueryEvaluationError> + Send + 'static,
) -> Result<T, QueryError> {
    let early = || QueryError::Evaluation("the evaluation ended early".to_owned());
    let (sender, receiver) = mpsc::channel();
    thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || {
            // Whoever asked may have stopped waiting.
            let _ = sender.send(work());
        })
        .map_err(|error| QueryError::Evaluation(error.to_string()))?;
    let Some(timeout) = timeout else {
        return receiver.recv().map_err(|_| early())?.map_err(|error| QueryError::evaluation(&error, None));
    };
    let result = match receiver.recv_timeout(timeout) {
        Err(RecvTimeoutError::Timeout) => {
            token.cancel();
            match receiver.recv_timeout(GRACE) {
                Err(RecvTimeoutError::Timeout) => return Err(QueryError::Timeout(timeout)),
                result => result,
            }
        }
        result => result,
    };
    result.map_err(|_| early())?.map_err(|error| QueryError::evaluation(&error, Some(timeout)))
}

/// A variable of a query and the value that it is to have.
pub(crate) type Binding = (String, Term);
