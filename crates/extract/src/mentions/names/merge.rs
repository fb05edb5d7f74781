//! Overlaps of the gazetteer's hits and the model's spans: one name for each stretch of tokens.

use std::ops::Range;

use entente_nlp::{Document, EntityLabel, Upos};

use super::{Name, NameKind, lower};

/// Settles overlaps between the gazetteer's hits and the model's proposals.
pub(super) fn merge(document: &Document, hits: Vec<Name>, proposals: Vec<Name>) -> Vec<Name> {
    let mut all: Vec<Name> = Vec::new();
    let mut kept: Vec<Name> = hits;
    for mut proposal in proposals {
        let overlapping: Vec<usize> = (0..kept.len())
            .filter(|&k| kept[k].tokens.start < proposal.tokens.end && proposal.tokens.start < kept[k].tokens.end)
            .collect();
        let Some(&first) = overlapping.first() else {
            all.push(proposal);
            continue;
        };
        let covered = overlapping
            .iter()
            .any(|&k| kept[k].tokens.start <= proposal.tokens.start && proposal.tokens.end <= kept[k].tokens.end);
        if covered {
            for &k in &overlapping {
                kept[k].label = Some(proposal.label.unwrap_or(EntityLabel::Org));
            }
            continue;
        }
        // "US Libertarian Party": a country and a known name beside each other.
        let parts_known = overlapping.len() == 2
            && proposal.tokens.clone().all(|t| overlapping.iter().any(|&k| kept[k].tokens.contains(&t)))
            && overlapping
                .iter()
                .any(|&k| kept[k].kind == NameKind::Country && kept[k].tokens.start == proposal.tokens.start)
            && overlapping.iter().any(|&k| kept[k].kind == NameKind::Organization);
        if parts_known {
            continue;
        }
        if proposal.kind != NameKind::Person && overlapping.len() == 1 && keeps_hit(document, &kept[first], &proposal) {
            kept[first].label = proposal.label;
            continue;
        }
        // A hit that sticks out of the proposal is the better span.
        if overlapping
            .iter()
            .any(|&k| kept[k].tokens.start < proposal.tokens.start || kept[k].tokens.end > proposal.tokens.end)
        {
            continue;
        }
        if proposal.kind == NameKind::Person
            && let Some(&person) = overlapping.iter().find(|&&k| kept[k].kind == NameKind::Person)
            && (proposal.tokens.start..kept[person].tokens.start).all(|t| is_initial(document, t))
        {
            // "Lloyd J. Austin III": the longer span, the known person; "Hamza bin Laden" is another than "bin Laden".
            proposal.senses.clone_from(&kept[person].senses);
        }
        all.push(proposal);
    }
    // Of the hits that a longer proposal covers, countries stay as inner names; the rest goes.
    kept.retain(|hit| {
        let covered = all.iter().any(|name| {
            name.tokens.start <= hit.tokens.start && hit.tokens.end <= name.tokens.end && name.tokens != hit.tokens
        });
        !covered || hit.kind == NameKind::Country || hit.kind == NameKind::Place
    });
    let persons: Vec<Range<usize>> =
        all.iter().filter(|name| name.kind == NameKind::Person).map(|name| name.tokens.clone()).collect();
    kept.retain(|hit| !persons.iter().any(|p| p.start <= hit.tokens.start && hit.tokens.end <= p.end));
    all.extend(kept);
    all
}

/// Joins two halves of one person's name: "Ferdinand Romualdez" of the model and "Marcos Jr." of the gazetteer.
pub(super) fn join_halves(document: &Document, all: &mut Vec<Name>) {
    all.sort_by_key(|name| (name.tokens.start, std::cmp::Reverse(name.tokens.end)));
    let mut number = 0;
    while number + 1 < all.len() {
        let (first, second) = (&all[number], &all[number + 1]);
        let persons = first.kind == NameKind::Person && second.kind == NameKind::Person;
        let touching = first.tokens.end == second.tokens.start
            && document.token(first.tokens.start).sentence == document.token(second.tokens.start).sentence;
        // "Princess Reema bint Bandar bin Sultan": behind a particle comes her father.
        let particle = second.tokens.start == first.tokens.end + 1
            && matches!(lower(document, first.tokens.end).as_str(), "bint" | "bin" | "ibn" | "ben");
        if persons && particle {
            all[number].tokens.end = second.tokens.end;
            all.remove(number + 1);
            continue;
        }
        // Only the second half is known: two known names side by side are two people, unless the second is "Adan Jr.".
        let junior = matches!(lower(document, second.tokens.end - 1).as_str(), "jr" | "sr");
        if persons && touching && first.senses.is_empty() && (junior || !second.senses.is_empty()) {
            all[number + 1].tokens.start = all[number].tokens.start;
            all.remove(number);
        } else {
            number += 1;
        }
    }
}

