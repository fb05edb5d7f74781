//! The network of actors: who is linked to whom through events, who is central, and the shortest chain between two.
//!
//! A view, rebuilt when asked for, of the events that pass a [`Filter`]: actors are nodes, and a line between two holds all
//! events in which both have a part. Time slices are filters with `since` and `until`.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    io::{self, Write},
};

use petgraph::{
    graph::{NodeIndex, UnGraph},
    visit::EdgeRef,
};
use serde_json::json;

use crate::{
    Actor, Filter, Graph, NameError, escape::terminal, explain::Told, index::Id, query::describe, view::EventView,
};

/// More sides than this say "they were all there", not "these two have to do with each other".
const MOST_SIDES: usize = 30;
/// From so many actors, at most, shortest paths are followed to find who lies between others.
const PIVOTS: usize = 256;
const DAMPING: f64 = 0.85;
const ROUNDS: usize = 40;

/// Actors, and between two of them the numbers of the events that link them.
struct Network {
    events: Vec<EventView>,
    graph: UnGraph<Id, Vec<usize>>,
    nodes: BTreeMap<Id, NodeIndex>,
}

/// How central an actor is.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Ranked {
    /// Who.
    pub actor: Actor,
    /// In how many events it has a part.
    pub events: usize,
    /// To how many others these link it.
    pub partners: usize,
    /// Share of a random walk along events that is spent here; all shares together are 1 (`PageRank`, weighted by events).
    pub rank: f64,
    /// Share of the shortest chains between others that lead through it (Brandes 2001; on large networks from a sample).
    pub between: f64,
    /// Number of the group that it belongs to, from 1, the largest first (label propagation, Raghavan 2007).
    pub community: usize,
}

/// A shortest chain of events between two actors.
#[derive(Debug, Clone, PartialEq)]
pub struct Chain {
    steps: Vec<Step>,
}

/// Two neighbours in a chain and what links them.
#[derive(Debug, Clone, PartialEq)]
struct Step {
    from: Actor,
    to: Actor,
    /// Label, IRI and evidence of each event, the best sourced first.
    events: Vec<(String, String, Vec<Told>)>,
}

impl Graph {
    fn network(&self, filter: &Filter) -> Result<Network, NameError> {
        let events: Vec<EventView> = self.events_of(filter)?.into_iter().filter(EventView::happened).collect();
        let mut pairs: BTreeMap<(Id, Id), Vec<usize>> = BTreeMap::new();
        let mut actors = BTreeSet::new();
        for (number, event) in events.iter().enumerate() {
            let sides: Vec<Id> = event.actors().into_iter().collect();
            actors.extend(sides.iter().copied());
            if sides.len() <= MOST_SIDES {
                for (place, a) in sides.iter().enumerate() {
                    for b in &sides[place + 1..] {
                        pairs.entry((*a, *b)).or_default().push(number);
                    }
                }
            }
        }
        let mut graph = UnGraph::with_capacity(actors.len(), pairs.len());
        let nodes: BTreeMap<Id, NodeIndex> = actors.into_iter().map(|id| (id, graph.add_node(id))).collect();
        for ((a, b), shared) in pairs {
            graph.add_edge(nodes[&a], nodes[&b], shared);
        }
        Ok(Network { events, graph, nodes })
    }

    /// The actors of the events that pass the filter, the most central first.
    ///
    /// # Errors
    /// If an actor of the filter is not known.
    pub fn rank(&self, filter: &Filter) -> Result<Vec<Ranked>, NameError> {
        let network = self.network(filter)?;
        let mut events: BTreeMap<Id, usize> = BTreeMap::new();
        for actor in network.events.iter().flat_map(EventView::actors) {
            *events.entry(actor).or_default() += 1;
        }
        let (rank, between, community) = (network.page_rank(), network.between(), network.communities());
        let mut ranked: Vec<Ranked> = network
            .nodes
            .iter()
            .map(|(id, node)| Ranked {
                actor: describe(self, *id),
                events: events.get(id).copied().unwrap_or_default(),
                partners: network.graph.neighbors(*node).count(),
                rank: rank[node.index()],
                between: between[node.index()],
                community: community[node.index()],
            })
            .collect();
        ranked.sort_by(|a, b| b.rank.total_cmp(&a.rank).then_with(|| a.actor.iri.cmp(&b.actor.iri)));
        Ok(ranked)
    }

