//! Plain types that every other crate of Entente speaks: articles in; entities, events and facts out.
//!
//! No I/O, no language processing, no RDF. An [`Article`] goes into the extractor,
//! an [`Extraction`] comes out of it, and the graph is made from extractions alone.

mod article;
mod date;
mod details;
mod entity;
mod event;
mod fact;
mod span;
mod vocabulary;

pub use article::Article;
pub use date::{Date, DateError};
pub use details::{Alternative, Details, Earlier, Length, LengthError, Package, PartyStage, Period, Range, TimeUnit};
pub use entity::{Entity, EntityKind};
pub use event::{Amount, Bound, Event, Evidence, Extraction, Filler, Item, Place};
pub use fact::{Fact, Relation};
pub use span::Span;
pub use vocabulary::{
    AidKind, Attribution, EventType, Factuality, Finance, Instrument, OfficeStatus, Role, SanctionInstrument, Stage,
    Stance, Succession, Supply,
};
