//! Decoded text to clean lines.
//!
//! In: the text of a file, or of a web page. Out: its lines without markup remnants, bullets and doubled blanks; hard-wrapped
//! paragraphs whole again. `*The **Minister** met&nbsp;…*` becomes `The Minister met …`.

/// One line of the input.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "four independent marks of layout")]
pub(super) struct Line {
    /// The words; empty only for a rule.
    pub(super) text: String,
    /// Whether markup makes it a heading.
    pub(super) heading: bool,
    /// Whether it was an item of a list.
    pub(super) bullet: bool,
    /// Whether a blank line stands before it.
    pub(super) gap: bool,
    /// A horizontal rule: `---`, `* * *`.
    pub(super) rule: bool,
}

/// Splits and cleans a text.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut gap = true;
    // How long the last line of the text was, before it was joined to the line before it.
    let mut written = 0;
    let raw_lines = text.split(['\n', '\u{2028}', '\u{2029}', '\x0c', '\x0b']);
    for raw in raw_lines.flat_map(|raw| run_in_heading(raw).into_iter().flatten()) {
        let mut line = clean(raw);
        if line.text.is_empty() && !line.rule {
            gap = true;
            continue;
        }
        line.gap = gap;
        gap = false;
        let length = std::mem::replace(&mut written, line.text.len());
        match lines.last_mut() {
            Some(last) if continues(last, length, &line) => {
                last.text.push(' ');
                last.text.push_str(&line.text);
            }
            _ => lines.push(line),
        }
    }
    lines
}

/// `**Trade and Growth** The two will open …` is a heading and a paragraph; other lines are one.
fn run_in_heading(raw: &str) -> [Option<&str>; 2] {
    let start = raw.trim_start_matches([' ', '*', '-']);
    let lead = &raw[..raw.len() - start.len()];
    if lead.ends_with("**")
        && let Some(close) = start.find("**")
    {
        let rest = start[close..].trim_start_matches('*');
        let inner = start[..close].trim_end();
        let apart = rest.starts_with(' ') && rest.trim_start().starts_with(char::is_uppercase) && rest.len() > 40;
        if apart && inner.len() > 3 && inner.ends_with(|c: char| c.is_alphanumeric() || c == '>') {
            return [Some(&raw[..raw.len() - rest.len()]), Some(rest)];
        }
    }
    [Some(raw), None]
}

/// Whether a line goes on with the sentence of the line before: a paragraph that was wrapped by hand.
fn continues(last: &Line, length: usize, line: &Line) -> bool {
    if line.gap || line.rule || line.bullet || line.heading || last.rule || last.heading || last.text.len() < 45 {
        return false;
    }
    if is_attribution(last, line) {
        return true;
    }
    let open = !last.text.ends_with(['.', '!', '?', '"', '”', '’', ':', ';', ')', '…', '\'']);
    let goes_on = line.text.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    // A full line of 60 to 100 characters that a name or a sentence happens to begin after.
    let wrapped = (60..=100).contains(&length) && line.text.len() > 30;
    open && (goes_on
        || (wrapped
            && last.text.ends_with(|c: char| c.is_lowercase() || c == ',')
            && ends_in_function_word(&last.text)))
}

/// A pulled quote with its speaker on a line below: `"We agreed on the text of it"`, then `Jane Doe said.`
fn is_attribution(last: &Line, line: &Line) -> bool {
    const VERBS: [&str; 8] = ["added", "announced", "declared", "emphasized", "noted", "said", "stressed", "wrote"];
    let quoted = last.text.starts_with(['"', '“', '«']) && last.text.ends_with(['"', '”', '»']);
    let words: Vec<&str> = line.text.trim_end_matches('.').split(' ').collect();
    quoted && line.text.ends_with('.') && words.len() <= 8 && words.last().is_some_and(|word| VERBS.contains(word))
}

/// "… met with the" does not end a line by intent.
fn ends_in_function_word(text: &str) -> bool {
    const WORDS: [&str; 24] = [
        "a", "an", "and", "as", "at", "by", "for", "from", "has", "have", "his", "in", "is", "its", "of", "on", "or",
        "that", "the", "their", "to", "was", "were", "with",
    ];
    text.rsplit(' ').next().is_some_and(|word| WORDS.binary_search(&word).is_ok())
}

/// One line without what is not words.
fn clean(raw: &str) -> Line {
    let mut line = Line::default();
    let text = entities(&tags(raw));
    let mut text: String = text
        .chars()
        .filter(
            |c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' | '\u{ad}'),
        )
        .map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c })
        .collect();
    if is_rule(text.trim()) {
        line.rule = true;
        return line;
    }
    let start = text.trim_start();
    let hashes = start.len() - start.trim_start_matches('#').len();
    if (1..=6).contains(&hashes) && start[hashes..].starts_with(' ') {
        line.heading = true;
        text = start[hashes..].trim_end_matches(['#', ' ']).to_owned();
    } else if let Some(item) =
        ["• ", "•", "· ", "▪ ", "◦ ", "* ", "- ", "+ "].iter().find_map(|mark| start.strip_prefix(mark))
    {
        line.bullet = true;
        text = item.to_owned();
    }
    let text = links(&text).replace("**", "").replace("__", "");
    line.text = emphasis(&text).split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    line
}

