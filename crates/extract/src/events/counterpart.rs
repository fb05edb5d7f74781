//! The other side of an instrument or a gift whose sentence names one alone: "flew to Beijing, where he **signed** 20 agreements".
//!
//! In: the drafts of an article. Out: the second party of an instrument, or the recipient of a gift: the one state that who signs
//! or gives meets, calls or visits in that sentence or the one before.

use entente_model::{EntityKind, EventType, Factuality, Role};
use entente_nlp::Upos;

use super::{
    borrow,
    context::Context,
    draft::{Draft, Filled},
};
use crate::entities::EntityIndex;

/// Gives instruments that lack a side the one that the text leaves no choice about.
pub(super) fn complete(context: &Context<'_>, drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        let draft = &drafts[index];
        if draft.kind != EventType::Agreement || !borrow::may_take_partner(context, draft) {
            continue;
        }
        // "tore up a treaty with X that was signed in 1995": what is told of the same noun has the same sides.
        let same =
            |other: &&Draft| other.kind == EventType::Agreement && other.theme.is_some() && other.theme == draft.theme;
        if draft.role(Role::Party).len() < 2
            && let Some(other) = drafts.iter().filter(same).find(|other| other.role(Role::Party).len() == 2)
        {
            let sides = other.role(Role::Party).to_vec();
            drafts[index].set_role(Role::Party, sides);
            continue;
        }
        let [own] = draft.role(Role::Party)[..] else { continue };
        if signs_here(context, draft)
            && let Some(other) = partner(context, drafts, draft, own)
        {
            drafts[index].set_role(Role::Party, vec![own, other]);
        }
    }
}

/// The one state that whoever gives meets or visits there: "arrived in Kyiv. He **announced** a package".
pub(super) fn of_giver(context: &Context<'_>, drafts: &[Draft], gift: &Draft) -> Option<Filled> {
    let [donor] = gift.role(Role::Donor) else { return None };
    partner(context, drafts, gift, *donor)
}

/// "signed 20 agreements": what a side signs or agrees on, without a name that many may share.
fn signs_here(context: &Context<'_>, draft: &Draft) -> bool {
    let named = draft.theme.is_some_and(|theme| context.document.token(theme).upos == Upos::Propn);
    matches!(draft.rule.as_str(), "agreement.reach" | "agreement.sign") && !named
}

/// The one other state of the meetings, calls and visits of a side, in a sentence and the one before.
fn partner(context: &Context<'_>, drafts: &[Draft], told: &Draft, own: Filled) -> Option<Filled> {
    let state = context.state_of(own.entity)?;
    // A city stands for its state where the text names that by nothing else.
    let state_of = |f: &Filled| {
        let capital = |e: &EntityIndex| context.entities.get(*e).kind == EntityKind::Country;
        context.state_of(f.entity).or_else(|| context.actors(f.mention).into_iter().find(capital))
    };
    // "X met Y. He announced": who that is, is not sure; who visits goes on to act.
    let pronoun = context.document.token(own.mention).upos == Upos::Pron;
    let comes = |d: &Draft| d.role(Role::Visitor).iter().any(|f| context.state_of(f.entity) == Some(state));
    let contact = |d: &&Draft| {
        matches!(d.kind, EventType::Meeting | EventType::Call | EventType::Visit)
            && matches!(d.factuality, Factuality::Actual | Factuality::Planned)
            && d.sentence <= told.sentence
            && told.sentence - d.sentence <= 1
            && (d.sentence == told.sentence || !pronoun || comes(d))
    };
    let mut others: Vec<(EntityIndex, Filled)> = Vec::new();
    for contact in drafts.iter().filter(contact) {
        let roles = [Role::Participant, Role::Visitor, Role::Destination, Role::Host];
        let sides: Vec<Filled> = roles.iter().flat_map(|role| contact.role(*role).iter().copied()).collect();
        if sides.iter().any(|f| context.state_of(f.entity) == Some(state)) {
            for side in sides {
                match state_of(&side) {
                    Some(other) if other == state => {}
                    Some(other) if others.iter().any(|(held, _)| *held == other) => {}
                    Some(other) => others.push((other, side)),
                    // With a body of many states there is more than one other side.
                    None => return None,
                }
            }
        }
    }
    match others[..] {
        [(entity, side)] => Some(Filled { entity, mention: side.mention }),
        _ => None,
    }
}
