//! From rule files as written to checked rules: every name is looked up, every fault is reported.

use std::collections::HashSet;

use entente_model::{AidKind, EventType, Factuality, Finance, Role, SanctionInstrument, Stage, Stance};
use entente_nlp::Upos;

use crate::{
    Classes, Diagnostic, Lexicon, Path,
    file::{ConditionEntry, OneOrMany, RoleEntry, RuleEntry, RuleFile},
    rule::{Condition, Example, RoleRule, Rule, Settings, Words},
};

/// One file under check.
struct Checker<'a> {
    path: &'a str,
    text: &'a str,
    lexicon: &'a Lexicon,
    rule: String,
    findings: Vec<Diagnostic>,
}

/// Checks rule files against each other and the lexicon.
pub(crate) fn rules<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a str)>,
    lexicon: &Lexicon,
) -> Result<Vec<Rule>, Vec<Diagnostic>> {
    let mut rules = Vec::new();
    let mut findings = Vec::new();
    let mut ids = HashSet::new();
    for (path, text) in files {
        let file: RuleFile = match toml::from_str(text) {
            Ok(file) => file,
            Err(error) => {
                findings.push(Diagnostic::from_toml(path, text, &error));
                continue;
            }
        };
        let mut checker = Checker { path, text, lexicon, rule: String::new(), findings: Vec::new() };
        let Some(event) = EventType::from_name(&file.event) else {
            checker.report(&file.event, "unknown-event", format!("{:?} is no event type", file.event));
            findings.append(&mut checker.findings);
            continue;
        };
        for entry in file.rule {
            checker.rule.clone_from(&entry.id);
            if !ids.insert(entry.id.clone()) {
                checker.report(&entry.id, "double-id", format!("rule {} is given twice", entry.id));
            }
            rules.push(checker.rule(event, entry));
        }
        findings.append(&mut checker.findings);
    }
    if findings.is_empty() { Ok(rules) } else { Err(findings) }
}

