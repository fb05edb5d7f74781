//! What goes wrong when a graph is asked, and how answers are written.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside of test functions")]

mod support;

use std::time::{Duration, Instant};

use entente_graph::{Answer, AnswerFormat, Graph, Queries, QueryError, QueryOptions};

fn ask(graph: &Graph, sparql: &str) -> Result<Answer, QueryError> {
    graph.query(sparql, &QueryOptions::default())
}

fn text(answer: &Answer, format: AnswerFormat) -> String {
    let mut out = Vec::new();
    answer.write(format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_query_that_runs_for_ever_is_stopped() {
    let graph = support::world_graph();
    let endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }";
    let options = QueryOptions { timeout: Some(Duration::from_millis(150)), ..QueryOptions::default() };
    let began = Instant::now();
    assert!(matches!(graph.query(endless, &options), Err(QueryError::Timeout(_))));
    assert!(began.elapsed() < Duration::from_secs(5));
}

#[test]
fn mistakes_are_said_in_words() {
    let graph = support::world_graph();
    let check = |result: Result<Answer, QueryError>, expected: &str| {
        let message = result.unwrap_err().to_string();
        assert!(message.starts_with(expected), "{message}");
    };
    check(
        ask(&graph, "SELECT ?a WHERE { ?a entt:met ?b }"),
        "line 1, column 22: the prefix of `entt:met` is not declared",
    );
    check(ask(&graph, "DELETE WHERE { ?a ?b ?c }"), "this is an update, not a query");
    check(ask(&graph, "SELECT * { SERVICE <http://example.org/> { ?a ?b ?c } }"), "the query cannot be evaluated: ");
    let queries = Queries::built_in().unwrap();
    let named = |name: &str, params: &[(&str, &str)]| {
        let params: Vec<(String, String)> =
            params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        graph.ask(queries.get(name).unwrap(), &params, &QueryOptions::default())
    };
    check(named("actor-events", &[]), "the query needs the parameter \"actor\" (whose events)");
    check(
        named("actor-events", &[("actor", "Moldovia")]),
        "no actor of the graph is called \"Moldovia\"; did you mean Moldova?",
    );
    check(
        named("visits", &[("whom", "x")]),
        "the query has no parameter \"whom\"; it has visitor, destination, since, until",
    );
    check(named("visits", &[("since", "May")]), "parameter \"since\": \"May\" is not a date");
    check(
        named("agreements", &[("stage", "done")]),
        "parameter \"stage\": \"done\" is not a stage: requested, proposed",
    );
}

#[test]
fn a_value_cannot_change_the_query() {
    let graph = support::world_graph();
    let evil = "x\" . ?s ?p ?o } # '\"\"\"\\";
    let options = QueryOptions { params: vec![("name".to_owned(), evil.to_owned())], ..QueryOptions::default() };
    let answer = graph.query("SELECT ?a ?name { ?a rdfs:label ?name }", &options).unwrap();
    assert!(answer.is_empty());
    let unknown = QueryOptions { params: vec![("nme".to_owned(), "x".to_owned())], ..QueryOptions::default() };
    assert!(matches!(graph.query("ASK { ?a ?b ?name }", &unknown), Err(QueryError::UnknownParam { .. })));
}

#[test]
fn actors_are_found_by_every_name_they_have() {
    let graph = support::world_graph();
    for name in ["Moldova", "moldova", "CHISINAU", "Q217", "wd:Q217", "<http://www.wikidata.org/entity/Q217>"] {
        assert_eq!(graph.actor(name).unwrap().name, "Moldova", "{name}");
    }
    // A capital that names its country as an alias comes before the city of the name.
    assert_eq!(graph.actor("Kyiv").unwrap().name, "Ukraine");
    assert_eq!(graph.actor("kyiv (city)").unwrap().kind, "Place");
}

#[test]
fn answers_come_in_every_format_that_fits() {
    let graph = support::world_graph();
    let rows = ask(
        &graph,
        "SELECT ?a ?n { ?a a ent:Country ; rdfs:label ?n FILTER(STRSTARTS(?n, \"U\")) } ORDER BY ?n LIMIT 1",
    )
    .unwrap();
    assert_eq!(text(&rows, AnswerFormat::Csv), "a,n\r\nhttp://www.wikidata.org/entity/Q212,Ukraine\r\n");
    assert_eq!(text(&rows, AnswerFormat::Ndjson), "{\"a\":\"wd:Q212\",\"n\":\"Ukraine\"}\n");
    assert_eq!(
        text(&rows, AnswerFormat::Table),
        "┌─────────┬─────────┐\n│ a       ┆ n       │\n╞═════════╪═════════╡\n│ wd:Q212 ┆ Ukraine │\n└─────────┴─────────┘\n"
    );
    assert!(text(&rows, AnswerFormat::Xml).contains("<uri>http://www.wikidata.org/entity/Q212</uri>"));
    assert!(
        rows.write(AnswerFormat::Turtle, &mut Vec::new())
            .unwrap_err()
            .to_string()
            .contains("formats that can: table, csv")
    );
    let triples = ask(&graph, "CONSTRUCT { ?a ent:met ?b } { ?a ent:met ?b }").unwrap();
    assert!(text(&triples, AnswerFormat::Turtle).contains("@prefix ent: <https://w3id.org/entente/> ."));
    assert_eq!(text(&triples, AnswerFormat::NTriples).lines().count(), triples.len());
    assert!(triples.write(AnswerFormat::Csv, &mut Vec::new()).is_err());
    assert_eq!(text(&ask(&graph, "ASK { ?a ent:attacked ?b }").unwrap(), AnswerFormat::Csv).trim(), "true");
}

#[test]
fn a_limit_is_told() {
    let options = QueryOptions { limit: Some(2), ..QueryOptions::default() };
    let answer = support::world_graph().query("SELECT * { ?a ent:met ?b }", &options).unwrap();
    assert!(answer.truncated() && answer.len() == 2);
}

#[test]
fn a_named_query_can_be_taken_to_another_store() {
    let graph = support::world_graph();
    let queries = Queries::built_in().unwrap();
    for query in queries.iter().filter(|query| query.params.iter().all(|param| !param.required)) {
        let plain = graph.sparql(query, &[]).unwrap();
        let here = graph.ask(query, &[], &QueryOptions::default()).unwrap();
        let there = ask(&graph, &plain).unwrap_or_else(|error| panic!("{}: {error}\n{plain}", query.name));
        assert_eq!(text(&here, AnswerFormat::Csv), text(&there, AnswerFormat::Csv), "{}", query.name);
    }
}

/// An aggregate is an error where one of its rows has no value: the questions must not lose a date by that.
#[test]
fn what_has_no_date_hides_no_date_of_others() {
    let graph = support::graph(&support::read(
        r#"
        [actors]
        "Norway" = ["country", "Q20"]
        "Moldova" = ["country", "Q217"]
        "Ilmar Kesk" = ["person", "ilmar-kesk-0a1b2c3d"]
        "Mara Holt" = ["person", "mara-holt-11223344"]

        [[article]]
        id = "dated"
        published = "2024-05-02"
        event = [
          { type = "meeting", roles = { participant = ["Ilmar Kesk", "Mara Holt"] }, factuality = "actual", date = "2024-05-01", says = "Kesk [met] Holt on Wednesday." },
          { type = "position", roles = { person = ["Mara Holt"], organization = ["Norway"] }, title = "Minister", says = "[Minister] Holt of Norway spoke." },
          { type = "position", roles = { person = ["Ilmar Kesk"], organization = ["Moldova"] }, title = "President", status = "former", says = "Former [President] Kesk spoke." },
          { type = "aid", roles = { donor = ["Norway"], recipient = ["Moldova"] }, amount = "NOK 900000000", cumulative = true, says = "Norway has [given] Moldova 900 million kroner since 2014." },
        ]

        [[article]]
        id = "undated"
        event = [
          { type = "meeting", roles = { participant = ["Ilmar Kesk", "Mara Holt"] }, factuality = "actual", says = "Kesk [met] Holt once more." },
          { type = "position", roles = { person = ["Mara Holt"], organization = ["Norway"] }, title = "Minister", says = "Norway's [minister], Mara Holt." },
          { type = "position", roles = { person = ["Ilmar Kesk"], organization = ["Moldova"] }, title = "President", status = "former", says = "Kesk, once [president] of Moldova." },
          { type = "aid", roles = { donor = ["Norway"], recipient = ["Moldova"] }, amount = "NOK 900000000", cumulative = true, says = "Since 2014 Norway [gave] 900 million kroner to Moldova." },
        ]
        "#,
    ));
    let queries = Queries::built_in().unwrap();
    let check = |name: &str, params: &[(&str, &str)], expected: &str| {
        let params: Vec<(String, String)> =
            params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let answer = graph.ask(queries.get(name).unwrap(), &params, &QueryOptions::default()).unwrap();
        let csv = text(&answer, AnswerFormat::Csv);
        assert!(csv.contains(expected), "{name}:\n{csv}");
    };
    check("met-often", &[], "Ilmar Kesk,Mara Holt,2,2024-05-01,2024-05-01");
    check("contacts", &[("a", "Ilmar Kesk"), ("b", "Mara Holt")], "Meeting,2,2024-05-01,2024-05-01");
    check("offices", &[], "Mara Holt,Minister,,Norway,2024-05-02,2024-05-02,2");
    check("former-offices", &[], "Ilmar Kesk,former,President,Moldova,2024-05-02,2024-05-02,2");
    check("running-totals", &[], "Norway,Moldova,NOK 900 million,2024-05-02,2,");
}
