//! Pictures and exports of the world of `support/world.toml`, and texts that try to break out of them.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside of test functions")]

mod support;

use std::time::Duration;

use entente_graph::{ExportFormat, Filter, GraphvizError};

fn export(graph: &entente_graph::Graph, format: ExportFormat, filter: &Filter) -> String {
    let mut out = Vec::new();
    graph.export(format, filter, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_picture_shows_who_did_what_to_whom_and_how_often() {
    let graph = support::world_graph();
    let picture = graph.picture(&Filter { actors: vec!["Moldova".to_owned()], ..Filter::default() }).unwrap();
    let svg = picture.svg();
    for text in ["France", "pledged aid to", "EUR 50 million", "2024-05-01 · 3", "links, 9 events, from 5 articles"] {
        assert!(svg.contains(text), "{text} is not in\n{svg}");
    }
    assert_eq!(svg, picture.svg());
}

#[test]
fn a_picture_says_what_it_leaves_out() {
    let graph = support::world_graph();
    let picture = graph.picture(&Filter { top: Some(2), ..Filter::default() }).unwrap();
    assert_eq!(picture.edges(), 2);
    assert!(picture.dot().contains("top 2 of 29 links"), "{}", picture.dot());
    for drawn in [picture.dot(), picture.svg()] {
        assert!(drawn.contains("left out: ") && drawn.contains("aid (") && drawn.contains("10 more"), "{drawn}");
    }
    let whole = graph.picture(&Filter { top: Some(150), ..Filter::default() }).unwrap();
    assert!(!whole.dot().contains("left out"), "{}", whole.dot());
}

#[test]
fn persons_stand_with_the_country_of_their_office() {
    let picture = support::world_graph().picture(&Filter { top: Some(150), ..Filter::default() }).unwrap();
    assert!(picture.dot().contains("subgraph cluster_0 { label=\"Moldova\""), "{}", picture.dot());
    assert!(picture.svg().contains(">(Moldova)<"), "{}", picture.svg());
}

#[test]
fn graphviz_draws_the_same_where_it_is_installed() {
    let picture = support::world_graph().picture(&Filter::default()).unwrap();
    match picture.svg_by_graphviz(Duration::from_secs(20)) {
        Ok(svg) => assert!(svg.contains("<svg") && svg.contains("Moldova")),
        Err(error) => assert!(matches!(error, GraphvizError::Missing), "{error}"),
    }
}

#[test]
fn no_text_of_an_article_gets_out_of_its_place() {
    let text = support::EVIL;
    let graph = support::graph(&support::read(text));
    for name in ["gexf", "graphml", "html", "mermaid", "rdfxml", "svg"] {
        let format = ExportFormat::from_name(name).unwrap();
        let out = export(&graph, format, &Filter::default());
        assert!(!out.contains("<script>alert"), "{}:\n{out}", format.name());
    }
    assert!(export(&graph, ExportFormat::Dot, &Filter::default()).contains("\\\"]; evil"));
}

#[test]
fn a_filter_takes_only_what_fits() {
    let graph = support::world_graph();
    let filter = Filter { types: vec![entente_model::EventType::Visit], ..Filter::default() };
    let turtle = export(&graph, ExportFormat::NTriples, &filter);
    assert!(turtle.contains("entente/visited"), "{turtle}");
    assert!(!turtle.contains("entente/Meeting"), "{turtle}");
    assert!(!turtle.contains("entente/met"), "{turtle}");
}
