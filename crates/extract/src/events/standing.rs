//! Agreements of which a sentence only says that they exist: "the 2018 agreement between X and Y", "X's pact with Y, signed in May".
//!
//! In: the article's sentences and the drafts of its rules. Out: an agreement for each noun of an instrument that no rule has
//! told of, with its sides in its own phrase or where the article speaks of it again, and a year, a participle or an article that
//! says that it was made.

use std::collections::BTreeMap;

use entente_model::{EntityKind, EventType, Factuality, Role, Stage};
use entente_nlp::{Deprel, Tag};

use super::{
    context::Context,
    draft::{Draft, Filled},
    fill,
};

/// What the events are told by, in place of a rule.
const RULE: &str = "agreement.noun";
/// The same, where nothing but an article says that it was made.
const KNOWN: &str = "agreement.known";
const CONFIDENCE: f64 = 0.85;

/// The agreements that the article names so.
pub(crate) fn find(context: &Context<'_>, drafts: &[Draft]) -> Vec<Draft> {
    let both = |d: &&Draft| d.kind == EventType::Agreement && d.role(Role::Party).len() > 1;
    let told = |t: usize| drafts.iter().filter(both).any(|d| d.trigger == t || d.theme == Some(t));
    let tokens = 0..context.document.tokens().len();
    let nouns = tokens.filter(|&t| context.in_list(t, "agreement-core-nouns") && !told(t));
    let counterparts = counterparts(context);
    nouns.filter_map(|noun| standing(context, noun, &counterparts)).collect()
}

fn standing(context: &Context<'_>, noun: usize, counterparts: &Counterparts) -> Option<Draft> {
    let document = context.document;
    if !matches!(document.token(noun).tag, Tag::Nn | Tag::Nnp) {
        return None;
    }
    let made = document.phrase(noun).find(|&t| {
        matches!(document.token(t).tag, Tag::Vbn | Tag::Vbd)
            && matches!(document.token(t).deprel, Deprel::Acl | Deprel::Relcl)
            && ["agreement-signing-verbs", "agreement-made-verbs"].iter().any(|list| context.in_list(t, list))
            && !context.grammar().negated(t)
    });
    let year = document.children(noun).any(|t| t < noun && is_year(document.word(t)));
    let rule = if made.is_some() || year { RULE } else { KNOWN };
    if rule == KNOWN && !is_known(context, noun) {
        return None;
    }
    let mut parties = parties(context, &sides(context, noun));
    if parties.len() == 1 {
        parties = elsewhere(context, noun, parties, counterparts);
    }
    if parties.len() < 2 {
        return None;
    }
    let mut draft = Draft::new(context, EventType::Agreement, made.unwrap_or(noun), rule, CONFIDENCE);
    draft.theme = Some(noun);
    let signed = made.is_some_and(|verb| context.in_list(verb, "agreement-signing-verbs"));
    draft.stage = Some(if signed { Stage::Signed } else { Stage::Agreed });
    draft.set_role(Role::Party, parties);
    Some(draft)
}

/// States and bodies that words name, each once.
fn parties(context: &Context<'_>, sides: &[usize]) -> Vec<Filled> {
    let mut parties: Vec<Filled> = Vec::new();
    for &token in sides {
        for entity in context.actors(token).into_iter().filter_map(|entity| fill::side(context, entity)) {
            let state = matches!(
                context.entities.get(entity).kind,
                EntityKind::Country | EntityKind::Organization | EntityKind::Group
            );
            if state && parties.iter().all(|held| held.entity != entity) {
                parties.push(Filled { entity, mention: token });
            }
        }
    }
    parties
}

/// With whom the article speaks of a deal, an accord, by noun, where it is always the same: "the deal with Y".
type Counterparts = BTreeMap<String, Option<Vec<Filled>>>;

fn counterparts(context: &Context<'_>) -> Counterparts {
    let document = context.document;
    let mut found = Counterparts::new();
    for noun in 0..document.tokens().len().saturating_sub(1) {
        // The parser gives "defended the deal with Y" to the defending.
        if document.word(noun + 1) != "with" || !context.in_list(noun, "agreement-core-nouns") {
            continue;
        }
        let sides = parties(context, &document.children_by(noun + 1, Deprel::Pobj).collect::<Vec<_>>());
        let entities = |sides: &[Filled]| sides.iter().map(|filled| filled.entity).collect::<Vec<_>>();
        if !sides.is_empty() {
            let held = found.entry(document.lemma(noun).to_owned()).or_insert_with(|| Some(sides.clone()));
            if held.as_ref().is_some_and(|held| entities(held) != entities(&sides)) {
                *held = None;
            }
        }
    }
    found
}

