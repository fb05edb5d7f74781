//! JSON values one by one off a stream: the elements of a list, or objects that are spread over several lines.
//!
//! In: a stream. Out: the bytes of each value, in order, so that a list of any length is read in bounded memory. Only
//! brackets and strings are looked at: whether a value is an article is for its reader to say.

use std::io::{self, BufRead};

/// Cuts a stream into the values at its top, or into the elements of a list there.
pub(crate) struct Values<R> {
    stream: R,
    longest: usize,
}

/// A value of a stream.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Bytes(Vec<u8>),
    /// So many bytes: more than may be held.
    TooLong(usize),
}

impl<R: BufRead> Values<R> {
    pub(crate) const fn new(stream: R, longest: usize) -> Self {
        Self { stream, longest }
    }

    /// The next value; `None` at the end of the stream.
    pub(crate) fn next(&mut self) -> io::Result<Option<Value>> {
        let (mut value, mut length) = (Vec::new(), 0_usize);
        let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
        loop {
            let buffer = self.stream.fill_buf()?;
            if buffer.is_empty() {
                return Ok((length > 0).then(|| self.whole(value, length)));
            }
            let (mut used, mut ended) = (0, false);
            for &byte in buffer {
                used += 1;
                let is_mark = length == 0 && !byte.is_ascii();
                let parts = byte.is_ascii_whitespace() || b",[]".contains(&byte) || is_mark;
                let between = depth == 0 && !in_string && parts;
                if between {
                    // Before a value there is nothing to keep, not even a byte order mark; a bare word or number ends here.
                    ended = length > 0;
                    if ended {
                        break;
                    }
                    continue;
                }
                length += 1;
                if length <= self.longest {
                    value.push(byte);
                }
                match byte {
                    _ if escaped => escaped = false,
                    b'\\' if in_string => escaped = true,
                    b'"' => in_string = !in_string,
                    b'{' | b'[' if !in_string => depth += 1,
                    b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
                    _ => {}
                }
                if depth == 0 && !in_string && byte == b'}' {
                    ended = true;
                    break;
                }
            }
            self.stream.consume(used);
            if ended {
                return Ok(Some(self.whole(value, length)));
            }
        }
    }

    fn whole(&self, value: Vec<u8>, length: usize) -> Value {
        if length > self.longest { Value::TooLong(length) } else { Value::Bytes(value) }
    }
}

/// Whether the beginning of a stream is a list of objects, or an object over several lines.
pub(crate) fn is_list(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    match start.split_first() {
        Some((b'[', rest)) => rest.trim_ascii_start().first().is_some_and(|byte| b"{]".contains(byte)),
        Some((b'{', rest)) => rest.iter().find(|byte| **byte != b' ' && **byte != b'\r') == Some(&b'\n'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn cut(text: &str) -> Vec<String> {
        // A small buffer, so that values run over its end.
        let mut values = Values::new(BufReader::with_capacity(3, text.as_bytes()), 20);
        let mut found = Vec::new();
        while let Some(value) = values.next().unwrap() {
            found.push(match value {
                Value::Bytes(bytes) => String::from_utf8(bytes).unwrap(),
                Value::TooLong(length) => format!("{length} bytes"),
            });
        }
        found
    }

    #[test]
    fn a_list_is_cut_into_its_elements() {
        assert_eq!(cut("[ {\"a\": 1},\n {\"b\": [2, {}]} ]"), ["{\"a\": 1}", "{\"b\": [2, {}]}"]);
        assert_eq!(cut("{\n\"a\": \"}\\\"{\"\n}\n{}"), ["{\n\"a\": \"}\\\"{\"\n}", "{}"]);
        assert_eq!(cut("[1, \"x ]\", {}]"), ["1", "\"x ]\"", "{}"]);
        assert_eq!(cut("\u{feff}[]"), Vec::<String>::new());
    }

    #[test]
    fn what_is_broken_comes_as_it_is_and_what_is_too_long_as_its_length() {
        assert_eq!(cut("[{\"a\": "), ["{\"a\": "]);
        assert_eq!(cut("[{\"a\": \"0123456789012345\"}, {}]"), ["25 bytes", "{}"]);
    }

    #[test]
    fn lists_are_told_from_lines_and_from_text() {
        for list in ["[{\"id\"", " [\n  {", "[]", "{\n  \"id\"", "{\r\n"] {
            assert!(is_list(list.as_bytes()), "{list:?}");
        }
        for other in ["{\"id\": 1}", "[Note] Text", "{}", "", "["] {
            assert!(!is_list(other.as_bytes()), "{other:?}");
        }
    }
}
