//! Changing a store: put and remove segments, then make the index anew.

use std::{
    fs::{self, File},
    io,
    path::Path,
};

use entente_model::{Article, Extraction};

#[cfg(feature = "rocksdb")]
use super::database;
use super::{
    StoreError,
    directory::{Directory, unlock, write_whole},
    make_graph, read_index, segment, write_index,
};
use crate::Graph;

/// What putting an article did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The store did not have the article.
    Added,
    /// The store had other content for it.
    Changed,
    /// The store had just this.
    Unchanged,
}

/// What a writer has done, and what the store holds now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Summary {
    /// Articles that were new.
    pub added: usize,
    /// Articles that were replaced.
    pub changed: usize,
    /// Articles put again with the same content.
    pub unchanged: usize,
    /// Articles taken out.
    pub removed: usize,
    /// Articles in the store.
    pub articles: usize,
    /// Events in the store.
    pub events: usize,
    /// Quads in the graph.
    pub quads: usize,
}

/// A store opened for writing. Nobody else can open it while this lives.
#[derive(Debug)]
pub struct StoreWriter {
    directory: Directory,
    lock: File,
    dirty: bool,
    summary: Summary,
}

impl StoreWriter {
    /// Opens a store, or makes one where there is none.
    ///
    /// `base` is the IRI that instances are minted under; `None` takes the store's own, [`crate::DEFAULT_BASE`] for a new one.
    ///
    /// # Errors
    /// If the directory is something else, is locked, of another version or of another base, or cannot be written.
    pub fn open(dir: &Path, base: Option<&str>) -> Result<Self, StoreError> {
        let directory = Directory::open_or_create(dir, base)?;
        let lock = directory.lock_exclusive()?;
        let writer = Self { directory, lock, dirty: false, summary: Summary::default() };
        writer.sweep()?;
        Ok(writer)
    }

    /// Removes what an earlier run left half written when it was killed.
    fn sweep(&self) -> Result<(), StoreError> {
        let mut folders = segment::entries(&self.directory.segments())?;
        folders.push(self.directory.path.clone());
        for folder in folders {
            for path in segment::entries(&folder)? {
                if path.extension().is_some_and(|extension| extension == "tmp") {
                    fs::remove_file(&path).map_err(|error| StoreError::io(&path, "remove", error))?;
                }
            }
        }
        Ok(())
    }

    /// Whether the store holds this very article as this pipeline extracts it, so that extraction can be skipped.
    ///
    /// `fingerprint` is any text that names the version and the data of the extractor.
    pub fn is_current(&self, article: &Article, fingerprint: &str) -> bool {
        segment::head(&self.directory.segment(&article.id))
            .is_ok_and(|head| head.article == article.id && head.input == segment::input_digest(article, fingerprint))
    }

    /// Takes in what was extracted from an article, in place of what the store had of it.
    ///
    /// # Errors
    /// If the segment cannot be written; the store then has what it had.
    pub fn put(&mut self, extraction: &Extraction, fingerprint: &str) -> Result<Change, StoreError> {
        let path = self.directory.segment(&extraction.article.id);
        let bytes = segment::bytes(extraction, fingerprint)
            .map_err(|error| StoreError::io(&path, "write", io::Error::other(error)))?;
        let change = match fs::read(&path) {
            Ok(old) if old == bytes => Change::Unchanged,
            Ok(_) => Change::Changed,
            Err(_) => Change::Added,
        };
        if change == Change::Unchanged {
            self.summary.unchanged += 1;
            return Ok(change);
        }
        self.touch()?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| StoreError::io(folder, "create", error))?;
        }
        write_whole(&path, &bytes)?;
        match change {
            Change::Added => self.summary.added += 1,
            _ => self.summary.changed += 1,
        }
        Ok(change)
    }

    /// Takes an article out; `false` where the store does not have it.
    ///
    /// # Errors
    /// If its segment cannot be removed.
    pub fn remove(&mut self, article_id: &str) -> Result<bool, StoreError> {
        let path = self.directory.segment(article_id);
        if !path.exists() {
            return Ok(false);
        }
        self.touch()?;
        fs::remove_file(&path).map_err(|error| StoreError::io(&path, "remove", error))?;
        if let Some(folder) = path.parent() {
            // Fails where other segments lie in it, which is as it should be.
            let _ = fs::remove_dir(folder);
        }
        self.summary.removed += 1;
        Ok(true)
    }

    /// Ids of the articles in the store, sorted.
    ///
    /// # Errors
    /// If a segment cannot be read.
    pub fn article_ids(&self) -> Result<Vec<String>, StoreError> {
        segment::article_ids(&self.directory)
    }

    /// Removes the index before the first change: it must never be of other segments than those that are there.
    fn touch(&mut self) -> Result<(), StoreError> {
        if !self.dirty {
            let index = self.directory.index();
            match fs::remove_file(&index) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(StoreError::io(&index, "remove", error));
                }
                _ => self.dirty = true,
            }
        }
        Ok(())
    }

    /// Makes the index anew where anything changed or an earlier run did not come to its end, and says what was done.
    ///
    /// # Errors
    /// If a segment is damaged, or the index cannot be written.
    pub fn finish(self) -> Result<Summary, StoreError> {
        let digest = segment::digest(&self.directory)?;
        let graph = if let Some(index) = read_index(&self.directory.index(), digest) {
            Graph::new(index, self.directory.base.clone())
        } else {
            let graph = make_graph(&self.directory)?;
            write_index(&self.directory.index(), graph.index(), digest)?;
            graph
        };
        #[cfg(feature = "rocksdb")]
        database::make(&self.directory, &graph, digest)?;
        let (articles, events, quads) = (graph.articles(), graph.events(), graph.quads());
        Ok(Summary { articles, events, quads, ..self.summary })
    }
}

impl Drop for StoreWriter {
    fn drop(&mut self) {
        unlock(&self.lock);
    }
}
