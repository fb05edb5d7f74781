//! Why a verb ends, and with which exit code.
//!
//! In: errors of the other crates. Out: one message for a human, causes included, and a code that a script can tell apart.

use std::{error::Error, fmt, io};

/// The end of a run that is not a plain success.
#[derive(Debug)]
pub(crate) enum Failure {
    /// "No": an empty answer where something was asked for, or findings of a check. Code 1.
    No,
    /// Arguments that do not fit together. Code 2.
    Usage(String),
    /// Input, data files or a query that cannot be used. Code 3.
    Data(String),
    /// Inputs that were told about already, one by one. Code 3.
    Told,
    /// The store. Code 4.
    Store(String),
    /// A store elsewhere, or an address to listen at. Code 5.
    Remote(String),
    /// Ctrl-C. Code 130.
    Interrupted,
    /// Whoever reads our output has enough. Code 0, and silent.
    ClosedPipe,
}

impl Failure {
    /// The exit code.
    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::ClosedPipe => 0,
            Self::No => 1,
            Self::Usage(_) => 2,
            Self::Data(_) | Self::Told => 3,
            Self::Store(_) => 4,
            Self::Remote(_) => 5,
            Self::Interrupted => 130,
        }
    }

    /// Something about input or a query that went wrong.
    pub(crate) fn data(error: &(dyn Error + 'static)) -> Self {
        closed(error).unwrap_or_else(|| Self::Data(chain(error)))
    }

    /// Something about the store that went wrong.
    pub(crate) fn store(error: &(dyn Error + 'static)) -> Self {
        Self::Store(chain(error))
    }

    /// Something about a store elsewhere that went wrong.
    pub(crate) fn remote(error: &(dyn Error + 'static)) -> Self {
        Self::Remote(chain(error))
    }

    /// A file that cannot be written or read.
    pub(crate) fn file(path: &std::path::Path, error: &io::Error) -> Self {
        Self::Data(format!("{}: {}", path.display(), reason(error)))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(message) | Self::Data(message) | Self::Store(message) | Self::Remote(message) => {
                f.write_str(message)
            }
            Self::Interrupted => f.write_str("interrupted"),
            Self::No | Self::Told | Self::ClosedPipe => Ok(()),
        }
    }
}

/// Writing to standard output: a closed pipe is no error.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::ClosedPipe
        } else {
            Self::Data(format!("output: {error}"))
        }
    }
}

/// A closed pipe somewhere among the causes.
fn closed(error: &(dyn Error + 'static)) -> Option<Failure> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe) {
            return Some(Failure::ClosedPipe);
        }
        cause = error.source();
    }
    None
}

/// A message with those of its causes that it does not hold already.
fn chain(error: &(dyn Error + 'static)) -> String {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let next = error.to_string();
        if !message.contains(&next) {
            message = format!("{message}: {next}");
        }
        cause = error.source();
    }
    message
}

/// An error of the file system without its number.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".into(),
        io::ErrorKind::PermissionDenied => "permission denied".into(),
        io::ErrorKind::IsADirectory => "is a folder".into(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_are_told_once() {
        let inner = io::Error::other("disk full");
        assert_eq!(chain(&inner), "disk full");
        assert_eq!(Failure::data(&io::Error::from(io::ErrorKind::BrokenPipe)).code(), 0);
        assert_eq!(Failure::from(io::Error::from(io::ErrorKind::BrokenPipe)).code(), 0);
    }
}
