//! A linear layer, and the choice of its best class.
//!
//! In: a row of numbers. Out: one score a class, or the class with the highest score among those allowed.

use crate::{
    LoadError,
    kernel::{Kernel, Matrix, Rows},
    weights::Weights,
};

/// Lanes in which the best class is sought.
const LANES: usize = 16;

/// Weights and bias of a linear layer.
pub(crate) struct Classifier {
    matrix: Matrix,
    bias: Vec<f32>,
    classes: usize,
}

impl Classifier {
    pub(crate) fn load(weights: &Weights, name: &str, depth: usize, classes: usize) -> Result<Self, LoadError> {
        let matrix = weights.matrix(name, classes, depth, |output| output)?;
        let mut bias = weights.full(&format!("{name}.bias"), classes)?;
        bias.resize(matrix.width(), 0.0);
        Ok(Self { matrix, bias, classes })
    }

    /// Numbers of a row of scores: the classes, padded.
    pub(crate) fn width(&self) -> usize {
        self.matrix.width()
    }

    /// What is added to scores so that only these classes can win.
    pub(crate) fn mask(&self, allowed: impl Fn(usize) -> bool) -> Vec<f32> {
        let open = |class| class < self.classes && allowed(class);
        (0..self.width()).map(|class| if open(class) { 0.0 } else { f32::NEG_INFINITY }).collect()
    }

    /// Scores of rows that begin `stride` numbers after each other.
    #[inline(always)]
    pub(crate) fn scores<K: Kernel>(
        &self,
        kernel: K,
        values: &[f32],
        stride: usize,
        rows: &mut Rows,
        scores: &mut [f32],
    ) {
        rows.set(values, self.matrix.depth(), stride, scores.len() / self.matrix.width());
        kernel.multiply(&self.matrix, rows, scores);
        for row in scores.chunks_exact_mut(self.matrix.width()) {
            for (score, bias) in row.iter_mut().zip(&self.bias) {
                *score += bias;
            }
        }
    }
}

/// The class with the highest score under a mask; of equals the first.
#[inline(always)]
pub(crate) fn best(scores: &[f32], mask: &[f32]) -> usize {
    let mut highest = [f32::NEG_INFINITY; LANES];
    let mut winners = [0u32; LANES];
    let mut chunk_start = 0;
    for (scores, mask) in scores.as_chunks::<LANES>().0.iter().zip(mask.as_chunks::<LANES>().0) {
        for lane in 0..LANES {
            let score = scores[lane] + mask[lane];
            let higher = score > highest[lane];
            highest[lane] = if higher { score } else { highest[lane] };
            winners[lane] = if higher { chunk_start } else { winners[lane] };
        }
        chunk_start += 16;
    }
    let mut winner = (f32::NEG_INFINITY, usize::MAX);
    for lane in 0..LANES {
        let (score, class) = (highest[lane], winners[lane] as usize + lane);
        let equal = score.total_cmp(&winner.0).is_eq();
        if score > winner.0 || equal && class < winner.1 {
            winner = (score, class);
        }
    }
    winner.1
}

#[cfg(test)]
mod tests {
    use super::best;

    #[test]
    fn the_first_of_the_highest_wins() {
        let mut scores = [0.0; 64];
        (scores[5], scores[17], scores[33]) = (2.0, 3.0, 3.0);
        assert_eq!(best(&scores, &[0.0; 64]), 17);
        let mut mask = [0.0; 64];
        mask[17] = f32::NEG_INFINITY;
        assert_eq!(best(&scores, &mask), 33);
    }
}
