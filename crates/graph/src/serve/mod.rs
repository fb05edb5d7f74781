//! The graph over HTTP: SPARQL 1.1 Protocol, reading of the Graph Store Protocol, named questions, and a page.
//!
//! | path | gives |
//! |---|---|
//! | `/sparql?query=…` | the answer, in the format that `Accept` asks for (also `POST`, form or `application/sparql-query`) |
//! | `/store?default`, `/store?graph=IRI`, `/store` | the default graph, one graph, everything |
//! | `/query/NAME?param=value` | a named question |
//! | `/queries` | all named questions with their parameters and columns, as JSON |
//! | `/` | a page with picture, timeline and events; `?actor=NAME` for one actor |
//!
//! Read-only: an update is refused. [`answer`] knows no socket; [`serve`] is the loop around it.

mod connection;
mod negotiate;

use std::{
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

pub use connection::serve;
use serde_json::json;

use crate::{Answer, AnswerFormat, AnswerKind, ExportFormat, Filter, Graph, Queries, QueryError, QueryOptions};

/// What a server allows.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// How long a query may take.
    pub timeout: Duration,
    /// At most so many rows or triples in an answer.
    pub limit: usize,
    /// Connections at a time; further ones wait.
    pub connections: usize,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self { timeout: Duration::from_secs(30), limit: 100_000, connections: 16 }
    }
}

/// The graph that is served: it can be exchanged for a newer one while requests are answered.
#[derive(Debug)]
pub struct Current(RwLock<Arc<Graph>>);

impl Current {
    /// Serves this graph for now.
    pub fn new(graph: Graph) -> Self {
        Self(RwLock::new(Arc::new(graph)))
    }

    /// Serves this graph from the next request on; requests that are being answered end with the one that they began with.
    pub fn set(&self, graph: Graph) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(graph);
    }

    pub(super) fn get(&self) -> Arc<Graph> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A request, as far as it matters here.
#[derive(Debug, Clone, Default)]
pub struct HttpRequest {
    /// `GET`, `POST`, …
    pub method: String,
    /// Path and query string.
    pub target: String,
    /// What the body is.
    pub content_type: String,
    /// What the client wants.
    pub accept: String,
    /// The body.
    pub body: Vec<u8>,
}

/// What to send back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpResponse {
    /// Status code.
    pub status: u16,
    /// Media type of the body.
    pub content_type: &'static str,
    /// The body.
    pub body: Vec<u8>,
}

const TEXT: &str = "text/plain; charset=utf-8";
const JSON: &str = "application/json";

impl HttpResponse {
    fn text(status: u16, text: impl Into<String>) -> Self {
        let mut body: String = text.into();
        body.push('\n');
        Self { status, content_type: TEXT, body: body.into_bytes() }
    }

    fn of(content_type: &'static str, write: impl FnOnce(&mut Vec<u8>) -> Result<(), String>) -> Self {
        let mut body = Vec::new();
        match write(&mut body) {
            Ok(()) => Self { status: 200, content_type, body },
            Err(message) => Self::text(500, message),
        }
    }
}

