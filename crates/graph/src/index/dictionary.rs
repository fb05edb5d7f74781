//! The dictionary: every term of the graph once, as a sorted list of keys; a term's number is its place.
//!
//! The key of a term is its kind, its text and what else it has: `<iri`, `"plain text`, `@text NUL language`,
//! `^text NUL datatype`. Keys lie end to end in one text, so a dictionary is read from its cache as it is.

use std::{
    hash::Hasher as _,
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
};

use oxigraph::model::{Literal, LiteralRef, NamedNode, NamedNodeRef, Term, TermRef, vocab::xsd};

use super::{Id, build::FxHasher};

/// So many keys are looked up by halving; whoever asks for more gets a table of hashes, which takes a while to make.
const PATIENCE: u32 = 2_000;
/// A place of the table of hashes that holds no number.
const EMPTY: Id = Id::MAX;

/// All terms, sorted by key.
#[derive(Debug, Default)]
pub(crate) struct Dictionary {
    /// The keys, end to end.
    pub(super) text: String,
    /// Where each key ends.
    pub(super) ends: Vec<u32>,
    /// Numbers at the places of their keys' hashes: at least half of the places are empty.
    hashes: OnceLock<Vec<Id>>,
    asked: AtomicU32,
}

impl PartialEq for Dictionary {
    /// What is made on demand makes no difference.
    fn eq(&self, other: &Self) -> bool {
        (&self.text, &self.ends) == (&other.text, &other.ends)
    }
}

impl Dictionary {
    /// Takes keys that are sorted and unique.
    pub(super) fn from_sorted<'a>(keys: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut dictionary = Self::default();
        for key in keys {
            dictionary.text.push_str(key);
            dictionary.ends.push(u32::try_from(dictionary.text.len()).ok()?);
        }
        Some(dictionary)
    }

    /// The key of a number; empty for a number that is not in the dictionary.
    pub(super) fn key(&self, id: Id) -> &str {
        let index = id as usize;
        let start = index.checked_sub(1).and_then(|i| self.ends.get(i)).map_or(0, |end| *end as usize);
        self.ends.get(index).and_then(|end| self.text.get(start..*end as usize)).unwrap_or_default()
    }

    /// How many terms there are.
    pub(super) const fn len(&self) -> usize {
        self.ends.len()
    }

    /// A dictionary as it was written.
    pub(super) fn from_parts(text: String, ends: Vec<u32>) -> Self {
        Self { text, ends, ..Self::default() }
    }

    /// The number of a key.
    pub(crate) fn find(&self, key: &str) -> Option<Id> {
        if self.hashes.get().is_none() && self.asked.fetch_add(1, Relaxed) < PATIENCE {
            self.find_by_halving(key)
        } else {
            self.find_by_hash(key)
        }
    }

    fn find_by_halving(&self, key: &str) -> Option<Id> {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            let id = Id::try_from(middle).ok()?;
            match self.key(id).cmp(key) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(id),
            }
        }
        None
    }

    fn find_by_hash(&self, key: &str) -> Option<Id> {
        let hashes = self.hashes.get_or_init(|| self.hashes());
        let mut place = hash(key) & (hashes.len() - 1);
        loop {
            match hashes[place] {
                EMPTY => return None,
                id if self.key(id) == key => return Some(id),
                _ => place = (place + 1) & (hashes.len() - 1),
            }
        }
    }

    fn hashes(&self) -> Vec<Id> {
        let mut hashes = vec![EMPTY; (2 * self.len() + 1).next_power_of_two()];
        for id in (0..EMPTY).take(self.len()) {
            let mut place = hash(self.key(id)) & (hashes.len() - 1);
            while hashes[place] != EMPTY {
                place = (place + 1) & (hashes.len() - 1);
            }
            hashes[place] = id;
        }
        hashes
    }

    /// The IRI of a number, where it is one.
    pub(crate) fn iri(&self, id: Id) -> Option<&str> {
        self.key(id).strip_prefix('<')
    }

    /// The text of a literal without datatype and language, or the IRI.
    pub(crate) fn value(&self, id: Id) -> &str {
        let key = self.key(id);
        let (kind, rest) = key.split_at_checked(1).unwrap_or_default();
        if matches!(kind, "@" | "^") { rest.rsplit_once('\0').map_or(rest, |(value, _)| value) } else { rest }
    }

    /// The term that a number stands for.
    pub(crate) fn term(&self, id: Id) -> Term {
        let key = self.key(id);
        let (kind, rest) = key.split_at_checked(1).unwrap_or_default();
        let pair = || rest.rsplit_once('\0').unwrap_or((rest, ""));
        match kind {
            "<" => NamedNode::new_unchecked(rest).into(),
            "@" => {
                let (value, language) = pair();
                Literal::new_language_tagged_literal_unchecked(value, language).into()
            }
            "^" => {
                let (value, datatype) = pair();
                Literal::new_typed_literal(value, NamedNodeRef::new_unchecked(datatype)).into()
            }
            _ => Literal::new_simple_literal(rest).into(),
        }
    }
}

/// The lower half of a key's hash: places of a table come from the lower bits.
fn hash(key: &str) -> usize {
    let mut hasher = FxHasher::default();
    hasher.write(key.as_bytes());
    usize::try_from(hasher.finish() & u64::from(u32::MAX)).unwrap_or_default()
}

pub(crate) fn iri_key(iri: &str) -> String {
    format!("<{iri}")
}

/// The key of a term; `None` for a blank node, which the graph never holds.
pub(super) fn key(term: TermRef<'_>) -> Option<String> {
    let mut key = String::new();
    write_key(term, &mut key).then_some(key)
}

/// Writes the key of a term over what the buffer holds; false for a blank node.
pub(super) fn write_key(term: TermRef<'_>, key: &mut String) -> bool {
    key.clear();
    match term {
        TermRef::NamedNode(node) => {
            key.push('<');
            key.push_str(node.as_str());
        }
        TermRef::Literal(literal) => write_literal(literal, key),
        TermRef::BlankNode(_) => return false,
    }
    true
}

fn write_literal(literal: LiteralRef<'_>, key: &mut String) {
    let (kind, rest) = match literal.language() {
        Some(language) => ('@', Some(language)),
        None if literal.datatype() == xsd::STRING => ('"', None),
        None => ('^', Some(literal.datatype().as_str())),
    };
    key.push(kind);
    key.push_str(literal.value());
    if let Some(rest) = rest {
        key.push('\0');
        key.push_str(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_comes_back() {
        let terms: [Term; 6] = [
            NamedNode::new_unchecked("https://example.org/a").into(),
            Literal::new_simple_literal("").into(),
            Literal::new_simple_literal("a\0b\"<").into(),
            Literal::new_language_tagged_literal_unchecked("mot", "fr").into(),
            Literal::new_typed_literal("2024-04-28", xsd::DATE).into(),
            Literal::new_typed_literal("a\0b", xsd::TOKEN).into(),
        ];
        let mut keys: Vec<String> = terms.iter().map(|term| key(term.as_ref()).unwrap()).collect();
        keys.sort();
        let dictionary = Dictionary::from_sorted(keys.iter().map(String::as_str)).unwrap();
        for term in &terms {
            let key = key(term.as_ref()).unwrap();
            let id = dictionary.find(&key).unwrap();
            assert_eq!(dictionary.term(id), *term);
            assert_eq!(dictionary.find_by_hash(&key), Some(id));
        }
        assert_eq!(dictionary.find("<https://example.org/b"), None);
        assert_eq!(dictionary.find_by_hash("<https://example.org/b"), None);
    }
}
