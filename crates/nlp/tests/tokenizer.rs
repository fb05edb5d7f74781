//! Tokens as a specification: text on the left, tokens on the right.
//!
//! The answers are spaCy's; the reference corpus tries far more.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::sync::LazyLock;

use entente_nlp::{Layout, Pipeline};

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::load().unwrap());

fn check(text: &str, expected: &str) {
    let document = PIPELINE.parse_as(text, Layout::Flowing);
    let words: Vec<&str> = (0..document.tokens().len()).map(|token| document.word(token)).collect();
    assert_eq!(words.join("|"), expected);
}

#[test]
fn contractions_come_apart() {
    check("They'd've said it can't be John's.", "They|'d|'ve|said|it|ca|n't|be|John|'s|.");
    check("It’s what we’re told.", "It|’s|what|we|’re|told|.");
    check("I'm gonna gimme cannot", "I|'m|gon|na|gimme|can|not");
}

#[test]
fn abbreviations_stay_whole() {
    check("Gen. Holm left the U.S. at 10 a.m.", "Gen.|Holm|left|the|U.S.|at|10|a.m.");
    check("It opened at 10am.", "It|opened|at|10|am|.");
    check("He works for Venn Corp.", "He|works|for|Venn|Corp.");
}

#[test]
fn affixes_come_off() {
    check("(\"Aid,\" he said.)", "(|\"|Aid|,|\"|he|said|.|)");
    check("$3.5bn, £20 and 5€", "$|3.5bn|,|£|20|and|5|€");
    // Not as spaCy, which makes "m." one token.
    check("Oslo gave $6m. The rest came later.", "Oslo|gave|$|6|m|.|The|rest|came|later|.");
    check("a 5km/h limit at 30°F.", "a|5|km/h|limit|at|30|°|F|.");
    check("Wait... what?!", "Wait|...|what|?|!");
    check("+5 and 5+ and C++", "+5|and|5|+|and|C++");
}

#[test]
fn infixes_part_words() {
    check("state-run, Serbia–Kosovo, his/her", "state|-|run|,|Serbia|–|Kosovo|,|his|/|her");
    check("217-213 in 1990-95 at 3:15", "217|-|213|in|1990|-|95|at|3:15");
    check("one,two three.Four five:six", "one|,|two|three|.|Four|five|:|six");
    check("F-16s and T-72", "F-16s|and|T-72");
}

#[test]
fn addresses_stay_whole() {
    check("See https://www.example.org/a?b=c, please.", "See|https://www.example.org/a?b=c|,|please|.");
    check("Write to press.office@example.org.", "Write|to|press.office@example.org|.");
    check("At http://192.0.2.17:8080/x (not lower.Upper)", "At|http://192.0.2.17:8080/x|(|not|lower|.|Upper|)");
}

#[test]
fn torn_exceptions_are_put_together() {
    check("Good :) and fine :-(", "Good|:)|and|fine|:-(");
    check("(see item 8)", "(|see|item|8)");
}

#[test]
fn white_space_is_kept_but_for_one_blank() {
    check("a b", "a|b");
    check("a  b", "a| |b");
    check(" a\n\nb ", " |a|\n\n|b");
    check("", "");
}
