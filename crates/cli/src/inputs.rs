//! Arguments of the command line to pieces of input: files, folders of them, standard input.
//!
//! In: paths and `-`. Out: files in order, and a stream of [`Piece`]s: a whole file, one line of a JSON lines file, or one
//! element of a JSON list, so that memory stays bounded for a stream of any length.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, BufRead, BufReader, Read},
    path::{Component, Path, PathBuf},
};

use entente_extract::read::{self, Format, LONGEST, ReadError, Reading};
use entente_graph::Store;
use flate2::read::MultiGzDecoder;

use crate::{
    console::Console,
    failure::{Failure, reason},
    values::{Value, Values, is_list},
};

/// The longest line of a JSON lines stream: an article's text may double in size by escapes.
const LONGEST_LINE: u64 = 2 * LONGEST as u64;

/// What to read, in order, and what could not be found.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    sources: Vec<Source>,
    /// Messages about arguments that give nothing to read.
    pub(crate) problems: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Source {
    Stdin,
    File(PathBuf),
}

/// Something that one worker reads and extracts.
#[derive(Debug)]
pub(crate) enum Piece {
    /// A file's name and bytes.
    File(String, Vec<u8>),
    /// A line of a stream: its name, its number from 1, its bytes.
    Line(String, usize, Vec<u8>),
    /// An element of a list: the list's name, its number from 1, its bytes.
    Element(String, usize, Vec<u8>),
    /// Something that is not there to be read: a message that names it.
    Bad(String),
}

impl Piece {
    /// The articles in it; an error and warnings say where.
    pub(crate) fn read(self) -> Result<Reading, String> {
        let (place, result) = match self {
            Self::Bad(message) => return Err(message),
            Self::File(name, bytes) => {
                let result = read::read(&name, &bytes);
                (name, result)
            }
            Self::Line(name, number, bytes) => (format!("{name}: line {number}"), read::read_json_line(&bytes)),
            Self::Element(name, number, bytes) => (format!("{name}: article {number}"), read::read_json_line(&bytes)),
        };
        let mut reading = result.map_err(|error| format!("{place}: {error}"))?;
        for warning in &mut reading.warnings {
            *warning = format!("{place}: {warning}");
        }
        Ok(reading)
    }
}

impl Inputs {
    /// Finds the files that arguments name and tells what could not be found; fails where nothing is left to read.
    pub(crate) fn told(arguments: &[PathBuf], console: &Console) -> Result<Self, Failure> {
        let inputs = Self::find(arguments);
        for problem in &inputs.problems {
            console.error(problem);
        }
        if inputs.is_empty() { Err(Failure::Told) } else { Ok(inputs) }
    }

    /// Finds the files that arguments name. A file that is named twice is read once.
    pub(crate) fn find(arguments: &[PathBuf]) -> Self {
        let mut inputs = Self::default();
        let mut seen = BTreeSet::new();
        for argument in arguments {
            if argument == Path::new("-") {
                inputs.sources.push(Source::Stdin);
                continue;
            }
            let mut files = Vec::new();
            match fs::metadata(argument) {
                Err(error) => inputs.problems.push(format!("{}: {}", argument.display(), reason(&error))),
                Ok(found) if found.is_dir() => {
                    walk(argument, &mut files, &mut inputs.problems);
                    if files.is_empty() {
                        inputs.problems.push(format!(
                            "{}: no articles in this folder (looked for .txt, .md, .html and .jsonl files, .gz too)",
                            argument.display()
                        ));
                    }
                }
                Ok(_) => files.push(argument.clone()),
            }
            for file in files {
                let same = fs::canonicalize(&file).unwrap_or_else(|_| file.clone());
                if seen.insert(same.clone()) {
                    inputs.sources.push(Source::File(plain(file, &same)));
                }
            }
        }
        inputs.sources.dedup_by(|a, b| *a == Source::Stdin && *b == Source::Stdin);
        inputs
    }

    /// How many files there are, unless a stream makes the number of articles unknown.
    pub(crate) fn count(&self) -> Option<u64> {
        let stream = |source: &Source| match source {
            Source::Stdin => true,
            Source::File(path) => is_stream(path),
        };
        if self.sources.iter().any(stream) { None } else { Some(self.sources.len() as u64) }
    }

