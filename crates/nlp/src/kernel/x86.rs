//! The kernels for AVX2 and for AVX-512 with VNNI.
//!
//! Unsafe, like the kernel for ARM and nothing else in the crate. Two reasons, and what makes each sound:
//! a kernel may be called only where the processor has its instructions, and a value of [`Avx2`] or [`Avx512`] is made only
//! after asking the processor; loads and stores go through pointers, and [`Block::new`] checks all lengths before the first.
#![allow(unsafe_code, reason = "vector instructions and unchecked loads, as said above")]

use std::arch::x86_64::{
    __m256i, __m512i, _mm256_add_epi32, _mm256_cvtepi32_ps, _mm256_loadu_ps, _mm256_loadu_si256, _mm256_madd_epi16,
    _mm256_mul_ps, _mm256_set1_epi32, _mm256_set1_ps, _mm256_setzero_si256, _mm256_storeu_ps, _mm512_cvtepi32_ps,
    _mm512_loadu_ps, _mm512_loadu_si512, _mm512_mul_ps, _mm512_set1_epi32, _mm512_set1_ps, _mm512_setzero_si512,
    _mm512_storeu_ps,
};

use super::{
    Kernel, Matrix, PANEL, Rows, Task,
    tile::{Block, unrolled},
};

/// Proof that the processor has AVX2.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Avx2(());

/// Proof that the processor has AVX-512 F, BW, VL, DQ and VNNI.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Avx512(());

impl Avx2 {
    pub(super) fn detect() -> Option<Self> {
        is_x86_feature_detected!("avx2").then_some(Self(()))
    }

    pub(super) fn run(self, task: impl Task) {
        #[target_feature(enable = "avx2")]
        fn inner(kernel: Avx2, task: impl Task) {
            task.run(kernel);
        }
        // SAFETY: the processor has AVX2, or there were no `self`.
        unsafe { inner(self, task) }
    }
}

impl Avx512 {
    pub(super) fn detect() -> Option<Self> {
        let found = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vnni");
        found.then_some(Self(()))
    }

    pub(super) fn run(self, task: impl Task) {
        #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,avx2")]
        fn inner(kernel: Avx512, task: impl Task) {
            task.run(kernel);
        }
        // SAFETY: the processor has these features, or there were no `self`.
        unsafe { inner(self, task) }
    }
}

impl Kernel for Avx512 {
    #[inline(always)]
    fn multiply(self, matrix: &Matrix, rows: &Rows, products: &mut [f32]) {
        let block = Block::new(matrix, rows, products);
        // SAFETY: the processor has the features, or there were no `self`; the block's lengths fit.
        unsafe { multiply_512(&block) }
    }
}

/// The tile with as many rows as there are.
macro_rules! tile_of {
    ($rows:ident, $($each:literal)*, $block:ident, $row:ident, $column:ident) => {
        match $rows {
            $($each => tile_512::<$each, 2>($block, $row, $column),)*
            _ => {}
        }
    };
}

/// # Safety
///
/// The lengths of the block fit.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
unsafe fn multiply_512(block: &Block) {
    /// Rows of the largest tile: its sums fill 24 of the 32 registers.
    const ROWS: usize = 12;
    // SAFETY: rows and columns stay below the block's counts.
    unsafe {
        if block.count == 1 {
            let wide = block.width - block.width % (4 * PANEL);
            for column in (0..wide).step_by(4 * PANEL) {
                tile_512::<1, 8>(block, 0, column);
            }
            for column in (wide..block.width).step_by(PANEL) {
                tile_512::<1, 2>(block, 0, column);
            }
            return;
        }
        let mut row = 0;
        while row < block.count {
            let rows = ROWS.min(block.count - row);
            for column in (0..block.width).step_by(PANEL) {
                tile_of!(rows, 1 2 3 4 5 6 7 8 9 10 11 12, block, row, column);
            }
            row += rows;
        }
    }
}

