//! Attribute rules: from tag, word and relation to part of speech, morphology and, for some words, the lemma.
//!
//! In: tags and relations of a document. Out: what the rules set. `can` with tag MD becomes AUX; `not` gets the lemma `not`.
//! The rules are spaCy's `attribute_ruler` patterns; a later rule overrides an earlier one.

use std::collections::HashMap;

use rustc_hash::FxHashMap;

use crate::{Deprel, LoadError, Tag, Upos};

static TABLE: &str = include_str!("../../../data/model/ruler.tsv");

/// Conditions on one token: bit sets of tags and relations, a set of words, white space or not.
#[derive(Debug, Clone)]
struct Condition {
    tags: u64,
    deprels: u64,
    /// Numbers of words; empty for any word.
    words: Vec<u8>,
    is_space: Option<bool>,
}

/// What a rule sets.
#[derive(Debug, Clone, Copy, Default)]
struct Values {
    upos: Option<Upos>,
    /// Whether the morphology is that of a dictionary form.
    morphology: Option<Morphology>,
    lemma: Option<&'static str>,
    tag: Option<Tag>,
    deprel: Option<Deprel>,
}

/// What the lemmatizer asks of a token's morphology.
#[allow(clippy::struct_excessive_bools, reason = "features are independent")]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) struct Morphology {
    pub(crate) singular: bool,
    pub(crate) numbered: bool,
    pub(crate) infinitive: bool,
    pub(crate) finite_present: bool,
    pub(crate) positive: bool,
}

#[derive(Debug, Clone)]
struct Rule {
    tokens: Vec<Condition>,
    /// Which of the tokens is changed.
    target: usize,
    values: Values,
}

/// What is known of a token when the rules look at it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    pub(crate) tag: Tag,
    pub(crate) deprel: Deprel,
    /// Number of the word among those that rules name; 0 for none.
    pub(crate) word: u8,
    pub(crate) is_space: bool,
}

/// What the rules make of a token.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ruled {
    pub(crate) tag: Tag,
    pub(crate) deprel: Deprel,
    pub(crate) upos: Upos,
    pub(crate) morphology: Morphology,
    pub(crate) lemma: Option<&'static str>,
    /// Numbers of the last rules that set part of speech, morphology and lemma: a rule of two tokens may meet a later one.
    set_by: [u16; 3],
}

/// All rules.
pub(crate) struct Ruler {
    rules: Vec<Rule>,
    words: HashMap<&'static str, u8, rustc_hash::FxBuildHasher>,
    /// For the number of each word, the rules whose first token it can be, in order.
    by_word: Vec<Vec<u16>>,
}

fn morphology(features: &str) -> Morphology {
    let has = |feature: &str| features.split('|').any(|found| found == feature);
    Morphology {
        singular: has("Number=Sing"),
        numbered: features.contains("Number="),
        infinitive: has("VerbForm=Inf"),
        finite_present: has("VerbForm=Fin") && has("Tense=Pres"),
        positive: has("Degree=Pos"),
    }
}

fn unknown(label: &str) -> LoadError {
    LoadError::Label { label: label.to_owned() }
}

/// A bit for each label named; labels that the model never gives have none.
fn bits(values: &str, find: impl Fn(&str) -> Option<usize>) -> u64 {
    values.split('|').filter_map(find).fold(0, |set, bit| set | 1 << bit)
}

impl Ruler {
    pub(crate) fn load() -> Result<Self, LoadError> {
        let mut ruler = Self { rules: Vec::new(), words: FxHashMap::default(), by_word: Vec::new() };
        for line in TABLE.lines() {
            let mut cells = line.split('\t');
            let (Some(target), Some(first), Some(second), Some(values), None) =
                (cells.next(), cells.next(), cells.next(), cells.next(), cells.next())
            else {
                return Err(LoadError::Missing { name: "ruler.tsv" });
            };
            let conditions = [first, second].into_iter().filter(|cell| !cell.is_empty());
            let tokens = conditions.map(|cell| ruler.condition(cell)).collect::<Result<Vec<_>, _>>()?;
            let target = usize::from(target == "1");
            ruler.rules.push(Rule { tokens, target, values: Self::values(values)? });
        }
        let numbers = 0..=ruler.words.len();
        ruler.by_word = numbers.map(|word| ruler.candidates(word)).collect();
        Ok(ruler)
    }

    #[allow(clippy::cast_possible_truncation, reason = "there are some 180 rules")]
    fn candidates(&self, word: usize) -> Vec<u16> {
        let fits = |rule: &Rule| {
            rule.tokens[0].words.is_empty() || rule.tokens[0].words.iter().any(|&number| usize::from(number) == word)
        };
        self.rules.iter().enumerate().filter(|(_, rule)| fits(rule)).map(|(number, _)| number as u16).collect()
    }

