//! Whose a stance is and whom it is towards, where a quote, another clause or another sentence says so.
//!
//! In: drafts of an article. Out: statements about "the attack", "the decision" or "the accusation" with the side whose it is,
//! those of sides who "accused each other" with both on either end, those in quotes with who is quoted; and what only sounds like a stance.

use entente_model::{EntityKind, EventType, Factuality, Role, Stage, Stance};
use entente_nlp::{Deprel, Tag, Upos};

use super::{
    context::Context,
    draft::{Draft, Filled},
};
use crate::entities::EntityIndex;

/// How many sentences before a statement the event that it is about may be told.
const REACH: usize = 3;

/// In how many sentences from the start the article says what it is about.
const LEAD: usize = 10;

/// Rules whose words are a stance of whoever publishes them, where nobody is quoted; a "close ally" there is often no more than a
/// fact.
const VOICED: [&str; 9] = [
    "statement.behave-badly",
    "statement.judge-harsh",
    "statement.judge-harsh-act",
    "statement.must-quoted",
    "statement.of-whose-making",
    "statement.on-the-part",
    "statement.rests-with",
    "statement.should",
    "statement.time-for",
];

/// A judgment in a quote is that of whoever is quoted: "irresponsible", "**we** condemn", "**I** thank".
pub(super) fn settle_speaker(context: &Context<'_>, draft: &mut Draft, told: &[usize]) {
    let own = |&t: &usize| matches!(context.document.word(t).to_lowercase().as_str(), "i" | "we" | "our" | "my");
    let to_you = draft.role(Role::Addressee).iter().any(|f| is_you(context, f.mention));
    if !draft.role(Role::Speaker).is_empty() && !told.iter().any(own) && !to_you {
        return;
    }
    // "Russia must withdraw", in what a government publishes, is its own demand.
    let open = draft.role(Role::Speaker).is_empty() && VOICED.contains(&draft.rule.as_str());
    let voice = || context.entities.voice_at(draft.trigger).filter(|_| open);
    if let Some(entity) = context.entities.speaker_of(draft.trigger).or_else(voice) {
        draft.set_role(Role::Speaker, vec![Filled { entity, mention: draft.trigger }]);
    }
}

fn is_you(context: &Context<'_>, token: usize) -> bool {
    context.document.word(token).eq_ignore_ascii_case("you")
}

/// Whether the words only sound like a stance.
pub(super) fn is_none(context: &Context<'_>, draft: &Draft) -> bool {
    lacks_preposition(context, draft) || is_courtesy(context, draft) || only_asserts(context, draft)
}

/// "insisted that the island **was** not for sale": whoever insists on how things are asks nothing of anybody.
fn only_asserts(context: &Context<'_>, draft: &Draft) -> bool {
    let document = context.document;
    let asked = |clause: usize| {
        // "that Israel **open** the crossing": the bare form behind somebody single, whatever the tagger says.
        let bare = document.token(clause).tag == Tag::Vbp
            && document
                .children_by(clause, Deprel::Nsubj)
                .all(|subject| matches!(document.token(subject).tag, Tag::Nn | Tag::Nnp));
        document.token(clause).tag == Tag::Vb
            || bare
            || document.children_by(clause, Deprel::Aux).any(|aux| matches!(document.lemma(aux), "must" | "should"))
    };
    draft.rule == "statement.demand-clause"
        && document.lemma(draft.trigger) == "insist"
        && !document.children_by(draft.trigger, Deprel::Ccomp).any(asked)
}

/// "Thank you, Minister": thanks without a word of what for are manners.
fn is_courtesy(context: &Context<'_>, draft: &Draft) -> bool {
    let thanked = draft.role(Role::Addressee).iter().any(|f| is_you(context, f.mention));
    let what_for = |child: usize| matches!(context.document.lemma(child), "for" | "on");
    context.document.lemma(draft.trigger).eq_ignore_ascii_case("thank")
        && thanked
        && !context.document.children_by(draft.trigger, Deprel::Prep).any(what_for)
}