/// Answers a request.
pub fn answer(graph: &Graph, queries: &Queries, options: &ServeOptions, request: &HttpRequest) -> HttpResponse {
    let (path, query_string) = request.target.split_once('?').unwrap_or((&request.target, ""));
    let mut parameters = form(query_string);
    let post = request.method == "POST";
    if !post && request.method != "GET" && request.method != "HEAD" {
        return HttpResponse::text(405, "this server only reads: GET, and POST for queries");
    }
    if post && path != "/sparql" {
        return HttpResponse::text(405, "only /sparql takes POST");
    }
    match path {
        "/sparql" => {
            let body = String::from_utf8_lossy(&request.body);
            let kind = request.content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            match (post, kind.as_str()) {
                (false, _) => {}
                (true, "application/x-www-form-urlencoded") => parameters.extend(form(&body)),
                (true, "application/sparql-query") => parameters.push(("query".to_owned(), body.into_owned())),
                (true, "application/sparql-update") => return HttpResponse::text(403, "this server is read-only"),
                _ => return HttpResponse::text(415, "send application/sparql-query or a form"),
            }
            sparql(graph, options, request, &parameters)
        }
        "/store" => store(graph, request, &parameters),
        "/queries" => HttpResponse::of(JSON, |out| {
            let list: Vec<_> = queries.iter().map(description).collect();
            serde_json::to_writer_pretty(out, &list).map_err(|error| error.to_string())
        }),
        "/" => page(graph, &parameters),
        _ => match path.strip_prefix("/query/").map(decode) {
            Some(name) => match queries.get(&name) {
                Ok(query) => {
                    parameters.retain(|(name, value)| name != "format" && !value.is_empty());
                    let result = graph.ask(query, &parameters, &limits(options));
                    respond(result, request)
                }
                Err(error) => HttpResponse::text(404, error.to_string()),
            },
            None => HttpResponse::text(404, "there is /sparql, /store, /queries, /query/NAME and /"),
        },
    }
}

fn limits(options: &ServeOptions) -> QueryOptions {
    QueryOptions { timeout: Some(options.timeout), limit: Some(options.limit), ..QueryOptions::default() }
}

fn sparql(
    graph: &Graph,
    options: &ServeOptions,
    request: &HttpRequest,
    parameters: &[(String, String)],
) -> HttpResponse {
    if parameters.iter().any(|(name, _)| name == "update") {
        return HttpResponse::text(403, "this server is read-only");
    }
    if parameters.iter().any(|(name, _)| name == "default-graph-uri" || name == "named-graph-uri") {
        return HttpResponse::text(400, "name graphs in the query with FROM and FROM NAMED");
    }
    let mut queries = parameters.iter().filter(|(name, _)| name == "query");
    match (queries.next(), queries.next()) {
        (Some((_, query)), None) => respond(graph.query(query, &limits(options)), request),
        (None, _) => HttpResponse::text(400, "give one query: /sparql?query=SELECT..."),
        _ => HttpResponse::text(400, "give one query, not several"),
    }
}

