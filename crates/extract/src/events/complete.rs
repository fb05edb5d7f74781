//! Partial mentions completed from the rest of the article: "the new package includes" has its donor in the headline.
//!
//! Only where the article leaves no choice: every whole event of the type agrees on who the missing sides are.

use entente_model::{AidKind, EntityKind, EventType, Instrument, Role, Stage};
use entente_nlp::{Deprel, Tag, Upos};

use super::{
    aid, attack, borrow,
    context::Context,
    counterpart,
    draft::{Draft, Filled, core_roles},
    focus,
    merge::titles_agree,
    sanction, stance,
};

/// How many sentences away a whole event may stand that completes a partial one.
const REACH: usize = 5;
/// Sentences that speak for the whole article: headline and lead.
const LEAD: usize = 2;
/// Sentences of a short article.
const SHORT: usize = 30;

/// "Participants in the call included X and Y": those in the list met whoever the text has just said had the call.
fn complete_lists(drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        if !matches!(drafts[index].rule.as_str(), "call.participants" | "meeting.participants") {
            continue;
        }
        let before = |draft: &&Draft| {
            draft.kind == drafts[index].kind
                && draft.sentence < drafts[index].sentence
                && !draft.role(Role::Participant).is_empty()
        };
        // Of the headline and the lead the one with a date.
        let Some(told) = drafts.iter().filter(before).max_by_key(|d| (d.date.is_some(), usize::MAX - d.sentence))
        else {
            continue;
        };
        let (date, place, told) = (told.date, told.place, told.role(Role::Participant).to_vec());
        let mut participants = drafts[index].role(Role::Participant).to_vec();
        let new = |filled: &&Filled| participants.iter().all(|held| held.entity != filled.entity);
        let new: Vec<Filled> = told.iter().filter(new).copied().collect();
        participants.extend(new);
        drafts[index].set_role(Role::Participant, participants);
        drafts[index].date = drafts[index].date.or(date);
        drafts[index].place = drafts[index].place.or(place);
    }
}

/// "**Trump** said a deal with Vietnam had been reached": of a passive that names one side, the other is whose leader says so.
fn complete_by_speaker(context: &Context<'_>, draft: &mut Draft) {
    let [party] = draft.role(Role::Party) else { return };
    let party = *party;
    let grammar = context.grammar();
    let agentless = grammar.is_verb(draft.trigger)
        && grammar.is_passive(draft.trigger)
        && context.document.children_by(draft.trigger, Deprel::Agent).next().is_none();
    let with = context.document.head(party.mention).is_some_and(|word| context.document.lemma(word) == "with");
    let speaker = context.entities.speaker_of(draft.trigger).filter(|_| agentless && with);
    let Some(side) = speaker.and_then(|speaker| context.state_of(speaker)) else { return };
    if side != party.entity && context.state_of(party.entity) != Some(side) {
        draft.set_role(Role::Party, vec![Filled { entity: side, mention: draft.trigger }, party]);
    }
}

/// Fills missing core roles of aid, agreements, attacks and sanctions from whole events of the same type, close by or in the lead.
pub(crate) fn complete(context: &Context<'_>, drafts: &mut Vec<Draft>) {
    complete_lists(drafts);
    attack::complete_fighting(context, drafts);
    for draft in drafts.iter_mut().filter(|d| d.kind == EventType::Agreement) {
        complete_by_speaker(context, draft);
    }
    attack::complete_claimed(drafts);
    attack::complete_retold(context, drafts);
    attack::complete_invaded(context, drafts);
    attack::name_killers(context, drafts);
    for draft in drafts.iter_mut().filter(|d| d.kind == EventType::Aid) {
        if let Some(country) =
            borrow::recipient_in_need(context, draft).or_else(|| borrow::recipient_in_place(context, draft))
        {
            draft.set_role(Role::Recipient, vec![country]);
        }
    }
    stance::complete(context, drafts);
    sanction::take_up(context, drafts);
    for kind in [EventType::Aid, EventType::Agreement, EventType::Attack, EventType::Sanction] {
        let whole: Vec<Draft> = drafts
            .iter()
            .filter(|d| d.kind == kind && has_all_sides(d) && borrow::may_lend(context, d))
            .cloned()
            .collect();
        for draft in drafts.iter_mut().filter(|d| d.kind == kind && !has_all_sides(d)) {
            let plain = borrow::may_borrow(context, draft, &whole);
            if !plain {
                continue;
            }
            let near = |other: &&Draft| other.sentence < LEAD || other.sentence.abs_diff(draft.sentence) <= REACH;
            let between = if kind == EventType::Agreement { borrow::named_between(context, draft) } else { Vec::new() };
            let of_those = |other: &&Draft| between.iter().all(|side| other.entities(Role::Party).contains(side));
            // "the Water Treaty" does not take its parties from "the Trade Agreement".
            let fitting: Vec<&Vec<(Role, Vec<Filled>)>> = whole
                .iter()
                .filter(near)
                .filter(of_those)
                .filter(|other| titles_agree(draft, other))
                .map(|other| &other.roles)
                .filter(|roles| consistent(draft, roles))
                .collect();
            if let Some(pattern) = agreed(&fitting).filter(|pattern| !headline_objects(context, draft, pattern)) {
                fill_from(draft, pattern);
            }
        }
    }
    counterpart::complete(context, drafts);
    focus::complete(context, drafts);
    focus::complete_donors(drafts);
    focus::complete_deliveries(context, drafts);
    for draft in drafts.iter_mut().filter(|d| d.kind == EventType::Aid && d.role(Role::Recipient).is_empty()) {
        if let Some(side) = recipient_in_headline(context, draft).filter(|side| {
            !focus::hinders(context, draft.trigger, side.entity)
                && !focus::stays_home(context, draft)
                && !focus::goes_through(context, draft)
        }) {
            draft.set_role(Role::Recipient, vec![side]);
        }
    }
    sanction::aim(context, drafts);
    for draft in drafts.iter_mut().filter(|d| d.kind == EventType::Sanction && d.role(Role::Target).is_empty()) {
        if let Some(side) = target_in_headline(context, draft) {
            draft.set_role(Role::Target, vec![side]);
        }
    }
}

