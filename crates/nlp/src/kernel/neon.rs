//! The kernel for 64-bit ARM.
//!
//! Unsafe for the same two reasons as the other vector kernels, and sound for the same: a value of [`Neon`] is made only after
//! asking the processor; [`Block::new`] checks all lengths before the first pointer is used.
#![allow(unsafe_code, reason = "vector instructions and unchecked loads, as said above")]

use std::arch::{
    aarch64::{
        vcvtq_f32_s32, vdupq_n_f32, vdupq_n_s32, vget_low_s16, vld1_dup_s32, vld1q_f32, vld2q_s16, vmlal_high_lane_s16,
        vmlal_lane_s16, vmulq_f32, vreinterpret_s16_s32, vst1q_f32,
    },
    is_aarch64_feature_detected,
};

use super::{
    Kernel, Matrix, PANEL, Rows, Task,
    tile::{Block, unrolled},
};

/// Proof that the processor has NEON.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Neon(());

impl Neon {
    pub(super) fn detect() -> Option<Self> {
        is_aarch64_feature_detected!("neon").then_some(Self(()))
    }

    pub(super) fn run(self, task: impl Task) {
        #[target_feature(enable = "neon")]
        fn inner(kernel: Neon, task: impl Task) {
            task.run(kernel);
        }
        // SAFETY: the processor has NEON, or there were no `self`.
        unsafe { inner(self, task) }
    }
}

impl Kernel for Neon {
    #[inline(always)]
    fn multiply(self, matrix: &Matrix, rows: &Rows, products: &mut [f32]) {
        let block = Block::new(matrix, rows, products);
        // SAFETY: the processor has NEON, or there were no `self`; the block's lengths fit.
        unsafe { multiply(&block) }
    }
}

/// # Safety
///
/// The lengths of the block fit.
#[target_feature(enable = "neon")]
unsafe fn multiply(block: &Block) {
    /// Rows of the largest tile: its sums fill 24 of the 32 registers.
    const ROWS: usize = 3;
    // SAFETY: rows and panels stay below the block's counts.
    unsafe {
        for row in (0..block.count).step_by(ROWS) {
            for column in (0..block.width).step_by(PANEL) {
                match block.count - row {
                    ROWS.. => tile::<ROWS>(block, row, column),
                    2 => tile::<2>(block, row, column),
                    _ => tile::<1>(block, row, column),
                }
            }
        }
    }
}

/// `R` rows by the 32 columns of a panel, from this row and column on.
///
/// # Safety
///
/// The rows and columns lie in the block, whose lengths fit.
#[target_feature(enable = "neon")]
#[inline]
unsafe fn tile<const R: usize>(block: &Block, row: usize, column: usize) {
    /// Eight columns are loaded at once, low halves of their words apart from high halves, and make two sums of four columns.
    const LOADS: usize = PANEL / 8;
    // SAFETY: every offset is a row below `count`, a pair below `pairs` or a column below `width`, by what the caller
    // promises; the vectors lie in a panel, so that none reaches over the end.
    unsafe {
        let mut sums = [[vdupq_n_s32(0); 2 * LOADS]; R];
        let weights = block.weights.add(column * block.pairs);
        let words = block.words.add(row * block.pairs);
        for pair in 0..block.pairs {
            let mut halves = [vreinterpret_s16_s32(vld1_dup_s32(words.add(pair))); R];
            unrolled!(r < R, { halves[r] = vreinterpret_s16_s32(vld1_dup_s32(words.add(r * block.pairs + pair))) });
            unrolled!(v < LOADS, {
                let loaded = vld2q_s16(weights.add(pair * PANEL + 8 * v).cast());
                unrolled!(r < R, {
                    let low = vmlal_lane_s16::<0>(sums[r][2 * v], vget_low_s16(loaded.0), halves[r]);
                    sums[r][2 * v] = vmlal_lane_s16::<1>(low, vget_low_s16(loaded.1), halves[r]);
                    let high = vmlal_high_lane_s16::<0>(sums[r][2 * v + 1], loaded.0, halves[r]);
                    sums[r][2 * v + 1] = vmlal_high_lane_s16::<1>(high, loaded.1, halves[r]);
                });
            });
        }
        unrolled!(r < R, {
            let row_scale = vdupq_n_f32(*block.row_scales.add(row + r));
            let out = block.products.add((row + r) * block.width + column);
            unrolled!(v < 2 * LOADS, {
                let scale = vld1q_f32(block.scales.add(column + 4 * v));
                let product = vmulq_f32(vmulq_f32(vcvtq_f32_s32(sums[r][v]), row_scale), scale);
                vst1q_f32(out.add(4 * v), product);
            });
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::Machine;

    #[test]
    fn it_is_chosen_where_it_runs() {
        assert!(matches!(Machine::detect(), Machine::Neon(_)));
    }
}
