//! Who has been mentioned so far, and the last of them that fit a description.
//!
//! In: mentions in text order. Out: whom the near sentences name, for words that take somebody up.

use entente_model::EntityKind;
use entente_nlp::Deprel;

use super::EntityIndex;
use super::board::Board;

/// Mentions so far.
pub(super) struct Discourse {
    pub(super) seen: Vec<Seen>,
    /// Whether "I" and "we" are asked for.
    pub(super) first_person: bool,
}

/// One mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) token: usize,
    pub(super) sentence: usize,
    pub(super) entity: EntityIndex,
}

impl Discourse {
    pub(super) fn new(first_person: bool) -> Self {
        Self { seen: Vec::new(), first_person }
    }

    /// Whether an entity was mentioned.
    pub(super) fn has_seen(&self, entity: EntityIndex) -> bool {
        self.seen.iter().any(|seen| seen.entity == entity)
    }

    /// The only one of several that this sentence, or else the one before, mentions.
    pub(super) fn nearest(&self, sentence: usize, among: &[EntityIndex]) -> Option<EntityIndex> {
        for reach in 0..=1 {
            let mut found: Vec<EntityIndex> = self
                .seen
                .iter()
                .filter(|seen| seen.sentence + reach >= sentence && among.contains(&seen.entity))
                .map(|seen| seen.entity)
                .collect();
            found.sort_unstable();
            found.dedup();
            match found[..] {
                [only] => return Some(only),
                [] => {}
                _ => return None,
            }
        }
        None
    }

    /// Those of a kind whom some sentences mention before a token, each once, in text order.
    pub(super) fn among(
        &self,
        sentences: std::ops::RangeInclusive<usize>,
        token: usize,
        fits: impl Fn(EntityIndex) -> bool,
    ) -> Vec<EntityIndex> {
        let mut found = Vec::new();
        for seen in self.seen.iter().filter(|s| s.token < token && sentences.contains(&s.sentence)) {
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

/// The last so many that fit, if the near sentences name just so many.
pub(super) fn antecedents(
    discourse: &Discourse,
    token: usize,
    sentence: usize,
    wanted: usize,
    fits: impl Fn(EntityIndex) -> bool,
) -> Vec<EntityIndex> {
    for reach in 0..=4 {
        let mut found: Vec<(usize, EntityIndex)> = Vec::new();
        for seen in
            discourse.seen.iter().filter(|s| s.token < token && s.sentence + reach >= sentence && fits(s.entity))
        {
            if !found.iter().any(|(_, entity)| *entity == seen.entity) {
                found.push((seen.token, seen.entity));
            }
        }
        if found.len() == wanted {
            return found.into_iter().map(|(_, entity)| entity).collect();
        }
        if found.len() > wanted {
            return Vec::new();
        }
    }
    Vec::new()
}

/// The one that fits in the near sentences; none if there are two.
pub(super) fn nearest_only(
    discourse: &Discourse,
    token: usize,
    sentence: usize,
    reach: usize,
    fits: impl Fn(EntityIndex) -> bool,
) -> Option<EntityIndex> {
    let mut found: Vec<EntityIndex> = discourse
        .seen
        .iter()
        .filter(|s| s.token < token && s.sentence + reach >= sentence && fits(s.entity))
        .map(|s| s.entity)
        .collect();
    found.sort_unstable();
    found.dedup();
    match found[..] {
        [only] => Some(only),
        _ => None,
    }
}
