//! English text to tokens, sentences, tags, lemmas, dependency trees and entity spans.
//!
//! Knows no events. The weights are those of spaCy's `en_core_web_md`; the arithmetic is ours.

#![allow(clippy::inline_always, reason = "what a kernel's task calls gets the kernel's instructions only when inlined")]

mod characters;
mod classifier;
mod document;
mod entities;
mod error;
mod hash;
mod kernel;
mod labels;
mod layout;
mod lemmatizer;
mod lexicon;
mod lines;
mod network;
mod parser;
mod pipeline;
mod ruler;
mod tok2vec;
mod tokenizer;
mod transition;
mod tree;
mod weights;

pub use document::{Document, EntitySpan, Parts, Sentence, Token};
pub use error::LoadError;
pub use labels::{Deprel, EntityLabel, Tag, Upos};
pub use layout::Layout;
pub use pipeline::Pipeline;
