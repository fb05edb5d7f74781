//! What the extractor found in one article -> quads.
//!
//! The default graph gets what is known: actors, events with their roles and values, agreements, direct triples.
//! The article's named graph gets where it is known from: the article's metadata, and one mention for each piece of
//! evidence, with its place in the text, the quoted sentence, the rule and the values that this article gives.
//! Every quad is made from content alone, so that the graph of two articles is the union of their graphs.

mod details;

use entente_model::{
    Amount, Article, Bound, Date, Entity, EntityKind, Event, EventType, Evidence, Extraction, Fact, Relation, Role,
};
use oxigraph::model::{GraphNameRef, LiteralRef, NamedNodeRef, QuadRef, TermRef};

use crate::{
    agreement, iris,
    iris::Base,
    vocabulary::{ONTOLOGY, RDF_STATEMENT, ent, gaf, nif, prov, rdf, rdfs, schema, sem, skos, xsd},
    words,
};

/// Hands every quad of the extraction to the sink; a quad can come more than once.
pub(crate) fn map(extraction: &Extraction, base: &Base, sink: &mut dyn FnMut(QuadRef<'_>)) {
    let article = base.article(&extraction.article.id);
    let offices = details::offices(&extraction.events);
    let mut mapper = Mapper { base, article: &article, offices, sink };
    mapper.article(&extraction.article);
    for entity in &extraction.entities {
        mapper.entity(entity);
    }
    for event in &extraction.events {
        mapper.event(event, &extraction.article.body);
    }
    for fact in &extraction.facts {
        mapper.fact(fact);
    }
}

struct Mapper<'a> {
    base: &'a Base,
    article: &'a str,
    offices: Vec<details::Office<'a>>,
    sink: &'a mut dyn FnMut(QuadRef<'_>),
}

/// Which graph a triple goes into.
#[derive(Clone, Copy)]
enum In {
    /// The default graph: what is known.
    Known,
    /// The article's graph: where it is known from.
    Told,
}

/// An IRI that this crate has made.
fn iri(text: &str) -> NamedNodeRef<'_> {
    NamedNodeRef::new_unchecked(text)
}

fn text(value: &str) -> TermRef<'_> {
    LiteralRef::new_simple_literal(value).into()
}

fn typed<'a>(value: &'a str, datatype: NamedNodeRef<'a>) -> TermRef<'a> {
    LiteralRef::new_typed_literal(value, datatype).into()
}

