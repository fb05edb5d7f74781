//! From an article to entities, events and facts: the whole pipeline on one screen.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use entente_extract::Extractor;
//! use entente_model::{Article, EventType};
//!
//! let extractor = Extractor::load()?;
//! let body = "Norway signed a fishing agreement with Iceland.".to_owned();
//! let article = Article { id: "a1".into(), source: "a1".into(), title: None, published: None, publisher: None, url: None, body };
//! let extraction = extractor.extract(&article);
//! assert_eq!(extraction.events[0].kind, EventType::Agreement);
//! # Ok(())
//! # }
//! ```

pub mod actors;
mod check;
mod data;
pub mod entities;
mod events;
mod facts;
mod hash;
mod mentions;
pub mod positions;
mod quantities;
pub mod read;
mod time;

use std::{io, path::Path};

use entente_model::{Article, Entity, Event, Extraction};
use entente_nlp::{LoadError as ModelError, Pipeline};
pub use entente_rules::Diagnostic;
use entente_rules::{Lexicon, RuleSet};

use crate::{
    actors::Actors,
    data::Data,
    entities::Entities,
    events::Context,
    quantities::{Currencies, Items},
};

/// Why no extractor could be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The language model is damaged.
    #[error("the language model cannot be loaded")]
    Model(#[from] ModelError),
    /// A data file cannot be read.
    #[error("the data files cannot be read")]
    Read(#[from] io::Error),
    /// Data files with faults, all of them.
    #[error("{} in the data files:\n{}", count(.0.len()), .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Data(Vec<Diagnostic>),
}

fn count(faults: usize) -> String {
    if faults == 1 { "1 fault".to_owned() } else { format!("{faults} faults") }
}

/// Everything that extraction needs, loaded once and shared between threads.
pub struct Extractor {
    pipeline: Pipeline,
    actors: Actors,
    rules: RuleSet,
    currencies: Currencies,
    items: Items,
    fingerprint: String,
}

impl Extractor {
    /// Loads the data compiled into the library.
    ///
    /// # Errors
    /// If the build carries damaged data.
    pub fn load() -> Result<Self, LoadError> {
        Self::from_data(&Data::built_in(), &[])
    }

    /// Loads the data of a folder laid out like `data/` (a part that it lacks is the one compiled in), or the data compiled in;
    /// with further actor files, given as name and text.
    ///
    /// # Errors
    /// If a file cannot be read, and every fault in every file.
    pub fn load_with(folder: Option<&Path>, actor_files: &[(String, String)]) -> Result<Self, LoadError> {
        let data = folder.map_or_else(|| Ok(Data::built_in()), Data::of_folder)?;
        Self::from_data(&data, actor_files)
    }

    /// Checks the data that [`Extractor::load_with`] would load: actor files from their text, word lists that nothing uses,
    /// the examples of every rule.
    ///
    /// # Errors
    /// Where the data cannot be loaded at all.
    pub fn check_with(folder: Option<&Path>, actor_files: &[(String, String)]) -> Result<Vec<Diagnostic>, LoadError> {
        let data = folder.map_or_else(|| Ok(Data::built_in()), Data::of_folder)?;
        let extractor = Self::from_data(&data, actor_files)?;
        let mut findings = check::actors(&data, actor_files);
        findings.extend(check::unused_lists(&data, &extractor.rules));
        findings.extend(extractor.check());
        Ok(findings)
    }

    fn from_data(data: &Data, actor_files: &[(String, String)]) -> Result<Self, LoadError> {
        let mut faults = Vec::new();
        let who = data.actors.iter().chain(actor_files).chain(&data.words);
        let actors = keep(Actors::load(who.map(|(path, text)| (path.as_str(), text.as_str()))), &mut faults);
        let lexicon = keep(Lexicon::load(data.words.iter().map(|(p, t)| (p.as_str(), t.as_str()))), &mut faults);
        let rule_files = data.rules.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let rules = lexicon.and_then(|lexicon| keep(RuleSet::load(rule_files, lexicon), &mut faults));
        let currencies = check::table(data, "currencies", Currencies::load, &mut faults);
        let items = check::table(data, "items", Items::load, &mut faults);
        let (Some(actors), Some(rules), Some(currencies), Some(items)) = (actors, rules, currencies, items) else {
            return Err(LoadError::Data(faults));
        };
        let fingerprint = fingerprint(data, actor_files);
        Ok(Self { pipeline: Pipeline::load()?, actors, rules, currencies, items, fingerprint })
    }

    /// Names the version of the program and of all data files: two extractors with one fingerprint give the same extractions.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Reads one article. Touches no files, clock, network or output; the same article always gives the same extraction.
    pub fn extract(&self, article: &Article) -> Extraction {
        let document = self.pipeline.parse(article.body.as_str());
        let mut entities = Entities::resolve(&document, article, &self.actors);
        entities.name_collectives(&document, self.rules.lexicon());
        let written = time::Written { published: article.published, years: entities.years() };
        let context = Context {
            article,
            document: &document,
            entities: &entities,
            rules: &self.rules,
            money: &quantities::find_money(&document, &self.currencies),
            dates: &time::find_dates(&document, self.rules.lexicon(), written),
            items: &self.items.find(&document, 0..document.tokens().len()),
            headline: document.text().find('\n').unwrap_or(0),
        };
        let events = events::events(&context, events::find(&context));
        Extraction {
            entities: used(&entities, &events),
            facts: facts::facts(&events),
            events,
            article: article.clone(),
        }
    }

    /// Runs every rule's examples: what a rule should find and does not, and what it should refuse and finds.
    pub fn check(&self) -> Vec<Diagnostic> {
        check::examples(self)
    }
}

fn fingerprint(data: &Data, actor_files: &[(String, String)]) -> String {
    let files = [&data.actors, &data.rules, &data.words, &data.tables].into_iter().flatten().chain(actor_files);
    let texts: Vec<&str> = files.map(|(_, text)| text.as_str()).collect();
    format!("{} {}", env!("CARGO_PKG_VERSION"), hash::hex64(&texts.join("\0")))
}

/// The value, or its faults noted.
fn keep<T>(result: Result<T, Vec<Diagnostic>>, faults: &mut Vec<Diagnostic>) -> Option<T> {
    result.map_err(|found| faults.extend(found)).ok()
}

/// The entities that events name, sorted by id.
fn used(entities: &Entities, events: &[Event]) -> Vec<Entity> {
    let named = |id: &str| {
        events.iter().any(|event| {
            event.roles.values().flatten().chain(&event.speaker).any(|filler| filler.id == id)
                || event.place.as_ref().is_some_and(|place| place.id == id)
        })
    };
    let mut used: Vec<Entity> = entities
        .all()
        .iter()
        .filter(|draft| named(&draft.id))
        .map(|draft| Entity {
            id: draft.id.clone(),
            name: draft.name.clone(),
            kind: draft.kind,
            aliases: draft.aliases.clone(),
            mentions: draft.mentions.clone(),
        })
        .collect();
    used.sort_by(|a, b| a.id.cmp(&b.id));
    used.dedup_by(|a, b| a.id == b.id);
    used
}
