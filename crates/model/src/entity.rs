//! Somebody or something in the world that fills roles of events.

use serde::{Deserialize, Serialize};

use crate::Span;

/// What sort of thing an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    /// A human being.
    Person,
    /// A state, or a territory that acts like one.
    Country,
    /// A body with a name of its own: an alliance, a ministry, a company, a party.
    Organization,
    /// Several actors that the text names as one ("the G7"), or an armed group.
    Group,
    /// A city, region or site.
    Place,
    /// Anything else that a role may hold ("power plants").
    Other,
}

/// An entity with everything that the article's mentions of it say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// The Wikidata item of a known actor (`Q212`), else a slug and a hash made from name and kind alone (`leyla-adan-4f1c09ab`).
    pub id: String,
    /// The canonical English name.
    pub name: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: EntityKind,
    /// Other names that the article uses for it, sorted.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub aliases: Vec<String>,
    /// Where the article mentions it, in text order.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub mentions: Vec<Span>,
}

impl Entity {
    /// Whether the id is a Wikidata item.
    pub fn is_known(&self) -> bool {
        is_wikidata_item(&self.id)
    }
}

/// Whether the id names a Wikidata item: `Q` and digits.
pub(crate) fn is_wikidata_item(id: &str) -> bool {
    id.strip_prefix('Q').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}
