//! Names -> actors of the graph: labels, aliases, Wikidata items and IRIs, and what was perhaps meant.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use crate::{
    Graph,
    index::Id,
    vocabulary::{ent, rdf, rdfs, sem, skos},
};

/// An actor of the graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Its IRI.
    pub iri: String,
    /// Its name.
    pub name: String,
    /// Person, Country, Organization, Group, Place or Thing.
    pub kind: String,
}

/// A name that stands for no one actor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NameError {
    /// No actor has it.
    #[error("no actor of the graph is called {name:?}{}", did_you_mean(.near))]
    Unknown {
        /// The name asked for.
        name: String,
        /// Names like it, the nearest first.
        near: Vec<String>,
    },
    /// Several actors have it.
    #[error("several actors are called {name:?}: {}; name one by its IRI", .iris.join(", "))]
    Ambiguous {
        /// The name asked for.
        name: String,
        /// The actors.
        iris: Vec<String>,
    },
}

fn did_you_mean(near: &[String]) -> String {
    if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(", ")) }
}

/// All names of all actors.
#[derive(Debug)]
pub(crate) struct Names {
    /// Folded name -> who has it, as label or as alias, the most fitting first.
    folded: BTreeMap<String, Vec<(Rank, Id)>>,
    /// Names as written.
    labels: Vec<String>,
}

/// What makes one actor a better reading of a name than another: label before alias, kind, then more events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    alias: bool,
    kind: usize,
    events: std::cmp::Reverse<usize>,
}