/// "Costs on Russia" makes Russia the target of "sanctions on 70 entities": the one other state that the headline names.
fn target_in_headline(context: &Context<'_>, draft: &Draft) -> Option<Filled> {
    let short = context.document.sentences().len() <= SHORT;
    let document = context.document;
    // "a tariff on goods from Switzerland" names its own.
    let named = |theme: usize| {
        document.phrase(theme).any(|t| {
            context.actors(t).iter().any(|&e| {
                context.entities.get(e).kind == EntityKind::Country && !draft.entities(Role::Sender).contains(&e)
            })
        })
    };
    if !short || draft.sentence == 0 || named(draft.theme.unwrap_or(draft.trigger)) {
        return None;
    }
    let aside = matches!(document.token(draft.trigger).deprel, Deprel::Acl | Deprel::Relcl);
    let before = document.children_by(draft.trigger, Deprel::Aux).any(|aux| document.lemma(aux) == "have");
    let headline = document.sentences().first().filter(|_| !aside && !before)?;
    let told = headline.tokens.clone().any(|token| context.in_list(token, "sanction-headline-words"));
    told.then(|| other_state_in_headline(context, &draft.entities(Role::Sender), true)).flatten()
}

/// Whether the headline names another recipient than a pattern does: then the text leaves a choice.
fn headline_objects(context: &Context<'_>, draft: &Draft, pattern: &[(Role, Vec<Filled>)]) -> bool {
    let held = pattern.iter().find(|(role, _)| *role == Role::Recipient);
    draft.kind == EventType::Aid
        && draft.role(Role::Recipient).is_empty()
        && recipient_in_headline(context, draft)
            .is_some_and(|side| held.is_some_and(|(_, filled)| filled.iter().all(|f| f.entity != side.entity)))
}

/// Aid with a sum, or named by a noun that means aid whatever the verb.
pub(super) fn is_plain_aid(context: &Context<'_>, draft: &Draft) -> bool {
    draft.amount.is_some() || draft.theme.is_some_and(|theme| context.in_list(theme, "aid-core-nouns"))
}

/// "Norway sends tents to Kenya" makes Kenya the recipient of "the aid worth $5 million": the one other side that the headline names.
fn recipient_in_headline(context: &Context<'_>, draft: &Draft) -> Option<Filled> {
    let donors = draft.entities(Role::Donor);
    // "discussed their support" is too vague to be for whom the headline names.
    let vague = draft.amount.is_none() && matches!(draft.rule.as_str(), "aid.propose" | "aid.raise");
    if !is_plain_aid(context, draft) || vague {
        return None;
    }
    let headline = context.document.sentences().first().filter(|_| !donors.is_empty() && draft.sentence > 0)?;
    let short = context.document.sentences().len() <= SHORT && !is_aside(context, draft);
    let of_donor = |entity: usize| {
        donors.iter().any(|&d| {
            let (held, donor) = (context.entities.get(entity), context.entities.get(d));
            d == entity || held.country == Some(d) || donor.country == Some(entity)
        })
    };
    let gives = || headline.tokens.clone().any(|token| context.actors(token).into_iter().any(of_donor));
    let side = other_state_in_headline(context, &donors, false)?;
    // News that is short and mostly about one state is about help for it; what a government publishes need not be.
    let focus = || {
        let mentions = |entity: usize| context.entities.get(entity).mentions.len();
        let others = (0..context.entities.all().len())
            .filter(|&e| e != side.entity && !of_donor(e) && context.entities.get(e).kind == EntityKind::Country);
        context.entities.publisher().is_none()
            && others.map(mentions).max().is_none_or(|most| most < mentions(side.entity))
    };
    let of_aid = headline.tokens.clone().any(|token| context.in_list(token, "aid-nouns"));
    // The headline of a long article must speak of aid itself.
    (of_aid || short && (gives() || focus())).then_some(side)
}

