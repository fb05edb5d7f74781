//! The checked registry: actors, persons and all their names by number.
//!
//! In: text of actor files. Out: [`Registry`], and a [`Fault`] for everything that is not sound.
//! Knows no documents and no word lists: the build script compiles this module too, so that no start pays for reading the files.

use entente_model::{Date, EntityKind};
use serde::{Deserialize, Serialize};

mod check;
mod clashes;
mod file;
mod fold;
mod id;
mod names;

pub(crate) use check::{Fault, read};
pub use fold::fold;
pub(crate) use fold::push_folded;
pub use id::local_id;
pub(crate) use names::Names;
pub use names::Sense;

/// Number of an actor in the registry.
pub type ActorIndex = usize;
/// Number of a person in the registry.
pub type PersonIndex = usize;

/// Which pronouns refer to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Gender {
    /// She.
    Female,
    /// He.
    Male,
}

/// A country, territory, organisation, group or place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The country whose capital a place is.
    pub capital_of: Option<ActorIndex>,
    /// Members of a group of states.
    pub members: Vec<ActorIndex>,
    /// The part of the world that a country lies in, as the United Nations name it: "Western Africa".
    pub region: Option<String>,
    /// Whether it is a territory rather than a state.
    pub territory: bool,
    /// The last year or day of a state that is no more.
    pub until: Option<Date>,
}

/// A stretch of time in an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// "president", "minister of foreign affairs".
    pub title: String,
    /// What it is an office of.
    pub of: ActorIndex,
    /// First day, if known.
    pub from: Option<Date>,
    /// Last day; none while it lasts.
    pub until: Option<Date>,
    /// Which offices the title means: set when the word lists are at hand.
    #[serde(skip)]
    pub(crate) classes: u32,
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Wikidata item, or a slug and a hash of the name.
    pub id: String,
    /// Canonical English name.
    pub name: String,
    /// The part of the name that the news use alone.
    pub surname: String,
    /// Its other spellings: "Zelensky" of Zelenskyy.
    pub spellings: Vec<String>,
    /// Which pronouns refer to them.
    pub gender: Option<Gender>,
    /// Offices in the order of the file.
    pub offices: Vec<Office>,
}

/// All known actors and their names.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Registry {
    pub(crate) actors: Vec<Actor>,
    pub(crate) persons: Vec<Person>,
    pub(crate) names: Names,
    /// Ids with their actors, sorted.
    ids: Vec<(String, ActorIndex)>,
    /// Folded surnames in lower case with their persons, sorted.
    surnames: Vec<(String, Vec<PersonIndex>)>,
    /// By actor: persons with an office of it.
    holders: Vec<Vec<PersonIndex>>,
}

impl Registry {
    /// Puts the checked entries in order for look-ups.
    fn new(actors: Vec<Actor>, persons: Vec<Person>, names: Names) -> Self {
        let mut ids: Vec<(String, ActorIndex)> =
            actors.iter().enumerate().map(|(n, actor)| (actor.id.clone(), n)).collect();
        ids.sort();
        ids.dedup_by(|later, earlier| later.0 == earlier.0);
        let mut pairs: Vec<(String, PersonIndex)> = Vec::new();
        for (number, person) in persons.iter().enumerate() {
            let spellings = std::iter::once(&person.surname).chain(&person.spellings);
            pairs.extend(spellings.map(|surname| (fold(surname).to_lowercase(), number)));
        }
        pairs.sort();
        pairs.dedup();
        let mut surnames: Vec<(String, Vec<PersonIndex>)> = Vec::new();
        for (surname, person) in pairs {
            match surnames.last_mut() {
                Some((last, people)) if *last == surname => people.push(person),
                _ => surnames.push((surname, vec![person])),
            }
        }
        let mut holders = vec![Vec::new(); actors.len()];
        for (number, person) in persons.iter().enumerate() {
            for office in &person.offices {
                let of: &mut Vec<PersonIndex> = &mut holders[office.of];
                if of.last() != Some(&number) {
                    of.push(number);
                }
            }
        }
        Self { actors, persons, names, ids, surnames, holders }
    }

    pub(crate) fn by_id(&self, id: &str) -> Option<ActorIndex> {
        self.ids.binary_search_by(|(known, _)| known.as_str().cmp(id)).ok().map(|at| self.ids[at].1)
    }

    pub(crate) fn by_surname(&self, surname: &str) -> &[PersonIndex] {
        let surname = fold(surname).to_lowercase();
        self.surnames.binary_search_by(|(known, _)| known.cmp(&surname)).map_or(&[], |at| &self.surnames[at].1)
    }

    pub(crate) fn holders(&self, of: ActorIndex) -> &[PersonIndex] {
        self.holders.get(of).map_or(&[], Vec::as_slice)
    }
}

/// A number that changes with every change of the files (FNV-1a over eight bytes at a time).
pub(crate) fn fingerprint<'a>(texts: impl IntoIterator<Item = &'a str>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut mix = |word: u64| hash = (hash ^ word).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23);
    for text in texts {
        let (words, rest) = text.as_bytes().as_chunks::<8>();
        for word in words {
            mix(u64::from_le_bytes(*word));
        }
        for &byte in rest {
            mix(u64::from(byte));
        }
        mix(text.len() as u64);
    }
    hash
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