    fn condition(&mut self, cell: &'static str) -> Result<Condition, LoadError> {
        let mut condition = Condition { tags: u64::MAX, deprels: u64::MAX, words: Vec::new(), is_space: None };
        for part in cell.split(' ') {
            let at = part.find(['=', '!']).ok_or_else(|| unknown(part))?;
            let (attribute, values) = (&part[..at], &part[at + 1..]);
            let turned = |set: u64| if part.as_bytes()[at] == b'!' { !set } else { set };
            match attribute {
                "TAG" => condition.tags = turned(bits(values, |v| Tag::from_name(v).map(|tag| tag as usize))),
                "DEP" => condition.deprels = turned(bits(values, |v| Deprel::from_name(v).map(|d| d as usize))),
                "IS_SPACE" => condition.is_space = Some(values == "true"),
                "LOWER" => {
                    for word in values.split('|') {
                        let next = u8::try_from(self.words.len() + 1).map_err(|_| unknown(word))?;
                        condition.words.push(*self.words.entry(word).or_insert(next));
                    }
                }
                other => return Err(unknown(other)),
            }
        }
        Ok(condition)
    }

    fn values(cell: &'static str) -> Result<Values, LoadError> {
        let mut set = Values::default();
        for part in cell.split(' ') {
            let (attribute, value) = part.split_once('=').ok_or_else(|| unknown(part))?;
            match attribute {
                "POS" => set.upos = Some(Upos::from_name(value).ok_or_else(|| unknown(value))?),
                "TAG" => set.tag = Some(Tag::from_name(value).ok_or_else(|| unknown(value))?),
                "DEP" => set.deprel = Some(Deprel::from_name(value).ok_or_else(|| unknown(value))?),
                "MORPH" => set.morphology = Some(morphology(value)),
                "LEMMA" => set.lemma = Some(value),
                other => return Err(unknown(other)),
            }
        }
        Ok(set)
    }

    /// The number of a word in lower case; 0 if no rule names it.
    pub(crate) fn word(&self, lower: &str) -> u8 {
        self.words.get(lower).copied().unwrap_or(0)
    }

    /// Appends what the rules make of the tokens of one document.
    pub(crate) fn apply(&self, tokens: &[Seen], ruled: &mut Vec<Ruled>) {
        let first = ruled.len();
        ruled.extend(tokens.iter().map(|token| Ruled {
            tag: token.tag,
            deprel: token.deprel,
            upos: Upos::X,
            morphology: Morphology::default(),
            lemma: None,
            set_by: [0; 3],
        }));
        for (at, token) in tokens.iter().enumerate() {
            for &number in self.by_word.get(usize::from(token.word)).into_iter().flatten() {
                let rule = &self.rules[usize::from(number)];
                let fits = |(offset, condition): (usize, &Condition)| {
                    tokens.get(at + offset).is_some_and(|&token| condition.fits(token))
                };
                if rule.tokens.iter().enumerate().all(fits) {
                    ruled[first + at + rule.target].set(number, &rule.values);
                }
            }
        }
    }
}

impl Condition {
    fn fits(&self, token: Seen) -> bool {
        self.tags >> token.tag as u32 & 1 == 1
            && self.deprels >> token.deprel as u32 & 1 == 1
            && self.is_space.is_none_or(|wanted| wanted == token.is_space)
            && (self.words.is_empty() || self.words.contains(&token.word))
    }
}

impl Ruled {
    /// Takes over what a rule sets, unless a later rule was there before.
    fn set(&mut self, number: u16, values: &Values) {
        let [upos, morphology, lemma] = &mut self.set_by;
        if let Some(value) = values.upos.filter(|_| *upos <= number) {
            (self.upos, *upos) = (value, number);
        }
        if let Some(value) = values.morphology.filter(|_| *morphology <= number) {
            (self.morphology, *morphology) = (value, number);
        }
        if let Some(value) = values.lemma.filter(|_| *lemma <= number) {
            (self.lemma, *lemma) = (Some(value), number);
        }
        // Tag and relation are set for white space alone, by one rule each.
        self.tag = values.tag.unwrap_or(self.tag);
        self.deprel = values.deprel.unwrap_or(self.deprel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(tokens: &[(&str, Tag, Deprel)], expected: &[(Upos, Option<&str>)]) {
        let ruler = Ruler::load().unwrap();
        let seen = |&(word, tag, deprel): &(&str, Tag, Deprel)| Seen {
            tag,
            deprel,
            word: ruler.word(word),
            is_space: word.trim().is_empty(),
        };
        let mut ruled = Vec::new();
        ruler.apply(&tokens.iter().map(seen).collect::<Vec<_>>(), &mut ruled);
        let found: Vec<_> = ruled.iter().map(|token| (token.upos, token.lemma)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn tag_word_and_relation_decide() {
        check(
            &[("they", Tag::Prp, Deprel::Nsubj), ("have", Tag::Vbp, Deprel::Aux), ("not", Tag::Rb, Deprel::Neg)],
            &[(Upos::Pron, Some("they")), (Upos::Aux, Some("have")), (Upos::Part, Some("not"))],
        );
        check(&[("have", Tag::Vbp, Deprel::Root)], &[(Upos::Verb, Some("have"))]);
        check(&[("that", Tag::In, Deprel::Mark)], &[(Upos::Sconj, None)]);
        check(&[(" ", Tag::Nn, Deprel::Dep)], &[(Upos::Space, None)]);
    }

    #[test]
    fn two_tokens_decide_together() {
        check(
            &[("gon", Tag::Vbg, Deprel::Root), ("na", Tag::To, Deprel::Aux)],
            &[(Upos::Verb, Some("go")), (Upos::Part, Some("to"))],
        );
        check(&[("gon", Tag::Vbg, Deprel::Root)], &[(Upos::Verb, None)]);
    }
}
