//! Proof of the rules: every example is extracted and compared with what it claims.

use entente_model::{Article, Event, Role};
use entente_rules::{Diagnostic, Example, Rule};

use crate::{Extractor, data::Data, quantities::LexiconError};

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
    let found = match key {
        "stage" => event.stage.map(|v| v.name().to_owned()),
        "stance" => event.stance.map(|v| v.name().to_owned()),
        "factuality" => event.factuality.map(|v| v.name().to_owned()),
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
