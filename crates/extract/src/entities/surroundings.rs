//! Offices whose title names no owner: "Finance Minister Adan" of an article about Kenya is Kenya's.
//!
//! In: an office with a name beside it. Out: what it is an office of, where the sentence, the one before it or the whole article leave
//! no choice.

use std::ops::Range;

use entente_model::EntityKind;
use entente_nlp::{Deprel, Tag};

use super::EntityIndex;
use super::board::{Board, Origin};
use super::roles::{is_american, is_national};
use crate::actors::ActorIndex;
use crate::mentions::{Determiner, NameKind, OfficePhrase};

/// What a title without an owner is an office of, by what stands around it.
///
/// Only of a title right before a name: "Adan is a leader", "Adan, President and CEO" say nothing of the state.
pub(crate) fn owner_by_context(board: &mut Board<'_>, office: usize, apart: bool) -> Option<EntityIndex> {
    let phrase = board.offices[office].clone();
    let american = is_american(&phrase) && phrase.title.contains(' ');
    if apart && !american || phrase.determiner == Determiner::Indefinite {
        return None;
    }
    // Other secretaries of state than that of the United States are told with their country.
    let elsewhere = |country| matches!(board.actors.actor(country).name.as_str(), "Puerto Rico" | "Vatican");
    if phrase.title == "secretary of state" && !main_country(board).is_some_and(elsewhere) {
        return None;
    }
    let head = phrase.title.rsplit(' ').next().unwrap_or_default();
    if matches!(head, "king" | "queen" | "prince" | "princess" | "emir" | "sultan" | "pope")
        || phrase.title.contains("chief minister")
    {
        return None;
    }
    // An ambassador speaks abroad: whose, the country around says least of all.
    if phrase.title.split(' ').any(|word| matches!(word, "ambassador" | "amb" | "consul" | "envoy"))
        && !is_american(&phrase)
    {
        return None;
    }
    if phrase.job || !is_national(&phrase) && phrase.classes == 0 && board.home.is_none() {
        return None;
    }
    if is_american(&phrase)
        && let Some(home) = board.home
    {
        return Some(board.bare_actor_entity(home));
    }
    if !is_national(&phrase) {
        return None;
    }
    let sentence = board.document.sentence_of(phrase.head).tokens.clone();
    // "In Nigeria, Mr. Adan met with President ...": the place that the sentence opens with.
    let opening = (sentence.start..phrase.tokens.start)
        .find_map(|token| {
            board.names.at(token).filter(|(_, name)| name.tokens.start == token && name.kind == NameKind::Country)
        })
        .filter(|(_, country)| {
            let before = country.tokens.start.checked_sub(1).filter(|&t| t >= sentence.start);
            let before = match before {
                Some(t) if board.document.word(t) == "the" => t.checked_sub(1),
                other => other,
            };
            before.is_some_and(|t| board.document.word(t).eq_ignore_ascii_case("in"))
                && board.document.token(country.tokens.start).deprel == Deprel::Pobj
        })
        .map(|(number, _)| number);
    if let Some(entity) = opening.and_then(|number| board.of_name[number]) {
        return Some(entity);
    }
    // The only country that the sentence names, if it is not the home of the publisher.
    // Where somebody goes to, or whom they meet, is as a rule another country than their own.
    let object = |token: usize| matches!(board.document.token(token).deprel, Deprel::Pobj | Deprel::Dobj);
    let goal = |token: usize| {
        token > phrase.head
            && (object(token) || board.document.head(token).is_some_and(|head| head > phrase.head && object(head)))
    };
    let goals = sentence.clone().any(|token| {
        goal(token) && board.names.innermost(token).is_some_and(|(_, name)| name.kind == NameKind::Country)
    });
    let mut countries = countries_in(board, sentence);
    countries.retain(|&entity| board.home.is_none() || board.country_actor(entity) != board.home);
    let main = main_country(board);
    match countries[..] {
        [only] if main.map_or(!goals, |main| board.country_actor(only) == Some(main)) => Some(only),
        [] => main.map(|main| board.bare_actor_entity(main)).or_else(|| subject_before(board, &phrase)),
        _ => None,
    }
}

/// "**Norway's** Adan Noor pledged": a person whom no file knows is of the country whose the name is said to be.
pub(crate) fn citizens(board: &mut Board<'_>) {
    let document = board.document;
    for (number, name) in board.names.all.iter().enumerate() {
        let Some(person) = board.of_name[number].filter(|_| name.kind == NameKind::Person) else { continue };
        if board.drafts[person].country.is_some() || !matches!(board.origins[person], Origin::Local) {
            continue;
        }
        let country =
            name.tokens.clone().flat_map(|token| document.children_by(token, Deprel::Poss)).find_map(|whose| {
                board.names.at(whose).filter(|(_, owner)| owner.kind == NameKind::Country).map(|(owner, _)| owner)
            });
        if let Some(country) = country.and_then(|owner| board.of_name[owner]) {
            board.drafts[person].country = Some(country);
        }
    }
}