    /// A shortest chain of events from one actor to another, `None` where there is none; of several, the one whose links are told most often.
    ///
    /// # Errors
    /// If a name is no actor's.
    pub fn path(&self, from: &str, to: &str, filter: &Filter) -> Result<Option<Chain>, NameError> {
        let (from, to) = (self.actor(from)?, self.actor(to)?);
        let network = self.network(filter)?;
        let node = |actor: &Actor| self.index().iri(&actor.iri).and_then(|id| network.nodes.get(&id)).copied();
        let (Some(start), Some(end)) = (node(&from), node(&to)) else { return Ok(None) };
        let Some(nodes) = network.shortest(start, end) else { return Ok(None) };
        let steps = nodes.windows(2).map(|pair| self.step(&network, pair[0], pair[1])).collect();
        Ok(Some(Chain { steps }))
    }

    fn step(&self, network: &Network, from: NodeIndex, to: NodeIndex) -> Step {
        let shared = network.graph.find_edge(from, to).and_then(|edge| network.graph.edge_weight(edge));
        let mut events: Vec<&EventView> =
            shared.into_iter().flatten().filter_map(|number| network.events.get(*number)).collect();
        events.sort_by_key(|event| {
            (std::cmp::Reverse(event.sources), event.span.is_none(), event.span.clone(), event.id)
        });
        let actor = |node: NodeIndex| describe(self, network.graph[node]);
        let told =
            |event: &EventView| (event.label.clone(), self.index().iri_of(event.id).to_owned(), self.told(event.id));
        Step { from: actor(from), to: actor(to), events: events.into_iter().map(told).collect() }
    }
}

impl Network {
    fn weight(&self, events: &[usize]) -> f64 {
        events.iter().filter_map(|number| self.events.get(*number)).map(|event| to_f64(event.sources.max(1))).sum()
    }

    fn page_rank(&self) -> Vec<f64> {
        let count = self.graph.node_count();
        if count == 0 {
            return Vec::new();
        }
        let share = 1.0 / to_f64(count);
        let strength: Vec<f64> = self
            .graph
            .node_indices()
            .map(|node| self.graph.edges(node).map(|edge| self.weight(edge.weight())).sum())
            .collect();
        let mut rank = vec![share; count];
        for _ in 0..ROUNDS {
            // Who has no link gives to all.
            let idle: f64 = rank.iter().zip(&strength).filter(|(_, s)| **s == 0.0).map(|(r, _)| r).sum();
            let mut next = vec![(1.0 - DAMPING) * share + DAMPING * idle * share; count];
            for edge in self.graph.edge_references() {
                let (a, b, weight) = (edge.source().index(), edge.target().index(), self.weight(edge.weight()));
                next[b] += DAMPING * rank[a] * weight / strength[a];
                next[a] += DAMPING * rank[b] * weight / strength[b];
            }
            rank = next;
        }
        rank
    }

    /// Brandes' betweenness, from all actors or from evenly spread ones.
    fn between(&self) -> Vec<f64> {
        let count = self.graph.node_count();
        let mut between = vec![0.0; count];
        let stride = count.div_ceil(PIVOTS).max(1);
        let mut pivots = 0;
        for source in (0..count).step_by(stride) {
            pivots += 1;
            let mut paths = vec![0.0_f64; count];
            let mut distance = vec![usize::MAX; count];
            let (mut order, mut queue) = (Vec::new(), VecDeque::from([source]));
            (paths[source], distance[source]) = (1.0, 0);
            while let Some(node) = queue.pop_front() {
                order.push(node);
                for next in self.graph.neighbors(NodeIndex::new(node)).map(NodeIndex::index) {
                    if distance[next] == usize::MAX {
                        distance[next] = distance[node] + 1;
                        queue.push_back(next);
                    }
                    if distance[next] == distance[node] + 1 {
                        paths[next] += paths[node];
                    }
                }
            }
            let mut passing = vec![0.0_f64; count];
            for node in order.into_iter().rev() {
                for before in self.graph.neighbors(NodeIndex::new(node)).map(NodeIndex::index) {
                    if distance[before] != usize::MAX && distance[before] + 1 == distance[node] {
                        passing[before] += paths[before] / paths[node] * (1.0 + passing[node]);
                    }
                }
                if node != source {
                    between[node] += passing[node];
                }
            }
        }
        let pairs = to_f64(pivots) * to_f64(count.saturating_sub(2));
        if pairs > 0.0 {
            for value in &mut between {
                *value /= pairs;
            }
        }
        between
    }

