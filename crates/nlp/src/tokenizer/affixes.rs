//! What is split off a word: in front, behind and inside.
//!
//! In: a word. Out: lengths in bytes. `(3km/h).` has the prefix `(`, the suffixes `.`, `)` and `km/h`; `aid-for-oil` has two infixes.
//! Follows the order of spaCy's English patterns; their look-arounds are coded by hand.

use crate::characters::{Characters, Class};

/// Units of more than one letter, split off behind a digit. One is two joined: the pattern lacks a blank there.
const UNITS: [&str; 92] = [
    "km",
    "km²",
    "km³",
    "m²",
    "m³",
    "dm",
    "dm²",
    "dm³",
    "cm",
    "cm²",
    "cm³",
    "mm",
    "mm²",
    "mm³",
    "ha",
    "µm",
    "nm",
    "yd",
    "in",
    "ft",
    "kg",
    "mg",
    "µg",
    "lb",
    "oz",
    "m/s",
    "km/h",
    "kmh",
    "mph",
    "hPa",
    "Pa",
    "mbar",
    "mb",
    "MB",
    "kb",
    "KB",
    "gb",
    "GB",
    "tb",
    "TB",
    "км",
    "км²",
    "км³",
    "м²",
    "м³",
    "дм",
    "дм²",
    "дм³",
    "см",
    "см²",
    "см³",
    "мм",
    "мм²",
    "мм³",
    "нм",
    "кг",
    "мг",
    "м/с",
    "км/ч",
    "кПа",
    "Па",
    "мбар",
    "Кб",
    "КБ",
    "кб",
    "Мб",
    "МБ",
    "мб",
    "Гб",
    "ГБ",
    "гб",
    "Тб",
    "ТБ",
    "тбكم",
    "كم²",
    "كم³",
    "م²",
    "م³",
    "سم",
    "سم²",
    "سم³",
    "مم",
    "مم²",
    "مم³",
    "كم",
    "غرام",
    "جرام",
    "جم",
    "كغ",
    "ملغ",
    "كوب",
    "اكواب",
];

/// Currency signs of more than one letter.
const CURRENCIES: [&str; 3] = ["US$", "C$", "A$"];

fn run_of_stops(word: &str) -> usize {
    let run = word.len() - word.trim_start_matches('.').len();
    if run > 1 { run } else { 0 }
}

/// Bytes to split off in front; 0 for none.
pub(super) fn prefix(characters: &Characters, word: &str) -> usize {
    let Some(first) = word.chars().next() else { return 0 };
    match first {
        '+' if word[1..].starts_with(|c: char| c.is_ascii_digit()) => 0,
        '.' => run_of_stops(word),
        'U' | 'C' | 'A' => CURRENCIES.iter().find(|sign| word.starts_with(**sign)).map_or(0, |sign| sign.len()),
        _ if characters.class(first).is_prefix() => first.len_utf8(),
        _ => 0,
    }
}

/// Bytes to split off behind; 0 for none. Of several suffixes the longest wins.
pub(super) fn suffix(characters: &Characters, word: &str) -> usize {
    let Some(last) = word.chars().next_back() else { return 0 };
    let before = &word[..word.len() - last.len_utf8()];
    let previous = before.chars().next_back();
    match last {
        '.' => stop_suffix(characters, before),
        's' | 'S' if matches!(previous, Some('\'' | '’')) => 1 + previous.map_or(0, char::len_utf8),
        '…' if previous == Some('…') => 2 * '…'.len_utf8(),
        '+' if previous.is_some_and(|c| c.is_ascii_digit()) => 1,
        _ => unit_suffix(word).unwrap_or_else(|| {
            let class = characters.class(last);
            let behind_digit = previous.is_some_and(|c| c.is_ascii_digit()) && class.is_suffix_of_digit();
            if class.is_suffix() || behind_digit { last.len_utf8() } else { 0 }
        }),
    }
}

fn stop_suffix(characters: &Characters, before: &str) -> usize {
    let run = before.len() - before.trim_end_matches('.').len();
    if run > 0 {
        return run + 1;
    }
    let mut back = before.chars().rev();
    let (previous, second) = (back.next(), back.next());
    let Some(previous) = previous else { return 0 };
    let degrees = matches!(previous, 'F' | 'f' | 'C' | 'c' | 'K' | 'k') && second == Some('°');
    let capitals = |c: Option<char>| c.is_some_and(|c| characters.class(c).is_alpha_upper());
    let parts = characters.class(previous).parts_stop() || capitals(Some(previous)) && capitals(second);
    usize::from(degrees || parts)
}

fn unit_suffix(word: &str) -> Option<usize> {
    let behind_digit =
        |unit: &&&str| word.strip_suffix(**unit).is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()));
    UNITS.iter().chain(&CURRENCIES).filter(behind_digit).map(|unit| unit.len()).max()
}

/// Calls `found(start, end)` for each infix, left to right.
pub(super) fn infixes(characters: &Characters, word: &str, mut found: impl FnMut(usize, usize)) {
    let mut at = 0;
    let mut previous = None;
    while let Some(current) = word[at..].chars().next() {
        let length = infix(characters, previous, &word[at..]);
        let step = if length > 0 { length } else { current.len_utf8() };
        if length > 0 {
            found(at, at + length);
        }
        previous = word[at..at + step].chars().next_back();
        at += step;
    }
}

/// Bytes of the infix that `rest` begins with; 0 for none.
fn infix(characters: &Characters, previous: Option<char>, rest: &str) -> usize {
    let mut ahead = rest.chars();
    let Some(first) = ahead.next() else { return 0 };
    if first.is_ascii_alphanumeric() {
        return 0;
    }
    let next = ahead.next();
    if first == '.' && next == Some('.') {
        return run_of_stops(rest);
    }
    if first == '…' || characters.class(first).is_icon() {
        return first.len_utf8();
    }
    let Some(previous) = previous else { return 0 };
    let before = characters.class(previous);
    let digit = previous.is_ascii_digit();
    let after = |c: Option<char>| c.map(|c| characters.class(c));
    let alpha = |c| after(c).is_some_and(Class::is_alpha);
    if matches!(first, '+' | '-' | '*' | '^') && digit && next.is_some_and(|c| c.is_ascii_digit() || c == '-') {
        return 1;
    }
    match first {
        '.' => {
            let left = before.is_alpha_lower() || before.is_quote();
            usize::from(left && after(next).is_some_and(|class| class.is_alpha_upper() || class.is_quote()))
        }
        ',' => usize::from(before.is_alpha() && alpha(next)),
        ':' | '<' | '>' | '=' | '/' => usize::from((before.is_alpha() || digit) && alpha(next)),
        '-' | '–' | '—' | '~' if before.is_alpha() || digit => {
            let dashes = rest.chars().take_while(|&c| c == first).take(4).count();
            let fits = |count: usize| count > 0 && alpha(rest.chars().nth(count));
            let longest = match first {
                '-' => 3,
                '—' => 2,
                _ => 1,
            };
            if dashes <= longest && fits(dashes) { dashes * first.len_utf8() } else { 0 }
        }
        _ => 0,
    }
}
