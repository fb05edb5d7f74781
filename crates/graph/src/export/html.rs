//! A page that needs nothing else: the picture, a timeline, and the events as a table with their sentences.

#![allow(clippy::cast_precision_loss, reason = "counts of what a page can hold")]

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use entente_model::{EventType, Role};

use super::{ExportError, PATIENCE};
use crate::{
    Filter, Graph,
    calendar::parse_day,
    escape,
    explain::Told,
    picture::verb,
    query::describe,
    view::{EventView, label},
};

const STYLE: &str = "body{font:15px/1.45 Helvetica,Arial,'Liberation Sans',sans-serif;color:#222;margin:2rem auto;\
max-width:72rem;padding:0 1rem}h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}\
figure{margin:0;overflow:auto;border:1px solid #ddd}svg{max-width:100%;height:auto}\
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;\
border-bottom:1px solid #ddd}th{background:#f5f5f5;position:sticky;top:0}q{display:block;margin:.2rem 0}\
mark{background:#fff1b8}small{color:#666}.n{white-space:nowrap}input{padding:.4rem;width:20rem;max-width:100%}";

/// Rows of the table are hidden that do not hold the text typed in; without a script, all are there.
const SCRIPT: &str = "const f=document.getElementById('f');f.hidden=false;f.addEventListener('input',()=>{\
const t=f.value.toLowerCase();for(const r of document.querySelectorAll('tbody tr'))\
r.hidden=!r.textContent.toLowerCase().includes(t)})";