impl Checker<'_> {
    /// Notes a finding at the first line from the rule's own that holds `needle`.
    fn report(&mut self, needle: &str, code: &'static str, message: String) {
        let from = self
            .text
            .lines()
            .position(|l| !self.rule.is_empty() && l.contains(&format!("\"{}\"", self.rule)))
            .unwrap_or(0);
        let line = self.text.lines().skip(from).position(|l| l.contains(needle)).map_or(0, |i| from + i + 1);
        self.findings.push(Diagnostic { path: self.path.to_owned(), line, code, message });
    }

    fn rule(&mut self, event: EventType, entry: RuleEntry) -> Rule {
        if !entry.id.starts_with(&format!("{event}.")) {
            self.report(
                &entry.id,
                "foreign-id",
                format!("rule {} belongs to {event}: its id begins with {event}.", entry.id),
            );
        }
        if entry.why.trim().is_empty() {
            self.report("why", "no-reason", format!("rule {} says in no words what it is for", entry.id));
        }
        if !(0.0..=1.0).contains(&entry.confidence) {
            self.report("confidence", "bad-confidence", format!("confidence of {} lies between 0 and 1", entry.id));
        }
        if !entry.example.iter().any(|e| !e.finds.is_empty()) || !entry.example.iter().any(|e| e.finds.is_empty()) {
            let message = format!("rule {} needs a sentence that it finds and a near miss that it refuses", entry.id);
            self.report(&entry.id, "no-proof", message);
        }
        let settings = self.settings(&entry);
        let trigger = self.words(&entry.trigger.lemma);
        let upos = entry
            .trigger
            .upos
            .0
            .iter()
            .filter_map(|name| self.value(name, "part of speech", Upos::from_name))
            .collect();
        let roles = entry.role.iter().filter_map(|(name, role)| self.role(name, role)).collect();
        let examples = entry
            .example
            .into_iter()
            .map(|e| Example {
                line: self.text.lines().position(|l| l.contains(e.text.as_str())).map_or(0, |i| i + 1),
                text: e.text,
                finds: e.finds.into_iter().map(|(key, values)| (key, values.0)).collect(),
            })
            .collect();
        Rule {
            event,
            settings,
            confidence: entry.confidence,
            examples,
            trigger,
            upos,
            conditions: entry.conditions.iter().map(|c| self.condition(c)).collect(),
            unless: entry.unless.iter().map(|c| self.condition(c)).collect(),
            theme: entry.theme.as_ref().map(|c| self.condition(c)),
            roles,
            id: entry.id,
        }
    }

    fn settings(&mut self, entry: &RuleEntry) -> Settings {
        let set = &entry.set;
        Settings {
            stage: set.stage.as_ref().and_then(|v| self.value(v, "stage", Stage::from_name)),
            stance: set.stance.as_ref().and_then(|v| self.value(v, "stance", Stance::from_name)),
            factuality: set.factuality.as_ref().and_then(|v| self.value(v, "factuality", Factuality::from_name)),
            kind: set.kind.as_ref().and_then(|v| self.value(v, "kind of aid", AidKind::from_name)),
            finance: set.finance.as_ref().and_then(|v| self.value(v, "form of finance", Finance::from_name)),
            instrument: set
                .instrument
                .as_ref()
                .and_then(|v| self.value(v, "instrument of a sanction", SanctionInstrument::from_name)),
        }
    }

    /// Looks a value of a closed vocabulary up.
    fn value<T>(&mut self, name: &str, what: &str, lookup: impl Fn(&str) -> Option<T>) -> Option<T> {
        let found = lookup(name);
        if found.is_none() {
            self.report(name, "unknown-value", format!("{name:?} is no {what} (rule {})", self.rule));
        }
        found
    }

    fn words(&mut self, entry: &OneOrMany) -> Words {
        let mut words = Words::default();
        for word in &entry.0 {
            match word.strip_prefix('@') {
                Some(list) if self.lexicon.has(list) => words.lists.push(list.to_owned()),
                Some(list) => {
                    self.report(word, "unknown-list", format!("there is no word list {list:?} (rule {})", self.rule));
                }
                None => words.lemmas.push(word.clone()),
            }
        }
        words
    }

    fn paths(&mut self, entry: &OneOrMany) -> Vec<Path> {
        let written: Vec<&str> =
            if entry.0.is_empty() { vec!["self"] } else { entry.0.iter().map(String::as_str).collect() };
        let mut paths = Vec::new();
        for text in written {
            match Path::parse(text) {
                Ok(path) => paths.push(path),
                Err(step) => {
                    let message =
                        format!("{step:?} is no grammatical function (rule {}): there are {}", self.rule, Path::STEPS);
                    self.report(text, "unknown-step", message);
                }
            }
        }
        paths
    }

    fn classes(&mut self, entry: &OneOrMany) -> Classes {
        let mut classes = Classes::NONE;
        for name in &entry.0 {
            if let Some(class) = Classes::from_name(name) {
                classes = classes.union(class);
            } else {
                let message =
                    format!("{name:?} is no class (rule {}): there are {}", self.rule, Classes::NAMES.join(", "));
                self.report(name, "unknown-class", message);
            }
        }
        classes
    }

    fn condition(&mut self, entry: &ConditionEntry) -> Condition {
        Condition {
            paths: self.paths(&entry.path),
            words: self.words(&entry.lemma),
            classes: self.classes(&entry.class),
            optional: entry.optional,
        }
    }

    fn role(&mut self, name: &str, entry: &RoleEntry) -> Option<RoleRule> {
        let role = self.value(name, "role", Role::from_name)?;
        Some(RoleRule {
            role,
            paths: self.paths(&entry.path),
            classes: self.classes(&entry.class),
            optional: entry.optional,
            all: entry.all,
            through: entry.through,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: &str = r#"event = "attack"
[[rule]]
id = "attack.verb"
why = "x"
confidence = 0.9
trigger = { lemma = "@attack-verbs", upos = "VERB" }
[rule.role]
attacker = { path = "subject", class = "Actor" }
[[rule.example]]
text = "Rebels shelled the town."
finds = { attacker = "Rebels" }
[[rule.example]]
text = "The rebels left."
"#;

    fn codes(text: &str) -> Vec<(usize, &'static str)> {
        let lexicon = Lexicon::load([("l.toml", "[attack-verbs]\nwhy = \"x\"\nwords = [\"shell\"]\n")]).unwrap();
        rules([("r.toml", text)], &lexicon)
            .map_or_else(|found| found.iter().map(|f| (f.line, f.code)).collect(), |_| Vec::new())
    }

    #[test]
    fn a_sound_file_has_no_findings() {
        assert_eq!(codes(RULE), []);
    }

    #[test]
    fn faults_are_named_with_their_lines() {
        assert_eq!(codes(&RULE.replace("@attack-verbs", "@strikes")), [(6, "unknown-list")]);
        assert_eq!(codes(&RULE.replace("\"subject\"", "\"nsubj\"")), [(8, "unknown-step")]);
        assert_eq!(codes(&RULE.replace("Actor", "Actress")), [(8, "unknown-class")]);
        assert_eq!(codes(&RULE.replace("attack.verb", "aid.verb")), [(3, "foreign-id")]);
        assert_eq!(codes(&RULE.replace("why = \"x\"", "why = \"x\"\nwhen = 1")), [(5, "syntax")]);
        assert_eq!(codes(&RULE.replace("finds = { attacker = \"Rebels\" }\n", "")), [(3, "no-proof")]);
    }
}
