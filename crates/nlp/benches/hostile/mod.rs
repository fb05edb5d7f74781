//! Texts made to hurt, for the benches and the tests.
//!
//! Out: names and texts; the first is news, the measure of the others.

use std::fmt::Write;

/// Texts of the reference corpus, one after the other.
fn news() -> String {
    let lines = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/texts.jsonl"));
    let lines = lines.unwrap_or_default();
    let texts = lines.lines().step_by(2).filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    texts.filter_map(|text| text["text"].as_str().map(|text| text.to_owned() + "\n\n")).collect()
}

/// Texts by name, of 10,000 to 20,000 tokens where they have tokens at all.
pub(crate) fn texts() -> Vec<(&'static str, String)> {
    let news = news();
    let words: Vec<&str> = news.split_whitespace().collect();
    let lines = |count: usize| words.chunks(count).map(|line| line.join(" ") + "\n").collect();
    let mut unseen = String::new();
    for number in 0..10_000 {
        // Writing to a string cannot fail.
        let _ = write!(unseen, "w{number}x ");
    }
    vec![
        ("news", news.clone()),
        ("the same, without a line break", words.join(" ")),
        ("the same, one word a line", lines(1)),
        ("the same, two words a line", lines(2)),
        ("one million spaces", " ".repeat(1_000_000)),
        ("one token of 10 MB", "a".repeat(10_000_000)),
        ("one sentence of 10,000 words", "word ".repeat(10_000)),
        ("10,000 words nobody has met", unseen),
        ("10,000 brackets", "(".repeat(10_000)),
        ("commas and stops", ".,".repeat(5_000)),
        ("half addresses", "a.b@".repeat(250_000)),
        ("hyphens", "a-".repeat(5_000)),
        ("apostrophes", "’s's".repeat(5_000)),
        ("unpaired surrogates, read as U+FFFD", "The \u{fffd}\u{fffd} king\u{fffd}s \u{fffd} ".repeat(2_000)),
        ("control characters", "\u{1}\u{7f} \u{2}".repeat(5_000)),
        ("control characters, U+0085 among them", "\u{1}\u{7f} \u{85}".repeat(10_000)),
        ("wide and narrow blanks", "\u{3000}\t".repeat(100_000)),
        ("Chinese, words parted", "习近平 主席 在 北京 会见 了 代表团 。 ".repeat(1_200)),
        ("Chinese, words not parted", "习近平主席在北京会见了代表团。".repeat(5_000)),
        ("Arabic", "استقبل الرئيس وفدا من البرلمان في العاصمة . ".repeat(1_200)),
        ("Russian", "Президент принял делегацию парламента в столице . ".repeat(1_200)),
        ("emoji", "👍🏽 🇺🇳 😀 👩‍🚀 ".repeat(2_000)),
    ]
}
