//! What a sentence says of an event beyond its sides, date, place and sum.
//!
//! In: a draft whose roles, stage, sum, date and title are known. Out: its [`entente_model::Details`], and the roles of those who stand by:
//! hosts, mediators, witnesses. "a five-year loan under the relief programme" has a period and a whole that it is part of.
//! The words are in the lexicon; here are the constructions.

mod agreement;
mod attack;
mod company;
mod contents;
mod occasion;
mod package;
mod period;
mod sanction;
mod supply;
mod topic;
mod undersigned;

use std::{collections::BTreeSet, ops::Range};

use entente_model::{EventType, Role, Stage};
use entente_nlp::{Deprel, Tag, Upos};

use super::{context::Context, draft::Draft};
pub(crate) use package::{inside_parent, link_parents};
pub(crate) use period::is_period_of_aid;

/// Adds what the next sentences say of aid, sanctions and agreements that were told before, by verbs that tell no event themselves.
pub(crate) fn take_up(context: &Context<'_>, events: &mut [Draft]) {
    let told: BTreeSet<usize> = events.iter().flat_map(|event| [event.trigger, theme(event)]).collect();
    for (kind, take_up) in [
        (EventType::Aid, contents::take_up as fn(&Context<'_>, &mut [Draft], &[usize])),
        (EventType::Sanction, sanction::take_up),
        (EventType::Agreement, undersigned::take_up),
    ] {
        let Some(first) = events.iter().filter(|event| event.kind == kind).map(|event| event.trigger).min() else {
            continue;
        };
        let behind = first..context.document.tokens().len();
        let verbs: Vec<usize> =
            behind.filter(|verb| !told.contains(verb) && context.grammar().is_verb(*verb)).collect();
        take_up(context, events, &verbs);
    }
}

/// Fills the details of a draft.
pub(crate) fn read(context: &Context<'_>, draft: &mut Draft) {
    match draft.kind {
        EventType::Aid => {
            draft.details.period = period::read(context, draft);
            draft.details.supply = supply::read(context, draft);
            package::read(context, draft);
        }
        EventType::Agreement => {
            company::read(context, draft);
            agreement::read(context, draft);
            draft.details.period = period::read(context, draft);
        }
        EventType::Meeting => {
            company::read(context, draft);
            occasion::read(context, draft);
        }
        EventType::Attack => attack::read(context, draft),
        EventType::Sanction => sanction::read(context, draft),
        kind if kind.is_plover() => draft.details.subject = topic::read(context, draft),
        _ => {}
    }
}

/// Joins the details of a later mention: what the earlier one leaves open, and what a list lacks.
pub(crate) fn unite(held: &mut Draft, draft: &Draft) {
    let (own, new) = (&mut held.details, &draft.details);
    own.period = own.period.or(new.period);
    own.supply = own.supply.or(new.supply);
    own.number = own.number.or(new.number);
    own.part_of = own.part_of.take().or_else(|| new.part_of.clone());
    own.instrument = own.instrument.or(new.instrument);
    own.occasion = own.occasion.take().or_else(|| new.occasion.clone());
    own.killed = own.killed.or(new.killed);
    own.injured = own.injured.or(new.injured);
    own.attribution = own.attribution.or(new.attribution);
    // The longer name says more.
    if own.subject.as_ref().map_or(0, String::len) < new.subject.as_ref().map_or(0, String::len) {
        own.subject.clone_from(&new.subject);
    }
    extend(&mut own.parts, &new.parts);
    extend(&mut own.earlier, &new.earlier);
    extend(&mut own.weapons, &new.weapons);
    extend(&mut own.instruments, &new.instruments);
    own.instruments.sort_unstable();
    extend(&mut held.party_stages, &draft.party_stages);
    if held.kind == EventType::Meeting {
        held.title = held.title.take().or_else(|| draft.title.clone());
    }
}

fn extend<T: PartialEq + Clone>(own: &mut Vec<T>, new: &[T]) {
    for value in new {
        if !own.contains(value) {
            own.push(value.clone());
        }
    }
}

/// Takes back what only the whole event shows to be wrong: a side is no mediator of its own talks, nor their witness.
pub(crate) fn settle(draft: &mut Draft) {
    for (side, aside) in [
        (Role::Participant, Role::Mediator),
        (Role::Participant, Role::Witness),
        (Role::Party, Role::Mediator),
        (Role::Party, Role::Witness),
    ] {
        let sides = draft.entities(side);
        let left: Vec<_> = draft.role(aside).iter().copied().filter(|filled| !sides.contains(&filled.entity)).collect();
        if left.len() != draft.role(aside).len() {
            draft.set_role(aside, left);
        }
    }
}

/// The noun that an event is about: the aid, the treaty, the meeting.
fn theme(draft: &Draft) -> usize {
    draft.theme.unwrap_or(draft.trigger)
}

/// Whether an agreement has been made: talks and proposals have no signers.
pub(crate) fn is_made(draft: &Draft) -> bool {
    matches!(draft.stage, Some(Stage::Signed | Stage::Agreed | Stage::Ratified | Stage::InForce | Stage::Extended))
}

/// The words around an event in which somebody or something may be said of it: its trigger, its theme, and the verb that carries either.
fn carriers(context: &Context<'_>, draft: &Draft) -> Vec<usize> {
    let grammar = context.grammar();
    let mut carriers = vec![draft.trigger, theme(draft)];
    for noun in [draft.trigger, theme(draft)] {
        if !grammar.is_verb(noun) {
            carriers.extend(grammar.governor(noun));
            // "talks between X and Y took place under the auspices of Z"
            let subject = matches!(context.document.token(noun).deprel, Deprel::Nsubj | Deprel::Nsubjpass);
            carriers.extend(context.document.head(noun).filter(|&head| {
                subject && (context.in_list(head, "happening-verbs") || context.in_list(head, "occurring-verbs"))
            }));
        }
    }
    carriers.sort_unstable();
    carriers.dedup();
    carriers
}

/// A noun with the words that make its name: what stands before it without article and possessor, and the `of`- and other phrases
/// of `keep` behind it, up to a date, a clause or a comma.
fn name(context: &Context<'_>, noun: usize, keep: &[&str]) -> Option<String> {
    let document = context.document;
    if !matches!(document.token(noun).upos, Upos::Noun | Upos::Propn) {
        return None;
    }
    let mut start = noun;
    for child in document.children(noun).rev().filter(|&c| c < noun) {
        let token = document.token(child);
        let belongs =
            matches!(token.deprel, Deprel::Amod | Deprel::Compound | Deprel::Nmod | Deprel::Nummod | Deprel::Punct);
        if !belongs || matches!(token.tag, Tag::Dt | Tag::PrpS) || document.word(child) == "," {
            break;
        }
        start = start.min(document.phrase(child).start);
    }
    // The sum is said elsewhere.
    if let Some(money) =
        context.money.iter().rev().find(|money| money.tokens.start >= start && money.tokens.end <= noun)
    {
        start = money.tokens.end;
    }
    let end = behind(context, noun, keep);
    let text = document.text_of(start..end).split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.strip_prefix("the ").unwrap_or(&text);
    let text = text.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | ')' | '.')).to_owned();
    (!text.is_empty() && text.chars().count() <= LONGEST).then_some(text)
}

