//! The scorer that the parser and the entity recogniser share.
//!
//! In: rows of tokens, and for a state the tokens that it looks at. Out: the best move among those allowed.
//! Architecture: `TransitionBasedParser` of spaCy v3 with a hidden layer: the product of every token with every place that it
//! can take in a state is made once, and a state adds up what it needs.

use crate::{
    LoadError,
    classifier::{Classifier, best},
    kernel::{Kernel, Matrix, Rows},
    tok2vec::WIDTH,
    weights::Weights,
};

/// Numbers of a hidden row.
const HIDDEN: usize = 64;
/// Pieces of its maxout.
const PIECES: usize = 2;
/// Numbers that a hidden row is chosen from.
const CHOICES: usize = HIDDEN * PIECES;
/// A place in the state that no token takes.
pub(crate) const NOBODY: u32 = u32::MAX;

/// Weights of a transition system that looks at `PLACES` tokens.
pub(crate) struct Scorer<const PLACES: usize> {
    reduce: Classifier,
    lower: Matrix,
    bias: Vec<f32>,
    pad: Vec<f32>,
    upper: Classifier,
}

/// Room to work in.
#[derive(Default)]
pub(crate) struct Scores {
    rows: Rows,
    reduced: Vec<f32>,
    products: Vec<f32>,
    moves: Vec<f32>,
}

impl<const PLACES: usize> Scorer<PLACES> {
    pub(crate) fn load(weights: &Weights, name: &str, moves: usize) -> Result<Self, LoadError> {
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
        Ok(Self {
            reduce: Classifier::load(weights, &format!("{name}.reduce"), WIDTH, HIDDEN)?,
            lower: weights.matrix(&format!("{name}.lower"), PLACES * CHOICES, HIDDEN, place)?,
            bias: arrange(weights.full(&format!("{name}.lower.bias"), CHOICES)?),
            pad: arrange(weights.full(&format!("{name}.lower.pad"), PLACES * CHOICES)?),
            upper: Classifier::load(weights, &format!("{name}.upper"), HIDDEN, moves)?,
        })
    }

    /// What is added to scores so that only these moves can win.
    pub(crate) fn mask(&self, allowed: impl Fn(usize) -> bool) -> Vec<f32> {
        self.upper.mask(allowed)
    }

    /// Makes the products of all tokens.
    #[inline(always)]
    pub(crate) fn prepare<K: Kernel>(&self, kernel: K, values: &[f32], room: &mut Scores) {
        let count = values.len() / WIDTH;
        room.reduced.resize(count * HIDDEN, 0.0);
        self.reduce.scores(kernel, values, WIDTH, &mut room.rows, &mut room.reduced);
        room.products.resize(count * PLACES * CHOICES, 0.0);
        room.rows.set(&room.reduced, HIDDEN, HIDDEN, count);
        kernel.multiply(&self.lower, &room.rows, &mut room.products);
        room.moves.resize(self.upper.width(), 0.0);
    }

    /// The best move, under a mask, of a state that looks at these tokens.
    #[inline(always)]
    pub(crate) fn best<K: Kernel>(&self, kernel: K, tokens: [u32; PLACES], mask: &[f32], room: &mut Scores) -> usize {
        let mut sums = [0.0; CHOICES];
        for (place, &token) in tokens.iter().enumerate() {
            let row = if token == NOBODY {
                &self.pad[place * CHOICES..(place + 1) * CHOICES]
            } else {
                let at = (token as usize * PLACES + place) * CHOICES;
                &room.products[at..at + CHOICES]
            };
            for (sum, value) in sums.iter_mut().zip(row) {
                *sum += value;
            }
        }
        let mut hidden = [0.0; HIDDEN];
        let (first, second) = sums.split_at(HIDDEN);
        let (first_bias, second_bias) = self.bias.split_at(HIDDEN);
        for (i, value) in hidden.iter_mut().enumerate() {
            let (a, b) = (first[i] + first_bias[i], second[i] + second_bias[i]);
            *value = if b > a { b } else { a };
        }
        self.upper.scores(kernel, &hidden, HIDDEN, &mut room.rows, &mut room.moves);
        best(&room.moves, mask)
    }
}
