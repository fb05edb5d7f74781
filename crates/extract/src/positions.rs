//! Who holds which office: entities in, one position for each person and organisation out.
//!
//! "French President Emmanuel Macron" gives Emmanuel Macron, France, "president", held.

use std::ops::Range;

use crate::entities::EntityIndex;

/// How the text says that a person stands to an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Holds it.
    Held,
    /// Held it: "former", "then", "ex-".
    Former,
    /// Stands in: "acting", "interim".
    Acting,
    /// Will hold it: "president-elect", "designate", "nominee".
    Designate,
    /// Holds it in their own words only: "self-proclaimed".
    Claimed,
}

/// An office that the text gives a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PositionMention {
    /// Who.
    pub person: EntityIndex,
    /// The country, body or organisation that it is an office of.
    pub organization: EntityIndex,
    /// Lower case, without the country: "minister of defense".
    pub title: String,
    /// Held, former, acting, designate, claimed.
    pub status: Status,
    /// The words of the office; the first noun of the title is the trigger.
    pub tokens: Range<usize>,
    /// The noun that names the office: "minister".
    pub trigger: usize,
}
