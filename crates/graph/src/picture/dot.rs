//! A picture as a Graphviz file.

use std::fmt::Write as _;

use super::{Edge, Node, NodeKind, Picture};
use crate::escape;

/// Characters in a line of a node's label.
const WRAP: usize = 18;
/// Characters in a line below the title.
const WRAP_NOTE: usize = 80;

pub(super) fn write(picture: &Picture) -> String {
    let mut out = String::new();
    out.push_str("digraph entente {\n");
    out.push_str(
        "  graph [layout=dot, rankdir=LR, nodesep=0.35, ranksep=0.9, pad=0.3, bgcolor=white, fontname=Helvetica,\n",
    );
    let notes = picture.notes().flat_map(|note| wrap(note, WRAP_NOTE));
    let title: Vec<String> = std::iter::once(picture.caption.clone()).chain(notes).collect();
    let title: String = title.iter().flat_map(|line| [escape::dot(line), "\\l".to_owned()]).collect();
    let _ = writeln!(out, "    labelloc=t, labeljust=l, fontsize=18, label=\"{title}\"];");
    out.push_str("  node [fontname=Helvetica, fontsize=12, style=filled, penwidth=1.2, margin=\"0.14,0.07\"];\n");
    out.push_str("  edge [fontname=Helvetica, fontsize=10, arrowsize=0.7];\n");
    for (place, node) in picture.nodes.iter().enumerate() {
        let in_cluster = picture.clusters.iter().any(|cluster| cluster.nodes.contains(&place));
        write_node(place, node, in_cluster, &mut out);
    }
    for (number, cluster) in picture.clusters.iter().enumerate() {
        let members: String = cluster.nodes.iter().map(|place| format!(" n{place};")).collect::<Vec<_>>().concat();
        let _ = writeln!(
            out,
            "  subgraph cluster_{number} {{ label=\"{}\"; fontsize=11; fontcolor=\"#666666\"; style=\"rounded,filled\"; \
             color=\"#cccccc\"; fillcolor=\"#fafafa\"; margin=10;{members} }}",
            escape::dot(&cluster.label)
        );
    }
    for edge in &picture.edges {
        write_edge(edge, &mut out);
    }
    legend(picture, &mut out);
    out.push_str("}\n");
    out
}

fn write_node(place: usize, node: &Node, in_cluster: bool, out: &mut String) {
    let (fill, border) = node.kind.colours();
    let mut lines = wrap(&node.label, WRAP);
    lines.extend(node.home.iter().filter(|_| !in_cluster).flat_map(|home| wrap(&format!("({home})"), WRAP)));
    let label = lines.iter().map(|line| escape::dot(line)).collect::<Vec<_>>().join("\\n");
    let focus = if node.focus { ", penwidth=3" } else { "" };
    let _ = writeln!(
        out,
        "  n{place} [label=\"{label}\", {}, fillcolor=\"{fill}\", color=\"{border}\"{focus}, URL=\"{iri}\", tooltip=\"{iri}\"];",
        shape(node.kind),
        iri = escape::dot(&node.iri),
    );
}

const fn shape(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Country => "shape=box, style=\"filled,rounded\"",
        NodeKind::Person => "shape=ellipse",
        NodeKind::Organization => "shape=box",
        NodeKind::Group => "shape=hexagon",
        NodeKind::Place => "shape=box, style=\"filled,dashed\"",
        NodeKind::Thing => "shape=plaintext",
        NodeKind::Event => "shape=note, fontsize=10",
    }
}

fn write_edge(edge: &Edge, out: &mut String) {
    let colour = edge.tone.colour();
    let label = edge.label.iter().map(|line| escape::dot(line)).collect::<Vec<_>>().join("\\n");
    let style = if edge.uncertain { ", style=dashed" } else { "" };
    let direction = if edge.directed { "" } else { ", dir=none" };
    let width = 1.0 + f64::from(u32::try_from(edge.sources.min(6)).unwrap_or(6)) * 0.3;
    let link = edge.events.first().map(|event| format!(", URL=\"{}\"", escape::dot(event))).unwrap_or_default();
    let _ = writeln!(
        out,
        "  n{} -> n{} [label=\"{label}\", color=\"{colour}\", fontcolor=\"{colour}\", penwidth={width:.1}{style}{direction}, \
         tooltip=\"{}\"{link}];",
        edge.from,
        edge.to,
        escape::dot(&edge.events.join("\n")),
    );
}

fn legend(picture: &Picture, out: &mut String) {
    let mut kinds: Vec<NodeKind> = picture.nodes.iter().map(|node| node.kind).collect();
    kinds.sort();
    kinds.dedup();
    let mut tones: Vec<_> = picture.edges.iter().map(|edge| edge.tone).collect();
    tones.sort();
    tones.dedup();
    let mut rows = String::new();
    for kind in kinds {
        let (fill, border) = kind.colours();
        let _ = write!(
            rows,
            "<tr><td bgcolor=\"{fill}\" border=\"1\" color=\"{border}\" width=\"18\"></td><td align=\"left\">{} ({})</td></tr>",
            kind.name(),
            shape_name(kind)
        );
    }
    for tone in tones {
        let (colour, name) = (tone.colour(), tone.name());
        let _ = write!(
            rows,
            "<tr><td><font color=\"{colour}\">&#8212;</font></td><td align=\"left\"><font color=\"{colour}\">{name}</font></td></tr>"
        );
    }
    if picture.edges.iter().any(|edge| edge.uncertain) {
        rows.push_str("<tr><td>- -</td><td align=\"left\">planned, possible or denied</td></tr>");
    }
    let _ = writeln!(
        out,
        "  legend [shape=plaintext, style=\"\", fontsize=10, label=<<table border=\"0\" cellborder=\"0\" cellspacing=\"2\">{rows}</table>>];"
    );
}

const fn shape_name(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Country => "rounded box",
        NodeKind::Person => "ellipse",
        NodeKind::Organization => "box",
        NodeKind::Group => "hexagon",
        NodeKind::Place => "dashed box",
        NodeKind::Thing => "bare text",
        NodeKind::Event => "note",
    }
}

/// Breaks a text into lines of about so many characters, at its spaces.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines.retain(|line| !line.is_empty());
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}