/// "**Its** ambassador to the UN, Adan Noor,": of the one country that this sentence, up to the pronoun, and the one before it name.
pub(crate) fn owner_by_pronoun(board: &Board<'_>, office: usize, pronoun: usize) -> Option<EntityIndex> {
    let document = board.document;
    let phrase = &board.offices[office];
    if document.token(pronoun).tag == Tag::WpS {
        return relative(board, pronoun);
    }
    if document.token(pronoun).tag != Tag::PrpS || !document.word(pronoun).eq_ignore_ascii_case("its") {
        return None;
    }
    let sentence = document.token(pronoun).sentence;
    let start = document.sentences()[sentence.saturating_sub(1)].tokens.start;
    match countries_in(board, start..pronoun)[..] {
        [only] if is_national(phrase) => Some(only),
        _ => None,
    }
}

/// "Qatar, **whose** emir, Adan Noor,", "the UN mission, whose head": of the state or the body right before.
fn relative(board: &Board<'_>, pronoun: usize) -> Option<EntityIndex> {
    let document = board.document;
    let mut before = pronoun.checked_sub(1)?;
    if document.word(before) == "," {
        before = before.checked_sub(1)?;
    }
    let (number, _) = board.names.at(before)?;
    let side = |entity: &EntityIndex| {
        matches!(board.drafts[*entity].kind, EntityKind::Country | EntityKind::Organization | EntityKind::Group)
    };
    board.of_name[number].filter(side)
}

/// "her Ukrainian counterpart, **Defence Minister** Adan,": of the country of the counterpart.
pub(crate) fn owner_of_counterpart(board: &Board<'_>, office: usize) -> Option<EntityIndex> {
    let before = &board.offices[office.checked_sub(1)?];
    let start = board.offices[office].tokens.start;
    let beside = before.counterpart && before.tokens.end + 1 == start && board.document.word(before.tokens.end) == ",";
    before.owners.last().filter(|_| beside).and_then(|&owner| board.of_name[owner])
}

/// "Iceland will comply. Foreign Minister Adan said": the one country that the sentence before names, as its subject.
fn subject_before(board: &Board<'_>, phrase: &OfficePhrase) -> Option<EntityIndex> {
    let document = board.document;
    let before = &document.sentences()[document.token(phrase.head).sentence.checked_sub(1)?];
    let [only] = countries_in(board, before.tokens.clone())[..] else { return None };
    let is_subject = |subject: usize| {
        let name = board.names.innermost(subject).and_then(|(number, _)| board.of_name[number]);
        name == Some(only)
    };
    document.children_by(before.root, Deprel::Nsubj).any(is_subject).then_some(only)
}

/// The countries that a stretch of text names, each once.
fn countries_in(board: &Board<'_>, tokens: Range<usize>) -> Vec<EntityIndex> {
    let mut countries: Vec<EntityIndex> = tokens
        .filter_map(|token| board.names.innermost(token))
        .filter(|(_, name)| name.kind == NameKind::Country)
        .filter_map(|(number, _)| board.of_name[number])
        .collect();
    countries.sort_unstable();
    countries.dedup();
    countries
}

/// The country that the document is about: most of what it names, and often.
pub(super) fn main_country(board: &Board<'_>) -> Option<ActorIndex> {
    let total: usize = board.country_counts.values().sum();
    let mut counts: Vec<(usize, ActorIndex)> =
        board.country_counts.iter().map(|(&country, &count)| (count, country)).collect();
    counts.sort_unstable();
    let &(count, country) = counts.last()?;
    if count >= 3 && count * 10 >= total * 7 {
        return Some(country);
    }
    // Else the only one that the headline and the first sentences name, twice at least.
    let opening =
        board.document.sentences().get(3).map_or(board.document.tokens().len(), |sentence| sentence.tokens.start);
    let mut named: Vec<ActorIndex> = board
        .names
        .all
        .iter()
        .zip(&board.of_name)
        .filter(|(name, _)| name.kind == NameKind::Country && name.tokens.start < opening)
        .filter_map(|(_, entity)| board.country_actor((*entity)?))
        .collect();
    named.dedup();
    match named[..] {
        [only] if board.country_counts.get(&only).is_some_and(|&count| count >= 2) => Some(only),
        _ => None,
    }
}
