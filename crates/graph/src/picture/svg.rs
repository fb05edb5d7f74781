//! A picture as SVG, without Graphviz: every text escaped, every node a link to what it stands for.

#![allow(clippy::cast_precision_loss, reason = "counts of what a page can hold")]

use std::fmt::Write as _;

use super::{
    Edge, Node, NodeKind, Picture, Tone,
    dot::wrap,
    layout::{Body, Spring, arrange},
};
use crate::escape;

const FONT: &str = "Helvetica, Arial, 'Liberation Sans', sans-serif";
const NODE_FONT: f64 = 13.0;
const LABEL_FONT: f64 = 10.5;
const PAD: f64 = 24.0;
const HEAD: f64 = 64.0;
const NOTE_LINE: f64 = 16.0;
/// Characters in a line of a note.
const WRAP_NOTE: usize = 90;
/// Characters in a line of a label.
const WRAP: usize = 42;

pub(super) fn write(picture: &Picture) -> String {
    let mut bodies: Vec<Body> = picture.nodes.iter().map(node_body).collect();
    let mut springs = Vec::new();
    let mut labels: Vec<(usize, Vec<String>)> = Vec::new();
    for edge in &picture.edges {
        let lines: Vec<String> = edge.label.iter().flat_map(|line| wrap(line, WRAP)).collect();
        let (width, height) = size(&lines, LABEL_FONT);
        let place = bodies.len();
        bodies.push(Body { x: 0.0, y: 0.0, width: width + 4.0, height, is_label: true });
        let between = |other: &&Edge| {
            (other.from, other.to) == (edge.from, edge.to) || (other.to, other.from) == (edge.from, edge.to)
        };
        let crowd = u32::try_from(picture.edges.iter().filter(between).count()).unwrap_or(1);
        springs.push(Spring { a: edge.from, b: place, crowd });
        springs.push(Spring { a: edge.to, b: place, crowd });
        labels.push((place, lines));
    }
    arrange(&mut bodies, &springs);
    let legend = legend(picture);
    let right = bodies.iter().map(|body| body.x + body.width / 2.0).fold(420.0_f64, f64::max);
    let bottom = bodies.iter().map(|body| body.y + body.height / 2.0).fold(0.0_f64, f64::max);
    let (legend_lines, legend_height) = legend_rows(&legend, right);
    let notes: Vec<String> = picture.notes().flat_map(|note| wrap(note, WRAP_NOTE)).collect();
    let head = HEAD + (notes.len() as f64 - 1.0) * NOTE_LINE;
    let (width, height) = (right + 2.0 * PAD, head + bottom + 2.0 * PAD + legend_height);
    let mut out = String::new();
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"{FONT}\" role=\"img\">"
    );
    let _ = writeln!(out, "<title>{}</title>", escape::xml(&picture.caption));
    let _ = writeln!(out, "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
    markers(picture, &mut out);
    let _ = writeln!(
        out,
        "<text x=\"{PAD}\" y=\"32\" font-size=\"20\" font-weight=\"bold\" fill=\"#222222\">{}</text>",
        escape::xml(&picture.caption)
    );
    for (line, note) in notes.iter().enumerate() {
        let y = 51.0 + line as f64 * NOTE_LINE;
        let _ = writeln!(
            out,
            "<text x=\"{PAD}\" y=\"{y:.0}\" font-size=\"12\" fill=\"#666666\">{}</text>",
            escape::xml(note)
        );
    }
    let _ = writeln!(out, "<g transform=\"translate({PAD} {:.0})\">", head + PAD / 2.0);
    for (edge, (place, _)) in picture.edges.iter().zip(&labels) {
        line(edge, &bodies, *place, &mut out);
    }
    for (edge, (place, lines)) in picture.edges.iter().zip(&labels) {
        label(edge, &bodies[*place], lines, &mut out);
    }
    for (node, body) in picture.nodes.iter().zip(&bodies) {
        draw_node(node, body, &mut out);
    }
    let _ = writeln!(out, "</g>");
    let top = head + bottom + 2.0 * PAD;
    let _ = writeln!(out, "<g transform=\"translate({PAD} {top:.0})\" font-size=\"11\" fill=\"#444444\">");
    let _ = writeln!(out, "<line x1=\"0\" y1=\"-6\" x2=\"{right:.0}\" y2=\"-6\" stroke=\"#dddddd\"/>");
    out.push_str(&legend_lines);
    out.push_str("</g>\n</svg>\n");
    out
}

/// Width and height of some lines of text, by the usual widths of a sans-serif face.
fn size(lines: &[String], font: f64) -> (f64, f64) {
    let width = |line: &String| line.chars().map(|c| advance(c) * font).sum::<f64>();
    let widest = lines.iter().map(width).fold(0.0, f64::max);
    (widest, lines.len() as f64 * font * 1.2)
}

/// Part of the font size that a character takes.
fn advance(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.28,
        'f' | 't' | 'r' | ' ' | '(' | ')' | '-' | '·' => 0.36,
        'm' | 'M' | 'W' | 'w' => 0.86,
        c if c.is_ascii_uppercase() => 0.69,
        c if c.is_ascii() => 0.56,
        c if u32::from(c) >= 0x2e80 => 1.0,
        _ => 0.62,
    }
}