/// The one state that the headline names beside somebody and their own; where `passive`, not as somebody who acts.
fn other_state_in_headline(context: &Context<'_>, known: &[usize], passive: bool) -> Option<Filled> {
    let headline = context.document.sentences().first().filter(|_| !known.is_empty())?;
    let mut sides: Vec<Filled> = Vec::new();
    for mention in headline.tokens.clone() {
        let modifies = matches!(context.document.token(mention).deprel, Deprel::Amod | Deprel::Compound | Deprel::Nmod);
        let subject = context.document.token(mention).deprel == Deprel::Nsubj;
        // "Senior U.S. officials discuss aid": those who act get nothing.
        let acts = subject && (passive || context.document.token(mention).upos == Upos::Noun);
        for entity in context.actors(mention) {
            let held = context.entities.get(entity);
            // "Czech-led", "the Cairo talks": who leads and where, not for whom; "Ukraine war" is about Ukraine.
            let leads = mention + 1 < headline.tokens.end && context.document.word(mention + 1) == "-";
            if acts || leads || modifies && !held.name.ends_with(context.document.word(mention)) {
                continue;
            }
            let own =
                known.iter().any(|d| context.entities.get(*d).country == Some(entity) || held.country == Some(*d));
            if held.kind == EntityKind::Country
                && !own
                && !known.contains(&entity)
                && sides.iter().all(|s| s.entity != entity)
            {
                sides.push(Filled { entity, mention });
            }
        }
    }
    if let [side] = sides[..] { Some(side) } else { None }
}

/// "thanked X for Poland's leadership in providing aid": a gerund without a subject of its own tells nothing of the donor's own giving.
fn is_aside(context: &Context<'_>, draft: &Draft) -> bool {
    let token = context.document.token(draft.trigger);
    token.tag == Tag::Vbg && matches!(token.deprel, Deprel::Pcomp | Deprel::Conj)
}

/// The kind that aid between two sides has in the rest of the article, where a mention does not say it; else what banks of
/// states lend is financial, and what others give after a disaster humanitarian.
pub(crate) fn settle_kinds(context: &Context<'_>, drafts: &mut [Draft]) {
    let sides = |d: &Draft| (d.entities(Role::Donor), d.entities(Role::Recipient));
    for index in 0..drafts.len() {
        if drafts[index].kind != EventType::Aid || drafts[index].aid_kind.is_some() {
            continue;
        }
        let mut kinds: Vec<_> = drafts
            .iter()
            .filter(|d| d.kind == EventType::Aid && sides(d) == sides(&drafts[index]))
            .filter_map(|d| d.aid_kind)
            .collect();
        kinds.dedup();
        drafts[index].aid_kind = match kinds[..] {
            [kind] => Some(kind),
            [] if drafts[index].amount.is_some() && aid::is_lent(context, &drafts[index]) => Some(AidKind::Financial),
            [] if focus::is_relief(context, &drafts[index]) => Some(AidKind::Humanitarian),
            _ => None,
        };
    }
}

pub(super) fn has_all_sides(draft: &Draft) -> bool {
    match draft.kind {
        EventType::Agreement => draft.role(Role::Party).len() >= 2,
        kind => core_roles(kind).iter().all(|role| !draft.role(*role).is_empty()),
    }
}

/// Whether every side that the mention itself names stands in the same role in the pattern.
pub(super) fn consistent(draft: &Draft, pattern: &[(Role, Vec<Filled>)]) -> bool {
    draft.roles.iter().all(|(role, filled)| {
        pattern
            .iter()
            .find(|(r, _)| r == role)
            .is_none_or(|(_, held)| filled.iter().all(|f| held.iter().any(|h| h.entity == f.entity)))
    })
}

/// The roles that all patterns share.
pub(super) fn agreed<'a>(whole: &[&'a Vec<(Role, Vec<Filled>)>]) -> Option<&'a Vec<(Role, Vec<Filled>)>> {
    let first = whole.first()?;
    let sides = |pattern: &[(Role, Vec<Filled>)]| -> Vec<(Role, Vec<usize>)> {
        pattern
            .iter()
            .map(|(role, filled)| {
                let mut entities: Vec<usize> = filled.iter().map(|f| f.entity).collect();
                entities.sort_unstable();
                (*role, entities)
            })
            .collect()
    };
    whole.iter().all(|other| sides(first) == sides(other)).then_some(*first)
}

