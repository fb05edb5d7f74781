//! Parameters: their kinds, and values from text.

use entente_model::{Date, EventType, Stage};
use oxigraph::model::{Literal, NamedNode, Term, vocab::xsd};
use spargebra::Query;

use super::{Binding, QueryError, bind};
use crate::{Graph, mapping, mapping::concept};

/// What sort of value a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParamKind {
    /// An actor, by name, alias, Wikidata item or IRI.
    Actor,
    /// A day, month or year; its first day counts.
    Since,
    /// A day, month or year; its last day counts.
    Until,
    /// A whole or decimal number.
    Number,
    /// Any text.
    Text,
    /// A stage of aid, agreements or sanctions.
    Stage,
    /// A type of event.
    Type,
    /// An IRI or prefixed name, or an event's id.
    Iri,
}

impl ParamKind {
    const ALL: [(Self, &'static str); 8] = [
        (Self::Actor, "actor"),
        (Self::Since, "since"),
        (Self::Until, "until"),
        (Self::Number, "number"),
        (Self::Text, "text"),
        (Self::Stage, "stage"),
        (Self::Type, "type"),
        (Self::Iri, "iri"),
    ];

    /// How headers of queries spell it.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }

    /// The kind that is spelt so.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, spelling)| *spelling == name).map(|(kind, _)| *kind)
    }

    /// What to say to somebody who gave something else.
    fn expected(self) -> String {
        match self {
            Self::Actor => "an actor".to_owned(),
            Self::Since | Self::Until => "a date: write YYYY, YYYY-MM or YYYY-MM-DD".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Text => "a text".to_owned(),
            Self::Stage => format!("a stage: {}", spellings(Stage::ALL.iter().map(|stage| stage.name()))),
            Self::Type => format!("a type of event: {}", spellings(EventType::ALL.iter().map(|kind| kind.name()))),
            Self::Iri => "an IRI or a prefixed name".to_owned(),
        }
    }

    /// Reads a value.
    pub(super) fn read(self, name: &str, value: &str, graph: &Graph) -> Result<Term, QueryError> {
        let bad = || QueryError::BadParam { name: name.to_owned(), value: value.to_owned(), expected: self.expected() };
        let value = value.trim();
        Ok(match self {
            Self::Actor => NamedNode::new_unchecked(graph.actor(value)?.iri).into(),
            Self::Since | Self::Until => {
                let (first, last) = mapping::range(value.parse::<Date>().map_err(|_| bad())?);
                Literal::new_typed_literal(if self == Self::Since { first } else { last }, xsd::DATE).into()
            }
            Self::Number => number(value).ok_or_else(bad)?,
            Self::Text => Literal::new_simple_literal(value).into(),
            Self::Stage => {
                let stage = Stage::from_name(&value.to_lowercase()).ok_or_else(bad)?;
                NamedNode::new_unchecked(concept("stage", stage.name())).into()
            }
            Self::Type => {
                let kind = EventType::from_name(&value.to_lowercase()).ok_or_else(bad)?;
                mapping::event_class(kind).into_owned().into()
            }
            Self::Iri => graph.expand(value).map(NamedNode::new_unchecked).ok_or_else(bad)?.into(),
        })
    }
}

fn spellings<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

fn number(text: &str) -> Option<Term> {
    let body = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = body.split_once('.').unwrap_or((body, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let datatype = if body.contains('.') { xsd::DECIMAL } else { xsd::INTEGER };
    (digits(whole) && digits(fraction)).then(|| Literal::new_typed_literal(text, datatype).into())
}

/// Values for variables of a query that declares no parameters: what they are is read off their shape.
pub(super) fn guess(
    params: &[(String, String)],
    query: &Query,
    prefixes: &[(String, String)],
) -> Result<Vec<Binding>, QueryError> {
    if params.is_empty() {
        return Ok(Vec::new());
    }
    let known = bind::variables(query);
    let value = |text: &str| -> Term {
        let iri = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).map(str::to_owned);
        if let Some(iri) = iri.or_else(|| expand(text, prefixes)).filter(|iri| NamedNode::new(iri).is_ok()) {
            return NamedNode::new_unchecked(iri).into();
        }
        if text.len() == 10 && text.parse::<Date>().is_ok() {
            return Literal::new_typed_literal(text, xsd::DATE).into();
        }
        number(text).unwrap_or_else(|| Literal::new_simple_literal(text).into())
    };
    params
        .iter()
        .map(|(name, text)| {
            let name = name.trim_start_matches(['?', '$']);
            if known.iter().any(|variable| variable == name) {
                Ok((name.to_owned(), value(text)))
            } else {
                Err(QueryError::UnknownParam { name: name.to_owned(), known: known.clone() })
            }
        })
        .collect()
}

/// The IRI that a prefixed name stands for, where its prefix is known.
pub(crate) fn expand(name: &str, prefixes: &[(String, String)]) -> Option<String> {
    let (prefix, local) = name.split_once(':')?;
    let (_, namespace) = prefixes.iter().rev().find(|(known, _)| known == prefix)?;
    Some(format!("{namespace}{local}"))
}

impl Graph {
    /// The IRI that a text stands for: itself (bare or in angle brackets), a prefixed name, a Wikidata item, or an event's id.
    pub(crate) fn expand(&self, text: &str) -> Option<String> {
        let bare = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(text);
        if let Some(iri) = expand(bare, &self.base().prefixes()) {
            return NamedNode::new(&iri).is_ok().then_some(iri);
        }
        if crate::iris::is_wikidata_item(bare) {
            return Some(self.base().entity(bare));
        }
        let event = self.base().event(bare);
        if self.index().iri(&event).is_some() {
            return Some(event);
        }
        NamedNode::new(bare).is_ok().then(|| bare.to_owned())
    }
}
