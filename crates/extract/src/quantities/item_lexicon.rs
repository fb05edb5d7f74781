//! The lexicon of things that are given.
//!
//! In: `data/lexicon/items.toml`. Out: [`Items`], which knows the forms of items, product names, modifiers and heads.
//! Forms are compared unit by unit without case, plural, hyphen and British spelling: "155mm shells" is "155 mm shell".

use std::collections::{BTreeMap, BTreeSet};

use entente_model::AidKind;
use serde::Deserialize;

use super::{
    lexicon::{Check, LexiconError},
    words::{Kind, Words},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    stops: Vec<String>,
    #[serde(default)]
    head: Vec<Group>,
    #[serde(default)]
    modifier: Vec<Group>,
    #[serde(default)]
    family: Vec<Family>,
    #[serde(default)]
    group: Vec<Group>,
    #[serde(default)]
    measure: Vec<Measure>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    kind: AidKind,
    names: Vec<toml::Spanned<Vec<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Family {
    kind: AidKind,
    head: toml::Spanned<String>,
    #[serde(default)]
    wary: bool,
    names: Vec<toml::Spanned<Vec<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Measure {
    counted: bool,
    words: Vec<String>,
}

/// What the lexicon knows.
#[derive(Debug, Default)]
pub(crate) struct Items {
    /// Items as they stand.
    pub(super) goods: Forms,
    /// Product names; the head that each means alone is in `bare`.
    pub(super) families: Forms,
    /// Words before a head: "anti-tank".
    pub(super) modifiers: Forms,
    /// Words at the end of a name: "missile".
    pub(super) heads: Forms,
    /// The head of each family's bare name, by the family's number.
    pub(super) bare: Vec<String>,
    /// Whether the family's name needs a head behind it, by the family's number.
    pub(super) wary: Vec<bool>,
    /// Words of measure, and whether they give the count of what is behind them.
    pub(super) measures: BTreeMap<String, bool>,
    /// Words that a count does not reach across.
    pub(super) stops: BTreeSet<String>,
}

/// A standard name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) kind: AidKind,
}

/// Forms with the standard names that they stand for.
#[derive(Debug, Default)]
pub(super) struct Forms {
    names: Vec<Name>,
    /// By first unit: the further units and the name's number, longest first.
    by_first: BTreeMap<String, Vec<(Vec<String>, usize)>>,
}

impl Items {
    /// Reads the file.
    ///
    /// # Errors
    /// With every line on which a form is empty or stands for two names, or a family's head is unknown.
    pub(crate) fn load(text: &str) -> Result<Self, LexiconError> {
        let file: File = toml::from_str(text)?;
        let mut check = Check::new(text);
        let mut items = Self::default();
        for (forms, groups) in
            [(&mut items.heads, file.head), (&mut items.modifiers, file.modifier), (&mut items.goods, file.group)]
        {
            for group in groups {
                for names in group.names {
                    forms.add(&names, group.kind, &mut check);
                }
            }
        }
        for family in file.family {
            if items.heads.named(family.head.get_ref()).is_none() {
                check.note(family.head.span().start, format!("{:?} is not the name of a head", family.head.get_ref()));
            }
            for names in family.names {
                items.families.add(&names, family.kind, &mut check);
                items.bare.push(family.head.get_ref().clone());
                items.wary.push(family.wary);
            }
        }
        for measure in file.measure {
            items.measures.extend(measure.words.iter().map(|w| (normal(w), measure.counted)));
        }
        items.stops = file.stops.iter().map(|w| normal(w)).collect();
        check.finish()?;
        items.families.sort();
        items.modifiers.sort();
        items.heads.sort();
        items.goods.sort();
        Ok(items)
    }

    /// The item that a composed name stands for, if the lexicon has it.
    pub(super) fn standard(&self, name: &str) -> Option<&Name> {
        let units = units(&Words::new(name));
        self.goods.longest(&units, 0).filter(|(_, length)| *length == units.len()).map(|(n, _)| self.goods.name(n))
    }
}

impl Forms {
    fn add(&mut self, names: &toml::Spanned<Vec<String>>, kind: AidKind, check: &mut Check) {
        let at = names.span().start;
        let Some(first) = names.get_ref().first() else {
            check.note(at, "a list without a name".to_owned());
            return;
        };
        let number = self.names.len();
        self.names.push(Name { text: first.clone(), kind });
        for form in names.get_ref() {
            let keys: Vec<String> = units(&Words::new(form)).into_iter().map(|u| u.key).collect();
            let Some((head, rest)) = keys.split_first() else {
                check.note(at, format!("{form:?} has no word"));
                continue;
            };
            let same = self.by_first.get(head).and_then(|forms| forms.iter().find(|(r, _)| r == rest));
            match same {
                Some((_, other)) if *other != number => {
                    check.note(at, format!("{form:?} stands for {:?} already", self.names[*other].text));
                }
                Some(_) => {}
                None => self.by_first.entry(head.clone()).or_default().push((rest.to_vec(), number)),
            }
        }
    }

    fn sort(&mut self) {
        for forms in self.by_first.values_mut() {
            forms.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
    }

    /// Whether a standard name is listed.
    fn named(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|n| n.text == name)
    }

    /// The standard name with a number.
    pub(super) fn name(&self, number: usize) -> &Name {
        &self.names[number]
    }

    /// The longest form that begins at a unit: its name's number and how many units it has.
    pub(super) fn longest(&self, units: &[Unit], at: usize) -> Option<(usize, usize)> {
        let forms = self.by_first.get(&units.get(at)?.key)?;
        forms.iter().find_map(|(rest, number)| {
            let here = units.get(at + 1..at + 1 + rest.len())?;
            here.iter().zip(rest).all(|(unit, key)| unit.key == *key).then_some((*number, rest.len() + 1))
        })
    }
}

/// A unit of a phrase as forms are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) key: String,
    /// Its number among the words.
    pub(super) word: usize,
}

