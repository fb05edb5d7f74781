//! Who stands by: hosts, mediators and witnesses of meetings and agreements, and who puts the name to an agreement.
//!
//! In: a draft with its sides. Out: the roles host, mediator, witness and signatory.
//! "a truce brokered by Norway", "US-brokered talks", "under the auspices of the UN", "in the presence of the king".

use entente_model::{EntityKind, EventType, Role};
use entente_nlp::{Deprel, Tag};

use super::{super::draft::Filled, Context, Draft, carriers, is_made, prepositions, theme};

/// Fills the roles of those who stand by; sides that only host or mediate are no longer sides.
pub(super) fn read(context: &Context<'_>, draft: &mut Draft) {
    let carriers = carriers(context, draft);
    for &carrier in &carriers {
        by_participle(context, draft, carrier);
        by_phrase(context, draft, carrier);
    }
    by_modifier(context, draft);
    by_subject(context, draft);
    if draft.kind == EventType::Agreement && !is_made(draft) {
        draft.set_role(Role::Witness, Vec::new());
    }
}

/// The lists of verbs that make somebody stand by.
const VERBS: [(&str, Role); 3] =
    [("mediating-verbs", Role::Mediator), ("event-hosting-verbs", Role::Host), ("witnessing-verbs", Role::Witness)];

/// "brokered by X", "hosted by X", "witnessed by X": a participle at the noun, or the verb itself.
fn by_participle(context: &Context<'_>, draft: &mut Draft, carrier: usize) {
    let document = context.document;
    let grammar = context.grammar();
    let below = document.children(carrier).filter(|&c| {
        matches!(document.token(c).deprel, Deprel::Acl | Deprel::Relcl | Deprel::Advcl | Deprel::Conj)
            && grammar.is_verb(c)
    });
    // The agent of the trigger itself is a side, as the rules have it.
    let joined = |verb: usize| std::iter::once(verb).chain(document.children_by(verb, Deprel::Conj));
    for verb in below.flat_map(joined).chain([carrier]).filter(|&verb| verb != draft.trigger).collect::<Vec<_>>() {
        if !matches!(document.token(verb).tag, Tag::Vbn | Tag::Vbd) {
            continue;
        }
        if let Some((_, role)) = VERBS.into_iter().find(|(list, _)| context.in_list(verb, list)) {
            for group in grammar.preposition(verb, "by") {
                add(context, draft, role, &group);
            }
        }
    }
}

/// "under the auspices of X", "through the mediation of X", "in the presence of X", "with X as mediator".
fn by_phrase(context: &Context<'_>, draft: &mut Draft, carrier: usize) {
    let grammar = context.grammar();
    let document = context.document;
    // The parser may hang the phrase on a word below: "a protocol until 2035 in the presence of the king".
    let plain = |&t: &usize| {
        t == carrier
            || std::iter::once(t)
                .chain(document.ancestors(t))
                .take_while(|&above| above != carrier)
                .all(|above| !grammar.is_verb(above))
    };
    let phrases: Vec<_> =
        document.subtree(carrier).filter(plain).flat_map(|t| prepositions(context, t).collect::<Vec<_>>()).collect();
    for (word, _, object) in phrases {
        if !context.rules.lexicon().contains("company-prepositions", &word) {
            continue;
        }
        let role = [("mediation-nouns", Role::Mediator), ("presence-nouns", Role::Witness)]
            .into_iter()
            .find(|(list, _)| context.in_list(object, list));
        let Some((_, role)) = role else { continue };
        // "with Qatari mediation", "under UN auspices", "Egypt's mediation"
        let before: Vec<usize> = document
            .children(object)
            .filter(|&c| {
                c < object
                    && matches!(document.token(c).deprel, Deprel::Poss | Deprel::Amod | Deprel::Compound | Deprel::Nmod)
            })
            .collect();
        add(context, draft, role, &before);
        for group in grammar.preposition(object, "of") {
            add(context, draft, role, &group);
        }
    }
}

