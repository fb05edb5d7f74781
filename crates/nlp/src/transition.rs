//! The scorer that the parser and the entity recogniser share.
//!
//! In: rows of tokens, and for a state the tokens that it looks at. Out: the best move among those allowed.
//! Architecture: `TransitionBasedParser` of spaCy v3 with a hidden layer: the product of every token with every place that it
//! can take in a state is made when a state first needs it and held for a while, and a state adds up what it needs.

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
/// Tokens whose products are made at once.
const AT_ONCE: u32 = 32;
/// Tokens whose products are held: more than a sentence has, few enough to stay near the processor.
const HELD: u32 = 8 * AT_ONCE;

/// Weights of a transition system that looks at `PLACES` tokens.
pub(crate) struct Scorer<const PLACES: usize> {
    reduce: Classifier,
    lower: Matrix,
    bias: Vec<f32>,
    pad: Vec<f32>,
    upper: Classifier,
}

/// The tokens of a document among the rows of several.
#[derive(Clone, Copy)]
pub(crate) struct Tokens<'a> {
    pub(crate) rows: &'a [f32],
    pub(crate) first: usize,
    pub(crate) count: usize,
}

/// Room to work in, and the products of the tokens looked at last.
#[derive(Default)]
pub(crate) struct Scores {
    rows: Rows,
    reduced: Vec<f32>,
    /// Products of [`HELD`] tokens, each at its number modulo that.
    products: Vec<f32>,
    /// Whose they are.
    held: Vec<u32>,
    /// Tokens whose products were made, counted from the first.
    made: u32,
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

    /// Forgets all products: other rows follow.
    pub(crate) fn restart(&self, room: &mut Scores) {
        room.held.clear();
        room.held.resize(HELD as usize, NOBODY);
        room.products.resize(HELD as usize * PLACES * CHOICES, 0.0);
        room.reduced.resize(AT_ONCE as usize * HIDDEN, 0.0);
        room.moves.resize(self.upper.width(), 0.0);
        room.made = 0;
    }

    /// Makes the products of a token that has none: of the tokens up to it and some more or, where it had some before, of it
    /// alone.
    #[inline(always)]
    #[allow(clippy::cast_possible_truncation, reason = "documents are cut up long before")]
    fn make<K: Kernel>(&self, kernel: K, values: &[f32], token: u32, room: &mut Scores) {
        let all = (values.len() / WIDTH) as u32;
        loop {
            let known = token < room.made;
            let first = if known { token } else { room.made };
            let end = if known { token + 1 } else { all.min(first + AT_ONCE) };
            let count = (end - first) as usize;
            let values = &values[first as usize * WIDTH..end as usize * WIDTH];
            let reduced = &mut room.reduced[..count * HIDDEN];
            self.reduce.scores(kernel, values, WIDTH, &mut room.rows, reduced);
            room.rows.set(reduced, HIDDEN, HIDDEN, count);
            let at = (first % HELD) as usize;
            let products = &mut room.products[at * PLACES * CHOICES..(at + count) * PLACES * CHOICES];
            kernel.multiply(&self.lower, &room.rows, products);
            for (held, token) in room.held[at..].iter_mut().zip(first..end) {
                *held = token;
            }
            room.made = room.made.max(end);
            if token < end {
                return;
            }
        }
    }

    /// The best move, under a mask, of a state that looks at these tokens of a document.
    #[inline(always)]
    #[allow(clippy::cast_possible_truncation, reason = "documents are cut up long before")]
    pub(crate) fn best<K: Kernel>(
        &self,
        kernel: K,
        tokens: Tokens<'_>,
        places: [u32; PLACES],
        mask: &[f32],
        room: &mut Scores,
    ) -> usize {
        let mut sums = [0.0; CHOICES];
        for (place, &token) in places.iter().enumerate() {
            let row = if token == NOBODY {
                &self.pad[place * CHOICES..(place + 1) * CHOICES]
            } else {
                let token = tokens.first as u32 + token;
                if room.held[(token % HELD) as usize] != token {
                    self.make(kernel, tokens.rows, token, room);
                }
                let at = ((token % HELD) as usize * PLACES + place) * CHOICES;
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
