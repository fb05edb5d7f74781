//! Direct relations between two actors, from events that happened.
//!
//! Of pledges and talks the act of pledging or talking counts; nothing planned, possible or denied gives a fact,
//! nor does an office that somebody held once or will hold.

use entente_model::{Event, EventType, Fact, Factuality, OfficeStatus, Relation, Role, Stage, Stance};

/// The facts of an article's events, sorted, each once for each event.
pub(crate) fn facts(events: &[Event]) -> Vec<Fact> {
    let mut facts: Vec<Fact> = events.iter().flat_map(of_event).collect();
    facts.sort_unstable();
    facts.dedup();
    facts
}

fn of_event(event: &Event) -> Vec<Fact> {
    let happened = event.factuality.is_none_or(|f| f == Factuality::Actual);
    if !happened {
        return Vec::new();
    }
    let Some((relation, from, to)) = relation(event) else { return Vec::new() };
    let mut facts = Vec::new();
    for (index, subject) in event.fillers(from).iter().enumerate() {
        let others = if from == to { &event.fillers(to)[index + 1..] } else { event.fillers(to) };
        for object in others.iter().filter(|object| object.id != subject.id) {
            let (first, second) =
                if relation.is_symmetric() && subject.id > object.id { (object, subject) } else { (subject, object) };
            facts.push(Fact {
                subject: first.id.clone(),
                relation,
                object: second.id.clone(),
                event: event.id.clone(),
            });
        }
    }
    facts
}

/// The relation that an event gives, and the roles that it runs between.
fn relation(event: &Event) -> Option<(Relation, Role, Role)> {
    Some(match event.kind {
        EventType::Meeting => (Relation::Met, Role::Participant, Role::Participant),
        EventType::Call => (Relation::SpokeWith, Role::Participant, Role::Participant),
        EventType::Visit => (Relation::Visited, Role::Visitor, Role::Destination),
        EventType::Aid => match event.stage? {
            Stage::Pledged | Stage::Approved => (Relation::PledgedAidTo, Role::Donor, Role::Recipient),
            Stage::Delivered => (Relation::DeliveredAidTo, Role::Donor, Role::Recipient),
            Stage::Requested => (Relation::RequestedAidFrom, Role::Recipient, Role::Donor),
            _ => return None,
        },
        EventType::Agreement => match event.stage? {
            Stage::Signed | Stage::Ratified | Stage::InForce | Stage::Extended => {
                (Relation::SignedAgreementWith, Role::Party, Role::Party)
            }
            Stage::Negotiating => (Relation::NegotiatesWith, Role::Party, Role::Party),
            _ => return None,
        },
        EventType::Sanction => match event.stage? {
            Stage::Imposed | Stage::Extended => (Relation::Sanctioned, Role::Sender, Role::Target),
            _ => return None,
        },
        EventType::Attack => (Relation::Attacked, Role::Attacker, Role::Target),
        EventType::Statement => match event.stance? {
            Stance::Support | Stance::Praise => (Relation::Supports, Role::Speaker, Role::Addressee),
            Stance::Criticize | Stance::Threaten | Stance::Reject => {
                (Relation::Criticized, Role::Speaker, Role::Addressee)
            }
            Stance::Demand => return None,
        },
        EventType::Position if event.status.is_none_or(OfficeStatus::is_in_office) => {
            (Relation::HoldsOfficeIn, Role::Person, Role::Organization)
        }
        _ => return None,
    })
}
