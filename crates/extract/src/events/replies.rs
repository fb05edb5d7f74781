//! Replies told behind an accusation: "X blamed Y for the blast, which **Y denies**", "a charge that **Y's minister called false**".
//!
//! In: drafts of an article. Out: for an accusation behind which its sentence goes on so, the rejection by whoever is accused.

use entente_model::{EventType, Role, Stance};

use super::{
    context::Context,
    draft::{Draft, Filled},
    stance::is_with,
};

/// What the events are told by, in place of a rule.
const RULE: &str = "statement.reply";
const CONFIDENCE: f64 = 0.85;

/// Adds the replies that the article tells so; the words of one take no other stance.
pub(crate) fn add(context: &Context<'_>, drafts: &mut Vec<Draft>) {
    let stance = |draft: &Draft| draft.stance.filter(|_| draft.kind == EventType::Statement);
    let accusation = |draft: &&Draft| stance(draft) == Some(Stance::Criticize) && !draft.role(Role::Speaker).is_empty();
    let mut replies: Vec<Draft> = drafts.iter().filter(accusation).filter_map(|draft| reply(context, draft)).collect();
    replies.dedup_by_key(|reply| reply.trigger);
    drafts.retain(|draft| stance(draft).is_none() || replies.iter().all(|reply| reply.trigger != draft.trigger));
    drafts.extend(replies);
}

/// The reply that the sentence of an accusation ends with.
fn reply(context: &Context<'_>, accusation: &Draft) -> Option<Draft> {
    let document = context.document;
    let end = document.sentence_of(accusation.trigger).tokens.end;
    let comma = |t: usize| t > 0 && matches!(document.word(t - 1), "," | "—" | "–");
    let opens = |&t: &usize| {
        let article = || t > 0 && matches!(document.word(t - 1), "a" | "an") && comma(t - 1);
        matches!(document.word(t), "which" | "something") && comma(t)
            || context.in_list(t, "accusation-nouns") && article()
    };
    let opening = (accusation.trigger + 1..end).find(opens)?;
    let denies = |&t: &usize| {
        let verb = context.grammar().is_verb(t);
        verb && matches!(document.lemma(t), "deny" | "dismiss" | "dispute" | "refute" | "reject")
            || !verb && context.in_list(t, "groundless-words")
    };
    let denial = (opening + 1..end).find(denies).filter(|&t| !context.grammar().negated(t))?;
    let named = (opening + 1..denial)
        .rev()
        .find_map(|mention| context.actors(mention).first().map(|&entity| Filled { entity, mention }));
    let accused = accusation.entities(Role::Addressee);
    let speaker = named.filter(|f| is_with(context, &accused, f.entity))?;
    let mut draft = Draft::new(context, EventType::Statement, denial, RULE, CONFIDENCE);
    draft.stance = Some(Stance::Reject);
    draft.set_role(Role::Speaker, vec![speaker]);
    draft.set_role(Role::Addressee, accusation.role(Role::Speaker).to_vec());
    Some(draft)
}
