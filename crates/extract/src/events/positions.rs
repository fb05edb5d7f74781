//! Offices as events: one for each person and organisation.

use entente_model::{EventType, Factuality, Role};

use super::{
    context::Context,
    draft::{Draft, Filled},
};
use crate::positions::{self, Status};

/// Confidence of an office that stands beside the name.
const CONFIDENCE: f64 = 0.95;

/// Offices that the article says are held.
pub(crate) fn find(context: &Context<'_>) -> Vec<Draft> {
    positions::find(context.document, context.entities)
        .into_iter()
        .filter(|position| position.status == Status::Held)
        .map(|position| Draft {
            kind: EventType::Position,
            sentence: context.document.token(position.trigger).sentence,
            trigger: position.trigger,
            theme: None,
            rule: "position.office".to_owned(),
            confidence: CONFIDENCE,
            roles: vec![
                (Role::Person, vec![Filled { entity: position.person, mention: position.trigger }]),
                (Role::Organization, vec![Filled { entity: position.organization, mention: position.trigger }]),
            ],
            stage: None,
            factuality: Factuality::Actual,
            stance: None,
            aid_kind: None,
            finance: None,
            amount: None,
            cumulative: false,
            items: Vec::new(),
            date: None,
            until: None,
            place: None,
            killed: None,
            injured: None,
            title: Some(position.title),
            speaker: None,
            bare: false,
            more: Vec::new(),
        })
        .collect()
}
