//! The graph: what the extractor found, as RDF that can be kept, asked, drawn, explained and handed on.
//!
//! [`entente_model::Extraction`]s come in; quads, answers, pictures and files go out. The only crate that names oxigraph or
//! petgraph. It reads no article, prints nothing, and opens no socket but to push into another store.

mod agreement;
mod embedded;
mod escape;
mod graph;
mod index;
mod iris;
mod mapping;
mod query;
mod store;
mod vocabulary;
mod words;

pub use graph::{Graph, GraphError};
pub use index::TooLarge;
pub use iris::{Base, BaseError, DEFAULT_BASE};
pub use query::{
    Actor, Answer, AnswerError, AnswerFormat, AnswerKind, Column, DataError, NameError, NamedQuery, Param, ParamKind,
    Queries, QueryError, QueryOptions, UnknownQuery,
};
pub use store::{Change, Store, StoreError, StoreWriter, Summary};
pub use vocabulary::ONTOLOGY;
