//! The PLOVER type of an event, so that users of event data can join ours to theirs.
//!
//! Source: the PLOVER manual (Open Event Data Alliance, 2023), read as the project's notes on the domain read it.
//! By the manual a promise of something friendly is AGREE, its refusal REJECT, the announcement of something hostile THREATEN;
//! signing or finalising an instrument is SUPPORT, cutting aid is SANCTION.

use entente_model::{EventType, Factuality, Stage, Stance};

use super::{context::Context, draft::Draft};

/// The PLOVER type; `NONE` for an office, which PLOVER does not code.
pub(crate) fn code(context: &Context<'_>, draft: &Draft) -> &'static str {
    match draft.kind {
        EventType::Meeting | EventType::Call | EventType::Visit => friendly(draft.factuality, "CONSULT"),
        EventType::Attack => "ASSAULT",
        EventType::Position => "NONE",
        EventType::Aid => match draft.stage {
            Some(Stage::Pledged | Stage::Proposed) => "AGREE",
            Some(Stage::Requested) => "REQUEST",
            Some(Stage::Refused) => "REJECT",
            Some(Stage::Suspended) => "SANCTION",
            _ => "AID",
        },
        EventType::Agreement => match draft.stage {
            Some(Stage::Negotiating | Stage::Proposed) => "CONSULT",
            Some(Stage::Withdrawn | Stage::Violated | Stage::Rejected | Stage::Suspended) => "REJECT",
            Some(Stage::Signed | Stage::Ratified | Stage::InForce | Stage::Extended) => "SUPPORT",
            // "agreed to a truce" promises, "reached a deal" has one.
            _ if context.grammar().lemma(draft.trigger) == "agree" => "AGREE",
            _ => "SUPPORT",
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
        // Shelter and help for the people of a side are aid, whatever the event is.
        EventType::Cooperate | EventType::Concede if draft.aid_kind.is_some() => friendly(draft.factuality, "AID"),
        // Diplomatic cooperation carries a stance of support, material cooperation none.
        EventType::Cooperate if draft.stance == Some(Stance::Support) => friendly(draft.factuality, "SUPPORT"),
        EventType::Cooperate if draft.rule.starts_with("cooperate.mediat") || draft.rule == "cooperate.discuss" => {
            friendly(draft.factuality, "CONSULT")
        }
        EventType::Cooperate => friendly(draft.factuality, "COOPERATE"),
        EventType::Concede => friendly(draft.factuality, "CONCEDE"),
        // A mission that is called home is a tie cut, no retreat.
        EventType::Retreat
            if draft.theme.is_some_and(|theme| context.in_list(theme, "peacekeeping-nouns"))
                && draft.factuality == Factuality::Actual =>
        {
            "SANCTION"
        }
        EventType::Retreat => friendly(draft.factuality, "RETREAT"),
        EventType::Protest => hostile(draft.factuality, "PROTEST"),
        EventType::Mobilize => hostile(draft.factuality, "MOBILIZE"),
        // So does the law against somebody: an accusation.
        EventType::Coerce if draft.stance == Some(Stance::Criticize) => "ACCUSE",
        // Torture, abduction and the holding of hostages are violence, though no armed attack.
        EventType::Coerce
            if matches!(draft.rule.as_str(), "coerce.hold" | "coerce.occupy" | "coerce.overthrow")
                || context.in_list(draft.trigger, "assaulting-verbs") =>
        {
            hostile(draft.factuality, "ASSAULT")
        }
        EventType::Coerce => hostile(draft.factuality, "COERCE"),
        EventType::Reject if draft.stance == Some(Stance::Criticize) => "SANCTION",
        EventType::Reject => "REJECT",
        EventType::Request => "REQUEST",
        EventType::Threaten => "THREATEN",
        EventType::Accuse => "ACCUSE",
        EventType::Support => "SUPPORT",
    }
}

/// What is promised is AGREE, what is refused is REJECT.
fn friendly(factuality: Factuality, done: &'static str) -> &'static str {
    match factuality {
        Factuality::Planned => "AGREE",
        Factuality::Denied => "REJECT",
        Factuality::Actual | Factuality::Possible => done,
    }
}

/// What is announced against somebody is THREATEN.
fn hostile(factuality: Factuality, done: &'static str) -> &'static str {
    if factuality == Factuality::Planned { "THREATEN" } else { done }
}
