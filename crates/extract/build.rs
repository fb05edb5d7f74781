//! Reads the actor files while the library is built, so that a start only decodes them.
//!
//! Faults become warnings here, so that one bad entry stops nobody's build; the tests and `entente check` refuse them.

use std::{env, error::Error, fs, path::Path};

#[allow(dead_code, unused_imports, unreachable_pub, reason = "the library uses the rest")]
#[path = "src/actors/registry/mod.rs"]
mod registry;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../data/actors");
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=src/actors/registry");
    let mut paths = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        files.push((path.display().to_string(), fs::read_to_string(&path)?));
    }
    let (registry, faults) = registry::read(files.iter().map(|(path, text)| (path.as_str(), text.as_str())), |_| false);
    for fault in faults {
        println!("cargo::warning={}:{}: {}", fault.path, fault.line, fault.message);
    }
    let mut bytes = registry::fingerprint(files.iter().map(|(_, text)| text.as_str())).to_le_bytes().to_vec();
    bytes.extend(postcard::to_allocvec(&registry)?);
    fs::write(Path::new(&env::var("OUT_DIR")?).join("actors.bin"), bytes)?;
    Ok(())
}
