//! What can be wrong with a question.

use std::time::Duration;

use oxigraph::sparql::QueryEvaluationError;

use super::NameError;

/// Why a query has no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// The text is not SPARQL.
    #[error("line {line}, column {column}: {message}\n  {text}\n  {caret:>width$}", caret = '^', width = column)]
    Syntax {
        /// Line of the query, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What is wrong there.
        message: String,
        /// The line itself.
        text: String,
    },
    /// It is an update.
    #[error("this is an update, not a query: the store changes only through `entente build`")]
    NotAQuery,
    /// A prefix given is not an IRI.
    #[error("prefix {name}: {iri:?} is not an absolute IRI")]
    BadPrefix {
        /// Its name.
        name: String,
        /// What it should stand for.
        iri: String,
    },
    /// A parameter that the query does not have.
    #[error("the query has no parameter {name:?}{}", listed(.known))]
    UnknownParam {
        /// The name given.
        name: String,
        /// Those that it has.
        known: Vec<String>,
    },
    /// A parameter that has to be given.
    #[error("the query needs the parameter {name:?} ({help}): give it with --param {name}=...")]
    MissingParam {
        /// Its name.
        name: String,
        /// What it is for.
        help: String,
    },
    /// A value of the wrong kind.
    #[error("parameter {name:?}: {value:?} is not {expected}")]
    BadParam {
        /// Name of the parameter.
        name: String,
        /// The value given.
        value: String,
        /// What it should be.
        expected: String,
    },
    /// A name that is no actor's.
    #[error(transparent)]
    Name(#[from] NameError),
    /// It took too long.
    #[error("the query was stopped after {} s: ask for less, or give it longer with --timeout", .0.as_secs_f64())]
    Timeout(Duration),
    /// The evaluator gave up.
    #[error("the query cannot be evaluated: {0}")]
    Evaluation(String),
}

impl QueryError {
    pub(super) fn evaluation(error: &QueryEvaluationError, timeout: Option<Duration>) -> Self {
        match (error, timeout) {
            (QueryEvaluationError::Cancelled, Some(timeout)) => Self::Timeout(timeout),
            (QueryEvaluationError::UnsupportedService(service), _) => {
                Self::Evaluation(format!("SERVICE {service}: queries reach no other server"))
            }
            _ => Self::Evaluation(error.to_string()),
        }
    }
}

fn listed(known: &[String]) -> String {
    if known.is_empty() { "; it has none".to_owned() } else { format!("; it has {}", known.join(", ")) }
}
