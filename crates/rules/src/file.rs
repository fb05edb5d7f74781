//! Rule files as an analyst writes them: a closed schema, nothing checked yet.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Deserialize;

/// One file: the rules of one event type.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleFile {
    /// The event type, as the event format spells it.
    pub event: String,
    #[serde(default)]
    pub rule: Vec<RuleEntry>,
}

/// One rule as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleEntry {
    pub id: String,
    /// The construction in a sentence.
    pub why: String,
    pub trigger: TriggerEntry,
    /// All must hold.
    #[serde(default, rename = "where")]
    pub conditions: Vec<ConditionEntry>,
    /// None may hold.
    #[serde(default)]
    pub unless: Vec<ConditionEntry>,
    /// The word that attributes are read off: the aid of an aid event, the treaty of an agreement.
    pub theme: Option<ConditionEntry>,
    #[serde(default)]
    pub role: IndexMap<String, RoleEntry>,
    #[serde(default)]
    pub set: SettingsEntry,
    /// Share of this rule's events that were right on the annotated articles, 0 to 1.
    pub confidence: f64,
    #[serde(default)]
    pub example: Vec<ExampleEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TriggerEntry {
    pub lemma: OneOrMany,
    pub upos: OneOrMany,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConditionEntry {
    #[serde(default)]
    pub path: OneOrMany,
    /// Lemmas or `@lists`; a word fits that is in one of them or of one of the classes.
    #[serde(default)]
    pub lemma: OneOrMany,
    #[serde(default)]
    pub class: OneOrMany,
    /// For a theme: the rule holds without it too.
    #[serde(default)]
    pub optional: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoleEntry {
    pub path: OneOrMany,
    pub class: OneOrMany,
    #[serde(default)]
    pub optional: bool,
    /// Fillers of every path count together, not those of the first path that has any.
    #[serde(default)]
    pub all: bool,
    /// A common noun that fits no class stands for whom it belongs to, comes from or is in: members **of Hezbollah**.
    #[serde(default)]
    pub through: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SettingsEntry {
    pub stage: Option<String>,
    pub stance: Option<String>,
    pub factuality: Option<String>,
    pub kind: Option<String>,
    pub finance: Option<String>,
    pub instrument: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExampleEntry {
    pub text: String,
    /// Role or attribute to the names or the value expected; left out for a near miss that the rule refuses.
    #[serde(default)]
    pub finds: BTreeMap<String, OneOrMany>,
}

/// A string, or several.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Strings")]
pub(crate) struct OneOrMany(pub Vec<String>);

#[derive(Deserialize)]
#[serde(untagged)]
enum Strings {
    One(String),
    Many(Vec<String>),
}

impl From<Strings> for OneOrMany {
    fn from(strings: Strings) -> Self {
        match strings {
            Strings::One(one) => Self(vec![one]),
            Strings::Many(many) => Self(many),
        }
    }
}
