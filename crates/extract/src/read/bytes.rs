//! Bytes of a file to text: tells text from other things and finds the encoding.
//!
//! In: bytes. Out: text without a byte order mark, `\n` line ends, and a warning wherever something was guessed or lost.
//! `caf\xe9` in a file that is no UTF-8 becomes "café" with the warning that windows-1252 was guessed.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::ReadError;

/// A text with what its reader should know.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) warnings: Vec<String>,
}

/// Beginnings of files that are no text, with a name for the message.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF document; convert it to text first, with pdftotext for one"),
    (b"PK\x03\x04", "a zip archive (or a word processor's document); unpack it first"),
    (b"\x1f\x8b", "gzip-compressed; unpack it first"),
    (b"BZh", "bzip2-compressed; unpack it first"),
    (b"\xfd7zXZ\0", "xz-compressed; unpack it first"),
    (b"(\xb5/\xfd", "zstd-compressed; unpack it first"),
    (b"\xd0\xcf\x11\xe0", "an old word processor's document; save it as text first"),
    (b"{\\rtf", "a rich text document; save it as plain text first"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
];

/// Decodes a file's bytes; `charset` is what the file itself or its transport says, if anything.
pub(super) fn decode(bytes: &[u8], charset: Option<&str>) -> Result<Decoded, ReadError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    if let Some((_, what)) = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(ReadError::NotText(what));
    }
    let mut warnings = Vec::new();
    let (encoding, skip, guessed) = encoding_of(bytes, charset);
    let bytes = &bytes[skip.min(bytes.len())..];
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    if looks_binary(&text) {
        return Err(ReadError::NotText("binary data"));
    }
    if guessed {
        warnings.push(format!("not UTF-8: read as {}, which was guessed", encoding.name()));
    }
    if lossy {
        let lost = text.matches('\u{fffd}').count();
        warnings.push(format!("{lost} byte sequences are no {}: shown as \u{fffd}", encoding.name()));
    }
    let (text, repaired) = repair(&text);
    if repaired > 0 {
        warnings.push(format!("{repaired} characters had been encoded twice: repaired"));
    }
    let (text, unescaped) = unescape(&text);
    if unescaped > 0 {
        warnings.push(format!("{unescaped} letters were written as \\x and a number: repaired"));
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(Decoded { text, warnings })
}

/// The encoding, how many bytes of mark to skip, and whether it is a guess.
fn encoding_of(bytes: &[u8], charset: Option<&str>) -> (&'static Encoding, usize, bool) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return (encoding, length, false);
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return (encoding, 0, true);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return (UTF_8, 0, false);
    }
    if let Some(encoding) = charset.and_then(|label| Encoding::for_label(label.as_bytes())).filter(|e| *e != UTF_8) {
        return (encoding, 0, false);
    }
    if mostly_utf8(bytes) {
        return (UTF_8, 0, false);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    (detector.guess(None, Utf8Detection::Deny), 0, true)
}

/// UTF-16 without a mark: in Latin text every other byte is zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let pairs = sample.len() / 2;
    if pairs < 8 {
        return None;
    }
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 10 > pairs * 7 && even * 10 < pairs {
        Some(UTF_16LE)
    } else if even * 10 > pairs * 7 && odd * 10 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether the bytes are UTF-8 with a few broken places rather than a legacy encoding.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken * 4
}

/// Text hardly ever has control characters.
fn looks_binary(text: &str) -> bool {
    let (mut odd, mut total) = (0usize, 0usize);
    for character in text.chars().take(65_536) {
        total += 1;
        odd += usize::from(
            character.is_control() && !matches!(character, '\n' | '\r' | '\t' | '\x0c' | '\u{80}'..='\u{9f}'),
        );
        odd += usize::from(character == '\0') * 4;
    }
    odd * 50 > total
}

/// Undoes UTF-8 that was read as Latin-1 or windows-1252 and encoded again, run by run, and counts the repaired runs.
fn repair(text: &str) -> (String, usize) {
    if !text.contains(['â', 'Ã', 'Â', 'Ä', 'Å', 'Ð', 'Ñ']) {
        return (text.to_owned(), 0);
    }
    let mut repaired = String::with_capacity(text.len());
    let (mut count, mut rest) = (0, text);
    while let Some(start) = rest.find(|c: char| !c.is_ascii()) {
        let (plain, tail) = rest.split_at(start);
        let end = tail.find(|c: char| c.is_ascii()).unwrap_or(tail.len());
        let (run, after) = tail.split_at(end);
        repaired.push_str(plain);
        if let Some(fixed) = undo(run) {
            repaired.push_str(&fixed);
            count += 1;
        } else {
            repaired.push_str(run);
        }
        rest = after;
    }
    repaired.push_str(rest);
    (repaired, count)
}

