//! The graph: what the extractor found, as RDF that can be kept, asked, drawn, explained and handed on.
//!
//! [`entente_model::Extraction`]s come in; quads, answers, pictures and files go out. The only crate that names oxigraph or
//! petgraph. It reads no article, prints nothing, and opens no socket but to push into another store.

mod agreement;
mod backend;
mod calendar;
mod check;
mod copies;
mod embedded;
mod escape;
mod explain;
mod export;
mod graph;
mod index;
mod iris;
mod mapping;
mod merge;
mod network;
mod picture;
mod push;
mod query;
mod serve;
mod store;
mod view;
mod vocabulary;
mod words;

pub use check::{Finding, Report, ShapesError};
pub use explain::{ExplainError, Explanation, Target};
pub use export::{ExportError, ExportFormat};
pub use graph::{Graph, GraphError};
pub use index::TooLarge;
pub use iris::{Base, BaseError, DEFAULT_BASE};
pub use network::{Chain, Ranked};
pub use picture::{GraphvizError, Picture};
pub use push::{Auth, Endpoints, Preset, PushError, PushOptions, Pushed};
pub use query::{
    Actor, Answer, AnswerError, AnswerFormat, AnswerKind, Column, DataError, NameError, NamedQuery, Param, ParamKind,
    Queries, QueryError, QueryOptions, UnknownQuery,
};
pub use serve::{Current, HttpRequest, HttpResponse, ServeOptions, answer, serve};
pub use store::{Change, Store, StoreError, StoreWriter, Summary};
pub use view::Filter;
pub use vocabulary::ONTOLOGY;

/// The ontology: every class and property that the graph is written with, in Turtle.
pub fn ontology_turtle() -> &'static str {
    embedded::ontology_file("entente.ttl")
}

/// The SHACL shapes of the graph, in Turtle.
pub fn shapes_turtle() -> &'static str {
    embedded::ontology_file("shapes.ttl")
}
