//! Tokens to vectors: hash embeddings, static vectors, a mixer, and four windows of three tokens.
//!
//! In: the word types of one or more documents. Out: one row of 96 numbers a token.
//! Architecture: `MultiHashEmbed` and `MaxoutWindowEncoder` of spaCy v3.

use crate::{
    LoadError,
    hash::row_hashes,
    kernel::{Kernel, Matrix, Rows},
    lexicon::{Lexeme, VECTORS},
    weights::{Table, Weights},
};

/// Numbers in a row.
pub(crate) const WIDTH: usize = 96;
/// The same as a number to divide by.
const COUNT: f32 = 96.0;
/// Pieces of a maxout.
const PIECES: usize = 3;
/// Numbers that a maxout chooses from.
const CHOICES: usize = PIECES * WIDTH;
/// Tokens in a window.
const WINDOW: usize = 3;
/// Windows, one after the other; also the rows of zeros on each side of a document.
pub(crate) const DEPTH: usize = 4;
/// The seed of the first hash embedding; the others count on.
const FIRST_SEED: u32 = 8;
/// Rows that are multiplied at once: few enough for their products to stay in the nearest cache but one.
const BLOCK: usize = 24;

/// Features of a token by the names of the weights, with the rows of their embeddings.
const EMBEDDINGS: [(&str, usize); 6] =
    [("norm", 5000), ("prefix", 1000), ("suffix", 2500), ("shape", 2500), ("spacy", 50), ("is_space", 50)];

/// What follows a matrix: the largest of three pieces, normalised.
struct Maxout {
    bias: Vec<f32>,
    gain: Vec<f32>,
    shift: Vec<f32>,
}

/// The column of an output: stored piece by piece for each output, laid out with all first pieces first.
fn place(output: usize) -> usize {
    output % PIECES * WIDTH + output / PIECES
}

impl Maxout {
    fn load(weights: &Weights, name: &str) -> Result<Self, LoadError> {
        let mut bias = vec![0.0; CHOICES];
        for (output, value) in weights.full(&format!("{name}.bias"), CHOICES)?.into_iter().enumerate() {
            bias[place(output)] = value;
        }
        let (gain, shift) =
            (weights.full(&format!("{name}.gain"), WIDTH)?, weights.full(&format!("{name}.shift"), WIDTH)?);
        Ok(Self { bias, gain, shift })
    }

    #[inline(always)]
    fn finish(&self, choices: &[f32; CHOICES], out: &mut [f32; WIDTH]) {
        let [first, second, third] = pieces(choices);
        let [bias_first, bias_second, bias_third] =
            [0, 1, 2].map(|piece| &self.bias[piece * WIDTH..(piece + 1) * WIDTH]);
        for (i, value) in out.iter_mut().enumerate() {
            let (a, b, c) = (first[i] + bias_first[i], second[i] + bias_second[i], third[i] + bias_third[i]);
            let larger = if b > a { b } else { a };
            *value = if c > larger { c } else { larger };
        }
        let mean = sum(out, |value| value) / COUNT;
        let variance = sum(out, |value| (value - mean) * (value - mean)) / COUNT + 1e-8;
        let scale = 1.0 / variance.sqrt();
        for ((value, gain), shift) in out.iter_mut().zip(&self.gain).zip(&self.shift) {
            *value = (*value - mean) * scale * gain + shift;
        }
    }
}

#[inline(always)]
fn pieces(choices: &[f32; CHOICES]) -> [&[f32]; PIECES] {
    let (first, rest) = choices.split_at(WIDTH);
    let (second, third) = rest.split_at(WIDTH);
    [first, second, third]
}

/// Sums in sixteen lanes and then the lanes: an order that any register width can follow.
#[inline(always)]
fn sum(values: &[f32; WIDTH], f: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0; 16];
    for chunk in values.as_chunks::<16>().0 {
        for (lane, &value) in lanes.iter_mut().zip(chunk) {
            *lane += f(value);
        }
    }
    let mut half = 8;
    while half > 0 {
        for i in 0..half {
            lanes[i] += lanes[i + half];
        }
        half /= 2;
    }
    lanes[0]
}

/// Room to work in.
#[derive(Default)]
pub(crate) struct Room {
    inputs: Vec<f32>,
    rows: Rows,
    products: Vec<f32>,
    sums: Vec<f32>,
}

/// The network from word types to rows.
pub(crate) struct Tok2Vec {
    embeddings: Vec<Table>,
    vectors: Table,
    /// One for each embedding and one for the vectors.
    mixers: Vec<Matrix>,
    mixer: Maxout,
    /// Columns for the token before, the token itself and the token after.
    windows: Vec<(Matrix, Maxout)>,
}

