//! Sends the graph into another triple store: over the Graph Store Protocol or SPARQL Update, and counts what arrived.
//!
//! Every request can be repeated without doubling anything: a graph is put whole, or triples without blank nodes are added
//! to a set. So a retry is safe, and a push that ended in the middle is simply run again, with `resume` without what is
//! there already. A store can say 200 and do nothing: counts are compared at the end.

mod digest;
mod http;
mod preset;

use std::{collections::BTreeMap, time::Duration};

use http::Client;
pub use preset::{Endpoints, Preset};

use crate::{Graph, index::Id};

/// How to get in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Auth {
    /// Without a name.
    #[default]
    None,
    /// Name and password, in the clear to whoever reads the connection.
    Basic(String, String),
    /// Name and password, hashed (RFC 2617).
    Digest(String, String),
    /// A token.
    Token(String),
}

/// How to push.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools, reason = "independent switches of a command line")]
pub struct PushOptions {
    /// Which store it is: decides endpoints, sizes and where the default graph goes.
    pub preset: Preset,
    /// How to get in.
    pub auth: Auth,
    /// Use SPARQL Update even where the Graph Store Protocol would do.
    pub update: bool,
    /// Replace the default graph of the other store instead of adding to it.
    pub replace: bool,
    /// Leave out graphs that are there already with as many triples.
    pub resume: bool,
    /// Only say what would be sent.
    pub dry_run: bool,
    /// How often a request is tried again after a failure of the network or the server.
    pub retries: u32,
    /// How long one request may take.
    pub timeout: Duration,
}

impl Default for PushOptions {
    fn default() -> Self {
        Self {
            preset: Preset::Generic,
            auth: Auth::None,
            update: false,
            replace: false,
            resume: false,
            dry_run: false,
            retries: 4,
            timeout: Duration::from_secs(120),
        }
    }
}

/// What was, or would be, done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Pushed {
    /// Requests that change something.
    pub requests: usize,
    /// Their bodies together, in bytes.
    pub bytes: usize,
    /// Graphs sent, the default graph among them.
    pub graphs: usize,
    /// Triples sent.
    pub triples: usize,
    /// Graphs left out because they were there.
    pub skipped: usize,
    /// Whether counts were compared, and agreed.
    pub verified: bool,
}

/// Why a push failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PushError {
    /// The address is not one.
    #[error("{0:?} is not an address: write http://host:port/...")]
    Url(String),
    /// Nobody answers.
    #[error("{url}: {cause}; nothing of this request was lost, run the push again with --resume")]
    Network {
        /// The endpoint.
        url: String,
        /// What went wrong.
        cause: String,
    },
    /// The store does not let us in.
    #[error("{url}: the store refuses ({status}): check name, password and the kind of authentication{hint}")]
    Denied {
        /// The endpoint.
        url: String,
        /// HTTP status.
        status: u16,
        /// What the store asks for.
        hint: String,
    },
    /// The store answers with an error.
    #[error("{url}: the store answers {status}: {body}")]
    Status {
        /// The endpoint.
        url: String,
        /// HTTP status.
        status: u16,
        /// The beginning of the answer.
        body: String,
    },
    /// The store said yes and has something else.
    #[error("the store accepted everything, but has other counts: {}", .0.join("; "))]
    Counts(Vec<String>),
    /// The answer to a count is not SPARQL JSON.
    #[error("{url}: the answer to a count cannot be read: {cause}")]
    Answer {
        /// The endpoint.
        url: String,
        /// What is wrong with it.
        cause: String,
    },
}

/// Triples that go to one graph.
struct Part {
    /// `None` is the default graph.
    graph: Option<String>,
    triples: Vec<String>,
}

