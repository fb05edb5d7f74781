//! Tokens to vectors: hash embeddings, static vectors, a mixer, and four windows of three tokens.
//!
//! In: the word types of one or more documents. Out: one row of 96 numbers a token.
//! Architecture: `MultiHashEmbed` and `MaxoutWindowEncoder` of spaCy v3.

use safetensors::Dtype;

use crate::{
    LoadError,
    hash::row_hashes,
    kernel::Matrix,
    lexicon::{Lexeme, VECTORS},
    weights::{Half, Weights},
};

/// Numbers in a row.
pub(crate) const WIDTH: usize = 96;
/// Pieces of a maxout.
const PIECES: usize = 3;
/// Windows, one after the other; also the rows of zeros on each side of a document.
pub(crate) const DEPTH: usize = 4;
/// The seed of the first hash embedding; the others count on.
const FIRST_SEED: u32 = 8;

/// Features of a token by the names of the weights, with the rows of their embeddings.
const EMBEDDINGS: [(&str, usize); 6] =
    [("norm", 5000), ("prefix", 1000), ("suffix", 2500), ("shape", 2500), ("spacy", 50), ("is_space", 50)];

/// A maxout with layer normalisation.
struct Layer {
    matrix: Matrix,
    bias: Vec<f32>,
    gain: Vec<f32>,
    shift: Vec<f32>,
}

impl Layer {
    fn load(weights: &Weights, name: &str, depth: usize) -> Result<Self, LoadError> {
        // Stored piece by piece for each output; laid out with all first pieces first.
        let place = |output: usize| output % PIECES * WIDTH + output / PIECES;
        let stored = weights.half(&format!("{name}.weight"), WIDTH * PIECES * depth)?.widen();
        let mut bias = vec![0.0; WIDTH * PIECES];
        for (output, value) in weights.full(&format!("{name}.bias"), WIDTH * PIECES)?.into_iter().enumerate() {
            bias[place(output)] = value;
        }
        Ok(Self {
            matrix: Matrix::new(&stored, depth, place),
            bias,
            gain: weights.full(&format!("{name}.gain"), WIDTH)?,
            shift: weights.full(&format!("{name}.shift"), WIDTH)?,
        })
    }

    /// The largest piece of each output, normalised.
    fn finish(&self, product: &[f32], out: &mut [f32; WIDTH]) {
        let (first, rest) = product.split_at(WIDTH);
        let (second, third) = rest.split_at(WIDTH);
        for (i, value) in out.iter_mut().enumerate() {
            let a = first[i] + self.bias[i];
            let b = second[i] + self.bias[WIDTH + i];
            let c = third[i] + self.bias[2 * WIDTH + i];
            let larger = if b > a { b } else { a };
            *value = if c > larger { c } else { larger };
        }
        let mean = sum(out, |value| value) / WIDTH as f32;
        let variance = sum(out, |value| (value - mean) * (value - mean)) / WIDTH as f32 + 1e-8;
        let scale = 1.0 / variance.sqrt();
        for (i, value) in out.iter_mut().enumerate() {
            *value = (*value - mean) * scale * self.gain[i] + self.shift[i];
        }
    }
}

/// Sums in sixteen lanes and then the lanes: an order that any register width can follow.
fn sum(values: &[f32; WIDTH], f: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0; 16];
    for chunk in values.as_chunks::<16>().0 {
        for (lane, &value) in lanes.iter_mut().zip(chunk) {
            *lane += f(value);
        }
    }
    lanes.iter().sum()
}

/// The network from word types to rows.
pub(crate) struct Tok2Vec {
    embeddings: Vec<Half>,
    vectors: Half,
    mixer: Layer,
    windows: Vec<Layer>,
}