/// `----`, `* * *`, `=====`: three or more of one mark.
fn is_rule(text: &str) -> bool {
    let mut marks = text.chars().filter(|c| *c != ' ');
    let Some(first) = marks.next().filter(|c| matches!(c, '-' | '*' | '=' | '_' | '—' | '~' | '⁂')) else {
        return false;
    };
    let count = 1 + marks.clone().count();
    marks.all(|c| c == first) && (count >= 3 || first == '⁂')
}

/// Takes out inline tags that were left in plain text; `a < b` stays.
fn tags(text: &str) -> String {
    const NAMES: [&str; 15] =
        ["a", "b", "br", "div", "em", "font", "i", "p", "small", "span", "strong", "sub", "sup", "u", "wbr"];
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        clean.push_str(&rest[..start]);
        let inner = rest[start + 1..].trim_start_matches('/');
        let name = inner.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        let known = name.len() <= 6 && NAMES.binary_search(&name.to_ascii_lowercase().as_str()).is_ok();
        // A tag ends before the next begins, which also keeps the search short.
        let close = rest[start + 1..].find(['<', '>']).map(|at| start + 1 + at);
        if let Some(end) = close.filter(|end| known && rest.as_bytes()[*end] == b'>') {
            if matches!(name, "br" | "p" | "div") {
                clean.push(' ');
            }
            rest = &rest[end + 1..];
        } else {
            clean.push('<');
            rest = &rest[start + 1..];
        }
    }
    clean.push_str(rest);
    clean
}

/// The character references that plain text keeps by mistake.
fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut text = text.to_owned();
    for (entity, character) in [
        ("&nbsp;", " "),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#039;", "'"),
        ("&apos;", "'"),
        ("&rsquo;", "’"),
        ("&lsquo;", "‘"),
        ("&rdquo;", "”"),
        ("&ldquo;", "“"),
        ("&#8217;", "’"),
        ("&#8216;", "‘"),
        ("&#8220;", "“"),
        ("&#8221;", "”"),
        ("&ndash;", "–"),
        ("&#8211;", "–"),
        ("&mdash;", "—"),
        ("&#8212;", "—"),
        ("&hellip;", "…"),
        ("&euro;", "€"),
        ("&pound;", "£"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ] {
        if text.contains(entity) {
            text = text.replace(entity, character);
        }
    }
    text
}

/// `[words](address)` becomes `words`; a picture `![words](address)` goes.
fn links(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(middle) = rest.find("](") {
        let Some(close) = rest[middle..].find(')') else { break };
        let Some(open) = rest[..middle].rfind('[') else {
            clean.push_str(&rest[..middle + 2]);
            rest = &rest[middle + 2..];
            continue;
        };
        let picture = rest[..open].ends_with('!');
        clean.push_str(&rest[..open - usize::from(picture)]);
        if !picture {
            clean.push_str(&rest[open + 1..middle]);
        }
        rest = &rest[middle + close + 1..];
    }
    clean.push_str(rest);
    clean
}

/// Takes out the asterisks of `*Federal Register*`; those of `5*3` and a lone one stay.
fn emphasis(text: &str) -> String {
    if text.matches('*').count() < 2 {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
    text.char_indices()
        .filter(|&(at, c)| c != '*' || (digit(at.checked_sub(1)) && digit(Some(at + 1))))
        .map(|(_, c)| c)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = lines(text).into_iter().map(|l| l.text).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn markup_remnants_go() {
        check("On the 11<sup>th</sup>&nbsp;the <b>envoy</b>  flew", &["On the 11th the envoy flew"]);
        check(
            "The **U.S. plan** in the *Federal Register *and [here](https://example.org/a).",
            &["The U.S. plan in the Federal Register and here."],
        );
        check("![a map](map.png) 5*3 < 20 & more", &["5*3 < 20 & more"]);
        check("a\u{200b}b\u{a0}c", &["ab c"]);
    }

    #[test]
    fn structure_is_kept() {
        let found = lines("# Talks resume\n\n- first\n* * *\nlast");
        assert!(found[0].heading && found[1].bullet && found[1].gap && found[2].rule && !found[3].gap);
        assert!(!lines("#Kyiv#Talks")[0].heading);
    }

    #[test]
    fn run_in_headings_stand_alone() {
        check(
            "**<u>Trade and Growth</u>** The two countries will open four ports and a railway.",
            &["Trade and Growth", "The two countries will open four ports and a railway."],
        );
        check(
            "**The ministers** agreed to open four ports and a railway next year.",
            &["The ministers agreed to open four ports and a railway next year."],
        );
        check(
            "\"We agreed on the text of the treaty this morning\"\nJane Doe said.",
            &["\"We agreed on the text of the treaty this morning\" Jane Doe said."],
        );
    }

    #[test]
    fn paragraphs_wrapped_by_hand_are_whole_again() {
        check(
            "On 11 November the president of the republic will attend the\n27th Conference of the parties.\nNext one.",
            &[
                "On 11 November the president of the republic will attend the 27th Conference of the parties.",
                "Next one.",
            ],
        );
        check(
            "Leaders meet in Geneva for a first round of talks\nThe envoys arrived.",
            &["Leaders meet in Geneva for a first round of talks", "The envoys arrived."],
        );
    }
}
