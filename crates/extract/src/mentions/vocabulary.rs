//! The words that mentions are made of: word lists in, quick questions out.
//!
//! The lists are those of `data/lexicon/{titles,offices,nominals}.toml`. A title belongs to classes:
//! "foreign secretary" and "minister of foreign affairs" are the same office.

use std::collections::{HashMap, HashSet};

use entente_rules::Lexicon;

use crate::actors::fold;

/// A set of classes of offices, one bit each.
pub(crate) type Classes = u32;

/// The classes, by the name of their list.
pub(crate) mod class {
    use super::Classes;

    pub(crate) const HEAD_OF_STATE: Classes = 1;
    pub(crate) const HEAD_OF_GOVERNMENT: Classes = 1 << 1;
    pub(crate) const VICE_PRESIDENT: Classes = 1 << 2;
    pub(crate) const LEADER: Classes = 1 << 3;
    pub(crate) const ORGANIZATION_HEAD: Classes = 1 << 4;
    pub(crate) const AMBASSADOR: Classes = 1 << 5;
    pub(crate) const SPOKESPERSON: Classes = 1 << 6;
    pub(crate) const FOREIGN_MINISTER: Classes = 1 << 8;
    /// Classes that a vague title ("leader", "chief") may stand for.
    pub(crate) const TOP: Classes = HEAD_OF_STATE | HEAD_OF_GOVERNMENT;

    /// Every list of titles with its bit.
    pub(super) const LISTS: [(&str, Classes); 19] = [
        ("office-head-of-state", HEAD_OF_STATE),
        ("office-head-of-government", HEAD_OF_GOVERNMENT),
        ("office-vice-president", VICE_PRESIDENT),
        ("office-leader", LEADER),
        ("office-organization-head", ORGANIZATION_HEAD),
        ("office-ambassador", AMBASSADOR),
        ("office-spokesperson", SPOKESPERSON),
        ("office-deputy-prime-minister", 1 << 7),
        ("office-foreign-minister", FOREIGN_MINISTER),
        ("office-defence-minister", 1 << 9),
        ("office-finance-minister", 1 << 10),
        ("office-interior-minister", 1 << 11),
        ("office-security-adviser", 1 << 12),
        ("office-chief-of-defence", 1 << 13),
        ("office-commerce-minister", 1 << 14),
        ("office-energy-minister", 1 << 15),
        ("office-justice-minister", 1 << 16),
        ("office-health-minister", 1 << 17),
        ("office-speaker", 1 << 18),
    ];
}

/// The word lists, ready for use.
#[derive(Debug, Clone, Default)]
pub(crate) struct Vocabulary {
    lists: HashMap<&'static str, HashSet<String>>,
    classes: HashMap<String, Classes>,
}

/// Lists that are asked for by name.
const LISTS: [&str; 49] = [
    "addressing-verbs",
    "alliance-nouns",
    "collective-sides",
    "container-nouns",
    "counterparts",
    "country-nouns",
    "emirates",
    "headed-nouns",
    "honorifics",
    "honorifics-female",
    "honorifics-male",
    "instrument-nouns",
    "islamic-republics",
    "island-states",
    "juntas",
    "kingdoms",
    "leader-adjectives",
    "led-by-head-of-government",
    "led-by-head-of-state",
    "legislator-titles",
    "name-particles",
    "name-suffixes",
    "occupations",
    "office-abbreviations",
    "office-acting",
    "office-claimed",
    "office-designate",
    "office-envoys",
    "office-former",
    "office-full-titles",
    "office-heads",
    "office-jobs",
    "office-of-one",
    "office-organization-head",
    "office-portfolios",
    "office-with-general",
    "organization-organs",
    "other-side-nouns",
    "pair-adjectives",
    "pair-nouns",
    "person-nouns",
    "place-nouns",
    "private-words",
    "ranking-words",
    "regional-adjectives",
    "reporting-verbs",
    "state-organs",
    "states-in-the-news",
    "sultanates",
];

impl Vocabulary {
    /// Takes the lists that mentions need out of a lexicon; a list that is not there is empty.
    pub(crate) fn new(lexicon: &Lexicon) -> Self {
        let lists =
            LISTS.iter().map(|&list| (list, lexicon.words(list).into_iter().map(str::to_owned).collect())).collect();
        let mut classes: HashMap<String, Classes> = HashMap::new();
        for (list, bit) in class::LISTS {
            for title in lexicon.words(list) {
                *classes.entry(plain(title)).or_default() |= bit;
            }
        }
        Self { lists, classes }
    }

    /// Whether a list holds a word, given in lower case.
    pub(crate) fn has(&self, list: &'static str, word: &str) -> bool {
        self.lists.get(list).is_some_and(|words| words.contains(word))
    }

    /// The classes of a title, given in lower case: `0` for one that no list knows.
    pub(crate) fn classes(&self, title: &str) -> Classes {
        let title = plain(title);
        let mut rest = title.as_str();
        loop {
            if let Some(&classes) = self.classes.get(rest) {
                let of_state = self.is_of_state(title.strip_suffix(rest).unwrap_or_default());
                return if of_state { classes } else { classes & !(class::LEADER | class::TOP) };
            }
            // "new finance minister", "federal president": a longer title may end in a known one, but never a deputy's.
            let Some((first, tail)) = rest.split_once(' ') else { return 0 };
            // "adviser to the president": behind a preposition stands somebody else's office.
            let other = ["deputy", "vice", "assistant", "under", "former", "shadow", "associate", "junior"];
            if other.contains(&first) || ["to", "for", "of", "at", "with"].contains(&first) {
                return 0;
            }
            rest = tail;
        }
    }

    /// Whether a "leader" or "president" with these words before it may lead a state: "longtime", but not "opposition".
    fn is_of_state(&self, before: &str) -> bool {
        before.split_whitespace().all(|word| self.has("leader-adjectives", word))
    }
}

/// Whether two titles are one but for spelling: "the Crown Prince" and "crown prince".
pub(crate) fn same_title(one: &str, other: &str) -> bool {
    plain(one) == plain(other)
}

/// One spelling of a title: no hyphens, no articles, American words.
fn plain(title: &str) -> String {
    let folded = fold(title).to_lowercase().replace('-', " ");
    let mut words = String::with_capacity(folded.len());
    for word in folded.split(' ') {
        let word = match word {
            "the" | "" => continue,
            "defence" => "defense",
            "advisor" => "adviser",
            "for" | "on" => "of",
            other => other.trim_end_matches('.'),
        };
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_titles_of_one_office_share_a_class() {
        let text =
            "[office-foreign-minister]\nwhy = \"x\"\nwords = [\"foreign minister\", \"minister of foreign affairs\"]\n";
        let vocabulary = Vocabulary::new(&Lexicon::load([("a.toml", text)]).unwrap());
        let foreign = vocabulary.classes("foreign minister");
        assert_ne!(foreign, 0);
        assert_eq!(vocabulary.classes("Minister for Foreign Affairs"), foreign);
        assert_eq!(vocabulary.classes("new foreign minister"), foreign);
        assert_eq!(vocabulary.classes("deputy foreign minister"), 0);
    }
}
