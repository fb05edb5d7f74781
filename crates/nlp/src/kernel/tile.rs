//! What the kernels that are written for one kind of processor share.
//!
//! In: a matrix, rows and room for their products. Out: a [`Block`], whose lengths fit, so that pointers may be used without
//! looking again; and loops that are unrolled.

use super::{Matrix, PANEL, Rows};

/// A multiplication whose lengths fit.
pub(super) struct Block {
    pub(super) pairs: usize,
    pub(super) width: usize,
    pub(super) count: usize,
    /// `count` rows of `pairs` words.
    pub(super) words: *const i32,
    /// One a row.
    pub(super) row_scales: *const f32,
    /// `pairs * width` words, panel by panel.
    pub(super) weights: *const i32,
    /// One a column.
    pub(super) scales: *const f32,
    /// `count` rows of `width` numbers.
    pub(super) products: *mut f32,
}

impl Block {
    pub(super) fn new(matrix: &Matrix, rows: &Rows, products: &mut [f32]) -> Self {
        let (pairs, width, count) = (matrix.pairs, matrix.width(), rows.scales.len());
        assert!(width.is_multiple_of(PANEL) && matrix.weights.len() == pairs * width, "a matrix is made of panels");
        assert!(rows.words.len() == count * pairs, "rows of the matrix's depth");
        assert!(products.len() == count * width, "room for every product");
        Self {
            pairs,
            width,
            count,
            words: rows.words.as_ptr(),
            row_scales: rows.scales.as_ptr(),
            weights: matrix.weights.as_ptr(),
            scales: matrix.scales.as_ptr(),
            products: products.as_mut_ptr(),
        }
    }
}

/// Runs a block of code for each number below a constant, unrolled: an array that is indexed by constants alone can live in
/// registers.
macro_rules! unrolled {
    ($number:ident < $count:expr, $body:block) => {
        unrolled!($number < $count, $body, 0 1 2 3 4 5 6 7 8 9 10 11)
    };
    ($number:ident < $count:expr, $body:block, $($each:literal)*) => {
        $(if $each < $count {
            #[allow(non_upper_case_globals, reason = "a counter that is constant")]
            const $number: usize = $each;
            $body
        })*
    };
}

pub(super) use unrolled;
