//! Numbers in digits and in words, with multipliers.
//!
//! In: a place among the [`Words`]. Out: the [`Number`] that begins there.
//! "half a billion" is 500,000,000; "5 to 10 million" is 5,000,000, the lower end; "several million" is vague.

use super::words::{Kind, Words};

/// A number in the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Number {
    /// Its value; the lower end of a range; 0 for a vague number.
    pub(crate) value: f64,
    /// The unit behind it.
    pub(crate) end: usize,
    /// Whether it has a multiplier of at least a thousand.
    pub(crate) scaled: bool,
    /// Whether it names no value: "several million", "dozens of".
    pub(crate) vague: bool,
    /// Whether it is the lower end of a range.
    pub(crate) range: bool,
}

/// Whether letters glued to digits are multipliers: "$5m", but not in "a 5m wall".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// After or before a currency.
    Money,
    /// Anywhere else.
    Plain,
}

const UNITS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const VAGUE: [&str; 5] = ["several", "few", "many", "numerous", "countless"];
const VAGUE_PLURALS: [&str; 9] =
    ["tens", "dozens", "scores", "hundreds", "thousands", "millions", "billions", "trillions", "lakhs"];

/// The number that begins at the unit, if one does.
///
/// Ordinals and the digits of names ("10th", "F-16", "COVID-19", "3D") are none.
pub(crate) fn number_at(words: &Words, at: usize, style: Style) -> Option<Number> {
    if is_inside_name(words, at) {
        return None;
    }
    let start = usize::from(words.low(at) == "between") + at;
    let first = single(words, start, style)?;
    Some(range_end(words, at, &first, start > at, style).unwrap_or(first))
}

/// The number behind a currency's sign, where digits may follow letters ("US$5m");
/// `between` if that word stands before the sign.
pub(crate) fn number_behind_sign(words: &Words, at: usize, between: bool) -> Option<Number> {
    let first = single(words, at, Style::Money)?;
    Some(range_end(words, at, &first, between, Style::Money).unwrap_or(first))
}

/// Whether the digits continue letters: "M777", "F-16".
fn is_inside_name(words: &Words, at: usize) -> bool {
    words.kind(at) == Kind::Digits
        && at > 0
        && words.glued(at)
        && (words.kind(at - 1) == Kind::Letters
            || (words.is_dash(at - 1)
                && words.glued(at - 1)
                && at > 1
                && words.kind(at - 2) == Kind::Letters
                && !words.is_any(at - 2, &["mid", "early", "late"])))
}

/// "5 to 10 million", "5-10 million", "5 million to 10 million", "between 5 and 10": the whole, with the lower value.
fn range_end(words: &Words, start: usize, first: &Number, between: bool, style: Style) -> Option<Number> {
    if first.vague {
        return None;
    }
    let mut at = first.end;
    // "raised from $183 million to $300 million" are two sums.
    let from = first.scaled && words.low(at) == "to" && (1..=2).any(|back| words.before(start, back) == "from");
    let joined = if from {
        false
    } else if between {
        words.low(at) == "and"
    } else {
        words.low(at) == "to" || words.is_dash(at)
    };
    if !joined {
        return None;
    }
    at += 1;
    // "$5 million to $10 million": the currency is said twice.
    if words.kind(at) == Kind::Mark && matches!(words.raw(at), "$" | "€" | "£" | "¥") {
        at += 1;
    }
    let second = single(words, at, style)?;
    let last_multiplier = if first.scaled { 1.0 } else { multiplier_before(words, at, second.end) };
    let value = round(first.value * last_multiplier);
    (!second.vague && value < second.value).then_some(Number {
        value,
        end: second.end,
        scaled: first.scaled || second.scaled,
        vague: false,
        range: true,
    })
}

/// The multipliers among the units, multiplied.
fn multiplier_before(words: &Words, from: usize, to: usize) -> f64 {
    (from..to)
        .filter_map(|at| multiplier(words.low(at), words.glued(at) && words.kind(at - 1) == Kind::Digits, true))
        .product()
}

/// A number without a range.
fn single(words: &Words, at: usize, style: Style) -> Option<Number> {
    if let Some(end) = vague(words, at) {
        return Some(Number { value: 0.0, end, scaled: true, vague: true, range: false });
    }
    let (value, end) = fraction(words, at).or_else(|| basis(words, at))?;
    scale(words, at, value, end, style)
}

