//! What the next sentences say that aid told before consists of: "The package **includes** tents and $5 million for schools."
//!
//! In: the article's events. Out: items and parts of the aid that was told last, never added up.

use entente_model::{EventType, Package};

use super::{Context, Draft, extend, package};
use crate::quantities::ItemMention;

/// In how many sentences after it aid is taken up by its noun; by "it" in the next one alone.
const REACH: usize = 3;

/// Adds what is said of it to the aid told last.
pub(super) fn take_up(context: &Context<'_>, events: &mut [Draft], verbs: &[usize]) {
    let (document, grammar) = (context.document, context.grammar());
    // Where each event was told or taken up.
    let mut places: Vec<Vec<usize>> = events.iter().map(|event| event.sentences().collect()).collect();
    for &verb in verbs {
        if !context.in_list(verb, "aid-holding-verbs") || grammar.negated(verb) {
            continue;
        }
        let Some(reach) = grammar.surface_subject(verb).and_then(|group| reach(context, &group)) else { continue };
        let sentence = document.token(verb).sentence;
        let before = |places: &[usize]| places.iter().copied().filter(|&place| place < sentence).max();
        let last = (0..events.len())
            .filter(|&index| events[index].kind == EventType::Aid && !events[index].cumulative)
            .filter_map(|index| Some((before(&places[index])?, events[index].trigger, index)))
            .max()
            .filter(|(last, ..)| sentence - last <= reach);
        if let Some((.., index)) = last {
            for object in grammar.objects(verb).into_iter().chain(grammar.preposition(verb, "of")).flatten() {
                contain(context, &mut events[index], object);
            }
            places[index].push(sentence);
        }
    }
}

/// How far back the subject of a clause takes aid up: "the package", "the new aid", "it".
fn reach(context: &Context<'_>, subject: &[usize]) -> Option<usize> {
    let [subject] = subject[..] else { return None };
    let document = context.document;
    if document.word(subject).eq_ignore_ascii_case("it") {
        return Some(1);
    }
    let taken =
        document.children(subject).any(|c| matches!(document.lemma(c).to_lowercase().as_str(), "the" | "this" | "its"));
    (taken && context.in_list(subject, "aid-core-nouns")).then_some(REACH)
}

/// Adds the items and the sums of a phrase.
fn contain(context: &Context<'_>, event: &mut Draft, object: usize) {
    let phrase = context.document.phrase(object);
    let items: Vec<&ItemMention> = context.items.iter().filter(|item| phrase.contains(&item.tokens.start)).collect();
    for mention in &items {
        if event.items.iter().all(|held| held.name != mention.item.name) {
            event.items.push(mention.item.clone());
        }
    }
    if let [first, rest @ ..] = &items[..]
        && rest.iter().all(|item| item.kind == first.kind)
    {
        event.aid_kind = event.aid_kind.or(Some(first.kind));
    }
    let Some(own) = event.amount else { return };
    let parts: Vec<Package> = context
        .money
        .iter()
        .filter(|money| phrase.contains(&money.tokens.start) && !money.rate)
        .filter(|money| money.amount.currency == own.currency && money.amount.value < own.value)
        .filter_map(|money| package::part(context, money))
        .collect();
    extend(&mut event.details.parts, &parts);
}
