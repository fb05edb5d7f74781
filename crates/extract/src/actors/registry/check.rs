//! Actor files to a checked registry: names resolved, ids unique, clashes reported.
//!
//! In: paths and texts. Out: a registry of whatever is sound, and a diagnostic for everything that is not.
//! An entry with `replaces = true` takes the place of the earlier one with its id: so a user's file mends the repository's.

use std::{collections::HashMap, fmt};

use entente_model::{Date, EntityKind};

use super::clashes;
use super::file::{ActorEntry, File, Kind, PersonEntry};
use super::names::{Names, Sense};
use super::{Actor, ActorIndex, Office, Person, Registry, local_id};

/// Something in an actor file that is not sound.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fault {
    /// The file.
    pub(crate) path: String,
    /// The line, counted from 1.
    pub(crate) line: usize,
    /// Short name of the kind of fault.
    pub(crate) code: &'static str,
    /// What is wrong and what to do.
    pub(crate) message: String,
}

/// Where an entry stands.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    pub(super) path: String,
    pub(super) line: usize,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.path, self.line)
    }
}

/// Reads all files; what is unsound is left out and reported. `alone` says which titles only one person holds at a time.
pub(crate) fn read<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a str)>,
    alone: impl Fn(&str) -> bool,
) -> (Registry, Vec<Fault>) {
    let mut reader = Reader::default();
    for (path, text) in files {
        reader.parse(path, text);
    }
    reader.replace();
    let mut draft = Draft::default();
    let by_name = reader.index_actors(&mut draft);
    reader.link_actors(&mut draft, &by_name);
    reader.add_persons(&mut draft, &by_name);
    let mut faults = reader.faults;
    clashes::names(&draft, &mut faults);
    clashes::offices(&draft, alone, &mut faults);
    faults.sort();
    (Registry::new(draft.actors, draft.persons, Names::new(draft.names)), faults)
}

/// The registry while it is made.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) actors: Vec<Actor>,
    pub(super) actor_origins: Vec<Origin>,
    pub(super) persons: Vec<Person>,
    pub(super) person_origins: Vec<Origin>,
    pub(super) names: Vec<(String, Sense)>,
    by_id: HashMap<String, ActorIndex>,
}

#[derive(Default)]
struct Reader {
    actors: Vec<(Origin, ActorEntry)>,
    persons: Vec<(Origin, PersonEntry)>,
    faults: Vec<Fault>,
}

impl Reader {
    fn report(&mut self, origin: &Origin, code: &'static str, message: String) {
        self.faults.push(Fault { path: origin.path.clone(), line: origin.line, code, message });
    }

    fn parse(&mut self, path: &str, text: &str) {
        let lines = Lines::new(text);
        let origin = |offset: usize| Origin { path: path.to_owned(), line: lines.line_of(offset) };
        match toml::from_str::<File>(text) {
            Ok(file) => {
                self.actors
                    .extend(file.actor.into_iter().map(|entry| (origin(entry.span().start), entry.into_inner())));
                self.persons
                    .extend(file.person.into_iter().map(|entry| (origin(entry.span().start), entry.into_inner())));
            }
            Err(error) => {
                let at = origin(error.span().map_or(0, |span| span.start));
                self.report(&at, "syntax", error.message().to_owned());
            }
        }
    }

    /// Takes out what a later entry replaces.
    fn replace(&mut self) {
        let actors = std::mem::take(&mut self.actors);
        self.actors = self.replaced(actors, |entry| (actor_id(entry), entry.replaces));
        let persons = std::mem::take(&mut self.persons);
        self.persons = self.replaced(persons, |entry| (person_id(entry), entry.replaces));
    }

    fn replaced<T>(&mut self, mut entries: Vec<(Origin, T)>, key: impl Fn(&T) -> (String, bool)) -> Vec<(Origin, T)> {
        let mut number = 0;
        while number < entries.len() {
            let (id, replaces) = key(&entries[number].1);
            if !replaces {
                number += 1;
                continue;
            }
            if let Some(earlier) = entries[..number].iter().position(|(_, entry)| key(entry).0 == id) {
                entries.remove(earlier);
            } else {
                let origin = entries[number].0.clone();
                self.report(&origin, "replaces-nothing", format!("no earlier entry has the id {id}"));
                number += 1;
            }
        }
        entries
    }

