//! Actors as nodes and events between two of them as links, for network tools: `GraphML`, GEXF, Cytoscape, Cypher, Mermaid.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use serde_json::json;

use super::{ExportError, table::write_row};
use crate::{
    Filter, Graph, NameError, Picture, escape,
    index::Id,
    picture::{pairs, verb},
    query::describe,
    view::EventView,
};

/// Nodes and links.
pub(crate) struct Network {
    nodes: Vec<NetworkNode>,
    links: Vec<Link>,
}

struct NetworkNode {
    iri: String,
    label: String,
    kind: String,
    /// How many events it has a part in.
    events: usize,
}

struct Link {
    from: usize,
    to: usize,
    directed: bool,
    event: String,
    kind: &'static str,
    label: String,
    stage: String,
    factuality: String,
    stance: String,
    amount: String,
    currency: String,
    first: String,
    last: String,
    sources: usize,
}

impl Graph {
    /// Actors and the events between them.
    pub(crate) fn network_of(&self, filter: &Filter) -> Result<Network, NameError> {
        let events = self.events_of(filter)?;
        let index = self.index();
        let mut places: BTreeMap<Id, usize> = BTreeMap::new();
        let mut network = Network { nodes: Vec::new(), links: Vec::new() };
        for event in &events {
            for id in event.actors() {
                let place = *places.entry(id).or_insert_with(|| {
                    let actor = describe(self, id);
                    network.nodes.push(NetworkNode { iri: actor.iri, label: actor.name, kind: actor.kind, events: 0 });
                    network.nodes.len() - 1
                });
                network.nodes[place].events += 1;
            }
            for (from, to, directed) in pairs(event) {
                network.links.push(link(event, places[&from], places[&to], directed, index.iri_of(event.id)));
            }
        }
        Ok(network)
    }
}

fn link(event: &EventView, from: usize, to: usize, directed: bool, iri: &str) -> Link {
    let (first, last) = event.span.clone().unwrap_or_default();
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let sum = event.amounts.first();
    Link {
        from,
        to,
        directed,
        event: iri.to_owned(),
        kind: event.kind.name(),
        label: verb(event),
        stage: text(&event.stage),
        factuality: text(&event.factuality),
        stance: text(&event.stance),
        amount: sum.map(|sum| sum.value.clone()).unwrap_or_default(),
        currency: sum.map(|sum| sum.currency.clone()).unwrap_or_default(),
        first,
        last,
        sources: event.sources,
    }
}

impl Link {
    /// Names, types and values of what a link carries besides its ends, empty ones left out.
    fn attributes(&self) -> Vec<(&'static str, &'static str, String)> {
        let all = [
            ("event", "string", self.event.clone()),
            ("type", "string", self.kind.to_owned()),
            ("label", "string", self.label.clone()),
            ("stage", "string", self.stage.clone()),
            ("factuality", "string", self.factuality.clone()),
            ("stance", "string", self.stance.clone()),
            ("amount", "double", self.amount.clone()),
            ("currency", "string", self.currency.clone()),
            ("first_day", "string", self.first.clone()),
            ("last_day", "string", self.last.clone()),
            ("sources", "int", self.sources.to_string()),
        ];
        all.into_iter().filter(|(_, _, value)| !value.is_empty()).collect()
    }
}

const LINK_ATTRIBUTES: [(&str, &str); 11] = [
    ("event", "string"),
    ("type", "string"),
    ("label", "string"),
    ("stage", "string"),
    ("factuality", "string"),
    ("stance", "string"),
    ("amount", "double"),
    ("currency", "string"),
    ("first_day", "string"),
    ("last_day", "string"),
    ("sources", "int"),
];

/// A value of a node (`n`) or a link (`e`) in `GraphML`.
fn data(of: &str, name: &str, value: &str) -> String {
    format!("<data key=\"{of}_{name}\">{}</data>", escape::xml(value))
}