impl Graph {
    /// Sends the whole graph to the store at `url`; `progress` hears how many of how many triples are through.
    ///
    /// # Errors
    /// If the store cannot be reached, refuses, or has other counts at the end.
    pub fn push(
        &self,
        url: &str,
        options: &PushOptions,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Pushed, PushError> {
        let endpoints = options.preset.endpoints(url)?;
        let parts = self.parts(options.preset);
        let total = parts.iter().map(|part| part.triples.len()).sum();
        let mut client = Client::new(options);
        let mut pushed = Pushed::default();
        let there =
            if options.resume && !options.dry_run { counts(&mut client, &endpoints, &parts)? } else { BTreeMap::new() };
        let mut done = 0;
        for part in &parts {
            done += part.triples.len();
            if there.get(&part.graph) == Some(&part.triples.len()) {
                pushed.skipped += 1;
                continue;
            }
            send(&mut client, &endpoints, part, options, &mut pushed)?;
            progress(done, total);
        }
        if !options.dry_run {
            let differing = differing(&counts(&mut client, &endpoints, &parts)?, &parts, options.replace);
            if !differing.is_empty() {
                return Err(PushError::Counts(differing));
            }
            pushed.verified = true;
        }
        Ok(pushed)
    }

    fn parts(&self, preset: Preset) -> Vec<Part> {
        let index = self.index();
        let line = |row: [Id; 3]| index.quad(row[0], row[1], row[2], None).map(|quad| format!("{quad} .\n"));
        let known: Vec<String> = index.known([None; 3]).filter_map(line).collect();
        let graph = preset.default_graph_name(self.base().as_str());
        let mut parts = vec![Part { graph, triples: known }];
        for id in index.graphs() {
            let triples =
                index.told([None, None, None, Some(*id)]).filter_map(|[s, p, o, _]| line([s, p, o])).collect();
            parts.push(Part { graph: Some(index.iri_of(*id).to_owned()), triples });
        }
        parts
    }
}

/// Sends one graph, in pieces of a size that the store takes.
fn send(
    client: &mut Client,
    endpoints: &Endpoints,
    part: &Part,
    options: &PushOptions,
    pushed: &mut Pushed,
) -> Result<(), PushError> {
    // The default graph may hold what others put there: it is added to, unless asked otherwise.
    let replace = part.graph.is_some() || options.replace;
    pushed.graphs += 1;
    pushed.triples += part.triples.len();
    let mut request = |client: &mut Client, method: &str, url: &str, kind: &str, body: String| {
        pushed.requests += 1;
        pushed.bytes += body.len();
        if options.dry_run { Ok(()) } else { client.change(method, url, kind, &body) }
    };
    let by_update = options.update || endpoints.graph_store.is_none();
    if let Some(store) = endpoints.graph_store.as_ref().filter(|_| !by_update) {
        let url = match &part.graph {
            Some(graph) => format!("{store}?graph={}", http::encode(graph)),
            None => format!("{store}?default"),
        };
        for (number, piece) in part.triples.chunks(options.preset.piece()).enumerate() {
            let method = if number == 0 && replace { "PUT" } else { "POST" };
            request(client, method, &url, "application/n-triples", piece.concat())?;
        }
    } else {
        let update = endpoints.update.as_str();
        if replace {
            let target = part.graph.as_ref().map_or("DEFAULT".to_owned(), |graph| format!("GRAPH <{graph}>"));
            request(client, "POST", update, "application/sparql-update", format!("CLEAR SILENT {target}"))?;
        }
        for piece in part.triples.chunks(options.preset.batch()) {
            let data = match &part.graph {
                Some(graph) => format!("INSERT DATA {{ GRAPH <{graph}> {{\n{}}} }}", piece.concat()),
                None => format!("INSERT DATA {{\n{}}}", piece.concat()),
            };
            request(client, "POST", update, "application/sparql-update", data)?;
        }
    }
    Ok(())
}

/// Graphs that a query asks about at once.
const ASKED: usize = 300;

/// How many triples each of our graphs has over there.
fn counts(
    client: &mut Client,
    endpoints: &Endpoints,
    parts: &[Part],
) -> Result<BTreeMap<Option<String>, usize>, PushError> {
    let mut counts = BTreeMap::new();
    if parts.iter().any(|part| part.graph.is_none()) {
        let answer = client.query(&endpoints.query, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")?;
        counts.insert(None, answer.first().and_then(|row| row.get("n")?.parse().ok()).unwrap_or(0));
    }
    let named: Vec<&String> = parts.iter().filter_map(|part| part.graph.as_ref()).collect();
    for graphs in named.chunks(ASKED) {
        let list: Vec<String> = graphs.iter().map(|graph| format!("<{graph}>")).collect();
        let query = format!(
            "SELECT ?g (COUNT(*) AS ?n) WHERE {{ GRAPH ?g {{ ?s ?p ?o }} VALUES ?g {{ {} }} }} GROUP BY ?g",
            list.join(" ")
        );
        for row in client.query(&endpoints.query, &query)? {
            if let (Some(graph), Some(count)) = (row.get("g"), row.get("n").and_then(|count| count.parse().ok())) {
                counts.insert(Some(graph.clone()), count);
            }
        }
    }
    Ok(counts)
}

/// What is not as it should be, at most ten graphs by name.
fn differing(there: &BTreeMap<Option<String>, usize>, parts: &[Part], replaced: bool) -> Vec<String> {
    let mut wrong = Vec::new();
    for part in parts {
        let (here, there) = (part.triples.len(), there.get(&part.graph).copied().unwrap_or(0));
        // Others may have put more into a default graph that was only added to; in some stores it is the union of all.
        let fits = if part.graph.is_none() && !replaced { there >= here } else { there == here };
        if !fits {
            let name = part.graph.as_deref().unwrap_or("the default graph");
            wrong.push(format!("{name} has {there} triples, not {here}"));
        }
    }
    if wrong.len() > 10 {
        let more = wrong.len() - 10;
        wrong.truncate(10);
        wrong.push(format!("and {more} more graphs"));
    }
    wrong
}