/// A name is no longer, in characters.
const LONGEST: usize = 120;

/// Where the name of a noun ends: behind the phrases that belong to it.
fn behind(context: &Context<'_>, noun: usize, keep: &[&str]) -> usize {
    let document = context.document;
    let mut end = noun + 1;
    for child in document.children(noun).filter(|&c| c > noun) {
        if document.token(child).deprel != Deprel::Prep
            || child != end
            || places(context, child)
            || !keep.iter().any(|word| document.word(child).eq_ignore_ascii_case(word))
        {
            break;
        }
        let phrase = document.phrase(child);
        end = cut(context, phrase.clone());
        if end < phrase.end || end <= child + 1 {
            break;
        }
    }
    if end <= noun + 1 || document.word(end - 1).eq_ignore_ascii_case("of") { noun + 1 } else { end }
}

/// The end of a phrase without a date, a clause, a list or whoever stands behind "by", "between" and "with".
fn cut(context: &Context<'_>, phrase: Range<usize>) -> usize {
    let document = context.document;
    let stop = |&t: &usize| {
        let token = document.token(t);
        let word = document.word(t);
        matches!(word, "," | ";" | ":" | "(" | "—" | "–" | "\"" | "”" | "“" | "\n")
            || context.rules.lexicon().contains("name-ends", &word.to_lowercase())
            || matches!(token.deprel, Deprel::Relcl | Deprel::Advcl | Deprel::Acl | Deprel::Mark | Deprel::Nsubj)
            || matches!(token.tag, Tag::Wdt | Tag::Wp | Tag::Wrb | Tag::Vbd | Tag::Vbz | Tag::Md)
            || context.is_in_date(t)
            || (token.deprel == Deprel::Prep && places(context, t))
    };
    let end = phrase.clone().skip(1).find(stop).unwrap_or(phrase.end);
    // Neither a preposition nor an article ends a name.
    (phrase.start..end)
        .rev()
        .find(|&t| !matches!(document.token(t).upos, Upos::Adp | Upos::Det | Upos::Cconj | Upos::Punct))
        .map_or(phrase.start, |last| last + 1)
}

/// Where a name that lists ends: "Agreement on **Reciprocal, Fair, and Balanced Trade**"; the start itself where no such list begins there.
pub(crate) fn listed_name(context: &Context<'_>, start: usize) -> usize {
    let document = context.document;
    // A text may end with the preposition before the name.
    let end = document.sentence_of(start.saturating_sub(1)).tokens.end;
    let capital = |t: usize| t < end && document.word(t).starts_with(char::is_uppercase);
    let is = |t: usize, word: &str| t < end && document.word(t).eq_ignore_ascii_case(word);
    let mut at = start + usize::from(is(start, "the"));
    let mut commas = 0;
    while capital(at) {
        at += 1;
        if is(at, ",") && capital(at + 1) {
            commas += 1;
            at += 1;
        } else if is(at, ",") && is(at + 1, "and") && capital(at + 2) && commas > 0 {
            at += 2;
            while capital(at) {
                at += 1;
            }
            return at;
        }
    }
    start
}

/// Whether a preposition opens a phrase of place: "in Lima".
pub(crate) fn places(context: &Context<'_>, preposition: usize) -> bool {
    let document = context.document;
    matches!(document.word(preposition).to_lowercase().as_str(), "in" | "at" | "near")
        && document.children_by(preposition, Deprel::Pobj).any(|object| context.entities.place_of(object).is_some())
}

/// The objects of a preposition that hangs on a word, by the preposition's own word in lower case.
fn prepositions<'a>(context: &'a Context<'_>, token: usize) -> impl Iterator<Item = (String, usize, usize)> + 'a {
    let document = context.document;
    document.children(token).filter(|&c| matches!(document.token(c).deprel, Deprel::Prep | Deprel::Agent)).flat_map(
        move |preposition| {
            document
                .children_by(preposition, Deprel::Pobj)
                .map(move |object| (document.word(preposition).to_lowercase(), preposition, object))
        },
    )
}
