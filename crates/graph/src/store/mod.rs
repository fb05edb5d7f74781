//! The store: a directory with one segment an article, and an index that can always be made anew from them.
//!
//! ```text
//! entente-store.json   what this is: format, version, base of IRIs
//! lock                 held by whoever writes
//! segments/4f/….json   what the extractor found in one article
//! index.bin            the graph, as it lies in memory
//! rocksdb/…            the same quads in oxigraph's store on disk, only with the cargo feature `rocksdb`
//! ```
//!
//! The segments are the truth. A segment is written beside its place, flushed to disk and renamed, so it is whole or
//! not there; the index is removed before the first change and written after the last. So a kill at any moment leaves
//! a store that opens, and running the same build again completes it to the same bytes.

#[cfg(feature = "rocksdb")]
mod database;
mod directory;
mod error;
mod segment;
mod writer;

use std::{
    fs::File,
    io::{BufReader, BufWriter, Write},
    path::{Path, PathBuf},
};

use directory::Directory;
use entente_model::Extraction;
pub use error::StoreError;
pub use writer::{Change, StoreWriter, Summary};

use crate::{
    Graph,
    graph::{self, Partial},
    index::{CacheError, Index},
    iris::Base,
};

/// A store opened for reading.
#[derive(Debug)]
pub struct Store {
    directory: Directory,
    graph: Graph,
}

impl Store {
    /// When the store's index was last written: another time says that there may be something new to open.
    pub fn written(dir: &Path) -> Option<std::time::SystemTime> {
        let index = Directory::open(dir).ok()?.index();
        std::fs::metadata(index).ok()?.modified().ok()
    }

    /// Whether the folder is a store, of whatever version.
    pub fn is_at(dir: &Path) -> bool {
        dir.join(directory::MANIFEST).is_file()
    }

    /// Opens a store: the index from its file, or made anew from the segments where that is missing or unusable.
    ///
    /// # Errors
    /// If there is no store, it is of another version, somebody writes to it, or a segment is damaged.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        let directory = Directory::open(dir)?;
        let lock = directory.lock_shared()?;
        let digest = segment::digest(&directory)?;
        let read = read_index(&directory.index(), digest);
        let fresh = read.is_none();
        let graph = match read {
            Some(index) => Graph::new(index, directory.base.clone()),
            None => make_graph(&directory)?,
        };
        drop(lock);
        // Keeping the index saves the next one the work; a directory that cannot be written is no error here.
        if fresh && let Ok(Some(exclusive)) = directory.try_lock_exclusive() {
            // Somebody may have written in between: the index is of what was read.
            if segment::digest(&directory)? == digest {
                let _ = write_index(&directory.index(), graph.index(), digest);
            }
            directory::unlock(&exclusive);
        }
        #[cfg(feature = "rocksdb")]
        let graph = database::attach(&directory, graph, digest);
        Ok(Self { directory, graph })
    }

    /// The graph of all articles.
    pub const fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The graph, without the store.
    pub fn into_graph(self) -> Graph {
        self.graph
    }

    /// The base that instances are minted under.
    pub fn base(&self) -> &str {
        self.directory.base.as_str()
    }

    /// Ids of all articles, sorted.
    ///
    /// # Errors
    /// If a segment cannot be read.
    pub fn articles(&self) -> Result<Vec<String>, StoreError> {
        segment::article_ids(&self.directory)
    }

    /// What was extracted from an article, body included.
    ///
    /// # Errors
    /// If its segment is damaged or cannot be read.
    pub fn extraction(&self, article_id: &str) -> Result<Option<Extraction>, StoreError> {
        let path = self.directory.segment(article_id);
        if path.exists() { segment::read(&path).map(Some) } else { Ok(None) }
    }
}

fn read_index(path: &Path, digest: u64) -> Option<Index> {
    let file = File::open(path).map_err(CacheError::from).ok()?;
    let (index, made_from) = Index::read(&mut BufReader::with_capacity(1 << 20, file)).ok()?;
    (made_from == digest).then_some(index)
}

/// Writes the index beside its place and renames it.
fn write_index(path: &Path, index: &Index, digest: u64) -> Result<(), StoreError> {
    directory::write_beside(path, |file| {
        let mut out = BufWriter::with_capacity(1 << 20, file);
        index.write(digest, &mut out)?;
        out.flush()
    })
}

/// Makes the graph from all segments, on as many threads as there are cores; the result does not depend on how many.
fn make_graph(directory: &Directory) -> Result<Graph, StoreError> {
    let paths: Vec<PathBuf> = segment::paths(directory)?.into_iter().map(|(path, _)| path).collect();
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(16);
    let share = paths.len().div_ceil(threads).max(1);
    let parts = std::thread::scope(|scope| {
        let workers: Vec<_> =
            paths.chunks(share).map(|paths| scope.spawn(|| partial(paths, &directory.base))).collect();
        workers.into_iter().map(|worker| worker.join().map_err(|_| StoreError::Interrupted)).collect::<Vec<_>>()
    });
    let mut all = Partial::new();
    for part in parts {
        all.append(part??);
    }
    graph::assemble(all, &directory.base).map_err(|_| StoreError::TooLarge(directory.path.clone()))
}

fn partial(paths: &[PathBuf], base: &Base) -> Result<Partial, StoreError> {
    let mut part = Partial::new();
    for path in paths {
        part.add(&segment::read(path)?, base);
    }
    Ok(part)
}
