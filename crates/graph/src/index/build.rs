//! Quads in any order, with repetitions -> the sorted index.

use std::collections::BTreeMap;

use indexmap::IndexSet;
use oxigraph::model::{GraphNameRef, NamedNodeRef, NamedOrBlankNodeRef, QuadRef, TermRef, vocab::rdfs};

use super::{
    Dictionary, Id, Index, KNOWN_ORDERS, TOLD_ORDERS,
    dictionary::{iri_key, write_key},
};

/// More terms than a graph can number, or more text than the dictionary can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the graph is too large for one index: more than 4 GB of names and texts; split it into several stores")]
pub struct TooLarge;

/// Takes quads and gives an index.
#[derive(Default)]
pub(crate) struct Builder {
    terms: IndexSet<Box<str>, std::hash::BuildHasherDefault<FxHasher>>,
    known: Vec<[Id; 3]>,
    told: Vec<[Id; 4]>,
    key: String,
}

impl Builder {
    /// Adds a quad. One with a blank node is left out: the graph has none.
    pub(crate) fn add(&mut self, quad: QuadRef<'_>) {
        let NamedOrBlankNodeRef::NamedNode(subject) = quad.subject else { return };
        let Some(subject) = self.intern(subject.into()) else { return };
        let Some(predicate) = self.intern(quad.predicate.into()) else { return };
        let Some(object) = self.intern(quad.object) else { return };
        match quad.graph_name {
            GraphNameRef::DefaultGraph => self.known.push([subject, predicate, object]),
            GraphNameRef::NamedNode(graph) => {
                if let Some(graph) = self.intern(graph.into()) {
                    self.told.push([subject, predicate, object, graph]);
                }
            }
            GraphNameRef::BlankNode(_) => {}
        }
    }

    /// Adds all quads of another builder.
    pub(crate) fn append(&mut self, other: Self) {
        let ids: Vec<Id> = other.terms.into_iter().map(|key| number(self.terms.insert_full(key).0)).collect();
        let new = |id: &Id| ids[*id as usize];
        self.known.extend(other.known.iter().map(|row| row.each_ref().map(new)));
        self.told.extend(other.told.iter().map(|row| row.each_ref().map(new)));
    }

    fn intern(&mut self, term: TermRef<'_>) -> Option<Id> {
        if !write_key(term, &mut self.key) {
            return None;
        }
        Some(match self.terms.get_index_of(self.key.as_str()) {
            Some(index) => number(index),
            None => number(self.terms.insert_full(self.key.as_str().into()).0),
        })
    }

    /// Puts one term in the place of another in every quad, but for the labels of the one that goes.
    ///
    /// `pairs` gives what goes and what takes its place; what takes a place must not itself go.
    pub(crate) fn substitute(&mut self, pairs: &[(String, String)]) {
        let mut places: BTreeMap<Id, Id> = BTreeMap::new();
        for (from, to) in pairs {
            let from = self.terms.get_index_of(iri_key(from).as_str());
            let to = self.terms.get_index_of(iri_key(to).as_str());
            if let (Some(from), Some(to)) = (from, to) {
                places.insert(number(from), number(to));
            }
        }
        if places.is_empty() {
            return;
        }
        let label = self.terms.get_index_of(iri_key(rdfs::LABEL.as_str()).as_str()).map(number);
        self.known.retain(|[subject, predicate, _]| Some(*predicate) != label || !places.contains_key(subject));
        let new = |id: &Id| places.get(id).copied().unwrap_or(*id);
        for [subject, _, object] in &mut self.known {
            (*subject, *object) = (new(subject), new(object));
        }
        for [subject, _, object, _] in &mut self.told {
            (*subject, *object) = (new(subject), new(object));
        }
    }

    /// Puts one object in the place of another in the triples of one property of the default graph.
    pub(crate) fn substitute_objects(&mut self, property: NamedNodeRef<'_>, pairs: &[(String, String)]) {
        let find = |iri: &str| self.terms.get_index_of(iri_key(iri).as_str()).map(number);
        let Some(property) = find(property.as_str()) else { return };
        let places: BTreeMap<Id, Id> = pairs.iter().filter_map(|(from, to)| Some((find(from)?, find(to)?))).collect();
        for [_, predicate, object] in &mut self.known {
            if *predicate == property {
                *object = places.get(object).copied().unwrap_or(*object);
            }
        }
    }

    /// Sorts everything, drops repetitions and terms that no quad uses.
    ///
    /// # Errors
    /// If the graph has more than 2^32 terms or 4 GB of text.
    pub(crate) fn finish(self) -> Result<Index, TooLarge> {
        if u32::try_from(self.terms.len()).is_err() {
            return Err(TooLarge);
        }
        // A term that has lost its last quad goes.
        let mut used = vec![false; self.terms.len()];
        for id in self.known.iter().flatten().chain(self.told.iter().flatten()) {
            used[*id as usize] = true;
        }
        let mut order: Vec<Id> = (0..number(self.terms.len())).filter(|id| used[*id as usize]).collect();
        order.sort_unstable_by(|a, b| self.terms[*a as usize].cmp(&self.terms[*b as usize]));
        let mut ids = vec![0; self.terms.len()];
        for (new, old) in order.iter().enumerate() {
            ids[*old as usize] = number(new);
        }
        let dictionary =
            Dictionary::from_sorted(order.iter().map(|old| &*self.terms[*old as usize])).ok_or(TooLarge)?;
        drop((order, self.terms));
        let new = |id: Id| ids[id as usize];
        let mut known: Vec<[Id; 3]> = self.known.into_iter().map(|row| row.map(new)).collect();
        let mut told: Vec<[Id; 4]> = self.told.into_iter().map(|row| row.map(new)).collect();
        sort(&mut known);
        sort(&mut told);
        let known = KNOWN_ORDERS.map(|places| permute(&known, places));
        let told = TOLD_ORDERS.map(|places| permute(&told, places));
        Ok(Index { dictionary, known, told, ..Index::default() })
    }
}

fn sort<const N: usize>(rows: &mut Vec<[Id; N]>) {
    rows.sort_unstable();
    rows.dedup();
    rows.shrink_to_fit();
}

/// The rows with their columns in another order, sorted by it.
fn permute<const N: usize>(rows: &[[Id; N]], places: [usize; N]) -> Vec<[Id; N]> {
    let mut table: Vec<[Id; N]> = rows.iter().map(|row| places.map(|place| row[place])).collect();
    if !table.is_sorted() {
        table.sort_unstable();
    }
    table
}

/// A place in a table of terms as its number; [`Builder::finish`] refuses tables whose places do not fit.
fn number(index: usize) -> Id {
    Id::try_from(index).unwrap_or(Id::MAX)
}

/// A quick hash for table keys: word-wise multiply and rotate, as the Rust compiler uses it. Not for hostile keys.
#[derive(Default)]
pub(crate) struct FxHasher(u64);

impl std::hash::Hasher for FxHasher {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.write_u64(u64::from_le_bytes(*word));
        }
        for byte in rest {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.write_u64(u64::from(byte));
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}
