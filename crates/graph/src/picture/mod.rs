//! Pictures: events of the graph -> actors as nodes and what passed between them as labelled lines.
//!
//! Two-party events of one kind between the same two become one line with dates, amounts and a count of sources; an
//! event with many sides becomes a small node of its own. Persons stand with the country or the body that they hold an
//! office in. Only so many lines are drawn as a page can carry; the caption sums up what is left out.

mod dot;
mod graphviz;
mod label;
mod layout;
mod look;
mod svg;

use std::collections::{BTreeMap, BTreeSet};

use entente_model::{EventType, Role};
pub use graphviz::GraphvizError;
pub(crate) use label::verb;
use label::{line_label, when, when_and_sources};
pub(crate) use look::{NodeKind, Tone};

use crate::{
    Filter, Graph, NameError,
    index::Id,
    query::describe,
    view::{self, EventView},
    vocabulary::ent,
};

/// How many lines a picture has where nobody says otherwise.
const DEFAULT_TOP: usize = 40;
/// More lines than this make no readable picture, and Graphviz slow.
const MOST: usize = 150;
/// So many lines between two actors can lie side by side.
const MOST_BESIDE: usize = 3;
/// So many lines of text a condensed line has.
const MOST_LINES: usize = 4;
/// An event with more sides than this is a node, not a line for every pair.
const MOST_SIDES: usize = 3;

/// A picture: what to draw, before it is laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub(crate) caption: String,
    pub(crate) note: String,
    /// What is not drawn, by sort.
    pub(crate) left_out: Option<String>,
    /// Nodes that belong together, each in one cluster at most.
    pub(crate) clusters: Vec<Cluster>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) edges: Vec<Edge>,
}

/// An actor, or an event with many sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) iri: String,
    pub(crate) label: String,
    pub(crate) kind: NodeKind,
    /// One of the actors that the picture is about.
    pub(crate) focus: bool,
    /// Of a person: the country or body of an office.
    pub(crate) home: Option<String>,
}

/// Persons with the country or the body that they hold an office in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cluster {
    pub(crate) label: String,
    /// Places of its nodes, sorted.
    pub(crate) nodes: Vec<usize>,
}

/// A line between two nodes, with all that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edge {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// Lines of text: what, how much, when and from how many sources.
    pub(crate) label: Vec<String>,
    pub(crate) directed: bool,
    pub(crate) tone: Tone,
    /// Planned, possible or denied: drawn dashed.
    pub(crate) uncertain: bool,
    pub(crate) sources: usize,
    /// The events behind it.
    pub(crate) events: Vec<String>,
}

/// Events of one kind between the same two, before the best are chosen.
#[derive(Default)]
struct Bundle<'a> {
    events: Vec<&'a EventView>,
}

/// What makes events one line.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    from: Id,
    to: Id,
    verb: String,
    directed: bool,
    uncertain: bool,
    tone: Tone,
}

