//! Query cases: every named query is asked of the world of `support/world.toml`, with parameters, and must give the table
//! that its file in `tests/queries/` expects. `BLESS=1 cargo test -p entente-graph --test queries` rewrites the tables: the diff is the review.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests, outside of test functions")]

mod support;

use std::{fmt::Write as _, fs, path::Path};

use entente_graph::{Graph, NamedQuery, Queries, QueryOptions};

/// The parts of a case: `## actor=Moldova since=2024` and the table under it.
fn cases(text: &str) -> Vec<String> {
    text.lines().filter_map(|line| line.strip_prefix("## ")).map(str::to_owned).collect()
}

fn params(line: &str) -> Vec<(String, String)> {
    if line == "no parameters" {
        return Vec::new();
    }
    line.split(", ")
        .map(|part| part.split_once('=').unwrap())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn answer(graph: &Graph, query: &NamedQuery, case: &str) -> String {
    let answer = graph
        .ask(query, &params(case), &QueryOptions::default())
        .unwrap_or_else(|error| panic!("{} with {case}: {error}", query.name));
    let mut out = Vec::new();
    answer.write(entente_graph::AnswerFormat::Markdown, &mut out).unwrap();
    let columns: Vec<&str> = query.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(answer.columns(), columns, "{}: header and SELECT differ", query.name);
    String::from_utf8(out).unwrap()
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
        let found = cases(&text);
        let found = if found.is_empty() { vec!["no parameters".to_owned()] } else { found };
        for case in found {
            let _ = write!(expected, "\n## {case}\n\n{}", answer(&graph, query, &case));
        }
        if text != expected {
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
