//! The quads of the index in oxigraph's store on RocksDB, for queries (cargo feature `rocksdb`).
//!
//! `rocksdb/<digest>` lies beside the segments and is, as the index, a view of them: it is loaded whole under another
//! name and renamed, so it is complete or not there, and never written again.

use std::{fs, io, path::PathBuf};

use oxigraph::store::Store as Database;

use super::{
    StoreError,
    directory::{self, Directory},
};
use crate::Graph;

/// Memory that loading may take for quads that wait to be written.
const LOADING: usize = 512;

fn path(directory: &Directory, digest: u64) -> PathBuf {
    directory.database().join(format!("{digest:016x}"))
}

/// Loads the quads of the graph, where there is no database of this digest yet; whatever else lies there goes.
pub(super) fn make(directory: &Directory, graph: &Graph, digest: u64) -> Result<(), StoreError> {
    let path = path(directory, digest);
    if path.is_dir() {
        return Ok(());
    }
    let folder = directory.database();
    let loading = folder.join("loading");
    let wrong = |source: io::Error| StoreError::io(&path, "write", source);
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(wrong(error)),
        _ => fs::create_dir_all(&folder).map_err(wrong)?,
    }
    let load = || {
        let database = Database::open(&loading)?;
        let mut loader = database.bulk_loader().with_max_memory_size_in_megabytes(LOADING);
        loader.load_quads(graph.index().quads())?;
        loader.commit()?;
        database.flush()
    };
    let loaded = load().map_err(io::Error::from).and_then(|()| fs::rename(&loading, &path));
    loaded.map_err(|error| {
        let _ = fs::remove_dir_all(&loading);
        wrong(error)
    })
}

/// The graph with its queries on the database; loads that first where it is missing. Where it cannot be had, because
/// somebody else writes or the disk is read-only, queries run on the index.
pub(super) fn attach(directory: &Directory, mut graph: Graph, digest: u64) -> Graph {
    if !path(directory, digest).is_dir()
        && let Ok(Some(lock)) = directory.try_lock_exclusive()
    {
        let _ = make(directory, &graph, digest);
        directory::unlock(&lock);
    }
    if let Some(database) =
        Some(path(directory, digest)).filter(|path| path.is_dir()).and_then(|path| Database::open_read_only(path).ok())
    {
        graph.set_database(database);
    }
    graph
}
