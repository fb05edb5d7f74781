//! Tables in text files, searched where they lie.
//!
//! In: a file of lines sorted by their bytes, `key TAB value`. Out: the value of a key, without reading the file first.

/// A sorted table.
#[derive(Clone, Copy)]
pub(crate) struct Lines(pub(crate) &'static str);

impl Lines {
    /// What stands behind the key and its tab; `""` for a line that is the key alone.
    pub(crate) fn get(self, key: &str) -> Option<&'static str> {
        let bytes = self.0.as_bytes();
        let (mut low, mut high) = (0, bytes.len());
        while low < high {
            let middle = low.midpoint(high);
            let start = bytes[low..middle].iter().rposition(|&b| b == b'\n').map_or(low, |at| low + at + 1);
            let end = bytes[middle..high].iter().position(|&b| b == b'\n').map_or(high, |at| middle + at);
            let line = &self.0[start..end];
            let (found, value) = line.split_once('\t').unwrap_or((line, ""));
            match found.as_bytes().cmp(key.as_bytes()) {
                std::cmp::Ordering::Equal => return Some(value),
                std::cmp::Ordering::Less => low = (end + 1).min(high),
                std::cmp::Ordering::Greater => high = start,
            }
        }
        None
    }

    /// Whether the key has a line.
    pub(crate) fn contains(self, key: &str) -> bool {
        self.get(key).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn finds_every_line_and_no_other() {
        let lines = Lines("a\t1\nab\t2\nb\nc\t3\t4\n");
        assert_eq!(lines.get("a"), Some("1"));
        assert_eq!(lines.get("ab"), Some("2"));
        assert_eq!(lines.get("b"), Some(""));
        assert_eq!(lines.get("c"), Some("3\t4"));
        assert_eq!(["", "aa", "bb", "d"].map(|key| lines.get(key)), [None; 4]);
        assert_eq!(Lines("").get("a"), None);
    }
}
