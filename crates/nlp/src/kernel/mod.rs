//! Matrix multiplication with the same bits on every machine.
//!
//! In: rows of numbers and a matrix of weights. Out: their products. Numbers are rounded to integers first, each row by a scale
//! of its own, and sums of products of integers are exact: so neither the width of the machine's registers nor the number
//! of rows in one call changes a bit. What is not an integer is a fixed sequence of single operations on single numbers,
//! which every machine rounds alike; nothing is fused.
//!
//! The weights are chosen by `tools/convert_model.py` so that no sum leaves 32 bits.

#[cfg(all(target_arch = "aarch64", target_endian = "little"))]
mod neon;
mod portable;
#[cfg(any(target_arch = "x86_64", all(target_arch = "aarch64", target_endian = "little")))]
mod tile;
#[cfg(target_arch = "x86_64")]
mod x86;

/// Columns that are multiplied at once; a matrix is padded to a multiple of this.
pub(crate) const PANEL: usize = 32;
/// Largest integer that a number of a row becomes.
const LARGEST: f32 = 8191.0;
/// Added and taken away, this rounds a number below 2^22 to an integer, ties to even.
const ROUND: f32 = 12_582_912.0;

/// Weights as integers, in panels of columns; two inputs share a word.
pub(crate) struct Matrix {
    /// Words of a row: half its depth.
    pairs: usize,
    /// `[panel][pair][column]`: the first input of a pair in the low half of a word.
    weights: Vec<i32>,
    /// One a column.
    scales: Vec<f32>,
}

impl Matrix {
    /// A matrix of `columns` columns for rows of `depth` numbers, all zero.
    pub(crate) fn zero(depth: usize, columns: usize) -> Self {
        let (pairs, width) = (depth / 2, columns.next_multiple_of(PANEL));
        Self { pairs, weights: vec![0; pairs * width], scales: vec![0.0; width] }
    }

    /// Sets a column. Input `i` shares a word with the one that lies half the depth behind it.
    pub(crate) fn set_column(&mut self, column: usize, weights: impl Iterator<Item = i16>, scale: f32) {
        let (panel, column_in_panel) = (column / PANEL, column % PANEL);
        for (input, weight) in weights.enumerate().take(2 * self.pairs) {
            let pair = input % self.pairs;
            let word = &mut self.weights[(panel * self.pairs + pair) * PANEL + column_in_panel];
            let half = i32::from(weight) & 0xffff;
            *word |= if input < self.pairs { half } else { half << 16 };
        }
        self.scales[column] = scale;
    }

    /// Numbers in a row of the product.
    pub(crate) fn width(&self) -> usize {
        self.scales.len()
    }

    /// Numbers in a row that it multiplies.
    pub(crate) fn depth(&self) -> usize {
        2 * self.pairs
    }
}

/// Rows as integers, each with its scale.
#[derive(Default)]
pub(crate) struct Rows {
    words: Vec<i32>,
    scales: Vec<f32>,
}

impl Rows {
    /// Takes in rows of `depth` numbers that begin `stride` numbers after each other.
    #[inline(always)]
    pub(crate) fn set(&mut self, values: &[f32], depth: usize, stride: usize, count: usize) {
        self.words.resize(count * depth / 2, 0);
        self.scales.resize(count, 0.0);
        for (number, words) in self.words.chunks_exact_mut(depth / 2).enumerate() {
            self.scales[number] = round(&values[number * stride..number * stride + depth], words);
        }
    }

    /// Takes in rows of `depth` numbers as those from `first` on.
    #[inline(always)]
    pub(crate) fn set_at(&mut self, first: usize, values: &[f32], depth: usize) {
        let end = first + values.len() / depth;
        self.words.resize(self.words.len().max(end * depth / 2), 0);
        self.scales.resize(self.scales.len().max(end), 0.0);
        let words = self.words[first * depth / 2..].chunks_exact_mut(depth / 2);
        for ((values, words), scale) in values.chunks_exact(depth).zip(words).zip(&mut self.scales[first..]) {
            *scale = round(values, words);
        }
    }

    /// Appends a row of `depth` numbers from others.
    #[inline(always)]
    pub(crate) fn push(&mut self, others: &Self, row: usize, depth: usize) {
        self.words.extend_from_slice(&others.words[row * depth / 2..(row + 1) * depth / 2]);
        self.scales.push(others.scales[row]);
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.scales.len()
    }

    /// Drops all rows.
    pub(crate) fn clear(&mut self) {
        self.words.clear();
        self.scales.clear();
    }
}