/// "Under the 2015 deal, X agreed to": the sides with whom the article says that X has the deal.
fn elsewhere(context: &Context<'_>, noun: usize, held: Vec<Filled>, counterparts: &Counterparts) -> Vec<Filled> {
    match counterparts.get(context.document.lemma(noun)) {
        Some(Some(sides)) if sides.iter().all(|side| side.entity != held[0].entity) => [held, sides.clone()].concat(),
        _ => held,
    }
}

/// Takes out agreements that are known by an article alone where the text tells of one between the same sides.
pub(super) fn drop_told(drafts: &mut Vec<Draft>) {
    let told: Vec<Vec<_>> = drafts
        .iter()
        .filter(|d| d.kind == EventType::Agreement && d.rule != KNOWN)
        .map(|d| d.entities(Role::Party))
        .collect();
    let same = |d: &Draft| {
        let parties = d.entities(Role::Party);
        told.iter().any(|other| parties.iter().filter(|party| other.contains(party)).count() >= 2)
    };
    drafts.retain(|d| d.rule != KNOWN || !same(d));
}

/// "the security agreement **between** X and Y": what has an article and its sides is there, unless it is sought, likely or ahead.
fn is_known(context: &Context<'_>, noun: usize) -> bool {
    let document = context.document;
    let definite = |t: usize| matches!(document.word(t).to_lowercase().as_str(), "the" | "this");
    let modified = |t: usize| t < noun && context.in_list(t, "coming-deal-words");
    let sides = context.grammar().preposition(noun, "between").into_iter().flatten().count();
    // "the idea of the pact", "the path to the deal"
    let above = document.head(noun).filter(|_| document.token(noun).deprel == Deprel::Pobj);
    let aim = above.is_some_and(|p| {
        let backed = || document.head(p).is_some_and(|word| document.lemma(word) == "support");
        matches!(document.lemma(p), "toward" | "towards" | "without")
            || document.lemma(p) == "for" && !backed()
            || document.head(p).is_some_and(|word| context.in_list(word, "coming-deal-words"))
    });
    document.children_by(noun, Deprel::Det).any(definite)
        && sides >= 2
        && !aim
        && !document.children(noun).any(modified)
        && context.grammar().status(noun).status == Factuality::Actual
}

/// The words that name the sides of an instrument: whose it is, between or with whom, and of "under a deal with X" who acts under it.
fn sides(context: &Context<'_>, noun: usize) -> Vec<usize> {
    let document = context.document;
    let grammar = context.grammar();
    let mut sides: Vec<usize> = Vec::new();
    for word in ["between", "with", "among"] {
        sides.extend(grammar.preposition(noun, word).into_iter().flatten());
    }
    for owner in document.children_by(noun, Deprel::Poss) {
        sides.extend(grammar.coordinated(owner));
    }
    let above = document.head(noun).filter(|_| document.token(noun).deprel == Deprel::Pobj);
    if let Some(preposition) = above.filter(|&p| document.word(p).eq_ignore_ascii_case("under")) {
        let verb = document.ancestors(preposition).take(3).find(|&verb| grammar.is_verb(verb));
        sides.extend(verb.and_then(|verb| grammar.surface_subject(verb)).into_iter().flatten());
        // "will buy jets **from X** under an agreement"
        let goods = verb.into_iter().flat_map(|verb| document.children_by(verb, Deprel::Dobj));
        let words = verb.into_iter().chain(goods).filter(|_| verb.is_some_and(|v| context.in_list(v, "dealing-verbs")));
        sides.extend(words.flat_map(|word| grammar.preposition(word, "from")).flatten());
    }
    // "an accord that **ended the war between X and Y**", "the accord ended the war between X and Y"
    let ends = document.children_by(noun, Deprel::Relcl).chain(
        document.head(noun).filter(|&verb| document.token(noun).deprel == Deprel::Nsubj && grammar.is_verb(verb)),
    );
    for verb in ends.filter(|&verb| context.in_list(verb, "settling-verbs")) {
        let wars = document.children_by(verb, Deprel::Dobj).filter(|&war| context.in_list(war, "settled-nouns"));
        sides.extend(wars.flat_map(|war| grammar.preposition(war, "between")).flatten());
    }
    // "a pact signed with X", "a ceasefire concluded in 1991 between X and Y"
    // Whoever brokers it is no side.
    let words = |verb: usize| {
        let brokered = context.in_list(verb, "mediating-verbs");
        if brokered { &["between"][..] } else { &["between", "with", "by"][..] }
    };
    let participles = document.children_by(noun, Deprel::Acl).map(|verb| (verb, words(verb)));
    let clauses = document.children_by(noun, Deprel::Relcl).map(|verb| (verb, &["between"][..]));
    for (participle, words) in participles.chain(clauses) {
        for word in words {
            sides.extend(grammar.preposition(participle, word).into_iter().flatten());
        }
    }
    sides
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse::<u16>().is_ok_and(|year| (1800..2100).contains(&year))
}