/// "**At** the United Nations, X deplored the raid": where the sentence opens is not whom X speaks to.
pub(super) fn drop_scene(context: &Context<'_>, draft: &mut Draft) {
    let document = context.document;
    let opens = |f: &Filled| {
        let part = |&t: &usize| matches!(document.token(t).deprel, Deprel::Compound | Deprel::Nmod | Deprel::Amod);
        let mut words = std::iter::once(f.mention).chain(document.ancestors(f.mention));
        let noun = words.find(|t| !part(t)).unwrap_or(f.mention);
        let preposition = document.head(noun).filter(|_| document.token(noun).deprel == Deprel::Pobj);
        preposition.is_some_and(|word| {
            word < draft.trigger
                && document.head(word) == Some(draft.trigger)
                && document.lemma(word).eq_ignore_ascii_case("at")
        })
    };
    let left: Vec<Filled> = draft.role(Role::Addressee).iter().copied().filter(|f| !opens(f)).collect();
    draft.set_role(Role::Addressee, left);
}

/// "Y acts **despite** criticism from X", "**at** the request of X", "**in** a rebuke to X": after any other preposition it may be
/// somebody else who is criticised or asked.
fn lacks_preposition(context: &Context<'_>, draft: &Draft) -> bool {
    let document = context.document;
    let Some(preposition) = document.head(draft.trigger) else { return false };
    let yields = || {
        let verb = document.head(preposition).map(|verb| document.lemma(verb));
        verb.is_some_and(|verb| {
            matches!(verb, "accede" | "agree" | "bow" | "comply" | "consent" | "respond" | "submit" | "yield")
        })
    };
    match (draft.rule.as_str(), document.lemma(preposition).to_lowercase().as_str()) {
        ("statement.despite-criticism", before) => !matches!(before, "despite" | "amid" | "notwithstanding"),
        ("statement.in-a-rebuke" | "statement.in-solidarity" | "statement.in-protest", before) => before != "in",
        ("statement.after-request", "to" | "with") => !yields(),
        ("statement.after-request", before) => !matches!(before, "after" | "at" | "following"),
        _ => false,
    }
}

/// "**X and Y** accused each other": each is the other's addressee.
pub(super) fn face_each_other(draft: &mut Draft) {
    let speakers = draft.role(Role::Speaker).to_vec();
    if matches!(draft.rule.as_str(), "statement.each-other" | "statement.trade-blame") && speakers.len() > 1 {
        draft.set_role(Role::Addressee, speakers);
    }
}

/// Gives the statements about a deed without an owner the side whose deed it is.
pub(super) fn complete(context: &Context<'_>, drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        let draft = &drafts[index];
        let open = draft.kind == EventType::Statement
            && draft.rule.ends_with("-it")
            && !draft.role(Role::Speaker).is_empty()
            && draft.role(Role::Addressee).is_empty();
        if !open {
            continue;
        }
        let mut whose = author(context, drafts, index);
        let own = draft.entities(Role::Speaker);
        // "hailed the accord": of those who made it, the others.
        if draft.theme.is_some_and(|theme| context.in_list(theme, "agreement-core-nouns")) && whose.len() > 1 {
            whose.retain(|f| !is_with(context, &own, f.entity));
        }
        let unnamed = |entity: EntityIndex| {
            let held = context.entities.get(entity);
            held.kind == EntityKind::Group && !held.id.starts_with('Q')
        };
        if whose.iter().any(|f| is_with(context, &own, f.entity) || unnamed(f.entity)) {
            whose.clear();
        }
        drafts[index].set_role(Role::Addressee, whose);
    }
}

/// Whether somebody is one of the sides, or of the state of one; two politicians of one state may well differ.
pub(super) fn is_with(context: &Context<'_>, sides: &[EntityIndex], entity: EntityIndex) -> bool {
    let state = context.state_of(entity);
    let person = |entity: EntityIndex| context.entities.get(entity).kind == EntityKind::Person;
    sides.iter().any(|&side| {
        side == entity || state.is_some() && context.state_of(side) == state && !(person(side) && person(entity))
    })
}