/// `R` rows by `V` vectors of 16 columns, two in a panel, from this row and column on.
///
/// # Safety
///
/// The rows and columns lie in the block, whose lengths fit.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
#[inline]
unsafe fn tile_512<const R: usize, const V: usize>(block: &Block, row: usize, column: usize) {
    // SAFETY: every offset is a row below `count`, a pair below `pairs` or a column below `width`, by what the caller
    // promises; the vectors lie in panels, so that none reaches over the end.
    unsafe {
        let mut sums = [[_mm512_setzero_si512(); V]; R];
        let weights = block.weights.add(column * block.pairs);
        let words = block.words.add(row * block.pairs);
        for pair in 0..block.pairs {
            let mut loaded = [_mm512_setzero_si512(); V];
            unrolled!(v < V, {
                loaded[v] = load_512(weights.add((v / 2 * block.pairs + pair) * PANEL + v % 2 * 16));
            });
            unrolled!(r < R, {
                let word = _mm512_set1_epi32(*words.add(r * block.pairs + pair));
                unrolled!(v < V, { sums[r][v] = add_products(sums[r][v], word, loaded[v]) });
            });
        }
        unrolled!(r < R, {
            let row_scale = _mm512_set1_ps(*block.row_scales.add(row + r));
            let out = block.products.add((row + r) * block.width + column);
            unrolled!(v < V, {
                let scale = _mm512_loadu_ps(block.scales.add(column + 16 * v));
                let product = _mm512_mul_ps(_mm512_mul_ps(_mm512_cvtepi32_ps(sums[r][v]), row_scale), scale);
                _mm512_storeu_ps(out.add(16 * v), product);
            });
        });
    }
}

/// Adds the two products of each word to its sum.
#[target_feature(enable = "avx512f,avx512vnni")]
#[inline]
fn add_products(sum: __m512i, left: __m512i, right: __m512i) -> __m512i {
    let mut sum = sum;
    // SAFETY: one instruction on registers. Written out, because the compiler takes the intrinsic apart into a product and
    // a sum, which makes the whole pipeline a sixth slower.
    unsafe {
        std::arch::asm!(
            "vpdpwssd {sum}, {left}, {right}",
            sum = inout(zmm_reg) sum,
            left = in(zmm_reg) left,
            right = in(zmm_reg) right,
            options(pure, nomem, nostack, preserves_flags)
        );
    }
    sum
}

/// # Safety
///
/// Sixteen words can be read.
#[target_feature(enable = "avx512f")]
#[inline]
unsafe fn load_512(from: *const i32) -> __m512i {
    // SAFETY: the caller's promise.
    unsafe { _mm512_loadu_si512(from.cast()) }
}

impl Kernel for Avx2 {
    #[inline(always)]
    fn multiply(self, matrix: &Matrix, rows: &Rows, products: &mut [f32]) {
        let block = Block::new(matrix, rows, products);
        // SAFETY: the processor has the features, or there were no `self`; the block's lengths fit.
        unsafe { multiply_256(&block) }
    }
}

/// # Safety
///
/// The lengths of the block fit.
#[target_feature(enable = "avx2")]
unsafe fn multiply_256(block: &Block) {
    // SAFETY: rows and panels stay below the block's counts.
    unsafe {
        let even = block.count - block.count % 2;
        for row in (0..even).step_by(2) {
            for column in (0..block.width).step_by(PANEL) {
                tile_256::<2, 4>(block, row, column);
            }
        }
        if even < block.count {
            for column in (0..block.width).step_by(PANEL) {
                tile_256::<1, 4>(block, even, column);
            }
        }
    }
}

/// `R` rows by `V` vectors of 8 columns, four in a panel, from this row and column on.
///
/// # Safety
///
/// The rows and columns lie in the block, whose lengths fit.
#[target_feature(enable = "avx2")]
#[inline]
unsafe fn tile_256<const R: usize, const V: usize>(block: &Block, row: usize, column: usize) {
    // SAFETY: as for the wider tile.
    unsafe {
        let mut sums = [[_mm256_setzero_si256(); V]; R];
        let weights = block.weights.add(column * block.pairs);
        let words = block.words.add(row * block.pairs);
        for pair in 0..block.pairs {
            unrolled!(v < V, {
                let loaded = load_256(weights.add(pair * PANEL + 8 * v));
                unrolled!(r < R, {
                    let word = _mm256_set1_epi32(*words.add(r * block.pairs + pair));
                    sums[r][v] = _mm256_add_epi32(sums[r][v], _mm256_madd_epi16(word, loaded));
                });
            });
        }
        unrolled!(r < R, {
            let row_scale = _mm256_set1_ps(*block.row_scales.add(row + r));
            let out = block.products.add((row + r) * block.width + column);
            unrolled!(v < V, {
                let scale = _mm256_loadu_ps(block.scales.add(column + 8 * v));
                let product = _mm256_mul_ps(_mm256_mul_ps(_mm256_cvtepi32_ps(sums[r][v]), row_scale), scale);
                _mm256_storeu_ps(out.add(8 * v), product);
            });
        });
    }
}

/// # Safety
///
/// Eight words can be read.
#[target_feature(enable = "avx2")]
#[inline]
unsafe fn load_256(from: *const i32) -> __m256i {
    // SAFETY: the caller's promise.
    unsafe { _mm256_loadu_si256(from.cast()) }
}