impl Mapper<'_> {
    /// A triple of the default graph.
    fn known<'t>(&mut self, subject: &str, predicate: NamedNodeRef<'_>, object: impl Into<TermRef<'t>>) {
        (self.sink)(QuadRef::new(iri(subject), predicate, object.into(), GraphNameRef::DefaultGraph));
    }

    /// A triple of the article's graph.
    fn told<'t>(&mut self, subject: &str, predicate: NamedNodeRef<'_>, object: impl Into<TermRef<'t>>) {
        (self.sink)(QuadRef::new(iri(subject), predicate, object.into(), iri(self.article)));
    }

    fn say<'t>(&mut self, graph: In, subject: &str, predicate: NamedNodeRef<'_>, object: impl Into<TermRef<'t>>) {
        match graph {
            In::Known => self.known(subject, predicate, object),
            In::Told => self.told(subject, predicate, object),
        }
    }

    fn article(&mut self, article: &Article) {
        let subject = self.article;
        self.told(subject, rdf::TYPE, schema::NEWS_ARTICLE);
        self.told(subject, schema::IDENTIFIER, text(&article.id));
        if let Some(title) = &article.title {
            self.told(subject, schema::HEADLINE, text(title));
        }
        if let Some(date) = article.published {
            self.told(subject, schema::DATE_PUBLISHED, typed(&date.to_string(), date_type(date)));
        }
        if let Some(name) = &article.publisher {
            let publisher = self.base.publisher(name);
            self.told(subject, schema::PUBLISHER, iri(&publisher));
            self.told(&publisher, schema::NAME, text(name));
        }
        if let Some(url) = &article.url {
            match NamedNodeRef::new(url) {
                Ok(url) => self.told(subject, schema::URL, url),
                Err(_) => self.told(subject, schema::URL, text(url)),
            }
        }
    }

    fn entity(&mut self, entity: &Entity) {
        let subject = self.base.entity(&entity.id);
        self.known(&subject, rdf::TYPE, entity_class(entity.kind));
        self.known(&subject, rdfs::LABEL, text(&entity.name));
        for alias in entity.aliases.iter().filter(|alias| **alias != entity.name) {
            self.known(&subject, skos::ALT_LABEL, text(alias));
        }
    }

    fn event(&mut self, event: &Event, body: &str) {
        let subject = self.base.event(&event.id);
        self.known(&subject, rdf::TYPE, ent::EVENT);
        self.known(&subject, rdf::TYPE, event_class(event.kind));
        self.known(&subject, rdfs::LABEL, text(&words::event_label(event)));
        self.known(&subject, ent::PLOVER, iri(&concept("plover", &event.plover)));
        self.known(&subject, ent::TOLD_IN, iri(self.article));
        self.known(&subject, ent::SOURCE, iri(self.article));
        for (role, fillers) in &event.roles {
            for filler in fillers {
                let actor = self.base.entity(&filler.id);
                self.known(&subject, role_property(*role), iri(&actor));
                self.known(&subject, sem::HAS_ACTOR, iri(&actor));
                // A filler need not be listed among the entities: it still gets its name.
                self.known(&actor, rdf::TYPE, entity_class(filler.kind));
                self.known(&actor, rdfs::LABEL, text(&filler.name));
            }
        }
        if event.kind == EventType::Agreement {
            self.agreement(event, &subject);
        }
        self.values(event, &subject, In::Known);
        self.packages(event, &subject);
        self.capacities(event, &subject);
        self.alternatives(event, &subject);
        if let Some(place) = &event.place {
            let place_iri = self.base.entity(&place.id);
            self.known(&place_iri, rdfs::LABEL, text(&place.name));
        }
        if let Some(date) = event.date {
            let (earliest, latest) = range(date);
            self.known(&subject, ent::EARLIEST, typed(&earliest, xsd::DATE));
            self.known(&subject, ent::LATEST, typed(&latest, xsd::DATE));
        }
        if let Some(speaker) = &event.speaker {
            let speaker_iri = self.base.entity(&speaker.id);
            self.known(&speaker_iri, rdf::TYPE, entity_class(speaker.kind));
            self.known(&speaker_iri, rdfs::LABEL, text(&speaker.name));
        }
        for evidence in event.all_evidence() {
            self.mention(event, &subject, evidence, body);
        }
    }

    /// The values of an event: of the event itself in the default graph, and as this article gives them in its own.
    fn values(&mut self, event: &Event, subject: &str, graph: In) {
        let concepts = [
            (ent::STAGE, "stage", event.stage.map(entente_model::Stage::name)),
            (ent::FACTUALITY, "factuality", event.factuality.map(entente_model::Factuality::name)),
            (ent::STANCE, "stance", event.stance.map(entente_model::Stance::name)),
            (ent::AID_KIND, "aidkind", event.aid_kind.map(entente_model::AidKind::name)),
            (ent::FINANCE, "finance", event.finance.map(entente_model::Finance::name)),
            (ent::OFFICE_STATUS, "officestatus", event.status.map(entente_model::OfficeStatus::name)),
        ];
        for (property, scheme, name) in concepts {
            if let Some(name) = name {
                self.say(graph, subject, property, iri(&concept(scheme, name)));
            }
        }
        if let Some(amount) = &event.amount {
            let node = self.amount(amount);
            self.say(graph, subject, ent::AMOUNT, iri(&node));
        }
        if event.cumulative {
            self.say(graph, subject, ent::CUMULATIVE, typed("true", xsd::BOOLEAN));
        }
        for item in &event.items {
            let node = self.base.quantity(item);
            let thing = self.base.item(&item.name);
            self.say(graph, subject, ent::QUANTITY_OF, iri(&node));
            self.known(&node, rdf::TYPE, ent::QUANTITY);
            self.known(&node, rdfs::LABEL, text(&words::item(item)));
            self.known(&node, ent::ITEM, iri(&thing));
            if let Some(count) = item.count {
                self.known(&node, ent::COUNT, typed(&count.to_string(), xsd::INTEGER));
            }
            self.known(&thing, rdf::TYPE, ent::ITEM_CLASS);
            self.known(&thing, rdfs::LABEL, text(&item.name));
        }
        if let Some(date) = event.date {
            self.say(graph, subject, ent::DATE, typed(&date.to_string(), date_type(date)));
        }
        if let Some(place) = &event.place {
            let place = self.base.entity(&place.id);
            self.say(graph, subject, ent::PLACE, iri(&place));
        }
        for (property, count) in [(ent::KILLED, event.killed), (ent::INJURED, event.injured)] {
            if let Some(count) = count {
                self.say(graph, subject, property, typed(&count.to_string(), xsd::INTEGER));
            }
        }
        if let Some(title) = &event.title {
            self.say(graph, subject, ent::TITLE, text(title));
        }
        if let Some(speaker) = &event.speaker {
            let speaker = self.base.entity(&speaker.id);
            self.say(graph, subject, ent::ACCORDING_TO, iri(&speaker));
        }
        self.details(event, subject, graph);
    }

    fn amount(&mut self, amount: &Amount) -> String {
        let node = self.base.amount(amount);
        self.known(&node, rdf::TYPE, ent::AMOUNT_CLASS);
        self.known(&node, rdfs::LABEL, text(&words::amount(amount)));
        self.known(&node, ent::VALUE, typed(&iris::decimal(amount.value), xsd::DECIMAL));
        self.known(&node, ent::CURRENCY, text(amount.currency()));
        self.known(&node, ent::BOUND, iri(&concept("bound", bound(amount.bound))));
        node
    }

    /// The agreement that the event happens to: a thing of its own.
    fn agreement(&mut self, event: &Event, subject: &str) {
        let agreement = agreement::identify(event);
        let node = self.base.agreement(&agreement.id);
        self.known(subject, ent::ABOUT, iri(&node));
        self.known(&node, rdf::TYPE, ent::AGREEMENT);
        self.known(&node, rdfs::LABEL, text(&agreement.label));
        if let Some(kind) = agreement.kind {
            self.known(&node, ent::AGREEMENT_KIND, iri(&concept("agreementkind", kind)));
        }
        if let Some(title) = &event.title {
            self.known(&node, ent::TITLE, text(title));
        }
        for party in event.fillers(Role::Party) {
            let party = self.base.entity(&party.id);
            self.known(&node, ent::PARTY, iri(&party));
        }
        self.succession(event, &node);
    }

    fn mention(&mut self, event: &Event, subject: &str, evidence: &Evidence, body: &str) {
        let mention = self.base.mention(self.article, &event.id, evidence.trigger_start);
        let sentence = Base::sentence(self.article, evidence.start, evidence.end);
        self.told(subject, gaf::DENOTED_BY, iri(&mention));
        self.told(&mention, rdf::TYPE, ent::MENTION);
        self.told(&mention, nif::REFERENCE_CONTEXT, iri(self.article));
        self.stretch(&mention, evidence.trigger_start, evidence.trigger_end);
        let trigger: String = characters(body, evidence.trigger_start, evidence.trigger_end);
        self.told(&mention, nif::ANCHOR_OF, text(&trigger));
        self.told(&mention, nif::SENTENCE, iri(&sentence));
        self.told(&mention, ent::RULE, text(&evidence.rule));
        self.told(&mention, ent::CONFIDENCE, typed(&iris::decimal(event.confidence), xsd::DECIMAL));
        let differs = details::as_told(event, evidence);
        self.values(differs.as_ref().unwrap_or(event), &mention, In::Told);
        self.told(&sentence, rdf::TYPE, nif::SENTENCE_CLASS);
        self.told(&sentence, nif::REFERENCE_CONTEXT, iri(self.article));
        self.stretch(&sentence, evidence.start, evidence.end);
        self.told(&sentence, nif::ANCHOR_OF, text(&evidence.text));
    }

    fn stretch(&mut self, subject: &str, start: usize, end: usize) {
        for (property, offset) in [(nif::BEGIN_INDEX, start), (nif::END_INDEX, end)] {
            self.told(subject, property, typed(&offset.to_string(), xsd::NON_NEGATIVE_INTEGER));
        }
    }

    /// The direct triple, both ways where the relation is symmetric, and the statement that names the event behind it.
    fn fact(&mut self, fact: &Fact) {
        let (from, to) = (self.base.entity(&fact.subject), self.base.entity(&fact.object));
        let property = relation_property(fact.relation);
        let (from, to) = if fact.relation.is_symmetric() && to < from { (to, from) } else { (from, to) };
        self.known(&from, property, iri(&to));
        if fact.relation.is_symmetric() {
            self.known(&to, property, iri(&from));
        }
        let statement = self.base.fact(&from, property.as_str(), &to);
        self.known(&statement, rdf::TYPE, RDF_STATEMENT);
        self.known(&statement, rdf::SUBJECT, iri(&from));
        self.known(&statement, rdf::PREDICATE, property);
        self.known(&statement, rdf::OBJECT, iri(&to));
        let event = self.base.event(&fact.event);
        self.known(&statement, prov::WAS_DERIVED_FROM, iri(&event));
    }
}

