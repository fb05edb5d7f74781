//! The output of extraction: events with their roles, attributes and evidence, in the shape of the event format.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::{
    AidKind, Article, Date, Details, Entity, EntityKind, EventType, Fact, Factuality, Finance, OfficeStatus, Role,
    Stage, Stance,
};

/// An entity in a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filler {
    /// The entity's canonical name.
    pub name: String,
    /// The entity's id: see [`Entity::id`].
    pub id: String,
    /// The entity's kind.
    #[serde(rename = "type")]
    pub kind: EntityKind,
    /// The words that mention it here.
    pub mention: String,
    /// Office in which a person takes part, where the article names it: "foreign minister".
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub capacity: Option<String>,
}

/// How a number in the text stands to the true one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// "$5 million"
    #[default]
    Exact,
    /// "more than $5 million"
    AtLeast,
    /// "up to $5 million"
    AtMost,
    /// "some $5 million"
    About,
}

/// A sum of money.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Amount {
    /// Units of the currency.
    pub value: f64,
    /// ISO 4217 code.
    #[serde(serialize_with = "currency_text", deserialize_with = "currency_code")]
    pub currency: [u8; 3],
    /// Exact, at least, at most, about.
    #[serde(default)]
    pub bound: Bound,
}

impl Amount {
    /// The ISO 4217 code as text.
    pub fn currency(&self) -> &str {
        std::str::from_utf8(&self.currency).unwrap_or("XXX")
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn currency_text<S: serde::Serializer>(code: &[u8; 3], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(std::str::from_utf8(code).unwrap_or("XXX"))
}

fn currency_code<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<[u8; 3], D::Error> {
    let text = String::deserialize(deserializer)?;
    text.as_bytes()
        .try_into()
        .ok()
        .filter(|code: &[u8; 3]| code.iter().all(u8::is_ascii_uppercase))
        .ok_or_else(|| serde::de::Error::custom(format!("{text:?} is not an ISO 4217 currency code")))
}

/// A thing that aid consists of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Item {
    /// Standard name: singular, lower case but for names ("Patriot battery").
    pub name: String,
    /// How many, where the text says so.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub count: Option<u64>,
}

/// Where an event took place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Canonical name.
    pub name: String,
    /// Id of the entity: see [`Entity::id`].
    pub id: String,
}

/// The words that an event rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Evidence {
    /// The whole sentence, as the article has it.
    pub text: String,
    /// Offset of the sentence in the article's body, in characters.
    pub start: usize,
    /// Offset behind the sentence, in characters.
    pub end: usize,
    /// Number of the sentence in the article, from 0.
    pub sentence: usize,
    /// Offset of the trigger word in the article's body, in characters.
    pub trigger_start: usize,
    /// Offset behind the trigger word, in characters.
    pub trigger_end: usize,
    /// Id of the rule that found it: `aid.passive`.
    pub rule: String,
}

/// Something that happened, is planned, or is said to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Made from content alone: the same event in two articles has the same id where type, roles, stage, amount and date agree.
    pub id: String,
    /// Path or id of the article.
    pub source: String,
    /// What happens.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// Who does what in it; roles in order of declaration, fillers in text order.
    pub roles: IndexMap<Role, Vec<Filler>>,
    /// How far aid, an agreement or a sanction has come.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub stage: Option<Stage>,
    /// Whether it happened.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub factuality: Option<Factuality>,
    /// What a statement's speaker holds of the addressee.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub stance: Option<Stance>,
    /// What aid is for.
    #[serde(rename = "kind", skip_serializing_if = "Option::is_none", default)]
    pub aid_kind: Option<AidKind>,
    /// Grant, loan or guarantee.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub finance: Option<Finance>,
    /// Money.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub amount: Option<Amount>,
    /// Whether the amount is a running total ("$2.5 billion since 2014"), never to be added up.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub cumulative: bool,
    /// Things given.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub items: Vec<Item>,
    /// Day, month or year of the act.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub date: Option<Date>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub place: Option<Place>,
    /// People killed in an attack.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub killed: Option<u64>,
    /// People injured in an attack.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub injured: Option<u64>,
    /// Title of an agreement or of an office, or name of a meeting of many, as the text gives it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub title: Option<String>,
    /// Former, acting or designate holder of an office; nothing where the office is simply held.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub status: Option<OfficeStatus>,
    /// Who says so, where the text reports the event as somebody's words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub speaker: Option<Filler>,
    /// What else the text says of it.
    #[serde(skip_serializing_if = "Details::is_empty", default)]
    pub details: Details,
    /// PLOVER event type.
    pub plover: String,
    /// Share of events of this construction that were right when measured, 0 to 1.
    pub confidence: f64,
    /// Id of the rule of the first evidence.
    pub rule: String,
    /// The first sentence that tells it.
    pub evidence: Evidence,
    /// Further sentences that tell the same event, in text order.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub more_evidence: Vec<Evidence>,
}

impl Event {
    /// The fillers of a role; empty where the event has none.
    pub fn fillers(&self, role: Role) -> &[Filler] {
        self.roles.get(&role).map_or(&[], Vec::as_slice)
    }

    /// All sentences that tell the event, in text order of finding.
    pub fn all_evidence(&self) -> impl Iterator<Item = &Evidence> {
        std::iter::once(&self.evidence).chain(&self.more_evidence)
    }
}

/// All that one article gives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Extraction {
    /// The article, with its body, so that every quote can be shown.
    pub article: Article,
    /// Entities that fill a role or are a place of an event, sorted by id.
    pub entities: Vec<Entity>,
    /// Events in order of first mention.
    pub events: Vec<Event>,
    /// Direct relations, sorted.
    pub facts: Vec<Fact>,
}
