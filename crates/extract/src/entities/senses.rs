//! What a name means here: which country, place or body of those that the files know under it.
//!
//! In: the names of a document, and how often it names each country. Out: the sense that the document supports, or none.

use entente_model::EntityKind;
use entente_nlp::Upos;

use super::board::Board;
use crate::actors::{ActorIndex, Sense};
use crate::mentions::{Name, NameKind};

impl Board<'_> {
    pub(super) fn count_countries(&mut self) {
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
    pub(super) fn best_country(&self, name: &Name) -> Option<ActorIndex> {
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

    /// The place that a name means, the one whose country the document names most.
    pub(super) fn best_place(&self, name: &Name) -> Option<ActorIndex> {
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

    /// Whether no country is named more often than this one.
    pub(super) fn is_most_named(&self, country: Option<ActorIndex>) -> bool {
        let count = |country: &ActorIndex| self.country_counts.get(country).copied().unwrap_or(0);
        country.is_some_and(|country| {
            count(&country) > 0 && self.country_counts.values().all(|&other| other <= count(&country))
        })
    }

    /// Whether an acronym may mean a party, a force or a group: its country is in the text too.
    pub(super) fn is_likely(&self, name: &Name, actor: ActorIndex) -> bool {
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
    pub(super) fn half_of_korea(&self, name: &Name) -> Option<ActorIndex> {
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

    /// Whether a name that is a country and a region elsewhere is the region: "Atlanta, Georgia", "Georgia Gov.".
    pub(super) fn reads_as_region(&self, name: &Name, region: ActorIndex) -> bool {
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
}