/// Rounds a row to integers; gives the scale that undoes it.
#[inline(always)]
#[allow(clippy::cast_possible_wrap, reason = "the bits of a number between 2^23 and 2^24")]
fn round(values: &[f32], words: &mut [i32]) -> f32 {
    let mut lanes = [0.0f32; 16];
    for chunk in values.as_chunks::<16>().0 {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            let value = value.abs();
            *lane = if value > *lane { value } else { *lane };
        }
    }
    let largest = lanes.iter().fold(0.0f32, |largest, &lane| if lane > largest { lane } else { largest });
    if largest < f32::MIN_POSITIVE * 65536.0 {
        words.fill(0);
        return 0.0;
    }
    let factor = LARGEST / largest;
    let integer = |value: f32| (value * factor + ROUND).to_bits() as i32 - ROUND.to_bits() as i32;
    let (low, high) = values.split_at(words.len());
    for ((word, &low), &high) in words.iter_mut().zip(low).zip(high) {
        *word = integer(low) & 0xffff | integer(high) << 16;
    }
    largest / LARGEST
}

/// One way to multiply.
pub(crate) trait Kernel: Copy {
    /// `products[row] = rows[row] * matrix`; the products lie `matrix.width()` numbers after each other.
    fn multiply(self, matrix: &Matrix, rows: &Rows, products: &mut [f32]);
}

/// Work that is compiled once for each kernel, with the instructions that the kernel may use.
///
/// `run` and what it calls in turn are to be inlined: only then do they get these instructions.
pub(crate) trait Task {
    fn run<K: Kernel>(self, kernel: K);
}

/// The widest kernel that the machine has.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Machine {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2(x86::Avx2),
    #[cfg(target_arch = "x86_64")]
    Avx512(x86::Avx512),
    #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
    Neon(neon::Neon),
}

impl Machine {
    /// Looks at the processor.
    pub(crate) fn detect() -> Self {
        Self::all().pop().unwrap_or(Self::Portable)
    }

    /// Every kernel that runs here, the widest last.
    pub(crate) fn all() -> Vec<Self> {
        std::iter::once(Self::Portable).chain(Self::wider().into_iter().flatten()).collect()
    }

    #[cfg(target_arch = "x86_64")]
    fn wider() -> [Option<Self>; 2] {
        [x86::Avx2::detect().map(Self::Avx2), x86::Avx512::detect().map(Self::Avx512)]
    }

    #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
    fn wider() -> [Option<Self>; 1] {
        [neon::Neon::detect().map(Self::Neon)]
    }

    #[cfg(not(any(target_arch = "x86_64", all(target_arch = "aarch64", target_endian = "little"))))]
    fn wider() -> [Option<Self>; 0] {
        []
    }

    pub(crate) fn run(self, task: impl Task) {
        match self {
            Self::Portable => task.run(portable::Portable),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(kernel) => kernel.run(task),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(kernel) => kernel.run(task),
            #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
            Self::Neon(kernel) => kernel.run(task),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Kernel, Machine, Matrix, Rows, Task};

    struct Product<'a>(&'a Matrix, &'a [f32], usize, &'a mut Vec<f32>);

    impl Task for Product<'_> {
        #[inline(always)]
        fn run<K: Kernel>(self, kernel: K) {
            let mut rows = Rows::default();
            let Self(matrix, values, count, products) = self;
            rows.set(values, matrix.depth(), matrix.depth(), count);
            products.resize(count * matrix.width(), 0.0);
            kernel.multiply(matrix, &rows, products);
        }
    }

    /// A sequence of numbers that looks random.
    fn noise(seed: u64) -> impl Iterator<Item = f32> {
        let mut state = seed;
        std::iter::repeat_with(move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            #[allow(clippy::cast_precision_loss, reason = "24 bits")]
            let number = (state >> 40) as f32;
            number / 16_777_216.0 - 0.5
        })
    }

    #[test]
    fn every_kernel_gives_the_same_bits_and_the_right_product() {
        for (depth, columns, count) in [(96, 864, 29), (64, 106, 1), (64, 1024, 13), (96, 50, 4), (32, 7, 2)] {
            let weights: Vec<f32> = noise(7).take(depth * columns).collect();
            let mut matrix = Matrix::zero(depth, columns);
            for (column, column_weights) in weights.chunks_exact(depth).enumerate() {
                #[allow(clippy::cast_possible_truncation, reason = "half of 2^12")]
                matrix.set_column(column, column_weights.iter().map(|w| (w * 4096.0) as i16), 1.0 / 4096.0);
            }
            let values: Vec<f32> = noise(11).take(depth * count).collect();
            let results = Machine::all().into_iter().map(|machine| {
                let mut products = Vec::new();
                machine.run(Product(&matrix, &values, count, &mut products));
                products
            });
            let results: Vec<Vec<f32>> = results.collect();
            for result in &results {
                let same = result.iter().zip(&results[0]).all(|(a, b)| a.to_bits() == b.to_bits());
                assert!(same, "{depth} x {columns}, {count} rows");
            }
            for (row, product) in values.chunks_exact(depth).zip(results[0].chunks_exact(matrix.width())) {
                for (column, column_weights) in weights.chunks_exact(depth).enumerate() {
                    let exact: f32 = row.iter().zip(column_weights).map(|(a, b)| a * b).sum();
                    assert!((product[column] - exact).abs() < 0.01, "{} for {exact}", product[column]);
                }
            }
        }
    }
}