/// The IRI of a value of a closed vocabulary: `stage/pledged`.
pub(crate) fn concept(scheme: &str, name: &str) -> String {
    format!("{ONTOLOGY}{scheme}/{name}")
}

/// The stretch of a text between two offsets in characters; what lies behind its end is left out.
fn characters(body: &str, start: usize, end: usize) -> String {
    body.chars().skip(start).take(end.saturating_sub(start)).collect()
}

fn bound(bound: Bound) -> &'static str {
    match bound {
        Bound::Exact => "exact",
        Bound::AtLeast => "at-least",
        Bound::AtMost => "at-most",
        Bound::About => "about",
    }
}

/// The datatype that fits the precision.
fn date_type(date: Date) -> NamedNodeRef<'static> {
    match (date.month, date.day) {
        (Some(_), Some(_)) => xsd::DATE,
        (Some(_), None) => xsd::G_YEAR_MONTH,
        _ => xsd::G_YEAR,
    }
}

/// The first and the last day that the date covers.
pub(crate) fn range(date: Date) -> (String, String) {
    let day = |month, day| Date::day(date.year, month, day).to_string();
    match (date.month, date.day) {
        (Some(_), Some(_)) => (date.to_string(), date.to_string()),
        (Some(month), None) => {
            // The last day is the latest one that the calendar takes.
            let last = (28..=31).rev().map(|d| day(month, d)).find(|text| text.parse::<Date>().is_ok());
            (day(month, 1), last.unwrap_or_else(|| day(month, 28)))
        }
        _ => (day(1, 1), day(12, 31)),
    }
}

