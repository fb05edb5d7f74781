//! The file of weights, read where it lies.
//!
//! In: the bytes of `data/model/weights.safetensors`, compiled in. Out: tensors by name, f16 widened to f32 on request.

use safetensors::{Dtype, SafeTensors, tensor::Metadata};

use crate::LoadError;

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

    /// A tensor of f16, still packed.
    pub(crate) fn half(&self, name: &str, count: usize) -> Result<Half, LoadError> {
        self.bytes(name, Dtype::F16, count).map(Half)
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
}

/// Numbers in half precision, widened one at a time.
#[derive(Clone, Copy)]
pub(crate) struct Half(&'static [u8]);

impl Half {
    /// All numbers, widened.
    pub(crate) fn widen(self) -> Vec<f32> {
        self.0.as_chunks::<2>().0.iter().map(|&b| widen(u16::from_le_bytes(b))).collect()
    }

    /// Adds the row of `width` numbers with this number to `out`.
    pub(crate) fn add_row(self, row: usize, out: &mut [f32]) {
        let width = out.len();
        let bytes = &self.0[row * width * 2..(row + 1) * width * 2];
        for (sum, &b) in out.iter_mut().zip(bytes.as_chunks::<2>().0) {
            *sum += widen(u16::from_le_bytes(b));
        }
    }
}

/// IEEE half to single precision; exact.
fn widen(half: u16) -> f32 {
    let sign = u32::from(half & 0x8000) << 16;
    let rest = u32::from(half & 0x7fff) << 13;
    // Scaling by 2^112 moves the exponent's bias and makes subnormal numbers normal in one step.
    let value = f32::from_bits(rest) * f32::from_bits(0x7780_0000);
    f32::from_bits(value.to_bits() | sign)
}

#[cfg(test)]
mod tests {
    use super::widen;

    #[test]
    fn widens_halves() {
        let check = |half, expected: f32| assert_eq!(widen(half).to_bits(), expected.to_bits());
        check(0x0000, 0.0);
        check(0x8000, -0.0);
        check(0x3c00, 1.0);
        check(0xc000, -2.0);
        check(0x3555, 0.333_251_95);
        check(0x0001, 5.960_464_5e-8);
        check(0x7bff, 65504.0);
    }
}
