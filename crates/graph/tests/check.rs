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
            "has no addressee",
            "confidence \"1.5\" is outside of the range allowed, 0 to 1",
            "the mention does not lie in its sentence",
        ]
    );
}

#[test]
fn a_constraint_that_is_not_checked_is_named() {
    let shapes = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ent: <https://w3id.org/entente/> .
        ent:a a sh:NodeShape ; sh:targetClass ent:Event ; sh:closed true ;
            sh:property [ sh:path ent:date ; sh:uniqueLang true ], [ sh:path ( ent:date ent:place ) ; sh:maxCount 1 ] .
        ent:b a sh:NodeShape ; sh:property [ sh:path ent:date ; sh:minCount 1 ] .";
    let report = support::world_graph().check(Some(shapes)).unwrap();
    let uncovered = ["b: a shape without a target", "sh:closed true", "sh:path that is not one property"];
    assert_eq!(report.uncovered, uncovered.into_iter().chain(["sh:uniqueLang true"]).collect::<Vec<_>>());
    assert!(support::world_graph().check(Some("not turtle")).is_err());
}

#[test]
fn every_sort_of_constraint_finds_what_does_not_fit() {
    let check = |constraint: &str, expected: &str| {
        let shapes = format!(
            "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ent: <https://w3id.org/entente/> .
             @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
             ent:shape a sh:NodeShape ; {constraint} ."
        );
        let report = support::world_graph().check(Some(&shapes)).unwrap();
        assert_eq!(report.uncovered, Vec::<String>::new(), "{constraint}");
        let found = report.findings.iter().find(|finding| finding.message.contains(expected));
        assert!(found.is_some(), "{constraint}: {:?}", report.findings.first());
    };
    check("sh:targetClass ent:Aid ; sh:property [ sh:path ent:date ; sh:minCount 2 ]", "has no date");
    check("sh:targetClass ent:Meeting ; sh:property [ sh:path ent:participant ; sh:maxCount 1 ]", "may have 1");
    check("sh:targetClass ent:Aid ; sh:property [ sh:path ent:amount ; sh:datatype xsd:decimal ]", "is not a decimal");
    check(
        "sh:targetClass ent:Aid ; sh:property [ sh:path rdfs:label ; sh:datatype xsd:date ]",
        "is a string, not a date",
    );
    check("sh:targetClass ent:Aid ; sh:property [ sh:path rdfs:label ; sh:nodeKind sh:IRI ]", "is not an IRI");
    check("sh:targetClass ent:Aid ; sh:property [ sh:path ent:donor ; sh:class ent:Group ]", "is not of class Group");
    check(
        "sh:targetSubjectsOf ent:currency ; sh:property [ sh:path ent:currency ; sh:pattern \"^E\" ]",
        "does not match ^E",
    );
    check("sh:targetObjectsOf ent:donor ; sh:property [ sh:path rdfs:label ; sh:minLength 7 ]", "is shorter than 7");
    check("sh:targetObjectsOf rdfs:label ; sh:nodeKind sh:IRI", "is not an IRI");
    check("sh:targetClass ent:Aid ; sh:property [ sh:path ent:donor ; sh:in ( ent:a ent:b ) ]", "is not one of a, b");
    check(
        "sh:targetClass ent:Amount ; sh:property [ sh:path ent:value ; sh:maxInclusive 5 ]",
        "range allowed, 5 or less",
    );
    check(
        "sh:targetClass ent:Aid ; sh:property [ sh:path rdfs:label ; sh:or ( [ sh:datatype xsd:date ] [ sh:nodeKind sh:IRI ] ) ]",
        "not a date, and",
    );
}

#[test]
fn a_finding_names_the_thing_as_people_know_it() {
    let mut world = support::world();
    world[1].events[2].roles.shift_remove(&entente_model::Role::Addressee);
    let graph = entente_graph::Graph::from_extractions(&world, DEFAULT_BASE).unwrap();
    let finding = graph.check(None).unwrap().findings.remove(0);
    assert!(finding.name.starts_with("event:statement-") && finding.name.contains("“Stance: "), "{}", finding.name);
    assert_eq!((finding.check.as_str(), finding.message.as_str()), ("StatementShape", "has no addressee"));
}
