//! The checked registry: actors and persons by number, with what is asked of them while articles are read.

use std::collections::HashMap;

use entente_model::{Date, EntityKind};

use entente_rules::Diagnostic;

use super::{Gazetteer, check, fold};
use crate::mentions::{Classes, Vocabulary};

/// Number of an actor in the registry.
pub type ActorIndex = usize;
/// Number of a person in the registry.
pub type PersonIndex = usize;

/// Which pronouns refer to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gender {
    /// She.
    Female,
    /// He.
    Male,
}

/// A country, territory, organisation, group or place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Wikidata item, or a slug for an actor that has none.
    pub id: String,
    /// Canonical English name.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// What sort of organisation: "ministry", "armed forces", "international".
    pub class: Option<String>,
    /// The country that an organ belongs to or a place lies in.
    pub country: Option<ActorIndex>,
    /// The place where the government of a country sits.
    pub capital: Option<ActorIndex>,
    /// Members of a group of states.
    pub members: Vec<ActorIndex>,
    /// Whether it is a territory rather than a state.
    pub territory: bool,
    /// The last year or day of a state that is no more.
    pub until: Option<Date>,
}

/// A stretch of time in an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// "president", "minister of foreign affairs".
    pub title: String,
    /// What it is an office of.
    pub of: ActorIndex,
    /// First day, if known.
    pub from: Option<Date>,
    /// Last day; none while it lasts.
    pub until: Option<Date>,
    /// Which offices the title means.
    pub(crate) classes: Classes,
}

impl Office {
    /// Whether the office was held on a date; an unknown start counts as long ago.
    pub fn held_on(&self, date: Date) -> bool {
        self.from.is_none_or(|from| day_number(from, false) <= day_number(date, true))
            && self.until.is_none_or(|until| day_number(date, false) <= day_number(until, true))
    }

    /// Days between the date and the time in office; 0 inside it.
    pub fn distance(&self, date: Date) -> i64 {
        let day = day_number(date, false);
        let before = self.from.map_or(0, |from| day_number(from, false) - day);
        let after = self.until.map_or(0, |until| day - day_number(until, true));
        before.max(after).max(0)
    }
}

/// The days of a calendar of 12 months of 31 days: good for comparison, not for arithmetic.
fn day_number(date: Date, end: bool) -> i64 {
    let month = date.month.unwrap_or(if end { 12 } else { 1 });
    let day = date.day.unwrap_or(if end { 31 } else { 1 });
    (i64::from(date.year) * 12 + i64::from(month) - 1) * 31 + i64::from(day) - 1
}

/// A person who holds or held a high office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Wikidata item, or a slug and a hash of the name.
    pub id: String,
    /// Canonical English name.
    pub name: String,
    /// The part of the name that the news use alone.
    pub surname: String,
    /// Which pronouns refer to them.
    pub gender: Option<Gender>,
    /// Offices in the order of the file.
    pub offices: Vec<Office>,
}

/// All known actors and their names.
#[derive(Debug, Clone, Default)]
pub struct Actors {
    pub(super) actors: Vec<Actor>,
    pub(super) persons: Vec<Person>,
    pub(super) gazetteer: Gazetteer,
    pub(super) by_id: HashMap<String, ActorIndex>,
    pub(super) by_surname: HashMap<String, Vec<PersonIndex>>,
    pub(super) holders: HashMap<ActorIndex, Vec<PersonIndex>>,
    pub(super) capital_of: HashMap<ActorIndex, ActorIndex>,
    pub(super) vocabulary: Vocabulary,
}

impl Actors {
    /// Reads actor files and the word lists of titles and nominals: pairs of a path, for messages, and its text.
    ///
    /// A path with `lexicon` in it is a word list, any other an actor file.
    ///
    /// # Errors
    /// Every fault of every file: broken TOML, unknown keys, unknown names, ids given twice, clashing names, offices that end before they begin.
    pub fn load<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Vec<Diagnostic>> {
        let (actors, diagnostics) = Self::read(files);
        if diagnostics.is_empty() { Ok(actors) } else { Err(diagnostics) }
    }

    /// Reads as [`Actors::load`] does, and gives whatever is sound together with every fault.
    pub fn read<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Self, Vec<Diagnostic>) {
        check::read(files)
    }

    /// The actor with this number.
    pub fn actor(&self, actor: ActorIndex) -> &Actor {
        &self.actors[actor]
    }

    /// The person with this number.
    pub fn person(&self, person: PersonIndex) -> &Person {
        &self.persons[person]
    }

    /// All actors, in the order of the files.
    pub fn all(&self) -> &[Actor] {
        &self.actors
    }

    /// All persons, in the order of the files.
    pub fn persons(&self) -> &[Person] {
        &self.persons
    }

    /// The words that mentions are made of.
    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// All names.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// The actor with this Wikidata item or slug.
    pub fn by_id(&self, id: &str) -> Option<ActorIndex> {
        self.by_id.get(id).copied()
    }

    /// Persons whom the news may call by this surname.
    pub fn by_surname(&self, surname: &str) -> &[PersonIndex] {
        self.by_surname.get(&fold(surname).to_lowercase()).map_or(&[], Vec::as_slice)
    }

    /// Persons with an office of this actor, whenever.
    pub fn holders(&self, of: ActorIndex) -> &[PersonIndex] {
        self.holders.get(&of).map_or(&[], Vec::as_slice)
    }

    /// The country whose capital this place is.
    pub fn capital_of(&self, place: ActorIndex) -> Option<ActorIndex> {
        self.capital_of.get(&place).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_knows_its_time() {
        let office = Office {
            title: "president".into(),
            of: 0,
            from: "2001-05".parse().ok(),
            until: Some(Date::day(2005, 5, 20)),
            classes: 0,
        };
        assert!(office.held_on(Date::day(2001, 5, 1)));
        assert!(office.held_on(Date::year(2005)));
        assert!(!office.held_on(Date::day(2005, 5, 21)));
        assert_eq!(office.distance(Date::day(2003, 1, 1)), 0);
        assert_eq!(office.distance(Date::day(2005, 5, 25)), 5);
    }
}