    /// Every actor takes over the group that weighs most among its neighbours, until nothing changes.
    fn communities(&self) -> Vec<usize> {
        let count = self.graph.node_count();
        let mut label: Vec<usize> = (0..count).collect();
        // The best linked first: groups grow around them.
        let mut order: Vec<NodeIndex> = self.graph.node_indices().collect();
        order.sort_by_key(|node| (std::cmp::Reverse(self.graph.neighbors(*node).count()), *node));
        for _ in 0..ROUNDS {
            let mut changed = false;
            for node in &order {
                let mut weights: BTreeMap<usize, f64> = BTreeMap::new();
                for edge in self.graph.edges(*node) {
                    let other = if edge.source() == *node { edge.target() } else { edge.source() };
                    *weights.entry(label[other.index()]).or_default() += self.weight(edge.weight());
                }
                let best = weights.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0))).map(|(label, _)| *label);
                if let Some(best) = best.filter(|best| *best != label[node.index()]) {
                    label[node.index()] = best;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
        for label in &label {
            *sizes.entry(*label).or_default() += 1;
        }
        let mut groups: Vec<usize> = sizes.keys().copied().collect();
        groups.sort_by_key(|group| (std::cmp::Reverse(sizes[group]), *group));
        let numbers: BTreeMap<usize, usize> = groups.into_iter().zip(1..).collect();
        label.iter().map(|label| numbers[label]).collect()
    }

    /// Breadth first; among the neighbours one step nearer to the end, the best told link is taken.
    fn shortest(&self, start: NodeIndex, end: NodeIndex) -> Option<Vec<NodeIndex>> {
        let mut distance = vec![usize::MAX; self.graph.node_count()];
        let mut queue = VecDeque::from([end]);
        distance[end.index()] = 0;
        while let Some(node) = queue.pop_front() {
            for next in self.graph.neighbors(node) {
                if distance[next.index()] == usize::MAX {
                    distance[next.index()] = distance[node.index()] + 1;
                    queue.push_back(next);
                }
            }
        }
        if distance[start.index()] == usize::MAX {
            return None;
        }
        let mut nodes = vec![start];
        let mut node = start;
        while node != end {
            node = self
                .graph
                .edges(node)
                .map(|edge| (if edge.source() == node { edge.target() } else { edge.source() }, edge))
                .filter(|(next, _)| distance[next.index()] + 1 == distance[node.index()])
                .max_by(|(a, x), (b, y)| {
                    self.weight(x.weight()).total_cmp(&self.weight(y.weight())).then(b.index().cmp(&a.index()))
                })
                .map(|(next, _)| next)?;
            nodes.push(node);
        }
        Some(nodes)
    }
}

fn to_f64(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// How many events of a link are written out.
const MOST_EVENTS: usize = 3;

impl Chain {
    /// How many links it has; none from an actor to itself.
    pub const fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether it has no link.
    pub const fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Writes it for people: the actors, and under each link its best told events with a sentence.
    ///
    /// # Errors
    /// If writing fails.
    pub fn write_text(&self, out: &mut dyn Write) -> io::Result<()> {
        let names: Vec<&str> = self.steps.iter().map(|step| step.from.name.as_str()).collect();
        let last = self.steps.last().map(|step| step.to.name.as_str());
        let names: Vec<&str> = names.into_iter().chain(last).collect();
        writeln!(out, "{}", terminal(&names.join(" – ")))?;
        for step in &self.steps {
            writeln!(out, "\n{} – {}", terminal(&step.from.name), terminal(&step.to.name))?;
            for (label, _, told) in step.events.iter().take(MOST_EVENTS) {
                writeln!(out, "  {}", terminal(label))?;
                if let Some(told) = told.first() {
                    writeln!(out, "    “{}”", terminal(told.sentence.trim()))?;
                    writeln!(out, "    {}", terminal(&told.source()))?;
                }
            }
            if step.events.len() > MOST_EVENTS {
                writeln!(out, "  and {} more", step.events.len() - MOST_EVENTS)?;
            }
        }
        Ok(())
    }

    /// Writes it as one JSON object.
    ///
    /// # Errors
    /// If writing fails.
    pub fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let steps: Vec<_> = self
            .steps
            .iter()
            .map(|step| {
                let events: Vec<_> = step
                    .events
                    .iter()
                    .map(|(label, iri, told)| {
                        let evidence: Vec<_> = told.iter().map(Told::json).collect();
                        json!({"event": iri, "label": label, "evidence": evidence})
                    })
                    .collect();
                let side = |actor: &Actor| json!({"iri": actor.iri, "name": actor.name, "type": actor.kind});
                json!({"from": side(&step.from), "to": side(&step.to), "events": events})
            })
            .collect();
        serde_json::to_writer_pretty(&mut *out, &json!({ "steps": steps }))?;
        writeln!(out)
    }
}