pub(super) fn write(graph: &Graph, filter: &Filter, out: &mut dyn Write) -> Result<(), ExportError> {
    let picture = graph.picture(filter)?;
    let events = graph.events_of(filter)?;
    let notes = picture.notes().map(escape::xml).collect::<Vec<_>>().join("<br>");
    let title = escape::xml(&picture.caption);
    let svg = picture.svg_by_graphviz(PATIENCE).unwrap_or_else(|_| picture.svg());
    // Inside a page an SVG has no declaration of its own.
    let svg = svg.find("<svg").map_or(svg.as_str(), |start| &svg[start..]);
    writeln!(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>")?;
    writeln!(out, "<h1>{title}</h1>\n<p>{notes}</p>\n<figure>{svg}</figure>")?;
    writeln!(out, "<h2>Timeline</h2>\n{}", timeline(&events))?;
    writeln!(out, "<h2>Events</h2>")?;
    writeln!(out, "<p><input id=\"f\" type=\"search\" placeholder=\"Show rows with …\" hidden></p>")?;
    writeln!(out, "<table><thead><tr><th>Date</th><th>Event</th><th>Sentences</th></tr></thead>\n<tbody>")?;
    for event in &events {
        row(graph, event, out)?;
    }
    writeln!(out, "</tbody></table>\n<script>{SCRIPT}</script>\n</body>\n</html>")?;
    Ok(())
}

fn row(graph: &Graph, event: &EventView, out: &mut dyn Write) -> io::Result<()> {
    let index = graph.index();
    let iri = escape::xml(index.iri_of(event.id));
    let mut details = Vec::new();
    details.extend(event.title.clone());
    details.extend(
        event.amounts.iter().map(
            |sum| {
                if event.cumulative { format!("{} in all", sum.label) } else { sum.label.clone() }
            },
        ),
    );
    details.extend(event.items.iter().cloned());
    details.extend(event.places.iter().map(|place| label(index, *place)));
    details.extend(event.killed.iter().map(|count| format!("{count} killed")));
    details.extend(event.injured.iter().map(|count| format!("{count} injured")));
    details.extend(event.details.iter().cloned());
    let details = if details.is_empty() { String::new() } else { format!("<br>{}", escape::xml(&details.join("; "))) };
    let sentences: String = graph.told(event.id).iter().map(sentence).collect();
    writeln!(
        out,
        "<tr id=\"{iri}\"><td class=\"n\">{}</td><td><a href=\"{iri}\">{}</a>{details}</td><td>{sentences}</td></tr>",
        escape::xml(&event.dates.join(" / ")),
        escape::xml(&in_words(graph, event)),
    )
}

/// `France and Ukraine: met`
fn in_words(graph: &Graph, event: &EventView) -> String {
    let names = |roles: &[Role]| {
        let mut names: Vec<String> =
            roles.iter().flat_map(|role| event.fillers(*role)).map(|id| describe(graph, id).name).collect();
        names.dedup();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        crate::words::join(&names)
    };
    let (who, whom) = super::table::sides(event);
    [names(who), verb(event), names(whom)].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn sentence(told: &Told) -> String {
    let (before, trigger, after) = told.parts();
    let mark = if trigger.is_empty() { String::new() } else { format!("<mark>{}</mark>", escape::xml(&trigger)) };
    let source = escape::xml(&told.source());
    // Only addresses of the web become links: an article could name any scheme.
    let source = if told.url.starts_with("https://") || told.url.starts_with("http://") {
        format!("<a href=\"{}\">{source}</a>", escape::xml(&told.url))
    } else {
        source
    };
    format!(
        "<q>{}{mark}{}</q><small>{source}; rule {}, confidence {}</small>",
        escape::xml(&before),
        escape::xml(&after),
        escape::xml(&told.rule),
        escape::xml(&told.confidence)
    )
}

/// A row for each type of event, a mark for each event at its first day.
fn timeline(events: &[EventView]) -> String {
    let dated: Vec<(&EventView, i64)> =
        events.iter().filter_map(|event| Some((event, parse_day(&event.span.as_ref()?.0)?))).collect();
    let (Some(first), Some(last)) = (dated.iter().map(|(_, day)| *day).min(), dated.iter().map(|(_, day)| *day).max())
    else {
        return "<p>No event has a date.</p>".to_owned();
    };
    let kinds: Vec<EventType> =
        EventType::ALL.iter().copied().filter(|kind| dated.iter().any(|(event, _)| event.kind == *kind)).collect();
    let (left, width, row) = (90.0, 860.0, 24.0);
    let length = ((last - first).max(1)) as f64;
    let place = |day: i64| left + 10.0 + (day - first) as f64 / length * (width - 20.0);
    let height = kinds.len() as f64 * row + 34.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {height}\" font-size=\"12\" role=\"img\">",
        left + width
    );
    for (line, kind) in kinds.iter().enumerate() {
        let y = line as f64 * row + 16.0;
        let _ = write!(
            svg,
            "<text x=\"0\" y=\"{:.1}\" fill=\"#444\">{}</text><line x1=\"{left}\" x2=\"{}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"#ddd\"/>",
            y + 4.0,
            kind.name(),
            left + width
        );
        for (event, day) in dated.iter().filter(|(event, _)| event.kind == *kind) {
            let fill = if event.happened() { "#2456a6" } else { "#ffffff" };
            let _ = write!(
                svg,
                "<circle cx=\"{:.1}\" cy=\"{y:.1}\" r=\"5\" fill=\"{fill}\" fill-opacity=\"0.7\" stroke=\"#2456a6\"><title>{}</title></circle>",
                place(*day),
                escape::xml(&event.label)
            );
        }
    }
    let (from, to) = (dated.iter().min_by_key(|(_, day)| *day), dated.iter().max_by_key(|(_, day)| *day));
    for (end, x, anchor) in [(from, left + 10.0, "start"), (to, left + width - 10.0, "end")] {
        if let Some((EventView { span: Some((day, _)), .. }, _)) = end {
            let _ = write!(
                svg,
                "<text x=\"{x}\" y=\"{:.1}\" text-anchor=\"{anchor}\" fill=\"#666\">{}</text>",
                height - 6.0,
                escape::xml(day)
            );
        }
    }
    svg.push_str("</svg>");
    svg
}