/// Whose deed a statement is about.
fn author(context: &Context<'_>, drafts: &[Draft], index: usize) -> Vec<Filled> {
    let draft = &drafts[index];
    let speakers = draft.entities(Role::Speaker);
    let to_speaker = |other: &Draft| {
        other.entities(Role::Addressee).into_iter().any(|addressee| is_with(context, &speakers, addressee))
    };
    let earlier = |other: &&Draft| other.trigger < draft.trigger && draft.sentence - other.sentence <= REACH;
    let nearest = |fits: &dyn Fn(&Draft) -> bool, role: Role| {
        let told = drafts.iter().filter(earlier).filter(|other| fits(other) && !other.role(role).is_empty());
        told.max_by_key(|other| other.trigger).map(|other| other.role(role).to_vec()).unwrap_or_default()
    };
    let said = |stances: &[Stance], other: &Draft| {
        other.kind == EventType::Statement && other.stance.is_some_and(|s| stances.contains(&s)) && to_speaker(other)
    };
    let asked = |other: &Draft| said(&[Stance::Demand, Stance::Threaten], other);
    let Some(theme) = draft.theme else {
        return nearest(&asked, Role::Speaker);
    };
    let above = deed_above(context, draft, theme);
    if let Some((_, doers)) = above.as_ref().filter(|(_, doers)| !doers.is_empty()) {
        return doers.clone();
    }
    let theme = above.map_or(theme, |(deed, _)| deed);
    if context.document.token(theme).upos == Upos::Pron {
        // "Chad asked Mali for a refund. Mali turned **it** down."
        let denies =
            matches!(context.document.lemma(draft.trigger), "deny" | "dispute" | "dismiss" | "refute" | "reject");
        let last = |other: &Draft| {
            let blamed = denies && said(&[Stance::Criticize], other);
            draft.sentence - other.sentence <= 1 && (asked(other) || blamed)
        };
        return if draft.stance == Some(Stance::Reject) {
            nearest(&last, Role::Speaker)
        } else {
            doer_just_told(drafts, draft)
        };
    }
    if context.in_list(theme, "denied-nouns") {
        return nearest(&|other: &Draft| said(&[Stance::Criticize], other), Role::Speaker);
    }
    if draft.rule == "statement.demand-it" {
        let named = context.grammar().preposition(draft.trigger, "from").is_empty();
        return if named { decider(context, draft, theme) } else { Vec::new() };
    }
    if !is_known(context, draft.trigger, theme) {
        return Vec::new();
    }
    if context.in_list(theme, "attack-nouns") {
        let attack = |other: &Draft| other.kind == EventType::Attack && other.factuality == Factuality::Actual;
        let attackers = nearest(&attack, Role::Attacker);
        return if attackers.is_empty() { doer_of_same(context, draft, theme) } else { attackers };
    }
    if context.in_list(theme, "sanction-nouns") {
        let imposed = |other: &Draft| other.kind == EventType::Sanction && other.stage != Some(Stage::Lifted);
        return nearest(&imposed, Role::Sender);
    }
    if context.in_list(theme, "accusation-nouns") {
        return nearest(&|other: &Draft| said(&[Stance::Criticize], other), Role::Speaker);
    }
    if context.in_list(theme, "demand-nouns") {
        return nearest(&asked, Role::Speaker);
    }
    let stopped =
        nearest(&|other: &Draft| other.kind == EventType::Aid && other.stage == Some(Stage::Suspended), Role::Donor);
    if context.in_list(theme, "stopping-nouns") && !stopped.is_empty() {
        return stopped;
    }
    if context.in_list(theme, "agreement-core-nouns") {
        // "the border deal" may be another one; to denounce a treaty is to leave it.
        let bare = context.document.children(theme).all(|c| context.document.token(c).deprel == Deprel::Det);
        if !bare || context.document.lemma(draft.trigger) == "denounce" {
            return Vec::new();
        }
        return nearest(&|other: &Draft| other.kind == EventType::Agreement, Role::Party);
    }
    if !context.in_list(theme, "decision-nouns") {
        return Vec::new();
    }
    let same = doer_of_same(context, draft, theme);
    let near = if same.is_empty() { decider(context, draft, theme) } else { same };
    let others = !near.is_empty() && !near.iter().any(|f| is_with(context, &speakers, f.entity));
    if others { near } else { lead_decider(context, draft) }
}

