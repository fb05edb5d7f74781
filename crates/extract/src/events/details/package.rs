//! Wholes and parts of aid: the package that a sum is part of, the parts that a package has, and which of a series it is.
//!
//! In: a draft of aid. Out: `part_of`, `parts` and `number` of its details.
//! "the first tranche of a $3 billion loan" is a part of the loan, and its number is 1; the 3 billion are not its sum.

use std::ops::Range;

use entente_model::{Event, EventType, Package};
use entente_nlp::{Deprel, Tag, Upos};

use super::{Context, Draft, cut, name, prepositions, theme};
use crate::{quantities::Money, time::DateMention};

/// In the order of counting.
const ORDINALS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
];

/// Fills `part_of`, `parts` and `number`.
pub(super) fn read(context: &Context<'_>, draft: &mut Draft) {
    draft.details.number = number(context, theme(draft));
    if let Some(noun) = parent(context, draft.trigger, theme(draft)) {
        let phrase = context.document.phrase(noun);
        let money = context
            .money
            .iter()
            .find(|money| phrase.start <= money.tokens.start && money.tokens.end <= phrase.end && !money.rate);
        if let Some(title) = name(context, noun, &["for", "of"]) {
            let amount = money.map(|money| money.amount).filter(|amount| draft.amount != Some(*amount));
            // "a tranche of security assistance" is of no package that could be told from another.
            let told = context.document.children_by(noun, Deprel::Det).next().is_some()
                || context.document.children_by(noun, Deprel::Poss).next().is_some();
            if amount.is_some() || title.contains(char::is_uppercase) || (title.contains(' ') && told) {
                draft.details.part_of = Some(Package { title, amount, event: None });
            }
        }
    }
    draft.details.parts = parts(context, draft);
    // "$2.5 billion, including $400 million this year": the time is the part's.
    let of_part = |date: &&DateMention| {
        let words = context.document.text_of(date.tokens.clone());
        draft.details.parts.iter().any(|part| part.title == words)
    };
    let mut dates = context.dates_in(draft.sentence).iter();
    if draft.date.is_some() && dates.any(|date| date.date == draft.date && of_part(&date)) {
        draft.date = None;
    }
}

/// Whether a stretch lies in the phrase of the whole that aid is a part of: its sum is not the aid's own.
pub(crate) fn inside_parent(context: &Context<'_>, draft: &Draft, tokens: &Range<usize>) -> bool {
    parent(context, draft.trigger, theme(draft)).is_some_and(|noun| {
        let phrase = context.document.phrase(noun);
        phrase.start <= tokens.start && tokens.end <= phrase.end
    })
}

/// Names the event of the same article that tells the whole, by its sum.
pub(crate) fn link_parents(events: &mut [Event]) {
    let sums: Vec<_> = events
        .iter()
        .filter(|event| event.kind == EventType::Aid && !event.cumulative)
        .filter_map(|event| Some((event.id.clone(), event.amount?)))
        .collect();
    for event in events.iter_mut() {
        let id = event.id.clone();
        if let Some(whole) = event.details.part_of.as_mut() {
            let same = |sum: &entente_model::Amount| {
                whole
                    .amount
                    .is_some_and(|own| own.value.to_bits() == sum.value.to_bits() && own.currency == sum.currency)
            };
            whole.event = sums.iter().find(|(other, sum)| *other != id && same(sum)).map(|(other, _)| other.clone());
        }
    }
}

/// The noun of the whole: behind "as part of" and "under", or behind "of" after a tranche.
fn parent(context: &Context<'_>, trigger: usize, theme: usize) -> Option<usize> {
    let document = context.document;
    let is_whole = |&noun: &usize| noun != theme && is_package(context, noun);
    let of = |part: usize| {
        prepositions(context, part).find(|(word, ..)| word == "of").map(|(_, _, object)| object).filter(is_whole)
    };
    // "the first tranche of a loan"
    if let Some(noun) = of(theme).filter(|_| context.in_list(theme, "part-nouns")) {
        return Some(noun);
    }
    let words = [theme, trigger];
    // "as part of a package"; "the aid, part of a package"; "the aid is part of a package".
    let is_part = |&t: &usize| context.in_list(t, "part-nouns");
    let beside = words.iter().flat_map(|&word| {
        let appositions = document.children_by(word, Deprel::Appos);
        let predicates = document.head(word).into_iter().flat_map(|verb| document.children_by(verb, Deprel::Attr));
        appositions.chain(predicates.filter(move |_| document.token(word).deprel == Deprel::Nsubj)).filter(is_part)
    });
    let as_part = words.iter().flat_map(|&word| {
        let objects = prepositions(context, word).filter(|(word, ..)| word == "as").map(|(_, _, object)| object);
        objects.filter(is_part).collect::<Vec<_>>()
    });
    if let Some(noun) = beside.chain(as_part).find_map(of) {
        return Some(noun);
    }
    // "under the relief programme", "from a $3 billion fund"
    words.iter().find_map(|&word| {
        prepositions(context, word)
            .filter(|(word, ..)| context.rules.lexicon().contains("whole-prepositions", word))
            .map(|(_, _, object)| object)
            .filter(is_whole)
            .find(|&noun| is_particular(context, noun))
    })
}

