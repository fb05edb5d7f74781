//! Weapons of an attack, and on whose word it is laid to its attacker.
//!
//! In: a draft of an attack. Out: `weapons` and `attribution` of its details.
//! "Rebels hit the port with drones, the group said" names drones, and the rebels claim it.

use entente_model::{Attribution, Role};
use entente_nlp::{Deprel, Upos};

use super::{Context, Draft, prepositions, theme};

/// Fills weapons and attribution.
pub(super) fn read(context: &Context<'_>, draft: &mut Draft) {
    draft.details.weapons = weapons(context, draft);
    draft.details.attribution = attribution(context, draft);
}

/// Standard names of what the attack was made with, in text order.
fn weapons(context: &Context<'_>, draft: &Draft) -> Vec<String> {
    let document = context.document;
    let mut words: Vec<usize> = Vec::new();
    let nouns = [draft.trigger, theme(draft)];
    for noun in nouns {
        // "a drone strike", "missiles were fired", "a car bomb attack"
        words.push(noun);
        words.extend(document.children(noun).filter(|&c| {
            c < noun && matches!(document.token(c).deprel, Deprel::Compound | Deprel::Amod | Deprel::Nmod)
        }));
        for (word, _, object) in prepositions(context, noun) {
            if context.rules.lexicon().contains("weapon-prepositions", &word) {
                words.push(object);
            }
        }
    }
    // "hit Odesa using drones", "in an attack with rockets", "drones hit Odesa"
    for verb in nouns.into_iter().filter(|&t| context.grammar().is_verb(t)) {
        for child in document.children(verb) {
            match document.token(child).deprel {
                Deprel::Nsubj | Deprel::Nsubjpass => words.push(child),
                Deprel::Advcl if context.in_list(child, "using-verbs") => {
                    words.extend(document.children_by(child, Deprel::Dobj));
                }
                // "attacked a ship with drones": the parser hangs the weapon on the target.
                Deprel::Dobj => words.extend(
                    prepositions(context, child).filter(|(word, ..)| word == "with").map(|(_, _, object)| object),
                ),
                _ => {}
            }
        }
    }
    let joined: Vec<usize> = words.iter().flat_map(|&word| context.grammar().coordinated(word)).collect();
    words.extend(joined);
    words.sort_unstable();
    words.dedup();
    let mut weapons: Vec<String> = Vec::new();
    for word in words {
        if let Some(weapon) = weapon(context, word).filter(|weapon| !weapons.contains(weapon)) {
            weapons.push(weapon);
        }
    }
    weapons
}

/// The weapon that a word names: an item of the lexicon of arms, or one of the list.
fn weapon(context: &Context<'_>, word: usize) -> Option<String> {
    let document = context.document;
    let lexicon = context.rules.lexicon();
    let pair = |second: &str| {
        let before = document.children(word).filter(|&c| c < word);
        before
            .map(|c| format!("{} {second}", document.word(c).to_lowercase()))
            .find(|two| lexicon.contains("attack-weapons", two))
    };
    let lemma = context.grammar().lemma(word);
    // "a car bombing" is made with a car bomb; "a bombing" may be made with anything.
    if let Some(act) = lemma.strip_suffix("ing") {
        return pair(act);
    }
    if !context.in_list(word, "attack-weapons") {
        return None;
    }
    let item = context.items.iter().find(|item| item.tokens.contains(&word)).map(|item| item.item.name.clone());
    if item.is_some() {
        return item;
    }
    let noun = matches!(document.token(word).upos, Upos::Noun | Upos::Propn | Upos::Adj);
    pair(&lemma).or_else(|| noun.then_some(lemma))
}

/// The attacker's own word, the word of others, or a denial.
fn attribution(context: &Context<'_>, draft: &Draft) -> Option<Attribution> {
    let attackers = draft.entities(Role::Attacker);
    let one_of_them = |entity: usize| {
        let country = context.entities.get(entity).country;
        attackers.contains(&entity) || country.is_some_and(|country| attackers.contains(&country))
    };
    let responsibility = |list: &str| {
        // "claimed responsibility for the attack", "denied involvement in the strike"
        context.document.ancestors(draft.trigger).take(3).any(|above| {
            context.in_list(above, list)
                && context.document.ancestors(above).take(1).any(|verb| context.grammar().is_verb(verb))
        })
    };
    if responsibility("responsibility-nouns") {
        let verb = context.document.ancestors(draft.trigger).find(|&t| context.grammar().is_verb(t))?;
        return Some(if context.in_list(verb, "denying-verbs") { Attribution::Disputed } else { Attribution::Claimed });
    }
    if attackers.is_empty() {
        return None;
    }
    let said = context.grammar().status(draft.trigger).said;
    if said.is_some_and(|verb| context.in_list(verb, "confirming-verbs")) {
        return Some(Attribution::Confirmed);
    }
    let speaker = draft.speaker?;
    let targets = draft.entities(Role::Target);
    if !said.is_some_and(|verb| context.in_list(verb, "attributing-verbs"))
        || attackers.iter().any(|a| targets.contains(a))
    {
        return None;
    }
    Some(if one_of_them(speaker) { Attribution::Claimed } else { Attribution::Blamed })
}