/// Undoes letters that a program wrote as escapes inside a word, `Andr\xE9s` or, within JSON, `Andr\\xE9s`, and counts them.
fn unescape(text: &str) -> (String, usize) {
    let mut repaired = String::with_capacity(text.len());
    let (mut count, mut rest) = (0, text);
    while let Some(start) = rest.find("\\x") {
        let (plain, tail) = rest.split_at(start);
        let word = plain.trim_end_matches('\\');
        let code = tail.get(2..4).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let letter = code.map(char::from).filter(|c| c.is_alphabetic() && !c.is_ascii());
        let inside_word = word.ends_with(char::is_alphabetic) && plain.len() - word.len() < 2;
        if let Some(letter) = letter.filter(|_| inside_word) {
            repaired.push_str(word);
            repaired.push(letter);
            count += 1;
            rest = &tail[4..];
        } else {
            repaired.push_str(plain);
            repaired.push_str("\\x");
            rest = &tail[2..];
        }
    }
    repaired.push_str(rest);
    (repaired, count)
}

/// The text that a run of characters is the doubly encoded form of.
fn undo(run: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(run.len());
    for character in run.chars() {
        if let Ok(byte) = u8::try_from(u32::from(character)) {
            bytes.push(byte);
            continue;
        }
        let mut buffer = [0; 4];
        let (encoded, _, failed) = WINDOWS_1252.encode(character.encode_utf8(&mut buffer));
        if failed || encoded.len() != 1 {
            return None;
        }
        bytes.push(encoded[0]);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, usize) {
        let decoded = decode(bytes, None).unwrap();
        (decoded.text, decoded.warnings.len())
    }

    #[test]
    fn utf8_with_and_without_a_mark_is_silent() {
        assert_eq!(text("Zoë met Łukasz\r\n".as_bytes()), ("Zoë met Łukasz\n".into(), 0));
        assert_eq!(text("\u{feff}Zoë".as_bytes()), ("Zoë".into(), 0));
    }

    #[test]
    fn utf16_is_found_with_and_without_a_mark() {
        let words = "The minister met the envoy.";
        let little: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text(&[&[0xff, 0xfe], little.as_slice()].concat()), (words.into(), 0));
        assert_eq!(text(&[&[0xfe, 0xff], big.as_slice()].concat()), (words.into(), 0));
        assert_eq!(text(&little), (words.into(), 1));
        assert_eq!(text(&big), (words.into(), 1));
    }

    #[test]
    fn a_legacy_encoding_is_guessed_aloud() {
        let (read, warnings) = text(b"The caf\xe9 in Orl\xe9ans was closed after the negotiations.");
        assert_eq!(read, "The café in Orléans was closed after the negotiations.");
        assert_eq!(warnings, 1);
    }

    #[test]
    fn what_the_page_declares_is_believed() {
        let decoded = decode(b"\xcc\xee\xf1\xea\xe2\xe0", Some("windows-1251")).unwrap();
        assert_eq!(decoded.text, "Москва");
    }

    #[test]
    fn broken_utf8_is_shown_and_told() {
        let (read, warnings) = text(b"Zo\xc3\xab and \xc5\x81ukasz, Zo\xc3\xab, Zo\xc3\xab, Zo\xc3\xab met \xff there");
        assert!(read.contains("Zoë and Łukasz") && read.contains('\u{fffd}'));
        assert_eq!(warnings, 1);
    }

    #[test]
    fn text_encoded_twice_is_repaired_aloud() {
        assert_eq!(text("next week\u{e2}\u{80}\u{99}s talks".as_bytes()), ("next week’s talks".into(), 1));
        assert_eq!(text("next weekâ€™s talks".as_bytes()), ("next week’s talks".into(), 1));
        assert_eq!(text("Château, Âge".as_bytes()), ("Château, Âge".into(), 0));
    }

    #[test]
    fn letters_written_as_escapes_are_repaired_aloud() {
        assert_eq!(text(br"President Ra\xFAl spoke".as_slice()), ("President Raúl spoke".into(), 1));
        assert_eq!(text(br"President Ra\\xFAl spoke".as_slice()), ("President Raúl spoke".into(), 1));
        assert_eq!(text(br"C:\x41 and \xe9 stay, a\x4".as_slice()), (r"C:\x41 and \xe9 stay, a\x4".into(), 0));
    }

    #[test]
    fn other_things_than_text_are_refused() {
        assert!(matches!(decode(b"", None), Err(ReadError::Empty)));
        assert!(matches!(decode(b" \n\t", None), Err(ReadError::Empty)));
        assert!(matches!(decode(b"%PDF-1.7 ...", None), Err(ReadError::NotText(_))));
        let noise: Vec<u8> = (0..=255).cycle().take(4000).collect();
        assert!(matches!(decode(&noise, None), Err(ReadError::NotText(_))));
    }
}