/// Joins what a nickname in quotes parts: "Josaia “Frank” Adan".
pub(super) fn join_nicknames(document: &Document, all: &mut Vec<Name>) {
    let quote = |token: usize| matches!(document.word(token), "“" | "”" | "\"" | "''" | "``" | "‘" | "’");
    let mut number = 0;
    while number < all.len() {
        let name = &all[number];
        let (start, open) = (name.tokens.start, name.tokens.end);
        let sentence = document.sentence_of(start).tokens.end;
        // The model now and then takes the opening quote and the nickname into the first half.
        let open = (start + 1..open).find(|&token| quote(token)).unwrap_or(open);
        let close = open + 2;
        let surname = close + 1;
        if name.kind != NameKind::Person
            || surname >= sentence
            || !quote(open)
            || !quote(close)
            || [open + 1, surname].iter().any(|&t| !document.word(t).chars().next().is_some_and(char::is_uppercase))
            || document.token(surname).upos != Upos::Propn
        {
            number += 1;
            continue;
        }
        let last = all
            .iter()
            .find(|other| other.tokens.contains(&surname) && other.kind == NameKind::Person)
            .map_or(surname + 1, |other| other.tokens.end);
        all[number].tokens = start..last;
        let whole = start..last;
        let mut place = 0;
        all.retain(|other| {
            place += 1;
            place == number + 1 || !(whole.start <= other.tokens.start && other.tokens.end <= whole.end)
        });
        number += 1;
    }
}

/// A type of aircraft that reads like a name.
pub(super) fn is_vehicle(word: &str) -> bool {
    matches!(
        word,
        "antonov"
            | "bayraktar"
            | "chinook"
            | "globemaster"
            | "hercules"
            | "ilyushin"
            | "osprey"
            | "poseidon"
            | "tupolev"
    )
}

/// "J." or "C" before a surname.
fn is_initial(document: &Document, token: usize) -> bool {
    let letters = document.word(token).trim_end_matches('.');
    letters.chars().count() == 1 && letters.chars().all(char::is_alphabetic)
}

/// Whether a known name inside the model's span is what counts: "NATO" in "NATO Summit", "Ukraine" in "eastern Ukraine".
fn keeps_hit(document: &Document, hit: &Name, proposal: &Name) -> bool {
    let rest: Vec<usize> = proposal.tokens.clone().filter(|t| !hit.tokens.contains(t)).collect();
    let lower_rest = rest.iter().all(|&t| document.word(t).chars().next().is_none_or(|c| !c.is_uppercase()));
    let gathering = rest.iter().any(|&t| {
        matches!(
            lower(document, t).as_str(),
            "summit"
                | "leaders"
                | "meeting"
                | "ministers"
                | "ministerial"
                | "council"
                | "forum"
                | "members"
                | "allies"
                | "headquarters"
        )
    });
    // "Meeting with the World Bank": what stands before the preposition is no part of the name.
    let behind = hit.tokens.end == proposal.tokens.end
        && (proposal.tokens.start..hit.tokens.start)
            .rfind(|&t| document.token(t).upos != Upos::Det)
            .is_some_and(|t| matches!(lower(document, t).as_str(), "with" | "between" | "by" | "against"));
    if behind {
        return true;
    }
    // "Royal Australian Air Force Hercules": an aircraft of theirs.
    let vehicle = rest.iter().all(|&t| t >= hit.tokens.end && is_vehicle(&lower(document, t)));
    if vehicle && !rest.is_empty() {
        return true;
    }
    match hit.kind {
        NameKind::Organization | NameKind::Group => {
            lower_rest || (gathering && hit.tokens.start == proposal.tokens.start)
        }
        // "the United States Government" is the United States.
        NameKind::Country => lower_rest || rest.iter().all(|&t| lower(document, t) == "government"),
        NameKind::Place => lower_rest,
        NameKind::Person => true,
    }
}