/// "Y spoke of **Turkey's deal**, calling it absurd": the deed in the clause that a judgment of "it" hangs on, and whose it is.
fn deed_above(context: &Context<'_>, draft: &Draft, theme: usize) -> Option<(usize, Vec<Filled>)> {
    let document = context.document;
    let grammar = context.grammar();
    let hangs = document.token(draft.trigger).tag == Tag::Vbg
        && matches!(document.token(draft.trigger).deprel, Deprel::Advcl | Deprel::Xcomp);
    let verb = document.head(draft.trigger).filter(|&verb| hangs && grammar.is_verb(verb))?;
    if document.token(theme).upos != Upos::Pron {
        return None;
    }
    let below = document.children_by(verb, Deprel::Prep).flat_map(|prep| document.children_by(prep, Deprel::Pobj));
    let nouns = document.children_by(verb, Deprel::Dobj).chain(below);
    let lists = ["agreement-core-nouns", "attack-nouns", "decision-nouns", "sanction-nouns"];
    let deed = nouns
        .into_iter()
        .filter(|&noun| noun < draft.trigger)
        .find(|&noun| lists.iter().any(|list| context.in_list(noun, list)))?;
    let doers = grammar.subjects(deed).into_iter().chain(grammar.preposition(deed, "between"));
    let speakers = draft.entities(Role::Speaker);
    let mut sides = doers.map(|group| sides_of(context, group)).find(|sides| !sides.is_empty()).unwrap_or_default();
    sides.retain(|f| !is_with(context, &speakers, f.entity));
    Some((deed, sides))
}

/// "X launched an operation. Y condemned **the operation**": who does what the same noun names before, in words of the text.
fn doer_of_same(context: &Context<'_>, draft: &Draft, theme: usize) -> Vec<Filled> {
    let document = context.document;
    let start = document.sentences()[draft.sentence.saturating_sub(REACH)].tokens.start;
    let end = document.sentence_of(theme).tokens.start;
    let same = |&t: &usize| document.lemma(t) == document.lemma(theme) && document.token(t).upos == Upos::Noun;
    let doers = |t: usize| {
        let group = context.grammar().subjects(t).into_iter().next().unwrap_or_default();
        sides_of(context, group)
    };
    (start..end).rev().filter(same).map(doers).find(|doers| !doers.is_empty()).unwrap_or_default()
}

/// The sides that words denote.
fn sides_of(context: &Context<'_>, mentions: Vec<usize>) -> Vec<Filled> {
    let side = |entity: &EntityIndex| {
        let held = context.entities.get(*entity);
        match held.kind {
            EntityKind::Country | EntityKind::Organization | EntityKind::Person => true,
            EntityKind::Group => held.id.starts_with('Q'),
            EntityKind::Place | EntityKind::Other => false,
        }
    };
    let named = mentions.into_iter().flat_map(|mention| {
        context.actors(mention).into_iter().filter(side).map(move |entity| Filled { entity, mention })
    });
    named.collect()
}

/// "Moscow called **it** an act of terrorism": the attack or the sanction told last, at most a sentence before.
fn doer_just_told(drafts: &[Draft], draft: &Draft) -> Vec<Filled> {
    let deed = |other: &&Draft| {
        matches!(other.kind, EventType::Attack | EventType::Sanction)
            && other.trigger < draft.trigger
            && draft.sentence - other.sentence <= 1
    };
    let last = drafts.iter().filter(deed).max_by_key(|other| other.trigger);
    let role = |other: &Draft| if other.kind == EventType::Attack { Role::Attacker } else { Role::Sender };
    last.map(|other| other.role(role(other)).to_vec()).unwrap_or_default()
}

