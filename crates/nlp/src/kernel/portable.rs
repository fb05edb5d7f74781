//! The kernel that every machine has: plain Rust.

use super::{Kernel, Matrix, PANEL, Rows};

#[derive(Debug, Clone, Copy)]
pub(super) struct Portable;

impl Kernel for Portable {
    #[allow(clippy::cast_precision_loss, reason = "sums round as in every kernel")]
    fn multiply(self, matrix: &Matrix, rows: &Rows, products: &mut [f32]) {
        let width = matrix.width();
        let panels = matrix.weights.chunks_exact(matrix.pairs * PANEL).zip(matrix.scales.as_chunks::<PANEL>().0);
        for (panel, (weights, scales)) in panels.enumerate() {
            for ((row, &row_scale), product) in
                rows.words.chunks_exact(matrix.pairs).zip(&rows.scales).zip(products.chunks_exact_mut(width))
            {
                let mut sums = [0i32; PANEL];
                for (&word, weights) in row.iter().zip(weights.as_chunks::<PANEL>().0) {
                    let (low, high) = halves(word);
                    for (sum, &weights) in sums.iter_mut().zip(weights) {
                        let (first, second) = halves(weights);
                        *sum = sum.wrapping_add(low.wrapping_mul(first)).wrapping_add(high.wrapping_mul(second));
                    }
                }
                let out = &mut product[panel * PANEL..(panel + 1) * PANEL];
                for ((out, &sum), &scale) in out.iter_mut().zip(&sums).zip(scales) {
                    *out = sum as f32 * row_scale * scale;
                }
            }
        }
    }
}

/// The two integers that share a word.
#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "the low half is meant")]
fn halves(word: i32) -> (i32, i32) {
    (i32::from(word as i16), word >> 16)
}
