//! The whole graph as several N-Quads files, for the bulk loaders of other stores.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use flate2::{Compression, write::GzEncoder};

use super::ExportError;
use crate::{Graph, iris};

/// More files than this are of no use to any loader.
const MOST: usize = 10_000;

impl Graph {
    /// Writes all quads into so many files `graph-000.nq` under a folder, packed with gzip where that is asked for.
    ///
    /// Every quad is in one file; what one subject has in one graph lies together. Lines are sorted: equal graphs give
    /// equal files.
    ///
    /// # Errors
    /// If the folder or a file cannot be written.
    pub fn export_shards(&self, dir: &Path, shards: usize, gzip: bool) -> Result<Vec<PathBuf>, ExportError> {
        let shards = shards.clamp(1, MOST);
        let mut lines: Vec<Vec<String>> = vec![Vec::new(); shards];
        for quad in self.index().quads() {
            let key = iris::hash(&[&quad.subject.to_string(), &quad.graph_name.to_string()]);
            let place = usize::try_from(key % shards as u64).unwrap_or_default();
            lines[place].push(quad.to_string());
        }
        fs::create_dir_all(dir)?;
        let mut paths = Vec::new();
        for (number, mut lines) in lines.into_iter().enumerate() {
            lines.sort_unstable();
            let path = dir.join(format!("graph-{number:03}.nq{}", if gzip { ".gz" } else { "" }));
            let file = BufWriter::new(File::create(&path)?);
            if gzip {
                // The encoder writes no time and no name: the bytes depend on the graph alone.
                let mut file = GzEncoder::new(file, Compression::default());
                write_lines(&lines, &mut file)?;
                file.finish()?.flush()?;
            } else {
                let mut file = file;
                write_lines(&lines, &mut file)?;
                file.flush()?;
            }
            paths.push(path);
        }
        Ok(paths)
    }
}

fn write_lines(lines: &[String], out: &mut impl Write) -> io::Result<()> {
    for line in lines {
        writeln!(out, "{line} .")?;
    }
    Ok(())
}
