//! Who has been mentioned so far, and the last of them that fit a description.
//!
//! In: mentions in text order. Out: whom the near sentences name, for words that take somebody up.

use std::ops::RangeInclusive;

use entente_model::EntityKind;
use entente_nlp::Deprel;

use super::EntityIndex;
use super::board::Board;

/// Mentions so far.
pub(super) struct Discourse {
    /// In text order.
    pub(super) seen: Vec<Seen>,
    /// Whether "I" and "we" are asked for.
    pub(super) first_person: bool,
    /// Who "we" are outside of quotes in a statement that several sides issue.
    pub(super) issuers: Vec<EntityIndex>,
}

/// One mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) token: usize,
    pub(super) sentence: usize,
    pub(super) entity: EntityIndex,
}

impl Discourse {
    pub(super) fn new(first_person: bool, issuers: Vec<EntityIndex>) -> Self {
        Self { seen: Vec::new(), first_person, issuers }
    }

    /// Whether an entity was mentioned.
    pub(super) fn has_seen(&self, entity: EntityIndex) -> bool {
        self.seen.iter().any(|seen| seen.entity == entity)
    }

    /// The only one of several that this sentence, or else the one before, mentions.
    pub(super) fn nearest(&self, sentence: usize, token: usize, among: &[EntityIndex]) -> Option<EntityIndex> {
        (0..=1)
            .map(|reach| self.among(sentence.saturating_sub(reach)..=sentence, token, |entity| among.contains(&entity)))
            .find(|found| !found.is_empty())
            .and_then(|found| if let [only] = found[..] { Some(only) } else { None })
    }

    /// The last so many that fit, if the near sentences name just so many.
    pub(super) fn just_so_many(
        &self,
        sentence: usize,
        token: usize,
        wanted: usize,
        fits: impl Fn(EntityIndex) -> bool,
    ) -> Vec<EntityIndex> {
        (0..=4)
            .map(|reach| self.among(sentence.saturating_sub(reach)..=sentence, token, &fits))
            .find(|found| found.len() >= wanted)
            .filter(|found| found.len() == wanted)
            .unwrap_or_default()
    }

    /// The one that fits in the near sentences; none if there are two.
    pub(super) fn only(
        &self,
        sentence: usize,
        token: usize,
        reach: usize,
        fits: impl Fn(EntityIndex) -> bool,
    ) -> Option<EntityIndex> {
        let found = self.among(sentence.saturating_sub(reach)..=sentence, token, fits);
        if let [only] = found[..] { Some(only) } else { None }
    }

    /// Those of a kind whom some sentences mention before a token, each once, in text order.
    pub(super) fn among(
        &self,
        sentences: RangeInclusive<usize>,
        token: usize,
        fits: impl Fn(EntityIndex) -> bool,
    ) -> Vec<EntityIndex> {
        let first = self.seen.partition_point(|seen| seen.sentence < *sentences.start());
        let mut found = Vec::new();
        for seen in self.seen[first..].iter().take_while(|s| s.token < token && s.sentence <= *sentences.end()) {
            if fits(seen.entity) && !found.contains(&seen.entity) {
                found.push(seen.entity);
            }
        }
        found
    }

    /// Notes that a token's phrase denotes these.
    pub(super) fn see(&mut self, board: &Board<'_>, token: usize, actors: &[EntityIndex]) {
        let sentence = board.document.token(token).sentence;
        if is_location(board, token) {
            return;
        }
        for &entity in actors {
            if self.seen.last().is_none_or(|last| last.entity != entity || last.sentence != sentence) {
                self.seen.push(Seen { token, sentence, entity });
            }
        }
    }
}

/// "in Cairo": the city, not the government.
fn is_location(board: &Board<'_>, token: usize) -> bool {
    let at = board.document.token(token);
    let city = board.names.at(token).is_some_and(|(number, _)| {
        board.place_of_name[number].is_some_and(|place| board.drafts[place].kind == EntityKind::Place)
    });
    city && at.deprel == Deprel::Pobj
        && matches!(board.document.lemma(at.head), "in" | "at" | "to" | "from" | "near" | "into" | "outside" | "around")
}
