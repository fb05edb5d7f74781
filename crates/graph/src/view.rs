//! Events of the graph as plain values, for everything that is not SPARQL: pictures, networks, tables, dossiers.
//!
//! In: the graph and a [`Filter`]. Out: [`EventView`]s in order of date, then of IRI.

use std::collections::{BTreeMap, BTreeSet};

use entente_model::{Date, EventType, Role};
use oxigraph::model::NamedNodeRef;

use crate::{
    Graph, NameError,
    index::{Id, Index},
    mapping,
    vocabulary::{ent, rdf, rdfs},
};

/// Which events to take.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only events around these actors, by any name that [`Graph::actor`] takes; empty: all.
    pub actors: Vec<String>,
    /// Only events of these types; empty: all.
    pub types: Vec<EventType>,
    /// Only events on this day or later; events without a date are left out.
    pub since: Option<Date>,
    /// Only events on this day or earlier; events without a date are left out.
    pub until: Option<Date>,
    /// How many steps from event to event the actors' neighbourhood reaches; 0 counts as 1.
    pub depth: usize,
    /// How many lines a picture may have; without it 40.
    pub top: Option<usize>,
}

/// One event with all that the default graph says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EventView {
    pub(crate) id: Id,
    pub(crate) kind: EventType,
    pub(crate) label: String,
    /// Who does what in it, in order of roles, then of IRIs.
    pub(crate) roles: Vec<(Role, Id)>,
    /// Names of values: `pledged`, `planned`, `support`, `military`, `loan`.
    pub(crate) stage: Option<String>,
    pub(crate) factuality: Option<String>,
    pub(crate) stance: Option<String>,
    pub(crate) aid_kind: Option<String>,
    /// Dates as given, sorted; several where the sources differ.
    pub(crate) dates: Vec<String>,
    /// First and last day that the dates cover.
    pub(crate) span: Option<(String, String)>,
    pub(crate) amounts: Vec<Sum>,
    pub(crate) cumulative: bool,
    /// `2 × Patriot battery`
    pub(crate) items: Vec<String>,
    pub(crate) title: Option<String>,
    /// `former`, `acting` or `designate`, of an office.
    pub(crate) status: Option<String>,
    pub(crate) places: Vec<Id>,
    /// What else is known, as `duration P10Y`, sorted.
    pub(crate) details: Vec<String>,
    pub(crate) killed: Option<String>,
    pub(crate) injured: Option<String>,
    /// Articles that tell it.
    pub(crate) articles: Vec<Id>,
    /// Articles that tell it, near copies of each other counted once.
    pub(crate) sources: usize,
}

/// A sum of money.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Sum {
    pub(crate) currency: String,
    pub(crate) value: String,
    pub(crate) label: String,
}

impl EventView {
    /// Who is in a role.
    pub(crate) fn fillers(&self, role: Role) -> Vec<Id> {
        self.roles.iter().filter(|(known, _)| *known == role).map(|(_, id)| *id).collect()
    }

    /// Everybody in any role, once each.
    pub(crate) fn actors(&self) -> BTreeSet<Id> {
        self.roles.iter().map(|(_, id)| *id).collect()
    }

    /// Whether the event is told as having happened, and an office as one of the day.
    pub(crate) fn happened(&self) -> bool {
        self.factuality.as_deref().is_none_or(|factuality| factuality == "actual")
            && self.status.as_deref().is_none_or(|status| status == "acting")
    }
}

/// The numbers of all properties that views are made of.
struct Properties {
    roles: Vec<(Id, Role)>,
    other: BTreeMap<Id, NamedNodeRef<'static>>,
}

impl Properties {
    fn of(index: &Index) -> Self {
        let roles = Role::ALL
            .iter()
            .filter_map(|role| Some((index.iri(mapping::role_property(*role).as_str())?, *role)))
            .collect();
        let other = [
            rdfs::LABEL,
            ent::STAGE,
            ent::FACTUALITY,
            ent::STANCE,
            ent::AID_KIND,
            ent::DATE,
            ent::EARLIEST,
            ent::LATEST,
            ent::AMOUNT,
            ent::CUMULATIVE,
            ent::QUANTITY_OF,
            ent::TITLE,
            ent::OFFICE_STATUS,
            ent::PLACE,
            ent::KILLED,
            ent::INJURED,
            ent::TOLD_IN,
            ent::SOURCE,
        ]
        .into_iter()
        .chain(DETAILS);
        let other = other.filter_map(|property| Some((index.iri(property.as_str())?, property))).collect();
        Self { roles, other }
    }
}

