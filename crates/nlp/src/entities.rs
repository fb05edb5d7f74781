//! The entity recogniser: one move a token, of the scheme begin, inside, last, unit, outside.
//!
//! In: rows of the tokens of one document, its sentence starts and its white space. Out: entity spans.
//! Follows spaCy v3's `BiluoPushDown`: no entity runs over a sentence start, none begins on white space.

use crate::{
    EntityLabel, EntitySpan, LoadError,
    kernel::Kernel,
    transition::{NOBODY, Scorer, Scores, Tokens},
    weights::Weights,
};

/// Places of a state: the token, the first of the open entity, the last of it.
const PLACES: usize = 3;

/// What a move does to the entity that may be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Begin,
    Inside,
    Last,
    Unit,
    Outside,
    /// A unit without label, which is never allowed.
    Never,
}

/// A move; its label by number.
#[derive(Debug, Clone, Copy)]
struct Move {
    kind: Kind,
    label: usize,
}

/// Moves and weights.
pub(crate) struct Recogniser {
    moves: Vec<Move>,
    labels: Vec<EntityLabel>,
    /// Outside an entity: what is added to the scores, by whether the sentence goes on and whether the token is white space.
    free: [[Vec<f32>; 2]; 2],
    /// Inside an entity of each label: the same, by whether the sentence goes on.
    bound: Vec<[Vec<f32>; 2]>,
    scorer: Scorer<PLACES>,
}

impl Recogniser {
    pub(crate) fn load(weights: &Weights) -> Result<Self, LoadError> {
        let (mut moves, mut labels) = (Vec::new(), Vec::new());
        for name in weights.labels("ner.moves")? {
            let unknown = || LoadError::Label { label: name.to_owned() };
            let (kind, label) = match name.split_once('-') {
                Some(("B", label)) => (Kind::Begin, label),
                Some(("I", label)) => (Kind::Inside, label),
                Some(("L", label)) => (Kind::Last, label),
                Some(("U", "")) => (Kind::Never, ""),
                Some(("U", label)) => (Kind::Unit, label),
                None if name == "O" => (Kind::Outside, ""),
                _ => return Err(unknown()),
            };
            let mut number = 0;
            if !label.is_empty() {
                let label = EntityLabel::from_name(label).ok_or_else(unknown)?;
                number = labels.iter().position(|&known| known == label).unwrap_or(labels.len());
                if number == labels.len() {
                    labels.push(label);
                }
            }
            moves.push(Move { kind, label: number });
        }
        let scorer = Scorer::load(weights, "ner", moves.len())?;
        let mask = |allowed: &dyn Fn(Move) -> bool| scorer.mask(|number| allowed(moves[number]));
        let free = [false, true].map(|goes_on| {
            [false, true].map(|space| {
                mask(&|Move { kind, .. }| match kind {
                    Kind::Begin => goes_on && !space,
                    Kind::Unit => !space,
                    kind => kind == Kind::Outside,
                })
            })
        });
        let inside = |open: usize| {
            [false, true].map(|goes_on| {
                mask(&|Move { kind, label }| label == open && (kind == Kind::Last || kind == Kind::Inside && goes_on))
            })
        };
        let bound = (0..labels.len()).map(inside).collect();
        Ok(Self { moves, labels, free, bound, scorer })
    }

    /// Forgets what was made of the rows of other documents.
    pub(crate) fn restart(&self, room: &mut Scores) {
        self.scorer.restart(room);
    }

    /// Appends the entities of one document.
    #[inline(always)]
    #[allow(clippy::cast_possible_truncation, reason = "documents are cut up long before")]
    pub(crate) fn find<K: Kernel>(
        &self,
        kernel: K,
        tokens: Tokens<'_>,
        starts: &[bool],
        is_space: impl Fn(usize) -> bool,
        room: &mut Scores,
        entities: &mut Vec<EntitySpan>,
    ) {
        let mut open: Option<(usize, usize)> = None;
        for token in 0..tokens.count {
            let goes_on = usize::from(token + 1 < tokens.count && !starts[token + 1]);
            let (first, previous, mask) = match open {
                Some((start, label)) => (start as u32, token as u32 - 1, &self.bound[label][goes_on]),
                None => (NOBODY, NOBODY, &self.free[goes_on][usize::from(is_space(token))]),
            };
            let places = [token as u32, first, previous];
            let Move { kind, label } = self.moves[self.scorer.best(kernel, tokens, places, mask, room)];
            match kind {
                Kind::Begin => open = Some((token, label)),
                Kind::Last | Kind::Unit => {
                    let start = open.take().map_or(token, |(start, _)| start);
                    let tokens = start..token + 1;
                    entities.push(EntitySpan { tokens, label: self.labels[label] });
                }
                Kind::Inside | Kind::Outside | Kind::Never => {}
            }
        }
    }
}
