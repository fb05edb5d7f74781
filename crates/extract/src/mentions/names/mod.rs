//! Names: the gazetteer's hits and the model's proposals in, one typed name for each stretch of tokens out.
//!
//! The model finds spans well and types badly. Its spans are cut free of titles, merged with the gazetteer's,
//! and typed by gazetteer, title before the name, and what the same words are elsewhere in the document.

use std::ops::Range;

use entente_model::{Date, EntityKind};
use entente_nlp::{Document, EntityLabel, Upos};

use super::{OfficePhrase, Vocabulary};
use crate::actors::{Actors, Sense, fold};

mod known;
mod merge;
mod propose;
mod titled;
mod vote;

pub(crate) use known::{LATELY, is_prominent};
pub(super) use titled::in_other_name;
use titled::is_name_word;
pub(crate) use vote::is_armed_service;
use vote::is_headline;

/// What a name is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum NameKind {
    Person,
    /// A country, its capital or its people: the senses say which.
    Country,
    Organization,
    Group,
    Place,
}

/// A name in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) tokens: Range<usize>,
    pub(crate) kind: NameKind,
    /// What the gazetteer knows by this name.
    pub(crate) senses: Vec<Sense>,
    /// The model's type.
    pub(crate) label: Option<EntityLabel>,
}

/// All names of a document: outer ones do not overlap; inner ones lie inside an outer one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    pub(crate) all: Vec<Name>,
    outer: Vec<Option<usize>>,
    inner: Vec<Option<usize>>,
}

impl Names {
    /// The outer name that a token belongs to.
    pub(crate) fn at(&self, token: usize) -> Option<(usize, &Name)> {
        self.outer.get(token).copied().flatten().map(|number| (number, &self.all[number]))
    }

    /// The name inside another that a token belongs to, else the outer one.
    pub(crate) fn innermost(&self, token: usize) -> Option<(usize, &Name)> {
        self.inner.get(token).copied().flatten().map(|number| (number, &self.all[number])).or_else(|| self.at(token))
    }

    /// Finds all names.
    pub(crate) fn find(document: &Document, actors: &Actors, vocabulary: &Vocabulary, date: Option<Date>) -> Self {
        let mut candidates = Vec::new();
        for hit in actors.find(document) {
            // "kyiv" happens; "congress" is any congress.
            let small = document.text_of(hit.tokens.clone()).chars().all(|c| !c.is_uppercase());
            let kind = kind_of(hit.senses, actors);
            let place = matches!(kind, NameKind::Country | NameKind::Place);
            let mut tokens = hit.tokens;
            if kind == NameKind::Country && is_continental(document, &tokens) {
                continue;
            }
            if kind == NameKind::Person {
                // "Cho Hyun-dong" is another than Cho Hyun.
                if goes_on(document, tokens.end) {
                    continue;
                }
                // "Queen Elizabeth": the title is an office.
                if tokens.len() > 1 && vocabulary.has("office-heads", &lower(document, tokens.start)) {
                    tokens.start += 1;
                }
            }
            if is_name_like(document, &tokens) && (place || !small || tokens.len() > 1) {
                candidates.push(Name { kind, tokens, senses: hit.senses.to_vec(), label: None });
            }
        }
        let proposals = propose::proposals(document, vocabulary, &candidates);
        let mut all = merge::merge(document, candidates, proposals);
        merge::join_halves(document, &mut all);
        merge::join_nicknames(document, &mut all);
        titled::claim_titled(document, vocabulary, &mut all);
        vote::vote(document, vocabulary, &mut all);
        known::claim_known(document, actors, vocabulary, date, &mut all);
        all.retain(|name| !vote::is_mistaken(document, vocabulary, name));
        known::claim_repeated(document, actors, &mut all);
        Self::indexed(document, all)
    }