fn node_lines(node: &Node) -> Vec<String> {
    let mut lines = wrap(&node.label, 18);
    lines.extend(node.home.iter().flat_map(|home| wrap(&format!("({home})"), 18)));
    lines
}

fn node_font(node: &Node) -> f64 {
    if node.kind == NodeKind::Event { LABEL_FONT } else { NODE_FONT }
}

fn node_body(node: &Node) -> Body {
    let (width, height) = size(&node_lines(node), node_font(node));
    // An ellipse or a hexagon holds less than its box.
    let (wide, high) = match node.kind {
        NodeKind::Person => (1.28, 1.45),
        NodeKind::Group => (1.2, 1.1),
        _ => (1.0, 1.0),
    };
    Body { x: 0.0, y: 0.0, width: width * wide + 20.0, height: height * high + 12.0, is_label: false }
}

fn draw_node(node: &Node, body: &Body, out: &mut String) {
    let (fill, border) = node.kind.colours();
    let (x, y, w, h) = (body.x - body.width / 2.0, body.y - body.height / 2.0, body.width, body.height);
    let stroke = if node.focus { 3.0 } else { 1.3 };
    let paint = format!("fill=\"{fill}\" stroke=\"{border}\" stroke-width=\"{stroke}\"");
    let iri = escape::xml(&node.iri);
    let _ = write!(out, "<a href=\"{iri}\"><g><title>{iri}</title>");
    let _ = match node.kind {
        NodeKind::Country => {
            write!(out, "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{w:.1}\" height=\"{h:.1}\" rx=\"8\" {paint}/>")
        }
        NodeKind::Person => {
            let (rx, ry) = (w / 2.0, h / 2.0);
            write!(out, "<ellipse cx=\"{:.1}\" cy=\"{:.1}\" rx=\"{rx:.1}\" ry=\"{ry:.1}\" {paint}/>", body.x, body.y)
        }
        NodeKind::Group => {
            let (cut, right, bottom, middle) = (h * 0.35, x + w, y + h, body.y);
            write!(
                out,
                "<polygon points=\"{:.1},{y:.1} {:.1},{y:.1} {right:.1},{middle:.1} {:.1},{bottom:.1} {:.1},{bottom:.1} {x:.1},{middle:.1}\" {paint}/>",
                x + cut,
                right - cut,
                right - cut,
                x + cut,
            )
        }
        NodeKind::Place => write!(
            out,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{w:.1}\" height=\"{h:.1}\" {paint} stroke-dasharray=\"4 3\"/>"
        ),
        NodeKind::Organization | NodeKind::Thing | NodeKind::Event => {
            write!(out, "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{w:.1}\" height=\"{h:.1}\" {paint}/>")
        }
    };
    let weight = if node.focus { " font-weight=\"bold\"" } else { "" };
    text(&node_lines(node), body, node_font(node), &format!("fill=\"#1a1a1a\"{weight}"), out);
    out.push_str("</g></a>\n");
}

/// Centred lines of text.
fn text(lines: &[String], body: &Body, font: f64, style: &str, out: &mut String) {
    let top = body.y - (lines.len() as f64 - 1.0) * font * 0.6 + font * 0.35;
    let _ = write!(out, "<text text-anchor=\"middle\" font-size=\"{font}\" {style}>");
    for (place, line) in lines.iter().enumerate() {
        let y = top + place as f64 * font * 1.2;
        let _ = write!(out, "<tspan x=\"{:.1}\" y=\"{y:.1}\">{}</tspan>", body.x, escape::xml(line));
    }
    out.push_str("</text>");
}

/// A line as a curve through the middle of its label, from the edge of one box to the edge of the other.
fn line(edge: &Edge, bodies: &[Body], place: usize, out: &mut String) {
    let (a, b, middle) = (&bodies[edge.from], &bodies[edge.to], &bodies[place]);
    // Towards the handle of the curve, so that it leaves and meets the boxes as it runs.
    let handle = (2.0 * middle.x - f64::midpoint(a.x, b.x), 2.0 * middle.y - f64::midpoint(a.y, b.y));
    let (from, to) = (border(a, handle.0, handle.1), border(b, handle.0, handle.1));
    let control = (2.0 * middle.x - f64::midpoint(from.0, to.0), 2.0 * middle.y - f64::midpoint(from.1, to.1));
    let width = 1.1 + edge.sources.min(6) as f64 * 0.3;
    let dash = if edge.uncertain { " stroke-dasharray=\"6 4\"" } else { "" };
    let arrow = if edge.directed { format!(" marker-end=\"url(#{})\"", marker(edge.tone)) } else { String::new() };
    let _ = writeln!(
        out,
        "<path d=\"M{:.1},{:.1} Q{:.1},{:.1} {:.1},{:.1}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{width:.1}\"{dash}{arrow}/>",
        from.0,
        from.1,
        control.0,
        control.1,
        to.0,
        to.1,
        edge.tone.colour(),
    );
}

