//! From drafts to the events of the output: names instead of numbers, character offsets, ids made from content.

use entente_model::{Alternative, Event, EventType, Evidence, Filler, PartyStage, Place, Role, Span};
use indexmap::IndexMap;

use super::{context::Context, details, draft::Draft, plover};
use crate::{entities::EntityIndex, hash, positions::Status};

/// The events of an article, in order of first mention.
pub(crate) fn events(context: &Context<'_>, drafts: Vec<Draft>) -> Vec<Event> {
    let text = context.document.text();
    let offsets = Offsets::new(text);
    let headline = Span::new(0, context.headline);
    let mut events: Vec<Event> = drafts.into_iter().map(|draft| event(context, &offsets, headline, draft)).collect();
    details::link_parents(&mut events);
    // Ids are content: two events of an article that agree in all of it get a number each, in text order.
    let mut seen: IndexMap<String, usize> = IndexMap::new();
    for event in &mut events {
        let count = seen.entry(event.id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            event.id = format!("{}-{count}", event.id);
        }
    }
    events
}

fn event(context: &Context<'_>, offsets: &Offsets, headline: Span, draft: Draft) -> Event {
    let takes_part =
        matches!(draft.kind, EventType::Meeting | EventType::Call | EventType::Visit | EventType::Agreement);
    let filler = |entity: EntityIndex, mention: Option<usize>| {
        let held = context.entities.get(entity);
        let capacity = mention.filter(|_| takes_part).and_then(|token| capacity(context, entity, token));
        let words =
            mention.map_or(held.name.clone(), |token| context.document.text_of(context.head_phrase(token)).to_owned());
        Filler { name: held.name.clone(), id: held.id.clone(), kind: held.kind, mention: words, capacity }
    };
    let mut roles: IndexMap<Role, Vec<Filler>> = IndexMap::new();
    for (role, filled) in &draft.roles {
        roles.insert(*role, filled.iter().map(|f| filler(f.entity, Some(f.mention))).collect());
    }
    let evidence = |sentence: usize, trigger: usize, rule: &str| {
        let cut = context.document.sentences()[sentence].span;
        // The parser cuts a headline in two now and then: it is cited as it stands.
        let held = if headline.contains(cut) { headline } else { cut };
        let word = context.document.token(trigger).span;
        Evidence {
            text: held.of(context.document.text()).to_owned(),
            start: offsets.characters(held.start),
            end: offsets.characters(held.end),
            sentence,
            trigger_start: offsets.characters(word.start),
            trigger_end: offsets.characters(word.end),
            rule: rule.to_owned(),
        }
    };
    let told = matches!(draft.kind, EventType::Meeting | EventType::Call | EventType::Visit | EventType::Attack)
        || draft.kind.is_plover();
    let plover = plover::code(context, &draft).to_owned();
    let first = evidence(draft.sentence, draft.trigger, &draft.rule);
    // A word is one mention of an event, whichever rules found it there.
    let mut triggers = vec![draft.trigger];
    let mut more: Vec<Evidence> = Vec::new();
    for told in &draft.more {
        if !triggers.contains(&told.trigger) {
            triggers.push(told.trigger);
            more.push(evidence(told.sentence, told.trigger, &told.rule));
        }
    }
    let mut details = draft.details.clone();
    details.party_stages = draft
        .party_stages
        .iter()
        .map(|(party, stage, pending)| {
            let held = context.entities.get(*party);
            PartyStage { name: held.name.clone(), id: held.id.clone(), stage: *stage, pending: *pending }
        })
        .collect();
    details.alternatives = draft
        .others
        .iter()
        .map(|other| Alternative {
            amount: other.amount,
            date: other.date,
            killed: other.killed,
            injured: other.injured,
            evidence: evidence(other.told.sentence, other.told.trigger, &other.told.rule),
        })
        .collect();
    Event {
        id: id(context, &draft),
        source: context.article.source.clone(),
        kind: draft.kind,
        roles,
        stage: draft.stage,
        factuality: told.then_some(draft.factuality),
        stance: draft.stance,
        aid_kind: draft.aid_kind,
        finance: draft.finance,
        amount: draft.amount,
        cumulative: draft.cumulative,
        items: draft.items,
        date: draft.date,
        place: draft.place.map(|place| {
            let held = context.entities.get(place);
            Place { name: held.name.clone(), id: held.id.clone() }
        }),
        killed: draft.killed,
        injured: draft.injured,
        title: draft.title,
        status: draft.status,
        speaker: draft.speaker.map(|speaker| filler(speaker, None)),
        details,
        plover,
        confidence: draft.confidence,
        rule: draft.rule,
        evidence: first,
        more_evidence: more,
    }
}

/// The office that a person holds, told next to the mention, else first in the article.
fn capacity(context: &Context<'_>, person: EntityIndex, mention: usize) -> Option<String> {
    let held = || {
        context.entities.positions().iter().filter(|office| office.person == person && office.status == Status::Held)
    };
    let sentence = context.document.token(mention).sentence;
    let near = held().find(|office| context.document.token(office.trigger).sentence == sentence);
    near.or_else(|| held().next()).map(|office| office.title.clone())
}

/// An id made from content: type, sides, stage, sum and day. An event without a day is told apart by its article,
/// but for offices, which are the same wherever they are told.
fn id(context: &Context<'_>, draft: &Draft) -> String {
    let mut key = vec![draft.kind.to_string()];
    for (role, filled) in draft.roles.iter().filter(|(role, _)| role.is_side()) {
        let mut ids: Vec<&str> = filled.iter().map(|f| context.entities.get(f.entity).id.as_str()).collect();
        ids.sort_unstable();
        key.push(format!("{role}={}", ids.join(",")));
    }
    if draft.kind == EventType::Position {
        key.push(draft.title.clone().unwrap_or_default());
        key.extend(draft.status.map(|status| status.to_string()));
    } else {
        key.push(format!("{:?}|{:?}|{:?}", draft.stage, draft.stance, draft.factuality));
        // What is done to nobody in particular is known by what it is about.
        if draft.kind.is_plover() && draft.role(Role::Recipient).is_empty() {
            key.extend(draft.details.subject.clone());
        }
        key.extend(draft.amount.map(|amount| format!("{} {}", amount.value, amount.currency())));
        key.push(match draft.date {
            Some(date) if date.day.is_some() => date.to_string(),
            date => format!("{date:?}|{}", context.article.id),
        });
    }
    format!("{}-{}", draft.kind, hash::hex64(&key.join("|")))
}

/// Byte offsets to character offsets, in constant time after one pass over the text.
struct Offsets {
    /// Characters before every 256th byte.
    checkpoints: Vec<usize>,
    text: String,
}

const STRIDE: usize = 256;

impl Offsets {
    fn new(text: &str) -> Self {
        let mut checkpoints = vec![0];
        let mut count = 0;
        for (index, byte) in text.bytes().enumerate() {
            if index > 0 && index % STRIDE == 0 {
                checkpoints.push(count);
            }
            count += usize::from(byte & 0xC0 != 0x80);
        }
        Self { checkpoints, text: text.to_owned() }
    }

    fn characters(&self, byte: usize) -> usize {
        let block = (byte / STRIDE).min(self.checkpoints.len() - 1);
        self.checkpoints[block]
            + self.text.as_bytes()[block * STRIDE..byte].iter().filter(|b| **b & 0xC0 != 0x80).count()
    }
}
