//! The sides of attacks where the grammar alone does not give them.
//!
//! In: drafts of attacks. Out: the same with attackers that the text blames or that claim the attack later, with the state of
//! soldiers who were hit; and which of those without an attacker are told by themselves.

use entente_model::{EntityKind, EventType, Factuality, Instrument, Role};
use entente_nlp::{Deprel, Tag};

use super::{
    attackers,
    context::Context,
    draft::{Draft, Filled},
    merge::dates_agree,
};
use crate::time::DateMention;

/// How many sentences later a side may claim an attack.
const REACH: usize = 30;

/// Attackers and targets of one match, settled.
pub(super) fn settle_sides(context: &Context<'_>, draft: &mut Draft) {
    attackers::name_attackers(context, draft);
    attackers::serve_where_they_are(context, draft);
    attackers::face_each_other(draft);
    attackers::convict(context, draft);
    attackers::blame(context, draft);
    attackers::hit_sayer(context, draft);
    find_where(context, draft);
    serve_their_state(context, draft);
    leave_scene(context, draft);
}

/// "Goma, **where** rebels launched an attack": whose name the clause hangs on was attacked, if nobody else is said to be.
fn find_where(context: &Context<'_>, draft: &mut Draft) {
    let document = context.document;
    if !draft.role(Role::Target).is_empty() || draft.role(Role::Attacker).is_empty() {
        return;
    }
    let verb = context.grammar().predicate(draft.trigger);
    let clause = verb.filter(|&verb| {
        document.token(verb).deprel == Deprel::Relcl
            && document.children_by(verb, Deprel::Advmod).any(|adverb| document.lemma(adverb) == "where")
    });
    let place = clause.and_then(|verb| document.head(verb));
    if let Some((mention, entity)) = place.and_then(|mention| Some((mention, context.entities.place_of(mention)?))) {
        draft.set_role(Role::Target, vec![Filled { entity, mention }]);
    }
}

/// "killed two **soldiers** in Arauca", "tore through a convoy of **army** buses": soldiers and police of no other state are of the
/// state that the place lies in.
fn serve_their_state(context: &Context<'_>, draft: &mut Draft) {
    let targets = draft.role(Role::Target).to_vec();
    let Some(first) = targets.first() else { return };
    let place = |f: &Filled| context.entities.get(f.entity).kind == EntityKind::Place;
    let state = context.state_of(first.entity);
    let one = targets.iter().all(|f| place(f) && context.state_of(f.entity) == state);
    let mentioned = |t: usize| targets.iter().any(|f| f.mention == t);
    let soldiers = victims(context, draft.trigger).into_iter().any(|t| !mentioned(t) && serves(context, t));
    if let Some(entity) = state.filter(|_| one && soldiers) {
        draft.set_role(Role::Target, vec![Filled { entity, ..*first }]);
    }
}

/// Whom or what an attack befalls: the objects of its verb, what a weapon goes through or into, who dies in it.
fn victims(context: &Context<'_>, trigger: usize) -> Vec<usize> {
    let grammar = context.grammar();
    let mut hit: Vec<usize> = grammar.objects(trigger).into_iter().flatten().collect();
    hit.extend(["into", "on", "through"].into_iter().flat_map(|word| grammar.preposition(trigger, word)).flatten());
    if !grammar.is_verb(trigger) {
        let dying = context.document.ancestors(trigger).take(2).find(|&verb| context.document.lemma(verb) == "die");
        hit.extend(dying.into_iter().flat_map(|verb| grammar.subjects(verb)).flatten());
    }
    hit
}

/// "soldiers", "army reservists", "a convoy of navy buses", of whoever the text does not say.
fn serves(context: &Context<'_>, noun: usize) -> bool {
    let mut words = vec![noun];
    words.extend(context.grammar().preposition(noun, "of").into_iter().flatten());
    words.iter().any(|&word| {
        let before = context.document.children_by(word, Deprel::Compound);
        before.chain([word]).any(|part| context.in_list(part, "soldier-nouns"))
    })
}

