//! Whom aid is for where its sentence names the giver alone: "Australia sent 64 rescuers" in an article on a quake in Vanuatu.
//!
//! In: the drafts of an article. Out: a recipient for a gift without one: the other party of the pact told right there, whom the
//! gifts before it are for, else the state that the article is about, where the text leaves no choice.

use std::ops::Range;

use entente_model::{AidKind, EntityKind, EventType, Role, Stage};
use entente_nlp::{Deprel, Tag, Upos};

use super::{
    aid,
    context::Context,
    counterpart,
    draft::{Draft, Filled},
    gapping,
};
use crate::entities::EntityIndex;

/// How many sentences before a gift another gift may stand whose recipient it shares.
const CHAIN: usize = 3;
/// Sentences that open an article: headline, line of date and lead.
const OPENING: usize = 4;

/// Gives gifts without a recipient the one that the article leaves no choice about.
pub(super) fn complete(context: &Context<'_>, drafts: &mut [Draft]) {
    let lacks =
        |d: &Draft| d.kind == EventType::Aid && !d.role(Role::Donor).is_empty() && d.role(Role::Recipient).is_empty();
    // What a government publishes is about its own doings.
    if context.entities.publisher().is_some() {
        return;
    }
    let mut order: Vec<usize> = (0..drafts.len()).filter(|&index| lacks(&drafts[index])).collect();
    order.sort_by_key(|&index| drafts[index].trigger);
    for index in order {
        if !is_gift(context, &drafts[index]) {
            // "visited X and announced a package": of what is told so vaguely only whom the giver is with says whose it is.
            let side = Some(&drafts[index])
                .filter(|gift| is_package(context, gift))
                .and_then(|gift| counterpart::of_giver(context, drafts, gift))
                .filter(|side| may_receive(context, &drafts[index], *side));
            drafts[index].set_role(Role::Recipient, side.into_iter().collect());
            continue;
        }
        let recipient = of_agreement(drafts, &drafts[index])
            .or_else(|| counterpart::of_giver(context, drafts, &drafts[index]))
            .or_else(|| of_gifts_before(drafts, &drafts[index]))
            .or_else(|| of_all_gifts(context, drafts))
            .or_else(|| of_article(context, drafts, &drafts[index]));
        if let Some(side) = recipient.filter(|side| may_receive(context, &drafts[index], *side)) {
            drafts[index].set_role(Role::Recipient, vec![side]);
        }
    }
}

/// "Japan gave Fiji boats. The Philippines will **get** radars": whoever gave right before gives again, if it is one alone.
pub(super) fn complete_donors(drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        let gift = &drafts[index];
        let lacks = gift.rule == "aid.receive" && gift.role(Role::Donor).is_empty() && gift.theme.is_some();
        if !lacks || gift.items.is_empty() && gift.amount.is_none() {
            continue;
        }
        let before =
            |d: &&Draft| d.kind == EventType::Aid && d.trigger < gift.trigger && gift.sentence - d.sentence <= 1;
        let mut donors: Vec<&[Filled]> = drafts.iter().filter(before).map(|d| d.role(Role::Donor)).collect();
        donors.retain(|donors| !donors.is_empty());
        let Some(&donor) = donors.last().and_then(|given| given.first()) else { continue };
        let recipient = gift.entities(Role::Recipient);
        let alone = donors.iter().all(|given| given.iter().all(|f| f.entity == donor.entity));
        if alone && !recipient.contains(&donor.entity) {
            drafts[index].set_role(Role::Donor, vec![donor]);
        }
    }
}

/// "a military package", "a package of food": what may be aid and may be for one's own people.
fn is_package(context: &Context<'_>, draft: &Draft) -> bool {
    draft.stage != Some(Stage::Requested)
        && draft.theme.is_some_and(|theme| context.in_list(theme, "aid-core-nouns"))
        && matches!(draft.aid_kind, Some(AidKind::Military | AidKind::Humanitarian))
}

