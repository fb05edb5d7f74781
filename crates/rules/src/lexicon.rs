//! Word lists: what verbs and nouns an event type is told with.
//!
//! In: TOML files of lists. Out: [`Lexicon`], asked with a list's name and a lemma.
//!
//! ```toml
//! [attack-verbs]
//! why   = "One side uses armed force against another."
//! words = ["bomb", "carry out", "shell"]
//! ```
//!
//! A word is a lemma in lower case; `carry out` is the verb *carry* with the particle *out*.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::Diagnostic;

/// One list as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ListFile {
    /// What belongs in the list.
    #[allow(dead_code, reason = "for the reader of the file; the schema asks for it")]
    why: String,
    words: Vec<String>,
}

/// All word lists, by name.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// The number of each list with its words.
    lists: FxHashMap<String, (usize, Vec<String>)>,
    /// The numbers of the lists that hold a word.
    listed: FxHashMap<String, Vec<usize>>,
}

impl Lexicon {
    /// Reads list files, given as name and text.
    ///
    /// # Errors
    /// Every finding in every file: syntax, a list given twice, words that are unsorted, doubled or not in lower case.
    pub fn load<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Vec<Diagnostic>> {
        let mut lexicon = Self::default();
        let mut findings = Vec::new();
        for (path, text) in files {
            match toml::from_str::<BTreeMap<String, ListFile>>(text) {
                Err(error) => findings.push(Diagnostic::from_toml(path, text, &error)),
                Ok(lists) => {
                    for (name, list) in lists {
                        check_words(path, text, &name, &list.words, &mut findings);
                        let number = lexicon.lists.len();
                        for word in &list.words {
                            lexicon.listed.entry(word.clone()).or_default().push(number);
                        }
                        if lexicon.lists.insert(name.clone(), (number, list.words)).is_some() {
                            let message = format!("list {name} is given twice");
                            findings.push(Diagnostic::at(path, text, &format!("[{name}]"), "double-list", message));
                        }
                    }
                }
            }
        }
        if findings.is_empty() { Ok(lexicon) } else { Err(findings) }
    }

    /// Whether there is a list of this name.
    pub fn has(&self, list: &str) -> bool {
        self.lists.contains_key(list)
    }

    /// The names of all lists, sorted.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.lists.keys().map(String::as_str).collect();
        names.sort_unstable();
        names
    }

    /// Whether the list holds the lemma, compared as written.
    pub fn contains(&self, list: &str, lemma: &str) -> bool {
        self.listed
            .get(lemma)
            .is_some_and(|lists| self.lists.get(list).is_some_and(|(number, _)| lists.contains(number)))
    }

    /// Whether any list holds the word.
    pub fn is_listed(&self, word: &str) -> bool {
        self.listed.contains_key(word)
    }

    /// The words of a list, sorted; empty for an unknown list.
    pub fn words(&self, list: &str) -> Vec<&str> {
        let mut words: Vec<&str> =
            self.lists.get(list).map(|(_, words)| words.iter().map(String::as_str).collect()).unwrap_or_default();
        words.sort_unstable();
        words
    }
}

/// Words are sorted, unique and in lower case.
fn check_words(path: &str, text: &str, list: &str, words: &[String], findings: &mut Vec<Diagnostic>) {
    let mut report =
        |word: &str, code, message| findings.push(Diagnostic::at(path, text, &format!("\"{word}\""), code, message));
    for word in words {
        if word.chars().any(char::is_uppercase) {
            report(word, "upper-case", format!("{word:?} in {list}: lists hold lemmas in lower case"));
        }
    }
    for pair in words.windows(2) {
        if pair[0] == pair[1] {
            report(&pair[0], "double-word", format!("{:?} stands twice in {list}", pair[0]));
        } else if pair[0] > pair[1] {
            report(&pair[1], "unsorted", format!("{:?} in {list} belongs before {:?}", pair[1], pair[0]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_words_by_list() {
        let lexicon =
            Lexicon::load([("a.toml", "[verbs]\nwhy = \"x\"\nwords = [\"carry out\", \"shell\"]\n")]).unwrap();
        assert!(lexicon.contains("verbs", "carry out"));
        assert!(!lexicon.contains("verbs", "carry"));
        assert!(!lexicon.contains("nouns", "shell"));
    }

    #[test]
    fn names_file_line_and_every_fault() {
        let text = "[verbs]\nwhy = \"x\"\nwords = [\n\"b\",\n\"a\",\n\"C\",\n]\n";
        let findings = Lexicon::load([("a.toml", text)]).unwrap_err();
        let codes: Vec<_> = findings.iter().map(|f| (f.line, f.code)).collect();
        assert_eq!(codes, [(6, "upper-case"), (5, "unsorted"), (6, "unsorted")]);
    }
}
