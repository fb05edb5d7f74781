//! Agreements as things: from an event that happens to an agreement, which agreement it is.
//!
//! `The New Harbour Treaty` names one agreement wherever it is told; `a trade deal` names none, so its agreement is known by the event.

use std::collections::BTreeSet;

use entente_model::{Event, Role};

use crate::{iris, words};

/// Which agreement an event happens to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    /// Unique name, made from content.
    pub(crate) id: String,
    /// For people.
    pub(crate) label: String,
    /// Kind of instrument, a name of the scheme `agreementkind`.
    pub(crate) kind: Option<&'static str>,
}

/// Words of a title that name no agreement in particular.
const GENERIC: &[&str] = &[
    "a",
    "accord",
    "accords",
    "agreement",
    "agreements",
    "aid",
    "air",
    "an",
    "and",
    "arms",
    "between",
    "bilateral",
    "ceasefire",
    "communique",
    "compact",
    "contract",
    "control",
    "convention",
    "cooperation",
    "deal",
    "deals",
    "declaration",
    "defence",
    "defense",
    "economic",
    "exchange",
    "final",
    "for",
    "framework",
    "free",
    "general",
    "historic",
    "in",
    "intent",
    "interim",
    "joint",
    "landmark",
    "letter",
    "loan",
    "memorandum",
    "memorandums",
    "military",
    "mou",
    "new",
    "nuclear",
    "of",
    "on",
    "pact",
    "pacts",
    "partnership",
    "peace",
    "prisoner",
    "protocol",
    "security",
    "statement",
    "strategic",
    "swap",
    "the",
    "trade",
    "treaty",
    "truce",
    "understanding",
    "with",
];

/// Words that tell the kind of instrument, the more telling first.
const KINDS: &[(&str, &str)] = &[
    ("ceasefire", "ceasefire"),
    ("truce", "ceasefire"),
    ("armistice", "ceasefire"),
    ("extradition", "extradition"),
    ("loan", "loan"),
    ("arms control", "arms-control"),
    ("nuclear", "arms-control"),
    ("air transport", "air-transport"),
    ("open skies", "air-transport"),
    ("peace", "peace"),
    ("security", "security"),
    ("defence", "security"),
    ("defense", "security"),
    ("trade", "trade"),
    ("memorandum", "memorandum"),
    ("mou", "memorandum"),
    ("statement", "joint-statement"),
    ("declaration", "joint-statement"),
    ("communique", "joint-statement"),
    ("contract", "contract"),
    ("treaty", "treaty"),
    ("convention", "treaty"),
];

/// The agreement that an agreement event happens to.
pub(crate) fn identify(event: &Event) -> Identity {
    let title = event.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
    let kind = title.and_then(kind);
    if let Some(title) = title.filter(|title| names_one(title)) {
        let words: Vec<&str> = title
            .split_whitespace()
            .skip_while(|word| word.eq_ignore_ascii_case("the") || word.eq_ignore_ascii_case("a"))
            .collect();
        let label = words.join(" ");
        return Identity { id: iris::slug_and_hash(&label.to_lowercase()), label, kind };
    }
    let mut parties: Vec<&str> = event.fillers(Role::Party).iter().map(|filler| filler.name.as_str()).collect();
    parties.sort_unstable();
    parties.dedup();
    let of = if parties.is_empty() { String::new() } else { format!(" of {}", words::join(&parties)) };
    let date = event.date.map_or_else(String::new, |date| format!(", {date}"));
    Identity { id: format!("of-{}", event.id), label: format!("Agreement{of}{date}"), kind }
}

/// An agreement that another one follows: by its name, or as the earlier one of the event that tells both.
pub(crate) fn earlier(event: &Event, title: &str) -> Identity {
    let id = if names_one(title) {
        iris::slug_and_hash(&title.to_lowercase())
    } else {
        format!("before-{}-{}", event.id, iris::slug(title))
    };
    Identity { id, label: title.to_owned(), kind: kind(title) }
}

/// Whether a title is a proper name: two words or more, a capital, and a word that is not generic.
fn names_one(title: &str) -> bool {
    title.split_whitespace().nth(1).is_some()
        && title.split_whitespace().any(|word| {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            bare.starts_with(char::is_uppercase) && !GENERIC.contains(&bare.to_lowercase().as_str())
        })
}

/// The words of a title that tell it from other agreements, in lower case: `trade, reciprocal` is told apart from `water`.
pub(crate) fn telling_words(title: &str) -> BTreeSet<String> {
    let words = title.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.filter(|word| !word.is_empty() && !GENERIC.contains(&word.as_str())).collect()
}

fn kind(title: &str) -> Option<&'static str> {
    let lower = title.to_lowercase().replace("cease-fire", "ceasefire");
    let padded = format!(" {} ", lower.split(|c: char| !c.is_alphanumeric()).collect::<Vec<_>>().join(" "));
    KINDS.iter().find(|(word, _)| padded.contains(&format!(" {word} "))).map(|(_, kind)| *kind)
}

/// All kinds that [`identify`] can give.
#[cfg(test)]
pub(crate) fn kinds() -> Vec<&'static str> {
    KINDS.iter().map(|(_, kind)| *kind).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proper_name_is_one_agreement() {
        for title in ["New Harbour Treaty", "the Treaty of Almaty", "Minsk agreements"] {
            assert!(names_one(title), "{title}");
        }
        for title in ["Memorandum of Understanding", "deal", "a trade agreement", "Free Trade Agreement", "Treaty"] {
            assert!(!names_one(title), "{title}");
        }
    }

    #[test]
    fn the_title_tells_the_kind() {
        assert_eq!(kind("Memorandum of Understanding"), Some("memorandum"));
        assert_eq!(kind("a 30-day cease-fire"), Some("ceasefire"));
        assert_eq!(kind("bilateral security agreement"), Some("security"));
        assert_eq!(kind("the deal"), None);
    }
}