/// "Japan gave Fiji boats. **The first** was handed over in May": of what is delivered without a word of who gives, whoever gave
/// right before, if it is one alone; and to whom.
pub(super) fn complete_deliveries(context: &Context<'_>, drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        let gift = &drafts[index];
        let verb = gift.trigger;
        let told_so = matches!(gift.rule.as_str(), "aid.arrive" | "aid.give")
            && (gift.rule == "aid.arrive" || context.grammar().is_passive(verb));
        let part = is_part(context, gift);
        let lacks = gift.role(Role::Donor).is_empty() && told_so && (part || is_definite(context, gift));
        if !lacks || context.document.children_by(verb, Deprel::Agent).next().is_some() {
            continue;
        }
        let before = |d: &&Draft| {
            d.kind == EventType::Aid
                && d.stage != Some(Stage::Requested)
                && (d.trigger < verb || d.sentence < gift.sentence)
                && gift.sentence - d.sentence.min(gift.sentence) <= 1
                && !d.role(Role::Donor).is_empty()
                && (part || d.items.iter().any(|item| gift.items.iter().any(|other| other.name == item.name)))
        };
        let given: Vec<&Draft> = drafts.iter().filter(before).collect();
        let only = |role: Role| -> Option<Filled> {
            let first = given.iter().rev().flat_map(|d| d.role(role)).next().copied()?;
            given.iter().flat_map(|d| d.role(role)).all(|f| f.entity == first.entity).then_some(first)
        };
        let (donor, recipient) = (only(Role::Donor), only(Role::Recipient));
        let Some(donor) = donor else { continue };
        if drafts[index].entities(Role::Recipient).contains(&donor.entity) {
            continue;
        }
        if drafts[index].role(Role::Recipient).is_empty() {
            let side = recipient.filter(|side| may_receive(context, &drafts[index], *side));
            drafts[index].set_role(Role::Recipient, side.into_iter().collect());
        }
        drafts[index].set_role(Role::Donor, vec![donor]);
    }
}

/// "**the** trucks", "**the last of the** tanks": what the text has spoken of.
fn is_definite(context: &Context<'_>, gift: &Draft) -> bool {
    gift.theme.is_some_and(|theme| context.is_definite(theme))
}

/// "the **first batch**", "the **package**": a part of what has been told of, whatever it consists of.
fn is_part(context: &Context<'_>, gift: &Draft) -> bool {
    let part = |theme: usize| context.document.phrase(theme).any(|t| context.in_list(t, "part-words"));
    is_definite(context, gift) && gift.theme.is_some_and(part)
}

/// Whether what is told is surely given to another side: things or a sum that somebody sends or promises, or what the words call aid.
fn is_gift(context: &Context<'_>, draft: &Draft) -> bool {
    let Some(theme) = draft.theme else { return false };
    let decides = matches!(draft.rule.as_str(), "aid.announce" | "aid.approve" | "aid.propose" | "aid.refuse");
    let gives = !decides || context.in_list(draft.trigger, "aid-pledging-verbs");
    // "sent fighter jets": arms that are sent somewhere are not therefore given.
    let deploys = draft.aid_kind == Some(AidKind::Military)
        && context.in_list(draft.trigger, "deploying-verbs")
        && !is_of_disaster(context);
    let called_aid = || {
        let phrase = context.document.phrase(theme);
        // "announced $2 million in humanitarian help": the parser hangs it on the verb now and then.
        let beside = context.grammar().preposition(draft.trigger, "in").into_iter().flatten();
        let beside = beside.flat_map(|t| context.document.phrase(t));
        phrase.chain([theme]).chain(beside).any(|t| context.in_list(t, "aid-words"))
    };
    let known = |f: &Filled| {
        let held = context.entities.get(f.entity);
        held.kind == EntityKind::Country || held.country.is_some() || held.id.starts_with('Q') && !held.id.contains('-')
    };
    let earned = || context.document.phrase(theme).any(|t| context.in_list(t, "trade-nouns"));
    draft.stage != Some(Stage::Requested)
        && !earned()
        && draft.role(Role::Donor).iter().all(known)
        && (draft.rule == "aid.help-offered"
            || called_aid()
            || draft.amount.is_some() && aid::is_lent(context, draft)
            || gives && !deploys && (draft.amount.is_some() || !draft.items.is_empty()))
}

/// "Chile signed a pact with Peru under which it will give": the other party of an agreement told right there.
fn of_agreement(drafts: &[Draft], gift: &Draft) -> Option<Filled> {
    let near =
        |d: &&Draft| d.kind == EventType::Agreement && d.sentence <= gift.sentence && gift.sentence - d.sentence <= 1;
    let told = drafts.iter().filter(near).max_by_key(|d| (d.sentence, d.trigger))?;
    let donors = gift.entities(Role::Donor);
    match told.role(Role::Party) {
        [first, second] if donors == [first.entity] => Some(*second),
        [first, second] if donors == [second.entity] => Some(*first),
        _ => None,
    }
}

