//! The file of weights, read where it lies.
//!
//! In: the bytes of `data/model/weights.safetensors`, compiled in. Out: tensors by name; tables of integers with a scale a row
//! stay packed, matrices are laid out for the kernel.

use safetensors::{Dtype, SafeTensors, tensor::Metadata};

use crate::{LoadError, kernel::Matrix};

static BYTES: &[u8] = include_bytes!("../../../data/model/weights.safetensors");

/// All tensors by name, and the names of labels.
pub(crate) struct Weights {
    tensors: SafeTensors<'static>,
    metadata: Metadata,
}

impl Weights {
    pub(crate) fn open() -> Result<Self, LoadError> {
        let (_, metadata) = SafeTensors::read_metadata(BYTES)?;
        Ok(Self { tensors: SafeTensors::deserialize(BYTES)?, metadata })
    }

    /// A list of labels from the file's header.
    pub(crate) fn labels(&self, name: &'static str) -> Result<impl Iterator<Item = &str>, LoadError> {
        let labels = self.metadata.metadata().as_ref().and_then(|entries| entries.get(name));
        Ok(labels.ok_or(LoadError::Missing { name })?.split(' '))
    }

    /// The bytes of a tensor of this type and number of elements.
    pub(crate) fn bytes(&self, name: &str, dtype: Dtype, count: usize) -> Result<&'static [u8], LoadError> {
        let tensor = self.tensors.tensor(name)?;
        let found: usize = tensor.shape().iter().product();
        if tensor.dtype() != dtype || found != count {
            return Err(LoadError::Shape { name: name.to_owned(), expected: count, found });
        }
        Ok(tensor.data())
    }

    /// A tensor of f32.
    pub(crate) fn full(&self, name: &str, count: usize) -> Result<Vec<f32>, LoadError> {
        let bytes = self.bytes(name, Dtype::F32, count)?;
        Ok(bytes.as_chunks::<4>().0.iter().map(|&b| f32::from_le_bytes(b)).collect())
    }

    /// A tensor of u32.
    pub(crate) fn words(&self, name: &str) -> Result<Vec<u32>, LoadError> {
        let count = self.tensors.tensor(name)?.shape().iter().product();
        let bytes = self.bytes(name, Dtype::U32, count)?;
        Ok(bytes.as_chunks::<4>().0.iter().map(|&b| u32::from_le_bytes(b)).collect())
    }

    /// A tensor of u16, as pairs of bytes.
    pub(crate) fn shorts(&self, name: &str, count: usize) -> Result<&'static [[u8; 2]], LoadError> {
        Ok(self.bytes(name, Dtype::U16, count)?.as_chunks::<2>().0)
    }

    /// A table of rows.
    pub(crate) fn table(&self, name: &str, rows: usize, width: usize) -> Result<Table, LoadError> {
        let scales = self.bytes(&format!("{name}.scale"), Dtype::F32, rows)?.as_chunks::<4>().0;
        let numbers = self.bytes(name, Dtype::I16, rows * width)?.as_chunks::<2>().0;
        Ok(Table { numbers, scales })
    }

    /// Lays a matrix out for the kernel. It is stored by output, in chunks of inputs with a scale each; `place` tells which of
    /// the `matrices` and which of its columns a chunk of an output becomes.
    pub(crate) fn fill(
        &self,
        name: &str,
        outputs: usize,
        chunks: usize,
        matrices: &mut [Matrix],
        place: impl Fn(usize, usize) -> (usize, usize),
    ) -> Result<(), LoadError> {
        let depth = matrices.first().map_or(0, Matrix::depth);
        let table = self.table(&format!("{name}.weight"), outputs * chunks, depth)?;
        for (number, (weights, &scale)) in table.numbers.chunks_exact(depth).zip(table.scales).enumerate() {
            let (matrix, column) = place(number % chunks, number / chunks);
            let weights = weights.iter().map(|&b| i16::from_le_bytes(b));
            matrices[matrix].set_column(column, weights, f32::from_le_bytes(scale));
        }
        Ok(())
    }

    /// A matrix whose inputs are one chunk.
    pub(crate) fn matrix(
        &self,
        name: &str,
        outputs: usize,
        depth: usize,
        place: impl Fn(usize) -> usize,
    ) -> Result<Matrix, LoadError> {
        let mut matrix = [Matrix::zero(depth, outputs)];
        self.fill(name, outputs, 1, &mut matrix, |_, output| (0, place(output)))?;
        let [matrix] = matrix;
        Ok(matrix)
    }
}

/// Rows of integers, each with its scale.
#[derive(Clone, Copy)]
pub(crate) struct Table {
    numbers: &'static [[u8; 2]],
    scales: &'static [[u8; 4]],
}

impl Table {
    /// Adds a row to `out`, which has the table's width.
    #[inline(always)]
    pub(crate) fn add_row(self, row: usize, out: &mut [f32]) {
        let scale = f32::from_le_bytes(self.scales[row]);
        let numbers = &self.numbers[row * out.len()..(row + 1) * out.len()];
        for (sum, &number) in out.iter_mut().zip(numbers) {
            *sum += f32::from(i16::from_le_bytes(number)) * scale;
        }
    }
}
