//! The work table of one document: names and offices on it, entities as they are found.
//!
//! In: the document and the registry. Out: drafts without doubles, found by actor, by person or by name.

use std::collections::HashMap;

use entente_model::{Article, Date, EntityKind, Span};
use entente_nlp::{Document, Upos};

use super::bodies::{self, Body};
use super::publisher::{home_of, is_joint, is_organ_of_state};
use super::short_names;
use super::{EntityDraft, EntityIndex, local_id};
use crate::actors::{ActorIndex, Actors, PersonIndex, Sense, fold};
use crate::mentions::{Name, NameKind, Names, OfficePhrase, Vocabulary, class, find_offices, is_armed_service};

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

    fn count_countries(&mut self) {
        for name in &self.names.all {
            if name.kind != NameKind::Country {
                continue;
            }
            let countries = self.country_senses(name);
            if let [country] = countries[..] {
                *self.country_counts.entry(country).or_default() += 1;
            }
        }
    }

    /// Countries that a name may mean, each once, in the order of the files.
    pub(super) fn country_senses(&self, name: &Name) -> Vec<ActorIndex> {
        let mut countries: Vec<ActorIndex> = name
            .senses
            .iter()
            .filter_map(|sense| match *sense {
                Sense::Demonym(actor) | Sense::Government(actor) => Some(actor),
                Sense::Actor(actor) if self.actors.actor(actor).kind == EntityKind::Country => Some(actor),
                _ => None,
            })
            .collect();
        countries.sort_unstable();
        countries.dedup();
        countries
    }

    /// The sense of a name that the document supports: what it names elsewhere, then states of today, then the first.
    fn best_country(&self, name: &Name) -> Option<ActorIndex> {
        let countries = self.country_senses(name);
        countries.iter().copied().max_by_key(|country| {
            let actor = self.actors.actor(*country);
            let count = self.country_counts.get(country).copied().unwrap_or(0);
            let living = match (actor.until, self.date) {
                (Some(until), Some(date)) => date.year <= until.year,
                (until, _) => until.is_none(),
            };
            (living, count, actor.kind == EntityKind::Country, !actor.territory, std::cmp::Reverse(*country))
        })
    }

    /// Makes the entities of a name that is no person's.
    fn settle_name(&mut self, number: usize) {
        let name = self.names.all[number].clone();
        if name.kind == NameKind::Person {
            return;
        }
        let tokens = name.tokens.clone();
        let sense = |kind: EntityKind| {
            name.senses.iter().find_map(|sense| match *sense {
                Sense::Actor(actor) if self.actors.actor(actor).kind == kind && self.is_likely(&name, actor) => {
                    Some(actor)
                }
                _ => None,
            })
        };
        let mut place = self.best_place(&name);
        let organization = match bodies::of_nation(self, &name) {
            Body::Known(actor) => Some(actor),
            Body::Named(text, nation) => {
                self.of_name[number] = Some(self.national_body(&text, nation, &tokens));
                return;
            }
            Body::Any => sense(EntityKind::Organization).or_else(|| sense(EntityKind::Group)),
        };
        // "the Coast Guard" is the American one only in a text about the United States.
        let organization = organization.filter(|&actor| {
            let written = self.document.text_of(name.tokens.clone()).to_lowercase();
            let of = self.actors.actor(actor).country;
            !is_armed_service(&written) || self.home == of || self.is_most_named(of)
        });
        let mut country = self.best_country(&name);
        if let (Some(city), Some(_)) = (place, country)
            && self.actors.capital_of(city).is_none()
            && self.reads_as_region(&name, city)
        {
            country = None;
        }
        if country.is_some()
            && place.is_some_and(|p| self.actors.capital_of(p).is_none() && self.actors.actor(p).country != country)
        {
            place = None;
        }
        let (actor, place) = match (country, organization, place) {
            (Some(country), None, place) => {
                let country = self.actor_entity(country, &tokens);
                (Some(country), place.map_or(Some(country), |place| Some(self.actor_entity(place, &tokens))))
            }
            (Some(country), Some(_), _) if name.senses.iter().any(|s| matches!(s, Sense::Government(_))) => {
                (Some(self.actor_entity(country, &tokens)), None)
            }
            (_, Some(organization), place) => {
                (Some(self.organ_entity(organization, &tokens)), place.map(|place| self.actor_entity(place, &tokens)))
            }
            (None, None, Some(place)) => (None, Some(self.actor_entity(place, &tokens))),
            (None, None, None) => {
                let sides = self.joined_sides(&name);
                if let Some(half) = self.half_of_korea(&name) {
                    let half = self.actor_entity(half, &tokens);
                    (Some(half), Some(half))
                } else if sides.is_empty() {
                    self.local_name(&name)
                } else {
                    self.sides_of_name.insert(number, sides);
                    (None, None)
                }
            }
        };
        self.of_name[number] = actor;
        self.place_of_name[number] = place;
    }

    /// Gives a short name the entity of the full one, or both the one that a file knows.
    fn settle_short(&mut self, number: usize, full: usize) {
        let tokens = self.names.all[number].tokens.clone();
        let known = self.of_name[full].is_some_and(|entity| self.is_known(entity));
        if !known && !self.names.all[number].senses.is_empty() {
            self.settle_name(number);
            if self.of_name[number].is_some() {
                self.of_name[full] = self.of_name[number];
            }
            return;
        }
        let Some(entity) = self.of_name[full] else { return self.settle_name(number) };
        self.mention(entity, &tokens);
        self.of_name[number] = Some(entity);
    }

    /// Whether no country is named more often than this one.
    fn is_most_named(&self, country: Option<ActorIndex>) -> bool {
        let count = |country: &ActorIndex| self.country_counts.get(country).copied().unwrap_or(0);
        country.is_some_and(|country| {
            count(&country) > 0 && self.country_counts.values().all(|&other| other <= count(&country))
        })
    }

    /// Whether an acronym may mean a party, a force or a group: its country is in the text too.
    fn is_likely(&self, name: &Name, actor: ActorIndex) -> bool {
        let text = self.document.text_of(name.tokens.clone());
        let acronym = text.chars().count() <= 4 && text.chars().all(|c| c.is_uppercase() || c == '.');
        let known = self.actors.actor(actor);
        let Some(country) = known.country.filter(|_| acronym) else { return true };
        let local = known.kind == EntityKind::Group
            || known
                .class
                .as_deref()
                .is_some_and(|class| matches!(class, "military" | "party" | "legislature" | "ngo" | "court"));
        !local
            || self.home == Some(country)
            || self.country_counts.contains_key(&country)
            || self.names_organ_of(country)
    }

    /// Whether the text names an organ or a place of a country: "the Sudanese Armed Forces".
    fn names_organ_of(&self, country: ActorIndex) -> bool {
        self.names.all.iter().filter(|name| name.tokens.len() > 1).flat_map(|name| &name.senses).any(|sense| {
            match *sense {
                Sense::Actor(actor) => self.actors.actor(actor).country == Some(country),
                _ => false,
            }
        })
    }

    /// "the North", "the South", in a text that names North or South Korea.
    fn half_of_korea(&self, name: &Name) -> Option<ActorIndex> {
        let document = self.document;
        let (start, end) = (name.tokens.start, name.tokens.end);
        let half = match document.word(start) {
            "North" => "Q423",
            "South" => "Q884",
            _ => return None,
        };
        let alone = name.tokens.len() == 1
            && start.checked_sub(1).is_some_and(|before| document.word(before).eq_ignore_ascii_case("the"))
            && (end >= document.tokens().len() || document.token(end).upos != Upos::Propn);
        let korean = ["Q423", "Q884"]
            .iter()
            .filter_map(|id| self.actors.by_id(id))
            .any(|country| self.country_counts.contains_key(&country));
        (alone && korean).then(|| self.actors.by_id(half)).flatten()
    }

    /// The two known sides that a hyphen joins in an unknown name: countries, organisations, or leaders for their country.
    fn joined_sides(&mut self, name: &Name) -> Vec<EntityIndex> {
        let text = fold(self.document.text_of(name.tokens.clone()));
        let Some(joined) = text.split(' ').find(|word| word.contains('-')) else { return Vec::new() };
        let mut sides = Vec::new();
        for half in joined.split('-') {
            let actor = self.actors.lookup(half).iter().find_map(|sense| match *sense {
                Sense::Actor(actor) | Sense::Demonym(actor) if self.actors.actor(actor).kind != EntityKind::Place => {
                    Some(actor)
                }
                _ => None,
            });
            let leader = || {
                let date = self.date?;
                let mut countries =
                    self.actors.by_surname(half).iter().flat_map(|&person| &self.actors.person(person).offices).filter(
                        |office| {
                            office.classes & (class::TOP | class::VICE_PRESIDENT) != 0
                                && office.from.is_some()
                                && office.held_on(date)
                        },
                    );
                countries.next().map(|office| office.of)
            };
            let Some(actor) = actor.or_else(leader) else { return Vec::new() };
            let side = self.actor_entity(actor, &name.tokens);
            if !sides.contains(&side) {
                sides.push(side);
            }
        }
        sides
    }

    /// The place that a name means, the one whose country the document names most.
    fn best_place(&self, name: &Name) -> Option<ActorIndex> {
        name.senses
            .iter()
            .filter_map(|sense| match *sense {
                Sense::Actor(actor) if self.actors.actor(actor).kind == EntityKind::Place => Some(actor),
                _ => None,
            })
            .max_by_key(|place| {
                let country = self.actors.actor(*place).country;
                let count = country.and_then(|country| self.country_counts.get(&country)).copied().unwrap_or(0);
                (count, self.actors.capital_of(*place).is_some(), std::cmp::Reverse(*place))
            })
    }

    /// Whether a name that is a country and a region elsewhere is the region: "Atlanta, Georgia", "Georgia Gov.".
    fn reads_as_region(&self, name: &Name, region: ActorIndex) -> bool {
        let region_country = self.actors.actor(region).country;
        let before = name
            .tokens
            .start
            .checked_sub(2)
            .and_then(|token| self.names.at(token))
            .filter(|_| name.tokens.start > 0 && self.document.word(name.tokens.start - 1) == ",");
        let behind_city = before.is_some_and(|(_, city)| {
            city.senses.iter().any(|sense| match *sense {
                Sense::Actor(actor) => self.actors.actor(actor).country == region_country,
                _ => false,
            })
        });
        let next =
            if name.tokens.end < self.document.tokens().len() { self.document.word(name.tokens.end) } else { "" };
        // "Georgia, Michigan and Ohio": one of a list of regions.
        let beside = [name.tokens.start.checked_sub(2), Some(name.tokens.end + 1)];
        let listed = beside.into_iter().flatten().any(|token| {
            let joint = if token < name.tokens.start { token + 1 } else { token - 1 };
            joint < self.document.tokens().len()
                && matches!(self.document.word(joint), "," | "and" | "or")
                && self.names.at(token).is_some_and(|(_, other)| {
                    other.kind == NameKind::Place
                        && other.senses.iter().any(|sense| match *sense {
                            Sense::Actor(actor) => self.actors.actor(actor).country == region_country,
                            _ => false,
                        })
                })
        });
        listed
            || behind_city
            || matches!(
                next,
                "Gov."
                    | "Gov"
                    | "Sen."
                    | "Rep."
                    | "Governor"
                    | "Senator"
                    | "governor"
                    | "senator"
                    | "Republican"
                    | "Democrat"
            )
    }

    /// The entity of an organisation, or of the country that a ministry or an army acts for.
    fn organ_entity(&mut self, actor: ActorIndex, tokens: &std::ops::Range<usize>) -> EntityIndex {
        let known = self.actors.actor(actor);
        match known.country {
            Some(country) if known.class.as_deref().is_some_and(is_organ_of_state) => {
                self.actor_entity(country, tokens)
            }
            _ => self.actor_entity(actor, tokens),
        }
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

    /// The entity of a nation's body that no file knows: "Senate of Brazil".
    fn national_body(&mut self, name: &str, nation: ActorIndex, tokens: &std::ops::Range<usize>) -> EntityIndex {
        let country = self.bare_actor_entity(nation);
        let body = self.local_entity(EntityKind::Organization, name);
        self.drafts[body].country = Some(country);
        self.mention(body, tokens);
        body
    }

    /// The entity of a name that no file knows.
    fn local_name(&mut self, name: &Name) -> (Option<EntityIndex>, Option<EntityIndex>) {
        let text = fold_name(self.document.text_of(name.tokens.clone()));
        if text.chars().filter(|c| c.is_alphabetic()).count() < 2 {
            return (None, None);
        }
        if let Some(country) = self.government_of(&text) {
            return (Some(self.actor_entity(country, &name.tokens)), None);
        }
        if let Some(entity) = self.body_by_its_noun(name, &text) {
            self.mention(entity, &name.tokens);
            return (Some(entity), None);
        }
        let kind = match name.kind {
            NameKind::Organization => EntityKind::Organization,
            NameKind::Group => EntityKind::Group,
            NameKind::Place | NameKind::Country | NameKind::Person => EntityKind::Place,
        };
        let entity = self.local_entity(kind, &text);
        self.mention(entity, &name.tokens);
        if kind == EntityKind::Place { (None, Some(entity)) } else { (Some(entity), None) }
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

    /// The country of "Government of Israel", or the first of "Governments of Chile and Peru".
    fn government_of(&self, text: &str) -> Option<ActorIndex> {
        let rest = text.strip_prefix("Government of ").or_else(|| text.strip_prefix("Governments of "))?;
        let country = rest.strip_prefix("the ").unwrap_or(rest);
        self.actors.lookup(country).iter().find_map(|sense| match *sense {
            Sense::Actor(actor) if self.actors.actor(actor).kind == EntityKind::Country => Some(actor),
            _ => None,
        })
    }

    /// "the Commission", "the Administration": the one organisation of the text that is called so in full, the government
    /// that publishes.
    fn body_by_its_noun(&mut self, name: &Name, text: &str) -> Option<EntityIndex> {
        if name.tokens.len() > 1 || name.kind != NameKind::Organization {
            return None;
        }
        if text == "Administration" {
            return self.home.map(|home| self.bare_actor_entity(home));
        }
        let noun = text.to_lowercase();
        if !["organization-organs", "alliance-nouns"].iter().any(|list| self.vocabulary.has(list, &noun)) {
            return None;
        }
        let ending = format!(" {text}");
        let mut bodies = (0..self.drafts.len())
            .filter(|&e| self.drafts[e].kind == EntityKind::Organization && self.drafts[e].name.ends_with(&ending));
        bodies.next().filter(|_| bodies.next().is_none())
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