/// Values of events beyond sides, stage, date, place and sum.
const DETAILS: [NamedNodeRef<'static>; 19] = [
    ent::ANNUAL,
    ent::ATTRIBUTION,
    ent::DURATION,
    ent::INJURED_AT_LEAST,
    ent::INJURED_AT_MOST,
    ent::INSTRUMENT,
    ent::KILLED_AT_LEAST,
    ent::KILLED_AT_MOST,
    ent::NUMBER,
    ent::OCCASION,
    ent::PART,
    ent::PART_OF,
    ent::PERIOD_END,
    ent::PERIOD_START,
    ent::SANCTION_INSTRUMENT,
    ent::SUBJECT,
    ent::SUPPLY,
    ent::WEAPON,
    ent::FINANCE,
];

/// `duration P10Y`, `partOf relief package, USD 2 billion`
fn in_words(index: &Index, property: NamedNodeRef<'static>, object: Id) -> String {
    let name = property.as_str().rsplit('/').next().unwrap_or_default();
    let value = index.dictionary.value(object);
    let concept =
        [ent::ATTRIBUTION, ent::INSTRUMENT, ent::SANCTION_INSTRUMENT, ent::SUPPLY, ent::FINANCE].contains(&property);
    let thing = [ent::PART, ent::PART_OF, ent::WEAPON].contains(&property);
    let text = match (concept, thing) {
        (true, _) => value.rsplit('/').next().unwrap_or(value).to_owned(),
        (_, true) => label(index, object),
        _ => value.to_owned(),
    };
    format!("{name} {text}")
}

impl Graph {
    /// The events that pass the filter, by date, those without one last.
    pub(crate) fn events_of(&self, filter: &Filter) -> Result<Vec<EventView>, NameError> {
        let index = self.index();
        let properties = Properties::of(index);
        let types = if filter.types.is_empty() { EventType::ALL } else { &filter.types };
        let kind_property = index.iri(rdf::TYPE.as_str());
        let mut events = Vec::new();
        for kind in types {
            let class = index.iri(mapping::event_class(*kind).as_str());
            let (Some(property), Some(class)) = (kind_property, class) else { continue };
            for [id, _, _] in index.known([None, Some(property), Some(class)]) {
                let event = view(index, id, *kind, &properties);
                if in_time(&event, filter) {
                    events.push(event);
                }
            }
        }
        let mut events = self.around(events, filter)?;
        events.sort_by(|a, b| {
            let key = |event: &EventView| (event.span.is_none(), event.span.clone(), event.id);
            key(a).cmp(&key(b))
        });
        Ok(events)
    }

    /// One event by its number.
    pub(crate) fn event_view(&self, id: Id) -> Option<EventView> {
        let index = self.index();
        let kind_property = index.iri(rdf::TYPE.as_str())?;
        let kind = EventType::ALL.iter().find(|kind| {
            index
                .iri(mapping::event_class(**kind).as_str())
                .is_some_and(|class| index.known([Some(id), Some(kind_property), Some(class)]).next().is_some())
        })?;
        Some(view(index, id, *kind, &Properties::of(index)))
    }

    /// Only the events within so many steps of the actors.
    fn around(&self, events: Vec<EventView>, filter: &Filter) -> Result<Vec<EventView>, NameError> {
        if filter.actors.is_empty() {
            return Ok(events);
        }
        let mut reached = BTreeSet::new();
        for name in &filter.actors {
            let actor = self.actor(name)?;
            reached.extend(self.index().iri(&actor.iri));
        }
        let mut taken = vec![false; events.len()];
        for _ in 0..filter.depth.max(1) {
            let mut next = reached.clone();
            for (event, taken) in events.iter().zip(&mut taken) {
                let actors = event.actors();
                if actors.iter().chain(&event.places).any(|actor| reached.contains(actor)) {
                    *taken = true;
                    next.extend(actors);
                }
            }
            reached = next;
        }
        Ok(events.into_iter().zip(taken).filter(|(_, taken)| *taken).map(|(event, _)| event).collect())
    }
}

