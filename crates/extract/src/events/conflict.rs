//! Sentences of one article that contradict each other on an event: both values stay, each with its sentence.
//!
//! In: two mentions that are the same event by all but one value. Out: whether they are, and the value that the later one adds.
//! "killed at least 10" in the lead and "the death toll rose to 12" at the end are one attack with two tolls.

use entente_model::{Amount, EventType, Stage};
use entente_nlp::Deprel;

use super::{
    context::Context,
    draft::{Draft, Other, Told},
};
use crate::quantities;

/// How far two sums of one package may lie apart, the coarser a rounding of the finer.
const ROUNDING: f64 = 0.05;
/// How many sentences behind an attack its toll may be told anew.
const REACH: usize = 12;

/// Whether one sum is a rounding of the other, told in another sentence: "$2.3 billion" in the headline, "$2.26 billion" below.
pub(crate) fn is_rounding(a: &Draft, b: &Draft) -> bool {
    let (Some(x), Some(y)) = (a.amount, b.amount) else { return false };
    let near = (x.value - y.value).abs() <= ROUNDING * x.value.abs().max(y.value.abs());
    let coarse = digits(x.value).min(digits(y.value)) <= 2 && digits(x.value) != digits(y.value);
    x.currency == y.currency && near && coarse && a.sentence != b.sentence
}

/// Significant digits of a sum.
fn digits(value: f64) -> usize {
    let text = format!("{value:.0}");
    text.trim_end_matches('0').trim_start_matches('-').len()
}

/// Whether two mentions with different tolls are one attack: the same day, sides and place, and the later one speaks of *the* attack.
pub(crate) fn is_same_attack(context: &Context<'_>, a: &Draft, b: &Draft) -> bool {
    let day = a.date.is_some_and(|date| date.day.is_some()) && a.date == b.date;
    let later = if a.trigger < b.trigger { b } else { a };
    let headline = a.sentence.min(b.sentence) == 0;
    let definite = context.is_definite(later.trigger);
    day && a.sentence != b.sentence
        && a.roles.iter().all(|(role, _)| a.entities(*role) == b.entities(*role))
        && (headline || definite)
}

/// Whether a named agreement has two dates: it is signed, ratified and enters into force but once.
pub(crate) fn is_once(draft: &Draft) -> bool {
    let capitals = |title: &String| title.split(' ').filter(|word| word.starts_with(char::is_uppercase)).count();
    draft.kind == EventType::Agreement
        && matches!(draft.stage, Some(Stage::Signed | Stage::Ratified | Stage::InForce))
        && draft.title.as_ref().is_some_and(|title| capitals(title) > 2)
}

/// Keeps the values of a later mention that contradict those of the event.
pub(crate) fn note(held: &mut Draft, draft: &Draft) {
    let differs = |own: Option<u64>, new: Option<u64>| new.filter(|new| own.is_some_and(|own| own != *new));
    let mut other = Other {
        amount: None,
        date: draft.date.filter(|new| held.date.is_some_and(|own| !own.covers(*new) && !new.covers(own))),
        killed: differs(held.killed, draft.killed),
        injured: differs(held.injured, draft.injured),
        told: Told { sentence: draft.sentence, trigger: draft.trigger, rule: draft.rule.clone() },
    };
    // A range of days covers the days in it.
    if held.until.is_some() || draft.until.is_some() || held.kind != EventType::Agreement {
        other.date = None;
    }
    let sums = held.amount.zip(draft.amount).filter(|(own, new)| !same_sum(*own, *new));
    if let Some((own, new)) = sums {
        // The finer sum is the event's; the sentence of the coarser one keeps its own.
        if digits(new.value) > digits(own.value) {
            held.amount = Some(new);
            let first = Told { sentence: held.sentence, trigger: held.trigger, rule: held.rule.clone() };
            held.others.push(Other { amount: Some(own), date: None, killed: None, injured: None, told: first });
        } else {
            other.amount = Some(new);
        }
    }
    if other.amount.is_some() || other.date.is_some() || other.killed.is_some() || other.injured.is_some() {
        held.others.push(other);
    }
    held.others.extend(draft.others.iter().cloned());
}

fn same_sum(a: Amount, b: Amount) -> bool {
    a.currency == b.currency && (a.value - b.value).abs() <= 0.005 * a.value.abs()
}

/// "The death toll rose to 12": a new number for the one attack with dead that is told before it.
pub(crate) fn later_tolls(context: &Context<'_>, drafts: &mut [Draft]) {
    let document = context.document;
    for (index, sentence) in document.sentences().iter().enumerate() {
        let toll = sentence.tokens.clone().find(|&token| {
            context.in_list(token, "toll-nouns")
                && document.token(token).deprel == Deprel::Nsubj
                && document.head(token).is_some_and(|verb| context.in_list(verb, "toll-verbs"))
        });
        let Some(trigger) = toll else { continue };
        let Some(killed) = quantities::casualties(document, sentence.tokens.clone(), trigger).killed else { continue };
        let mut attacks = drafts.iter_mut().filter(|draft| draft.kind == EventType::Attack && draft.killed.is_some());
        let (Some(attack), None) = (attacks.next(), attacks.next()) else { continue };
        if attack.sentence >= index || index - attack.sentence > REACH || attack.killed == Some(killed) {
            continue;
        }
        let told = Told { sentence: index, trigger, rule: attack.rule.clone() };
        attack.more.push(told.clone());
        attack.others.push(Other { amount: None, date: None, killed: Some(killed), injured: None, told });
    }
}
