//! What can be wrong with a store, in words that say what to do.

use std::{
    io,
    path::{Path, PathBuf},
};

/// Why a store cannot be opened, read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The directory does not exist.
    #[error("{}: there is no store here; make one with `entente build INPUT... --store {}`", .0.display(), .0.display())]
    Missing(PathBuf),
    /// The directory holds other things.
    #[error("{}: this directory is not empty and is not an Entente store; name another one", .0.display())]
    NotAStore(PathBuf),
    /// Somebody else holds the lock.
    #[error("{}: the store is locked{}; wait until that run has ended", .path.display(), held_by(.holder.as_deref()))]
    Locked {
        /// The store.
        path: PathBuf,
        /// Who holds the lock, where that is known.
        holder: Option<String>,
    },
    /// Written by another version of Entente.
    #[error(
        "{}: the store has format version {found}, this program reads version {expected}; \
         build it anew from the articles, or use the version of Entente that made it",
        .path.display()
    )]
    OtherVersion {
        /// The store.
        path: PathBuf,
        /// Its version.
        found: u64,
        /// The version that this program reads and writes.
        expected: u64,
    },
    /// Minted under another base.
    #[error(
        "{}: the store mints its IRIs under {found}, not under {asked}; leave --base out, or use another directory",
        .path.display()
    )]
    OtherBase {
        /// The store.
        path: PathBuf,
        /// Its base.
        found: String,
        /// The base asked for.
        asked: String,
    },
    /// The base asked for cannot be one.
    #[error(transparent)]
    Base(#[from] crate::BaseError),
    /// A file of the store does not hold what it should.
    #[error("{}: {what}; delete this file and run `entente build` on the articles again", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// More than one index can number.
    #[error("{}: the store is too large for one index (more than 4 GB of names and texts); split it", .0.display())]
    TooLarge(PathBuf),
    /// A worker thread ended early.
    #[error("making the index stopped before its end; run the command again")]
    Interrupted,
    /// The disk is full, or a limit on files or space is reached.
    #[error(
        "{}: there is no room to write it ({source}); what was read so far is kept: make room and run the same command again",
        .path.display()
    )]
    NoRoom {
        /// The file or directory.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The system refused to read or write.
    #[error("{}: cannot {action}: {source}", .path.display())]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// What was tried.
        action: &'static str,
        /// What the system says.
        source: io::Error,
    },
}

impl StoreError {
    pub(super) fn io(path: &Path, action: &'static str, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                Self::NoRoom { path, source }
            }
            _ => Self::Io { path, action, source },
        }
    }

    pub(super) fn damaged(path: &Path, what: impl Into<String>) -> Self {
        Self::Damaged { path: path.to_owned(), what: what.into() }
    }
}

fn held_by(holder: Option<&str>) -> String {
    holder.map(|holder| format!(" by {holder}")).unwrap_or_default()
}
