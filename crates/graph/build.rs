//! Compiles `queries/*.rq` and `data/ontology/*` into the crate, so that the binary runs from anywhere.

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../..").canonicalize()?;
    let mut code = String::new();
    for (constant, folder, extension) in [("QUERIES", "queries", "rq"), ("ONTOLOGY_FILES", "data/ontology", "")] {
        let folder = root.join(folder);
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut files = Vec::new();
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_file() && (extension.is_empty() || path.extension().is_some_and(|e| e == extension)) {
                files.push(path);
            }
        }
        files.sort();
        writeln!(code, "pub(crate) const {constant}: &[(&str, &str)] = &[")?;
        for path in files {
            println!("cargo::rerun-if-changed={}", path.display());
            let name = path.file_name().and_then(|name| name.to_str()).ok_or("a file name is not text")?;
            writeln!(code, "    ({name:?}, include_str!({:?})),", path.display().to_string())?;
        }
        writeln!(code, "];")?;
    }
    fs::write(Path::new(&env::var("OUT_DIR")?).join("embedded.rs"), code)?;
    Ok(())
}
