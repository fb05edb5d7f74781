//! Spellings of one name: "Kouleba" and "Kuleba", "Phil" and "Philip", "Kishida Fumio" and "Fumio Kishida".
//!
//! Alone they prove nothing: whoever asks has the office, the country or the document on their side.

/// Whether two full names are one: the same last word, and first names that are equal, an initial, or a short form.
pub(super) fn same_name(one: &[String], other: &[String]) -> bool {
    let (Some(last), Some(other_last)) = (one.last(), other.last()) else { return false };
    let (Some(first), Some(other_first)) = (one.first(), other.first()) else { return false };
    if one.len() < 2 || other.len() < 2 {
        return false;
    }
    // "Kishida Fumio" and "Fumio Kishida"
    if one.len() == 2 && other.len() == 2 && first == other_last && last == other_first {
        return true;
    }
    if last == other_last {
        return first == other_first
            || (first.chars().count().min(other_first.chars().count()) >= 3
                && (first.starts_with(other_first.as_str()) || other_first.starts_with(first.as_str())));
    }
    // "Bilawal Bhutto" and "Bilawal Bhutto-Zardari"; "Rustem Umierov" and "Rustem Umerov".
    first == other_first
        && (last.split('-').any(|half| half == other_last)
            || other_last.split('-').any(|half| half == last)
            || (sounds_like(last, other_last) && last.len() >= 5))
}

/// Whether two spellings may be transliterations of one name: nearly the same letters, the same skeleton of consonants.
pub(super) fn sounds_like(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    if one == other {
        return true;
    }
    let longest = one.chars().count().max(other.chars().count());
    let allowed = if longest >= 8 { 3 } else { 2 };
    longest >= 4 && skeleton(&one) == skeleton(&other) && distance(&one, &other) <= allowed
}

/// The consonants of a name, spellings of one sound made one, doubles once.
fn skeleton(name: &str) -> String {
    let mut letters = String::new();
    let simple = name
        .replace("sch", "s")
        .replace("sh", "s")
        .replace("zh", "z")
        .replace("kh", "h")
        .replace("gh", "g")
        .replace("ph", "f")
        .replace("th", "t")
        .replace("ch", "c")
        .replace("ck", "k")
        .replace("dj", "j")
        .replace("tz", "z")
        .replace("ts", "z");
    for letter in simple.chars() {
        let letter = match letter {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'j' | '\'' | '-' => continue,
            'q' | 'c' => 'k',
            'w' => 'v',
            other => other,
        };
        if !letters.ends_with(letter) {
            letters.push(letter);
        }
    }
    letters
}

/// Edit distance (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut previous = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let replace = previous + usize::from(a != *b);
            previous = row[j + 1];
            row[j + 1] = replace.min(row[j] + 1).min(previous + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_sound_alike() {
        let check =
            |one: &str, other: &str, expected: bool| assert_eq!(sounds_like(one, other), expected, "{one} {other}");
        check("Kouleba", "Kuleba", true);
        check("Beloussov", "Belousov", true);
        check("Umierov", "Umerov", true);
        check("Zelenskiy", "Zelenskyy", true);
        check("Harris", "Harper", false);
        check("Li", "Lee", false);
        check("Petrov", "Pavlov", false);
    }

    #[test]
    fn first_names_decide_between_namesakes() {
        let words = |name: &str| name.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let check = |one: &str, other: &str, expected: bool| {
            assert_eq!(same_name(&words(one), &words(other)), expected, "{one} {other}");
        };
        check("Philip Gordon", "Phil Gordon", true);
        check("Ada Kennedy", "Rose Kennedy", false);
        check("Bilal Adan", "Bilal Adan-Noor", true);
    }
}