    /// Whether there is nothing to read.
    pub(crate) fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// Hands every piece to `take`, in order, until it says false.
    pub(crate) fn pieces(&self, take: &mut dyn FnMut(Piece) -> bool) {
        for source in &self.sources {
            let go_on = match source {
                Source::Stdin => from_stdin(take),
                Source::File(path) if is_stream(path) => match open(path) {
                    Ok(file) => articles(&path.display().to_string(), BufReader::with_capacity(1 << 16, file), take),
                    Err(error) => take(Piece::Bad(format!("{}: {}", path.display(), reason(&error)))),
                },
                Source::File(path) => take(whole(path)),
            };
            if !go_on {
                return;
            }
        }
    }
}

/// `./news//../news/a.txt` as `news/a.txt`: an article is known by its path, however it is written. A `..` behind a link stays
/// where the file is another without it.
fn plain(path: PathBuf, same: &Path) -> PathBuf {
    let mut short = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(short.components().next_back(), Some(Component::Normal(_))) => {
                short.pop();
            }
            part => short.push(part),
        }
    }
    if fs::canonicalize(&short).is_ok_and(|file| file == same) { short } else { path }
}

fn is_stream(path: &Path) -> bool {
    Format::of_name(&path.to_string_lossy()) == Some(Format::JsonLines)
}

/// All files with articles below a folder, sorted by name; hidden ones and stores are left out, and links are followed to files only.
fn walk(folder: &Path, files: &mut Vec<PathBuf>, problems: &mut Vec<String>) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            problems.push(format!("{}: {}", folder.display(), reason(&error)));
            return;
        }
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() && !path.is_symlink() {
            // What a store holds is no news.
            if Store::is_at(&path) {
                continue;
            }
            walk(&path, files, problems);
        } else if path.is_file() && Format::of_name(&name).is_some() {
            files.push(path);
        }
    }
}

/// Opens a file; what its name says is packed comes out unpacked.
fn open(path: &Path) -> io::Result<Box<dyn Read>> {
    let file = File::open(path)?;
    let packed = path.extension().is_some_and(|extension| extension == "gz");
    Ok(if packed { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) })
}

/// Reads a file, but not one that is too long to be an article.
fn whole(path: &Path) -> Piece {
    let name = path.display().to_string();
    let read = || -> io::Result<Piece> {
        let mut bytes = Vec::new();
        open(path)?.take(LONGEST as u64 + 1).read_to_end(&mut bytes)?;
        if bytes.len() <= LONGEST {
            return Ok(Piece::File(name.clone(), bytes));
        }
        // What is on disk is longer still, unless it is packed.
        let length = usize::try_from(fs::metadata(path)?.len()).unwrap_or(usize::MAX).max(bytes.len());
        let error = match read::read(&name, &bytes[..4096]) {
            Err(error @ ReadError::NotText(_)) => error,
            _ => ReadError::TooLong { length },
        };
        Ok(Piece::Bad(format!("{name}: {error}")))
    };
    read().unwrap_or_else(|error| Piece::Bad(format!("{name}: {}", reason(&error))))
}

/// Standard input is JSON where it begins with a brace or a list of objects, else one article.
fn from_stdin(take: &mut dyn FnMut(Piece) -> bool) -> bool {
    const NAME: &str = "standard input";
    let mut stdin = BufReader::with_capacity(1 << 16, io::stdin().lock());
    let start = match stdin.fill_buf() {
        Ok(start) => start,
        Err(error) => return take(Piece::Bad(format!("{NAME}: {}", reason(&error)))),
    };
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    if is_list(start) || start.starts_with(b"{") && !start.starts_with(b"{\\") {
        return articles(NAME, stdin, take);
    }
    let mut bytes = Vec::new();
    let piece = match stdin.take(LONGEST as u64 + 1).read_to_end(&mut bytes) {
        Ok(_) => Piece::File("-".into(), bytes),
        Err(error) => Piece::Bad(format!("{NAME}: {}", reason(&error))),
    };
    take(piece)
}

