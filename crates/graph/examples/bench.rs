//! Measures the graph: making it, opening it, and every named query on it.
//!
//! `cargo run --release -p entente-graph --example bench -- [QUADS] [DIR]`: made-up articles until the graph has about so many
//! quads (default 2,000,000), in a store under DIR (default: a temporary one). `OXIGRAPH=1` loads the same quads into
//! oxigraph's memory store; `HAND_ON=DIR` writes them, and every question as SPARQL, for `scripts/bench_stores.py`.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a program that measures, not the library"
)]

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

use entente_graph::{DEFAULT_BASE, ExportFormat, Filter, Graph, Queries, QueryOptions, Store, StoreWriter};
use entente_model::{
    AidKind, Amount, Article, Bound, Date, Details, Entity, EntityKind, Event, EventType, Evidence, Extraction, Fact,
    Factuality, Filler, Place, Relation, Role, Stage, Stance,
};
use indexmap::IndexMap;

/// A small generator of numbers, the same on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    /// Small numbers far more often than large ones, as actors are in the news.
    fn skewed(&mut self, end: usize) -> usize {
        let (a, b, c) = (self.below(end), self.below(end), self.below(end));
        a.min(b).min(c)
    }
}

fn actor(number: usize) -> Entity {
    let kind = match number {
        0..200 => EntityKind::Country,
        200..400 => EntityKind::Organization,
        400..600 => EntityKind::Place,
        _ => EntityKind::Person,
    };
    let id = if number < 600 { format!("Q{number}") } else { format!("person-{number}-0a0b0c0d") };
    let aliases = vec![format!("A{number}"), format!("The {number}th")];
    Entity { id, name: format!("Actor {number}"), kind, aliases, mentions: Vec::new() }
}

fn filler(entity: &Entity) -> Filler {
    Filler {
        name: entity.name.clone(),
        id: entity.id.clone(),
        kind: entity.kind,
        mention: entity.name.clone(),
        capacity: None,
    }
}

fn event(numbers: &mut Numbers, article: usize, sentence: usize, start: usize) -> (Event, Vec<Entity>, Vec<Fact>) {
    let kind = EventType::ALL[numbers.below(9)];
    let (first, second) = match kind {
        EventType::Meeting | EventType::Call => (Role::Participant, Role::Participant),
        EventType::Visit => (Role::Visitor, Role::Destination),
        EventType::Aid => (Role::Donor, Role::Recipient),
        EventType::Agreement => (Role::Party, Role::Party),
        EventType::Sanction => (Role::Sender, Role::Target),
        EventType::Attack => (Role::Attacker, Role::Target),
        EventType::Statement => (Role::Speaker, Role::Addressee),
        EventType::Position => (Role::Person, Role::Organization),
        _ => (Role::Actor, Role::Recipient),
    };
    let a = actor(numbers.skewed(3000));
    let b = actor(numbers.skewed(600) + 3000 * usize::from(numbers.below(40) == 0));
    let mut roles: IndexMap<Role, Vec<Filler>> = IndexMap::new();
    roles.entry(first).or_default().push(filler(&a));
    roles.entry(second).or_default().push(filler(&b));
    let stage = match kind {
        EventType::Aid => Some([Stage::Requested, Stage::Pledged, Stage::Approved, Stage::Delivered][numbers.below(4)]),
        EventType::Agreement => {
            Some([Stage::Negotiating, Stage::Agreed, Stage::Signed, Stage::InForce][numbers.below(4)])
        }
        EventType::Sanction => Some([Stage::Proposed, Stage::Imposed, Stage::Lifted][numbers.below(3)]),
        _ => None,
    };
    let happens = matches!(kind, EventType::Meeting | EventType::Call | EventType::Visit | EventType::Attack);
    let planned = numbers.below(8) == 0;
    let place = actor(400 + numbers.below(200));
    let month = u8::try_from(1 + numbers.below(12)).unwrap();
    let date = Date::day(
        i16::try_from(2014 + numbers.below(12)).unwrap(),
        month,
        u8::try_from(1 + numbers.below(28)).unwrap(),
    );
    let value = f64::from(u32::try_from(1 + numbers.below(4000)).unwrap()) * 1e6;
    let text =
        format!("In sentence {sentence} of article {article}, {} did something with {} that was told.", a.name, b.name);
    let id = format!("{kind}-{:08x}{:08x}", numbers.below(1 << 31), article * 16 + sentence);
    let relation = match kind {
        EventType::Meeting => Some(Relation::Met),
        EventType::Call => Some(Relation::SpokeWith),
        EventType::Visit => Some(Relation::Visited),
        EventType::Aid => Some(Relation::PledgedAidTo),
        EventType::Agreement => Some(Relation::SignedAgreementWith),
        EventType::Sanction => Some(Relation::Sanctioned),
        EventType::Attack => Some(Relation::Attacked),
        EventType::Statement => Some(Relation::Criticized),
        EventType::Position => Some(Relation::HoldsOfficeIn),
        _ => None,
    };
    let facts = relation.filter(|_| a.id != b.id).map(|relation| Fact {
        subject: a.id.clone(),
        relation,
        object: b.id.clone(),
        event: id.clone(),
    });
    let event = Event {
        id,
        source: article.to_string(),
        kind,
        roles,
        stage,
        factuality: happens.then_some(if planned { Factuality::Planned } else { Factuality::Actual }),
        stance: (kind == EventType::Statement).then(|| Stance::ALL[numbers.below(6)]),
        aid_kind: (kind == EventType::Aid).then(|| AidKind::ALL[numbers.below(4)]),
        finance: None,
        amount: (kind == EventType::Aid).then_some(Amount { value, currency: *b"USD", bound: Bound::Exact }),
        cumulative: kind == EventType::Aid && numbers.below(9) == 0,
        items: Vec::new(),
        date: (numbers.below(5) > 0).then_some(date),
        place: happens.then(|| Place { name: place.name.clone(), id: place.id.clone() }),
        killed: None,
        injured: None,
        status: None,
        title: matches!(kind, EventType::Position | EventType::Agreement)
            .then(|| format!("Title {}", numbers.below(300))),
        speaker: None,
        details: Details::default(),
        plover: "CONSULT".to_owned(),
        confidence: 0.9,
        rule: format!("{kind}.active"),
        evidence: Evidence {
            start,
            end: start + text.chars().count(),
            trigger_start: start + 4,
            trigger_end: start + 10,
            text,
            sentence,
            rule: format!("{kind}.active"),
        },
        more_evidence: Vec::new(),
    };
    (event, vec![a, b, place], facts.into_iter().collect())
}

