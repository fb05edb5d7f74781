//! Whether a date lies ahead or behind, read from the verb that governs it.
//!
//! In: the tree and a date's tokens. Out: a [`Direction`].
//! In "said on Friday that he will fly on Sunday", Friday is past and Sunday to come.

use std::ops::Range;

use entente_nlp::{Deprel, Document, Tag, Upos};

use super::resolve::Direction;

/// Verbs and participles whose infinitive lies ahead: "agreed to meet on Friday".
const AHEAD: [&str; 40] = [
    "agree",
    "aim",
    "anticipate",
    "arrange",
    "ask",
    "bill",
    "call",
    "commit",
    "decide",
    "design",
    "due",
    "expect",
    "go",
    "hope",
    "instruct",
    "intend",
    "invite",
    "like",
    "mean",
    "offer",
    "order",
    "plan",
    "pledge",
    "poise",
    "prepare",
    "promise",
    "propose",
    "ready",
    "request",
    "schedule",
    "seek",
    "set",
    "slate",
    "tell",
    "threaten",
    "urge",
    "vow",
    "want",
    "wish",
    "time",
];
/// Verbs of schedules: in the present tense they speak of what is to come.
const SCHEDULED: [&str; 34] = [
    "arrive",
    "be",
    "begin",
    "close",
    "convene",
    "depart",
    "end",
    "enter",
    "expire",
    "face",
    "fly",
    "gather",
    "go",
    "head",
    "hold",
    "host",
    "kick",
    "launch",
    "leave",
    "meet",
    "open",
    "reopen",
    "reconvene",
    "resume",
    "return",
    "run",
    "start",
    "take",
    "travel",
    "visit",
    "vote",
    "welcome",
    "mark",
    "come",
];
/// Adjectives and participles of things to come: "the planned talks on Friday".
const AHEAD_OF: [&str; 12] = [
    "expected",
    "planned",
    "upcoming",
    "scheduled",
    "forthcoming",
    "proposed",
    "due",
    "future",
    "slated",
    "looming",
    "imminent",
    "anticipated",
];
/// How far up the tree the search goes.
const REACH: usize = 24;
/// How many children of a token are looked at: a verb's auxiliaries are among the first.
const CHILDREN: usize = 40;

/// The token of a range whose head lies outside it.
pub(super) fn top(document: &Document, tokens: &Range<usize>) -> Option<usize> {
    tokens.clone().find(|&t| document.head(t).is_none_or(|h| !tokens.contains(&h)))
}

/// Whether a token of a date modifies a noun: "the October 7 attacks", "Friday's talks".
pub(super) fn modifies(document: &Document, top: usize) -> bool {
    matches!(document.token(top).deprel, Deprel::Compound | Deprel::Nummod | Deprel::Nmod | Deprel::Poss | Deprel::Amod)
}

/// The direction that the governing verb gives.
pub(super) fn of(document: &Document, tokens: &Range<usize>) -> Direction {
    let Some(top) = top(document, tokens) else { return Direction::Unknown };
    let mut path = Path { top, after: false, noun: false, modifies: modifies(document, top) };
    let mut at = top;
    for _ in 0..REACH {
        path.after |= matches!(document.word(at).to_ascii_lowercase().as_str(), "after" | "following");
        if let Some(direction) = here(document, at, path).filter(|_| document.token(at).deprel != Deprel::Prep) {
            let modal = document.children(at).take(CHILDREN).any(|c| document.token(c).tag == Tag::Md);
            return if path.after && !modal { Direction::Past } else { direction };
        }
        path.noun |= at != top && matches!(document.token(at).upos, Upos::Noun | Upos::Propn);
        match document.head(at) {
            Some(head) => at = head,
            None => break,
        }
    }
    Direction::Unknown
}

/// What lies between the date and the verb.
#[derive(Debug, Clone, Copy)]
struct Path {
    /// The date.
    top: usize,
    /// "Following talks on Friday, they are preparing a summit": before the verb, unless that is to come itself.
    after: bool,
    /// A noun: "is the result of the talks on Friday".
    noun: bool,
    /// The date modifies that noun: "is the result of Friday's talks".
    modifies: bool,
}