/// "an attack **in Lyon**", "bombed what he called bases **near Lyon**": where it happened is not what was attacked, if nobody
/// is said to have attacked, or a clause says what was.
fn leave_scene(context: &Context<'_>, draft: &mut Draft) {
    let document = context.document;
    let scene = |f: &Filled| {
        let place = context.entities.place_of(f.mention) == Some(f.entity);
        let where_ =
            |word: usize| matches!(document.lemma(word), "across" | "around" | "at" | "in" | "near" | "outside");
        place && document.head(f.mention).is_some_and(where_)
    };
    // "an attack on a plant in Lyon" says what was.
    let on = ["against", "on"].into_iter().flat_map(|word| context.grammar().preposition(draft.trigger, word));
    let said = on.flatten().any(|object| !context.is_in_date(object));
    let unknown =
        draft.rule == "attack.noun" && draft.role(Role::Attacker).is_empty() && !said && !is_of_past(context, draft);
    let clause = document.children_by(draft.trigger, Deprel::Ccomp).any(|clause| clause > draft.trigger);
    // "sank a ship in the Red Sea", "attacks in the Gulf of Aden"
    let targets = draft.role(Role::Target);
    let at_sea = !targets.is_empty() && targets.iter().all(|f| context.is_water(f.entity));
    if (unknown || clause || at_sea) && draft.role(Role::Target).iter().all(scene) {
        draft.set_role(Role::Target, Vec::new());
    }
}

/// "an assault in Ghazni **in August 2018**": an attack of another year than the article, which is not told again.
fn is_of_past(context: &Context<'_>, draft: &Draft) -> bool {
    let document = context.document;
    let noun = draft.theme.unwrap_or(draft.trigger);
    let one = document.children_by(noun, Deprel::Det).any(|det| matches!(document.lemma(det), "a" | "an"));
    let phrase = document.phrase(noun);
    let past = |mention: &DateMention| {
        let year = |t: usize| document.word(t).len() == 4 && document.word(t).chars().all(|c| c.is_ascii_digit());
        let told = mention.date.zip(context.article.published);
        phrase.contains(&mention.tokens.start)
            && mention.tokens.clone().any(year)
            && told.is_some_and(|(date, published)| date.year < published.year)
    };
    one && context.dates_in(draft.sentence).iter().any(past)
}

/// "X, who was killed in **the airstrike**": whoever made the one that was told before made it.
pub(super) fn complete_retold(context: &Context<'_>, drafts: &mut [Draft]) {
    let nouns = |draft: &Draft| [draft.trigger, draft.theme.unwrap_or(draft.trigger)];
    let known: Vec<(usize, String, Vec<Filled>)> = drafts
        .iter()
        .filter(|d| d.kind == EventType::Attack && !d.role(Role::Attacker).is_empty())
        .flat_map(|d| nouns(d).map(|noun| (noun, context.grammar().lemma(noun), d.role(Role::Attacker).to_vec())))
        .filter(|(noun, ..)| context.in_list(*noun, "attack-nouns"))
        .collect();
    for draft in drafts.iter_mut().filter(|d| d.kind == EventType::Attack && d.role(Role::Attacker).is_empty()) {
        let behind =
            ["by", "during", "in"].into_iter().flat_map(|word| context.grammar().preposition(draft.trigger, word));
        let definite = |noun: &usize| context.in_list(*noun, "attack-nouns") && context.is_definite(*noun);
        let Some(noun) = behind.flatten().chain(nouns(draft)).find(definite) else { continue };
        let lemma = context.grammar().lemma(noun);
        let told = known.iter().filter(|(at, word, _)| *at < noun && *word == lemma).max_by_key(|(at, ..)| *at);
        let targets = draft.entities(Role::Target);
        if let Some((.., attackers)) = told.filter(|(.., all)| all.iter().all(|f| !targets.contains(&f.entity))) {
            draft.set_role(Role::Attacker, attackers.clone());
        }
    }
}

