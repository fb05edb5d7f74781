//! The index as a dataset that oxigraph's evaluator asks: patterns of numbers in, quads of numbers out.

use std::rc::Rc;

use oxigraph::model::Term;
use spareval::{InternalQuad, QueryableDataset};

use super::{Id, Index, dictionary};

/// A term in the evaluation of a query: one of the graph, or one that the query has computed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Value {
    /// A term of the dictionary.
    Stored(Id),
    /// A term that the dictionary does not have.
    Computed(Rc<Term>),
}

/// The dataset never fails; the evaluator wants a type for its errors.
#[derive(Debug, thiserror::Error)]
#[error("the index cannot be read")]
pub(crate) struct DatasetError;

/// What a place in a pattern asks for.
enum Wanted {
    Any,
    Stored(Id),
    /// A term that no quad has.
    Nothing,
}

impl Wanted {
    fn of(value: Option<&Value>) -> Self {
        match value {
            None => Self::Any,
            Some(Value::Stored(id)) => Self::Stored(*id),
            Some(Value::Computed(_)) => Self::Nothing,
        }
    }
}

/// The numbers that a pattern asks for, or `None` where one of its terms is in no quad.
fn pattern<const N: usize>(wanted: [Wanted; N]) -> Option<[Option<Id>; N]> {
    let mut ids = [None; N];
    for (id, wanted) in ids.iter_mut().zip(wanted) {
        *id = match wanted {
            Wanted::Any => None,
            Wanted::Stored(stored) => Some(stored),
            Wanted::Nothing => return None,
        };
    }
    Some(ids)
}

impl<'a> QueryableDataset<'a> for &'a Index {
    type InternalTerm = Value;
    type Error = DatasetError;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Value>,
        predicate: Option<&Value>,
        object: Option<&Value>,
        graph_name: Option<Option<&Value>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Value>, DatasetError>> + use<'a> {
        let index: &'a Index = self;
        let triple = [Wanted::of(subject), Wanted::of(predicate), Wanted::of(object)];
        let (mut known, mut told) = (None, None);
        if graph_name == Some(None) {
            known = pattern(triple);
        } else {
            let [s, p, o] = triple;
            told = pattern([s, p, o, Wanted::of(graph_name.flatten())]);
        }
        let known = known.into_iter().flat_map(move |pattern| index.known(pattern)).map(|[s, p, o]| (s, p, o, None));
        let told = told.into_iter().flat_map(move |pattern| index.told(pattern)).map(|[s, p, o, g]| (s, p, o, Some(g)));
        known.chain(told).map(|(s, p, o, g)| {
            Ok(InternalQuad {
                subject: Value::Stored(s),
                predicate: Value::Stored(p),
                object: Value::Stored(o),
                graph_name: g.map(Value::Stored),
            })
        })
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<Value, DatasetError>> + use<'a> {
        let index: &'a Index = self;
        index.graphs().iter().map(|graph| Ok(Value::Stored(*graph)))
    }

    fn contains_internal_graph_name(&self, graph_name: &Value) -> Result<bool, DatasetError> {
        Ok(matches!(graph_name, Value::Stored(id) if self.graphs().binary_search(id).is_ok()))
    }

    fn internalize_term(&self, term: Term) -> Result<Value, DatasetError> {
        let stored = dictionary::key(term.as_ref()).and_then(|key| self.dictionary.find(&key));
        Ok(stored.map_or_else(|| Value::Computed(Rc::new(term)), Value::Stored))
    }

    fn externalize_term(&self, term: Value) -> Result<Term, DatasetError> {
        Ok(match term {
            Value::Stored(id) => self.dictionary.term(id),
            Value::Computed(term) => Rc::unwrap_or_clone(term),
        })
    }
}
