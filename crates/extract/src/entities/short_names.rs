//! Short forms of names that no file knows: "National Football League (NFL)", "US Green Party" and "the Green Party".
//!
//! In: the names of a document. Out: for each short form the full name that it stands for.

use std::collections::{BTreeMap, HashMap};

use super::board::{Board, fold_name};
use crate::mentions::NameKind;

/// Short names with their full ones, by number.
pub(super) fn find(board: &Board<'_>) -> BTreeMap<usize, usize> {
    let mut full: HashMap<String, usize> = HashMap::new();
    for number in 0..board.names.all.len() {
        if let Some(acronym) = acronym_behind(board, number) {
            full.entry(acronym).or_insert(number);
        }
        if let Some(rest) = without_nation(board, number) {
            full.entry(rest).or_insert(number);
        }
    }
    (0..board.names.all.len())
        .filter(|&number| is_body(board, number))
        .filter_map(|number| {
            let &whole = full.get(&text_of(board, number)).filter(|&&whole| whole != number)?;
            // Two known names keep their own meaning: "Council of the European Union (EU)".
            if !board.names.all[number].senses.is_empty() && !board.names.all[whole].senses.is_empty() {
                return None;
            }
            // A name inside its own full name is a part of it.
            let (inner, outer) = (&board.names.all[number].tokens, &board.names.all[whole].tokens);
            (inner.end <= outer.start || outer.end <= inner.start).then_some((number, whole))
        })
        .collect()
}

fn text_of(board: &Board<'_>, number: usize) -> String {
    fold_name(board.document.text_of(board.names.all[number].tokens.clone()))
}

fn is_body(board: &Board<'_>, number: usize) -> bool {
    matches!(board.names.all[number].kind, NameKind::Organization | NameKind::Group | NameKind::Place)
}

/// "NFL" in "National Football League (NFL)", if its letters are initials of the name.
fn acronym_behind(board: &Board<'_>, number: usize) -> Option<String> {
    let document = board.document;
    let name = &board.names.all[number];
    let open = name.tokens.end;
    let bracketed =
        open + 2 < document.tokens().len() && document.word(open) == "(" && document.word(open + 2).starts_with(')');
    if !bracketed || name.kind == NameKind::Person || name.tokens.len() < 2 {
        return None;
    }
    let acronym = document.word(open + 1);
    let letters = (2..=8).contains(&acronym.chars().count()) && acronym.chars().all(char::is_uppercase);
    let text = text_of(board, number);
    let words = text.split([' ', '-', '/']).filter_map(|word| word.chars().next());
    let mut initials: Vec<char> = words.map(|c| c.to_ascii_uppercase()).collect();
    let mut left = initials.iter();
    let in_order = acronym.chars().all(|letter| left.any(|initial| *initial == letter));
    // "Supreme Electoral Council (CSE)" is abbreviated in its own language.
    let mut own: Vec<char> = acronym.chars().collect();
    own.sort_unstable();
    initials.sort_unstable();
    (letters && (in_order || own == initials)).then(|| acronym.to_owned())
}

/// "Green Party" of "US Green Party": the name of a body that no file knows without the nation before it.
fn without_nation(board: &Board<'_>, number: usize) -> Option<String> {
    let name = &board.names.all[number];
    if name.kind != NameKind::Organization || !name.senses.is_empty() || name.tokens.len() < 3 {
        return None;
    }
    let first = name.tokens.start;
    let (_, nation) = board.names.innermost(first).filter(|(inner, _)| *inner != number)?;
    (nation.kind == NameKind::Country && nation.tokens.start == first && nation.tokens.end + 1 < name.tokens.end)
        .then(|| fold_name(board.document.text_of(nation.tokens.end..name.tokens.end)))
}