/// The direction that one token gives, if it decides.
fn here(document: &Document, at: usize, path: Path) -> Option<Direction> {
    let token = document.token(at);
    match token.tag {
        Tag::Vbd => Some(past(document, at, path.top)),
        Tag::Vbz | Tag::Vbp => present(document, at, path),
        Tag::Vb | Tag::Vbg | Tag::Vbn => non_finite(document, at, path),
        Tag::Md => Some(Direction::Future),
        _ if matches!(token.upos, Upos::Noun | Upos::Propn) => {
            let ahead = document
                .children(at)
                .take(CHILDREN)
                .any(|c| matches!(document.token(c).deprel, Deprel::Amod | Deprel::Compound) && is_ahead(document, c));
            ahead.then_some(Direction::Future)
        }
        _ if is_ahead(document, at) => Some(Direction::Future),
        _ => None,
    }
}

fn is_ahead(document: &Document, token: usize) -> bool {
    AHEAD_OF.contains(&document.word(token).to_ascii_lowercase().as_str())
}

/// A verb in the past tense: "was due on Friday" looks ahead from then, "the first date was June 12" either way.
fn past(document: &Document, at: usize, top: usize) -> Direction {
    if document.head(top) == Some(at) && document.token(top).deprel == Deprel::Attr {
        return Direction::Unknown;
    }
    let ahead = document.lemma(at) == "be"
        && document
            .children(at)
            .take(CHILDREN)
            .any(|c| matches!(document.token(c).deprel, Deprel::Acomp | Deprel::Xcomp) && is_ahead(document, c));
    if ahead { Direction::Future } else { Direction::Past }
}

/// A verb in the present tense: of others than these, the verb above may tell ("it will decide whether it sends").
fn present(document: &Document, at: usize, path: Path) -> Option<Direction> {
    let lemma = document.lemma(at);
    if matches!(lemma, "say" | "tell" | "report" | "write") {
        return Some(Direction::Past);
    }
    let scheduled = SCHEDULED.contains(&lemma) && !path.modifies && !(path.noun && lemma == "be");
    scheduled.then_some(Direction::Future)
}

/// An infinitive or a participle: its auxiliaries decide, else the verb above it.
fn non_finite(document: &Document, at: usize, path: Path) -> Option<Direction> {
    let mut infinitive = false;
    let (mut modal, mut perfect, mut past, mut present) = (false, false, false, false);
    for child in document.children(at).take(CHILDREN) {
        let token = document.token(child);
        let aux = matches!(token.deprel, Deprel::Aux | Deprel::Auxpass);
        infinitive |= token.tag == Tag::To && aux;
        modal |= token.tag == Tag::Md && aux;
        past |= token.tag == Tag::Vbd && aux;
        present |= matches!(token.tag, Tag::Vbz | Tag::Vbp) && aux;
        perfect |= aux && document.lemma(child) == "have";
    }
    let tag = document.token(at).tag;
    let ahead = AHEAD.contains(&document.lemma(at)) && tag == Tag::Vbn;
    if perfect || (past && !ahead) {
        return Some(Direction::Past);
    }
    if modal {
        return Some(Direction::Future);
    }
    if infinitive {
        return above_infinitive(document, at, path);
    }
    match tag {
        // "is meeting him on Friday", "is scheduled for Friday".
        _ if present => Some(if tag == Tag::Vbg || ahead { Direction::Future } else { Direction::Unknown }),
        _ if ahead || is_ahead(document, at) => Some(Direction::Future),
        // "the pact signed on Friday"
        Tag::Vbn if document.token(at).deprel == Deprel::Acl => Some(Direction::Past),
        _ => None,
    }
}

/// An infinitive: ahead, but where it only tells what somebody did ("flew in to meet him", "managed to meet him").
fn above_infinitive(document: &Document, at: usize, path: Path) -> Option<Direction> {
    let Some(head) = document.head(at) else { return Some(Direction::Future) };
    if AHEAD.contains(&document.lemma(head)) || is_ahead(document, head) {
        return Some(Direction::Future);
    }
    match document.token(head).tag {
        Tag::Vbd | Tag::Vbn => here(document, head, path),
        Tag::Vbg if document.token(at).deprel == Deprel::Advcl => None,
        // A conjunct shares the "to" of the verb before it: "agreed to meet and to sign".
        Tag::Vb if document.token(at).deprel == Deprel::Conj => None,
        _ => Some(Direction::Future),
    }
}