pub(crate) const fn event_class(kind: EventType) -> NamedNodeRef<'static> {
    match kind {
        EventType::Meeting => ent::MEETING,
        EventType::Call => ent::CALL,
        EventType::Visit => ent::VISIT,
        EventType::Aid => ent::AID,
        EventType::Agreement => ent::AGREEMENT_EVENT,
        EventType::Sanction => ent::SANCTION,
        EventType::Attack => ent::ATTACK,
        EventType::Statement => ent::STATEMENT,
        EventType::Position => ent::POSITION,
        EventType::Protest => ent::PROTEST,
        EventType::Mobilize => ent::MOBILIZE,
        EventType::Coerce => ent::COERCE,
        EventType::Cooperate => ent::COOPERATE,
        EventType::Concede => ent::CONCEDE,
        EventType::Retreat => ent::RETREAT,
        EventType::Reject => ent::REJECT,
        EventType::Request => ent::REQUEST,
        EventType::Threaten => ent::THREATEN,
        EventType::Accuse => ent::ACCUSE,
        EventType::Support => ent::SUPPORT,
    }
}

pub(crate) const fn entity_class(kind: EntityKind) -> NamedNodeRef<'static> {
    match kind {
        EntityKind::Person => ent::PERSON,
        EntityKind::Country => ent::COUNTRY,
        EntityKind::Organization => ent::ORGANIZATION,
        EntityKind::Group => ent::GROUP,
        EntityKind::Place => ent::PLACE_CLASS,
        EntityKind::Other => ent::THING,
    }
}

pub(crate) const fn role_property(role: Role) -> NamedNodeRef<'static> {
    match role {
        Role::Participant => ent::PARTICIPANT,
        Role::Visitor => ent::VISITOR,
        Role::Destination => ent::DESTINATION,
        Role::Donor => ent::DONOR,
        Role::Recipient => ent::RECIPIENT,
        Role::Party => ent::PARTY,
        Role::Sender => ent::SENDER,
        Role::Target => ent::TARGET,
        Role::Attacker => ent::ATTACKER,
        Role::Speaker => ent::SPEAKER,
        Role::Addressee => ent::ADDRESSEE,
        Role::Person => ent::OFFICE_HOLDER,
        Role::Organization => ent::OFFICE_OF,
        Role::Mediator => ent::MEDIATOR,
        Role::Host => ent::HOST,
        Role::Actor => ent::ACTOR,
        Role::Signatory => ent::SIGNATORY,
        Role::Witness => ent::WITNESS,
    }
}

pub(crate) const fn relation_property(relation: Relation) -> NamedNodeRef<'static> {
    match relation {
        Relation::Met => ent::MET,
        Relation::SpokeWith => ent::SPOKE_WITH,
        Relation::Visited => ent::VISITED,
        Relation::PledgedAidTo => ent::PLEDGED_AID_TO,
        Relation::DeliveredAidTo => ent::DELIVERED_AID_TO,
        Relation::RequestedAidFrom => ent::REQUESTED_AID_FROM,
        Relation::SignedAgreementWith => ent::SIGNED_AGREEMENT_WITH,
        Relation::NegotiatesWith => ent::NEGOTIATES_WITH,
        Relation::Sanctioned => ent::SANCTIONED,
        Relation::Attacked => ent::ATTACKED,
        Relation::Supports => ent::SUPPORTS,
        Relation::Criticized => ent::CRITICIZED,
        Relation::HoldsOfficeIn => ent::HOLDS_OFFICE_IN,
    }
}