/// "US-brokered", "Turkish-mediated", "UN-hosted": a participle before the noun, with its name.
fn by_modifier(context: &Context<'_>, draft: &mut Draft) {
    let document = context.document;
    for modifier in document.children_by(theme(draft), Deprel::Amod).collect::<Vec<_>>() {
        let role = VERBS.into_iter().find(|(list, _)| {
            let word = document.word(modifier).to_lowercase();
            context.in_list(modifier, list) || context.rules.lexicon().contains(list, &lemma_of_participle(&word))
        });
        if let Some((_, role)) = role {
            let named: Vec<usize> = document.subtree(modifier).filter(|&t| t < modifier).collect();
            add(context, draft, role, &named);
        }
    }
}

/// The parser takes "brokered" before a noun for an adjective.
fn lemma_of_participle(word: &str) -> String {
    let stem = word.strip_suffix("ed").unwrap_or(word);
    if word.ends_with("ted") && stem.ends_with("at") { format!("{stem}e") } else { stem.to_owned() }
}

/// "Turkey hosted talks between Ethiopia and Sudan": the subject is no side where the noun names the sides.
fn by_subject(context: &Context<'_>, draft: &mut Draft) {
    let grammar = context.grammar();
    let side = if draft.kind == EventType::Meeting { Role::Participant } else { Role::Party };
    let Some(verb) = grammar.governor(theme(draft)) else { return };
    if grammar.is_passive(verb) {
        return;
    }
    let Some((_, role)) = VERBS.into_iter().find(|(list, role)| *role != Role::Witness && context.in_list(verb, list))
    else {
        return;
    };
    let subjects: Vec<usize> = grammar.subjects(verb).into_iter().flatten().collect();
    if between(context, draft).len() < 2 && !names_sides(context, draft) {
        if role == Role::Host {
            add(context, draft, role, &subjects);
        }
        return;
    }
    let left: Vec<Filled> =
        draft.role(side).iter().copied().filter(|filled| !subjects.contains(&filled.mention)).collect();
    if left.len() >= 2 {
        draft.set_role(side, left);
        add(context, draft, role, &subjects);
    }
}

/// "hosted the **U.S.-Russia** summit": the name of a meeting names its sides.
fn names_sides(context: &Context<'_>, draft: &Draft) -> bool {
    let modifiers = context.document.children_by(theme(draft), Deprel::Compound);
    let names_two =
        |modifier: usize| context.document.word(modifier).contains('-') && context.actors(modifier).len() > 1;
    draft.kind == EventType::Meeting && modifiers.into_iter().any(names_two)
}

/// The words behind "between" and "among", which name all sides.
fn between(context: &Context<'_>, draft: &Draft) -> Vec<usize> {
    let grammar = context.grammar();
    ["between", "among"].iter().flat_map(|word| grammar.preposition(theme(draft), word)).flatten().collect()
}

/// Puts whom the words denote into a role; who stands by is no side, unless as host.
fn add(context: &Context<'_>, draft: &mut Draft, role: Role, words: &[usize]) {
    let side = if draft.kind == EventType::Meeting { Role::Participant } else { Role::Party };
    let names_sides = between(context, draft).len() >= 2;
    let mut filled = draft.role(role).to_vec();
    let mut left = draft.role(side).to_vec();
    for &word in words {
        let mut denoted = context.actors(word);
        if denoted.is_empty() {
            denoted.extend(context.entities.nationality(word));
        }
        for entity in denoted {
            let held = context.entities.get(entity);
            if matches!(held.kind, EntityKind::Place | EntityKind::Other) || filled.iter().any(|f| f.entity == entity) {
                continue;
            }
            let is_side = |f: &Filled| f.entity == entity && f.mention == word;
            if left.iter().any(is_side) && (role != Role::Host || names_sides) {
                if left.len() < 3 {
                    continue;
                }
                left.retain(|f| !is_side(f));
            }
            filled.push(Filled { entity, mention: word });
        }
    }
    draft.set_role(side, left);
    draft.set_role(role, filled);
}
