//! Where queries run: on the index in memory, or, with the cargo feature `rocksdb`, on oxigraph's own store on disk.
//!
//! Both are datasets to the same evaluator, so a query means the same on either.

use std::sync::Arc;

use oxigraph::sparql::{PreparedSparqlQuery, QueryEvaluationError, QueryExplanation, QueryResults};

use crate::index::Index;

/// What a query is evaluated on, to be held by a thread that may outlive its graph.
#[derive(Clone)]
pub(crate) struct Backend {
    index: Arc<Index>,
    #[cfg(feature = "rocksdb")]
    database: Option<oxigraph::store::Store>,
}

impl Backend {
    pub(crate) fn new(index: Index) -> Self {
        Self {
            index: Arc::new(index),
            #[cfg(feature = "rocksdb")]
            database: None,
        }
    }

    /// Lets queries run on a database that holds the quads of the index.
    #[cfg(feature = "rocksdb")]
    pub(crate) fn set_database(&mut self, database: oxigraph::store::Store) {
        self.database = Some(database);
    }

    pub(crate) fn index(&self) -> &Index {
        &self.index
    }

    pub(crate) fn execute(&self, query: PreparedSparqlQuery) -> Result<QueryResults<'_>, QueryEvaluationError> {
        #[cfg(feature = "rocksdb")]
        if let Some(database) = &self.database {
            return query.on_store(database).execute();
        }
        query.on_queryable_dataset(&*self.index).execute()
    }

    /// The results, and the plan with what each part of it took.
    pub(crate) fn explain(
        &self,
        query: PreparedSparqlQuery,
    ) -> (Result<QueryResults<'_>, QueryEvaluationError>, QueryExplanation) {
        #[cfg(feature = "rocksdb")]
        if let Some(database) = &self.database {
            return query.on_store(database).compute_statistics().explain();
        }
        query.on_queryable_dataset(&*self.index).compute_statistics().explain()
    }
}

impl std::fmt::Debug for Backend {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Backend").field("quads", &self.index.len()).finish_non_exhaustive()
    }
}