    /// Adds the capitalised words behind offices that no name covers yet: "Minister of Security Juan Pino".
    pub(crate) fn claim_behind(
        &mut self,
        document: &Document,
        vocabulary: &Vocabulary,
        offices: &[OfficePhrase],
    ) -> bool {
        let mut all = Vec::new();
        for office in offices {
            let end = document.sentence_of(office.head).tokens.end;
            let start = office.tokens.end;
            let mut stop = start;
            // A surname that the model takes for a people is no other name.
            let other = |token: usize| {
                let people = |name: &Name| name.kind == NameKind::Group && name.senses.is_empty();
                self.at(token).is_some_and(|(_, name)| token == start || !people(name))
            };
            while stop < end && !other(stop) && is_name_word(document, vocabulary, stop) {
                stop += 1;
            }
            if !office.plural && (2..=4).contains(&(stop - start)) && !is_headline(document, start) {
                all.push(Name { tokens: start..stop, kind: NameKind::Person, senses: Vec::new(), label: None });
            }
        }
        let any = !all.is_empty();
        if any {
            all.append(&mut self.all);
            *self = Self::indexed(document, all);
        }
        any
    }

    fn indexed(document: &Document, mut all: Vec<Name>) -> Self {
        all.sort_by_key(|name| (name.tokens.start, std::cmp::Reverse(name.tokens.end)));
        let count = document.tokens().len();
        let (mut outer, mut inner) = (vec![None; count], vec![None; count]);
        for (number, name) in all.iter().enumerate() {
            for token in name.tokens.clone() {
                let slot = if outer[token].is_none() { &mut outer[token] } else { &mut inner[token] };
                *slot = Some(number);
            }
        }
        Self { all, outer, inner }
    }
}

/// "Central **American** nation", "Latin **Americans**": of a continent or a part of it, not of the United States.
fn is_continental(document: &Document, tokens: &Range<usize>) -> bool {
    let american = tokens.len() == 1 && matches!(document.word(tokens.start), "American" | "Americans");
    let Some(before) = tokens.start.checked_sub(1).filter(|_| american) else { return false };
    matches!(document.word(before), "African" | "Asian" | "Central" | "Latin" | "Native" | "North" | "Pan" | "South")
}

/// Whether a hyphen joins the rest of a name to what ends here: "Cho Hyun-dong", but not "Macron-led".
fn goes_on(document: &Document, end: usize) -> bool {
    end + 1 < document.tokens().len()
        && matches!(document.word(end), "-" | "\u{2010}" | "\u{2011}")
        && document.token(end).span.start == document.token(end - 1).span.end
        && document.token(end + 1).span.start == document.token(end).span.end
        && document.word(end + 1).chars().next().is_some_and(char::is_lowercase)
        && document.token(end + 1).upos == Upos::Propn
}

/// The kind that the gazetteer's senses point to: a country before all, a person only where nothing else is meant.
fn kind_of(senses: &[Sense], actors: &Actors) -> NameKind {
    let mut best = NameKind::Person;
    let mut rank = 0;
    for sense in senses {
        let (kind, weight) = match sense {
            Sense::Demonym(_) | Sense::Government(_) => (NameKind::Country, 4),
            Sense::Person(_) => (NameKind::Person, 1),
            Sense::Actor(actor) => match actors.actor(*actor).kind {
                EntityKind::Country => (NameKind::Country, 5),
                EntityKind::Organization | EntityKind::Person | EntityKind::Other => (NameKind::Organization, 3),
                EntityKind::Group => (NameKind::Group, 3),
                EntityKind::Place => (NameKind::Place, 2),
            },
        };
        if weight > rank {
            (best, rank) = (kind, weight);
        }
    }
    best
}

/// A gazetteer hit must look like a name: a capital or a figure in it, and no plain word at the start of a sentence.
fn is_name_like(document: &Document, tokens: &Range<usize>) -> bool {
    let capital = tokens.clone().any(|t| document.word(t).chars().any(|c| c.is_uppercase() || c.is_ascii_digit()));
    let proper = tokens.clone().any(|t| document.token(t).upos == Upos::Propn);
    if tokens.len() > 1 {
        return capital || proper;
    }
    let token = document.token(tokens.start);
    let noun_like =
        matches!(token.upos, Upos::Propn | Upos::Adj | Upos::Noun) || document.word(tokens.start).len() <= 3;
    (capital || proper) && (noun_like || token.upos == Upos::X)
}

/// The word in lower case, folded, without a full stop at its end.
pub(crate) fn lower(document: &Document, token: usize) -> String {
    fold(document.word(token)).to_lowercase().trim_end_matches('.').to_owned()
}