pub(super) fn fill_from(draft: &mut Draft, pattern: &[(Role, Vec<Filled>)]) {
    let stated: Vec<usize> = draft.roles.iter().flat_map(|(_, f)| f.iter().map(|f| f.entity)).collect();
    // "the need for more aid to X": who gives is not always who is asked.
    let asked = |role: Role| draft.rule == "aid.request-noun" && role == Role::Donor;
    for (role, held) in pattern.iter().filter(|(role, _)| !asked(*role)).collect::<Vec<_>>() {
        if draft.kind == EventType::Agreement {
            draft.set_role(*role, held.clone());
        } else if draft.role(*role).is_empty() {
            let left: Vec<Filled> = held.iter().copied().filter(|h| !stated.contains(&h.entity)).collect();
            draft.set_role(*role, left);
        }
    }
}

/// "signed a memorandum on trade": alone, an order to one's own offices.
fn is_order(draft: &Draft) -> bool {
    draft.details.instrument == Some(Instrument::Memorandum)
        && draft.title.as_ref().is_none_or(|title| !title.to_lowercase().contains("understanding"))
}

/// "The minister **and the rebel chief** signed the pact": whoever that is signs too.
fn has_unknown_partner(context: &Context<'_>, draft: &Draft) -> bool {
    let subjects = context.grammar().subjects(draft.trigger);
    let document = context.document;
    let joined =
        |t: usize| document.token(t).deprel == Deprel::Conj || document.children_by(t, Deprel::Conj).next().is_some();
    let unknown = |&token: &usize| {
        joined(token) && context.actors(token).is_empty() && context.entities.place_of(token).is_none()
    };
    draft.stage == Some(Stage::Signed) && subjects.iter().any(|group| group.len() > 1 && group.iter().any(unknown))
}

/// Whether an event names enough to be asserted.
pub(crate) fn is_whole(context: &Context<'_>, draft: &Draft) -> bool {
    match draft.kind {
        EventType::Meeting | EventType::Call => draft.role(Role::Participant).len() >= 2,
        // What one side does to an instrument, it does alone; nobody agrees alone.
        EventType::Agreement => {
            let alone = matches!(
                draft.stage,
                Some(
                    Stage::Ratified
                        | Stage::Withdrawn
                        | Stage::Violated
                        | Stage::Rejected
                        | Stage::Suspended
                        | Stage::Signed
                )
            );
            // "The actor signed a contract with X": whoever X signed with is no side.
            let partner = |f: &Filled| {
                let document = context.document;
                document.token(f.mention).deprel == Deprel::Pobj
                    && document.head(f.mention).is_some_and(|word| matches!(document.lemma(word), "with" | "between"))
            };
            match draft.role(Role::Party) {
                [] => false,
                [party] => alone && !partner(party) && !has_unknown_partner(context, draft) && !is_order(draft),
                _ => true,
            }
        }
        EventType::Aid => {
            let recipient = !draft.role(Role::Recipient).is_empty();
            // Who asks for aid is named, whom it is asked of often not.
            recipient
                && !aid::is_deployment(context, draft)
                && (!draft.role(Role::Donor).is_empty() || draft.stage == Some(Stage::Requested))
        }
        EventType::Attack => {
            let verb = !matches!(draft.rule.as_str(), "attack.noun" | "attack.weapon");
            !draft.role(Role::Target).is_empty()
                && attack::is_violent(context, draft)
                && !attack::is_by_others(context, draft)
                && !attack::is_between_unnamed(context, draft)
                && (verb || !draft.role(Role::Attacker).is_empty() || attack::is_told_alone(context, draft))
        }
        // Who cooperates, or fails to, may stand on one side: "Jordan and the United States held an exercise".
        EventType::Cooperate => draft.role(Role::Actor).len() + draft.role(Role::Recipient).len() >= 2,
        EventType::Reject if draft.details.subject.is_none() => {
            draft.role(Role::Actor).len() + draft.role(Role::Recipient).len() >= 2
        }
        // A stance on something has that, or somebody, to be about.
        EventType::Accuse | EventType::Support
            if draft.details.subject.is_none() && draft.role(Role::Recipient).is_empty() =>
        {
            false
        }
        // "Egypt lifted the state of emergency": whom it is done to may be nobody in particular.
        kind if kind.is_plover() => {
            let rule = || context.rules.rules().iter().find(|rule| rule.id == draft.rule);
            !draft.role(Role::Actor).is_empty()
                && (!draft.role(Role::Recipient).is_empty()
                    || rule().is_some_and(|rule| rule.is_optional(Role::Recipient)))
        }
        kind => core_roles(kind).iter().all(|role| !draft.role(*role).is_empty()),
    }
}