/// Classes of actors: a name that a country and a place share means the country.
pub(crate) const CLASSES: [oxigraph::model::NamedNodeRef<'static>; 6] =
    [ent::COUNTRY, ent::PERSON, ent::ORGANIZATION, ent::GROUP, ent::PLACE_CLASS, ent::THING];

impl Names {
    /// Collects the names of all actors of the graph.
    pub(crate) fn of(graph: &Graph) -> Self {
        let index = graph.index();
        let mut names = Self { folded: BTreeMap::new(), labels: Vec::new() };
        let id = |iri: oxigraph::model::NamedNodeRef<'_>| index.iri(iri.as_str());
        let (Some(kind), Some(label)) = (id(rdf::TYPE), id(rdfs::LABEL)) else { return names };
        let properties = [(Some(label), false), (id(skos::ALT_LABEL), true)];
        for (place, class) in CLASSES.iter().enumerate() {
            let Some(class) = id(*class) else { continue };
            for [actor, _, _] in index.known([None, Some(kind), Some(class)]) {
                let events = id(sem::HAS_ACTOR).map_or(0, |role| index.known([None, Some(role), Some(actor)]).count());
                for (property, alias) in properties {
                    let Some(property) = property else { continue };
                    for [_, _, name] in index.known([Some(actor), Some(property), None]) {
                        let text = index.dictionary.value(name);
                        let rank = Rank { alias, kind: place, events: std::cmp::Reverse(events) };
                        names.folded.entry(fold(text)).or_default().push((rank, actor));
                        if !alias {
                            names.labels.push(text.to_owned());
                        }
                    }
                }
            }
        }
        for actors in names.folded.values_mut() {
            actors.sort_unstable();
            let mut seen = Vec::new();
            actors.retain(|(_, actor)| {
                let new = !seen.contains(actor);
                seen.push(*actor);
                new
            });
        }
        names.labels.sort();
        names.labels.dedup();
        names
    }

    pub(crate) fn all(&self) -> Vec<String> {
        self.labels.clone()
    }

    pub(crate) fn resolve(&self, name: &str, graph: &Graph) -> Result<Actor, NameError> {
        let name = name.trim();
        let folded = fold(name);
        match self.folded.get(&folded).map(Vec::as_slice) {
            Some([(first, a), (second, b), ..]) if first == second => {
                let iris = [a, b].map(|id| format!("<{}>", graph.index().iri_of(*id))).to_vec();
                Err(NameError::Ambiguous { name: name.to_owned(), iris })
            }
            Some([(_, actor), ..]) => Ok(describe(graph, *actor)),
            _ => graph
                .expand(name)
                .and_then(|iri| graph.index().iri(&iri))
                .filter(|id| is_actor(graph, *id))
                .map(|id| describe(graph, id))
                .ok_or_else(|| NameError::Unknown { name: name.to_owned(), near: self.near(&folded, graph) }),
        }
    }

    /// At most five names like this one, the nearest first.
    fn near(&self, folded: &str, graph: &Graph) -> Vec<String> {
        let allowed = (folded.chars().count() / 3).clamp(1, 4);
        let mut near: Vec<(usize, String)> = Vec::new();
        for (candidate, actors) in &self.folded {
            let part = folded.len() >= 3 && candidate.split(' ').any(|word| word == folded);
            let distance = if part { 1 } else { distance(folded, candidate) };
            if let Some((_, actor)) = actors.first().filter(|_| distance <= allowed) {
                near.push((distance, describe(graph, *actor).name));
            }
        }
        near.sort();
        let mut names: Vec<String> = Vec::new();
        for (_, name) in near {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.truncate(5);
        names
    }
}

fn is_actor(graph: &Graph, id: Id) -> bool {
    let index = graph.index();
    let Some(kind) = index.iri(rdf::TYPE.as_str()) else { return false };
    index
        .known([Some(id), Some(kind), None])
        .any(|[_, _, class]| CLASSES.iter().any(|known| known.as_str() == index.iri_of(class)))
}

/// An actor by its number: the first of its labels and of its classes.
pub(crate) fn describe(graph: &Graph, id: Id) -> Actor {
    let index = graph.index();
    let name = index.objects(id, &rdfs::LABEL.into_owned()).first().map(|label| index.dictionary.value(*label));
    let classes = index.objects(id, &rdf::TYPE.into_owned());
    let class = CLASSES.iter().find(|class| classes.iter().any(|id| index.iri_of(*id) == class.as_str()));
    let kind = class.map(|class| class.as_str().trim_start_matches(crate::ONTOLOGY)).unwrap_or_default();
    let iri = index.iri_of(id);
    Actor { iri: iri.to_owned(), name: name.unwrap_or(iri).to_owned(), kind: kind.to_owned() }
}

/// A name without case, accents, punctuation and a leading article.
pub(crate) fn fold(name: &str) -> String {
    let plain: String = name
        .nfkd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .filter(|c| *c != '.' && *c != '\'' && *c != '’')
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    match words.as_slice() {
        ["the", rest @ ..] if !rest.is_empty() => rest.join(" "),
        all => all.join(" "),
    }
}

/// How many letters must be added, dropped, changed or swapped with their neighbour.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let width = b.len() + 1;
    let mut rows = vec![0; (a.len() + 1) * width];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i * width + j] = if i == 0 || j == 0 {
                i + j
            } else {
                let cost = usize::from(a[i - 1] != b[j - 1]);
                let mut least = (rows[(i - 1) * width + j] + 1)
                    .min(rows[i * width + j - 1] + 1)
                    .min(rows[(i - 1) * width + j - 1] + cost);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    least = least.min(rows[(i - 2) * width + j - 2] + 1);
                }
                least
            };
        }
    }
    rows[a.len() * width + b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case_accents_and_articles() {
        for (a, b) in
            [("The Gambia", "gambia"), ("Türkiye", "turkiye"), ("U.S.", "us"), ("Côte d'Ivoire", "cote divoire")]
        {
            assert_eq!(fold(a), fold(b));
        }
        assert_eq!(fold("The"), "the");
    }

    #[test]
    fn distance_counts_a_swap_as_one() {
        assert_eq!(distance("ukriane", "ukraine"), 1);
        assert_eq!(distance("frence", "france"), 1);
        assert_eq!(distance("", "abc"), 3);
    }
}
