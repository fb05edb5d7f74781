//! The PLOVER type of an event, so that users of event data can join ours to theirs.
//!
//! Source: the PLOVER manual (Open Event Data Alliance, 2023), read as the project's notes on the domain read it.

use entente_model::{EventType, Stage, Stance};

use super::draft::Draft;

/// The PLOVER type; `NONE` for an office, which PLOVER does not code.
pub(crate) fn code(draft: &Draft) -> &'static str {
    match draft.kind {
        EventType::Meeting | EventType::Call | EventType::Visit => "CONSULT",
        EventType::Attack => "ASSAULT",
        EventType::Position => "NONE",
        EventType::Aid => match draft.stage {
            Some(Stage::Pledged | Stage::Proposed) => "AGREE",
            Some(Stage::Requested) => "REQUEST",
            Some(Stage::Refused | Stage::Suspended) => "REJECT",
            _ => "AID",
        },
        EventType::Agreement => match draft.stage {
            Some(Stage::Negotiating | Stage::Proposed) => "CONSULT",
            Some(Stage::Withdrawn | Stage::Violated | Stage::Rejected | Stage::Suspended) => "REJECT",
            _ => "AGREE",
        },
        EventType::Sanction => match draft.stage {
            Some(Stage::Lifted) => "CONCEDE",
            Some(Stage::Proposed) => "THREATEN",
            _ => "SANCTION",
        },
        EventType::Statement => match draft.stance {
            Some(Stance::Criticize) => "ACCUSE",
            Some(Stance::Demand) => "REQUEST",
            Some(Stance::Threaten) => "THREATEN",
            Some(Stance::Reject) => "REJECT",
            _ => "SUPPORT",
        },
    }
}
