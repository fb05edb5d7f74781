//! The entities of names: of each name that is no person's, whom it stands for and which place it is.
//!
//! In: the number of a name. Out: its entities on the board, made at need, with the name as a mention.
//! "Kyiv" acts as Ukraine and is a city; "Senate of Brazil" is a body of its own.

use std::ops::Range;

use entente_model::EntityKind;

use super::EntityIndex;
use super::board::{Board, fold_name};
use super::bodies::{self, Body};
use super::publisher::is_organ_of_state;
use crate::actors::{ActorIndex, Sense, fold};
use crate::mentions::{Name, NameKind, class, is_armed_service};

impl Board<'_> {
    /// Makes the entities of a name that is no person's.
    pub(super) fn settle_name(&mut self, number: usize) {
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
    pub(super) fn settle_short(&mut self, number: usize, full: usize) {
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

    /// The entity of an organisation, or of the country that a ministry or an army acts for.
    fn organ_entity(&mut self, actor: ActorIndex, tokens: &Range<usize>) -> EntityIndex {
        let known = self.actors.actor(actor);
        match known.country {
            Some(country) if known.class.as_deref().is_some_and(is_organ_of_state) => {
                self.actor_entity(country, tokens)
            }
            _ => self.actor_entity(actor, tokens),
        }
    }

    /// The entity of a nation's body that no file knows: "Senate of Brazil".
    fn national_body(&mut self, name: &str, nation: ActorIndex, tokens: &Range<usize>) -> EntityIndex {
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

    /// The country of "Government of Israel", or the first of "Governments of Chile and Peru".
    fn government_of(&self, text: &str) -> Option<ActorIndex> {
        let rest = text.strip_prefix("Government of ").or_else(|| text.strip_prefix("Governments of "))?;
        let country = rest.strip_prefix("the ").unwrap_or(rest);
        self.actors.country_named(country)
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
}