/// The one recipient of the gifts told in the sentences right before.
fn of_gifts_before(drafts: &[Draft], gift: &Draft) -> Option<Filled> {
    let before =
        |d: &&Draft| d.kind == EventType::Aid && d.trigger < gift.trigger && gift.sentence - d.sentence <= CHAIN;
    let last =
        drafts.iter().filter(before).filter(|d| !d.role(Role::Recipient).is_empty()).max_by_key(|d| d.trigger)?;
    match last.role(Role::Recipient) {
        [side] => Some(*side),
        _ => None,
    }
}

/// The one recipient of all gifts that the article tells: two of them at least, or one for a state that the headline names.
fn of_all_gifts(context: &Context<'_>, drafts: &[Draft]) -> Option<Filled> {
    let body = |f: &Filled| context.entities.get(f.entity).kind == EntityKind::Organization;
    // An agency that appeals for money does so for somebody else.
    let asks = |d: &Draft| d.stage == Some(Stage::Requested) && d.role(Role::Recipient).iter().all(body);
    let given: Vec<Filled> = drafts
        .iter()
        .filter(|d| d.kind == EventType::Aid && !asks(d))
        .flat_map(|d| d.role(Role::Recipient).iter().copied())
        .collect();
    let (first, rest) = given.split_first()?;
    let headline = context.document.sentences().first()?.tokens.clone();
    let in_headline = || headline.clone().any(|t| context.actors(t).contains(&first.entity));
    (rest.iter().all(|side| side.entity == first.entity) && (!rest.is_empty() || in_headline())).then_some(*first)
}

/// The state that an article is about: it stands in the opening, and of those that give nothing no other is named nearly as often.
fn of_article(context: &Context<'_>, drafts: &[Draft], gift: &Draft) -> Option<Filled> {
    let entities = context.entities;
    let sentences = context.document.sentences();
    let start = |sentence: usize| sentences.get(sentence).map_or(context.document.tokens().len(), |s| s.tokens.start);
    let (opening, nearby) = (opening(context), start(gift.sentence.saturating_sub(2))..start(gift.sentence));
    let donors: Vec<Option<EntityIndex>> =
        gift.entities(Role::Donor).into_iter().map(|donor| context.state_of(donor)).collect();
    let givers = givers(context, drafts);
    let counts = mentions_of_states(context);
    let (giving, mut others): (Vec<_>, Vec<_>) =
        counts.into_iter().partition(|(_, state)| donors.contains(&Some(*state)));
    others.retain(|(_, state)| !givers.contains(state));
    others.sort_unstable_by_key(|&(count, state)| (std::cmp::Reverse(count), state));
    let most = others.first()?.0;
    // A land without a name of its own in the text is called by its part: Gaza.
    let named = |t: usize, state: EntityIndex| {
        let part = || {
            let place = entities.place_of(t)?;
            let larger = entities.get(place).mentions.len() > entities.get(state).mentions.len();
            (larger && context.state_of(place) == Some(state)).then_some(place)
        };
        let entity = if context.actors(t).contains(&state) { Some(state) } else { part() };
        entity.map(|entity| Filled { entity, mention: t })
    };
    let find = |mut tokens: Range<usize>, state: EntityIndex| tokens.find_map(|t| named(t, state));
    let first = others.iter().filter(|&&(count, _)| count == most).map(|&(_, state)| state);
    let first: Vec<EntityIndex> = first.collect();
    // Where those who fight are named most, who is helped is not said by counting, unless it is about a disaster.
    let disaster = is_of_disaster(context);
    if !disaster && first.iter().any(|&state| attacks(context, drafts, state)) {
        return None;
    }
    if let [state] = first[..] {
        let giver = giving.iter().map(|&(count, _)| count).max().unwrap_or(0);
        let told = find(0..start(1), state);
        // Of two states named much alike the headline must name one alone.
        let rivals: Vec<EntityIndex> =
            others[1..].iter().filter(|&&(count, _)| count * 3 > most * 2).map(|&(_, state)| state).collect();
        if !rivals.is_empty() && (told.is_none() || rivals.iter().any(|&rival| find(0..start(1), rival).is_some())) {
            return None;
        }
        // Whose aid is held back is seldom the one that an article is about.
        let held_back = matches!(gift.stage, Some(Stage::Suspended | Stage::Refused));
        let plain = told.filter(|_| disaster || most * 2 >= giver);
        let lead = || find(opening, state).or_else(|| find(nearby.clone(), state));
        return plain.or_else(|| lead().filter(|_| most >= giver && !held_back));
    }
    let near: Vec<Filled> = first.iter().filter_map(|&state| find(nearby.clone(), state)).collect();
    if let [side] = near[..] { Some(side) } else { None }
}