fn respond(result: Result<Answer, QueryError>, request: &HttpRequest) -> HttpResponse {
    let answer = match result {
        Ok(answer) => answer,
        Err(error @ QueryError::Timeout(_)) => return HttpResponse::text(504, error.to_string()),
        Err(error @ QueryError::NotAQuery) => return HttpResponse::text(403, error.to_string()),
        Err(error) => return HttpResponse::text(400, error.to_string()),
    };
    let rows: &[(&'static str, AnswerFormat)] = &[
        ("application/sparql-results+json", AnswerFormat::Json),
        ("application/json", AnswerFormat::Json),
        ("application/sparql-results+xml", AnswerFormat::Xml),
        ("application/xml", AnswerFormat::Xml),
        ("text/csv", AnswerFormat::Csv),
        ("text/tab-separated-values", AnswerFormat::Tsv),
        ("application/x-ndjson", AnswerFormat::Ndjson),
        ("text/plain", AnswerFormat::Table),
        ("text/markdown", AnswerFormat::Markdown),
    ];
    let triples: &[(&'static str, AnswerFormat)] = &[
        ("text/turtle", AnswerFormat::Turtle),
        ("application/n-triples", AnswerFormat::NTriples),
        ("application/rdf+xml", AnswerFormat::RdfXml),
        ("application/ld+json", AnswerFormat::JsonLd),
    ];
    let offers = if answer.kind() == AnswerKind::Triples { triples } else { rows };
    let Some((media, format)) = negotiate::choose(&request.accept, offers) else {
        let list: Vec<&str> = offers.iter().map(|(media, _)| *media).collect();
        return HttpResponse::text(406, format!("this answer comes as {}", list.join(", ")));
    };
    HttpResponse::of(media, |out| answer.write(format, out).map_err(|error| error.to_string()))
}

fn store(graph: &Graph, request: &HttpRequest, parameters: &[(String, String)]) -> HttpResponse {
    let one = parameters.iter().find(|(name, _)| name == "graph").map(|(_, iri)| iri);
    let default = parameters.iter().any(|(name, _)| name == "default");
    let triples: &[(&'static str, ExportFormat)] = &[
        ("text/turtle", ExportFormat::Turtle),
        ("application/n-triples", ExportFormat::NTriples),
        ("application/rdf+xml", ExportFormat::RdfXml),
    ];
    let quads: &[(&'static str, ExportFormat)] = &[
        ("application/trig", ExportFormat::Trig),
        ("application/n-quads", ExportFormat::NQuads),
        ("application/ld+json", ExportFormat::JsonLd),
    ];
    let offers = if default { triples } else { quads };
    if let Some(iri) = one {
        let Some(text) = graph.named_graph(iri) else {
            return HttpResponse::text(404, format!("there is no graph <{iri}>"));
        };
        return HttpResponse { status: 200, content_type: "application/n-triples", body: text.into_bytes() };
    }
    match negotiate::choose(&request.accept, offers) {
        Some((media, format)) => HttpResponse::of(media, |out| {
            graph.export(format, &Filter::default(), out).map_err(|error| error.to_string())
        }),
        None => HttpResponse::text(
            406,
            "graphs come as Turtle, N-Triples or RDF/XML, the whole as TriG, N-Quads or JSON-LD",
        ),
    }
}

fn page(graph: &Graph, parameters: &[(String, String)]) -> HttpResponse {
    let actors = parameters.iter().filter(|(name, value)| name == "actor" && !value.is_empty());
    let filter = Filter { actors: actors.map(|(_, value)| value.clone()).collect(), ..Filter::default() };
    let mut body = Vec::new();
    match graph.export(ExportFormat::Html, &filter, &mut body) {
        Ok(()) => HttpResponse { status: 200, content_type: "text/html; charset=utf-8", body },
        Err(error) => HttpResponse::text(404, error.to_string()),
    }
}

fn description(query: &crate::NamedQuery) -> serde_json::Value {
    let params: Vec<_> = query
        .params
        .iter()
        .map(|param| {
            json!({"name": param.name, "type": param.kind.name(), "default": param.default,
                "required": param.required, "help": param.help})
        })
        .collect();
    let columns: Vec<_> =
        query.columns.iter().map(|column| json!({"name": column.name, "help": column.help})).collect();
    json!({"name": query.name, "question": query.question, "explanation": query.explanation,
        "parameters": params, "columns": columns})
}

impl Graph {
    /// The triples of a named graph, as N-Triples.
    fn named_graph(&self, iri: &str) -> Option<String> {
        let index = self.index();
        let id = index.iri(iri).filter(|id| index.graphs().binary_search(id).is_ok())?;
        let mut lines: Vec<String> = index
            .told([None, None, None, Some(id)])
            .filter_map(|[s, p, o, _]| index.quad(s, p, o, None))
            .map(|quad| format!("{quad} .\n"))
            .collect();
        lines.sort_unstable();
        Some(lines.concat())
    }
}

/// Names and values of a form or a query string.
fn form(text: &str) -> Vec<(String, String)> {
    text.split('&')
        .filter(|part| !part.is_empty())
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .map(|(name, value)| (decode(&name.replace('+', " ")), decode(&value.replace('+', " "))))
        .collect()
}

/// Undoes percent-encoding; what is not well encoded stays.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut place = 0;
    while place < bytes.len() {
        let hex = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        match (bytes[place], hex(place + 1), hex(place + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                place += 3;
            }
            (byte, ..) => {
                out.push(byte);
                place += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_decoded() {
        let expected = [("query", "SELECT ?a"), ("x", ""), ("y", "é%"), ("z", "a+b")];
        let found = form("query=SELECT+%3Fa&x&y=%C3%A9%&&z=a%2Bb");
        let found: Vec<(&str, &str)> = found.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(found, expected);
    }
}