impl Tok2Vec {
    /// Loads the network with the first `features` embeddings.
    pub(crate) fn load(weights: &Weights, name: &str, features: usize) -> Result<Self, LoadError> {
        let embedding =
            |&(feature, rows): &(&str, usize)| weights.half(&format!("{name}.embed.{feature}"), rows * WIDTH);
        let window = |number| Layer::load(weights, &format!("{name}.encode.{number}"), 3 * WIDTH);
        Ok(Self {
            embeddings: EMBEDDINGS[..features].iter().map(embedding).collect::<Result<_, _>>()?,
            vectors: weights.half(&format!("{name}.vectors"), VECTORS * WIDTH)?,
            mixer: Layer::load(weights, &format!("{name}.mix"), (features + 1) * WIDTH)?,
            windows: (0..DEPTH).map(window).collect::<Result<_, _>>()?,
        })
    }

    /// The row of a word type, before any window.
    pub(crate) fn word_row(&self, lexeme: &Lexeme, before_blank: bool, out: &mut [f32; WIDTH]) {
        let mut input = [0.0; 7 * WIDTH];
        let input = &mut input[..(self.embeddings.len() + 1) * WIDTH];
        let [norm, prefix, suffix, shape] = lexeme.features;
        let keys = [norm, prefix, suffix, shape, u64::from(before_blank), u64::from(lexeme.is_space)];
        let seeds = FIRST_SEED..;
        for ((((&(_, rows), table), key), seed), part) in
            EMBEDDINGS.iter().zip(&self.embeddings).zip(keys).zip(seeds).zip(input.as_chunks_mut::<WIDTH>().0)
        {
            for hash in row_hashes(key, seed) {
                table.add_row(hash as usize % rows, part);
            }
        }
        if let (Some(row), Some(part)) = (lexeme.vector, input.as_chunks_mut::<WIDTH>().0.last_mut()) {
            self.vectors.add_row(row.into(), part);
        }
        let mut product = [0.0; PIECES * WIDTH];
        self.mixer.matrix.multiply(input, 0, &mut product);
        self.mixer.finish(&product, out);
    }

    /// Runs the windows over `rows`, which begin and end with a guard row of zeros.
    pub(crate) fn encode(&self, rows: &mut Vec<f32>, spare: &mut Vec<f32>) {
        for layer in &self.windows {
            spare.clear();
            spare.extend_from_slice(rows);
            let count = rows.len() / WIDTH - 2;
            let mut product = [0.0; PIECES * WIDTH];
            let mut value = [0.0; WIDTH];
            for number in 0..count {
                layer.matrix.multiply(&rows[number * WIDTH..(number + 3) * WIDTH], 0, &mut product);
                layer.finish(&product, &mut value);
                let out = &mut spare[(number + 1) * WIDTH..(number + 2) * WIDTH];
                for (sum, &value) in out.iter_mut().zip(&value) {
                    *sum += value;
                }
            }
            std::mem::swap(rows, spare);
        }
    }
}

/// The tagger: one row to one score a tag.
pub(crate) struct Classifier {
    matrix: Matrix,
    bias: Vec<f32>,
}

impl Classifier {
    pub(crate) fn load(weights: &Weights, name: &str, depth: usize, classes: usize) -> Result<Self, LoadError> {
        let _ = Dtype::F16;
        let stored = weights.half(&format!("{name}.weight"), classes * depth)?.widen();
        let matrix = Matrix::new(&stored, depth, |output| output);
        let mut bias = weights.full(&format!("{name}.bias"), classes)?;
        bias.resize(matrix.width(), f32::NEG_INFINITY);
        Ok(Self { matrix, bias })
    }

    /// Numbers of a row of scores.
    pub(crate) fn width(&self) -> usize {
        self.matrix.width()
    }

    /// Scores of each row; columns beyond the last class are minus infinity.
    pub(crate) fn scores(&self, rows: &[f32], stride: usize, scores: &mut [f32]) {
        self.matrix.multiply(rows, stride, scores);
        for row in scores.chunks_exact_mut(self.matrix.width()) {
            for (score, bias) in row.iter_mut().zip(&self.bias) {
                *score += bias;
            }
        }
    }
}
