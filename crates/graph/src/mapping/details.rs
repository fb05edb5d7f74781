//! What news says of an event beyond its sides, date, place and sum -> quads.
//!
//! In: an event's [`entente_model::Details`]. Out: values of the event, packages, earlier agreements, stages of single parties.
//! `{"period": {"length": "P10Y"}}` is `ent:duration "P10Y"^^xsd:duration`.

use entente_model::{Alternative, Event, Evidence, Package, Range, Role};

use super::{In, Mapper, concept, date_type, iri, range, text, typed};
use crate::{
    agreement,
    vocabulary::{ent, rdf, rdfs, xsd},
    words,
};

impl Mapper<'_> {
    /// Values that belong to the event itself.
    pub(super) fn details(&mut self, event: &Event, subject: &str, graph: In) {
        let details = &event.details;
        if let Some(period) = details.period {
            if let Some(length) = period.length {
                self.say(graph, subject, ent::DURATION, typed(&length.to_string(), xsd::DURATION));
            }
            for (property, date) in [(ent::PERIOD_START, period.from), (ent::PERIOD_END, period.until)] {
                if let Some(date) = date {
                    self.say(graph, subject, property, typed(&date.to_string(), date_type(date)));
                }
            }
            if period.annual {
                self.say(graph, subject, ent::ANNUAL, typed("true", xsd::BOOLEAN));
            }
        }
        let concepts = [
            (ent::SUPPLY, "supply", details.supply.map(entente_model::Supply::name)),
            (ent::INSTRUMENT, "instrument", details.instrument.map(entente_model::Instrument::name)),
            (ent::ATTRIBUTION, "attribution", details.attribution.map(entente_model::Attribution::name)),
        ];
        for (property, scheme, name) in concepts {
            if let Some(name) = name {
                self.say(graph, subject, property, iri(&concept(scheme, name)));
            }
        }
        for (property, value) in [(ent::SUBJECT, &details.subject), (ent::OCCASION, &details.occasion)] {
            if let Some(value) = value {
                self.say(graph, subject, property, text(value));
            }
        }
        if let Some(number) = details.number {
            self.say(graph, subject, ent::NUMBER, typed(&number.to_string(), xsd::INTEGER));
        }
        for instrument in &details.instruments {
            let value = concept("sanctioninstrument", instrument.name());
            self.say(graph, subject, ent::SANCTION_INSTRUMENT, iri(&value));
        }
        for weapon in &details.weapons {
            let thing = self.base.item(weapon);
            self.say(graph, subject, ent::WEAPON, iri(&thing));
            self.known(&thing, rdf::TYPE, ent::ITEM_CLASS);
            self.known(&thing, rdfs::LABEL, text(weapon));
        }
        self.bounds(subject, graph, details.killed, [ent::KILLED_AT_LEAST, ent::KILLED_AT_MOST]);
        self.bounds(subject, graph, details.injured, [ent::INJURED_AT_LEAST, ent::INJURED_AT_MOST]);
    }

    fn bounds(
        &mut self,
        subject: &str,
        graph: In,
        range: Option<Range>,
        properties: [oxigraph::model::NamedNodeRef<'static>; 2],
    ) {
        let Some(range) = range else { return };
        for (property, bound) in properties.into_iter().zip([range.least, range.most]) {
            if let Some(bound) = bound {
                self.say(graph, subject, property, typed(&bound.to_string(), xsd::INTEGER));
            }
        }
    }

    /// The packages that aid is a part of or has.
    pub(super) fn packages(&mut self, event: &Event, subject: &str) {
        let details = &event.details;
        if let Some(whole) = &details.part_of {
            let node = if let Some(other) = &whole.event {
                self.base.event(other)
            } else {
                // The same package of the same donor is one, whichever part of it is told.
                let mut donors: Vec<&str> = event.fillers(Role::Donor).iter().map(|donor| donor.id.as_str()).collect();
                donors.sort_unstable();
                self.package(whole, &donors.join(","))
            };
            self.known(subject, ent::PART_OF, iri(&node));
        }
        for part in &details.parts {
            let node = self.package(part, &event.id);
            self.known(subject, ent::PART, iri(&node));
        }
    }

    fn package(&mut self, package: &Package, of: &str) -> String {
        let amount = package.amount.as_ref().map(words::amount);
        let node = self.base.package(of, &package.title, amount.as_deref().unwrap_or_default());
        self.known(&node, rdf::TYPE, ent::PACKAGE);
        let label = amount.map_or_else(|| package.title.clone(), |amount| format!("{}, {amount}", package.title));
        self.known(&node, rdfs::LABEL, text(&label));
        self.known(&node, ent::TITLE, text(&package.title));
        if let Some(amount) = &package.amount {
            let amount = self.amount(amount);
            self.known(&node, ent::AMOUNT, iri(&amount));
        }
        node
    }

    /// What the agreement follows, and how far it has come for single parties.
    pub(super) fn succession(&mut self, event: &Event, node: &str) {
        use entente_model::Succession;
        for earlier in &event.details.earlier {
            let identity = agreement::earlier(event, &earlier.title);
            let other = self.base.agreement(&identity.id);
            let property = match earlier.link {
                Succession::Extends => ent::EXTENDS,
                Succession::Replaces => ent::REPLACES,
                Succession::Amends => ent::AMENDS,
                Succession::Implements => ent::IMPLEMENTS,
            };
            self.known(node, property, iri(&other));
            self.known(&other, rdf::TYPE, ent::AGREEMENT);
            self.known(&other, rdfs::LABEL, text(&identity.label));
            self.known(&other, ent::TITLE, text(&earlier.title));
        }
        for party in &event.details.party_stages {
            let actor = self.base.entity(&party.id);
            let stage = self.base.party_stage(node, &party.id, party.stage.name(), party.pending);
            self.known(node, ent::PARTY_STAGE, iri(&stage));
            self.known(&stage, rdf::TYPE, ent::PARTY_STAGE_CLASS);
            let not_yet = if party.pending { "not yet " } else { "" };
            self.known(&stage, rdfs::LABEL, text(&format!("{not_yet}{} by {}", party.stage, party.name)));
            self.known(&stage, ent::PARTY, iri(&actor));
            self.known(&stage, ent::STAGE, iri(&concept("stage", party.stage.name())));
            if party.pending {
                self.known(&stage, ent::PENDING, typed("true", xsd::BOOLEAN));
            }
            self.known(&actor, rdfs::LABEL, text(&party.name));
        }
    }

    /// The offices in which persons take part, where the article tells them.
    pub(super) fn capacities(&mut self, event: &Event, subject: &str) {
        for filler in event.roles.values().flatten() {
            let Some(capacity) = &filler.capacity else { continue };
            let office = self.offices.iter().find(|office| office.person == filler.id && office.title == capacity);
            if let Some(office) = office {
                let office = self.base.event(office.event);
                self.known(subject, ent::CAPACITY, iri(&office));
            }
        }
    }

    /// Values by which another sentence contradicts the event's own: known as well, so that both are seen.
    pub(super) fn alternatives(&mut self, event: &Event, subject: &str) {
        for other in &event.details.alternatives {
            if let Some(amount) = &other.amount {
                let node = self.amount(amount);
                self.known(subject, ent::AMOUNT, iri(&node));
            }
            if let Some(date) = other.date {
                let (earliest, latest) = range(date);
                self.known(subject, ent::DATE, typed(&date.to_string(), date_type(date)));
                self.known(subject, ent::EARLIEST, typed(&earliest, xsd::DATE));
                self.known(subject, ent::LATEST, typed(&latest, xsd::DATE));
            }
            for (property, count) in [(ent::KILLED, other.killed), (ent::INJURED, other.injured)] {
                if let Some(count) = count {
                    self.known(subject, property, typed(&count.to_string(), xsd::INTEGER));
                }
            }
        }
    }
}

/// The event as one sentence tells it: with that sentence's values where they differ from the event's own.
pub(super) fn as_told(event: &Event, evidence: &Evidence) -> Option<Event> {
    let other: &Alternative =
        event.details.alternatives.iter().find(|other| other.evidence.trigger_start == evidence.trigger_start)?;
    let mut told = event.clone();
    told.amount = other.amount.or(event.amount);
    told.date = other.date.or(event.date);
    told.killed = other.killed.or(event.killed);
    told.injured = other.injured.or(event.injured);
    Some(told)
}

/// An office that the article tells, to name the capacity in which a person takes part.
pub(super) struct Office<'a> {
    pub(super) person: &'a str,
    pub(super) title: &'a str,
    pub(super) event: &'a str,
}

/// The offices of an article.
pub(super) fn offices(events: &[Event]) -> Vec<Office<'_>> {
    events
        .iter()
        .filter(|event| event.kind == entente_model::EventType::Position)
        .filter_map(|event| {
            let person = event.fillers(Role::Person).first()?;
            Some(Office { person: &person.id, title: event.title.as_deref()?, event: &event.id })
        })
        .collect()
}
