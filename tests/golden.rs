//! Runs every case of `golden/*.md`: an article, and every event that it must give, no more and no less.
//!
//! A case is a Markdown file: a heading, a line that says why the case is here, and two fenced blocks, `article` and `events`.
//! `make bless` rewrites the second block of every case; review the difference as if it were code. See CONTRIBUTING.md.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::{fmt::Write as _, fs, path::PathBuf};

use entente_extract::{Extractor, read};
use entente_model::{
    AidKind, Bound, Date, Details, Event, Factuality, Finance, OfficeStatus, Package, Range, Stage, Stance,
};

#[test]
fn every_case_gives_its_events() {
    let bless = std::env::var_os("ENTENTE_BLESS").is_some();
    let extractor =
        Extractor::load().unwrap_or_else(|error| panic!("the data files that are built in are bad: {error}"));
    let mut failures = String::new();
    for path in cases() {
        let text = fs::read_to_string(&path).unwrap();
        let case = Case::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let found = events(&extractor, case.article);
        if bless {
            fs::write(&path, case.with_events(&found)).unwrap();
        } else if found != case.events {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            writeln!(failures, "\n{name}: {}\n{}", case.title, difference(case.events, &found)).unwrap();
        }
    }
    assert!(failures.is_empty(), "{failures}\n(- expected, + found; `make bless` takes over what was found)");
}

/// All cases, sorted by name.
fn cases() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "md"));
    paths.sort();
    assert!(!paths.is_empty(), "no golden cases");
    paths
}

struct Case<'a> {
    title: &'a str,
    article: &'a str,
    events: &'a str,
    /// The whole file.
    text: &'a str,
}

impl<'a> Case<'a> {
    fn parse(text: &'a str) -> Result<Self, String> {
        let title =
            text.lines().next().and_then(|line| line.strip_prefix("# ")).ok_or("line 1: a heading must come first")?;
        let block = |name: &str| {
            let open = format!("\n```{name}\n");
            let start = text.find(&open).ok_or_else(|| format!("no block ```{name}"))? + open.len();
            let end = text[start..].find("```").ok_or_else(|| format!("the block ```{name} has no end"))?;
            Ok::<_, String>(&text[start..start + end])
        };
        Ok(Self { title, article: block("article")?, events: block("events")?, text })
    }

    fn with_events(&self, events: &str) -> String {
        let start = self.events.as_ptr() as usize - self.text.as_ptr() as usize;
        format!("{}{events}{}", &self.text[..start], &self.text[start + self.events.len()..])
    }
}

/// The events of an article as a case writes them: one a line, sorted.
fn events(extractor: &Extractor, article: &str) -> String {
    let reading = read::read("case.txt", article.as_bytes()).unwrap();
    let extractions = reading.articles.iter().map(|article| extractor.extract(article));
    let mut lines: Vec<String> = extractions.flat_map(|e| e.events).map(|event| line(&event)).collect();
    lines.sort();
    lines.push(String::new());
    lines.join("\n")
}

/// `aid pledged military | donor: Estonia | recipient: Ukraine | amount: at-least 32000000 EUR | date: 2024-05-03`
fn line(event: &Event) -> String {
    let mut parts = vec![event.kind.to_string()];
    let words = [
        event.stage.map(Stage::name),
        event.stance.map(Stance::name),
        event.factuality.map(Factuality::name),
        event.aid_kind.map(AidKind::name),
        event.finance.map(Finance::name),
        event.status.map(OfficeStatus::name),
    ];
    parts[0].extend(words.into_iter().flatten().flat_map(|word| [" ", word]));
    for (role, fillers) in event.roles.iter().filter(|(_, fillers)| !fillers.is_empty()) {
        let names: Vec<&str> = fillers.iter().map(|filler| filler.name.as_str()).collect();
        parts.push(format!("{role}: {}", names.join(", ")));
    }
    if let Some(amount) = &event.amount {
        let bound = match amount.bound {
            Bound::Exact => "",
            Bound::AtLeast => "at-least ",
            Bound::AtMost => "at-most ",
            Bound::About => "about ",
        };
        let total = if event.cumulative { " in total" } else { "" };
        parts.push(format!("amount: {bound}{} {}{total}", amount.value, amount.currency()));
    }
    let items: Vec<String> =
        event.items.iter().map(|i| i.count.map_or_else(|| i.name.clone(), |n| format!("{n} {}", i.name))).collect();
    let rest = [
        ("items", (!items.is_empty()).then(|| items.join(", "))),
        ("title", event.title.clone()),
        ("place", event.place.as_ref().map(|place| place.name.clone())),
        ("date", event.date.map(|date| date.to_string())),
        ("killed", event.killed.map(|n| n.to_string())),
        ("injured", event.injured.map(|n| n.to_string())),
        ("speaker", event.speaker.as_ref().map(|speaker| speaker.name.clone())),
    ];
    parts.extend(details(&event.details));
    parts.extend(rest.into_iter().filter_map(|(name, value)| value.map(|value| format!("{name}: {value}"))));
    parts.join(" | ")
}