/// "**X and Y** agreed on a ceasefire after five days of fighting": the two who end the fighting fought.
pub(super) fn complete_fighting(context: &Context<'_>, drafts: &mut Vec<Draft>) {
    let truces: Vec<(usize, Vec<Filled>)> = drafts
        .iter()
        .filter(|d| d.kind == EventType::Agreement && d.details.instrument == Some(Instrument::Ceasefire))
        .map(|d| (d.sentence, d.role(Role::Party).to_vec()))
        .collect();
    for draft in drafts.iter_mut().filter(|d| d.rule == "attack.fighting" && d.role(Role::Attacker).is_empty()) {
        let ended = |&mention: &usize| {
            let behind = matches!(context.document.lemma(mention), "after" | "end" | "halt" | "stop");
            behind && mention < draft.trigger && draft.trigger - mention < 8
        };
        let words = context.document.ancestors(draft.trigger).take(4).any(|above| ended(&above));
        if let Some((_, parties)) =
            truces.iter().find(|(sentence, all)| *sentence == draft.sentence && all.len() == 2 && words)
        {
            draft.set_role(Role::Attacker, vec![parties[0]]);
            draft.set_role(Role::Target, vec![parties[1]]);
        }
    }
    drafts.retain(|d| d.rule != "attack.fighting" || !d.role(Role::Attacker).is_empty());
}

/// "support for **Ukraine** since Russia's invasion", "**Ukraine** defends itself from Russia's invasion": the one state that the
/// sentence tells to be helped or to defend itself is the one that is invaded.
pub(super) fn complete_invaded(context: &Context<'_>, drafts: &mut [Draft]) {
    let open = |d: &&mut Draft| d.rule == "attack.offensive" && d.role(Role::Target).is_empty();
    for draft in drafts.iter_mut().filter(open) {
        let attackers = draft.entities(Role::Attacker);
        let mut defended: Vec<Filled> = Vec::new();
        for mention in context.document.sentences()[draft.sentence].tokens.clone() {
            let state = context.actors(mention).into_iter().find(|&entity| {
                context.entities.get(entity).kind == EntityKind::Country && !attackers.contains(&entity)
            });
            // "help it defend itself": who "it" is depends on too much.
            let pronoun = context.document.token(mention).tag == Tag::Prp;
            if let Some(entity) = state.filter(|_| !pronoun && is_defended(context, mention))
                && defended.iter().all(|f| f.entity != entity)
            {
                defended.push(Filled { entity, mention });
            }
        }
        if let [state] = defended[..] {
            draft.set_role(Role::Target, vec![state]);
        }
    }
}

/// Whether a state is helped ("support for X", "help X"), defends itself or has something that is defended ("X's sovereignty").
fn is_defended(context: &Context<'_>, mention: usize) -> bool {
    let document = context.document;
    let Some(head) = document.head(mention) else { return false };
    let behind = |word: usize| {
        matches!(document.lemma(word), "behind" | "for" | "to" | "with") && {
            document
                .head(word)
                .is_some_and(|above| ["helping-nouns", "helping-verbs"].iter().any(|list| context.in_list(above, list)))
        }
    };
    match document.token(mention).deprel {
        Deprel::Dobj => context.in_list(head, "helping-verbs"),
        Deprel::Nsubj => context.in_list(head, "defending-verbs"),
        Deprel::Poss => context.in_list(head, "defended-nouns"),
        Deprel::Pobj if document.lemma(head) == "of" => {
            let noun = document.head(head);
            noun.is_some_and(|noun| context.in_list(noun, "defended-nouns") || is_defended(context, noun))
        }
        Deprel::Pobj => behind(head),
        _ => false,
    }
}

/// "Islamic State claimed responsibility": the attack of nobody known that was told last is theirs.
pub(super) fn complete_claimed(drafts: &mut [Draft]) {
    let claims = |d: &&Draft| {
        let alone = d.role(Role::Target).is_empty() && d.factuality == Factuality::Actual;
        d.rule == "attack.claim-alone" || d.rule == "attack.behind" && alone
    };
    let claims: Vec<Draft> = drafts.iter().filter(claims).cloned().collect();
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
            // "an attack in Kabul that killed US soldiers": of a nation.
            let nation = |f: &Filled| context.entities.get(f.entity).kind == EntityKind::Country;
            let soldiers = context.in_list(noun, "attack-core-nouns") && draft.role(Role::Target).iter().all(nation);
            if kills { soldiers } else { article.is_none() || one() }
        }
        _ => context.in_list(noun, "attack-sure-nouns") && one() || is_of_past(context, draft),
    };
    draft.factuality == Factuality::Actual && (deaths || brought_up)
}