    /// Adds every actor, its links still open, and returns who is meant by a name.
    fn index_actors(&mut self, registry: &mut Draft) -> HashMap<String, Vec<ActorIndex>> {
        let mut by_name: HashMap<String, Vec<ActorIndex>> = HashMap::new();
        let mut seen: HashMap<String, (Origin, String)> = HashMap::new();
        let entries = std::mem::take(&mut self.actors);
        for (number, (origin, entry)) in entries.iter().enumerate() {
            let kind = entity_kind(entry.kind);
            let id = actor_id(entry);
            if let Some((first, name)) = seen.get(&id) {
                self.report(origin, "double-id", double_id(&id, &entry.name, first, name));
            } else {
                seen.insert(id.clone(), (origin.clone(), entry.name.clone()));
                registry.by_id.insert(id.clone(), number);
            }
            let own = std::iter::once(&entry.name).chain(&entry.official).chain(&entry.aliases);
            for name in own {
                registry.names.push((name.clone(), Sense::Actor(number)));
                let known = by_name.entry(name.clone()).or_default();
                if !known.contains(&number) {
                    known.push(number);
                }
            }
            registry.names.extend(entry.demonyms.iter().map(|name| (name.clone(), Sense::Demonym(number))));
            registry.names.extend(entry.government.iter().map(|name| (name.clone(), Sense::Government(number))));
            registry.actor_origins.push(origin.clone());
            registry.actors.push(Actor {
                id,
                name: entry.name.clone(),
                kind,
                class: entry.class.clone(),
                country: None,
                capital: None,
                capital_of: None,
                members: Vec::new(),
                region: entry.region.clone(),
                territory: entry.territory,
                until: entry.until.map(Date::from),
            });
        }
        self.actors = entries;
        by_name
    }

    /// Resolves capitals, countries and members.
    fn link_actors(&mut self, registry: &mut Draft, by_name: &HashMap<String, Vec<ActorIndex>>) {
        let entries = std::mem::take(&mut self.actors);
        for (number, (origin, entry)) in entries.iter().enumerate() {
            if let Some(country) = &entry.country {
                registry.actors[number].country = self.named(registry, by_name, origin, country, EntityKind::Country);
            }
            for member in &entry.members {
                if let Some(member) = self.named(registry, by_name, origin, member, EntityKind::Country) {
                    registry.actors[number].members.push(member);
                }
            }
        }
        // A capital's own country settles which place of that name it is, so countries come first.
        for (number, (origin, entry)) in entries.iter().enumerate() {
            let Some(capital) = &entry.capital else { continue };
            let candidates = by_name.get(capital).map_or(&[][..], Vec::as_slice);
            let place = candidates.iter().copied().find(|&c| {
                let actor = &registry.actors[c];
                actor.kind == EntityKind::Place && actor.country.is_none_or(|country| country == number)
            });
            if let Some(place) = place {
                registry.actors[number].capital = Some(place);
                registry.actors[place].country.get_or_insert(number);
                registry.actors[place].capital_of.get_or_insert(number);
            } else if candidates.is_empty() {
                let message = format!("no place of {} is called {capital:?}: add it", entry.name);
                self.report(origin, "unknown-actor", message);
            }
        }
        self.actors = entries;
    }

    /// The actor that a name in a file means; reported if there is none.
    fn named(
        &mut self,
        registry: &Draft,
        by_name: &HashMap<String, Vec<ActorIndex>>,
        origin: &Origin,
        name: &str,
        wanted: EntityKind,
    ) -> Option<ActorIndex> {
        let found = find(registry, by_name, name, wanted);
        if found.is_none() {
            let message = format!("no actor is called {name:?}: add it, or use the name of its own entry");
            self.report(origin, "unknown-actor", message);
        }
        found
    }

    fn add_persons(&mut self, registry: &mut Draft, by_name: &HashMap<String, Vec<ActorIndex>>) {
        let mut seen: HashMap<String, (Origin, String)> = registry
            .actors
            .iter()
            .zip(&registry.actor_origins)
            .map(|(actor, origin)| (actor.id.clone(), (origin.clone(), actor.name.clone())))
            .collect();
        for (origin, entry) in std::mem::take(&mut self.persons) {
            let id = person_id(&entry);
            if let Some((first, name)) = seen.get(&id) {
                self.report(&origin, "double-id", double_id(&id, &entry.name, first, name));
                continue;
            }
            seen.insert(id.clone(), (origin.clone(), entry.name.clone()));
            let number = registry.persons.len();
            let mut offices = Vec::new();
            for office in &entry.offices {
                let Some(of) = self.named(registry, by_name, &origin, &office.of, EntityKind::Country) else {
                    continue;
                };
                let (from, until) = (office.from.map(Date::from), office.until.map(Date::from));
                if let (Some(first), Some(last)) = (from, until)
                    && !first.covers(last)
                    && !last.covers(first)
                    && last < first
                {
                    let message =
                        format!("{} stops being {} of {} before starting", entry.name, office.title, office.of);
                    self.report(&origin, "dates", message);
                }
                let title = office.title.to_lowercase();
                offices.push(Office { title, of, from, until, classes: 0 });
            }
            for name in std::iter::once(&entry.name).chain(&entry.aliases) {
                registry.names.push((name.clone(), Sense::Person(number)));
            }
            let surname = entry
                .surname
                .clone()
                .unwrap_or_else(|| entry.name.rsplit(' ').next().unwrap_or(&entry.name).to_owned());
            let spellings = spellings(&entry.name, &surname, &entry.aliases);
            registry.person_origins.push(origin);
            registry.persons.push(Person {
                id,
                name: entry.name,
                surname,
                spellings,
                gender: entry.gender.map(Into::into),
                offices,
            });
        }
    }
}

