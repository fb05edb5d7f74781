//! When a document was written, by who holds office in it.
//!
//! In: the year of publication, or the offices that the text gives known persons. Out: the years in which all of them held theirs: where Antony Blinken is
//! secretary of state, one from 2021 to 2025.

use entente_model::Date;

use super::board::{Board, Origin};
use crate::{
    actors::Office,
    positions::{PositionMention, Status},
};

/// The years that a document without a day of publication can be of: of a year of publication that and the one before, else those
/// in which everybody held the office that the text gives. Empty where the files end no one's term, or know nobody.
pub(super) fn years(board: &Board<'_>, positions: &[PositionMention]) -> Vec<i16> {
    match board.date {
        Some(published) if published.day.is_some() => return Vec::new(),
        Some(published) => return vec![published.year - 1, published.year],
        None => {}
    }
    let held = positions.iter().filter(|position| position.status == Status::Held);
    let terms: Vec<Vec<&Office>> =
        held.map(|position| terms_of(board, position)).filter(|terms| !terms.is_empty()).collect();
    let whole = |terms: &&Vec<&Office>| terms.iter().all(|office| office.from.is_some() && office.until.is_some());
    let Some(ended) = terms.iter().find(whole) else { return Vec::new() };
    let mut years: Vec<i16> = ended
        .iter()
        .filter_map(|office| Some(office.from?.year..=office.until?.year))
        .flatten()
        .filter(|&year| terms.iter().all(|terms| terms.iter().any(|office| office.held_on(Date::year(year)))))
        .collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// The stretches of time that a known person had an office.
fn terms_of<'a>(board: &Board<'a>, position: &PositionMention) -> Vec<&'a Office> {
    let (Origin::Person(person), Origin::Actor(of)) =
        (board.origins[position.person], board.origins[position.organization])
    else {
        return Vec::new();
    };
    let classes = board.vocabulary.classes(&position.title);
    let offices = board.actors.person(person).offices.iter();
    offices.filter(|office| office.of == of && office.classes & classes != 0).collect()
}
