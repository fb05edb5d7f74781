//! Escapes of JSON that name half a character.
//!
//! In: a line of JSON. Out: the same, with U+FFFD for each unpaired surrogate, and how many there were. Some programs cut texts
//! between the two halves of an emoji and write `\ud83d` alone, which no JSON reader takes; the rest of the article is sound.

use std::borrow::Cow;

/// Bytes of an escape: `\ud83d`.
const ESCAPE: usize = 6;

/// Makes every unpaired surrogate a replacement character.
pub(super) fn mend(json: &str) -> (Cow<'_, str>, usize) {
    let mut mended = String::new();
    let (mut copied, mut at, mut count) = (0, 0, 0);
    while let Some(found) = json[at..].find('\\') {
        at += found;
        at += match (unit(json, at), unit(json, at + ESCAPE)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 2 * ESCAPE,
            (Some(0xd800..=0xdfff), _) => {
                mended.push_str(&json[copied..at]);
                mended.push_str("\\ufffd");
                count += 1;
                copied = at + ESCAPE;
                ESCAPE
            }
            // The backslash and what it escapes, which is one byte of ASCII in any JSON.
            _ => 1 + json[at + 1..].chars().next().map_or(0, char::len_utf8),
        };
    }
    if count == 0 {
        return (Cow::Borrowed(json), 0);
    }
    mended.push_str(&json[copied..]);
    (Cow::Owned(mended), count)
}

/// The UTF-16 unit that an escape at this byte names.
fn unit(json: &str, at: usize) -> Option<u32> {
    let digits = json.get(at..at + ESCAPE)?.strip_prefix("\\u")?;
    if digits.bytes().all(|b| b.is_ascii_hexdigit()) { u32::from_str_radix(digits, 16).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::mend;

    #[test]
    fn halves_become_replacement_characters_and_pairs_stay() {
        let check =
            |json: &str, expected: &str, count: usize| assert_eq!(mend(json), (expected.into(), count), "{json}");
        check(r#"{"text": "no escape"}"#, r#"{"text": "no escape"}"#, 0);
        check(r#""a \ud83d\uDE00 b""#, r#""a \ud83d\uDE00 b""#, 0);
        check(r#""a \ud83d b""#, r#""a \ufffd b""#, 1);
        check(r#""\udc00\ud83d\ud83d\ude00\uD83D""#, r#""\ufffd\ufffd\ud83d\ude00\ufffd""#, 3);
        check(r#""C:\\ud83d \\\ud83d""#, r#""C:\\ud83d \\\ufffd""#, 1);
        check(r#""\ud8"#, r#""\ud8"#, 0);
        check("\"\\", "\"\\", 0);
        check("\"\\é\\u+123\"", "\"\\é\\u+123\"", 0);
    }
}
