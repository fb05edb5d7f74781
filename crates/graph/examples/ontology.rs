//! Prints the documentation of the ontology as Markdown: `cargo run -p entente-graph --example ontology > docs/ontology.md`.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a program that prints")]

use std::collections::BTreeMap;

use oxigraph::{
    io::{RdfFormat, RdfParser},
    model::Term,
};

/// Property -> values, both shortened.
type Properties = BTreeMap<String, Vec<String>>;

fn main() {
    let turtle = entente_graph::ontology_turtle();
    let mut parser = RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle.as_bytes());
    let mut terms: BTreeMap<String, Properties> = BTreeMap::new();
    let quads: Vec<_> = parser.by_ref().map(Result::unwrap).collect();
    let prefixes: Vec<(String, String)> =
        parser.prefixes().map(|(name, iri)| (name.to_owned(), iri.to_owned())).collect();
    let short = |iri: &str| {
        let longest = prefixes.iter().filter(|(_, start)| iri.starts_with(start.as_str())).max_by_key(|(_, s)| s.len());
        longest.map_or_else(|| iri.to_owned(), |(name, start)| format!("{name}:{}", &iri[start.len()..]))
    };
    for quad in &quads {
        let value = match &quad.object {
            Term::NamedNode(node) => format!("`{}`", short(node.as_str())),
            Term::Literal(literal) => literal.value().replace('|', "\\|"),
            Term::BlankNode(_) => continue,
        };
        let subject = quad.subject.to_string();
        let subject = short(subject.trim_matches(['<', '>']));
        terms.entry(subject).or_default().entry(short(quad.predicate.as_str())).or_default().push(value);
    }
    let has = |term: &Properties, kind: &str| term.get("rdf:type").is_some_and(|types| types.iter().any(|t| t == kind));
    let get =
        |term: &Properties, property: &str| term.get(property).map(|values| values.join(", ")).unwrap_or_default();
    println!(
        "# The ontology\n\nMade from `data/ontology/entente.ttl` by `cargo run -p entente-graph --example ontology`."
    );
    println!("\n## Classes\n\n| class | what it is | kind of | example |\n|---|---|---|---|");
    for (name, term) in terms.iter().filter(|(_, term)| has(term, "`owl:Class`")) {
        let (comment, parents) = (get(term, "rdfs:comment"), get(term, "rdfs:subClassOf"));
        println!("| `{name}` | {comment} | {parents} | {} |", get(term, "skos:example"));
    }
    println!(
        "\n## Properties\n\n| property | what it says | of | value | kind of | example |\n|---|---|---|---|---|---|"
    );
    let is_property = |term: &Properties| has(term, "`owl:ObjectProperty`") || has(term, "`owl:DatatypeProperty`");
    for (name, term) in terms.iter().filter(|(_, term)| is_property(term)) {
        let column = |property| get(term, property);
        println!(
            "| `{name}` | {} | {} | {} | {} | `{}` |",
            column("rdfs:comment"),
            column("rdfs:domain"),
            column("rdfs:range"),
            column("rdfs:subPropertyOf"),
            column("skos:example")
        );
    }
    println!("\n## Values\n\n| value | label | meaning | like |\n|---|---|---|---|");
    for (name, term) in terms.iter().filter(|(_, term)| has(term, "`skos:Concept`")) {
        let like = [get(term, "skos:exactMatch"), get(term, "skos:closeMatch")].join(" ");
        println!("| `{name}` | {} | {} | {} |", get(term, "skos:prefLabel"), get(term, "skos:definition"), like.trim());
    }
}