/// Whether a noun means a deed that has just been told, and nobody's by its own words: "the attack", "this decision", "X did Y, a
/// move that Z condemned".
fn is_known(context: &Context<'_>, trigger: usize, theme: usize) -> bool {
    let document = context.document;
    let owned = document.children(theme).any(|child| match document.token(child).deprel {
        Deprel::Poss => true,
        Deprel::Prep => matches!(document.lemma(child), "of" | "by" | "from" | "between"),
        Deprel::Relcl | Deprel::Acl => child != trigger,
        Deprel::Amod | Deprel::Compound => {
            document.token(child).upos == Upos::Propn || !context.actors(child).is_empty()
        }
        _ => false,
    });
    let article = document.children_by(theme, Deprel::Det).next().map(|det| document.lemma(det));
    let definite = matches!(article, Some("the" | "this" | "that" | "these" | "those"))
        || document.children_by(theme, Deprel::Amod).any(|c| document.word(c).eq_ignore_ascii_case("such"));
    !owned && (definite || is_remark(context, trigger, theme))
}

/// "X did Y, **a move** that Z condemned": in apposition, or right behind a comma, whatever the parser hangs it on.
fn is_remark(context: &Context<'_>, trigger: usize, theme: usize) -> bool {
    let document = context.document;
    let start = document.phrase(theme).start;
    let aside = start > 0 && matches!(document.word(start - 1), "," | "—" | "–");
    (document.token(theme).deprel == Deprel::Appos || aside)
        && document.head(trigger) == Some(theme)
        && matches!(document.token(trigger).deprel, Deprel::Acl | Deprel::Relcl)
}

/// Who does what the clause before tells: the subject of the sentence before, or of this one where the deed is named at its end.
fn decider(context: &Context<'_>, draft: &Draft, theme: usize) -> Vec<Filled> {
    let document = context.document;
    let root = |sentence: usize| {
        let mut tokens = document.sentences()[sentence].tokens.clone();
        tokens.find(|&t| document.head(t).is_none() && context.grammar().is_verb(t))
    };
    let reacts = |verb: usize| {
        ["condemning-verbs", "judging-verbs", "praising-verbs", "rejecting-verbs"]
            .iter()
            .any(|list| context.in_list(verb, list))
    };
    let told = if is_remark(context, draft.trigger, theme) {
        root(draft.sentence)
    } else {
        // "Norway called it unfair. Chile criticised the move": both speak of what was told before them.
        (draft.sentence.saturating_sub(REACH)..draft.sentence)
            .rev()
            .map(root)
            .find(|verb| !verb.is_some_and(reacts))
            .flatten()
    };
    let Some(root) = told else { return Vec::new() };
    let group = context.grammar().subjects(root).into_iter().next().unwrap_or_default();
    sides_of(context, group)
}

/// Whose decision the article is about: who acts in the headline and in the sentence below it.
fn lead_decider(context: &Context<'_>, draft: &Draft) -> Vec<Filled> {
    let document = context.document;
    let subject = |sentence: usize| {
        let mut tokens = document.sentences().get(sentence)?.tokens.clone();
        let root = tokens.find(|&t| document.head(t).is_none() && context.grammar().is_verb(t))?;
        let told = document.token(root).deprel == Deprel::Root && !context.in_list(root, "condemning-verbs");
        let group = context.grammar().subjects(root).into_iter().next().filter(|_| told)?;
        Some(sides_of(context, group)).filter(|sides| sides.len() == 1)
    };
    // Date lines and names of sections stand between the headline and the text.
    let below = (1..draft.sentence.min(LEAD)).find_map(subject);
    match (subject(0), below) {
        (Some(headline), Some(lead)) if is_with(context, &[headline[0].entity], lead[0].entity) => lead,
        _ => Vec::new(),
    }
}
