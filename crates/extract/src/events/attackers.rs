//! Who attacked and who was attacked, read off the sentence where the rule alone does not give it.
//!
//! In: one draft of an attack. Out: the same with the bodies that armed people without a name belong to, the state whose soldiers
//! they are, whoever is blamed or convicted, the two sides of a fight apart, and whoever tells that its own troops were hit.

use entente_model::{EntityKind, Role};
use entente_nlp::Deprel;

use super::{
    context::Context,
    draft::{Draft, Filled},
};
use crate::entities::EntityIndex;

/// "fighting between **X and Y**", "**X and Y** exchanged fire": each attacks the other; the first named stands for those who attack.
pub(super) fn face_each_other(draft: &mut Draft) {
    let mutual = draft.rule.starts_with("attack.between")
        || matches!(draft.rule.as_str(), "attack.exchange-fire" | "attack.fight" | "attack.fighting" | "attack.war");
    if mutual
        && draft.role(Role::Target).is_empty()
        && let [first, others @ ..] = &draft.role(Role::Attacker).to_vec()[..]
    {
        draft.set_role(Role::Attacker, vec![*first]);
        draft.set_role(Role::Target, others.to_vec());
    }
}

/// "rebels **from the Allied Democratic Forces**": armed people without a name are those that they belong to.
pub(super) fn name_attackers(context: &Context<'_>, draft: &mut Draft) {
    let grammar = context.grammar();
    let named = |mention: usize| {
        let of = ["from", "of", "with"].into_iter().flat_map(|word| grammar.preposition(mention, word)).flatten();
        // "Hamas-led gunmen"
        let before = context.head_phrase(mention).filter(|&word| word < mention);
        of.chain(before)
            .flat_map(|token| context.actors(token))
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

/// "**Security forces** fired on demonstrators in Conakry": soldiers and police of nobody named are of the one state that the
/// sentence is set in.
pub(super) fn serve_where_they_are(context: &Context<'_>, draft: &mut Draft) {
    let document = context.document;
    let grammar = context.grammar();
    let attackers = draft.role(Role::Attacker).to_vec();
    let unnamed = |f: &Filled| context.entities.collective(f.mention) == Some(f.entity);
    // "the army and the Free Front have been fighting"
    let between = draft.rule.starts_with("attack.between");
    let one_of_two = (between || matches!(draft.rule.as_str(), "attack.fight" | "attack.war")) && attackers.len() == 1;
    let verb = between || grammar.is_verb(draft.trigger);
    if !verb || draft.rule == "attack.strike" || !(one_of_two || attackers.iter().all(unnamed)) {
        return;
    }
    let forces = |&subject: &usize| {
        let of_state =
            |c: usize| matches!(document.lemma(c), "air" | "defence" | "defense" | "government" | "security");
        let of_army =
            |c: usize| matches!(document.lemma(c).to_lowercase().as_str(), "army" | "force" | "military" | "navy");
        context.in_list(subject, "soldier-nouns")
            || document.lemma(subject) == "force" && document.children(subject).any(of_state)
            || context.in_list(subject, "war-craft") && document.children(subject).any(of_army)
    };
    let retired = |c: usize| matches!(document.lemma(c), "ex" | "former" | "rogue" | "off" | "retired");
    // "US troops": they are of whoever an attacker stands with.
    let own = |subject: usize| {
        attackers.iter().any(|f| !unnamed(f) && (f.mention == subject || document.head(f.mention) == Some(subject)))
    };
    let sides = if between { grammar.preposition(draft.trigger, "between") } else { grammar.subjects(draft.trigger) };
    let mut subjects = sides.into_iter().flatten();
    let Some(mention) = subjects.find(|subject| forces(subject) && !own(*subject)) else { return };
    let abroad = draft.role(Role::Target).iter().any(|f| context.entities.get(f.entity).kind == EntityKind::Country);
    if let (Some(entity), false, false) = (setting(context, draft), abroad, document.children(mention).any(retired)) {
        let named = attackers.into_iter().filter(|f| !unnamed(f));
        draft.set_role(Role::Attacker, std::iter::once(Filled { entity, mention }).chain(named).collect());
    }
}

/// The one state that the sentence is set in by the places that it names, else that the sentences right before are, if no other is
/// named more often in the article.
fn setting(context: &Context<'_>, draft: &Draft) -> Option<EntityIndex> {
    let states = |sentences: std::ops::Range<usize>| {
        let tokens = sentences.flat_map(|sentence| context.document.sentences()[sentence].tokens.clone());
        let places = tokens.filter_map(|token| context.entities.place_of(token));
        let mut states: Vec<EntityIndex> = places.filter_map(|place| context.state_of(place)).collect();
        states.sort_unstable();
        states.dedup();
        states
    };
    let here = states(draft.sentence..draft.sentence + 1);
    if let [state] = here[..] {
        return Some(state);
    }
    let before = states(draft.sentence.saturating_sub(2)..draft.sentence);
    let mentions = |state: EntityIndex| context.entities.get(state).mentions.len();
    let others = || {
        let all = 0..context.entities.all().len();
        all.filter(|&entity| context.entities.get(entity).kind == EntityKind::Country).map(mentions).max()
    };
    match before[..] {
        [state] if here.is_empty() && others() == Some(mentions(state)) => Some(state),
        _ => None,
    }
}

/// "an attack that X **blamed on Y** killed three": the side that the text blames is the attacker.
pub(super) fn blame(context: &Context<'_>, draft: &mut Draft) {
    let document = context.document;
    if !draft.role(Role::Attacker).is_empty() {
        return;
    }
    // "the ministry said, **blaming the rebels**"
    let blaming = |&verb: &usize| document.lemma(verb) == "blame" && document.token(verb).deprel == Deprel::Advcl;
    let sentence = document.sentences()[draft.sentence].tokens.clone();
    let objects = sentence.clone().filter(blaming).flat_map(|verb| document.children_by(verb, Deprel::Dobj));
    let mut sides: Vec<Filled> = Vec::new();
    for mention in objects {
        let side = |entity: &usize| {
            matches!(context.entities.get(*entity).kind, EntityKind::Country | EntityKind::Group)
                && !draft.entities(Role::Target).contains(entity)
        };
        sides.extend(context.actors(mention).into_iter().filter(side).map(|entity| Filled { entity, mention }));
    }
    if !sides.is_empty() {
        draft.set_role(Role::Attacker, sides);
        return;
    }
    // "a car bombing killed five, another attack **ascribed to** Y"
    let noun = draft.theme.unwrap_or(draft.trigger);
    let blamed = |&verb: &usize| matches!(document.lemma(verb), "ascribe" | "attribute" | "blame" | "pin");
    let retold = |&t: &usize| t == noun || context.in_list(t, "attack-core-nouns");
    let attackers: Vec<Filled> = sentence
        .filter(retold)
        .flat_map(|noun| {
            [Deprel::Relcl, Deprel::Acl].map(|deprel| document.children_by(noun, deprel).collect::<Vec<_>>())
        })
        .flatten()
        .filter(blamed)
        .flat_map(|verb| ["on", "to"].map(|word| context.grammar().preposition(verb, word)))
        .flatten()
        .flatten()
        .flat_map(|mention| context.actors(mention).into_iter().map(move |entity| Filled { entity, mention }))
        .collect();
    draft.set_role(Role::Attacker, attackers);
}

/// "**X** was jailed for the murder of Y": who is punished for an attack made it.
pub(super) fn convict(context: &Context<'_>, draft: &mut Draft) {
    let document = context.document;
    let grammar = context.grammar();
    if !draft.role(Role::Attacker).is_empty() || grammar.is_verb(draft.trigger) {
        return;
    }
    let for_it = document.head(draft.trigger).filter(|&prep| matches!(document.lemma(prep), "for" | "of"));
    let verb = for_it.and_then(|prep| document.head(prep)).filter(|&verb| {
        grammar.is_verb(verb)
            && matches!(document.lemma(verb), "convict" | "execute" | "imprison" | "jail" | "sentence")
    });
    let person = |&entity: &usize| context.entities.get(entity).kind == EntityKind::Person;
    let found =
        verb.into_iter().flat_map(|verb| grammar.objects(verb)).flatten().find_map(|mention| {
            context.actors(mention).into_iter().find(person).map(|entity| Filled { entity, mention })
        });
    // "X, brother of Y, was jailed for her murder": nobody is jailed for their own.
    if let Some(found) = found {
        let targets = draft.role(Role::Target).iter().copied();
        let others: Vec<Filled> = targets.filter(|f| f.entity != found.entity).collect();
        draft.set_role(Role::Target, others);
        draft.set_role(Role::Attacker, vec![found]);
    }
}

/// "Peru said that a Chilean patrol had ambushed **its** troops": whoever tells of the attack was attacked, not who attacks.
pub(super) fn hit_sayer(context: &Context<'_>, draft: &mut Draft) {
    let document = context.document;
    if !draft.role(Role::Target).is_empty() || draft.role(Role::Attacker).is_empty() {
        return;
    }
    let owned = |&object: &usize| {
        let whose = |owner| matches!(document.lemma(owner), "its" | "their");
        let serves = ["ship-nouns", "soldier-nouns"].iter().any(|list| context.in_list(object, list));
        serves && document.children_by(object, Deprel::Poss).any(whose)
    };
    let Some(mention) = context.grammar().objects(draft.trigger).into_iter().flatten().find(owned) else { return };
    let sayer =
        context.entities.speaker_of(draft.trigger).and_then(|speaker| context.state_of(speaker).or(Some(speaker)));
    let own = |sayer: &usize| draft.role(Role::Attacker).iter().any(|f| context.state_of(f.entity) == Some(*sayer));
    if let Some(entity) = sayer.filter(|sayer| !own(sayer) && !draft.entities(Role::Attacker).contains(sayer)) {
        draft.set_role(Role::Target, vec![Filled { entity, mention }]);
    }
}