/// `period: P4Y | part of: package, 2000000000 USD | weapons: drone`
fn details(details: &Details) -> Vec<String> {
    let date = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let package = |package: &Package| match &package.amount {
        Some(amount) => format!("{}, {} {}", package.title, amount.value, amount.currency()),
        None => package.title.clone(),
    };
    let range = |range: Range| {
        let end = |end: Option<u64>| end.map(|end| end.to_string()).unwrap_or_default();
        format!("{}..{}", end(range.least), end(range.most))
    };
    let period = details.period.map(|period| {
        let span = (period.from.is_some() || period.until.is_some())
            .then(|| format!("{}..{}", date(period.from), date(period.until)));
        let annual = period.annual.then(|| "annual".to_owned());
        [period.length.map(|length| length.to_string()), span, annual]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    });
    let joined = |values: Vec<String>| (!values.is_empty()).then(|| values.join("; "));
    let parties = details
        .party_stages
        .iter()
        .map(|party| format!("{}{} by {}", if party.pending { "not yet " } else { "" }, party.stage, party.name));
    let others = details.alternatives.iter().map(|other| {
        let amount = other.amount.map(|amount| format!("{} {}", amount.value, amount.currency()));
        let killed = other.killed.map(|n| format!("{n} killed"));
        let injured = other.injured.map(|n| format!("{n} injured"));
        let date = other.date.map(|date| date.to_string());
        [amount, killed, injured, date].into_iter().flatten().collect::<Vec<_>>().join(", ")
    });
    let values = [
        ("period", period),
        ("supply", details.supply.map(|supply| supply.name().to_owned())),
        ("number", details.number.map(|number| number.to_string())),
        ("part of", details.part_of.as_ref().map(package)),
        ("parts", joined(details.parts.iter().map(package).collect())),
        ("instrument", details.instrument.map(|form| form.name().to_owned())),
        ("subject", details.subject.clone()),
        ("earlier", joined(details.earlier.iter().map(|other| format!("{} {}", other.link, other.title)).collect())),
        ("parties", joined(parties.collect())),
        ("occasion", details.occasion.clone()),
        ("instruments", joined(details.instruments.iter().map(ToString::to_string).collect())),
        ("weapons", joined(details.weapons.clone())),
        ("killed between", details.killed.map(range)),
        ("injured between", details.injured.map(range)),
        ("attribution", details.attribution.map(|attribution| attribution.name().to_owned())),
        ("or", joined(others.collect())),
    ];
    values.into_iter().filter_map(|(name, value)| value.map(|value| format!("{name}: {value}"))).collect()
}

/// Lines that only one side has.
fn difference(expected: &str, found: &str) -> String {
    let missing = expected.lines().filter(|line| !found.lines().any(|f| f == *line)).map(|line| format!("  - {line}"));
    let extra = found.lines().filter(|line| !expected.lines().any(|e| e == *line)).map(|line| format!("  + {line}"));
    missing.chain(extra).collect::<Vec<_>>().join("\n")
}
