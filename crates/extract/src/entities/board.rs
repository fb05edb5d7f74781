//! The work table of one document: names and offices on it, entities as they are found.
//!
//! In: the document and the registry. Out: drafts without doubles, found by actor, by person or by name.

use std::collections::{BTreeSet, HashMap};

use entente_model::{Article, Date, EntityKind, Span};
use entente_nlp::Document;

use super::publisher::{home_of, is_joint};
use super::short_names;
use super::{EntityDraft, EntityIndex, local_id};
use crate::actors::{ActorIndex, Actors, PersonIndex};
use crate::mentions::{Names, OfficePhrase, Vocabulary, find_offices};

/// Everything that the passes share.
pub(crate) struct Board<'a> {
    pub(crate) document: &'a Document,
    pub(crate) actors: &'a Actors,
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) date: Option<Date>,
    /// The country that the publisher is an organ of.
    pub(crate) home: Option<ActorIndex>,
    /// Whether several governments speak together, so that "we" is not the publisher.
    pub(crate) joint: bool,
    pub(crate) names: Names,
    pub(crate) offices: Vec<OfficePhrase>,
    pub(crate) drafts: Vec<EntityDraft>,
    pub(crate) origins: Vec<Origin>,
    by_id: HashMap<String, EntityIndex>,
    /// By name: the entity that acts under it; of a capital, the country.
    pub(crate) of_name: Vec<Option<EntityIndex>>,
    /// By name: the place; of a capital, the city.
    pub(crate) place_of_name: Vec<Option<EntityIndex>>,
    /// By name: the sides of "U.S.-ASEAN Summit", "Biden-Harris Administration".
    pub(crate) sides_of_name: HashMap<usize, Vec<EntityIndex>>,
    /// How often each country is named.
    pub(crate) country_counts: HashMap<ActorIndex, usize>,
}

/// What an entity was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    Actor(ActorIndex),
    Person(PersonIndex),
    Local,
}

impl<'a> Board<'a> {
    pub(crate) fn new(document: &'a Document, article: &Article, actors: &'a Actors) -> Self {
        let vocabulary = actors.vocabulary();
        let mut names = Names::find(document, actors, vocabulary, article.published);
        let mut offices = find_offices(document, &names, vocabulary);
        if names.claim_behind(document, vocabulary, &offices) {
            offices = find_offices(document, &names, vocabulary);
        }
        let count = names.all.len();
        let mut board = Self {
            document,
            actors,
            vocabulary,
            date: article.published,
            home: home_of(article, actors),
            joint: is_joint(article),
            names,
            offices,
            drafts: Vec::new(),
            origins: Vec::new(),
            by_id: HashMap::new(),
            of_name: vec![None; count],
            place_of_name: vec![None; count],
            sides_of_name: HashMap::new(),
            country_counts: HashMap::new(),
        };
        board.count_countries();
        let shorter = short_names::find(&board);
        for number in (0..count).filter(|number| !shorter.contains_key(number)) {
            board.settle_name(number);
        }
        for (&number, &full) in &shorter {
            board.settle_short(number, full);
        }
        board
    }

    /// The entity of a known actor, made at need; the tokens are a mention of it.
    pub(crate) fn actor_entity(&mut self, actor: ActorIndex, tokens: &std::ops::Range<usize>) -> EntityIndex {
        let entity = self.bare_actor_entity(actor);
        self.mention(entity, tokens);
        entity
    }

    /// The entity of a known actor without a mention.
    pub(crate) fn bare_actor_entity(&mut self, actor: ActorIndex) -> EntityIndex {
        let known = self.actors.actor(actor);
        if let Some(&entity) = self.by_id.get(&known.id) {
            return entity;
        }
        let country = known.country.filter(|&country| country != actor).map(|country| self.bare_actor_entity(country));
        self.add(known.id.clone(), known.name.clone(), known.kind, country, Origin::Actor(actor))
    }

    /// The entity of a known person without a mention.
    pub(crate) fn person_entity(&mut self, person: PersonIndex) -> EntityIndex {
        let known = self.actors.person(person);
        if let Some(&entity) = self.by_id.get(&known.id) {
            return entity;
        }
        let of = self.main_office(person).map(|office| known.offices[office].of);
        let country = of.map(|of| self.actors.actor(of).country.unwrap_or(of));
        let country = country.map(|country| self.bare_actor_entity(country));
        let entity =
            self.add(known.id.clone(), known.name.clone(), EntityKind::Person, country, Origin::Person(person));
        self.drafts[entity].gender = known.gender;
        entity
    }

