//! English text to tokens, sentences, tags, lemmas, dependency trees and entity spans.
//!
//! Knows no events. The weights are those of spaCy's `en_core_web_md`; the arithmetic is ours.

mod document;
mod labels;

pub use document::{Document, EntitySpan, Parts, Sentence, Token};
pub use labels::{Deprel, EntityLabel, Tag, Upos};
