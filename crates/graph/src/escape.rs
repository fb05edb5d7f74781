//! Text for XML, HTML, DOT and terminals: whatever an article says, it stays text.

/// Text as content or attribute of XML or HTML; characters that XML 1.0 does not know are dropped.
pub(crate) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(c),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

/// Text inside a quoted DOT string, with no escape sequence of DOT's own left in it.
pub(crate) fn dot(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '&' => out.push_str("&amp;"),
            '\n' => out.push_str("\\n"),
            c if c < ' ' => {}
            c => out.push(c),
        }
    }
    out
}

/// Text for a terminal: a control character cannot move the cursor or change colours.
pub(crate) fn terminal(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_its_place() {
        assert_eq!(xml("<a b='\"'>&\u{1}"), "&lt;a b=&#39;&quot;&#39;&gt;&amp;");
        assert_eq!(dot("a\"\\N\n"), "a\\\"\\\\N\\n");
        assert_eq!(terminal("\u{1b}[31m"), "\u{fffd}[31m");
    }
}