/// The units of a text that count: hyphens inside words left out, and the "s" of "F-16s".
pub(super) fn units(words: &Words) -> Vec<Unit> {
    let mut units = Vec::with_capacity(words.len());
    for word in 0..words.len() {
        let inner = words.glued(word) && words.glued(word + 1);
        let joint = inner && (words.is_dash(word) || words.raw(word) == "/");
        let plural = words.low(word) == "s" && words.glued(word) && words.kind(word.saturating_sub(1)) == Kind::Digits;
        if !joint && !plural {
            units.push(Unit { key: normal(words.low(word)), word });
        }
    }
    units
}

/// A word without plural and with American spelling.
fn normal(word: &str) -> String {
    let word = word.to_lowercase();
    let word = match word.as_str() {
        "defence" | "defences" => "defense",
        "armour" => "armor",
        "armoured" => "armored",
        "calibre" => "caliber",
        "millimeter" | "millimeters" | "millimetre" | "millimetres" => "mm",
        "tonnes" | "tonne" => "tonne",
        "litre" | "litres" => "liter",
        "kilometre" | "kilometres" => "kilometer",
        "metres" | "metre" => "meter",
        "optronic" => "optical",
        "arms" => return word,
        other => other,
    };
    singular(word)
}

/// A word without the ending of the plural; the same for forms and text, so that its errors cancel out.
fn singular(word: &str) -> String {
    let strip = |length: usize| word[..word.len() - length].to_owned();
    if word.len() < 4 || !word.is_ascii() || ["ss", "us", "is", "as"].iter().any(|e| word.ends_with(e)) {
        word.to_owned()
    } else if word.ends_with("ies") && word.len() > 4 {
        strip(3) + "y"
    } else if ["ches", "shes", "xes", "sses", "zes"].iter().any(|e| word.ends_with(e)) {
        strip(2)
    } else if word.ends_with('s') {
        strip(1)
    } else {
        word.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lexicon_loads_and_is_large() {
        let items = Items::load(include_str!("../../../../data/lexicon/items.toml")).unwrap_or_else(|e| panic!("{e}"));
        assert!(items.goods.names.len() + items.families.names.len() >= 350);
    }

    #[test]
    fn every_fault_is_told_with_its_line() {
        let text = "[[group]]\nkind = \"other\"\nnames = [\n  [\"tent\"],\n  [\"hut\", \"tents\"],\n  [],\n]\n\n[[family]]\nkind = \"military\"\nhead = \"lid\"\nnames = [[\"Zap\"]]\n";
        let error = Items::load(text).unwrap_err().to_string();
        for part in ["line 5", "\"tent\" already", "line 6", "line 11", "\"lid\""] {
            assert!(error.contains(part), "{error}");
        }
        assert!(Items::load("[[group]]\nkind = \"toys\"\nnames = []").is_err());
    }

    #[test]
    fn plural_and_spelling_do_not_count() {
        for (text, expected) in [
            ("batteries", "battery"),
            ("boxes", "box"),
            ("torches", "torch"),
            ("Armoured", "armored"),
            ("gas", "gas"),
            ("arms", "arms"),
            ("glass", "glass"),
        ] {
            assert_eq!(normal(text), expected);
        }
        let keys = |text: &str| units(&Words::new(text)).into_iter().map(|u| u.key).collect::<Vec<_>>().join(" ");
        assert_eq!(keys("F-16s and 155mm anti-tank shells"), "f 16 and 155 mm anti tank shell");
    }
}
