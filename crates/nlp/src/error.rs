//! Why the model could not be loaded.

/// Why the model could not be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The file of weights cannot be read.
    #[error("the weights are not a safetensors file")]
    Format(#[from] safetensors::SafeTensorError),
    /// A table is not there or is not what it should be.
    #[error("`{name}` is missing from the model or broken")]
    Missing {
        /// Name of the table.
        name: &'static str,
    },
    /// A tensor has another type or number of elements.
    #[error("tensor `{name}` has {found} elements or another type; {expected} were expected")]
    Shape {
        /// Name of the tensor.
        name: String,
        /// Elements expected.
        expected: usize,
        /// Elements found.
        found: usize,
    },
    /// A label is in no inventory.
    #[error("the model names an unknown label or attribute: `{label}`")]
    Label {
        /// The label.
        label: String,
    },
}
