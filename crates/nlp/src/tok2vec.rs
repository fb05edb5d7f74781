//! Tokens to vectors: hash embeddings, static vectors, a mixer, and four windows of three tokens.
//!
//! In: the word types of one or more documents. Out: one row of 96 numbers a token.
//! Architecture: `MultiHashEmbed` and `MaxoutWindowEncoder` of spaCy v3.

use std::ops::Range;

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
/// Windows, one after the other.
const DEPTH: usize = 4;
/// Rows on each side of a document that are worked on.
pub(crate) const MARGIN: usize = 2;
/// How far from a document a row has to be known before each window, and after the last: further away, a row either is the
/// same for every document still or is not looked at any more.
const REACH: [usize; DEPTH + 1] = [0, 1, 2, 1, 0];
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

/// A window of three rows: what each of them adds to the row in the middle.
struct Window {
    /// For the row before, the row itself and the row after.
    parts: [Matrix; WINDOW],
    maxout: Maxout,
}

/// A row that a window is about to change.
struct Output {
    slot: usize,
    /// Which of the rows before, at and after it are within reach; the others are as everywhere outside.
    live: [bool; WINDOW],
}

/// Room to work in.
#[derive(Default)]
pub(crate) struct Room {
    inputs: Vec<f32>,
    rows: Rows,
    products: [Vec<f32>; WINDOW],
    sums: Vec<f32>,
    /// Rows of documents with their margins.
    slots: Vec<f32>,
    /// Rows that are multiplied at once, by their place in the window, and what is waiting for the products.
    block: [Rows; WINDOW],
    outputs: Vec<Output>,
}

