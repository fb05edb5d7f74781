//! Meetings that a headline names by those who met: "Minister Adan and Minister Noor Before Their Meeting".
//!
//! In: the first line, which the parser often cuts in two before the preposition. Out: the meeting of the persons named before it.

use entente_model::{EntityKind, EventType, Role};

use super::{
    context::Context,
    draft::{Draft, Filled},
};

/// What the events are told by, in place of a rule.
const RULE: &str = "meeting.headline";
const CONFIDENCE: f64 = 0.95;

/// How many words may stand between the preposition and the meeting: "Before Their Expanded Bilateral Meeting".
const REACH: usize = 4;

/// The meeting that the headline names, if it does.
pub(crate) fn find(context: &Context<'_>) -> Option<Draft> {
    let document = context.document;
    let line = 0..document.tokens().iter().position(|token| token.span.start >= context.headline)?;
    let word = |token: usize| document.word(token).to_lowercase();
    let (before, meeting) = line.clone().find_map(|at| {
        let leads = matches!(word(at).as_str(), "before" | "after" | "following" | "during" | "at");
        let reach = at + 1..line.end.min(at + 2 + REACH);
        let meeting = reach.clone().find(|&t| context.rules.lexicon().contains("bilateral-meeting-nouns", &word(t)))?;
        let theirs = (at + 1..meeting).any(|t| matches!(word(t).as_str(), "their" | "bilateral" | "trilateral"));
        (leads && theirs).then_some((at, meeting))
    })?;
    let mut participants: Vec<Filled> = Vec::new();
    for mention in line.start..before {
        for entity in context.actors(mention) {
            let person = context.entities.get(entity).kind == EntityKind::Person;
            if person && participants.iter().all(|p| p.entity != entity) {
                participants.push(Filled { entity, mention });
            }
        }
    }
    let mut sides: Vec<_> = participants.iter().map(|p| context.entities.get(p.entity).country).collect();
    sides.sort_unstable();
    sides.dedup();
    if participants.len() < 2 || sides.len() < 2 {
        return None;
    }
    let mut draft = Draft::new(context, EventType::Meeting, meeting, RULE, CONFIDENCE);
    draft.set_role(Role::Participant, participants);
    // Words spoken before or after a meeting are published on its day.
    draft.date = context.article.published;
    Some(draft)
}
