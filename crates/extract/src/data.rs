//! Data files: those compiled into the library, or those of a folder.
//!
//! In: `data/` as it stands in the repository. Out: [`Files`], name and text, sorted by name.

use std::{fs, io, path::Path};

use include_dir::{Dir, include_dir};

static ACTORS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../data/actors");
static LEXICON: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../data/lexicon");
static RULES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../data/rules");

/// Name and text of files.
pub(crate) type Files = Vec<(String, String)>;

/// The data files that the extractor is made from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Data {
    /// `data/actors/*.toml`
    pub actors: Files,
    /// `data/rules/*.toml`
    pub rules: Files,
    /// `data/lexicon/words/*.toml`: word lists.
    pub words: Files,
    /// `data/lexicon/*.toml`: tables with a schema of their own.
    pub tables: Files,
}

impl Data {
    /// The files compiled in.
    pub(crate) fn built_in() -> Self {
        Self {
            actors: of_dir(&ACTORS, "data/actors"),
            rules: of_dir(&RULES, "data/rules"),
            words: LEXICON.get_dir("words").map(|dir| of_dir(dir, "data/lexicon/words")).unwrap_or_default(),
            tables: of_dir(&LEXICON, "data/lexicon"),
        }
    }

    /// The files of a folder laid out like `data/`; a part that it lacks is the one compiled in.
    ///
    /// # Errors
    /// If a file cannot be read or is not UTF-8.
    pub(crate) fn of_folder(folder: &Path) -> io::Result<Self> {
        let built_in = Self::built_in();
        let read = |part: &str, otherwise: Files| -> io::Result<Files> {
            let files = of_folder(&folder.join(part))?;
            Ok(if files.is_empty() { otherwise } else { files })
        };
        Ok(Self {
            actors: read("actors", built_in.actors)?,
            rules: read("rules", built_in.rules)?,
            words: read("lexicon/words", built_in.words)?,
            tables: read("lexicon", built_in.tables)?,
        })
    }

    /// The table of this name.
    pub(crate) fn table(&self, name: &str) -> Option<(&str, &str)> {
        self.tables
            .iter()
            .find(|(path, _)| path.ends_with(&format!("/{name}.toml")))
            .map(|(p, t)| (p.as_str(), t.as_str()))
    }
}

fn of_dir(dir: &Dir<'_>, prefix: &str) -> Files {
    let mut files: Files = dir
        .files()
        .filter(|file| file.path().extension().is_some_and(|e| e == "toml"))
        .filter_map(|file| {
            let name = file.path().file_name()?.to_str()?;
            Some((format!("{prefix}/{name}"), file.contents_utf8()?.to_owned()))
        })
        .collect();
    files.sort();
    files
}

fn of_folder(folder: &Path) -> io::Result<Files> {
    let mut files = Files::new();
    if !folder.is_dir() {
        return Ok(files);
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "toml") {
            let text =
                fs::read_to_string(&path).map_err(|e| io::Error::new(e.kind(), format!("{}: {e}", path.display())))?;
            files.push((path.display().to_string(), text));
        }
    }
    files.sort();
    Ok(files)
}