/// Hands out the articles of a JSON stream: elements of a list, or lines.
fn articles(name: &str, mut stream: impl BufRead, take: &mut dyn FnMut(Piece) -> bool) -> bool {
    match stream.fill_buf() {
        Ok(start) if is_list(start) => elements(name, stream, take),
        Ok(_) => lines(name, stream, take),
        Err(error) => take(Piece::Bad(format!("{name}: {}", reason(&error)))),
    }
}

/// Hands out the elements of a list; one that is too long is told and passed over without being held.
fn elements(name: &str, stream: impl BufRead, take: &mut dyn FnMut(Piece) -> bool) -> bool {
    let mut values = Values::new(stream, usize::try_from(LONGEST_LINE).unwrap_or(usize::MAX));
    for number in 1.. {
        let piece = match values.next() {
            Ok(Some(Value::Bytes(bytes))) => Piece::Element(name.to_owned(), number, bytes),
            Ok(Some(Value::TooLong(length))) => {
                Piece::Bad(format!("{name}: article {number}: {}", ReadError::TooLong { length }))
            }
            Ok(None) if number == 1 => Piece::Bad(format!("{name}: empty")),
            Ok(None) => return true,
            Err(error) => return take(Piece::Bad(format!("{name}: article {number}: {}", reason(&error)))),
        };
        if !take(piece) {
            return false;
        }
    }
    true
}

/// Hands out the lines of a stream; one that is too long is told and passed over without being held.
fn lines(name: &str, mut stream: impl BufRead, take: &mut dyn FnMut(Piece) -> bool) -> bool {
    let mut number = 0;
    let mut any = false;
    loop {
        number += 1;
        let mut line = Vec::new();
        match stream.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line) {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) => return take(Piece::Bad(format!("{name}: line {number}: {}", reason(&error)))),
        }
        any = true;
        let mut length = line.len();
        if length as u64 == LONGEST_LINE && line.last() != Some(&b'\n') {
            loop {
                let (used, ended) = match stream.fill_buf() {
                    Ok([]) | Err(_) => break,
                    Ok(buffer) => {
                        buffer.iter().position(|b| *b == b'\n').map_or((buffer.len(), false), |at| (at + 1, true))
                    }
                };
                stream.consume(used);
                length += used;
                if ended {
                    break;
                }
            }
            let error = ReadError::TooLong { length };
            if !take(Piece::Bad(format!("{name}: line {number}: {error}"))) {
                return false;
            }
            continue;
        }
        if !line.iter().all(u8::is_ascii_whitespace) && !take(Piece::Line(name.to_owned(), number, line)) {
            return false;
        }
    }
    any || take(Piece::Bad(format!("{name}: empty")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(stream: &[u8]) -> Vec<String> {
        let mut found = Vec::new();
        lines("s", stream, &mut |piece| {
            found.push(match piece {
                Piece::Line(_, number, bytes) => format!("{number}: {} bytes", bytes.len()),
                Piece::Element(_, number, _) => format!("element {number}"),
                Piece::File(name, _) => name,
                Piece::Bad(message) => message,
            });
            true
        });
        found
    }

    #[test]
    fn lines_are_numbered_and_blank_ones_passed_over() {
        assert_eq!(taken(b"{}\n\n{ }"), ["1: 3 bytes", "3: 3 bytes"]);
        assert_eq!(taken(b""), ["s: empty"]);
    }

    #[test]
    fn a_line_without_end_is_not_held() {
        let mut stream = vec![b'x'; 2 * LONGEST + 10];
        stream.extend_from_slice(b"\n{}\n");
        let found = taken(&stream);
        assert!(found[0].starts_with("s: line 1: 8388619 bytes"), "{found:?}");
        assert_eq!(found[1], "2: 3 bytes");
    }

    #[test]
    fn missing_files_are_problems() {
        let inputs = Inputs::find(&[PathBuf::from("/nowhere/a.txt")]);
        assert!(inputs.is_empty());
        assert_eq!(inputs.problems, ["/nowhere/a.txt: no such file or folder"]);
    }
}
