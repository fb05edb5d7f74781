//! The graph over HTTP, asked through a socket.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside of test functions")]

mod support;

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use entente_graph::{Current, Queries, ServeOptions, serve};

/// Sends a request as it stands and gives status line and body.
fn send(address: SocketAddr, request: &str) -> (String, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.lines().next().unwrap().to_owned(), body.to_owned())
}

fn get(address: SocketAddr, target: &str, accept: &str) -> (String, String) {
    send(address, &format!("GET {target} HTTP/1.1\r\nhost: x\r\naccept: {accept}\r\n\r\n"))
}

#[test]
fn it_speaks_the_protocol_and_only_reads() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (graph, queries) = (Current::new(support::world_graph()), Queries::built_in().unwrap());
    let (options, stop) = (ServeOptions::default(), AtomicBool::new(false));
    thread::scope(|scope| {
        scope.spawn(|| serve(&listener, &graph, &queries, &options, &stop).unwrap());
        let check = |answer: (String, String), status: &str, part: &str| {
            assert!(answer.0.contains(status) && answer.1.contains(part), "{status} {part}: {answer:?}");
        };
        let ask = "/sparql?query=ASK+%7B+%3Fa+ent%3Amet+%3Fb+%7D";
        check(get(address, ask, "application/sparql-results+json"), "200", "\"boolean\":true");
        check(get(address, ask, "text/csv;q=0.5, application/sparql-results+xml"), "200", "<boolean>true</boolean>");
        check(get(address, ask, "image/png"), "406", "application/sparql-results+json");
        check(get(address, "/sparql?query=SELEKT", "*/*"), "400", "line 1, column 1");
        check(get(address, "/sparql?update=CLEAR+ALL", "*/*"), "403", "read-only");
        check(get(address, "/query/visits?visitor=Mara+Holt", "text/csv"), "200", "2024-06-09,Mara Holt,Kazakhstan");
        check(get(address, "/query/visits?visitor=Nobody", "*/*"), "400", "no actor of the graph");
        check(get(address, "/query/vists", "*/*"), "404", "did you mean visits?");
        check(get(address, "/queries", "*/*"), "200", "Who met whom, when and where?");
        check(get(address, "/store?default", "text/turtle"), "200", "@prefix ent:");
        check(get(address, "/store?graph=https%3A%2F%2Fnowhere", "*/*"), "404", "there is no graph");
        check(get(address, "/?actor=Moldova", "text/html"), "200", "<h1>Moldova</h1>");
        check(get(address, "/etc/passwd", "*/*"), "404", "there is /sparql");
        let body = "SELECT (COUNT(*) AS ?n) { ?e a ent:Visit }";
        let post = |kind: &str, body: &str| {
            send(
                address,
                &format!(
                    "POST /sparql HTTP/1.1\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n{body}",
                    body.len()
                ),
            )
        };
        check(post("application/sparql-query", body), "200", "\"value\":\"2\"");
        check(post("application/x-www-form-urlencoded", "query=ASK+%7B%7D"), "200", "true");
        check(post("application/sparql-update", "CLEAR ALL"), "403", "read-only");
        check(post("text/plain", "x"), "415", "application/sparql-query");
        check(send(address, "DELETE / HTTP/1.1\r\n\r\n"), "405", "only reads");
        check(send(address, "nonsense\r\n\r\n"), "400", "cannot be read");
        check(send(address, "POST /sparql HTTP/1.1\r\ncontent-length: 9999999\r\n\r\n"), "413", "cannot be read");
        stop.store(true, Ordering::Relaxed);
    });
}

#[test]
fn a_newer_graph_and_a_limit_show_in_the_next_answer() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (graph, queries) = (Current::new(support::world_graph()), Queries::built_in().unwrap());
    let (options, stop) = (ServeOptions { limit: 2, ..ServeOptions::default() }, AtomicBool::new(false));
    thread::scope(|scope| {
        scope.spawn(|| serve(&listener, &graph, &queries, &options, &stop).unwrap());
        let people = "/sparql?query=SELECT+%3Fe+%7B+%3Fe+a+ent%3APerson+%7D+ORDER+BY+%3Fe";
        let rows = || get(address, people, "text/csv").1.lines().skip(1).count();
        let before = rows();
        graph.set(support::graph(&[]));
        let after = rows();
        // First of all: a server that is not stopped would hold the test for ever.
        stop.store(true, Ordering::Relaxed);
        assert_eq!((before, after), (2, 0));
    });
}
