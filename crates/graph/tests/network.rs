//! Chains and centrality on the world of `support/world.toml`.

mod support;

use entente_graph::{Filter, NameError};
use entente_model::EventType;

#[test]
fn the_shortest_chain_is_found_and_told() {
    let graph = support::world_graph();
    let chain = graph.path("Uzbekistan", "Iran", &Filter::default()).unwrap();
    assert_eq!(chain.as_ref().map(entente_graph::Chain::len), Some(3));
    let mut out = Vec::new();
    chain.unwrap().write_text(&mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    let first = "Uzbekistan – Switzerland – Germany – Iran\n";
    assert!(text.starts_with(first), "{text}");
    assert!(text.contains("“France, Germany, Norway, Moldova and Ukraine met in Geneva.”"), "{text}");
}

#[test]
fn a_chain_uses_only_what_passes_the_filter() {
    let graph = support::world_graph();
    let aid = Filter { types: vec![EventType::Aid], ..Filter::default() };
    assert_eq!(graph.path("France", "United States", &aid).unwrap().unwrap().len(), 2);
    assert_eq!(graph.path("France", "Iran", &aid).unwrap(), None);
    assert!(matches!(graph.path("Frence", "Iran", &aid), Err(NameError::Unknown { .. })));
}

#[test]
fn the_most_linked_actor_is_central() {
    let ranked = support::world_graph().rank(&Filter::default()).unwrap();
    assert_eq!(ranked[0].actor.name, "Moldova");
    let total: f64 = ranked.iter().map(|actor| actor.rank).sum();
    assert!((total - 1.0).abs() < 1e-9, "{total}");
    let community = |name: &str| ranked.iter().find(|actor| actor.actor.name == name).unwrap().community;
    assert_eq!(community("Odd Rebels"), community("Ukraine"));
    assert_eq!(community("Kazakhstan"), community("Uzbekistan"));
    assert_ne!(community("Kazakhstan"), community("Moldova"));
}
