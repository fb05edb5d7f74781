//! The directory of a store: its manifest, its paths, its lock.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};

use super::StoreError;
use crate::{iris, iris::Base};

/// Format of manifest, segments and their places.
pub(super) const VERSION: u64 = 1;
pub(super) const MANIFEST: &str = "entente-store.json";
/// Opening for reading holds the lock for as long as the index takes to load: a writer waits that out.
const PATIENCE: Duration = Duration::from_secs(5);

/// The file that says that a directory is a store.
#[derive(Serialize, Deserialize)]
struct Manifest {
    format: String,
    version: u64,
    base: String,
}

/// A directory that is a store.
#[derive(Debug)]
pub(super) struct Directory {
    pub(super) path: PathBuf,
    pub(super) base: Base,
}

impl Directory {
    /// Opens the directory of an existing store.
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        if !path.is_dir() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        let file = path.join(MANIFEST);
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let empty = fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
                let path = path.to_owned();
                return Err(if empty { StoreError::Missing(path) } else { StoreError::NotAStore(path) });
            }
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                return Err(StoreError::damaged(&file, "the manifest is not text"));
            }
            Err(error) => return Err(StoreError::io(&file, "read", error)),
        };
        let damaged =
            |error: &serde_json::Error| StoreError::damaged(&file, format!("the manifest is broken ({error})"));
        // The version is looked at first: another version's manifest may have another shape.
        let version = serde_json::from_str::<serde_json::Value>(&text).map_err(|e| damaged(&e))?["version"].as_u64();
        if let Some(found) = version.filter(|found| *found != VERSION) {
            return Err(StoreError::OtherVersion { path: path.to_owned(), found, expected: VERSION });
        }
        let manifest: Manifest = serde_json::from_str(&text).map_err(|e| damaged(&e))?;
        let base = Base::new(&manifest.base).map_err(|error| StoreError::damaged(&file, error.to_string()))?;
        Ok(Self { path: path.to_owned(), base })
    }

    /// Opens the directory of a store, or makes an empty one there.
    pub(super) fn open_or_create(path: &Path, base: Option<&str>) -> Result<Self, StoreError> {
        match Self::open(path) {
            Ok(directory) => match base {
                Some(asked) if Base::new(asked)? != directory.base => Err(StoreError::OtherBase {
                    path: path.to_owned(),
                    found: directory.base.as_str().to_owned(),
                    asked: asked.to_owned(),
                }),
                _ => Ok(directory),
            },
            Err(StoreError::Missing(_)) => Self::create(path, base),
            // A kill between the first two files leaves only what this program itself makes there.
            Err(StoreError::NotAStore(_)) if is_unfinished(path) => Self::create(path, base),
            Err(error) => Err(error),
        }
    }

    fn create(path: &Path, base: Option<&str>) -> Result<Self, StoreError> {
        let base = base.map_or_else(|| Ok(Base::default()), Base::new)?;
        fs::create_dir_all(path.join("segments")).map_err(|error| StoreError::io(path, "create", error))?;
        let manifest =
            Manifest { format: "entente store".to_owned(), version: VERSION, base: base.as_str().to_owned() };
        let file = path.join(MANIFEST);
        let mut text = serde_json::to_string_pretty(&manifest)
            .map_err(|error| StoreError::io(&file, "write", io::Error::other(error)))?;
        text.push('\n');
        write_whole(&file, text.as_bytes())?;
        Ok(Self { path: path.to_owned(), base })
    }

    pub(super) fn index(&self) -> PathBuf {
        self.path.join("index.bin")
    }

    /// Where the database of the cargo feature `rocksdb` lies.
    #[cfg(feature = "rocksdb")]
    pub(super) fn database(&self) -> PathBuf {
        self.path.join("rocksdb")
    }

    pub(super) fn segments(&self) -> PathBuf {
        self.path.join("segments")
    }

    /// Where the segment of an article lies.
    pub(super) fn segment(&self, article_id: &str) -> PathBuf {
        let name = iris::slug_and_hash(article_id);
        let folder = &name[name.len() - 2..];
        self.segments().join(folder).join(format!("{name}.json"))
    }

    /// The lock for reading, which many can hold at once.
    pub(super) fn lock_shared(&self) -> Result<Option<File>, StoreError> {
        let path = self.path.join("lock");
        let file = match File::open(&path) {
            Ok(file) => file,
            // Nobody has written here since the lock file was lost, and a reader may not be able to make it.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(StoreError::io(&path, "read", error)),
        };
        match file.try_lock_shared() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Err(self.locked(&file)),
            Err(TryLockError::Error(error)) => Err(StoreError::io(&path, "lock", error)),
        }
    }

    /// The lock for writing; waits a few seconds for readers that are just opening.
    pub(super) fn lock_exclusive(&self) -> Result<File, StoreError> {
        let began = Instant::now();
        loop {
            if let Some(file) = self.try_lock_exclusive()? {
                return Ok(file);
            }
            let file = self.lock_file()?;
            // A writer names itself in the file and stays long. One that was killed leaves its name behind, so that a
            // name alone does not say that the lock is a writer's.
            let patience = if holder(&file).is_some() { PATIENCE / 5 } else { PATIENCE };
            if began.elapsed() > patience {
                return Err(self.locked(&file));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub(super) fn try_lock_exclusive(&self) -> Result<Option<File>, StoreError> {
        let mut file = self.lock_file()?;
        let io = |error| StoreError::io(&self.path.join("lock"), "lock", error);
        match file.try_lock() {
            Ok(()) => {
                file.set_len(0).map_err(io)?;
                write!(file, "process {}", std::process::id()).map_err(io)?;
                Ok(Some(file))
            }
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(io(error)),
        }
    }

    fn lock_file(&self) -> Result<File, StoreError> {
        let path = self.path.join("lock");
        OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|error| StoreError::io(&path, "open", error))
    }

    fn locked(&self, file: &File) -> StoreError {
        StoreError::Locked { path: self.path.clone(), holder: holder(file) }
    }
}

/// Gives the lock back; the name of the holder goes with it.
pub(super) fn unlock(lock: &File) {
    let _ = lock.set_len(0);
    let _ = lock.unlock();
}

fn holder(mut file: &File) -> Option<String> {
    let mut text = String::new();
    file.rewind().ok()?;
    file.take(64).read_to_string(&mut text).ok()?;
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Whether a directory holds nothing but what [`Directory::create`] makes before the manifest.
fn is_unfinished(path: &Path) -> bool {
    let Ok(entries) = fs::read_dir(path) else { return false };
    entries.flatten().all(|entry| match entry.file_name().to_str() {
        Some("segments") => fs::read_dir(entry.path()).is_ok_and(|mut inside| inside.next().is_none()),
        Some(name) => name == "lock" || name == "entente-store.tmp",
        None => false,
    })
}

/// Writes a file beside its place, flushes it to disk and renames it: it is whole or not there.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    write_beside(path, |file| file.write_all(bytes))
}

/// The same with what a function writes.
pub(super) fn write_beside(path: &Path, content: impl FnOnce(&mut File) -> io::Result<()>) -> Result<(), StoreError> {
    let beside = path.with_extension("tmp");
    let write = || {
        let mut file = File::create(&beside)?;
        content(&mut file)?;
        file.sync_all()
    };
    let written = write().and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        // What a full disk left half written is of no use to anybody.
        let _ = fs::remove_file(&beside);
        StoreError::io(path, "write", error)
    })
}