/// A package, a programme, a loan; also where only its name says so: "the Extended Fund Facility".
fn is_package(context: &Context<'_>, noun: usize) -> bool {
    matches!(context.document.token(noun).upos, Upos::Noun | Upos::Propn) && context.in_list(noun, "package-nouns")
}

/// With a sum or a name of its own.
fn is_particular(context: &Context<'_>, noun: usize) -> bool {
    let document = context.document;
    let phrase = document.phrase(noun);
    let named = document.token(noun).upos == Upos::Propn
        || document.children_by(noun, Deprel::Compound).any(|c| document.token(c).upos == Upos::Propn);
    named || context.money.iter().any(|money| phrase.start <= money.tokens.start && money.tokens.end <= noun)
}

/// The ordinal before a noun of a series: "the 58th drawdown", "the second tranche".
fn number(context: &Context<'_>, noun: usize) -> Option<u32> {
    let document = context.document;
    if !context.in_list(noun, "series-nouns") {
        return None;
    }
    document.children_by(noun, Deprel::Amod).chain(document.children_by(noun, Deprel::Compound)).find_map(|child| {
        let word = document.word(child).to_lowercase();
        let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
        if !digits.is_empty() && matches!(&word[digits.len()..], "st" | "nd" | "rd" | "th") {
            return digits.parse().ok();
        }
        ORDINALS.iter().position(|ordinal| *ordinal == word).and_then(|at| u32::try_from(at + 1).ok())
    })
}

/// Sums behind "including" and "of which", with what they are for.
fn parts(context: &Context<'_>, draft: &Draft) -> Vec<Package> {
    let document = context.document;
    let sentence = document.sentence_of(draft.trigger).tokens.clone();
    let Some(own) =
        context.money.iter().find(|money| sentence.contains(&money.tokens.start) && Some(money.amount) == draft.amount)
    else {
        return Vec::new();
    };
    let opened = |start: usize| {
        let opens = |t: usize| {
            let word = document.word(t).to_lowercase();
            context.rules.lexicon().contains("part-openers", &word) || (word == "which" && document.word(t - 1) == "of")
        };
        // Another verb between the two starts another matter.
        let mut between = (own.tokens.end..start).rev();
        between.find(|&t| opens(t) || context.grammar().is_verb(t)).is_some_and(opens)
    };
    context
        .money
        .iter()
        .filter(|money| sentence.contains(&money.tokens.start) && money.tokens.start >= own.tokens.end && !money.rate)
        .filter(|money| money.amount.currency == own.amount.currency && money.amount.value < own.amount.value)
        .filter(|money| opened(money.tokens.start))
        .filter_map(|money| part(context, money))
        .collect()
}

/// A sum with what it is for.
pub(super) fn part(context: &Context<'_>, money: &Money) -> Option<Package> {
    Some(Package { title: purpose(context, &money.tokens)?, amount: Some(money.amount), event: None })
}

/// What a sum is for: "$20 million **for hospitals**", "$20 million in **food aid**".
fn purpose(context: &Context<'_>, sum: &Range<usize>) -> Option<String> {
    let document = context.document;
    let head = sum.clone().find(|&t| document.head(t).is_none_or(|head| !sum.contains(&head)))?;
    let of = |token: usize| {
        prepositions(context, token)
            .find(|(word, ..)| context.rules.lexicon().contains("purpose-prepositions", word))
            .filter(|(_, _, object)| !context.is_in_date(*object))
            .and_then(|(_, _, object)| name(context, object, &["of", "for"]))
            .filter(|purpose| !context.rules.lexicon().contains("unpurpose-words", purpose))
    };
    // "$20 million hospital grant" is the sum of the grant.
    if document.token(head).deprel == Deprel::Nummod {
        return document.head(head).and_then(|noun| name(context, noun, &["for", "of"]));
    }
    let verb = document.head(head).filter(|_| document.token(head).deprel == Deprel::Nsubj);
    of(head).or_else(|| verb.and_then(of)).or_else(|| aim(context, head)).or_else(|| time(context, sum))
}

/// "$100 million **to support the response**".
fn aim(context: &Context<'_>, sum: usize) -> Option<String> {
    let document = context.document;
    let aim = document.children(sum).find(|&c| {
        c > sum
            && document.token(c).tag == Tag::Vb
            && matches!(document.token(c).deprel, Deprel::Acl | Deprel::Relcl | Deprel::Advcl | Deprel::Xcomp)
    })?;
    let text = document.text_of(aim..cut(context, aim..document.phrase(aim).end));
    (!text.is_empty() && text.chars().count() <= super::LONGEST).then(|| text.to_owned())
}

/// "$400 million **this year** alone", "$31 million in **2023**".
fn time(context: &Context<'_>, sum: &Range<usize>) -> Option<String> {
    let behind = sum.end..sum.end + 2;
    let date = context.dates.iter().find(|date| behind.contains(&date.tokens.start))?;
    Some(context.document.text_of(date.tokens.clone()).to_owned())
}
