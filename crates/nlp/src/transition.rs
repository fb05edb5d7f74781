//! The scorer that the parser and the entity recogniser share.
//!
//! In: rows of tokens, and for a state the tokens that it looks at. Out: a score for each move.
//! Architecture: `TransitionBasedParser` of spaCy v3 with a hidden layer: the product of every token with every place that it
//! can take in a state is made once, and a state adds up what it needs.

use crate::{
    LoadError,
    kernel::Matrix,
    tok2vec::{Classifier, WIDTH},
    weights::Weights,
};

/// Numbers of a hidden row.
const HIDDEN: usize = 64;
/// Pieces of its maxout.
const PIECES: usize = 2;
/// A place in the state that no token takes.
pub(crate) const NOBODY: u32 = u32::MAX;

/// Weights of a transition system that looks at `places` tokens.
pub(crate) struct Scorer {
    places: usize,
    reduce: Classifier,
    lower: Matrix,
    bias: Vec<f32>,
    pad: Vec<f32>,
    upper: Classifier,
}

/// Room to work in.
#[derive(Default)]
pub(crate) struct Scores {
    reduced: Vec<f32>,
    products: Vec<f32>,
    pub(crate) scores: Vec<f32>,
}

impl Scorer {
    pub(crate) fn load(weights: &Weights, name: &str, places: usize, moves: usize) -> Result<Self, LoadError> {
        // Stored as (place, output, piece); laid out as (place, piece, output).
        let place = |at: usize| {
            let (rest, piece) = (at / PIECES, at % PIECES);
            (rest / HIDDEN * PIECES + piece) * HIDDEN + rest % HIDDEN
        };
        let arrange = |stored: Vec<f32>| {
            let mut placed = vec![0.0; stored.len()];
            for (at, value) in stored.into_iter().enumerate() {
                placed[place(at)] = value;
            }
            placed
        };
        let count = places * HIDDEN * PIECES;
        let stored = weights.half(&format!("{name}.lower.weight"), count * HIDDEN)?.widen();
        Ok(Self {
            places,
            reduce: Classifier::load(weights, &format!("{name}.reduce"), WIDTH, HIDDEN)?,
            lower: Matrix::new(&stored, HIDDEN, place),
            bias: arrange(weights.full(&format!("{name}.lower.bias"), HIDDEN * PIECES)?),
            pad: arrange(weights.full(&format!("{name}.lower.pad"), count)?),
            upper: Classifier::load(weights, &format!("{name}.upper"), HIDDEN, moves)?,
        })
    }

    /// Makes the products of all tokens.
    pub(crate) fn prepare(&self, rows: &[f32], room: &mut Scores) {
        let count = rows.len() / WIDTH;
        room.reduced.resize(count * HIDDEN, 0.0);
        self.reduce.scores(rows, WIDTH, &mut room.reduced);
        room.products.resize(count * self.places * HIDDEN * PIECES, 0.0);
        self.lower.multiply(&room.reduced, HIDDEN, &mut room.products);
        room.scores.resize(self.upper.width(), 0.0);
    }

    /// Scores every move of a state that looks at these tokens.
    pub(crate) fn score(&self, tokens: &[u32], room: &mut Scores) {
        const ROW: usize = HIDDEN * PIECES;
        let mut sums = [0.0; ROW];
        for (place, &token) in tokens.iter().enumerate() {
            let at = (token as usize).wrapping_mul(self.places).wrapping_add(place).wrapping_mul(ROW);
            let row = if token == NOBODY { &self.pad[place * ROW..][..ROW] } else { &room.products[at..][..ROW] };
            for (sum, value) in sums.iter_mut().zip(row) {
                *sum += value;
            }
        }
        let mut hidden = [0.0; HIDDEN];
        let (first, second) = sums.split_at(HIDDEN);
        for (i, value) in hidden.iter_mut().enumerate() {
            let (a, b) = (first[i] + self.bias[i], second[i] + self.bias[HIDDEN + i]);
            *value = if b > a { b } else { a };
        }
        self.upper.scores(&hidden, HIDDEN, &mut room.scores);
    }
}