/// The network from word types to rows.
pub(crate) struct Tok2Vec {
    embeddings: Vec<Table>,
    vectors: Table,
    /// One for each embedding and one for the vectors.
    mixers: Vec<Matrix>,
    mixer: Maxout,
    windows: Vec<Window>,
    /// What the first window makes of a row of zeros among rows of zeros.
    outside: [f32; WIDTH],
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
            let mut parts = std::array::from_fn(|_| Matrix::zero(WIDTH, CHOICES));
            weights.fill(&name, CHOICES, WINDOW, &mut parts, |chunk, output| (chunk, place(output)))?;
            Ok(Window { parts, maxout: Maxout::load(weights, &name)? })
        };
        let windows = (0..DEPTH).map(window).collect::<Result<Vec<Window>, LoadError>>()?;
        let mut outside = [0.0; WIDTH];
        windows[0].maxout.finish(&[0.0; CHOICES], &mut outside);
        Ok(Self {
            embeddings: EMBEDDINGS[..features].iter().map(embedding).collect::<Result<_, _>>()?,
            vectors: weights.table(&format!("{name}.vectors"), VECTORS, WIDTH)?,
            mixers,
            mixer: Maxout::load(weights, &mix)?,
            windows,
            outside,
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
        let [products, ..] = &mut room.products;
        products.resize(BLOCK.max(count) * CHOICES, 0.0);
        for (chunk, matrix) in self.mixers.iter().enumerate() {
            if count > 0 {
                room.rows.set(&room.inputs[chunk * WIDTH..], WIDTH, depth, count);
                kernel.multiply(matrix, &room.rows, &mut products[..count * CHOICES]);
            }
            for (sum, product) in room.sums.iter_mut().zip(&*products) {
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

    /// Runs the windows over the rows of documents, each a range of `rows`.
    ///
    /// Around a document lie [`MARGIN`] rows of zeros. The windows change them too, but only those within [`REACH`] are
    /// ever looked at and differ from document to document.
    #[inline(always)]
    pub(crate) fn encode<K: Kernel>(
        &self,
        kernel: K,
        documents: impl Iterator<Item = Range<usize>> + Clone,
        rows: &mut [f32],
        room: &mut Room,
    ) {
        room.slots.clear();
        for document in documents.clone() {
            let document = &rows[document.start * WIDTH..document.end * WIDTH];
            for part in [&self.outside, &[0.0; WIDTH], document, &[0.0; WIDTH], &self.outside] {
                room.slots.extend_from_slice(part);
            }
        }
        let places = documents.clone().scan(0, |next, document| {
            let start = *next + MARGIN;
            *next = start + document.len() + MARGIN;
            Some(start..start + document.len())
        });
        for (window, reach) in self.windows.iter().zip(REACH.windows(2)) {
            self.run_window(kernel, window, [reach[0], reach[1]], places.clone(), room);
        }
        for (document, place) in documents.zip(places) {
            rows[document.start * WIDTH..document.end * WIDTH]
                .copy_from_slice(&room.slots[place.start * WIDTH..place.end * WIDTH]);
        }
    }

    /// Runs one window over the slots of documents, from rows within one reach of a document to those within another.
    #[inline(always)]
    fn run_window<K: Kernel>(
        &self,
        kernel: K,
        window: &Window,
        [from, to]: [usize; 2],
        documents: impl Iterator<Item = Range<usize>> + Clone,
        room: &mut Room,
    ) {
        // What stands outside is zero before the first window, and nobody looks at it after the second.
        let mut outside = [[0.0; CHOICES]; WINDOW];
        if from > 0 {
            room.rows.set(&self.outside, WIDTH, WIDTH, 1);
            for (part, product) in window.parts.iter().zip(&mut outside) {
                kernel.multiply(part, &room.rows, product);
            }
        }
        room.rows.clear();
        for document in documents.clone() {
            let live = document.start - from..document.end + from;
            room.rows.set_at(live.start, &room.slots[live.start * WIDTH..live.end * WIDTH], WIDTH);
        }
        for document in documents {
            let live = document.start - from..document.end + from;
            for slot in document.start - to..document.end + to {
                let mut output = Output { slot, live: [false; WINDOW] };
                let mut full = false;
                for part in 0..WINDOW {
                    // The row before a document's first margin would be -1.
                    if (live.start + 1..live.end + 1).contains(&(slot + part)) {
                        room.block[part].push(&room.rows, slot + part - 1, WIDTH);
                        output.live[part] = true;
                        full |= room.block[part].len() == BLOCK;
                    }
                }
                room.outputs.push(output);
                if full {
                    window.finish(kernel, &outside, room);
                }
            }
        }
        window.finish(kernel, &outside, room);
    }
}

impl Window {
    /// Adds to each row of the block what the window around it gives.
    #[inline(always)]
    fn finish<K: Kernel>(&self, kernel: K, outside: &[[f32; CHOICES]; WINDOW], room: &mut Room) {
        let Room { block, products, slots, outputs, .. } = room;
        for ((part, rows), products) in self.parts.iter().zip(&mut *block).zip(&mut *products) {
            products.resize(BLOCK * CHOICES, 0.0);
            kernel.multiply(part, rows, &mut products[..rows.len() * CHOICES]);
            rows.clear();
        }
        let slots = slots.as_chunks_mut::<WIDTH>().0;
        let [mut before, mut at, mut after] =
            products.each_ref().map(|products| products.as_chunks::<CHOICES>().0.iter());
        let mut choices = [0.0; CHOICES];
        let mut value = [0.0; WIDTH];
        for Output { slot, live } in outputs.drain(..) {
            let before = if live[0] { before.next() } else { None }.unwrap_or(&outside[0]);
            let at = if live[1] { at.next() } else { None }.unwrap_or(&outside[1]);
            let after = if live[2] { after.next() } else { None }.unwrap_or(&outside[2]);
            for (i, choice) in choices.iter_mut().enumerate() {
                *choice = before[i] + at[i] + after[i];
            }
            self.maxout.finish(&choices, &mut value);
            for (sum, value) in slots[slot].iter_mut().zip(&value) {
                *sum += value;
            }
        }
    }
}
