//! Who is known: actor files in, a checked registry and one gazetteer of all names out.
//!
//! In: text of `data/actors/*.toml` and of the user's own files. Out: [`Actors`], or every error with its file and line.
//! "Kyiv" names a government and a city, "Bush" two presidents: the gazetteer gives all senses, the text decides.
//! The files in the repository are read when the library is built; a start only decodes the result.

use std::collections::HashMap;

use entente_model::EntityKind;
use entente_nlp::Document;
use entente_rules::{Diagnostic, Lexicon};

use crate::mentions::Vocabulary;

mod gazetteer;
mod registry;

pub(crate) use gazetteer::Hit;
pub use registry::{Actor, ActorIndex, Gender, Office, Person, PersonIndex, Sense, fold, local_id};
use registry::{Fault, Registry};

/// The registry of the repository's files, encoded, behind the fingerprint of the files.
static BUILT_IN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/actors.bin"));

/// All known actors and their names.
#[derive(Debug, Clone, Default)]
pub struct Actors {
    registry: Registry,
    vocabulary: Vocabulary,
}

impl Actors {
    /// Reads actor files and the word lists of titles and nominals: pairs of a path, for messages, and its text.
    ///
    /// A path with `lexicon/` in it is a word list, any other an actor file. The repository's own files are not read again.
    ///
    /// # Errors
    /// Every fault of every file: broken TOML, unknown keys, unknown names, ids given twice, names that two entries share and
    /// nothing in a text tells apart, offices that end before they begin or that two persons hold at once.
    pub fn load<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Vec<Diagnostic>> {
        let (lists, files): (Vec<_>, Vec<_>) = files.into_iter().partition(|(path, _)| path.contains("lexicon/"));
        if let Some(registry) = built_in(&files) {
            return Ok(Self::with_words(registry, &Lexicon::load(lists)?));
        }
        let (actors, diagnostics) = Self::read_parted(lists, files);
        if diagnostics.is_empty() { Ok(actors) } else { Err(diagnostics) }
    }

    /// Reads as [`Actors::load`] does, always from the text, and gives whatever is sound together with every fault.
    pub fn read<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Self, Vec<Diagnostic>) {
        let (lists, files) = files.into_iter().partition(|(path, _)| path.contains("lexicon/"));
        Self::read_parted(lists, files)
    }

    fn read_parted(lists: Vec<(&str, &str)>, files: Vec<(&str, &str)>) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let lexicon = Lexicon::load(lists).unwrap_or_else(|faults| {
            diagnostics.extend(faults);
            Lexicon::default()
        });
        let (registry, faults) = registry::read(files, |title| lexicon.contains("office-of-one", title));
        diagnostics.extend(faults.into_iter().map(diagnostic));
        diagnostics.sort();
        (Self::with_words(registry, &lexicon), diagnostics)
    }

    /// Adds what only the word lists know: which office a title is.
    fn with_words(mut registry: Registry, lexicon: &Lexicon) -> Self {
        let vocabulary = Vocabulary::new(lexicon);
        let mut classes: HashMap<String, u32> = HashMap::new();
        for office in registry.persons.iter_mut().flat_map(|person| &mut person.offices) {
            office.classes = match classes.get(&office.title) {
                Some(known) => *known,
                None => *classes.entry(office.title.clone()).or_insert_with_key(|title| vocabulary.classes(title)),
            };
        }
        Self { registry, vocabulary }
    }

    /// The actor with this number.
    pub fn actor(&self, actor: ActorIndex) -> &Actor {
        &self.registry.actors[actor]
    }

    /// The person with this number.
    pub fn person(&self, person: PersonIndex) -> &Person {
        &self.registry.persons[person]
    }

    /// All actors, in the order of the files.
    pub fn all(&self) -> &[Actor] {
        &self.registry.actors
    }

    /// All persons, in the order of the files.
    pub fn persons(&self) -> &[Person] {
        &self.registry.persons
    }

    /// How many spellings of names there are.
    pub fn names(&self) -> usize {
        self.registry.names.len()
    }

    /// The senses of a whole name, as written or in capitals.
    pub fn lookup(&self, name: &str) -> &[Sense] {
        self.registry.names.lookup(name)
    }

    /// The actors whose own name it is, not a demonym or a seat of government, in the order of the files.
    pub(crate) fn named(&self, name: &str) -> impl Iterator<Item = ActorIndex> {
        self.lookup(name).iter().filter_map(|sense| match *sense {
            Sense::Actor(actor) => Some(actor),
            _ => None,
        })
    }

    /// The country whose own name it is.
    pub(crate) fn country_named(&self, name: &str) -> Option<ActorIndex> {
        self.named(name).find(|&actor| self.actor(actor).kind == EntityKind::Country)
    }

    /// All names in the document, the longest at each place; they do not overlap.
    pub(crate) fn find(&self, document: &Document) -> Vec<Hit<'_>> {
        gazetteer::find(&self.registry.names, document)
    }

    /// The words that mentions are made of.
    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The actor with this Wikidata item or slug.
    pub fn by_id(&self, id: &str) -> Option<ActorIndex> {
        self.registry.by_id(id)
    }

    /// Persons whom the news may call by this surname.
    pub fn by_surname(&self, surname: &str) -> &[PersonIndex] {
        self.registry.by_surname(surname)
    }

    /// Persons with an office of this actor, whenever.
    pub fn holders(&self, of: ActorIndex) -> &[PersonIndex] {
        self.registry.holders(of)
    }

    /// The country whose capital this place is.
    pub fn capital_of(&self, place: ActorIndex) -> Option<ActorIndex> {
        self.actor(place).capital_of
    }
}

fn diagnostic(fault: Fault) -> Diagnostic {
    Diagnostic { path: fault.path, line: fault.line, code: fault.code, message: fault.message }
}

/// The registry that was compiled in, if it was made from just these files.
fn built_in(files: &[(&str, &str)]) -> Option<Registry> {
    let (fingerprint, encoded) = BUILT_IN.split_first_chunk::<8>()?;
    let texts = files.iter().map(|(_, text)| *text);
    (u64::from_le_bytes(*fingerprint) == registry::fingerprint(texts))
        .then(|| postcard::from_bytes(encoded).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repositorys_files_are_sound_and_compiled_in() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/actors");
        let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
        paths.sort();
        let texts: Vec<String> = paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
        let files: Vec<(&str, &str)> =
            paths.iter().map(|path| path.to_str().unwrap()).zip(texts.iter().map(String::as_str)).collect();
        let (actors, diagnostics) = Actors::read(files.iter().copied());
        assert_eq!(diagnostics.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
        let compiled = built_in(&files).unwrap();
        assert_eq!(compiled.actors, actors.registry.actors);
        assert_eq!(compiled.persons.len(), actors.persons().len());
        assert_eq!(compiled.names.lookup("Ukraine"), actors.lookup("Ukraine"));
    }
}
