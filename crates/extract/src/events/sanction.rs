//! The sides of sanctions that stand in other sentences.
//!
//! In: the drafts of an article. Out: "the measures were extended" with the sides of the sanction told before; "Norway has imposed
//! an embargo" with the one state that is sanctioned throughout the article, or that the sender stands against in it.

use entente_model::{EntityKind, EventType, Role, Stance};

use super::{
    complete::{agreed, consistent, fill_from, has_all_sides},
    context::Context,
    draft::{Draft, Filled},
};
use crate::entities::EntityIndex;

/// How many sentences later the measures of a sanction are taken up.
const NEAR: usize = 3;

/// "In July **the measures** were extended": the sanction that was told last, a few sentences before.
pub(super) fn take_up(context: &Context<'_>, drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        let draft = &drafts[index];
        if !draft.rule.starts_with("sanction.measures") || has_all_sides(draft) {
            continue;
        }
        if draft.rule == "sanction.measures-target" {
            let senders = take_up_sender(draft, drafts);
            let theme = draft.theme.filter(|&theme| context.is_definite(theme));
            drafts[index].set_role(Role::Sender, theme.map(|_| senders).unwrap_or_default());
            continue;
        }
        let before = |d: &&Draft| {
            d.kind == EventType::Sanction
                && has_all_sides(d)
                && d.sentence < draft.sentence
                && draft.sentence - d.sentence <= NEAR
                && consistent(draft, &d.roles)
        };
        let last = drafts.iter().filter(before).map(|d| d.sentence).max();
        let told: Vec<_> =
            drafts.iter().filter(before).filter(|d| Some(d.sentence) == last).map(|d| &d.roles).collect();
        if let Some(pattern) = agreed(&told).cloned() {
            fill_from(&mut drafts[index], &pattern);
        }
    }
}

/// "Canada imposed new sanctions. **The sanctions target** X": whoever imposed those told right before.
fn take_up_sender(draft: &Draft, drafts: &[Draft]) -> Vec<Filled> {
    let before = |d: &&Draft| {
        d.kind == EventType::Sanction
            && d.stage == draft.stage
            && d.sentence < draft.sentence
            && draft.sentence - d.sentence <= NEAR
            && !d.role(Role::Sender).is_empty()
    };
    let told = drafts.iter().filter(before).max_by_key(|d| d.trigger);
    told.filter(|d| d.role(Role::Target).is_empty() || consistent(draft, &d.roles))
        .map(|d| d.role(Role::Sender).to_vec())
        .unwrap_or_default()
}

/// "Norway has imposed **an embargo**": without a word on whom, on the one state that all sanctions of the article are aimed at,
/// else on the one that the sender condemns, threatens or makes demands on.
pub(super) fn aim(context: &Context<'_>, drafts: &mut [Draft]) {
    let open = |d: &Draft| {
        d.kind == EventType::Sanction
            && !d.role(Role::Sender).is_empty()
            && d.role(Role::Target).is_empty()
            && is_plain(context, d)
    };
    for index in 0..drafts.len() {
        if !open(&drafts[index]) {
            continue;
        }
        let senders = drafts[index].entities(Role::Sender);
        let target = of_all(context, drafts, &senders).or_else(|| of_stances(context, drafts, &senders));
        if let Some(target) = target {
            drafts[index].set_role(Role::Target, vec![target]);
        }
    }
}

/// Whether a sanction is named by a noun that means one in any context and the words around it leave open whom it is on.
fn is_plain(context: &Context<'_>, draft: &Draft) -> bool {
    let theme = draft.theme.unwrap_or(draft.trigger);
    let whom = |word: usize| {
        ["against", "for", "from", "on", "over", "to", "upon"]
            .into_iter()
            .flat_map(move |preposition| context.grammar().preposition(word, preposition))
            .flatten()
            .any(|object| !context.is_in_date(object))
    };
    let counter = |c: usize| matches!(context.document.lemma(c), "any" | "secondary" | "similar" | "such");
    context.in_list(theme, "sanction-core-nouns")
        && !whom(theme)
        && !whom(draft.trigger)
        && !context.document.children(theme).any(counter)
}

/// The one state that all other sanctions of the article are aimed at.
fn of_all(context: &Context<'_>, drafts: &[Draft], senders: &[EntityIndex]) -> Option<Filled> {
    let targets = drafts.iter().filter(|d| d.kind == EventType::Sanction).flat_map(|d| d.role(Role::Target).to_vec());
    only(context, &targets.collect::<Vec<_>>(), senders)
}

/// The one state that the senders condemn, threaten or make demands on.
fn of_stances(context: &Context<'_>, drafts: &[Draft], senders: &[EntityIndex]) -> Option<Filled> {
    let own = |f: &Filled| {
        senders.contains(&f.entity) || context.state_of(f.entity).is_some_and(|state| senders.contains(&state))
    };
    let against = drafts.iter().filter(|d| {
        d.kind == EventType::Statement
            && matches!(d.stance, Some(Stance::Criticize | Stance::Threaten | Stance::Demand))
            && d.role(Role::Speaker).iter().any(own)
    });
    only(context, &against.flat_map(|d| d.role(Role::Addressee).to_vec()).collect::<Vec<_>>(), senders)
}

/// The one state that all of them are or belong to, if it is none of the senders or of their members.
fn only(context: &Context<'_>, sides: &[Filled], senders: &[EntityIndex]) -> Option<Filled> {
    let first = *sides.first()?;
    let state = context.state_of(first.entity)?;
    let one = sides.iter().all(|f| context.state_of(f.entity) == Some(state));
    let own = senders.iter().any(|&sender| {
        sender == state || context.state_of(sender) == Some(state) || context.entities.is_member(state, sender)
    });
    let country = context.entities.get(state).kind == EntityKind::Country;
    (one && country && !own).then_some(Filled { entity: state, ..first })
}
