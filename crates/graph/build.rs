//! Compiles `queries/*.rq` and `data/ontology/*` into the crate, so that the binary runs from anywhere.

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

/// Where distributions put libclang, beside the folders of LLVM's versions.
const LIBRARIES: [&str; 8] = [
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/usr/lib/x86_64-linux-gnu",
    "/usr/lib/aarch64-linux-gnu",
    "/opt/homebrew/opt/llvm/lib",
    "/usr/local/opt/llvm/lib",
    "/Library/Developer/CommandLineTools/usr/lib",
];

fn main() -> Result<(), Box<dyn Error>> {
    if env::var_os("CARGO_FEATURE_ROCKSDB").is_some() && cfg!(unix) && !has_libclang() {
        return Err("the feature `rocksdb` is built with libclang, which is not here: \
                    apt-get install libclang-dev, or set LIBCLANG_PATH to the folder that holds it"
            .into());
    }
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

/// Whether the library is there that RocksDB's interface is read with.
fn has_libclang() -> bool {
    println!("cargo::rerun-if-env-changed=LIBCLANG_PATH");
    if let Some(folder) = env::var_os("LIBCLANG_PATH") {
        return holds_libclang(Path::new(&folder));
    }
    let versions = fs::read_dir("/usr/lib").into_iter().flatten().flatten().map(|entry| entry.path());
    let versions = versions.filter(|path| path.to_string_lossy().contains("/llvm")).map(|path| path.join("lib"));
    LIBRARIES.iter().map(Into::into).chain(versions).any(|folder| holds_libclang(&folder))
}

fn holds_libclang(folder: &Path) -> bool {
    fs::read_dir(folder).into_iter().flatten().flatten().any(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        let name = name.strip_prefix("libclang").filter(|rest| !rest.starts_with("-cpp"));
        name.is_some_and(|rest| rest.contains(".so") || rest.contains(".dylib"))
    })
}
