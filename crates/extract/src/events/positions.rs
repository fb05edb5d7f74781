//! Offices as events: one for each person and organisation.

use entente_model::{EventType, OfficeStatus, Role};

use super::{
    context::Context,
    draft::{Draft, Filled},
};
use crate::positions::{self, Status};

/// Confidence of an office that stands beside the name.
const CONFIDENCE: f64 = 0.95;
/// What evidence names as its rule: offices are read with the names, by code.
const RULE: &str = "position.office";

/// Offices that the article gives: held, or with their status; nobody holds what they only claim.
pub(crate) fn find(context: &Context<'_>) -> Vec<Draft> {
    positions::find(context.document, context.entities)
        .into_iter()
        .filter(|position| position.status != Status::Claimed)
        .map(|position| Draft {
            roles: vec![
                (Role::Person, vec![Filled { entity: position.person, mention: position.trigger }]),
                (Role::Organization, vec![Filled { entity: position.organization, mention: position.trigger }]),
            ],
            title: Some(position.title),
            status: match position.status {
                Status::Held | Status::Claimed => None,
                Status::Former => Some(OfficeStatus::Former),
                Status::Acting => Some(OfficeStatus::Acting),
                Status::Designate => Some(OfficeStatus::Designate),
            },
            ..Draft::new(context, EventType::Position, position.trigger, RULE, CONFIDENCE)
        })
        .collect()
}
