//! Extractions written by hand: a small TOML file -> what the extractor would have found.
//!
//! `world.toml` is the world of the query cases; its articles and persons are invented.

#![allow(unreachable_pub, dead_code, reason = "every test file uses its own part of this module")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::format_push_string,
    reason = "test data that is wrong must stop the test"
)]

use std::{collections::BTreeMap, path::Path};

use entente_graph::{DEFAULT_BASE, Graph};
use entente_model::{
    AidKind, Amount, Article, Bound, Date, Details, Entity, EntityKind, Event, EventType, Evidence, Extraction, Fact,
    Factuality, Filler, Finance, Item, OfficeStatus, Place, Relation, Role, Stage, Stance,
};
use indexmap::IndexMap;
use serde::Deserialize;

/// The file.
#[derive(Deserialize)]
struct World {
    /// Name -> kind, id, aliases.
    actors: BTreeMap<String, Vec<String>>,
    article: Vec<WorldArticle>,
}

#[derive(Deserialize)]
struct WorldArticle {
    id: String,
    published: Option<String>,
    publisher: Option<String>,
    title: Option<String>,
    url: Option<String>,
    #[serde(default)]
    event: Vec<WorldEvent>,
    /// More text, in which nothing is found.
    #[serde(default)]
    text: String,
}

#[derive(Deserialize)]
struct WorldEvent {
    #[serde(rename = "type")]
    kind: String,
    roles: IndexMap<String, Vec<String>>,
    /// The sentence, its trigger in brackets.
    says: String,
    date: Option<String>,
    stage: Option<String>,
    factuality: Option<String>,
    stance: Option<String>,
    kind_of_aid: Option<String>,
    finance: Option<String>,
    /// `USD 2300000000 at-least`
    amount: Option<String>,
    #[serde(default)]
    cumulative: bool,
    /// `3 Patriot battery`
    #[serde(default)]
    items: Vec<String>,
    place: Option<String>,
    title: Option<String>,
    status: Option<String>,
    speaker: Option<String>,
    killed: Option<u64>,
    injured: Option<u64>,
    #[serde(default)]
    details: Details,
}

/// The extractions of `world.toml`.
pub fn world() -> Vec<Extraction> {
    read(include_str!("world.toml"))
}

/// The graph of `world.toml`.
#[cfg(not(feature = "rocksdb"))]
pub fn world_graph() -> Graph {
    graph(&world())
}

/// The graph of `world.toml`, from a store, whose queries run on RocksDB.
#[cfg(feature = "rocksdb")]
pub fn world_graph() -> Graph {
    // The database must stay for as long as the graph: the folder lies among the build products and is left there.
    let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap().keep();
    let mut writer = entente_graph::StoreWriter::open(&dir, None).unwrap();
    for extraction in &world() {
        writer.put(extraction, "v1").unwrap();
    }
    writer.finish().unwrap();
    entente_graph::Store::open(&dir).unwrap().into_graph()
}

/// The graph of some extractions.
pub fn graph(extractions: &[Extraction]) -> Graph {
    Graph::from_extractions(extractions, DEFAULT_BASE).unwrap()
}

