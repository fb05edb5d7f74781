//! Running totals among sums of money: never to be added to single packages.
//!
//! In: the sums of a document. Out: their `cumulative` mark.
//! "has provided $2.5 billion since 2014, including more than $400 million this year alone" has two of them;
//! "announced $5 million, the largest gift since May" has none.

use std::ops::Range;

use entente_nlp::Document;

use super::{money::Money, words::Words};

/// How many units on either side of a sum are looked at.
const REACH: usize = 40;

/// Behind the sum.
const AFTER: &[&[&str]] = &[
    &["to", "date"],
    &["so", "far"],
    &["in", "total", "since"],
    &["this", "year", "alone"],
    &["since", "then"],
    &["over", "the", "years"],
    &["over", "the", "decades"],
    &["all", "told"],
];
/// Before the sum, up to it.
const BEFORE: &[&[&str]] =
    &[&["to", "date"], &["so", "far"], &["cumulative"], &["cumulatively"], &["all", "told"], &["running", "total"]];
const TOTAL_VERBS: [&str; 8] = ["brings", "bringing", "bring", "brought", "takes", "taking", "pushes", "raising"];
const UNITS: [&str; 8] = ["year", "years", "month", "months", "decade", "decades", "weeks", "days"];
const ORDINALS: [&str; 16] = [
    "largest", "biggest", "highest", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
    "ninth", "tenth", "latest", "most", "smallest",
];

/// Marks the sums that are running totals.
pub(super) fn mark(document: &Document, words: &Words, sums: &mut [(Range<usize>, Money)]) {
    for number in 0..sums.len() {
        let (sum, money) = &sums[number];
        let Some(sentence) = document.tokens().get(money.tokens.start).map(|t| document.sentences()[t.sentence].span)
        else {
            continue;
        };
        let sentence = words.within(sentence);
        let previous = number.checked_sub(1).map(|n| &sums[n]).filter(|(s, _)| s.start >= sentence.start);
        let start = sentence.start.max(sum.start.saturating_sub(REACH));
        let start = previous.map_or(start, |(s, _)| start.max(s.end));
        let end = sentence.end.min(sum.end + REACH);
        let end = sums.get(number + 1).map_or(end, |(s, _)| end.min(s.start));
        // "since 2014, including $400 million": a part of a running total is one.
        let part = previous.is_some_and(|(_, m)| m.cumulative)
            && (start..sum.start).any(|at| words.is_any(at, &["including", "includes", "include"]));
        let cumulative = part || before(words, start..sum.start) || after(words, sum.end..end);
        sums[number].1.cumulative = cumulative;
    }
}

/// Clues between the start of the sentence and the sum.
fn before(words: &Words, range: Range<usize>) -> bool {
    let mut total_verb = false;
    let mut since = false;
    let mut perfect = false;
    for at in range {
        if BEFORE.iter().any(|b| words.starts(at, b)) || has_past_period(words, at) {
            return true;
        }
        // "Since 2014, Norway has given": the clause comes first and the main verb is in the perfect.
        since |= words.low(at) == "since" && !ordinal_near(words, at);
        perfect |= since && words.is_any(at, &["has", "have", "had", "ve"]);
        total_verb |= TOTAL_VERBS.contains(&words.low(at));
        if total_verb && words.is_any(at, &["total", "totals", "overall"]) {
            return true;
        }
    }
    since && perfect
}

/// Clues between the sum and the end of the sentence, or the next sum.
fn after(words: &Words, range: Range<usize>) -> bool {
    for at in range {
        if words.raw(at) == ";" {
            return false;
        }
        if ORDINALS.contains(&words.low(at)) {
            return false;
        }
        if AFTER.iter().any(|a| words.starts(at, a)) || has_past_period(words, at) {
            return true;
        }
        // With a comma before it, "since" mostly gives a reason.
        if words.low(at) == "since" && words.before(at, 1) != "," {
            return true;
        }
    }
    false
}

/// "over the past two years", "in the last decade", "during the last 10 months".
fn has_past_period(words: &Words, at: usize) -> bool {
    words.is_any(at, &["over", "in", "during", "within", "across"])
        && words.low(at + 1) == "the"
        && words.is_any(at + 2, &["past", "last"])
        && (UNITS.contains(&words.low(at + 3)) || UNITS.contains(&words.low(at + 4)))
}

/// "the first since": the count runs since then, not the sum.
fn ordinal_near(words: &Words, since: usize) -> bool {
    (since.saturating_sub(8)..since).any(|at| ORDINALS.contains(&words.low(at)))
}