/// The actor that a name in a file means: the one of the wanted kind, else any.
fn find(
    registry: &Draft,
    by_name: &HashMap<String, Vec<ActorIndex>>,
    name: &str,
    wanted: EntityKind,
) -> Option<ActorIndex> {
    let by_id = registry.by_id.get(name).copied();
    let candidates = by_name.get(name).map_or(&[][..], Vec::as_slice);
    let canonical = |c: &&ActorIndex| registry.actors[**c].name == name;
    let right_kind = |c: &&ActorIndex| registry.actors[**c].kind == wanted;
    by_id
        .or_else(|| candidates.iter().find(|c| canonical(c) && right_kind(c)).copied())
        .or_else(|| candidates.iter().find(canonical).copied())
        .or_else(|| candidates.iter().find(right_kind).copied())
        .or_else(|| candidates.first().copied())
}

fn entity_kind(kind: Kind) -> EntityKind {
    match kind {
        Kind::Country => EntityKind::Country,
        Kind::Organization => EntityKind::Organization,
        Kind::Group => EntityKind::Group,
        Kind::Place => EntityKind::Place,
    }
}

fn actor_id(entry: &ActorEntry) -> String {
    entry.id.clone().unwrap_or_else(|| local_id(entity_kind(entry.kind), &entry.name))
}

fn person_id(entry: &PersonEntry) -> String {
    entry.id.clone().unwrap_or_else(|| local_id(EntityKind::Person, &entry.name))
}

fn double_id(id: &str, name: &str, first: &Origin, first_name: &str) -> String {
    format!(
        "{name} has the id {id} of {first_name} in {first}: leave it out, give it an id of its own, \
         or write `replaces = true` where it is to take the place of that entry"
    )
}

/// The last words of aliases that begin like the name: "Volodymyr Zelensky" spells the surname another way.
fn spellings(name: &str, surname: &str, aliases: &[String]) -> Vec<String> {
    let first = |text: &str| text.split(' ').next().unwrap_or_default().to_owned();
    // A surname that is not the last word stands elsewhere in the aliases too.
    if name.rsplit(' ').next() != Some(surname) {
        return Vec::new();
    }
    let same_first = aliases.iter().filter(|alias| alias.contains(' ') && first(alias) == first(name));
    let mut spellings: Vec<String> = same_first
        .filter_map(|alias| alias.rsplit(' ').next())
        .filter(|last| {
            *last != surname && last.chars().count() > 2 && !last.ends_with('.') && last.starts_with(char::is_uppercase)
        })
        .map(str::to_owned)
        .collect();
    spellings.sort();
    spellings.dedup();
    spellings
}

/// Line starts of a text.
struct Lines(Vec<usize>);

impl Lines {
    fn new(text: &str) -> Self {
        Self(std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect())
    }

    fn line_of(&self, offset: usize) -> usize {
        self.0.partition_point(|&start| start <= offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(text: &str) -> Vec<String> {
        read([("a.toml", text)], |title| title == "president")
            .1
            .iter()
            .map(|fault| format!("{}:{}: {}", fault.path, fault.line, fault.message))
            .collect()
    }

    #[test]
    fn links_capitals_members_and_offices() {
        let (registry, faults) = read(
            [
                (
                    "a.toml",
                    "[[actor]]\nid = \"Q1\"\nname = \"Freedonia\"\nkind = \"country\"\ncapital = \"Fredville\"\n",
                ),
                ("b.toml", "[[actor]]\nid = \"Q2\"\nname = \"Fredville\"\nkind = \"place\"\n"),
                (
                    "c.toml",
                    "[[person]]\nname = \"Ada Marx\"\noffices = [{ title = \"President\", of = \"Freedonia\", from = 2020 }]\n",
                ),
            ],
            |_| true,
        );
        assert_eq!(faults, []);
        assert_eq!(registry.actors[1].capital_of, Some(0));
        assert_eq!(registry.holders(0), [0]);
        assert_eq!(registry.by_surname("Marx"), [0]);
        assert_eq!(registry.persons[0].offices[0].title, "president");
    }

    #[test]
    fn reports_every_fault_with_its_line() {
        assert_eq!(
            messages(
                "[[actor]]\nid = \"Q1\"\nname = \"A\"\nkind = \"country\"\n\n[[actor]]\nid = \"Q1\"\nname = \"B\"\nkind = \"place\"\ncountry = \"C\"\n"
            ),
            [
                "a.toml:6: B has the id Q1 of A in a.toml:1: leave it out, give it an id of its own, \
                 or write `replaces = true` where it is to take the place of that entry",
                "a.toml:6: no actor is called \"C\": add it, or use the name of its own entry",
            ]
        );
    }

    #[test]
    fn an_unknown_key_is_an_error() {
        assert_eq!(messages("[[actor]]\nname = \"A\"\nkind = \"country\"\nflag = \"red\"\n").len(), 1);
    }
}