/// All quads, sorted, as N-Quads.
pub fn nquads(graph: &Graph) -> String {
    let mut out = Vec::new();
    graph.export(entente_graph::ExportFormat::NQuads, &entente_graph::Filter::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Extractions from the text of such a file.
pub fn read(text: &str) -> Vec<Extraction> {
    let world: World = toml::from_str(text).unwrap();
    world.article.iter().map(|article| extraction(article, &world.actors)).collect()
}

fn extraction(article: &WorldArticle, actors: &BTreeMap<String, Vec<String>>) -> Extraction {
    let mut body = article.title.as_ref().map(|title| format!("{title}\n")).unwrap_or_default();
    let mut events: Vec<Event> = Vec::new();
    let mut entities: BTreeMap<String, Entity> = BTreeMap::new();
    for (sentence, told) in article.event.iter().enumerate() {
        let (before, rest) = told.says.split_once('[').unwrap();
        let (trigger, after) = rest.split_once(']').unwrap();
        let text = format!("{before}{trigger}{after}");
        let start = body.chars().count();
        let trigger_start = start + before.chars().count();
        body.push_str(&text);
        body.push('\n');
        let evidence = Evidence {
            start,
            end: start + text.chars().count(),
            text,
            sentence,
            trigger_start,
            trigger_end: trigger_start + trigger.chars().count(),
            rule: format!("{}.active", told.kind),
        };
        let event = event(told, evidence, &article.id, actors, &mut entities);
        match events.iter_mut().find(|known| known.id == event.id) {
            Some(known) => known.more_evidence.push(event.evidence),
            None => events.push(event),
        }
    }
    body.push_str(&article.text);
    let mut facts: Vec<Fact> = events.iter().flat_map(facts_of).collect();
    facts.sort();
    facts.dedup();
    Extraction {
        article: Article {
            id: article.id.clone(),
            source: format!("{}.txt", article.id),
            title: article.title.clone(),
            published: article.published.as_ref().map(|date| date.parse().unwrap()),
            publisher: article.publisher.clone(),
            url: article.url.clone(),
            body,
        },
        entities: entities.into_values().collect(),
        events,
        facts,
    }
}

fn event(
    told: &WorldEvent,
    evidence: Evidence,
    source: &str,
    actors: &BTreeMap<String, Vec<String>>,
    entities: &mut BTreeMap<String, Entity>,
) -> Event {
    let mut filler = |name: &String| {
        let entity = entity(name, actors);
        entities.insert(entity.id.clone(), entity.clone());
        Filler { name: entity.name, id: entity.id, kind: entity.kind, mention: name.clone(), capacity: None }
    };
    let roles: IndexMap<Role, Vec<Filler>> = told
        .roles
        .iter()
        .map(|(role, names)| (Role::from_name(role).unwrap(), names.iter().map(&mut filler).collect()))
        .collect();
    let place = told.place.as_ref().map(&mut filler).map(|place| Place { name: place.name, id: place.id });
    let speaker = told.speaker.as_ref().map(&mut filler);
    let kind = EventType::from_name(&told.kind).unwrap();
    let mut event = Event {
        id: String::new(),
        source: source.to_owned(),
        kind,
        roles,
        stage: told.stage.as_ref().map(|name| Stage::from_name(name).unwrap()),
        factuality: told.factuality.as_ref().map(|name| Factuality::from_name(name).unwrap()),
        stance: told.stance.as_ref().map(|name| Stance::from_name(name).unwrap()),
        aid_kind: told.kind_of_aid.as_ref().map(|name| AidKind::from_name(name).unwrap()),
        finance: told.finance.as_ref().map(|name| Finance::from_name(name).unwrap()),
        amount: told.amount.as_deref().map(amount),
        cumulative: told.cumulative,
        items: told.items.iter().map(|text| item(text)).collect(),
        date: told.date.as_ref().map(|date| date.parse::<Date>().unwrap()),
        place,
        killed: told.killed,
        injured: told.injured,
        title: told.title.clone(),
        status: told.status.as_ref().map(|name| OfficeStatus::from_name(name).unwrap()),
        speaker,
        details: told.details.clone(),
        plover: plover(kind).to_owned(),
        confidence: 0.9,
        rule: evidence.rule.clone(),
        evidence,
        more_evidence: Vec::new(),
    };
    event.id = identity(&event);
    event
}

fn entity(name: &str, actors: &BTreeMap<String, Vec<String>>) -> Entity {
    let known = actors.get(name).unwrap_or_else(|| panic!("{name} is not among the actors"));
    let kind = match known[0].as_str() {
        "country" => EntityKind::Country,
        "person" => EntityKind::Person,
        "organization" => EntityKind::Organization,
        "group" => EntityKind::Group,
        "place" => EntityKind::Place,
        _ => EntityKind::Other,
    };
    let mut aliases = known[2..].to_vec();
    aliases.sort();
    Entity { id: known[1].clone(), name: name.to_owned(), kind, aliases, mentions: Vec::new() }
}

fn amount(text: &str) -> Amount {
    let parts: Vec<&str> = text.split(' ').collect();
    let bound = match parts.get(2) {
        Some(&"at-least") => Bound::AtLeast,
        Some(&"at-most") => Bound::AtMost,
        Some(&"about") => Bound::About,
        _ => Bound::Exact,
    };
    Amount { value: parts[1].parse().unwrap(), currency: parts[0].as_bytes().try_into().unwrap(), bound }
}

fn item(text: &str) -> Item {
    match text.split_once(' ').and_then(|(count, name)| Some((count.parse().ok()?, name))) {
        Some((count, name)) => Item { name: name.to_owned(), count: Some(count) },
        None => Item { name: text.to_owned(), count: None },
    }
}

/// Type, roles, stage, stance, factuality, amount and date.
fn identity(event: &Event) -> String {
    let mut text = event.kind.name().to_owned();
    for (role, fillers) in &event.roles {
        let mut ids: Vec<&str> = fillers.iter().map(|filler| filler.id.as_str()).collect();
        ids.sort_unstable();
        text.push_str(&format!("|{role}={}", ids.join(",")));
    }
    let date = event.date.map(|date| date.to_string());
    let amount = event.amount.map(|amount| format!("{} {}", amount.currency(), amount.value));
    text.push_str(&format!("|{:?}|{:?}|{:?}|{amount:?}|{date:?}", event.stage, event.stance, event.factuality));
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    format!("{}-{hash:016x}", event.kind)
}

fn plover(kind: EventType) -> &'static str {
    match kind {
        EventType::Meeting | EventType::Call | EventType::Visit => "CONSULT",
        EventType::Aid => "AID",
        EventType::Agreement => "AGREE",
        EventType::Sanction => "SANCTION",
        EventType::Attack => "ASSAULT",
        EventType::Statement => "SUPPORT",
        EventType::Position => "COOPERATE",
        EventType::Protest => "PROTEST",
        EventType::Mobilize => "MOBILIZE",
        EventType::Coerce => "COERCE",
        EventType::Cooperate => "COOPERATE",
        EventType::Concede => "CONCEDE",
        EventType::Retreat => "RETREAT",
        EventType::Reject => "REJECT",
        EventType::Request => "REQUEST",
        EventType::Threaten => "THREATEN",
        EventType::Accuse => "ACCUSE",
        EventType::Support => "SUPPORT",
    }
}

fn facts_of(event: &Event) -> Vec<Fact> {
    let happened = event.factuality.is_none_or(|factuality| factuality == Factuality::Actual);
    let (relation, from, to) = match (event.kind, event.stage, event.stance) {
        _ if !happened => return Vec::new(),
        (EventType::Meeting, ..) => (Relation::Met, Role::Participant, Role::Participant),
        (EventType::Call, ..) => (Relation::SpokeWith, Role::Participant, Role::Participant),
        (EventType::Visit, ..) => (Relation::Visited, Role::Visitor, Role::Destination),
        (EventType::Aid, Some(Stage::Pledged | Stage::Approved), _) => {
            (Relation::PledgedAidTo, Role::Donor, Role::Recipient)
        }
        (EventType::Aid, Some(Stage::Delivered), _) => (Relation::DeliveredAidTo, Role::Donor, Role::Recipient),
        (EventType::Aid, Some(Stage::Requested), _) => (Relation::RequestedAidFrom, Role::Recipient, Role::Donor),
        (EventType::Agreement, Some(Stage::Signed), _) => (Relation::SignedAgreementWith, Role::Party, Role::Party),
        (EventType::Agreement, Some(Stage::Negotiating), _) => (Relation::NegotiatesWith, Role::Party, Role::Party),
        (EventType::Sanction, Some(Stage::Imposed), _) => (Relation::Sanctioned, Role::Sender, Role::Target),
        (EventType::Attack, ..) => (Relation::Attacked, Role::Attacker, Role::Target),
        (EventType::Statement, _, Some(Stance::Support | Stance::Praise)) => {
            (Relation::Supports, Role::Speaker, Role::Addressee)
        }
        (EventType::Statement, _, Some(Stance::Criticize | Stance::Threaten | Stance::Reject)) => {
            (Relation::Criticized, Role::Speaker, Role::Addressee)
        }
        (EventType::Position, ..) => (Relation::HoldsOfficeIn, Role::Person, Role::Organization),
        _ => return Vec::new(),
    };
    let mut facts = Vec::new();
    for a in event.fillers(from) {
        for b in event.fillers(to) {
            if a.id != b.id && !(relation.is_symmetric() && a.id > b.id) {
                facts.push(Fact { subject: a.id.clone(), relation, object: b.id.clone(), event: event.id.clone() });
            }
        }
    }
    facts
}

/// An article whose names and sentences are full of markup.
pub const EVIL: &str = r#"
[actors]
"A\"]; evil [x=\"<script>alert(1)</script>&amp;\\N" = ["country", "evil-1"]
"B ]]> --> <!-- ' \u0007\u001b[31m" = ["person", "evil-2"]

[[article]]
id = "<script>alert(2)</script>"
title = "\"<script>alert(3)</script>"
url = "javascript:alert(4)"
publisher = "P<script>alert(5)</script>"

[[article.event]]
type = "meeting"
roles = { participant = ["A\"]; evil [x=\"<script>alert(1)</script>&amp;\\N", "B ]]> --> <!-- ' \u0007\u001b[31m"] }
factuality = "actual"
date = "2024-05-01"
says = "They </text><script>alert(6)</script> [met] =cmd|' /C calc'!A0."
"#;

/// The cases of a question, each as its parameters: the headings `## actor=Moldova, since=2024` of its file in `queries/`.
pub fn cases(question: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/queries/{question}.md"));
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let found: Vec<String> = text.lines().filter_map(|line| line.strip_prefix("## ")).map(str::to_owned).collect();
    if found.is_empty() { vec![WITHOUT.to_owned()] } else { found }
}

/// The heading of a case without parameters.
const WITHOUT: &str = "no parameters";

/// The parameters of a case.
pub fn params(case: &str) -> Vec<(String, String)> {
    if case == WITHOUT {
        return Vec::new();
    }
    let pairs = case.split(", ").map(|part| part.split_once('=').unwrap());
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// A cell with its parts in order: `GROUP_CONCAT` has none of its own, and every store takes another.
pub fn cell(text: &str) -> String {
    let mut parts: Vec<&str> = text.split(", ").flat_map(|part| part.split(" / ")).collect();
    parts.sort_unstable();
    parts.join("; ")
}
