//! From an article to entities, events and facts: the whole pipeline on one screen.

pub mod actors;
pub mod entities;
pub mod positions;
pub mod read;

mod quantities;
mod time;
