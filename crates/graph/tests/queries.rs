//! Query cases: every named query is asked of the world of `support/world.toml`, with parameters, and must give the table
//! that its file in `tests/queries/` expects. `BLESS=1 cargo test -p entente-graph --test queries` rewrites the tables: the diff is the review.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests, outside of test functions")]

mod support;

use std::{fmt::Write as _, fs, path::Path};

use entente_graph::{Graph, NamedQuery, Queries, QueryOptions};

fn answer(graph: &Graph, query: &NamedQuery, case: &str) -> String {
    let answer = graph
        .ask(query, &support::params(case), &QueryOptions::default())
        .unwrap_or_else(|error| panic!("{} with {case}: {error}", query.name));
    let mut out = Vec::new();
    answer.write(entente_graph::AnswerFormat::Markdown, &mut out).unwrap();
    let columns: Vec<&str> = query.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(answer.columns(), columns, "{}: header and SELECT differ", query.name);
    String::from_utf8(out).unwrap()
}

/// Whether two tables agree: to the byte, or, on RocksDB, but for the order of what a cell lists.
fn agree(a: &str, b: &str) -> bool {
    let cells = |text: &str| text.split(['|', '\n']).map(|cell| support::cell(cell.trim())).collect::<Vec<_>>();
    a == b || cfg!(feature = "rocksdb") && cells(a) == cells(b)
}

#[test]
fn every_query_gives_the_expected_table() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/queries");
    let graph = support::world_graph();
    let mut wrong = Vec::new();
    for query in Queries::built_in().unwrap().iter() {
        let path = folder.join(format!("{}.md", query.name));
        let text = fs::read_to_string(&path).unwrap_or_default();
        let mut expected = format!("# {}\n", query.question);
        for case in support::cases(&query.name) {
            let _ = write!(expected, "\n## {case}\n\n{}", answer(&graph, query, &case));
        }
        if !agree(&text, &expected) {
            if std::env::var_os("BLESS").is_some() {
                fs::write(&path, &expected).unwrap();
            } else {
                wrong.push(format!("{}:\n{expected}", query.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_case_has_a_query() {
    let queries = Queries::built_in().unwrap();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/queries")).unwrap() {
        let name = entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned();
        assert!(queries.get(&name).is_ok(), "{name}.md is a case of no query");
    }
}