/// Multiplies by what follows: "1.5 lakh crore", "$2-billion", "5m".
fn scale(words: &Words, at: usize, mut value: f64, mut end: usize, style: Style) -> Option<Number> {
    let in_digits = words.kind(at) == Kind::Digits && end == at + 1;
    let mut scaled = (at..end).any(|n| multiplier(words.low(n), false, false).is_some_and(|m| m >= 1000.0));
    let mut whole = !in_digits || !is_decimal_comma(words.raw(at));
    // Nobody writes more than two multipliers; the bound keeps odd texts linear.
    for _ in 0..=4 {
        let next = words.past_hyphen(end);
        let glued = next == end && words.glued(next) && words.kind(end - 1) == Kind::Digits;
        let Some(factor) = multiplier(words.low(next), glued, style == Style::Money) else {
            // "10th", "3D", "155mm": the digits belong to a longer word, or carry a unit of measure.
            let is_word = glued && words.kind(next) == Kind::Letters && style == Style::Plain;
            return (whole && !is_word).then_some(Number {
                value: round(value),
                end,
                scaled,
                vague: false,
                range: false,
            });
        };
        value *= factor;
        end = next + 1;
        scaled |= factor >= 1000.0;
        whole = true;
    }
    None
}

/// "several million", "hundreds of thousands of": the unit behind it.
fn vague(words: &Words, at: usize) -> Option<usize> {
    let start =
        at + usize::from(words.is_any(at, &["a", "many"]) && words.is_any(at + 1, &["few", "couple", "number"]));
    let couple = words.is_any(start, &["couple", "number"]) && words.low(start + 1) == "of";
    let mut end = if couple {
        start + 2
    } else if VAGUE.contains(&words.low(start)) || VAGUE_PLURALS.contains(&words.low(start)) {
        start + 1
    } else {
        return None;
    };
    for _ in 0..3 {
        let next = end + usize::from(words.low(end) == "of");
        let more = multiplier(words.low(next), false, false).is_some() || VAGUE_PLURALS.contains(&words.low(next));
        if !more {
            break;
        }
        end = next + 1;
    }
    Some(end)
}

/// "half a billion", "a quarter of a million", "one and a half million": the value before the multiplier and its end.
fn fraction(words: &Words, at: usize) -> Option<(f64, usize)> {
    let start = at + usize::from(words.low(at) == "a" && words.is_any(at + 1, &["half", "quarter"]));
    let share = match words.low(start) {
        "half" => 0.5,
        "quarter" => 0.25,
        _ => return None,
    };
    let after = words.past_hyphen(start + 1);
    let after = after + usize::from(words.low(after) == "of");
    let after = after + usize::from(words.is_any(after, &["a", "an", "one"]));
    let after = words.past_hyphen(after);
    multiplier(words.low(after), false, false).map(|_| (share, after))
}

/// Digits, or a number in words below its last multiplier.
fn basis(words: &Words, at: usize) -> Option<(f64, usize)> {
    if words.kind(at) == Kind::Digits {
        return Some((digits(words.raw(at))?, at + 1));
    }
    if words.is_any(at, &["a", "an", "another"]) {
        let factor = multiplier(words.low(at + 1), false, false)?;
        return Some((factor, at + 2)).filter(|_| !words.is_dash(at + 2) || words.low(at + 3) == "dollar");
    }
    let (mut value, mut end) = below_hundred(words, at)?;
    loop {
        if words.starts(end, &["and", "a", "half"]) {
            return Some((value + 0.5, end + 3));
        }
        match words.low(end) {
            "hundred" => (value, end) = (value * 100.0, end + 1),
            "thousand" => (value, end) = (value * 1000.0, end + 1),
            _ => break,
        }
        let next = end + usize::from(words.low(end) == "and");
        if let Some((rest, rest_end)) = below_hundred(words, next) {
            let hundreds = words.low(rest_end) == "hundred";
            (value, end) = (value + rest * if hundreds { 100.0 } else { 1.0 }, rest_end + usize::from(hundreds));
            break;
        }
    }
    Some((value, end))
}

/// "seven", "forty", "forty-two".
#[allow(clippy::cast_precision_loss, reason = "the numbers are below 100")]
fn below_hundred(words: &Words, at: usize) -> Option<(f64, usize)> {
    let word = words.low(at);
    if let Some(unit) = UNITS.iter().position(|u| *u == word) {
        return Some((unit as f64, at + 1));
    }
    let tens = TENS.iter().position(|t| *t == word)? * 10 + 20;
    let next = words.past_hyphen(at + 1);
    match UNITS.iter().position(|u| *u == words.low(next)) {
        Some(unit @ 1..=9) => Some(((tens + unit) as f64, next + 1)),
        _ => Some((tens as f64, at + 1)),
    }
}