fn extraction(numbers: &mut Numbers, article: usize) -> Extraction {
    let (mut body, mut events, mut facts) = (String::new(), Vec::new(), Vec::new());
    let mut entities: IndexMap<String, Entity> = IndexMap::new();
    for sentence in 0..8 {
        let (event, found, fact) = event(numbers, article, sentence, body.chars().count());
        body.push_str(&event.evidence.text);
        body.push('\n');
        entities.extend(found.into_iter().map(|entity| (entity.id.clone(), entity)));
        events.push(event);
        facts.extend(fact);
    }
    facts.sort();
    entities.sort_keys();
    Extraction {
        article: Article {
            id: format!("article-{article}"),
            source: format!("article-{article}"),
            title: Some(format!("Article {article}")),
            published: Some(Date::day(2025, 1, 1)),
            publisher: Some(format!("Publisher {}", article % 40)),
            url: None,
            body,
        },
        entities: entities.into_values().collect(),
        events,
        facts,
    }
}

fn params(name: &str) -> Vec<(String, String)> {
    let given: &[(&str, &str)] = match name {
        "actor-events" | "partners" => &[("actor", "Actor 3")],
        "agreement-history" => &[("title", "title 7")],
        "agreements-in-force" => &[("day", "2024-01-01")],
        "at-place" => &[("place", "Actor 404")],
        "contacts" | "sources" => &[("a", "Actor 3"), ("b", "Actor 9")],
        "donors" => &[("recipient", "Actor 3")],
        "timeline" => &[("since", "2024-03"), ("until", "2024-03")],
        _ => &[],
    };
    given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Resident memory in MB, as the system counts it.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or_default() / 1024
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let quads: usize = arguments.next().map_or(2_000_000, |text| text.replace('_', "").parse().unwrap());
    let temporary = tempfile::tempdir().unwrap();
    let dir = arguments.next().map_or_else(|| temporary.path().join("kg"), PathBuf::from);
    let mut numbers = Numbers(7);
    let sample: Vec<Extraction> = (0..200).map(|article| extraction(&mut numbers, article)).collect();
    let each = Graph::from_extractions(&sample, DEFAULT_BASE).unwrap().quads() / 200;
    let articles = quads / each;

    if !dir.exists() {
        build(&dir, articles);
    }
    let before = memory();
    let began = Instant::now();
    let store = Store::open(&dir).unwrap();
    println!("open: {:.3} s, {} MB more memory", began.elapsed().as_secs_f64(), memory().saturating_sub(before));
    questions(store.graph());

    let began = Instant::now();
    let picture = store.graph().picture(&Filter { actors: vec!["Actor 3".to_owned()], ..Filter::default() }).unwrap();
    println!("picture of one actor ({} links): {:.2} s", picture.edges(), began.elapsed().as_secs_f64());
    let began = Instant::now();
    let ranked = store.graph().rank(&Filter::default()).unwrap();
    println!("rank of {} actors: {:.2} s", ranked.len(), began.elapsed().as_secs_f64());
    let began = Instant::now();
    store.graph().path("Actor 100", "Actor 590", &Filter::default()).unwrap();
    println!("path: {:.2} s", began.elapsed().as_secs_f64());

    if let Some(folder) = std::env::var_os("HAND_ON") {
        hand_on(store.graph(), Path::new(&folder));
    }
    if std::env::var_os("OXIGRAPH").is_some() {
        let mut nquads = Vec::new();
        store.graph().export(ExportFormat::NQuads, &Filter::default(), &mut nquads).unwrap();
        let before = memory();
        let began = Instant::now();
        let other = oxigraph::store::Store::new().unwrap();
        let mut loader = other.bulk_loader();
        loader.load_from_slice(oxigraph::io::RdfFormat::NQuads, &nquads).unwrap();
        loader.commit().unwrap();
        let seconds = began.elapsed().as_secs_f64();
        println!(
            "oxigraph memory store, bulk load of the same N-Quads: {seconds:.2} s, {} MB",
            memory().saturating_sub(before)
        );
    }
}

