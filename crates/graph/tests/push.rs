//! Pushing into other stores: an oxigraph server and Virtuoso where they are installed, and a server that misbehaves.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests, outside of test functions")]

mod support;

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use entente_graph::{AnswerFormat, Auth, DEFAULT_BASE, Preset, PushError, PushOptions, Pushed, Queries, QueryOptions};

fn push(url: &str, options: &PushOptions) -> Result<Pushed, PushError> {
    support::world_graph().push(url, options, &mut |_, _| ())
}

fn quick() -> PushOptions {
    PushOptions { retries: 2, timeout: Duration::from_secs(20), ..PushOptions::default() }
}

/// A server in a process of its own, ended with the test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Starts a program and waits until its port answers; `None` where it is not installed.
fn start(program: &str, arguments: &[String], dir: &Path, port: u16) -> Option<Server> {
    let child = Command::new(program)
        .args(arguments)
        .current_dir(dir)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let server = Server(child);
    let began = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(began.elapsed() < Duration::from_secs(90), "{program} does not answer");
        thread::sleep(Duration::from_millis(100));
    }
    Some(server)
}

#[test]
fn an_oxigraph_server_has_everything_afterwards_however_often_it_is_pushed() {
    let (dir, port) = (tempfile::tempdir().unwrap(), free_port());
    let arguments = ["serve", "--location", "db", "--bind", &format!("127.0.0.1:{port}")].map(str::to_owned);
    let Some(_server) = start("oxigraph", &arguments, dir.path(), port) else { return };
    let url = format!("http://127.0.0.1:{port}");
    let options = PushOptions { preset: Preset::Oxigraph, ..quick() };
    let first = push(&url, &options).unwrap();
    assert!(first.verified && first.graphs == 7, "{first:?}");
    assert!(push(&url, &options).unwrap().verified);
    let resumed = push(&url, &PushOptions { resume: true, ..options.clone() }).unwrap();
    assert_eq!((resumed.graphs, resumed.skipped), (0, 7));
    the_same_answers(&format!("{url}/query"), None, &[]);
    let by_update = push(&url, &PushOptions { update: true, replace: true, ..options }).unwrap();
    assert!(by_update.verified && by_update.triples == first.triples, "{by_update:?}");
}

/// Asks every case of every question there and here, and compares the rows; `default_graph` is asked about where the store's
/// own default graph is another. `differs` names what the store answers otherwise: a question and a column.
fn the_same_answers(endpoint: &str, default_graph: Option<&str>, differs: &[(&str, &str)]) {
    let graph = support::world_graph();
    let config = ureq::Agent::config_builder().timeout_global(Some(Duration::from_secs(30))).build();
    let agent = ureq::Agent::new_with_config(config);
    let mut asked = 0;
    for query in Queries::built_in().unwrap().iter() {
        let columns: Vec<&str> = query.columns.iter().map(|column| column.name.as_str()).collect();
        let columns: Vec<&str> =
            columns.into_iter().filter(|column| !differs.contains(&(query.name.as_str(), column))).collect();
        for case in support::cases(&query.name) {
            let params = support::params(&case);
            let mut here = Vec::new();
            let answer = graph.ask(query, &params, &QueryOptions::default()).unwrap();
            answer.write(AnswerFormat::Json, &mut here).unwrap();
            let sparql = graph.sparql(query, &params).unwrap();
            let form =
                [("query", sparql.as_str())].into_iter().chain(default_graph.map(|iri| ("default-graph-uri", iri)));
            let there = agent
                .post(endpoint)
                .header("accept", "application/sparql-results+json")
                .send_form(form)
                .unwrap_or_else(|error| panic!("{} with {case}: {error}", query.name))
                .body_mut()
                .read_to_vec()
                .unwrap();
            assert_eq!(rows(&here, &columns), rows(&there, &columns), "{} with {case}", query.name);
            asked += 1;
        }
    }
    assert!(asked > 70, "{asked}");
}

/// The rows of an answer in JSON, sorted; a value that is missing and an empty one are the same.
fn rows(json: &[u8], columns: &[&str]) -> Vec<Vec<String>> {
    let json: serde_json::Value = serde_json::from_slice(json).unwrap();
    let bindings = json["results"]["bindings"].as_array().unwrap();
    let cell = |row: &serde_json::Value, column: &str| support::cell(row[column]["value"].as_str().unwrap_or_default());
    let mut rows: Vec<Vec<String>> =
        bindings.iter().map(|row| columns.iter().map(|column| cell(row, column)).collect()).collect();
    rows.sort();
    rows
}

