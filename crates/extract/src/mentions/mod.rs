//! What might be an actor: a parsed document in, names and offices with their tokens out.
//!
//! "US Secretary of State Antony Blinken" holds the names "US" and "Antony Blinken" and the office "secretary of state".
//! Who they are is decided in [`crate::entities`].

mod names;
mod offices;
mod vocabulary;

pub(crate) use names::{LATELY, Name, NameKind, Names, is_armed_service, is_prominent};
pub(crate) use offices::{Determiner, OfficePhrase, find as find_offices};
pub(crate) use vocabulary::{Classes, class};
pub(crate) use vocabulary::{Vocabulary, same_title};
