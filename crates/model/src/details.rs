//! What news says of an event beyond who, what, when and where: periods, packages, instruments, weapons, ranges of numbers.
//!
//! Plain values as the text gives them. What the text leaves open is empty, and is not written.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{Amount, Attribution, Date, Evidence, Instrument, SanctionInstrument, Stage, Succession, Supply};

/// A unit of a [`Length`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeUnit {
    /// Hours.
    Hour,
    /// Days.
    Day,
    /// Months of the calendar.
    Month,
    /// Years of the calendar.
    Year,
}

/// A length of time, written as an ISO 8601 duration of one unit: `P10Y`, `P14D`, `PT72H`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Length {
    /// How many units.
    pub count: u32,
    /// Of what.
    pub unit: TimeUnit,
}

/// A string that is no duration of one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LengthError(String);

impl fmt::Display for LengthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not a length of time: write P10Y, P6M, P14D or PT72H", self.0)
    }
}

impl std::error::Error for LengthError {}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.count;
        match self.unit {
            TimeUnit::Hour => write!(f, "PT{count}H"),
            TimeUnit::Day => write!(f, "P{count}D"),
            TimeUnit::Month => write!(f, "P{count}M"),
            TimeUnit::Year => write!(f, "P{count}Y"),
        }
    }
}

impl From<Length> for String {
    fn from(length: Length) -> Self {
        length.to_string()
    }
}

impl FromStr for Length {
    type Err = LengthError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || LengthError(text.to_owned());
        let (body, hours) = match text.strip_prefix("PT") {
            Some(body) => (body, true),
            None => (text.strip_prefix('P').ok_or_else(wrong)?, false),
        };
        let unit = match (body.chars().last(), hours) {
            (Some('H'), true) => TimeUnit::Hour,
            (Some('D'), false) => TimeUnit::Day,
            (Some('M'), false) => TimeUnit::Month,
            (Some('Y'), false) => TimeUnit::Year,
            _ => return Err(wrong()),
        };
        let count = body[..body.len() - 1].parse().map_err(|_| wrong())?;
        Ok(Self { count, unit })
    }
}

impl TryFrom<String> for Length {
    type Error = LengthError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// The time that aid is for or that an agreement runs: "over the next four years", "in 2024-2027", "until 2035", "annual".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Period {
    /// How long.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub length: Option<Length>,
    /// First day, month or year.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub from: Option<Date>,
    /// Last day, month or year.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub until: Option<Date>,
    /// So much every year.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub annual: bool,
}

impl Period {
    /// Whether nothing is known of it.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A whole that aid is a part of, or a part of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Package {
    /// What the text calls it: "package", "emergency shelter".
    pub title: String,
    /// How much.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub amount: Option<Amount>,
    /// Id of the event of the same article that tells it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub event: Option<String>,
}

/// An agreement that was there before, and what the new one does to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// Extends, replaces, amends, implements.
    pub link: Succession,
    /// What the text calls it: "1993 security agreement".
    pub title: String,
}

/// How far an agreement has come for one of its parties.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyStage {
    /// Name of the party.
    pub name: String,
    /// Id of the party: see [`crate::Entity::id`].
    pub id: String,
    /// How far.
    pub stage: Stage,
    /// Not yet: "has yet to ratify".
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub pending: bool,
}

/// Bounds of a number that the text does not give exactly: "at least 12", "between 10 and 15", "dozens".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Range {
    /// Not fewer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub least: Option<u64>,
    /// Not more.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub most: Option<u64>,
}

/// Values by which another sentence of the article contradicts the event's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alternative {
    /// Another sum.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub amount: Option<Amount>,
    /// Another date.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub date: Option<Date>,
    /// Another number of dead.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub killed: Option<u64>,
    /// Another number of injured.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub injured: Option<u64>,
    /// The sentence that gives them.
    pub evidence: Evidence,
}

/// All of it, for one event.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Details {
    /// The time that aid is for or that an agreement runs.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub period: Option<Period>,
    /// Aid from stocks or bought.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub supply: Option<Supply>,
    /// The 58 of "the 58th drawdown".
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub number: Option<u32>,
    /// The whole that aid is a part of.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub part_of: Option<Package>,
    /// Parts of aid that the text gives sums for; never to be added to it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub parts: Vec<Package>,
    /// Form of an agreement.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub instrument: Option<Instrument>,
    /// What an agreement is on, or an act beyond the nine types about: "security cooperation", "bombing of a school".
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub subject: Option<String>,
    /// Earlier agreements that it extends, replaces, amends or implements.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub earlier: Vec<Earlier>,
    /// How far an agreement has come for single parties, where the text tells them apart.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub party_stages: Vec<PartyStage>,
    /// The larger event that a meeting is held at or beside: "Munich Security Conference".
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub occasion: Option<String>,
    /// What a sanction consists of, as far as the text says.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub instruments: Vec<SanctionInstrument>,
    /// Weapons of an attack, by their standard names.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub weapons: Vec<String>,
    /// Bounds of the number of people killed, where it is not exact.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub killed: Option<Range>,
    /// Bounds of the number of people injured, where it is not exact.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub injured: Option<Range>,
    /// On whose word an attack is laid to its attacker.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub attribution: Option<Attribution>,
    /// Values by which other sentences contradict the event's own, in text order.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub alternatives: Vec<Alternative>,
}

impl Details {
    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_an_iso_duration_of_one_unit() {
        for (text, count, unit) in [
            ("P10Y", 10, TimeUnit::Year),
            ("P6M", 6, TimeUnit::Month),
            ("P14D", 14, TimeUnit::Day),
            ("PT72H", 72, TimeUnit::Hour),
        ] {
            let length = Length { count, unit };
            assert_eq!((length.to_string().as_str(), text.parse()), (text, Ok(length)));
        }
        for wrong in ["10Y", "P10", "PT5D", "P5H", "P", "PT", "PxY", "P1Y2M"] {
            assert!(wrong.parse::<Length>().is_err(), "{wrong}");
        }
    }
}
