//! All names in one automaton: spellings in, senses out.
//!
//! Names are compared without accents. Case decides: "US" is no "us"; a headline in capitals may spell "Ukraine" as "UKRAINE".

use fst::Map;
use fst::raw::Fst;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::{ActorIndex, PersonIndex, fold};

/// What a name may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Sense {
    /// The actor itself: "Ukraine", "NATO", "Kharkiv".
    Actor(ActorIndex),
    /// Its people, or an adjective: "Ukrainian", "Russians".
    Demonym(ActorIndex),
    /// Its government: "Kyiv", "the Kremlin".
    Government(ActorIndex),
    /// A person's full name.
    Person(PersonIndex),
}

/// One spelling with its senses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Name {
    /// Folded, case kept.
    form: String,
    pub(crate) senses: Vec<Sense>,
}

/// All names of all actors.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Names {
    /// From the folded lower-case form to the number of a group of names that differ in case.
    #[serde(serialize_with = "automaton_bytes", deserialize_with = "automaton")]
    automaton: Option<Map<Vec<u8>>>,
    groups: Vec<Vec<Name>>,
}

#[allow(clippy::ref_option, reason = "serde passes fields by reference")]
fn automaton_bytes<S: Serializer>(automaton: &Option<Map<Vec<u8>>>, serializer: S) -> Result<S::Ok, S::Error> {
    automaton.as_ref().map_or(&[][..], |map| map.as_fst().as_bytes()).serialize(serializer)
}

fn automaton<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Map<Vec<u8>>>, D::Error> {
    let bytes = <&[u8]>::deserialize(deserializer)?;
    if bytes.is_empty() { Ok(None) } else { Map::new(bytes.to_vec()).map(Some).map_err(D::Error::custom) }
}

impl Names {
    /// Builds the automaton from pairs of a name and a sense.
    pub(crate) fn new(names: impl IntoIterator<Item = (String, Sense)>) -> Self {
        let mut entries: Vec<(String, String, Sense)> = names
            .into_iter()
            .map(|(name, sense)| {
                let form = fold(&name);
                (form.to_lowercase(), form, sense)
            })
            .filter(|(key, ..)| !key.is_empty())
            .collect();
        entries.sort();
        entries.dedup();
        let mut groups: Vec<Vec<Name>> = Vec::new();
        let mut keys: Vec<String> = Vec::new();
        for (key, form, sense) in entries {
            if keys.last() != Some(&key) {
                keys.push(key);
                groups.push(Vec::new());
            }
            if let Some(group) = groups.last_mut() {
                match group.last_mut() {
                    Some(name) if name.form == form => name.senses.push(sense),
                    _ => group.push(Name { form, senses: vec![sense] }),
                }
            }
        }
        let pairs = keys.iter().zip(0u64..);
        let automaton = Map::from_iter(pairs).ok();
        Self { automaton, groups }
    }

    /// How many spellings there are.
    pub(crate) fn len(&self) -> usize {
        self.groups.iter().map(Vec::len).sum()
    }

    /// The senses of a whole name, as written or in capitals.
    pub(crate) fn lookup(&self, name: &str) -> &[Sense] {
        let form = fold(name);
        let key = form.to_lowercase();
        self.automaton
            .as_ref()
            .and_then(|automaton| automaton.get(&key))
            .and_then(|group| usize::try_from(group).ok())
            .and_then(|group| self.spelt(group, &form, false))
            .map_or(&[], |name| &name.senses)
    }

    /// The automaton, for walks along a text.
    pub(crate) fn automaton(&self) -> Option<&Fst<Vec<u8>>> {
        self.automaton.as_ref().map(Map::as_fst)
    }

    /// The name of a group that may be written so.
    pub(crate) fn spelt(&self, group: usize, written: &str, proper: bool) -> Option<&Name> {
        let group = self.groups.get(group)?;
        if let Some(name) = group.iter().find(|name| name.form == written) {
            return Some(name);
        }
        let letters = written.chars().filter(|c| c.is_alphabetic()).count();
        let shouted = letters >= 4 && written.chars().all(|c| !c.is_lowercase());
        let lowered = proper && letters >= 4 && written.chars().all(|c| !c.is_uppercase());
        let titled = letters >= 4 && starts_words_upper(written);
        group.iter().find(|name| {
            let acronym = name.form.chars().all(|c| !c.is_lowercase());
            // "Nato" for "NATO", "The Gambia" for "the Gambia", "UKRAINE" for "Ukraine", "kyiv" tagged as a name.
            (acronym && titled) || (!acronym && (shouted || lowered || (titled && starts_upper(&name.form))))
        })
    }
}

fn starts_upper(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase)
}

/// Whether the first letter of the text is a capital and, where it has several words, of the last one too.
fn starts_words_upper(text: &str) -> bool {
    starts_upper(text) && text.rsplit(' ').next().is_some_and(starts_upper)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        Names::new([
            ("United States".into(), Sense::Actor(0)),
            ("US".into(), Sense::Actor(0)),
            ("NATO".into(), Sense::Actor(1)),
            ("Kyiv".into(), Sense::Government(2)),
            ("Kyiv".into(), Sense::Actor(3)),
            ("Côte d'Ivoire".into(), Sense::Actor(4)),
        ])
    }

    #[test]
    fn case_decides() {
        let check = |name: &str, senses: &[Sense]| assert_eq!(names().lookup(name), senses, "{name}");
        check("US", &[Sense::Actor(0)]);
        check("us", &[]);
        check("Us", &[]);
        check("UNITED STATES", &[Sense::Actor(0)]);
        check("united states", &[]);
        check("Nato", &[Sense::Actor(1)]);
        check("Cote d’Ivoire", &[Sense::Actor(4)]);
    }

    #[test]
    fn a_name_has_all_its_senses() {
        assert_eq!(names().lookup("Kyiv"), [Sense::Actor(3), Sense::Government(2)]);
    }
}