/// Writes the segments and makes the index.
fn build(dir: &Path, articles: usize) {
    let began = Instant::now();
    let mut writer = StoreWriter::open(dir, None).unwrap();
    let mut numbers = Numbers(7);
    for article in 0..articles {
        writer.put(&extraction(&mut numbers, article), "bench").unwrap();
    }
    println!("put {articles} segments: {:.2} s", began.elapsed().as_secs_f64());
    let began = Instant::now();
    let summary = writer.finish().unwrap();
    let seconds = began.elapsed().as_secs_f64();
    println!(
        "index of {} quads, {} events: {seconds:.2} s, {:.0} quads/s",
        summary.quads,
        summary.events,
        summary.quads as f64 / seconds
    );
}

/// The graph as N-Quads and every question as SPARQL, for other stores.
fn hand_on(graph: &Graph, folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    let mut out = std::io::BufWriter::new(std::fs::File::create(folder.join("graph.nq")).unwrap());
    graph.export(ExportFormat::NQuads, &Filter::default(), &mut out).unwrap();
    for query in Queries::built_in().unwrap().iter() {
        let sparql = graph.sparql(query, &params(&query.name)).unwrap();
        std::fs::write(folder.join(format!("{}.rq", query.name)), sparql).unwrap();
    }
}

/// Processor time of this process so far, in ms, in steps of 10.
fn processor_time() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name, which may hold anything: the 12th and 13th field, in ticks of 10 ms.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |place: usize| fields.get(place).and_then(|field| field.parse::<u32>().ok()).unwrap_or_default();
    f64::from(ticks(11) + ticks(12)) * 10.0
}

/// Asks every named query three times or more, until the processor has worked for a fifth of a second, so that its time is known; `DATA` names a folder with other queries, `ONLY` one of them.
fn questions(graph: &Graph) {
    let queries =
        std::env::var_os("DATA").map_or_else(Queries::built_in, |folder| Queries::load(Path::new(&folder))).unwrap();
    let only = std::env::var("ONLY").unwrap_or_default();
    let (mut times, mut works) = (Vec::new(), Vec::new());
    for query in queries.iter().filter(|query| query.name.contains(&only)) {
        let mut best = f64::INFINITY;
        let mut rows = 0;
        let (mut asked, before) = (0, processor_time());
        while asked < 3 || asked < 200 && processor_time() - before < 200.0 {
            asked += 1;
            let began = Instant::now();
            match graph.ask(query, &params(&query.name), &QueryOptions::default()) {
                Ok(answer) => rows = answer.len(),
                Err(error) => println!("  {}: {error}", query.name),
            }
            best = best.min(began.elapsed().as_secs_f64() * 1000.0);
            if best > 5000.0 {
                break;
            }
        }
        let work = (processor_time() - before) / f64::from(asked);
        println!("  {best:9.1} ms, processor {work:7.1} ms {rows:8} rows  {}", query.name);
        times.push(best);
        works.push(work);
    }
    for (what, mut times) in [("best time", times), ("mean processor time", works)] {
        times.sort_by(f64::total_cmp);
        println!("queries, {what}: median {:.0} ms, slowest {:.0} ms", times[times.len() / 2], times[times.len() - 1]);
    }
}
