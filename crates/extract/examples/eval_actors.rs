//! Measures who is who: gold articles in, shares of fillers and positions found rightly out.
//!
//! Run: `cargo run --release -p entente-extract --example eval_actors -- GOLD_DIR [--errors]`, or `-- FILE.txt --show` to read one article.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool that prints a table")]
#![allow(clippy::cast_precision_loss, reason = "counts are small")]

use std::collections::BTreeMap;
use std::path::Path;

use entente_extract::actors::Actors;
use entente_extract::entities::Entities;
use entente_extract::positions;
use entente_model::{Article, Date, EntityKind};
use entente_nlp::{Document, EntityLabel, Pipeline};
use serde_json::Value;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let gold = arguments.first().ok_or("which folder of gold articles?")?;
    let flag = |name: &str| arguments.iter().any(|argument| argument == name);
    let actors = load_actors()?;
    let pipeline = Pipeline::load()?;
    let mut paths: Vec<_> = if Path::new(gold).is_dir() {
        std::fs::read_dir(gold)?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|p| p.extension().is_some_and(|e| e == "json"))
            .collect()
    } else {
        vec![Path::new(gold).to_path_buf()]
    };
    paths.sort();
    let mut score = Score::default();
    for path in paths {
        let gold: Value = serde_json::from_str(&std::fs::read_to_string(path.with_extension("json"))?)?;
        let body = std::fs::read_to_string(path.with_extension("txt"))?;
        let published = gold["published"].as_str().and_then(|date| date.parse::<Date>().ok());
        let article = Article {
            id: gold["doc"].as_str().unwrap_or_default().to_owned(),
            source: path.display().to_string(),
            title: None,
            published,
            publisher: publisher_line(&body),
            url: None,
            body,
        };
        let document = pipeline.parse(article.body.as_str());
        let entities = Entities::resolve(&document, &article, &actors);
        if flag("--show") {
            show(&document, &entities);
        }
        score.add(&article, &document, &entities, &gold, flag("--errors"));
    }
    score.print();
    Ok(())
}

/// The second paragraph of a gold article names the publisher: "White House, 2021-10-21".
fn publisher_line(body: &str) -> Option<String> {
    let line = body.lines().map(str::trim).filter(|line| !line.is_empty()).nth(1)?;
    (line.len() < 60).then(|| line.split(',').next().unwrap_or(line).to_owned())
}

fn load_actors() -> Result<Actors, Failure> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let mut files = Vec::new();
    for folder in ["actors", "lexicon/words"] {
        let mut paths: Vec<_> =
            std::fs::read_dir(root.join(folder))?.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        for path in paths.into_iter().filter(|p| p.extension().is_some_and(|e| e == "toml")) {
            files.push((path.display().to_string(), std::fs::read_to_string(&path)?));
        }
    }
    let start = std::time::Instant::now();
    let texts = || files.iter().map(|(p, t)| (p.as_str(), t.as_str()));
    let actors = Actors::load(texts()).unwrap_or_else(|faults| {
        for fault in &faults {
            eprintln!("{fault}");
        }
        Actors::read(texts()).0
    });
    eprintln!(
        "actors ready in {:?}: {} actors, {} persons, {} names",
        start.elapsed(),
        actors.all().len(),
        actors.persons().len(),
        actors.names()
    );
    Ok(actors)
}

fn show(document: &Document, entities: &Entities) {
    for sentence in document.sentences() {
        println!("\n  {}", sentence.span.of(document.text()).replace('\n', " "));
        let mut line = Vec::new();
        for token in sentence.tokens.clone() {
            let actors = entities.of_phrase(token);
            let names: Vec<&str> = actors.iter().map(|&e| entities.get(e).name.as_str()).collect();
            let place = entities.place_of(token).map(|e| entities.get(e).name.as_str());
            if !names.is_empty() || place.is_some() {
                let place = place.filter(|p| !names.contains(p)).map(|p| format!(" @{p}")).unwrap_or_default();
                line.push(format!("{}={}{}", document.word(token), names.join("+"), place));
            }
        }
        println!("    {}", line.join("; "));
        let mut said: Vec<&str> = sentence
            .tokens
            .clone()
            .filter_map(|t| entities.speaker_of(t))
            .map(|e| entities.get(e).name.as_str())
            .collect();
        said.dedup();
        if !said.is_empty() {
            println!("    said by {}", said.join(", "));
        }
    }
    println!("\nENTITIES");
    for draft in entities.all() {
        let country = draft.country.map_or("-", |c| entities.get(c).name.as_str());
        println!(
            "  {} | {} | {:?} | {country} | {} mentions | {:?}",
            draft.name,
            draft.id,
            draft.kind,
            draft.mentions.len(),
            draft.aliases
        );
    }
    println!("POSITIONS");
    for position in positions::find(document, entities) {
        println!(
            "  {} | {} | {} | {:?} | {}",
            entities.get(position.person).name,
            entities.get(position.organization).name,
            position.title,
            position.status,
            document.text_of(position.tokens)
        );
    }
}