#[test]
fn virtuoso_has_everything_afterwards() {
    let (dir, port, sql) = (tempfile::tempdir().unwrap(), free_port(), free_port());
    let ini = format!(
        "[Database]\nDatabaseFile = v.db\nErrorLogFile = v.log\nLockFile = v.lck\nTransactionFile = v.trx\n\
         xa_persistent_file = v.pxa\n[TempDatabase]\nDatabaseFile = t.db\nTransactionFile = t.trx\n\
         [Parameters]\nServerPort = 127.0.0.1:{sql}\nNumberOfBuffers = 20000\nMaxDirtyBuffers = 15000\nDirsAllowed = .\n\
         [HTTPServer]\nServerPort = 127.0.0.1:{port}\nServerThreads = 4\n[SPARQL]\nResultSetMaxRows = 10000\n"
    );
    std::fs::write(dir.path().join("virtuoso.ini"), ini).unwrap();
    let arguments = ["+foreground", "+configfile", "virtuoso.ini"].map(str::to_owned);
    let Some(_server) = start("virtuoso-t", &arguments, dir.path(), port) else { return };
    let url = format!("http://127.0.0.1:{port}");
    let auth = |password: &str| Auth::Digest("dba".to_owned(), password.to_owned());
    let options = PushOptions { preset: Preset::Virtuoso, auth: auth("dba"), ..quick() };
    let denied = push(&url, &PushOptions { auth: auth("wrong"), ..options.clone() }).unwrap_err();
    assert!(matches!(denied, PushError::Denied { .. }), "{denied}");
    assert!(push(&url, &options).unwrap().verified);
    assert!(push(&url, &options).unwrap().verified);
    // Its default graph is the union of all, mentions and their values among them. It makes "120" of a duration of ten years.
    let known = format!("{DEFAULT_BASE}known");
    the_same_answers(&format!("{url}/sparql"), Some(&known), &[("agreement-terms", "duration")]);
}

/// A server that answers each request with the next of these: a status and a body, or a closed connection.
fn fake(answers: Vec<Option<(u16, &'static str)>>) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let heard = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&heard);
    thread::spawn(move || {
        for answer in answers {
            let Ok((stream, _)) = listener.accept() else { return };
            let mut reader = BufReader::new(stream);
            let mut line = String::new();
            reader.read_line(&mut line).unwrap_or_default();
            let (mut length, mut header) = (0, String::from("x"));
            while !header.trim().is_empty() {
                header.clear();
                reader.read_line(&mut header).unwrap_or_default();
                if let Some(value) = header.to_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap_or_default();
                }
            }
            log.lock().unwrap().push(line.split_whitespace().take(2).collect::<Vec<_>>().join(" "));
            let Some((status, body)) = answer else { continue };
            let mut rest = vec![0; length];
            reader.read_exact(&mut rest).unwrap_or_default();
            let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
            reader.get_mut().write_all((head + body).as_bytes()).unwrap_or_default();
        }
    });
    (url, heard)
}

#[test]
fn a_request_that_dies_is_sent_again() {
    let mut answers = vec![None, Some((503, "later"))];
    answers.extend(vec![Some((204, "")); 7]);
    answers.push(Some((200, "{\"results\":{\"bindings\":[{\"n\":{\"value\":\"100000\"}}]}}")));
    answers.push(Some((200, "{\"results\":{\"bindings\":[]}}")));
    let (url, heard) = fake(answers);
    let error = push(&url, &PushOptions { preset: Preset::Oxigraph, ..quick() }).unwrap_err();
    let requests = heard.lock().unwrap().clone();
    assert_eq!(
        &requests[..4],
        ["POST /store?default"; 3].iter().chain(&[requests[3].as_str()]).copied().collect::<Vec<_>>()
    );
    assert!(requests[3].starts_with("PUT /store?graph=https%3A%2F%2Fw3id.org"), "{requests:?}");
    // The server said yes to everything and has nothing.
    assert!(matches!(error, PushError::Counts(_)), "{error}");
    assert!(error.to_string().contains("has 0 triples, not"), "{error}");
}

#[test]
fn a_store_that_dies_in_the_middle_is_told_and_resumed() {
    let (dir, port) = (tempfile::tempdir().unwrap(), free_port());
    let arguments = ["serve", "--location", "db", "--bind", &format!("127.0.0.1:{port}")].map(str::to_owned);
    let Some(server) = start("oxigraph", &arguments, dir.path(), port) else { return };
    let (url, options) = (format!("http://127.0.0.1:{port}"), PushOptions { preset: Preset::Oxigraph, ..quick() });
    let (mut server, mut seen) = (Some(server), 0);
    // It is killed when three graphs are through.
    let died = support::world_graph().push(&url, &PushOptions { retries: 0, ..options.clone() }, &mut |_, _| {
        seen += 1;
        if seen == 3 {
            server.take();
        }
    });
    assert!(matches!(died, Err(PushError::Network { .. })), "{died:?}");
    let _server = start("oxigraph", &arguments, dir.path(), port).unwrap();
    let resumed = push(&url, &PushOptions { resume: true, ..options }).unwrap();
    assert!(resumed.verified && resumed.skipped >= 1 && resumed.graphs + resumed.skipped == 7, "{resumed:?}");
}

#[test]
fn what_goes_wrong_is_said() {
    let check = |url: &str, options: &PushOptions, expected: &str| {
        let message = push(url, options).unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
    };
    let once = PushOptions { retries: 0, ..quick() };
    check("localhost", &once, "is not an address");
    check(&format!("http://127.0.0.1:{}", free_port()), &once, "run the push again with --resume");
    // One that takes the connection and says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let impatient = PushOptions { timeout: Duration::from_millis(300), ..once.clone() };
    check(&format!("http://{}", silent.local_addr().unwrap()), &impatient, "timeout");
    check(&fake(vec![Some((403, ""))]).0, &once, "the store refuses (403)");
    check(&fake(vec![Some((400, "Parse  error\nnear x"))]).0, &once, "the store answers 400: Parse error near x");
}

#[test]
fn a_dry_run_sends_nothing_and_says_what_it_would() {
    let options = PushOptions { dry_run: true, preset: Preset::Fuseki, ..quick() };
    let pushed = push("http://127.0.0.1:1/ds", &options).unwrap();
    assert_eq!((pushed.requests, pushed.graphs, pushed.verified), (7, 7, false));
    assert!(pushed.bytes > 10_000);
}
