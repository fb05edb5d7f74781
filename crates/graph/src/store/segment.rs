//! One article's segment: a line that says what it is, and a line with what the extractor found.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

use entente_model::{Article, Extraction};
use serde::{Deserialize, Serialize};

use super::{
    StoreError,
    directory::{Directory, VERSION},
};
use crate::iris;

/// The first line of a segment.
#[derive(Serialize, Deserialize)]
pub(super) struct Head {
    segment: u64,
    /// Id of the article.
    pub(super) article: String,
    /// Digest of the article and of the pipeline that worked on it.
    pub(super) input: String,
    /// Digest of the second line.
    checksum: String,
}

/// Digest of an article and a pipeline: while it stays, extraction would give the same.
pub(super) fn input_digest(article: &Article, fingerprint: &str) -> String {
    let published = article.published.map(|date| date.to_string()).unwrap_or_default();
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    let digest = iris::hash(&[
        fingerprint,
        &article.id,
        &article.source,
        &optional(&article.title),
        &published,
        &optional(&article.publisher),
        &optional(&article.url),
        &article.body,
    ]);
    format!("{digest:016x}")
}

/// The bytes of a segment.
pub(super) fn bytes(extraction: &Extraction, fingerprint: &str) -> Result<Vec<u8>, serde_json::Error> {
    let content = serde_json::to_string(extraction)?;
    let head = Head {
        segment: VERSION,
        article: extraction.article.id.clone(),
        input: input_digest(&extraction.article, fingerprint),
        checksum: format!("{:016x}", iris::hash(&[&content])),
    };
    Ok(format!("{}\n{content}\n", serde_json::to_string(&head)?).into_bytes())
}

/// Reads the head of a segment.
pub(super) fn head(path: &Path) -> Result<Head, StoreError> {
    let file = File::open(path).map_err(|error| StoreError::io(path, "read", error))?;
    let mut line = String::new();
    BufReader::new(file)
        .take(1 << 20)
        .read_line(&mut line)
        .map_err(|_| StoreError::damaged(path, "the segment does not begin with a line of text"))?;
    parse_head(path, &line)
}

fn parse_head(path: &Path, line: &str) -> Result<Head, StoreError> {
    let head: Head = serde_json::from_str(line)
        .map_err(|error| StoreError::damaged(path, format!("the head of the segment is broken ({error})")))?;
    if head.segment == VERSION {
        Ok(head)
    } else {
        Err(StoreError::OtherVersion { path: path.to_owned(), found: head.segment, expected: VERSION })
    }
}

/// Reads a segment and checks it.
pub(super) fn read(path: &Path) -> Result<Extraction, StoreError> {
    let bytes = fs::read(path).map_err(|error| StoreError::io(path, "read", error))?;
    let text = str::from_utf8(&bytes).map_err(|_| StoreError::damaged(path, "the segment is not text"))?;
    let (first, content) =
        text.split_once('\n').ok_or_else(|| StoreError::damaged(path, "the segment has no content"))?;
    let head = parse_head(path, first)?;
    let content = content.strip_suffix('\n').unwrap_or(content);
    if format!("{:016x}", iris::hash(&[content])) != head.checksum {
        return Err(StoreError::damaged(path, "the segment does not have the content that was written"));
    }
    serde_json::from_str(content)
        .map_err(|error| StoreError::damaged(path, format!("the content of the segment is broken ({error})")))
}

/// All segments with their sizes, sorted by name.
pub(super) fn paths(directory: &Directory) -> Result<Vec<(PathBuf, u64)>, StoreError> {
    let mut paths = Vec::new();
    let segments = directory.segments();
    for folder in entries(&segments)? {
        for path in entries(&folder)? {
            if path.extension().is_some_and(|extension| extension == "json") {
                let size = fs::metadata(&path).map_err(|error| StoreError::io(&path, "read", error))?.len();
                paths.push((path, size));
            }
        }
    }
    paths.sort();
    Ok(paths)
}

/// What a folder holds; nothing where there is no folder.
pub(super) fn entries(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    match fs::read_dir(folder) {
        Ok(entries) => entries
            .map(|entry| entry.map(|entry| entry.path()).map_err(|error| StoreError::io(folder, "list", error)))
            .collect(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => Ok(Vec::new()),
        Err(error) => Err(StoreError::io(folder, "list", error)),
    }
}

/// Digest of the names and sizes of all segments, and of what this version of the program makes of them.
pub(super) fn digest(directory: &Directory) -> Result<u64, StoreError> {
    let mut parts = vec![env!("CARGO_PKG_VERSION").to_owned(), crate::graph::MAPPING.to_owned()];
    for (path, size) in paths(directory)? {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        parts.push(format!("{name} {size}"));
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    Ok(iris::hash(&parts))
}

/// Ids of the articles of all segments, sorted.
pub(super) fn article_ids(directory: &Directory) -> Result<Vec<String>, StoreError> {
    let mut ids =
        paths(directory)?.iter().map(|(path, _)| head(path).map(|head| head.article)).collect::<Result<Vec<_>, _>>()?;
    ids.sort();
    Ok(ids)
}