/// A gold file with its names indexed.
struct Gold<'a> {
    value: &'a Value,
    index: BTreeMap<String, &'a str>,
}

impl<'a> Gold<'a> {
    fn new(value: &'a Value) -> Self {
        let mut index = BTreeMap::new();
        for entity in value["entities"].as_array().into_iter().flatten() {
            let name = entity["name"].as_str().unwrap_or_default();
            for form in forms(entity) {
                index.entry(fold(form)).or_insert(name);
            }
            if let Some(qid) = entity["qid"].as_str() {
                index.insert(qid.to_lowercase(), name);
            }
        }
        Self { value, index }
    }

    fn entities(&self) -> &'a [Value] {
        self.value["entities"].as_array().map_or(&[], Vec::as_slice)
    }

    fn positions(&self) -> Vec<&'a Value> {
        self.value["events"].as_array().into_iter().flatten().filter(|event| event["type"] == "position").collect()
    }

    fn named(&self, form: &str) -> Option<&'a str> {
        self.index.get(&fold(form)).copied()
    }

    /// The gold entity that one of ours is.
    fn resolve(&self, entities: &Entities, entity: usize) -> Option<&'a str> {
        let draft = entities.get(entity);
        self.index.get(&draft.id.to_lowercase()).copied().or_else(|| self.named(&draft.name))
    }
}

/// The name and the aliases of a gold entity.
fn forms(entity: &Value) -> impl Iterator<Item = &str> {
    std::iter::once(&entity["name"]).chain(entity["aliases"].as_array().into_iter().flatten()).filter_map(Value::as_str)
}

#[derive(Default)]
struct Score {
    fillers: usize,
    named: usize,
    resolved: usize,
    with_qid: usize,
    right_qid: usize,
    wrong_qid: usize,
    merges: usize,
    splits: usize,
    baseline_typed: usize,
    kind_right: usize,
    typed: usize,
    asked: usize,
    found: usize,
    answered: usize,
}

impl Score {
    fn add(&mut self, article: &Article, document: &Document, entities: &Entities, gold: &Value, errors: bool) {
        let gold = Gold::new(gold);
        let mut owners: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for e in 0..entities.all().len() {
            if let Some(name) = gold.resolve(entities, e) {
                owners.entry(name).or_default().push(e);
            }
        }
        for entity in gold.entities() {
            let name = entity["name"].as_str().unwrap_or_default();
            let kind = entity["type"].as_str().unwrap_or_default();
            if matches!(kind, "other" | "group") {
                continue;
            }
            self.fillers += 1;
            let mut ours = owners.get(name).cloned().unwrap_or_default();
            if ours.is_empty() && kind == "organization" {
                // A ministry or an army that stands for its state.
                let names: Vec<String> = forms(entity).map(fold).collect();
                ours.extend((0..entities.all().len()).find(|&e| {
                    let draft = entities.get(e);
                    draft.kind == EntityKind::Country && draft.aliases.iter().any(|alias| names.contains(&fold(alias)))
                }));
            }
            if !forms(entity).any(|form| article.body.contains(form)) {
                continue;
            }
            self.named += 1;
            if ours.is_empty() && errors {
                println!("LOST {} {name}", article.id);
            }
            if !ours.is_empty() {
                self.filler(article, document, entities, entity, &ours, errors);
            }
        }
        for draft in entities.all() {
            let mut golds: Vec<&str> =
                draft.aliases.iter().chain([&draft.name]).filter_map(|form| gold.named(form)).collect();
            golds.sort_unstable();
            golds.dedup();
            let people = |name: &&str| gold.entities().iter().any(|g| g["name"] == **name && g["type"] == "person");
            if golds.len() > 1 && (draft.kind != EntityKind::Country || golds.iter().any(people)) {
                self.merges += 1;
                if errors {
                    println!("MERGE {} {}: {golds:?}", article.id, draft.name);
                }
            }
        }
        self.positions(article, document, entities, &gold, errors);
    }