/// The factor that a word stands for; single letters only where they are glued to digits.
fn multiplier(word: &str, glued: bool, money: bool) -> Option<f64> {
    Some(match word {
        "dozen" => 12.0,
        "hundred" => 1e2,
        "thousand" => 1e3,
        "lakh" | "lac" | "lakhs" => 1e5,
        "million" | "mln" | "mio" | "mn" => 1e6,
        "crore" | "crores" => 1e7,
        "billion" | "bln" | "bn" | "milliard" => 1e9,
        "trillion" | "trn" | "tn" => 1e12,
        "k" if glued => 1e3,
        "m" if glued && money => 1e6,
        "b" if glued && money => 1e9,
        "t" if glued && money => 1e12,
        _ => return None,
    })
}

/// The value of digits: "1,900", "2.3", "1.900.000", and "2,3" as continental Europe writes it.
fn digits(text: &str) -> Option<f64> {
    let groups = |separator: char| {
        let mut parts = text.split(separator);
        parts.next().is_some_and(|p| (1..=3).contains(&p.len())) && parts.all(|p| p.len() == 3)
    };
    let text = if is_decimal_comma(text) {
        text.replace(',', ".")
    } else if text.matches('.').count() > 1 && groups('.') {
        text.replace('.', "")
    } else {
        // Indian digits group by two: "1,00,000".
        text.replace(',', "")
    };
    text.parse().ok()
}

/// Whether the comma in the digits must be a decimal one: "2,3", "10,75".
fn is_decimal_comma(text: &str) -> bool {
    text.split_once(',').is_some_and(|(_, tail)| tail.len() < 3)
}

/// Rounds off what binary fractions leave: 1.1 times a billion is 1,100,000,000.
fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<f64> {
        number_at(&Words::new(text), 0, Style::Plain).filter(|n| !n.vague).map(|n| n.value)
    }

    #[test]
    fn reads_numbers() {
        for (text, expected) in [
            ("7", 7.0),
            ("1,250 tents", 1250.0),
            ("1,00,000 tents", 100_000.0),
            ("2.3 billion", 2.3e9),
            ("1.1 billion", 1.1e9),
            ("2,3 billion", 2.3e9),
            ("1.900.000", 1.9e6),
            ("500 crore", 5e9),
            ("1.5 lakh crore", 1.5e12),
            ("2-billion-dollar", 2e9),
            ("half a billion", 5e8),
            ("half a million", 5e5),
            ("a half billion", 5e8),
            ("a quarter of a million", 2.5e5),
            ("one and a half million", 1.5e6),
            ("two and a half billion", 2.5e9),
            ("a hundred", 100.0),
            ("a million", 1e6),
            ("a dozen", 12.0),
            ("half a dozen", 6.0),
            ("three dozen", 36.0),
            ("seven", 7.0),
            ("twelve", 12.0),
            ("forty", 40.0),
            ("forty-two", 42.0),
            ("sixty one", 61.0),
            ("two hundred", 200.0),
            ("two hundred and fifty", 250.0),
            ("three thousand", 3000.0),
            ("three thousand five hundred", 3500.0),
            ("one hundred thousand", 100_000.0),
            ("twenty-five million", 25e6),
            ("5 to 10 million", 5e6),
            ("5-10 million", 5e6),
            ("12 to 15", 12.0),
            ("between 10 and 15", 10.0),
            ("5 million to 10 million", 5e6),
            ("two or three", 2.0),
            ("60k", 60_000.0),
        ] {
            assert_eq!(value(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn knows_where_it_names_no_value() {
        for text in
            ["several million", "dozens of tanks", "hundreds of thousands of shells", "a few hundred", "a couple of"]
        {
            assert!(number_at(&Words::new(text), 0, Style::Plain).is_some_and(|n| n.vague), "{text}");
        }
    }

    #[test]
    fn takes_no_number_for_one() {
        for text in ["10th", "3D", "155mm", "million", "a tank", "2,3", "and", "half the army"] {
            assert_eq!(value(text), None, "{text}");
        }
        assert_eq!(number_at(&Words::new("F-16"), 2, Style::Plain), None);
        assert_eq!(number_at(&Words::new("M777"), 1, Style::Plain), None);
    }

    #[test]
    fn a_glued_letter_multiplies_money_alone() {
        let words = Words::new("5m");
        assert_eq!(number_at(&words, 0, Style::Money).map(|n| n.value), Some(5e6));
        assert_eq!(number_at(&words, 0, Style::Plain), None);
    }
}
