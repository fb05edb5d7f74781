//! The words on the lines of a picture: what happened, how much, when, and from how many sources.

use std::collections::BTreeSet;

use entente_model::EventType;

use super::Bundle;
use crate::{index::Id, view::EventView};

/// What happened, in a word or two that read between the two names.
pub(crate) fn verb(event: &EventView) -> String {
    let verb = match (event.kind, event.stage.as_deref(), event.stance.as_deref()) {
        (EventType::Meeting, ..) => "met",
        (EventType::Call, ..) => "spoke with",
        (EventType::Visit, ..) => "visited",
        (EventType::Aid, Some("requested"), _) => "asked for aid from",
        (EventType::Aid, Some("proposed"), _) => "aid proposed to",
        (EventType::Aid, Some("pledged"), _) => "pledged aid to",
        (EventType::Aid, Some("approved"), _) => "approved aid to",
        (EventType::Aid, Some("delivered"), _) => "gave aid to",
        (EventType::Aid, Some("suspended"), _) => "suspended aid to",
        (EventType::Aid, Some("refused"), _) => "refused aid to",
        (EventType::Aid, ..) => "aid to",
        (EventType::Agreement, Some("in-force"), _) => "agreement in force",
        (EventType::Agreement, Some("negotiating"), _) => "negotiating",
        (EventType::Agreement, Some(stage), _) => return format!("agreement {stage}"),
        (EventType::Agreement, None, _) => "agreement",
        (EventType::Sanction, Some("proposed"), _) => "proposed sanctions on",
        (EventType::Sanction, Some("lifted"), _) => "lifted sanctions on",
        (EventType::Sanction, Some("extended"), _) => "extended sanctions on",
        (EventType::Sanction, ..) => "sanctioned",
        (EventType::Attack, ..) => "attacked",
        (EventType::Statement, _, Some("support")) => "supports",
        (EventType::Statement, _, Some("praise")) => "praised",
        (EventType::Statement, _, Some("criticize")) => "criticised",
        (EventType::Statement, _, Some("demand")) => "made demands of",
        (EventType::Statement, _, Some("threaten")) => "threatened",
        (EventType::Statement, _, Some("reject")) => "rejected",
        (EventType::Statement, ..) => "spoke about",
        (EventType::Position, ..) => {
            let title = event.title.as_deref().unwrap_or("office in");
            return event.status.as_ref().map_or_else(|| title.to_owned(), |status| format!("{status} {title}"));
        }
        (EventType::Protest, ..) => "protested against",
        (EventType::Mobilize, ..) => "mobilised against",
        (EventType::Coerce, ..) => "coerced",
        (EventType::Cooperate, ..) => "cooperated with",
        (EventType::Concede, ..) => "gave in to",
        (EventType::Retreat, ..) => "retreated from",
        (EventType::Reject, ..) => "turned down",
        (EventType::Request, ..) => "asked",
        (EventType::Threaten, ..) => "threatened",
        (EventType::Accuse, ..) => "condemned",
        (EventType::Support, ..) => "backed",
    };
    match event.factuality.as_deref() {
        Some(unsure @ ("planned" | "possible" | "denied")) => format!("{verb} ({unsure})"),
        _ => verb.to_owned(),
    }
}

/// The label of a line: what; how much; when and from how many sources.
pub(super) fn line_label(verb: &str, bundle: &Bundle<'_>) -> Vec<String> {
    let times = bundle.events.len();
    if bundle.events.iter().all(|event| event.kind == EventType::Position) {
        let best = bundle.events.iter().max_by_key(|event| (event.sources, std::cmp::Reverse(event.title.clone())));
        return vec![best.map(|event| self::verb(event)).unwrap_or_default()];
    }
    let mut lines = vec![if times > 1 { format!("{verb}, {times} times") } else { verb.to_owned() }];
    lines.extend(sums(&bundle.events));
    lines.extend(when_and_sources(&bundle.events));
    lines
}

/// The largest two amounts or items of a bundle, and how many more there are. Nothing is added up.
fn sums(events: &[&EventView]) -> Option<String> {
    let mut amounts: Vec<(f64, String)> = events
        .iter()
        .flat_map(|event| {
            let total = if event.cumulative { " in all" } else { "" };
            event.amounts.iter().map(move |sum| (sum.value.parse().unwrap_or(0.0), format!("{}{total}", sum.label)))
        })
        .collect();
    amounts.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let mut texts: Vec<String> = amounts.into_iter().map(|(_, label)| label).collect();
    texts.dedup();
    if texts.is_empty() {
        texts = events.iter().flat_map(|event| event.items.iter().cloned()).collect();
        texts.sort();
        texts.dedup();
    }
    let more = texts.len().saturating_sub(2);
    texts.truncate(2);
    if more > 0 {
        texts.push(format!("{more} more"));
    }
    (!texts.is_empty()).then(|| texts.join("; "))
}

/// `2024-05-01 · 2 sources`
pub(super) fn when_and_sources(events: &[&EventView]) -> Option<String> {
    let sources: BTreeSet<Id> = events.iter().flat_map(|event| event.articles.iter().copied()).collect();
    let mut parts: Vec<String> = when(events).into_iter().collect();
    if sources.len() > 1 {
        parts.push(format!("{} sources", sources.len()));
    }
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// One date, or the first and the last.
pub(super) fn when(events: &[&EventView]) -> Option<String> {
    let mut dates: Vec<&String> = events.iter().flat_map(|event| &event.dates).collect();
    dates.sort();
    match (dates.first(), dates.last()) {
        (Some(first), Some(last)) if first == last => Some((*first).clone()),
        (Some(first), Some(last)) => Some(format!("{first} to {last}")),
        _ => None,
    }
}
