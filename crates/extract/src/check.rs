//! Proof of the data: every example of a rule is extracted and compared with what it claims, every word list is used,
//! and the actor files are read again from their text.

use entente_model::{Article, Event, Role};
use entente_rules::{Diagnostic, Example, Lexicon, Rule, RuleSet};

use crate::{Extractor, actors::Actors, data::Data, quantities::LexiconError};

/// Loads a table of the lexicon, noting its faults.
pub(crate) fn table<T>(
    data: &Data,
    name: &str,
    load: impl Fn(&str) -> Result<T, LexiconError>,
    faults: &mut Vec<Diagnostic>,
) -> Option<T> {
    let Some((path, text)) = data.table(name) else {
        let message = format!("data/lexicon/{name}.toml is missing");
        faults.push(Diagnostic { path: format!("data/lexicon/{name}.toml"), line: 0, code: "missing", message });
        return None;
    };
    match load(text) {
        Ok(table) => Some(table),
        Err(LexiconError::Syntax(error)) => {
            faults.push(Diagnostic::from_toml(path, text, &error));
            None
        }
        Err(LexiconError::Content(problems)) => {
            faults.extend(problems.into_iter().map(|problem| Diagnostic {
                path: path.to_owned(),
                line: problem.line,
                code: "table",
                message: problem.message,
            }));
            None
        }
    }
}

/// The faults of the actor files, read from their text: those compiled in are otherwise taken as the build left them.
pub(crate) fn actors(data: &Data, actor_files: &[(String, String)]) -> Vec<Diagnostic> {
    let files = data.actors.iter().chain(actor_files).chain(&data.words);
    Actors::read(files.map(|(path, text)| (path.as_str(), text.as_str()))).1
}

/// Word lists that no rule names and that the program does not ask for: of those compiled in, a test holds that it does.
pub(crate) fn unused_lists(data: &Data, rules: &RuleSet) -> Vec<Diagnostic> {
    let built_in = Data::built_in();
    let known =
        Lexicon::load(built_in.words.iter().map(|(path, text)| (path.as_str(), text.as_str()))).unwrap_or_default();
    let unused = |list: &&str| !rules.uses(list) && !known.has(list);
    let report = |list: &str| {
        let heading = format!("[{list}]");
        let (path, text) = data.words.iter().find(|(_, text)| text.lines().any(|line| line == heading))?;
        Some(Diagnostic::at(path, text, &heading, "unused-list", format!("no rule names the word list {list}")))
    };
    rules.lexicon().names().into_iter().filter(unused).filter_map(report).collect()
}

/// Runs the examples of every rule.
pub(crate) fn examples(extractor: &Extractor) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for rule in extractor.rules.rules() {
        for example in &rule.examples {
            if let Some(message) = fault(extractor, rule, example) {
                let path = format!("data/rules/{}.toml", rule.event);
                findings.push(Diagnostic { path, line: example.line, code: "example", message });
            }
        }
    }
    findings
}

/// What an example claims and does not hold.
fn fault(extractor: &Extractor, rule: &Rule, example: &Example) -> Option<String> {
    let article = Article {
        id: "example".into(),
        source: "example".into(),
        title: None,
        published: None,
        publisher: None,
        url: None,
        body: example.text.clone(),
    };
    let extraction = extractor.extract(&article);
    let of_rule: Vec<&Event> =
        extraction.events.iter().filter(|e| e.all_evidence().any(|evidence| evidence.rule == rule.id)).collect();
    if example.finds.is_empty() {
        let found = of_rule.first()?;
        return Some(format!("{} must refuse {:?}, and finds {}", rule.id, example.text, described(found)));
    }
    if of_rule.iter().any(|event| example.finds.iter().all(|(key, values)| holds(event, key, values))) {
        return None;
    }
    let found: Vec<String> = of_rule.iter().map(|event| described(event)).collect();
    let found = if found.is_empty() { "nothing".to_owned() } else { found.join("; ") };
    Some(format!("{} must find {:?} in {:?}, and finds {found}", rule.id, example.finds, example.text))
}

fn holds(event: &Event, key: &str, values: &[String]) -> bool {
    if let Some(role) = Role::from_name(key) {
        let mut expected: Vec<&str> = values.iter().map(String::as_str).collect();
        let mut found: Vec<&str> = event.fillers(role).iter().map(|f| f.name.as_str()).collect();
        expected.sort_unstable();
        found.sort_unstable();
        return expected == found;
    }
    if key == "instrument" {
        let mut expected: Vec<&str> = values.iter().map(String::as_str).collect();
        let mut found: Vec<&str> = event.details.instruments.iter().map(|instrument| instrument.name()).collect();
        expected.sort_unstable();
        found.sort_unstable();
        return expected == found;
    }
    let found = match key {
        "stage" => event.stage.map(|v| v.name().to_owned()),
        "stance" => event.stance.map(|v| v.name().to_owned()),
        "factuality" => event.factuality.map(|v| v.name().to_owned()),
        "subject" => event.details.subject.clone(),
        "kind" => event.aid_kind.map(|v| v.name().to_owned()),
        "date" => event.date.map(|v| v.to_string()),
        "amount" => event.amount.map(|v| format!("{} {}", v.value, v.currency())),
        _ => None,
    };
    values.len() == 1 && found.as_ref() == values.first()
}

fn described(event: &Event) -> String {
    let roles: Vec<String> = event
        .roles
        .iter()
        .map(|(role, fillers)| {
            format!("{role} {}", fillers.iter().map(|f| f.name.as_str()).collect::<Vec<_>>().join(" and "))
        })
        .collect();
    let stage = event.stage.map(|s| format!(", {s}")).unwrap_or_default();
    format!("{} ({}{stage})", event.kind, roles.join(", "))
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    /// The text of all sources below a folder.
    fn sources(folder: &Path) -> String {
        let mut text = String::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                text.push_str(&sources(&path));
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                text.push_str(&fs::read_to_string(path).unwrap());
            }
        }
        text
    }

    #[test]
    fn every_word_list_is_asked_for_by_a_rule_or_by_the_program() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let program = sources(&root.join("src")) + &sources(&root.join("../rules/src"));
        // A family of lists is asked for by the part of the name that they share: `"instrument-{form}"`.
        let asked = |list: &str| {
            let family = list.split_once('-').is_some_and(|(first, _)| program.contains(&format!("\"{first}-{{")));
            family || program.contains(&format!("\"{list}\""))
        };
        let extractor = Extractor::load().unwrap();
        let unused: Vec<&str> = extractor
            .rules
            .lexicon()
            .names()
            .into_iter()
            .filter(|list| !extractor.rules.uses(list) && !asked(list))
            .collect();
        assert_eq!(unused, Vec::<&str>::new());
    }

    #[test]
    fn a_list_of_ones_own_that_no_rule_names_is_reported() {
        let mut data = Data::built_in();
        data.words.push(("lexicon/own.toml".to_owned(), "[odd-verbs]\nwhy = \"x\"\nwords = [\"frob\"]\n".to_owned()));
        let extractor = Extractor::from_data(&data, &[]).unwrap();
        let found: Vec<String> = unused_lists(&data, &extractor.rules).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["lexicon/own.toml:1: no rule names the word list odd-verbs [unused-list]"]);
    }
}
