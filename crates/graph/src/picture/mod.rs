//! Pictures: events of the graph -> actors as nodes and what passed between them as labelled lines.
//!
//! Two-party events of one kind between the same two become one line with dates, amounts and a count of sources; an
//! event with many sides becomes a small node of its own. Only so many lines are drawn as a page can carry; the caption
//! says how many there were.

mod dot;
mod graphviz;
mod label;
mod layout;
mod svg;

use std::collections::{BTreeMap, BTreeSet};

use entente_model::{EventType, Role};
pub use graphviz::GraphvizError;
pub(crate) use label::verb;
use label::{line_label, when, when_and_sources};

use crate::{
    Filter, Graph, NameError,
    index::Id,
    query::describe,
    view::{self, EventView},
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
    pub(crate) nodes: Vec<Node>,
    pub(crate) edges: Vec<Edge>,
}

/// What a node stands for; decides shape and colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NodeKind {
    Country,
    Person,
    Organization,
    Group,
    Place,
    Thing,
    /// An event with many sides.
    Event,
}

impl NodeKind {
    fn of(class: &str) -> Self {
        match class {
            "Country" => Self::Country,
            "Person" => Self::Person,
            "Organization" => Self::Organization,
            "Group" => Self::Group,
            "Place" => Self::Place,
            _ => Self::Thing,
        }
    }

    /// For the legend.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Person => "person",
            Self::Organization => "organisation",
            Self::Group => "group",
            Self::Place => "place",
            Self::Thing => "other",
            Self::Event => "event of many",
        }
    }

    /// Fill and border, told apart in print and by the colour-blind through the shape too.
    pub(crate) const fn colours(self) -> (&'static str, &'static str) {
        match self {
            Self::Country => ("#dbe9f6", "#2b5c8a"),
            Self::Person => ("#fdf0d5", "#a8761a"),
            Self::Organization => ("#e0f0e0", "#3a7d44"),
            Self::Group => ("#efe3f4", "#7b4a92"),
            Self::Place => ("#f0f0f0", "#777777"),
            Self::Thing => ("#ffffff", "#999999"),
            Self::Event => ("#ffffff", "#444444"),
        }
    }
}

/// An actor, or an event with many sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) iri: String,
    pub(crate) label: String,
    pub(crate) kind: NodeKind,
    /// One of the actors that the picture is about.
    pub(crate) focus: bool,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tone {
    Talk,
    Aid,
    Deal,
    Conflict,
    Word,
    Office,
}

impl Tone {
    const fn of(kind: EventType, stance: Option<&str>) -> Self {
        match (kind, stance) {
            (EventType::Meeting | EventType::Call | EventType::Visit, _) => Self::Talk,
            (EventType::Aid, _) => Self::Aid,
            (EventType::Agreement, _) => Self::Deal,
            (EventType::Cooperate, _) => Self::Deal,
            (
                EventType::Sanction | EventType::Attack | EventType::Protest | EventType::Mobilize | EventType::Coerce,
                _,
            ) => Self::Conflict,
            (
                EventType::Statement
                | EventType::Concede
                | EventType::Retreat
                | EventType::Reject
                | EventType::Request
                | EventType::Threaten,
                _,
            ) => Self::Word,
            (EventType::Position, _) => Self::Office,
        }
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Talk => "meeting, call or visit",
            Self::Aid => "aid",
            Self::Deal => "agreement",
            Self::Conflict => "attack or sanction",
            Self::Word => "stance",
            Self::Office => "office",
        }
    }

    pub(crate) const fn colour(self) -> &'static str {
        match self {
            Self::Talk => "#4a5a6a",
            Self::Aid => "#1f7a3d",
            Self::Deal => "#2456a6",
            Self::Conflict => "#b3261e",
            Self::Word => "#8a5a00",
            Self::Office => "#8a8a8a",
        }
    }
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
                let tone = Tone::of(event.kind, event.stance.as_deref());
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
        let mut chosen = Vec::new();
        let mut lines = 0;
        for (_, candidate) in ranked {
            if lines + candidate.lines() <= top || chosen.is_empty() {
                lines += candidate.lines();
                chosen.push(candidate);
            }
        }
        let mut picture = self.draw(&chosen, &focus);
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
                nodes.push(Node { iri: actor.iri, label: actor.name, kind, focus: focus.contains(&id) });
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
                    });
                    let centre = nodes.len() - 1;
                    for id in event.actors() {
                        let from = actor(id, &mut nodes);
                        let edge = Edge {
                            from,
                            to: centre,
                            label: Vec::new(),
                            directed: false,
                            tone: Tone::of(event.kind, None),
                            uncertain: !event.happened(),
                            sources: event.sources,
                            events: vec![index.iri_of(event.id).to_owned()],
                        };
                        edges.push((edge, vec![event]));
                    }
                }
            }
        }
        Picture { caption: String::new(), note: String::new(), nodes, edges: condense(edges) }
    }
}

enum Candidate<'a> {
    Line(Key, Bundle<'a>),
    Gathering(&'a EventView),
}

impl Candidate<'_> {
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

    /// As a Graphviz file.
    pub fn dot(&self) -> String {
        dot::write(self)
    }

    /// As SVG, laid out here.
    pub fn svg(&self) -> String {
        svg::write(self)
    }
}
