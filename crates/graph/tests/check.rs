//! A graph that this crate makes fits its shapes; what does not is found.

mod support;

use entente_graph::DEFAULT_BASE;

#[test]
fn the_graph_of_the_world_fits_its_shapes() {
    let report = support::world_graph().check(None).unwrap();
    assert_eq!(report.findings, []);
    assert!(report.checked > 100, "{}", report.checked);
    assert_eq!(support::graph(&support::read(support::EVIL)).check(None).unwrap().findings, []);
}

#[test]
fn what_does_not_fit_is_found() {
    let mut world = support::world();
    // The trigger lies outside of its sentence, the confidence above 1, and a statement has lost its addressee.
    world[0].events[0].evidence.trigger_end += 500;
    world[0].events[1].confidence = 1.5;
    world[1].events[2].roles.shift_remove(&entente_model::Role::Addressee);
    let graph = entente_graph::Graph::from_extractions(&world, DEFAULT_BASE).unwrap();
    let messages: Vec<String> =
        graph.check(None).unwrap().findings.into_iter().map(|finding| finding.message).collect();
    assert_eq!(
        messages,
        [
            "addressee has 0 values, needs 1",
            "confidence \"1.5\"^^<http://www.w3.org/2001/XMLSchema#decimal> is outside the range allowed",
            "the mention does not lie in its sentence",
        ]
    );
}

#[test]
fn a_constraint_that_is_not_checked_is_named() {
    let shapes = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ent: <https://w3id.org/entente/> .
        ent:s a sh:NodeShape ; sh:targetClass ent:Event ; sh:property [ sh:path ent:date ; sh:uniqueLang true ] .";
    let report = support::world_graph().check(Some(shapes)).unwrap();
    assert_eq!(report.uncovered, ["sh:uniqueLang true"]);
    assert!(support::world_graph().check(Some("not turtle")).is_err());
}