/// Where the line from the middle of a box towards a point leaves the box.
fn border(body: &Body, x: f64, y: f64) -> (f64, f64) {
    let (dx, dy) = (x - body.x, y - body.y);
    let across = if dx == 0.0 { f64::INFINITY } else { (body.width / 2.0 + 2.0) / dx.abs() };
    let down = if dy == 0.0 { f64::INFINITY } else { (body.height / 2.0 + 2.0) / dy.abs() };
    let part = across.min(down).min(1.0);
    (body.x + dx * part, body.y + dy * part)
}

fn label(edge: &Edge, body: &Body, lines: &[String], out: &mut String) {
    if lines.is_empty() {
        return;
    }
    let (x, y) = (body.x - body.width / 2.0, body.y - body.height / 2.0);
    let events = escape::xml(&edge.events.join("\n"));
    let link = edge.events.first().map(|event| escape::xml(event)).unwrap_or_default();
    let _ = write!(
        out,
        "<a href=\"{link}\"><g><title>{events}</title><rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{:.1}\" \
         fill=\"#ffffff\" fill-opacity=\"0.88\"/>",
        body.width, body.height
    );
    text(lines, body, LABEL_FONT, &format!("fill=\"{}\"", edge.tone.colour()), out);
    out.push_str("</g></a>\n");
}

fn marker(tone: Tone) -> &'static str {
    match tone {
        Tone::Talk => "arrow-talk",
        Tone::Aid => "arrow-aid",
        Tone::Deal => "arrow-deal",
        Tone::Conflict => "arrow-conflict",
        Tone::Pressure => "arrow-pressure",
        Tone::Yield => "arrow-yield",
        Tone::Word => "arrow-word",
        Tone::Office => "arrow-office",
    }
}

fn tones(picture: &Picture) -> Vec<Tone> {
    let mut tones: Vec<Tone> = picture.edges.iter().map(|edge| edge.tone).collect();
    tones.sort();
    tones.dedup();
    tones
}

fn markers(picture: &Picture, out: &mut String) {
    out.push_str("<defs>\n");
    for tone in tones(picture) {
        let _ = writeln!(
            out,
            "<marker id=\"{}\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"9\" markerHeight=\"9\" \
             markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0,1 L10,5 L0,9 z\" fill=\"{}\"/></marker>",
            marker(tone),
            tone.colour()
        );
    }
    out.push_str("</defs>\n");
}

/// Symbols of the legend, drawn at the origin, with their texts.
fn legend(picture: &Picture) -> Vec<(String, &'static str)> {
    let mut kinds: Vec<NodeKind> = picture.nodes.iter().map(|node| node.kind).collect();
    kinds.sort();
    kinds.dedup();
    let mut legend = Vec::new();
    for kind in kinds {
        let (fill, border) = kind.colours();
        let paint = format!("fill=\"{fill}\" stroke=\"{border}\"");
        let symbol = match kind {
            NodeKind::Country => format!("<rect y=\"-10\" width=\"20\" height=\"12\" rx=\"4\" {paint}/>"),
            NodeKind::Person => format!("<ellipse cx=\"10\" cy=\"-4\" rx=\"10\" ry=\"6\" {paint}/>"),
            NodeKind::Group => format!("<polygon points=\"4,-10 16,-10 20,-4 16,2 4,2 0,-4\" {paint}/>"),
            NodeKind::Place => {
                format!("<rect y=\"-10\" width=\"20\" height=\"12\" stroke-dasharray=\"3 2\" {paint}/>")
            }
            _ => format!("<rect y=\"-10\" width=\"20\" height=\"12\" {paint}/>"),
        };
        legend.push((symbol, kind.name()));
    }
    let stroke = |colour: &str, dash: &str| {
        format!("<line x1=\"0\" y1=\"-4\" x2=\"20\" y2=\"-4\" stroke=\"{colour}\" stroke-width=\"2\"{dash}/>")
    };
    legend.extend(tones(picture).into_iter().map(|tone| (stroke(tone.colour(), ""), tone.name())));
    if picture.edges.iter().any(|edge| edge.uncertain) {
        legend.push((stroke("#444444", " stroke-dasharray=\"6 4\""), "planned, possible or denied"));
    }
    legend
}

/// The legend in as many rows as it needs, and how high they are.
fn legend_rows(legend: &[(String, &'static str)], width: f64) -> (String, f64) {
    let mut out = String::new();
    let (mut x, mut y) = (0.0, 12.0);
    for (symbol, name) in legend {
        let needed = 26.0 + size(&[(*name).to_owned()], 11.0).0 + 18.0;
        if x > 0.0 && x + needed > width {
            x = 0.0;
            y += 20.0;
        }
        let _ = writeln!(
            out,
            "<g transform=\"translate({x:.0} {y:.0})\">{symbol}<text x=\"26\" y=\"0\">{}</text></g>",
            escape::xml(name)
        );
        x += needed;
    }
    (out, y + 14.0)
}