impl Tok2Vec {
    /// Loads the network with the first `features` embeddings.
    pub(crate) fn load(weights: &Weights, name: &str, features: usize) -> Result<Self, LoadError> {
        let embedding =
            |&(feature, rows): &(&str, usize)| weights.table(&format!("{name}.embed.{feature}"), rows, WIDTH);
        let mut mixers: Vec<Matrix> = (0..=features).map(|_| Matrix::zero(WIDTH, CHOICES)).collect();
        let mix = format!("{name}.mix");
        weights.fill(&mix, CHOICES, features + 1, &mut mixers, |chunk, output| (chunk, place(output)))?;
        let window = |number| {
            let name = format!("{name}.encode.{number}");
            let mut matrix = [Matrix::zero(WIDTH, WINDOW * CHOICES)];
            weights.fill(&name, CHOICES, WINDOW, &mut matrix, |chunk, output| (0, chunk * CHOICES + place(output)))?;
            let [matrix] = matrix;
            Ok((matrix, Maxout::load(weights, &name)?))
        };
        Ok(Self {
            embeddings: EMBEDDINGS[..features].iter().map(embedding).collect::<Result<_, _>>()?,
            vectors: weights.table(&format!("{name}.vectors"), VECTORS, WIDTH)?,
            mixers,
            mixer: Maxout::load(weights, &mix)?,
            windows: (0..DEPTH).map(window).collect::<Result<_, LoadError>>()?,
        })
    }

    /// Appends the rows of word types, before any window. A type comes with whether a blank follows it.
    #[inline(always)]
    pub(crate) fn word_rows<'a, K: Kernel>(
        &self,
        kernel: K,
        types: impl ExactSizeIterator<Item = (&'a Lexeme, bool)>,
        room: &mut Room,
        out: &mut Vec<f32>,
    ) {
        let (count, depth) = (types.len(), self.mixers.len() * WIDTH);
        room.inputs.clear();
        room.inputs.resize(count * depth, 0.0);
        for (input, (lexeme, before_blank)) in room.inputs.chunks_exact_mut(depth).zip(types) {
            self.features(lexeme, before_blank, input);
        }
        room.sums.clear();
        room.sums.resize(count * CHOICES, 0.0);
        room.products.resize(count * CHOICES, 0.0);
        for (chunk, matrix) in self.mixers.iter().enumerate() {
            if count > 0 {
                room.rows.set(&room.inputs[chunk * WIDTH..], WIDTH, depth, count);
                kernel.multiply(matrix, &room.rows, &mut room.products[..count * CHOICES]);
            }
            for (sum, product) in room.sums.iter_mut().zip(&room.products) {
                *sum += product;
            }
        }
        let mut row = [0.0; WIDTH];
        for sums in room.sums.as_chunks::<CHOICES>().0 {
            self.mixer.finish(sums, &mut row);
            out.extend_from_slice(&row);
        }
    }

    /// Embeddings of all features, then the vector.
    #[inline(always)]
    fn features(&self, lexeme: &Lexeme, before_blank: bool, input: &mut [f32]) {
        let [norm, prefix, suffix, shape] = lexeme.features;
        let keys = [norm, prefix, suffix, shape, u64::from(before_blank), u64::from(lexeme.is_space)];
        let parts = input.as_chunks_mut::<WIDTH>().0;
        for (number, table) in self.embeddings.iter().enumerate() {
            let mut seed = FIRST_SEED;
            seed += u32::try_from(number).unwrap_or_default();
            for hash in row_hashes(keys[number], seed) {
                table.add_row(hash as usize % EMBEDDINGS[number].1, &mut parts[number]);
            }
        }
        if let (Some(row), Some(part)) = (lexeme.vector, parts.last_mut()) {
            self.vectors.add_row(row.into(), part);
        }
    }

    /// Runs the windows over `rows`. Documents are parted by [`DEPTH`] rows of zeros and begin and end with as many.
    #[inline(always)]
    pub(crate) fn encode<K: Kernel>(&self, kernel: K, rows: &mut [f32], room: &mut Room) {
        const PRODUCT: usize = WINDOW * CHOICES;
        let rows = rows.as_chunks_mut::<WIDTH>().0;
        for (matrix, maxout) in &self.windows {
            // Products of the two rows before the block stand in front of those of the block.
            room.products.clear();
            room.products.resize((BLOCK + 3) * PRODUCT, 0.0);
            let mut first = 0;
            while first < rows.len() {
                let count = BLOCK.min(rows.len() - first);
                room.rows.set(rows[first..first + count].as_flattened(), WIDTH, WIDTH, count);
                kernel.multiply(matrix, &room.rows, &mut room.products[2 * PRODUCT..(2 + count) * PRODUCT]);
                let last = first + count == rows.len();
                if last {
                    // Nothing follows the last row.
                    room.products[(2 + count) * PRODUCT..(3 + count) * PRODUCT].fill(0.0);
                }
                let products = room.products.as_chunks::<PRODUCT>().0;
                for at in usize::from(first == 0)..count + usize::from(last) {
                    let window = [&products[at], &products[at + 1], &products[at + 2]];
                    slide(maxout, window, &mut rows[first + at - 1]);
                }
                room.products.copy_within(count * PRODUCT..(count + 2) * PRODUCT, 0);
                first += count;
            }
        }
    }
}

/// Adds to a row what the window around it gives.
#[inline(always)]
fn slide(maxout: &Maxout, [before, at, after]: [&[f32; WINDOW * CHOICES]; WINDOW], row: &mut [f32; WIDTH]) {
    let mut choices = [0.0; CHOICES];
    let (before, at, after) = (&before[..CHOICES], &at[CHOICES..2 * CHOICES], &after[2 * CHOICES..]);
    for (i, choice) in choices.iter_mut().enumerate() {
        *choice = before[i] + at[i] + after[i];
    }
    let mut value = [0.0; WIDTH];
    maxout.finish(&choices, &mut value);
    for (sum, value) in row.iter_mut().zip(&value) {
        *sum += value;
    }
}