    /// Scores one gold entity that some of our entities are.
    fn filler(
        &mut self,
        article: &Article,
        document: &Document,
        entities: &Entities,
        gold: &Value,
        ours: &[usize],
        errors: bool,
    ) {
        let name = gold["name"].as_str().unwrap_or_default();
        self.resolved += 1;
        // A capital is a country in one sentence and a city in the next: no split.
        let is = |kind: EntityKind| ours.iter().any(|&e| entities.get(e).kind == kind);
        if ours.len() > 1 && !(is(EntityKind::Country) && is(EntityKind::Place)) {
            self.splits += ours.len() - 1;
            if errors {
                let names: Vec<_> = ours.iter().map(|&e| &entities.get(e).name).collect();
                println!("SPLIT {} {name}: {names:?}", article.id);
            }
        }
        let draft = entities.get(ours[0]);
        if let Some(qid) = gold["qid"].as_str() {
            self.with_qid += 1;
            if draft.id == qid {
                self.right_qid += 1;
            } else if draft.id.strip_prefix('Q').is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit())) {
                self.wrong_qid += 1;
                println!("WRONG {} {name}: {} for {qid}", article.id, draft.id);
            } else if errors {
                println!("UNLINKED {} {name} ({})", article.id, draft.id);
            }
        }
        // The baseline: the model's own type of a span that overlaps the first mention.
        let wanted = |label: EntityLabel| match gold["type"].as_str().unwrap_or_default() {
            "person" => label == EntityLabel::Person,
            "organization" => label == EntityLabel::Org,
            _ => matches!(label, EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Fac | EntityLabel::Norp),
        };
        self.typed += 1;
        let kind_fits = match gold["type"].as_str().unwrap_or_default() {
            "person" => draft.kind == EntityKind::Person,
            // A ministry stands for its state.
            "organization" => draft.kind != EntityKind::Person && draft.kind != EntityKind::Place,
            _ => matches!(draft.kind, EntityKind::Country | EntityKind::Place),
        };
        self.kind_right += usize::from(kind_fits);
        let first = draft.mentions.first().copied().unwrap_or_default();
        let proposal = document.entities().iter().find(|span| document.span_of(span.tokens.clone()).overlaps(first));
        self.baseline_typed += usize::from(proposal.is_some_and(|span| wanted(span.label)));
    }

    fn positions(
        &mut self,
        article: &Article,
        document: &Document,
        entities: &Entities,
        gold: &Gold<'_>,
        errors: bool,
    ) {
        let golds = gold.positions();
        let mut taken = vec![false; golds.len()];
        let same = |filler: &Value, e: usize| {
            let ours = gold.resolve(entities, e).map_or_else(|| fold(&entities.get(e).name), fold);
            filler[0].as_str().unwrap_or_default().split('|').any(|option| fold(option) == ours)
        };
        for position in positions::find(document, entities).into_iter().filter(|p| p.status == positions::Status::Held)
        {
            let hit = (0..golds.len()).find(|&g| {
                !taken[g]
                    && same(&golds[g]["person"], position.person)
                    && same(&golds[g]["organization"], position.organization)
            });
            if let Some(g) = hit {
                taken[g] = true;
                let asked = golds[g]["optional"] != true;
                self.found += usize::from(asked);
                self.answered += usize::from(asked);
            } else {
                self.answered += 1;
                if errors {
                    let (person, body) =
                        (&entities.get(position.person).name, &entities.get(position.organization).name);
                    println!("SPURIOUS {} {person} / {body} / {}", article.id, document.text_of(position.tokens));
                }
            }
        }
        for (g, taken) in golds.iter().zip(taken) {
            if g["optional"] != true {
                self.asked += 1;
                if !taken && errors {
                    println!("MISSED {} {} {} {}", article.id, g["person"], g["organization"], g["anchor"]);
                }
            }
        }
    }

    fn print(&self) {
        let share = |part: usize, whole: usize| format!("{part} of {whole} ({:.3})", part as f64 / whole.max(1) as f64);
        println!("fillers named in the text        {}", share(self.named, self.fillers));
        println!("  resolved to the right entity   {}", share(self.resolved, self.named));
        println!("  with the right QID             {}", share(self.right_qid, self.with_qid));
        println!("  with a wrong QID               {}", share(self.wrong_qid, self.with_qid));
        println!("  wrong merges {}, splits {}", self.merges, self.splits);
        println!("  of the right kind              {}", share(self.kind_right, self.typed));
        println!("  baseline: model's type right   {}", share(self.baseline_typed, self.typed));
        println!("positions: precision             {}", share(self.found, self.answered));
        println!("positions: recall                {}", share(self.found, self.asked));
    }
}

/// A name for comparison: no case, accents, articles or possessives.
fn fold(name: &str) -> String {
    let folded = entente_extract::actors::fold(name).to_lowercase();
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && *w != "the");
    words.collect::<Vec<_>>().join(" ")
}
