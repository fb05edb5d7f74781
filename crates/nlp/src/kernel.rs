//! Matrix multiplication with a fixed order of sums.
//!
//! In: rows of numbers and a matrix of weights. Out: their products. Every sum runs over the depth from first to last,
//! one product after the other, so that the bits do not depend on the width of the machine's registers.

/// Columns are padded to a multiple of this.
const LANES: usize = 16;

/// Weights, transposed: one row per input, padded with columns of zeros.
pub(crate) struct Matrix {
    depth: usize,
    width: usize,
    weights: Vec<f32>,
}

impl Matrix {
    /// From weights as they are stored: one row of `depth` numbers per output. `place` tells the column of an output.
    pub(crate) fn new(stored: &[f32], depth: usize, place: impl Fn(usize) -> usize) -> Self {
        let outputs = stored.len() / depth;
        let width = outputs.next_multiple_of(LANES);
        let mut weights = vec![0.0; depth * width];
        for (output, row) in stored.chunks_exact(depth).enumerate() {
            for (input, &weight) in row.iter().enumerate() {
                weights[input * width + place(output)] = weight;
            }
        }
        Self { depth, width, weights }
    }

    /// Numbers in a row of the product.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Multiplies rows that begin `stride` numbers after each other; they may overlap.
    pub(crate) fn multiply(&self, rows: &[f32], stride: usize, products: &mut [f32]) {
        for (number, product) in products.chunks_exact_mut(self.width).enumerate() {
            let row = &rows[number * stride..number * stride + self.depth];
            product.fill(0.0);
            for (block, out) in product.chunks_exact_mut(LANES).enumerate() {
                let mut sums = [0.0; LANES];
                for (&value, weights) in row.iter().zip(self.weights.chunks_exact(self.width)) {
                    let weights = &weights[block * LANES..(block + 1) * LANES];
                    for (sum, &weight) in sums.iter_mut().zip(weights) {
                        *sum += value * weight;
                    }
                }
                out.copy_from_slice(&sums);
            }
        }
    }
}
