//! Temporary.
use std::ops::Range;
use entente_model::{AidKind, Item};
use entente_nlp::Document;
use crate::quantities::LexiconError;
pub(crate) struct Items;
impl Items {
    pub(crate) fn load(_: &str) -> Result<Self, LexiconError> { Ok(Self) }
    pub(crate) fn find(&self, _: &Document, _: Range<usize>) -> Vec<Item> { Vec::new() }
    pub(crate) fn kind(&self, _: &str) -> Option<AidKind> { None }
}
pub(crate) struct Casualties { pub killed: Option<u64>, pub injured: Option<u64> }
pub(crate) fn casualties(_: &Document, _: Range<usize>, _: usize) -> Casualties { Casualties { killed: None, injured: None } }
