//! Dictionary forms.
//!
//! In: a word with its part of speech and morphology. Out: its lemma: "pledged" VERB gives "pledge", "Kyiv" PROPN stays "Kyiv".
//! spaCy's rule lemmatizer over WordNet's tables: suffix rules, an index of known words, exceptions.

use crate::{Upos, characters::Characters, lines::Lines, ruler::Morphology};

static RULES: &str = include_str!("../../../data/model/lemma_rules.tsv");
static EXCEPTIONS: Lines = Lines(include_str!("../../../data/model/lemma_exceptions.tsv"));
static INDEX: Lines = Lines(include_str!("../../../data/model/lemma_index.txt"));

/// A suffix and what takes its place.
type Rule = (&'static str, &'static str);

/// The rules by part of speech, and room to work in.
pub(crate) struct Lemmatizer {
    adjective: Vec<Rule>,
    adverb: Vec<Rule>,
    noun: Vec<Rule>,
    verb: Vec<Rule>,
    punctuation: Vec<Rule>,
}

/// Room to work in.
#[derive(Default)]
pub(crate) struct Forms {
    lower: String,
    key: String,
    form: String,
    unknown: String,
}

impl Lemmatizer {
    pub(crate) fn load() -> Self {
        let of = |wanted: &str| {
            let cells = RULES.lines().filter_map(|line| {
                let mut cells = line.split('\t');
                (cells.next() == Some(wanted)).then(|| (cells.next().unwrap_or(""), cells.next().unwrap_or("")))
            });
            cells.collect()
        };
        Self { adjective: of("adj"), adverb: of("adv"), noun: of("noun"), verb: of("verb"), punctuation: of("punct") }
    }

    /// Appends the lemma of a word to `out`.
    pub(crate) fn lemmatize(
        &self,
        characters: &Characters,
        word: &str,
        upos: Upos,
        morphology: Morphology,
        forms: &mut Forms,
        out: &mut String,
    ) {
        let (name, rules) = match upos {
            Upos::Adj => ("adj", &self.adjective),
            Upos::Adv => ("adv", &self.adverb),
            Upos::Noun => ("noun", &self.noun),
            Upos::Verb => ("verb", &self.verb),
            Upos::Punct => ("punct", &self.punctuation),
            Upos::Propn if !is_base(upos, morphology) => return out.push_str(word),
            _ => return push_lower(word, out),
        };
        if is_base(upos, morphology) {
            return push_lower(word, out);
        }
        let Forms { lower, key, form, unknown } = forms;
        lower.clear();
        push_lower(word, lower);
        set_key(key, name, lower);
        if let Some(lemmas) = EXCEPTIONS.get(key) {
            // Each exception that no rule finds comes to stand in front of those before it.
            let known = |form: &str, key: &mut String| {
                set_key(key, name, form);
                INDEX.contains(key) || !is_alphabetic(characters, form)
            };
            let by_rule =
                |lemma: &str, key: &mut String| known(lemma, key) && applied(rules, lower).any(|f| f == lemma);
            if let Some(lemma) = lemmas.rsplit('\t').find(|lemma| !by_rule(lemma, key)) {
                return out.push_str(lemma);
            }
        }
        unknown.clear();
        for &(old, new) in rules {
            let Some(stem) = lower.strip_suffix(old) else { continue };
            form.clear();
            form.push_str(stem);
            form.push_str(new);
            if form.is_empty() {
                continue;
            }
            set_key(key, name, form);
            if INDEX.contains(key) || !is_alphabetic(characters, form) {
                return out.push_str(form);
            }
            if unknown.is_empty() {
                unknown.push_str(form);
            }
        }
        out.push_str(if unknown.is_empty() { word } else { unknown });
    }
}

/// The forms that the rules make of a word.
fn applied(rules: &[Rule], lower: &str) -> impl Iterator<Item = String> {
    let forms = rules.iter().filter_map(move |(old, new)| lower.strip_suffix(old).map(|stem| format!("{stem}{new}")));
    forms.filter(|form| !form.is_empty())
}

fn set_key(key: &mut String, name: &str, word: &str) {
    key.clear();
    key.push_str(name);
    key.push(' ');
    key.push_str(word);
}

fn is_alphabetic(characters: &Characters, word: &str) -> bool {
    word.chars().all(|c| characters.class(c).is_letter())
}

/// Whether the morphology says that the word is a dictionary form already.
fn is_base(upos: Upos, morphology: Morphology) -> bool {
    upos == Upos::Noun && morphology.singular
        || upos == Upos::Verb && morphology.finite_present && !morphology.numbered
        || morphology.infinitive
        || morphology.positive
}

fn push_lower(word: &str, out: &mut String) {
    if word.is_ascii() {
        out.extend(word.chars().map(|c| c.to_ascii_lowercase()));
    } else {
        out.push_str(&word.to_lowercase());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weights::Weights;

    fn check(word: &str, upos: Upos, expected: &str) {
        let characters = Characters::load(&Weights::open().unwrap()).unwrap();
        let mut lemma = String::new();
        Lemmatizer::load().lemmatize(&characters, word, upos, Morphology::default(), &mut Forms::default(), &mut lemma);
        assert_eq!(lemma, expected);
    }

    #[test]
    fn rules_index_and_exceptions() {
        check("Pledged", Upos::Verb, "pledge");
        check("countries", Upos::Noun, "country");
        check("criteria", Upos::Noun, "criterion");
        check("went", Upos::Verb, "go");
        check("fulfilling", Upos::Verb, "fulfil");
        check("larger", Upos::Adj, "large");
        check("“", Upos::Punct, "\"");
    }

    #[test]
    fn names_and_unknown_words() {
        check("Kyiv", Upos::Propn, "Kyiv");
        check("THE", Upos::Det, "the");
        check("zorbled", Upos::Verb, "zorble");
        check("Zorb", Upos::Verb, "Zorb");
    }

    #[test]
    fn a_dictionary_form_stays() {
        let characters = Characters::load(&Weights::open().unwrap()).unwrap();
        let singular = Morphology { singular: true, ..Morphology::default() };
        let mut lemma = String::new();
        Lemmatizer::load().lemmatize(&characters, "Boss", Upos::Noun, singular, &mut Forms::default(), &mut lemma);
        assert_eq!(lemma, "boss");
    }
}
