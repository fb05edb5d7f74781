//! Rules as the matcher runs them, and the set of all of them.

use std::collections::{BTreeMap, HashMap};

use entente_model::{AidKind, EventType, Factuality, Finance, Role, SanctionInstrument, Stage, Stance};
use entente_nlp::Upos;

use crate::{Classes, Diagnostic, Lexicon, Path, check};

/// A checked rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Names the construction: `aid.pledge`.
    pub id: String,
    /// The event type that it finds.
    pub event: EventType,
    /// Values that it gives to every event.
    pub settings: Settings,
    /// Share of its events that were right on the annotated articles, 0 to 1.
    pub confidence: f64,
    /// Sentences that prove it.
    pub examples: Vec<Example>,
    pub(crate) trigger: Words,
    pub(crate) upos: Vec<Upos>,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) unless: Vec<Condition>,
    pub(crate) theme: Option<Condition>,
    pub(crate) roles: Vec<RoleRule>,
}

impl Rule {
    /// Whether the rule finds its event without anybody in a role.
    pub fn is_optional(&self, role: Role) -> bool {
        self.roles.iter().any(|held| held.role == role && held.optional)
    }
}

/// Values that a rule gives to its events, whatever the sentence says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settings {
    /// Stage of aid, an agreement or a sanction.
    pub stage: Option<Stage>,
    /// Stance of a statement.
    pub stance: Option<Stance>,
    /// Factuality that the rule's words imply.
    pub factuality: Option<Factuality>,
    /// What aid is for.
    pub kind: Option<AidKind>,
    /// Form of the money.
    pub finance: Option<Finance>,
    /// What a sanction consists of.
    pub instrument: Option<SanctionInstrument>,
}

/// A sentence that a rule finds something in, or refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// Role or attribute to the names or the value expected; empty for a near miss.
    pub finds: BTreeMap<String, Vec<String>>,
    /// Line of the rule file.
    pub line: usize,
}

/// Lemmas given one by one, and lists.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    pub lemmas: Vec<String>,
    pub lists: Vec<String>,
}

impl Words {
    pub(crate) fn is_empty(&self) -> bool {
        self.lemmas.is_empty() && self.lists.is_empty()
    }
}

/// Some word at the end of some path is in the words or of the classes.
#[derive(Debug, Clone)]
pub(crate) struct Condition {
    pub paths: Vec<Path>,
    pub words: Words,
    pub classes: Classes,
    pub optional: bool,
}

/// How a role is filled.
#[derive(Debug, Clone)]
pub(crate) struct RoleRule {
    pub role: Role,
    pub paths: Vec<Path>,
    pub classes: Classes,
    pub optional: bool,
    pub all: bool,
    pub through: bool,
}

/// All rules of all event types, indexed by trigger, with the lexicon that they draw on.
#[derive(Debug, Clone)]
pub struct RuleSet {
    pub(crate) rules: Vec<Rule>,
    pub(crate) lexicon: Lexicon,
    /// Words of a trigger to the rules that it may start.
    pub(crate) triggers: HashMap<String, Vec<usize>>,
}

impl RuleSet {
    /// Reads rule files, given as name and text.
    ///
    /// # Errors
    /// Every finding in every file: syntax, unknown keys, lists, classes, steps or values, doubled ids, rules without
    /// an example of each sign.
    pub fn load<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
        lexicon: Lexicon,
    ) -> Result<Self, Vec<Diagnostic>> {
        let rules = check::rules(files, &lexicon)?;
        let mut triggers: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, rule) in rules.iter().enumerate() {
            let lists = rule.trigger.lists.iter().flat_map(|list| lexicon.words(list));
            for word in rule.trigger.lemmas.iter().map(String::as_str).chain(lists) {
                // "carry out" starts at its verb, "travel ban" at its last noun.
                for part in word.split(' ') {
                    let started = triggers.entry(part.to_owned()).or_default();
                    if started.last() != Some(&index) {
                        started.push(index);
                    }
                }
            }
        }
        Ok(Self { rules, lexicon, triggers })
    }

    /// The rules, in order of files and of lines.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Whether any rule names the list.
    pub fn uses(&self, list: &str) -> bool {
        let named = |words: &Words| words.lists.iter().any(|name| name == list);
        self.rules.iter().any(|rule| {
            let conditions = rule.conditions.iter().chain(&rule.unless).chain(&rule.theme);
            named(&rule.trigger) || conditions.into_iter().any(|condition| named(&condition.words))
        })
    }

    /// The word lists.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }
}