    /// The office that a person is in the news for at the article's date.
    pub(crate) fn main_office(&self, person: PersonIndex) -> Option<usize> {
        let offices = &self.actors.person(person).offices;
        let number = |office: usize| {
            let distance = self.date.map_or(0, |date| offices[office].distance(date));
            let of_state = self.actors.actor(offices[office].of).kind == EntityKind::Country;
            (distance, !of_state, office)
        };
        (0..offices.len()).min_by_key(|&office| number(office))
    }

    /// Groups of states with each of their members that the document mentions.
    pub(super) fn memberships(&self) -> BTreeSet<(EntityIndex, EntityIndex)> {
        let grouped = |&entity: &EntityIndex| match self.origins[entity] {
            Origin::Actor(actor) => !self.actors.actor(actor).members.is_empty(),
            _ => false,
        };
        let groups: Vec<EntityIndex> = (0..self.drafts.len()).filter(grouped).collect();
        let pairs = groups.iter().flat_map(|&group| (0..self.drafts.len()).map(move |member| (group, member)));
        pairs.filter(|&(group, member)| self.is_member(member, group)).collect()
    }

    /// Whether a state is a member of a group of states.
    pub(super) fn is_member(&self, member: EntityIndex, group: EntityIndex) -> bool {
        match (self.origins[member], self.origins[group]) {
            (Origin::Actor(member), Origin::Actor(group)) => self.actors.actor(group).members.contains(&member),
            _ => false,
        }
    }

    /// The country that the publisher is an organ of, where the text mentions it.
    pub(super) fn home_entity(&self) -> Option<EntityIndex> {
        let id = &self.actors.actor(self.home?).id;
        self.drafts.iter().position(|draft| draft.id == *id)
    }

    /// The side that somebody stands for: a person's country, and every other actor itself.
    pub(crate) fn side_of(&self, entity: EntityIndex) -> Option<EntityIndex> {
        match self.drafts[entity].kind {
            EntityKind::Person => self.drafts[entity].country,
            EntityKind::Country | EntityKind::Organization | EntityKind::Group => Some(entity),
            EntityKind::Place | EntityKind::Other => None,
        }
    }

    /// The entity that no file knows, by kind and name.
    pub(crate) fn local_entity(&mut self, kind: EntityKind, name: &str) -> EntityIndex {
        let id = local_id(kind, name);
        if let Some(&entity) = self.by_id.get(&id) {
            return entity;
        }
        self.add(id, name.to_owned(), kind, None, Origin::Local)
    }

    fn add(
        &mut self,
        id: String,
        name: String,
        kind: EntityKind,
        country: Option<EntityIndex>,
        origin: Origin,
    ) -> EntityIndex {
        let entity = self.drafts.len();
        self.by_id.insert(id.clone(), entity);
        self.drafts.push(EntityDraft {
            id,
            name,
            kind,
            country,
            gender: None,
            plural: kind == EntityKind::Group,
            aliases: Vec::new(),
            mentions: Vec::new(),
        });
        self.origins.push(origin);
        entity
    }

    /// Notes a mention: its span, and its words as an alias.
    pub(crate) fn mention(&mut self, entity: EntityIndex, tokens: &std::ops::Range<usize>) {
        let span = self.document.span_of(tokens.clone());
        let text = fold_name(span.of(self.document.text()));
        let draft = &mut self.drafts[entity];
        if !draft.mentions.contains(&span) {
            draft.mentions.push(span);
        }
        if text != draft.name && !text.is_empty() && !draft.aliases.contains(&text) {
            draft.aliases.push(text);
        }
    }

    /// Notes a mention that is no name: a pronoun or a nominal.
    pub(crate) fn mention_span(&mut self, entity: EntityIndex, span: Span) {
        let draft = &mut self.drafts[entity];
        if !draft.mentions.contains(&span) {
            draft.mentions.push(span);
        }
    }

    /// Whether an actor file knows the entity.
    pub(crate) fn is_known(&self, entity: EntityIndex) -> bool {
        self.origins[entity] != Origin::Local
    }

    /// The registry's number of an entity's country: its own where it is one.
    pub(crate) fn country_actor(&self, entity: EntityIndex) -> Option<ActorIndex> {
        let draft = &self.drafts[entity];
        let entity = if draft.kind == EntityKind::Country { entity } else { draft.country? };
        match self.origins[entity] {
            Origin::Actor(actor) => Some(actor),
            _ => None,
        }
    }
}

/// The name as an entity carries it: single spaces, no article, straight quotes, accents kept.
pub(crate) fn fold_name(text: &str) -> String {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let stripped = joined.strip_prefix("the ").or_else(|| joined.strip_prefix("The ")).unwrap_or(&joined);
    stripped.trim_matches(|c: char| !c.is_alphanumeric() && c != '.' && c != ')' && c != '(').to_owned()
}
