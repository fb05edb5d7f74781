//! Who is known: actor files in, a checked registry and one gazetteer of all names out.
//!
//! In: text of `data/actors/*.toml` and of the user's own files. Out: [`Actors`], or every error with its file and line.
//! "Kyiv" names a government and a city, "Bush" two presidents: the gazetteer gives all senses, the text decides.

mod check;
mod file;
mod fold;
mod gazetteer;
mod registry;

pub use fold::fold;
pub use gazetteer::{Gazetteer, Hit, Sense};
pub use registry::{Actor, ActorIndex, Actors, Gender, Office, Person, PersonIndex};
