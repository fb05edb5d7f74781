//! Rule and lexicon files, checked; and rules matched against parsed sentences.
//!
//! In: TOML files (one of rules per event type, several of word lists) and an [`entente_nlp::Document`].
//! Out: [`Match`]es: a trigger, its arguments by role, the rule; and the [`Status`] of any predicate.
//! Grammar (voice, control, relative clauses, light verbs, coordination) is worked out once, in [`Grammar`],
//! so that a rule names a function ("subject", "object", "prep:with") and holds for every construction.
//! Knows no RDF and no actors: the caller says which tokens denote what through [`Classes`].

mod check;
mod class;
mod clauses;
mod diagnostic;
mod file;
mod grammar;
mod lexicon;
mod matcher;
mod nouns;
mod path;
mod relations;
mod rule;
mod status;
mod subjects;

pub use class::Classes;
pub use diagnostic::Diagnostic;
pub use grammar::{Grammar, Group};
pub use lexicon::Lexicon;
pub use matcher::Match;
pub use path::Path;
pub use rule::{Example, Rule, RuleSet, Settings};
pub use status::{Status, StatusOf};