pub(super) fn write_graphml(network: &Network, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
    for (name, kind) in [("iri", "string"), ("name", "string"), ("kind", "string"), ("events", "int")] {
        writeln!(out, "  <key id=\"n_{name}\" for=\"node\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
    }
    for (name, kind) in LINK_ATTRIBUTES {
        writeln!(out, "  <key id=\"e_{name}\" for=\"edge\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
    }
    writeln!(out, "  <graph id=\"entente\" edgedefault=\"directed\">")?;
    for (place, node) in network.nodes.iter().enumerate() {
        let events = node.events.to_string();
        let values = [("iri", &node.iri), ("name", &node.label), ("kind", &node.kind), ("events", &events)];
        let data = values.map(|(name, value)| data("n", name, value)).concat();
        writeln!(out, "    <node id=\"n{place}\">{data}</node>")?;
    }
    for (place, link) in network.links.iter().enumerate() {
        let data: Vec<String> = link.attributes().iter().map(|(name, _, value)| data("e", name, value)).collect();
        let data = data.concat();
        let directed = link.directed;
        writeln!(
            out,
            "    <edge id=\"e{place}\" source=\"n{}\" target=\"n{}\" directed=\"{directed}\">{data}</edge>",
            link.from, link.to
        )?;
    }
    writeln!(out, "  </graph>\n</graphml>")
}

pub(super) fn write_gexf(network: &Network, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">")?;
    writeln!(out, "  <meta><creator>Entente</creator></meta>")?;
    writeln!(out, "  <graph defaultedgetype=\"directed\" mode=\"dynamic\" timeformat=\"date\">")?;
    writeln!(out, "    <attributes class=\"node\">")?;
    writeln!(out, "      <attribute id=\"0\" title=\"iri\" type=\"string\"/>")?;
    writeln!(out, "      <attribute id=\"1\" title=\"kind\" type=\"string\"/>")?;
    writeln!(out, "    </attributes>\n    <attributes class=\"edge\">")?;
    for (place, (name, kind)) in LINK_ATTRIBUTES.iter().enumerate() {
        let kind = if *kind == "int" { "integer" } else { kind };
        writeln!(out, "      <attribute id=\"{place}\" title=\"{name}\" type=\"{kind}\"/>")?;
    }
    writeln!(out, "    </attributes>\n    <nodes>")?;
    for (place, node) in network.nodes.iter().enumerate() {
        writeln!(
            out,
            "      <node id=\"{place}\" label=\"{}\"><attvalues><attvalue for=\"0\" value=\"{}\"/>\
             <attvalue for=\"1\" value=\"{}\"/></attvalues></node>",
            escape::xml(&node.label),
            escape::xml(&node.iri),
            escape::xml(&node.kind)
        )?;
    }
    writeln!(out, "    </nodes>\n    <edges>")?;
    for (place, link) in network.links.iter().enumerate() {
        let time = if link.first.is_empty() {
            String::new()
        } else {
            format!(" start=\"{}\" end=\"{}\"", link.first, link.last)
        };
        let kind = if link.directed { "directed" } else { "undirected" };
        write!(
            out,
            "      <edge id=\"{place}\" source=\"{}\" target=\"{}\" type=\"{kind}\" label=\"{}\" weight=\"{}\"{time}><attvalues>",
            link.from,
            link.to,
            escape::xml(&link.label),
            link.sources.max(1)
        )?;
        for (name, _, value) in link.attributes() {
            let number = LINK_ATTRIBUTES.iter().position(|(known, _)| *known == name).unwrap_or_default();
            write!(out, "<attvalue for=\"{number}\" value=\"{}\"/>", escape::xml(&value))?;
        }
        writeln!(out, "</attvalues></edge>")?;
    }
    writeln!(out, "    </edges>\n  </graph>\n</gexf>")
}

/// A value as JSON: numbers where the attribute is one.
fn value(kind: &str, text: &str) -> serde_json::Value {
    match kind {
        "int" | "double" => serde_json::from_str(text).unwrap_or_else(|_| text.into()),
        _ => text.into(),
    }
}

pub(super) fn write_cytoscape(network: &Network, out: &mut dyn Write) -> io::Result<()> {
    let nodes: Vec<_> = network
        .nodes
        .iter()
        .enumerate()
        .map(|(place, node)| {
            json!({"data": {"id": format!("n{place}"), "value": format!("n{place}"), "iri": node.iri, "name": node.label, "label": node.label,
                "kind": node.kind, "events": node.events}})
        })
        .collect();
    let edges: Vec<_> = network
        .links
        .iter()
        .enumerate()
        .map(|(place, link)| {
            let mut data = serde_json::Map::new();
            data.insert("id".into(), format!("e{place}").into());
            data.insert("source".into(), format!("n{}", link.from).into());
            data.insert("target".into(), format!("n{}", link.to).into());
            data.insert("key".into(), format!("e{place}").into());
            data.insert("directed".into(), link.directed.into());
            for (name, kind, text) in link.attributes() {
                data.insert(name.into(), value(kind, &text));
            }
            json!({ "data": data })
        })
        .collect();
    let whole = json!({"data": {"name": "Entente"}, "elements": {"nodes": nodes, "edges": edges}});
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    writeln!(out)
}

/// Cypher that makes the nodes and relationships; run twice, it makes nothing new.
pub(super) fn write_cypher(network: &Network, out: &mut dyn Write) -> io::Result<()> {
    // JSON strings are Cypher strings, but for the slash that JSON leaves alone.
    let text = |value: &str| serde_json::Value::from(value).to_string();
    writeln!(out, "CREATE CONSTRAINT entente_actor IF NOT EXISTS FOR (a:Actor) REQUIRE a.iri IS UNIQUE;")?;
    for node in &network.nodes {
        let label = if node.kind.is_empty() { "Thing" } else { &node.kind };
        writeln!(out, "MERGE (a:Actor {{iri: {}}}) SET a:{label}, a.name = {};", text(&node.iri), text(&node.label))?;
    }
    for link in &network.links {
        let set: Vec<String> = link
            .attributes()
            .iter()
            .filter(|(name, _, _)| *name != "event")
            .map(|(name, kind, value)| {
                let value = if *kind == "string" { text(value) } else { value.clone() };
                format!("r.{name} = {value}")
            })
            .collect();
        writeln!(
            out,
            "MATCH (a:Actor {{iri: {}}}), (b:Actor {{iri: {}}}) MERGE (a)-[r:{} {{event: {}}}]->(b) SET {};",
            text(&network.nodes[link.from].iri),
            text(&network.nodes[link.to].iri),
            link.kind.to_ascii_uppercase(),
            text(&link.event),
            set.join(", ")
        )?;
    }
    Ok(())
}

impl Graph {
    /// Writes `nodes.csv` and `relationships.csv` under a folder, as `neo4j-admin database import` reads them.
    ///
    /// # Errors
    /// If an actor of the filter is not known, or a file cannot be written.
    pub fn export_neo4j(&self, dir: &Path, filter: &Filter) -> Result<[PathBuf; 2], ExportError> {
        let network = self.network_of(filter)?;
        fs::create_dir_all(dir)?;
        let paths = ["nodes.csv", "relationships.csv"].map(|name| dir.join(name));
        let mut nodes = BufWriter::new(File::create(&paths[0])?);
        write_row(&["iri:ID", "name", "events:int", ":LABEL"].map(str::to_owned), false, &mut nodes)?;
        for node in &network.nodes {
            let labels = format!("Actor;{}", node.kind);
            write_row(&[node.iri.clone(), node.label.clone(), node.events.to_string(), labels], false, &mut nodes)?;
        }
        nodes.flush()?;
        let mut links = BufWriter::new(File::create(&paths[1])?);
        let mut head = vec![":START_ID".to_owned(), ":END_ID".to_owned(), ":TYPE".to_owned()];
        head.extend(LINK_ATTRIBUTES.iter().map(|(name, kind)| match *kind {
            "string" => (*name).to_owned(),
            kind => format!("{name}:{kind}"),
        }));
        write_row(&head, false, &mut links)?;
        for link in &network.links {
            let [from, to] = [link.from, link.to].map(|place| network.nodes[place].iri.clone());
            let mut row = vec![from, to, link.kind.to_ascii_uppercase()];
            let values: BTreeMap<&str, String> =
                link.attributes().into_iter().map(|(name, _, value)| (name, value)).collect();
            row.extend(LINK_ATTRIBUTES.iter().map(|(name, _)| values.get(name).cloned().unwrap_or_default()));
            write_row(&row, false, &mut links)?;
        }
        links.flush()?;
        Ok(paths)
    }
}

pub(super) fn write_mermaid(picture: &Picture, out: &mut dyn Write) -> io::Result<()> {
    // Mermaid reads HTML entities in quoted labels, written with # in the place of &.
    let text = |value: &str| escape::xml(value).replace('#', "#35;").replace('&', "#").replace('\n', "<br/>");
    writeln!(out, "%% {}: {}", picture.caption.replace('\n', " "), picture.notes().collect::<Vec<_>>().join("; "))?;
    writeln!(out, "flowchart LR")?;
    for (place, node) in picture.nodes.iter().enumerate() {
        use crate::picture::NodeKind as K;
        let (open, close) = match node.kind {
            K::Country => ("(", ")"),
            K::Person => ("([", "])"),
            K::Group => ("{{", "}}"),
            _ => ("[", "]"),
        };
        writeln!(out, "  n{place}{open}\"{}\"{close}", text(&node.label))?;
    }
    for edge in &picture.edges {
        let arrow = match (edge.uncertain, edge.directed) {
            (false, true) => "-->",
            (false, false) => "---",
            (true, true) => "-.->",
            (true, false) => "-.-",
        };
        let lines: Vec<String> = edge.label.iter().map(|line| text(line)).collect();
        let label = if lines.is_empty() { String::new() } else { format!("|\"{}\"|", lines.join("<br/>")) };
        writeln!(out, "  n{} {arrow}{label} n{}", edge.from, edge.to)?;
    }
    Ok(())
}
