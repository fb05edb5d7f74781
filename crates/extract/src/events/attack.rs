//! The sides of attacks where the grammar alone does not give them.
//!
//! In: drafts of attacks. Out: the same with attackers that the text blames or that claim the attack later, with the state of
//! soldiers who were hit; and which of those without an attacker are told by themselves.

use entente_model::{EntityKind, EventType, Factuality, Role};
use entente_nlp::Deprel;

use super::{
    context::Context,
    draft::{Draft, Filled},
};

/// How many sentences later a side may claim an attack.
const REACH: usize = 30;

/// Attackers and targets of one match, settled.
pub(super) fn settle_sides(context: &Context<'_>, draft: &mut Draft) {
    name_attackers(context, draft);
    face_each_other(draft);
    blame(context, draft);
    serve_their_state(context, draft);
}

/// "fighting between **X and Y**", "**X and Y** exchanged fire": each attacks the other; the first named stands for those who attack.
fn face_each_other(draft: &mut Draft) {
    let mutual = draft.rule.starts_with("attack.between")
        || matches!(draft.rule.as_str(), "attack.exchange-fire" | "attack.clash-troops");
    if mutual
        && draft.role(Role::Target).is_empty()
        && let [first, others @ ..] = &draft.role(Role::Attacker).to_vec()[..]
    {
        draft.set_role(Role::Attacker, vec![*first]);
        draft.set_role(Role::Target, others.to_vec());
    }
}

/// "rebels **from the Allied Democratic Forces**": armed people without a name are those that they belong to.
fn name_attackers(context: &Context<'_>, draft: &mut Draft) {
    let grammar = context.grammar();
    let named = |mention: usize| {
        let of = ["from", "of", "with"].into_iter().flat_map(|word| grammar.preposition(mention, word)).flatten();
        of.flat_map(|token| context.actors(token))
            .find(|&entity| matches!(context.entities.get(entity).kind, EntityKind::Group | EntityKind::Organization))
    };
    let attackers: Vec<Filled> = draft
        .role(Role::Attacker)
        .iter()
        .map(|filled| {
            let unnamed = context.in_list(filled.mention, "armed-people")
                && context.entities.get(filled.entity).kind == EntityKind::Group;
            let entity = if unnamed { named(filled.mention) } else { None };
            Filled { entity: entity.unwrap_or(filled.entity), ..*filled }
        })
        .collect();
    draft.set_role(Role::Attacker, attackers);
}

/// "an attack that X **blamed on Y** killed three": the side that the text blames is the attacker.
fn blame(context: &Context<'_>, draft: &mut Draft) {
    let document = context.document;
    if !draft.role(Role::Attacker).is_empty() {
        return;
    }
    let noun = draft.theme.unwrap_or(draft.trigger);
    let blamed = |&verb: &usize| matches!(document.lemma(verb), "ascribe" | "attribute" | "blame" | "pin");
    let attackers: Vec<Filled> = [Deprel::Relcl, Deprel::Acl]
        .into_iter()
        .flat_map(|deprel| document.children_by(noun, deprel))
        .filter(blamed)
        .flat_map(|verb| ["on", "to"].map(|word| context.grammar().preposition(verb, word)))
        .flatten()
        .flatten()
        .flat_map(|mention| context.actors(mention).into_iter().map(move |entity| Filled { entity, mention }))
        .collect();
    draft.set_role(Role::Attacker, attackers);
}

/// "killed two **soldiers** in Arauca": soldiers and police of no other state are of the state that the place lies in.
fn serve_their_state(context: &Context<'_>, draft: &mut Draft) {
    let [target] = draft.role(Role::Target)[..] else { return };
    let hit = context.grammar().objects(draft.trigger);
    let soldiers = hit.iter().flatten().any(|&t| context.in_list(t, "soldier-nouns") && t != target.mention);
    let place = context.entities.get(target.entity).kind == EntityKind::Place;
    if let Some(entity) = context.state_of(target.entity).filter(|_| soldiers && place) {
        draft.set_role(Role::Target, vec![Filled { entity, ..target }]);
    }
}

/// "Islamic State claimed responsibility": the attack of nobody known that was told last is theirs.
pub(super) fn complete_claimed(drafts: &mut [Draft]) {
    let claims: Vec<Draft> = drafts.iter().filter(|d| d.rule == "attack.claim-alone").cloned().collect();
    for claim in claims {
        let unclaimed = |d: &&mut Draft| {
            d.kind == EventType::Attack
                && d.factuality == Factuality::Actual
                && d.sentence < claim.sentence
                && claim.sentence - d.sentence <= REACH
                && d.role(Role::Attacker).is_empty()
        };
        if let Some(told) = drafts.iter_mut().filter(unclaimed).max_by_key(|d| d.sentence) {
            told.set_role(Role::Attacker, claim.role(Role::Attacker).to_vec());
        }
    }
}

/// "**A drone strike** on X killed three", "**Two missiles** hit Y": an attack of nobody known is told by a noun that brings it up
/// or by its toll; "the attack" retells what is told in full elsewhere, or nowhere.
pub(super) fn is_told_alone(context: &Context<'_>, draft: &Draft) -> bool {
    let document = context.document;
    let noun = draft.theme.unwrap_or(draft.trigger);
    let deaths = draft.killed.is_some() || draft.injured.is_some();
    let article = document.children_by(noun, Deprel::Det).next().map(|det| document.lemma(det));
    let one = || matches!(article, Some("a" | "an" | "another"));
    let brought_up = match draft.rule.as_str() {
        // "explosives kill a jackal": who is killed is counted, or nobody of note.
        "attack.weapon" => {
            let kills = matches!(document.lemma(draft.trigger), "injure" | "kill" | "wound");
            !kills && (article.is_none() || one())
        }
        _ => context.in_list(noun, "attack-sure-nouns") && one(),
    };
    draft.factuality == Factuality::Actual && (deaths || brought_up)
}

/// "killed five people **in a raid on X**": a noun without an attacker retells the attack of its sentence; "struck a village,
/// **killing** two" tells its toll.
pub(super) fn drop_retold(context: &Context<'_>, drafts: &mut Vec<Draft>) {
    let attack = |d: &Draft| d.kind == EventType::Attack;
    let known = |d: &Draft| !d.role(Role::Attacker).is_empty();
    let told: Vec<usize> = drafts.iter().filter(|d| attack(d) && known(d)).map(|d| d.sentence).collect();
    drafts.retain(|d| {
        let noun = matches!(d.rule.as_str(), "attack.noun" | "attack.weapon");
        !attack(d) || known(d) || !noun || !told.contains(&d.sentence)
    });
    let triggers: Vec<usize> = drafts.iter().filter(|d| attack(d)).map(|d| d.trigger).collect();
    let document = context.document;
    let toll = |d: &Draft| {
        document.token(d.trigger).deprel == Deprel::Advcl
            && matches!(document.lemma(d.trigger), "injure" | "kill" | "wound")
            && document.head(d.trigger).is_some_and(|above| triggers.contains(&above))
    };
    drafts.retain(|d| !attack(d) || !toll(d));
}