/// Whether an article opens with a disaster: a quake, a flood, an outbreak.
fn is_of_disaster(context: &Context<'_>) -> bool {
    opening(context).any(|t| context.in_list(t, "disaster-nouns") && !context.grammar().is_verb(t))
}

fn opening(context: &Context<'_>) -> Range<usize> {
    0..context.document.sentences().get(OPENING).map_or(context.document.tokens().len(), |s| s.tokens.start)
}

/// Whether a gift is for a state that the opening of an article names beside a disaster.
pub(super) fn is_relief(context: &Context<'_>, gift: &Draft) -> bool {
    let states: Vec<_> = gift.entities(Role::Recipient).iter().map(|&e| context.state_of(e)).collect();
    let struck = |e: EntityIndex| context.state_of(e).is_some_and(|state| states.contains(&Some(state)));
    let named = |t: usize| context.actors(t).into_iter().chain(context.entities.place_of(t)).any(struck);
    is_of_disaster(context) && opening(context).any(named)
}

/// The states that give somewhere in the article and receive nowhere.
fn givers(context: &Context<'_>, drafts: &[Draft]) -> Vec<EntityIndex> {
    let states = |role: Role| -> Vec<EntityIndex> {
        let abroad = |d: &&Draft| {
            let told = d.kind == EventType::Aid && d.stage != Some(Stage::Requested);
            told && (!d.role(Role::Recipient).is_empty() || !has_taker(context, d) && !gives_at_home(context, d))
        };
        let gifts = drafts.iter().filter(abroad);
        gifts.flat_map(|d| d.entities(role)).filter_map(|entity| context.state_of(entity)).collect()
    };
    let receiving = states(Role::Recipient);
    let shared = drafts.iter().flat_map(|d| gapping::givers(context, d)).filter_map(|e| context.state_of(e));
    states(Role::Donor).into_iter().chain(shared).filter(|state| !receiving.contains(state)).collect()
}

/// How often each state is named, with its people and places.
fn mentions_of_states(context: &Context<'_>) -> Vec<(usize, EntityIndex)> {
    let mut counts: Vec<(usize, EntityIndex)> = Vec::new();
    for (index, entity) in context.entities.all().iter().enumerate() {
        let country = |state: &EntityIndex| context.entities.get(*state).kind == EntityKind::Country;
        let Some(state) = context.state_of(index).filter(country) else { continue };
        match counts.iter_mut().find(|(_, held)| *held == state) {
            Some((count, _)) => *count += entity.mentions.len(),
            None => counts.push((entity.mentions.len(), state)),
        }
    }
    counts
}

/// Whether a state attacks anybody in the article.
fn attacks(context: &Context<'_>, drafts: &[Draft], state: EntityIndex) -> bool {
    let attack = |d: &&Draft| d.kind == EventType::Attack;
    let is = |f: &Filled| context.state_of(f.entity) == Some(state);
    // What a state does to its own people makes nobody else the victim.
    let abroad = |d: &&Draft| !d.role(Role::Target).iter().any(is);
    drafts.iter().filter(attack).filter(abroad).any(|d| d.role(Role::Attacker).iter().any(is))
}

/// Whether the clause of a gift leaves room for a recipient from elsewhere: it names no side but the giver and this one.
fn may_receive(context: &Context<'_>, gift: &Draft, side: Filled) -> bool {
    let donors = gift.entities(Role::Donor);
    let own = |entity: EntityIndex| {
        donors.iter().any(|&donor| donor == entity || context.state_of(donor) == context.state_of(entity))
    };
    let document = context.document;
    let other = |token: usize| {
        // "two helicopters **from Noumea**": where it comes from gets nothing.
        let from = document.token(token).deprel == Deprel::Pobj
            && document.head(token).is_some_and(|word| document.word(word).eq_ignore_ascii_case("from"));
        !from
            && context.actors(token).into_iter().chain(context.entities.place_of(token)).any(|entity| {
                let elsewhere = context.state_of(entity) != context.state_of(side.entity);
                context.state_of(entity).is_some()
                    && elsewhere
                    && !own(entity)
                    && !gapping::has_own_share(context, gift, token)
            })
    };
    // Its own clause: not what is joined to it.
    let joined = |t: usize| {
        let before = matches!(document.token(t).deprel, Deprel::Ccomp | Deprel::Parataxis) && t < gift.trigger;
        let apart = before || matches!(document.token(t).deprel, Deprel::Conj | Deprel::Advcl | Deprel::Relcl);
        t != gift.trigger && apart && context.grammar().is_verb(t)
    };
    let in_clause = |&t: &usize| {
        std::iter::once(t).chain(document.ancestors(t).take_while(|&a| a != gift.trigger)).all(|a| !joined(a))
    };
    !own(side.entity)
        && !has_taker(context, gift)
        && !stays_home(context, gift)
        && !goes_through(context, gift)
        && !hinders(context, gift.trigger, side.entity)
        && !document.subtree(gift.trigger).filter(in_clause).any(other)
}