/// Whether the event lies in the time asked for, wholly or in part.
fn in_time(event: &EventView, filter: &Filter) -> bool {
    if filter.since.is_none() && filter.until.is_none() {
        return true;
    }
    let Some((first, last)) = &event.span else { return false };
    filter.since.is_none_or(|since| mapping::range(since).0 <= *last)
        && filter.until.is_none_or(|until| mapping::range(until).1 >= *first)
}

fn view(index: &Index, id: Id, kind: EventType, properties: &Properties) -> EventView {
    let mut event = EventView {
        id,
        kind,
        label: String::new(),
        roles: Vec::new(),
        stage: None,
        factuality: None,
        stance: None,
        aid_kind: None,
        dates: Vec::new(),
        span: None,
        amounts: Vec::new(),
        cumulative: false,
        items: Vec::new(),
        title: None,
        status: None,
        details: Vec::new(),
        places: Vec::new(),
        killed: None,
        injured: None,
        articles: Vec::new(),
        sources: 0,
    };
    let (mut first, mut last): (Option<String>, Option<String>) = (None, None);
    for [_, property, object] in index.known([Some(id), None, None]) {
        if let Some((_, role)) = properties.roles.iter().find(|(known, _)| *known == property) {
            event.roles.push((*role, object));
            continue;
        }
        let Some(name) = properties.other.get(&property) else { continue };
        let value = index.dictionary.value(object);
        let concept = || Some(value.rsplit('/').next().unwrap_or(value).to_owned());
        match *name {
            rdfs::LABEL if event.label.is_empty() => value.clone_into(&mut event.label),
            ent::STAGE => event.stage = concept(),
            ent::FACTUALITY => event.factuality = concept(),
            ent::STANCE => event.stance = concept(),
            ent::AID_KIND => event.aid_kind = concept(),
            ent::DATE => event.dates.push(value.to_owned()),
            ent::EARLIEST if first.as_deref().is_none_or(|first| value < first) => first = Some(value.to_owned()),
            ent::LATEST if last.as_deref().is_none_or(|last| value > last) => last = Some(value.to_owned()),
            ent::AMOUNT => event.amounts.push(sum(index, object)),
            ent::CUMULATIVE => event.cumulative = true,
            ent::QUANTITY_OF => event.items.push(label(index, object)),
            ent::TITLE if event.title.is_none() => event.title = Some(value.to_owned()),
            ent::OFFICE_STATUS => event.status = concept(),
            ent::PLACE => event.places.push(object),
            ent::KILLED => event.killed = Some(value.to_owned()),
            ent::INJURED => event.injured = Some(value.to_owned()),
            ent::TOLD_IN => event.articles.push(object),
            ent::SOURCE => event.sources += 1,
            detail if DETAILS.contains(&detail) => event.details.push(in_words(index, detail, object)),
            _ => {}
        }
    }
    event.span = first.zip(last);
    event.roles.sort_unstable();
    event.dates.sort();
    event.amounts.sort();
    event.details.sort();
    event.items.sort();
    event
}

fn sum(index: &Index, amount: Id) -> Sum {
    let first = |property: NamedNodeRef<'static>| {
        let found = index.objects(amount, &property.into_owned());
        found.first().map(|id| index.dictionary.value(*id).to_owned()).unwrap_or_default()
    };
    Sum { currency: first(ent::CURRENCY), value: first(ent::VALUE), label: first(rdfs::LABEL) }
}

/// The first label of a thing, else its IRI.
pub(crate) fn label(index: &Index, id: Id) -> String {
    let labels = index.objects(id, &rdfs::LABEL.into_owned());
    labels.first().map_or_else(|| index.iri_of(id), |label| index.dictionary.value(*label)).to_owned()
}
