//! Actor files as they are written: TOML with `[[actor]]` and `[[person]]` tables, a closed schema.

use entente_model::Date;
use serde::Deserialize;
use toml::Spanned;

use super::Gender;

/// One file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    pub(super) actor: Vec<Spanned<ActorEntry>>,
    #[serde(default)]
    pub(super) person: Vec<Spanned<PersonEntry>>,
}

/// What sort of thing an `[[actor]]` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Country,
    Organization,
    Group,
    Place,
}

/// An `[[actor]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ActorEntry {
    pub(super) id: Option<String>,
    pub(super) name: String,
    pub(super) kind: Kind,
    #[serde(rename = "iso")]
    _iso: Option<String>,
    pub(super) official: Option<String>,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    #[serde(default)]
    pub(super) demonyms: Vec<String>,
    #[serde(default)]
    pub(super) government: Vec<String>,
    pub(super) capital: Option<String>,
    pub(super) region: Option<String>,
    pub(super) country: Option<String>,
    pub(super) class: Option<String>,
    #[serde(default)]
    pub(super) members: Vec<String>,
    #[serde(default)]
    pub(super) territory: bool,
    pub(super) until: Option<Day>,
    /// Whether it takes the place of an earlier entry of the same id.
    #[serde(default)]
    pub(super) replaces: bool,
}

/// A `[[person]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonEntry {
    pub(super) id: Option<String>,
    pub(super) name: String,
    pub(super) gender: Option<WrittenGender>,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    pub(super) surname: Option<String>,
    #[serde(default)]
    pub(super) offices: Vec<OfficeEntry>,
    /// Whether it takes the place of an earlier entry of the same id.
    #[serde(default)]
    pub(super) replaces: bool,
}

/// An office of a person.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfficeEntry {
    pub(super) title: String,
    pub(super) of: String,
    pub(super) from: Option<Day>,
    pub(super) until: Option<Day>,
}

/// "male" or "female".
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum WrittenGender {
    Male,
    Female,
}

impl From<WrittenGender> for Gender {
    fn from(gender: WrittenGender) -> Self {
        match gender {
            WrittenGender::Male => Self::Male,
            WrittenGender::Female => Self::Female,
        }
    }
}

/// A date as text ("2019-05-20", "2019-05", "2019") or a bare year.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(untagged)]
pub(super) enum Day {
    Text(Date),
    Year(i16),
}

impl From<Day> for Date {
    fn from(day: Day) -> Self {
        match day {
            Day::Text(date) => date,
            Day::Year(year) => Self::year(year),
        }
    }
}