/// "announced $1.8 million **through UNICEF** for the displaced": somebody passes it on, to whom the sentence leaves open; after
/// a disaster to those struck.
pub(super) fn goes_through(context: &Context<'_>, gift: &Draft) -> bool {
    let grammar = context.grammar();
    let channel = |t: usize| ["through", "via"].into_iter().any(|word| !grammar.preposition(t, word).is_empty());
    !is_of_disaster(context) && [Some(gift.trigger), gift.theme].into_iter().flatten().any(channel)
}

/// "promised each **family** 2,000 rupees": those whom help reaches, without a country.
fn gives_at_home(context: &Context<'_>, gift: &Draft) -> bool {
    let document = context.document;
    let object = |t: usize| matches!(document.token(t).deprel, Deprel::Dobj | Deprel::Dative | Deprel::Pobj);
    document.phrase(gift.trigger).any(|t| object(t) && Some(t) != gift.theme && context.in_list(t, "afflicted-nouns"))
}

/// Whether the clause of a gift says that somebody gets it, whoever that is: "promised each family 2,000 rupees".
fn has_taker(context: &Context<'_>, gift: &Draft) -> bool {
    let document = context.document;
    // "equipped the committee": somebody else gets it.
    let theme = gift.theme.unwrap_or(gift.trigger);
    let receives = document.children_by(gift.trigger, Deprel::Dobj).any(|object| {
        object != theme
            && document.token(object).upos != Upos::Pron
            && !context.in_list(object, "afflicted-nouns")
            && !document.ancestors(theme).any(|above| above == object)
            && context.money_at(object).is_none()
            && !context.is_item(object)
            && !gapping::has_own_share(context, gift, object)
    });
    // "sent $5 million to farmers": somebody else gets it.
    let goes_elsewhere = || {
        [Some(gift.trigger), gift.theme]
            .into_iter()
            .flatten()
            .flat_map(|t| document.children_by(t, Deprel::Prep))
            .filter(|&p| document.word(p).eq_ignore_ascii_case("to"))
            .flat_map(|p| document.children_by(p, Deprel::Pobj))
            .any(|object| !context.in_list(object, "afflicted-nouns") && context.money_at(object).is_none())
    };
    receives || goes_elsewhere()
}

/// "**Hungary** kept the EU from releasing the money": who stands in the way of a gift gets nothing.
pub(super) fn hinders(context: &Context<'_>, gift: usize, side: EntityIndex) -> bool {
    let document = context.document;
    document.sentence_of(gift).tokens.clone().any(|t| {
        document.token(t).deprel == Deprel::Nsubj
            && document.head(t).is_some_and(|verb| context.in_list(verb, "hindering-verbs"))
            && context.actors(t).contains(&side)
    })
}

/// "a package for **its own** farmers", "to cushion prices **at home**": what a state gives itself.
pub(super) fn stays_home(context: &Context<'_>, gift: &Draft) -> bool {
    let document = context.document;
    let words = document.phrase(gift.trigger).chain(gift.theme.into_iter().flat_map(|theme| document.phrase(theme)));
    let for_own = |t: usize| {
        let noun = document.head(t).filter(|_| document.token(t).tag == Tag::PrpS);
        // "for its part" says who, not for whom.
        let part = noun.is_some_and(|noun| document.lemma(noun) == "part");
        !part && noun.and_then(|noun| document.head(noun)).is_some_and(|p| document.word(p).eq_ignore_ascii_case("for"))
    };
    let at_home = |t: usize| document.lemma(t) == "home" && t > 0 && document.word(t - 1) == "at";
    words.into_iter().any(|t| document.lemma(t) == "domestic" || for_own(t) || at_home(t))
}
