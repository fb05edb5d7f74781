//! The index: all quads of the graph as sorted tables of numbers, and a dictionary of the terms they stand for.
//!
//! `oxigraph` evaluates SPARQL over it through its dataset interface. Against oxigraph's own memory store it opens
//! many times faster, because it is read from its cache as it lies there, and takes a fifth of the memory.
//! It is made whole and never changed: the segments of the store are the truth, this is a view of them.

mod build;
mod cache;
mod dataset;
mod dictionary;
mod starts;

use std::{ops::Range, sync::OnceLock};

pub(crate) use build::Builder;
pub use build::TooLarge;
pub(crate) use cache::CacheError;
pub(crate) use dictionary::Dictionary;
use oxigraph::model::{GraphName, NamedNode, Quad, Term};
use starts::Starts;

/// A number that stands for a term: its place in the sorted dictionary.
pub(crate) type Id = u32;

/// Quads as sorted tables, once for each order in which queries look things up.
#[derive(Debug, Default)]
pub(crate) struct Index {
    pub(crate) dictionary: Dictionary,
    /// Triples of the default graph, in the orders subject-predicate-object, predicate-object-subject, object-subject-predicate.
    known: [Vec<[Id; 3]>; 3],
    /// Quads of named graphs, in the orders spog, posg, ospg, gspo.
    told: [Vec<[Id; 4]>; 4],
    /// Names of the named graphs, collected when they are first asked for.
    graphs: OnceLock<Vec<Id>>,
    /// Where the rows of each first number begin, for the tables of `known` and of `told`.
    known_starts: [Starts; 3],
    told_starts: [Starts; 4],
}

impl PartialEq for Index {
    /// What is made on demand makes no difference.
    fn eq(&self, other: &Self) -> bool {
        (&self.dictionary, &self.known, &self.told) == (&other.dictionary, &other.known, &other.told)
    }
}

/// In which columns of [`Index::known`]'s tables subject, predicate and object lie.
const KNOWN_ORDERS: [[usize; 3]; 3] = [[0, 1, 2], [1, 2, 0], [2, 0, 1]];
/// The same for [`Index::told`]; 3 is the graph.
const TOLD_ORDERS: [[usize; 4]; 4] = [[0, 1, 2, 3], [1, 2, 0, 3], [2, 0, 1, 3], [3, 0, 1, 2]];

impl Index {
    /// How many quads there are, in the default graph and in named graphs.
    pub(crate) fn len(&self) -> usize {
        self.known[0].len() + self.told[0].len()
    }

    /// The triples of the default graph that fit, in the order of the table that serves the pattern best.
    pub(crate) fn known(&self, pattern: [Option<Id>; 3]) -> impl Iterator<Item = [Id; 3]> + use<'_> {
        let (order, range) = self.best(&self.known, &self.known_starts, &KNOWN_ORDERS, pattern);
        let places = KNOWN_ORDERS[order];
        self.known[order][range].iter().map(move |row| restore(*row, places)).filter(move |row| fits(row, &pattern))
    }

    /// The quads of named graphs that fit; the fourth number is the graph.
    pub(crate) fn told(&self, pattern: [Option<Id>; 4]) -> impl Iterator<Item = [Id; 4]> + use<'_> {
        let (order, range) = self.best(&self.told, &self.told_starts, &TOLD_ORDERS, pattern);
        let places = TOLD_ORDERS[order];
        self.told[order][range].iter().map(move |row| restore(*row, places)).filter(move |row| fits(row, &pattern))
    }

    /// The names of the named graphs, in order.
    pub(crate) fn graphs(&self) -> &[Id] {
        self.graphs.get_or_init(|| {
            let mut graphs: Vec<Id> = self.told[3].iter().map(|row| row[0]).collect();
            graphs.dedup();
            graphs
        })
    }

    /// The number of an IRI, where the graph holds it.
    pub(crate) fn iri(&self, iri: &str) -> Option<Id> {
        self.dictionary.find(&dictionary::iri_key(iri))
    }

    /// All quads as RDF terms: the default graph first, then the named graphs, each in the order of the dictionary.
    pub(crate) fn quads(&self) -> impl Iterator<Item = Quad> + use<'_> {
        let known = self.known[0].iter().filter_map(|[s, p, o]| self.quad(*s, *p, *o, None));
        let told = self.told[3].iter().filter_map(|[g, s, p, o]| self.quad(*s, *p, *o, Some(*g)));
        known.chain(told)
    }

    /// One quad; `None` never comes for numbers from the tables.
    pub(crate) fn quad(&self, subject: Id, predicate: Id, object: Id, graph: Option<Id>) -> Option<Quad> {
        let node = |id| match self.dictionary.term(id) {
            Term::NamedNode(node) => Some(node),
            _ => None,
        };
        let graph = match graph {
            None => GraphName::DefaultGraph,
            Some(id) => GraphName::NamedNode(node(id)?),
        };
        Some(Quad::new(node(subject)?, node(predicate)?, self.dictionary.term(object), graph))
    }

    /// The IRI that a number stands for, empty for a literal.
    pub(crate) fn iri_of(&self, id: Id) -> &str {
        self.dictionary.iri(id).unwrap_or_default()
    }

    /// Which table answers the pattern from the shortest stretch of rows, and that stretch.
    fn best<const N: usize>(
        &self,
        tables: &[Vec<[Id; N]>],
        starts: &[Starts],
        orders: &[[usize; N]],
        pattern: [Option<Id>; N],
    ) -> (usize, Range<usize>) {
        let bound = pattern.iter().flatten().count();
        if bound == 0 {
            return (0, 0..tables.first().map_or(0, Vec::len));
        }
        // How many of the numbers asked for lead the rows of each table.
        let leading = |order: &usize| orders[*order].iter().take_while(|place| pattern[**place].is_some()).count();
        let rows = |order: usize| {
            let (table, places) = (&tables[order], &orders[order]);
            let mut prefix = places.iter().map_while(|place| pattern[*place]);
            let first = prefix.next().unwrap_or_default();
            let mut rows = starts[order].rows(table, self.dictionary.len(), first);
            for (column, wanted) in (1..).zip(prefix) {
                let stretch = &table[rows.clone()];
                let start = rows.start + stretch.partition_point(|row| row[column] < wanted);
                rows = start..start + table[start..rows.end].partition_point(|row| row[column] <= wanted);
            }
            (order, rows)
        };
        // Where all of them lead, no other table has fewer rows.
        if let Some(order) = (0..tables.len()).find(|order| leading(order) == bound) {
            return rows(order);
        }
        (0..tables.len())
            .filter(|order| leading(order) > 0)
            .map(rows)
            .min_by_key(|(_, rows)| rows.len())
            .unwrap_or((0, 0..0))
    }

    /// The objects of a subject and a property in the default graph.
    pub(crate) fn objects(&self, subject: Id, property: &NamedNode) -> Vec<Id> {
        let Some(property) = self.iri(property.as_str()) else { return Vec::new() };
        self.known([Some(subject), Some(property), None]).map(|row| row[2]).collect()
    }
}

/// The row in the order subject, predicate, object, graph.
fn restore<const N: usize>(row: [Id; N], places: [usize; N]) -> [Id; N] {
    let mut restored = [0; N];
    for (value, place) in row.into_iter().zip(places) {
        restored[place] = value;
    }
    restored
}

fn fits<const N: usize>(row: &[Id; N], pattern: &[Option<Id>; N]) -> bool {
    row.iter().zip(pattern).all(|(value, wanted)| wanted.is_none_or(|wanted| wanted == *value))
}
