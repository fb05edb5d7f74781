//! The laws of the graph: before merging, the graph of two sets of articles together is the union of their graphs; after
//! merging, it depends on the set of articles alone, not on their order, and says enough to be undone.

#![allow(clippy::unwrap_used, clippy::format_push_string, reason = "helpers of tests, outside of test functions")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use entente_model::Extraction;
use proptest::prelude::*;

fn lines(extractions: &[Extraction]) -> BTreeSet<String> {
    support::nquads(&entente_graph::Graph::unmerged(extractions, entente_graph::DEFAULT_BASE).unwrap())
        .lines()
        .map(str::to_owned)
        .collect()
}

/// The quads of the articles' graphs.
fn told(nquads: &str) -> Vec<[String; 4]> {
    nquads.lines().filter_map(quad).filter(|quad| quad[3].starts_with("<https://w3id.org/entente/article/")).collect()
}

/// Subject, predicate, object and graph of a line; the graph is empty for the default graph.
fn quad(line: &str) -> Option<[String; 4]> {
    let mut parts = line.strip_suffix(" .")?.splitn(3, ' ').map(str::to_owned);
    let (subject, predicate, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let graph = rest.rsplit(' ').next().filter(|last| *last != rest).unwrap_or_default();
    let object = rest.strip_suffix(graph)?.trim_end();
    Some([subject, predicate, object.to_owned(), graph.to_owned()])
}

/// The articles' graphs with every merge undone, by what the default graph says of it.
fn undone(nquads: &str) -> BTreeSet<[String; 4]> {
    let known: Vec<[String; 4]> = nquads.lines().filter_map(quad).collect();
    let of = |name: &str| {
        let property = format!("<{name}>");
        known.iter().filter(move |quad| quad[1] == property).map(|[subject, _, object, _]| (subject, object))
    };
    let articles: BTreeSet<_> = of("http://www.w3.org/ns/prov#wasDerivedFrom").collect();
    let mut merged = BTreeMap::new();
    for (kept, event) in of("https://w3id.org/entente/mergedFrom") {
        for (_, article) in articles.iter().filter(|(of, _)| *of == event) {
            merged.insert((kept.clone(), (*article).clone()), event.clone());
        }
    }
    let back = |[subject, predicate, object, graph]: [String; 4]| {
        let event = merged.get(&(subject.clone(), graph.clone())).cloned();
        [event.unwrap_or(subject), predicate, object, graph]
    };
    told(nquads).into_iter().map(back).collect()
}

/// Articles that tell the same few events in many ways.
fn articles() -> impl Strategy<Value = Vec<Extraction>> {
    let event = (0..4_usize, 0..3_usize, 1..28_u32, prop::bool::ANY);
    prop::collection::vec(prop::collection::vec(event, 0..4), 1..6).prop_map(|articles| {
        let mut text = String::from("[actors]\n");
        let names = ["Norland", "Southia", "Mara Holt", "Ilmar Kesk"];
        for (number, name) in names.iter().enumerate() {
            text.push_str(&format!("\"{name}\" = [\"country\", \"Q{number}\", \"alias {number}\"]\n"));
        }
        for (number, events) in articles.iter().enumerate() {
            text.push_str(&format!("[[article]]\nid = \"a{number}\"\npublished = \"2024-06-01\"\n"));
            for (a, kind, day, dated) in events {
                let (a, b) = (names[*a], names[(*a + 1) % 4]);
                let date = if *dated { format!("date = \"2024-05-{day:02}\"\n") } else { String::new() };
                let rest = match kind {
                    0 => format!(
                        "type = \"meeting\"\nroles = {{ participant = [\"{a}\", \"{b}\"] }}\nfactuality = \"actual\""
                    ),
                    1 => format!(
                        "type = \"aid\"\nstage = \"pledged\"\namount = \"USD {day}000000\"\n\
                         roles = {{ donor = [\"{a}\"], recipient = [\"{b}\"] }}"
                    ),
                    _ => format!("type = \"agreement\"\nstage = \"signed\"\nroles = {{ party = [\"{a}\", \"{b}\"] }}"),
                };
                text.push_str(&format!("[[article.event]]\n{rest}\n{date}says = \"They [did] it on {day} May.\"\n"));
            }
        }
        support::read(&text)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_graph_of_all_is_the_union_of_the_graphs(articles in articles(), cut in 0..6_usize) {
        let (a, b) = articles.split_at(cut.min(articles.len()));
        let union: BTreeSet<String> = lines(a).union(&lines(b)).cloned().collect();
        prop_assert_eq!(union, lines(&articles));
    }

    #[test]
    fn order_does_not_matter(articles in articles()) {
        let forward = support::nquads(&support::graph(&articles));
        let mut reversed = articles;
        reversed.reverse();
        prop_assert_eq!(forward, support::nquads(&support::graph(&reversed)));
    }

    #[test]
    fn a_merge_can_be_undone(articles in articles()) {
        let unmerged = entente_graph::Graph::unmerged(&articles, entente_graph::DEFAULT_BASE).unwrap();
        let apart: BTreeSet<[String; 4]> = told(&support::nquads(&unmerged)).into_iter().collect();
        prop_assert_eq!(undone(&support::nquads(&support::graph(&articles))), apart);
    }
}
