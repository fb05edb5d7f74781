//! Who signs a text: "Leyla Adan, Secretary of State" above it or below it, "Statement by President Adan" as its headline.
//!
//! In: names and offices of a document. Out: the token of the one person in whose name it speaks, if it is signed at all.

use std::ops::Range;

use entente_nlp::{Document, Upos};

use super::board::Board;
use crate::mentions::NameKind;

/// Words of somebody, in a headline before "by" or "from".
const SIGNED: [&str; 8] = ["address", "comment", "letter", "message", "proclamation", "remark", "speech", "statement"];
/// Lines from the top and from the bottom that a byline or a signature may stand in.
const TOP: usize = 4;
const BOTTOM: usize = 3;

/// The token of the person who signs the document.
pub(super) fn find(board: &Board<'_>) -> Option<usize> {
    let lines = lines(board.document);
    if lines.iter().any(|&(start, _)| is_turn(board.document, start)) {
        return None;
    }
    let top = lines.len().min(TOP);
    let bottom = lines.len().saturating_sub(BOTTOM).max(lines.len().min(1));
    let by_headline = lines.first().and_then(|line| of_headline(board, line.0, line.1));
    by_headline
        .or_else(|| lines[..top].iter().find_map(|&(start, end)| byline(board, start, end)))
        .or_else(|| lines[bottom..].iter().find_map(|&(start, end)| byline(board, start, end)))
        .or_else(|| signature(board, &lines[bottom..]))
}

/// "Question:": what follows has speakers of its own.
fn is_turn(document: &Document, start: usize) -> bool {
    let label = document.word(start).to_lowercase();
    start + 1 < document.tokens().len()
        && document.word(start + 1) == ":"
        && matches!(label.as_str(), "moderator" | "question" | "answer" | "operator" | "interviewer" | "q" | "a")
}

/// First token and end of each line that holds words.
fn lines(document: &Document) -> Vec<(usize, usize)> {
    let text = document.text();
    let mut lines = Vec::new();
    let mut start = None;
    for (number, token) in document.tokens().iter().enumerate() {
        let before = number.checked_sub(1).map_or(0, |previous| document.token(previous).span.end);
        let breaks = text[before..token.span.start].contains('\n');
        if breaks && let Some(first) = start.take() {
            lines.push((first, number));
        }
        if token.upos == Upos::Space {
            if token.span.of(text).contains('\n')
                && let Some(first) = start.take()
            {
                lines.push((first, number));
            }
        } else if start.is_none() {
            start = Some(number);
        }
    }
    lines.extend(start.map(|first| (first, document.tokens().len())));
    lines
}

/// "Statement by President Leyla Adan on the Fires": the one person behind "by" or "from".
fn of_headline(board: &Board<'_>, start: usize, end: usize) -> Option<usize> {
    let document = board.document;
    let by = (start + 1..end).find(|&token| {
        matches!(document.word(token).to_lowercase().as_str(), "by" | "from")
            && SIGNED.contains(&document.word(token - 1).to_lowercase().trim_end_matches('s'))
    })?;
    let name = (by + 1..end.min(by + 10)).find_map(|token| person_at(board, token))?;
    // The words between are a title, and nobody signs with them.
    let title = board.offices.iter().any(|office| {
        office.tokens.start <= by + 1 && office.tokens.end >= name.start || office.head > by && office.head < name.start
    });
    let alone = name.end >= end || !matches!(document.word(name.end), "and" | "," | "&");
    (alone && (title || name.start == by + 1)).then_some(name.end - 1)
}

/// "Leyla Adan, Secretary of State": a whole line.
fn byline(board: &Board<'_>, start: usize, end: usize) -> Option<usize> {
    let document = board.document;
    let name = person_at(board, start)?;
    let comma = name.end;
    let office = board.offices.iter().find(|office| office.tokens.start == comma + 1)?;
    let short = end - start <= 16 && comma < end && document.word(comma) == ",";
    let plain = (start..end).all(|token| {
        !matches!(document.token(token).upos, Upos::Verb | Upos::Aux)
            && !matches!(document.word(token), "." | ":" | ";")
    });
    (short && plain && office.tokens.end <= end && !office.job && !office.plural && name.len() > 1)
        .then_some(name.end - 1)
}

/// A name on a line of its own at the end, its title on the next.
fn signature(board: &Board<'_>, lines: &[(usize, usize)]) -> Option<usize> {
    lines.iter().enumerate().find_map(|(place, &(start, end))| {
        let name = person_at(board, start).filter(|name| name.end == end && name.len() > 1)?;
        let titled = lines.get(place + 1).is_none_or(|&(next, next_end)| {
            board.offices.iter().any(|office| office.tokens.start == next && office.tokens.end <= next_end)
        });
        titled.then_some(name.end - 1)
    })
}

/// The person's name that begins at a token.
fn person_at(board: &Board<'_>, token: usize) -> Option<Range<usize>> {
    board
        .names
        .at(token)
        .filter(|(_, name)| name.kind == NameKind::Person && name.tokens.start == token)
        .map(|(_, name)| name.tokens.clone())
}
