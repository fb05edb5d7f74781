//! What the stores call their endpoints, and what sizes they take.

use super::PushError;

/// A triple store that is known by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Preset {
    /// The address is a SPARQL endpoint that takes queries and updates.
    Generic,
    /// Virtuoso: digest only; the default graph goes into a graph of its own, as its default graph is the union of all.
    Virtuoso,
    /// Apache Jena Fuseki; the address is that of a dataset.
    Fuseki,
    /// `GraphDB` and other RDF4J servers; the address is that of a repository.
    GraphDb,
    /// Amazon Neptune.
    Neptune,
    /// `QLever`, with its access token.
    Qlever,
    /// An oxigraph server.
    Oxigraph,
}

/// Where a store takes what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoints {
    /// Queries.
    pub query: String,
    /// Updates.
    pub update: String,
    /// Graphs, where the store has the Graph Store Protocol.
    pub graph_store: Option<String>,
}

impl Preset {
    /// All presets.
    pub const ALL: [Self; 7] =
        [Self::Generic, Self::Virtuoso, Self::Fuseki, Self::GraphDb, Self::Neptune, Self::Qlever, Self::Oxigraph];

    /// What it is called on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Generic => "generic",
            Self::Virtuoso => "virtuoso",
            Self::Fuseki => "fuseki",
            Self::GraphDb => "graphdb",
            Self::Neptune => "neptune",
            Self::Qlever => "qlever",
            Self::Oxigraph => "oxigraph",
        }
    }

    /// The preset of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.name() == name.to_ascii_lowercase())
    }

    /// The endpoints of a store at an address.
    ///
    /// # Errors
    /// If the address is not one of HTTP.
    pub fn endpoints(self, url: &str) -> Result<Endpoints, PushError> {
        let host = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"));
        if host.is_none_or(|host| host.is_empty() || host.starts_with('/') || host.contains(char::is_whitespace)) {
            return Err(PushError::Url(url.to_owned()));
        }
        let base = url.trim_end_matches('/');
        let at = |path: &str| format!("{base}{path}");
        let (query, update, graph_store) = match self {
            Self::Generic => (base.to_owned(), base.to_owned(), None),
            Self::Virtuoso => (at("/sparql"), at("/sparql-auth"), Some(at("/sparql-graph-crud-auth"))),
            Self::Fuseki => (at("/query"), at("/update"), Some(at("/data"))),
            Self::GraphDb => (base.to_owned(), at("/statements"), Some(at("/rdf-graphs/service"))),
            Self::Neptune => (at("/sparql"), at("/sparql"), Some(at("/sparql/gsp/"))),
            Self::Qlever => (at("/"), at("/"), Some(at("/"))),
            Self::Oxigraph => (at("/query"), at("/update"), Some(at("/store"))),
        };
        Ok(Endpoints { query, update, graph_store })
    }

    /// The graph that takes what is known, where the store's own default graph cannot.
    pub(super) fn default_graph_name(self, base: &str) -> Option<String> {
        matches!(self, Self::Virtuoso).then(|| format!("{base}known"))
    }

    /// Triples in one request of the Graph Store Protocol.
    pub(super) const fn piece(self) -> usize {
        match self {
            Self::Neptune => 20_000,
            _ => 100_000,
        }
    }

    /// Triples in one `INSERT DATA`; Virtuoso's time grows with the square.
    pub(super) const fn batch(self) -> usize {
        match self {
            Self::Virtuoso => 200,
            _ => 2_000,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_are_what_the_stores_call_them() {
        let endpoints = Preset::Virtuoso.endpoints("http://localhost:8890/").unwrap();
        assert_eq!(endpoints.update, "http://localhost:8890/sparql-auth");
        assert_eq!(Preset::Fuseki.endpoints("http://h/ds").unwrap().graph_store.as_deref(), Some("http://h/ds/data"));
        for bad in ["", "localhost:8890", "ftp://h/", "http://", "http:///x", "http://a b"] {
            assert!(Preset::Generic.endpoints(bad).is_err(), "{bad}");
        }
    }
}