/// "Some hurled bombs at X", "critics attacked X": who attacks is said, and is nobody known; "X was attacked" leaves it open.
pub(super) fn is_by_others(context: &Context<'_>, draft: &Draft) -> bool {
    let grammar = context.grammar();
    matches!(draft.rule.as_str(), "attack.fire" | "attack.fire-at" | "attack.forces" | "attack.verb" | "attack.raid")
        && draft.role(Role::Attacker).is_empty()
        && !grammar.is_passive(draft.trigger)
        && grammar.surface_subject(draft.trigger).is_some()
}

/// "the attacker was shot by police", "squads posing as fishermen blew up X, killing a sailor": who ends an attack makes none, and
/// a clause behind another attack tells its toll.
pub(super) fn is_between_unnamed(context: &Context<'_>, draft: &Draft) -> bool {
    let document = context.document;
    let unnamed = |f: &Filled| context.entities.collective(f.mention) == Some(f.entity);
    let attackers = draft.role(Role::Attacker);
    let ended = draft.role(Role::Target).iter().all(|f| {
        let one = matches!(document.lemma(f.mention), "assailant" | "attacker" | "bomber" | "gunman" | "hijacker");
        one && context.is_definite(f.mention)
    });
    // "doctors killed the virus", "police killed a bear"
    let struck = draft.rule == "attack.strike";
    let toll = || {
        let token = document.token(draft.trigger);
        token.deprel == Deprel::Advcl && token.tag == Tag::Vbg
    };
    !draft.role(Role::Target).is_empty() && ended
        || !attackers.is_empty() && attackers.iter().all(unnamed) && (toll() || struck)
}

/// "X was **killed**": by whom or in what attack must be said, or it may have been an accident.
pub(super) fn is_violent(context: &Context<'_>, draft: &Draft) -> bool {
    let passive = context.grammar().is_passive(draft.trigger);
    let plain = draft.rule == "attack.kill" && passive && context.document.lemma(draft.trigger) == "kill";
    let mut behind = ["by", "during", "in"]
        .into_iter()
        .flat_map(|word| context.grammar().preposition(draft.trigger, word))
        .flatten();
    !plain || !draft.role(Role::Attacker).is_empty() || behind.any(|noun| context.in_list(noun, "attack-core-nouns"))
}

/// "was jailed for the assassination of X. X was **killed** in June": by whom, the article says in another sentence.
pub(super) fn name_killers(context: &Context<'_>, drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        let victim = &drafts[index];
        if victim.kind != EventType::Attack || victim.role(Role::Target).is_empty() || is_violent(context, victim) {
            continue;
        }
        let told = |d: &&Draft| {
            d.kind == EventType::Attack
                && d.entities(Role::Target) == victim.entities(Role::Target)
                && d.factuality == victim.factuality
                && dates_agree(d, victim)
        };
        let mut killers = drafts.iter().filter(told).map(|d| d.role(Role::Attacker)).filter(|by| !by.is_empty());
        if let Some(killers) = killers.next().map(<[Filled]>::to_vec) {
            drafts[index].set_role(Role::Attacker, killers);
        }
    }
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
    // "Oil plants in Y hit by drones": a headline that leaves open who attacked retells what the text tells of the same state.
    let hit: Vec<_> = drafts
        .iter()
        .filter(|d| attack(d) && known(d) && d.sentence > 0)
        .flat_map(|d| d.entities(Role::Target))
        .filter_map(|target| context.state_of(target))
        .collect();
    let retold = |f: &Filled| context.state_of(f.entity).is_some_and(|state| hit.contains(&state));
    drafts.retain(|d| {
        !attack(d) || known(d) || !context.in_headline(d.trigger) || !d.role(Role::Target).iter().all(retold)
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