impl Graph {
    /// Chooses what to draw.
    ///
    /// # Errors
    /// If an actor of the filter is not known.
    pub fn picture(&self, filter: &Filter) -> Result<Picture, NameError> {
        let events = self.events_of(filter)?;
        let mut focus = BTreeSet::new();
        let mut focus_names = Vec::new();
        for name in &filter.actors {
            let actor = self.actor(name)?;
            focus.extend(self.index().iri(&actor.iri));
            focus_names.push(actor.name);
        }
        let mut bundles: BTreeMap<Key, Bundle<'_>> = BTreeMap::new();
        let mut gatherings: Vec<&EventView> = Vec::new();
        for event in &events {
            if event.fillers(Role::Participant).len().max(event.fillers(Role::Party).len()) > MOST_SIDES {
                gatherings.push(event);
                continue;
            }
            for (from, to, directed) in pairs(event) {
                let tone = Tone::of(event.kind);
                // One line for an office, however its title is worded.
                let verb = if tone == Tone::Office { String::new() } else { verb(event) };
                let key = Key { from, to, verb, directed, uncertain: !event.happened(), tone };
                bundles.entry(key).or_default().events.push(event);
            }
        }
        // Office lines explain persons; they never crowd out what happened.
        let mut ranked: Vec<(Rank, Candidate<'_>)> = bundles
            .into_iter()
            .map(|(key, bundle)| (rank(&key, &bundle, &focus), Candidate::Line(key, bundle)))
            .chain(gatherings.into_iter().map(|event| (rank_of_gathering(event, &focus), Candidate::Gathering(event))))
            .collect();
        ranked.sort_by(|(a, _), (b, _)| a.cmp(b));
        let total: usize = ranked.iter().map(|(_, candidate)| candidate.lines()).sum();
        let top = filter.top.unwrap_or(DEFAULT_TOP).clamp(1, MOST);
        let (mut chosen, mut rest) = (Vec::new(), Vec::new());
        let mut lines = 0;
        for (_, candidate) in ranked {
            if lines + candidate.lines() <= top || chosen.is_empty() {
                lines += candidate.lines();
                chosen.push(candidate);
            } else {
                rest.push(candidate);
            }
        }
        let mut picture = self.draw(&chosen, &focus);
        picture.left_out = left_out(&chosen, &rest);
        picture.caption = caption(&focus_names, filter);
        let articles: BTreeSet<Id> = events.iter().flat_map(|event| event.articles.iter().copied()).collect();
        let drawn = lines;
        let plural = |count: usize, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
        let shown = if total > drawn { format!("top {drawn} of {total} links") } else { plural(total, "link") };
        picture.note =
            format!("{shown}, {}, from {}", plural(events.len(), "event"), plural(articles.len(), "article"));
        Ok(picture)
    }

    fn draw(&self, chosen: &[Candidate<'_>], focus: &BTreeSet<Id>) -> Picture {
        let index = self.index();
        let mut nodes: Vec<Node> = Vec::new();
        let mut places: BTreeMap<Id, usize> = BTreeMap::new();
        let mut actor = |id: Id, nodes: &mut Vec<Node>| {
            *places.entry(id).or_insert_with(|| {
                let actor = describe(self, id);
                let kind = NodeKind::of(&actor.kind);
                nodes.push(Node { iri: actor.iri, label: actor.name, kind, focus: focus.contains(&id), home: None });
                nodes.len() - 1
            })
        };
        let mut edges: Vec<(Edge, Vec<&EventView>)> = Vec::new();
        for candidate in chosen {
            match candidate {
                Candidate::Line(key, bundle) => {
                    let (from, to) = (actor(key.from, &mut nodes), actor(key.to, &mut nodes));
                    let sources: BTreeSet<Id> = bundle.events.iter().flat_map(|e| e.articles.iter().copied()).collect();
                    let edge = Edge {
                        from,
                        to,
                        label: line_label(&key.verb, bundle),
                        directed: key.directed,
                        tone: key.tone,
                        uncertain: key.uncertain,
                        sources: sources.len(),
                        events: bundle.events.iter().map(|event| index.iri_of(event.id).to_owned()).collect(),
                    };
                    edges.push((edge, bundle.events.clone()));
                }
                Candidate::Gathering(event) => {
                    let mut text = vec![verb(event)];
                    text.extend(event.title.clone().filter(|_| event.kind == EventType::Agreement));
                    text.extend(event.places.first().map(|place| view::label(index, *place)));
                    text.extend(when(&[event]));
                    nodes.push(Node {
                        iri: index.iri_of(event.id).to_owned(),
                        label: text.join("\n"),
                        kind: NodeKind::Event,
                        focus: false,
                        home: None,
                    });
                    let centre = nodes.len() - 1;
                    for id in event.actors() {
                        let from = actor(id, &mut nodes);
                        let edge = Edge {
                            from,
                            to: centre,
                            label: Vec::new(),
                            directed: false,
                            tone: Tone::of(event.kind),
                            uncertain: !event.happened(),
                            sources: event.sources,
                            events: vec![index.iri_of(event.id).to_owned()],
                        };
                        edges.push((edge, vec![event]));
                    }
                }
            }
        }
        let clusters = self.clusters(&places, &mut nodes);
        let (caption, note) = (String::new(), String::new());
        Picture { caption, note, left_out: None, clusters, nodes, edges: condense(edges) }
    }

    /// Persons by where they hold an office: in something that is drawn, else in a country, else in what comes first.
    fn clusters(&self, places: &BTreeMap<Id, usize>, nodes: &mut [Node]) -> Vec<Cluster> {
        let mut clusters: BTreeMap<Id, Cluster> = BTreeMap::new();
        for (id, place) in places {
            if nodes[*place].kind != NodeKind::Person {
                continue;
            }
            let offices = self.index().objects(*id, &ent::HOLDS_OFFICE_IN.into_owned());
            let far = |home: &Id| (!places.contains_key(home), describe(self, *home).kind != "Country", *home);
            let Some(home) = offices.into_iter().min_by_key(far) else { continue };
            let cluster = clusters.entry(home).or_insert_with(|| {
                let drawn = places.get(&home).filter(|place| nodes[**place].kind != NodeKind::Person);
                Cluster { label: describe(self, home).name, nodes: drawn.copied().into_iter().collect() }
            });
            cluster.nodes.push(*place);
            nodes[*place].home = Some(cluster.label.clone());
        }
        for cluster in clusters.values_mut() {
            cluster.nodes.sort_unstable();
        }
        clusters.into_values().filter(|cluster| cluster.nodes.len() > 1).collect()
    }
}

/// How many links of each sort are not drawn, and how many actors are in none that is.
fn left_out(chosen: &[Candidate<'_>], rest: &[Candidate<'_>]) -> Option<String> {
    let mut sorts: BTreeMap<Tone, usize> = BTreeMap::new();
    for candidate in rest {
        *sorts.entry(candidate.tone()).or_default() += candidate.lines();
    }
    let mut sorts: Vec<(Tone, usize)> = sorts.into_iter().collect();
    sorts.sort_by_key(|(tone, count)| (std::cmp::Reverse(*count), *tone));
    let actors = |candidates: &[Candidate<'_>]| candidates.iter().flat_map(Candidate::actors).collect::<BTreeSet<Id>>();
    let more = actors(rest).difference(&actors(chosen)).count();
    let mut parts: Vec<String> = sorts.iter().map(|(tone, count)| format!("{} ({count})", tone.name())).collect();
    if more > 0 {
        parts.push(format!("{more} more actor{}", if more == 1 { "" } else { "s" }));
    }
    (!parts.is_empty()).then(|| format!("left out: {}", parts.join("; ")))
}

enum Candidate<'a> {
    Line(Key, Bundle<'a>),
    Gathering(&'a EventView),
}

impl Candidate<'_> {
    const fn tone(&self) -> Tone {
        match self {
            Self::Line(key, _) => key.tone,
            Self::Gathering(event) => Tone::of(event.kind),
        }
    }

    fn actors(&self) -> BTreeSet<Id> {
        match self {
            Self::Line(key, _) => BTreeSet::from([key.from, key.to]),
            Self::Gathering(event) => event.actors(),
        }
    }

    fn lines(&self) -> usize {
        match self {
            Self::Line(..) => 1,
            Self::Gathering(event) => event.actors().len(),
        }
    }
}

/// Lower is drawn first: what touches the actors asked for, deeds before words before offices, many sources, many events, late.
type Rank = (bool, bool, std::cmp::Reverse<usize>, std::cmp::Reverse<usize>, std::cmp::Reverse<String>, Id, Id);

fn rank(key: &Key, bundle: &Bundle<'_>, focus: &BTreeSet<Id>) -> Rank {
    let sources: usize = bundle.events.iter().map(|event| event.sources).sum();
    let latest = bundle.events.iter().filter_map(|event| event.span.clone()).map(|(_, last)| last).max();
    (
        !focus.is_empty() && !focus.contains(&key.from) && !focus.contains(&key.to),
        key.tone == Tone::Office,
        std::cmp::Reverse(sources),
        std::cmp::Reverse(bundle.events.len()),
        std::cmp::Reverse(latest.unwrap_or_default()),
        key.from,
        key.to,
    )
}

fn rank_of_gathering(event: &EventView, focus: &BTreeSet<Id>) -> Rank {
    let actors = event.actors();
    (
        !focus.is_empty() && actors.is_disjoint(focus),
        false,
        std::cmp::Reverse(event.sources),
        std::cmp::Reverse(1),
        std::cmp::Reverse(event.span.clone().map(|(_, last)| last).unwrap_or_default()),
        event.id,
        event.id,
    )
}

/// Who is linked to whom by an event, and whether the link has a direction.
pub(crate) fn pairs(event: &EventView) -> Vec<(Id, Id, bool)> {
    let among = |role| {
        let sides = event.fillers(role);
        let mut pairs = Vec::new();
        for (place, a) in sides.iter().enumerate() {
            pairs.extend(sides[place + 1..].iter().map(|b| (*a, *b, false)));
        }
        pairs
    };
    let from_to = |from: Role, to: Role| {
        let mut pairs = Vec::new();
        for a in event.fillers(from) {
            pairs.extend(event.fillers(to).into_iter().filter(|b| *b != a).map(|b| (a, b, true)));
        }
        pairs
    };
    match event.kind {
        EventType::Meeting | EventType::Call => among(Role::Participant),
        EventType::Agreement => among(Role::Party),
        EventType::Visit => from_to(Role::Visitor, Role::Destination),
        // What was asked for goes the other way.
        EventType::Aid if event.stage.as_deref() == Some("requested") => from_to(Role::Recipient, Role::Donor),
        EventType::Aid => from_to(Role::Donor, Role::Recipient),
        EventType::Sanction => from_to(Role::Sender, Role::Target),
        EventType::Attack => from_to(Role::Attacker, Role::Target),
        EventType::Statement => from_to(Role::Speaker, Role::Addressee),
        EventType::Position => from_to(Role::Person, Role::Organization),
        _ => from_to(Role::Actor, Role::Recipient),
    }
}

/// Between two actors that share more lines than can lie side by side, lines of one sort and direction become one.
fn condense(edges: Vec<(Edge, Vec<&EventView>)>) -> Vec<Edge> {
    let pair = |edge: &Edge| (edge.from.min(edge.to), edge.from.max(edge.to));
    let mut crowd: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (edge, _) in &edges {
        *crowd.entry(pair(edge)).or_default() += 1;
    }
    let mut groups: Vec<(Edge, Vec<&EventView>, Vec<String>)> = Vec::new();
    for (edge, events) in edges {
        let short = match edge.label.as_slice() {
            [what, how_much, _, ..] => format!("{what}: {}", how_much.split(';').next().unwrap_or_default()),
            [what, rest] if !rest.starts_with(|c: char| c.is_ascii_digit()) => format!("{what}: {rest}"),
            [what, ..] => what.clone(),
            [] => String::new(),
        };
        let same = |other: &&mut (Edge, Vec<&EventView>, Vec<String>)| {
            crowd[&pair(&edge)] > MOST_BESIDE
                && (other.0.from, other.0.to, other.0.directed, other.0.tone, other.0.uncertain)
                    == (edge.from, edge.to, edge.directed, edge.tone, edge.uncertain)
        };
        match groups.iter_mut().find(same) {
            Some((kept, all, lines)) => {
                kept.events.extend(edge.events);
                all.extend(events);
                lines.push(short);
            }
            None => groups.push((edge, events, vec![short])),
        }
    }
    groups
        .into_iter()
        .map(|(mut edge, events, mut lines)| {
            if lines.len() > 1 {
                let more = lines.len().saturating_sub(MOST_LINES);
                lines.truncate(MOST_LINES);
                if more > 0 {
                    lines.push(format!("and {more} more"));
                }
                lines.extend(when_and_sources(&events));
                edge.label = lines;
                edge.sources = events.iter().flat_map(|event| &event.articles).collect::<BTreeSet<_>>().len();
            }
            edge
        })
        .collect()
}

fn caption(focus: &[String], filter: &Filter) -> String {
    let names: Vec<&str> = focus.iter().map(String::as_str).collect();
    let mut caption = if names.is_empty() { "All actors".to_owned() } else { crate::words::join(&names) };
    if !filter.types.is_empty() {
        let types: Vec<&str> = filter.types.iter().map(|kind| kind.name()).collect();
        caption = format!("{caption}: {}", crate::words::join(&types));
    }
    match (filter.since, filter.until) {
        (Some(since), Some(until)) => format!("{caption}, {since} to {until}"),
        (Some(since), None) => format!("{caption}, since {since}"),
        (None, Some(until)) => format!("{caption}, until {until}"),
        (None, None) => caption,
    }
}

impl Picture {
    /// How many nodes it has.
    pub const fn nodes(&self) -> usize {
        self.nodes.len()
    }

    /// How many lines it has.
    pub const fn edges(&self) -> usize {
        self.edges.len()
    }

    /// What is drawn and what is not, in a line each.
    pub(crate) fn notes(&self) -> impl Iterator<Item = &str> {
        [Some(self.note.as_str()), self.left_out.as_deref()].into_iter().flatten()
    }

    /// As a Graphviz file.
    pub fn dot(&self) -> String {
        dot::write(self)
    }

    /// As SVG, laid out here.
    pub fn svg(&self) -> String {
        svg::write(self)
    }
}
