//! Same input, same bytes: with any number of threads and in any order of files.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{collections::BTreeMap, fs, path::Path};

use support::{entente, samples};
use tempfile::TempDir;

/// All files below a folder but locks, with their bytes.
fn contents(folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            contents(&path, found);
        } else if !path.to_string_lossy().contains("lock") {
            found.insert(path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap());
        }
    }
}

fn out(arguments: &[&str]) -> String {
    let folder = TempDir::new().unwrap();
    let ran = entente(folder.path(), arguments, b"");
    assert_eq!(ran.code, 0, "{}", ran.told);
    assert!(!ran.out.is_empty());
    ran.out
}

#[test]
fn threads_do_not_matter() {
    let samples = samples();
    for format in ["jsonl", "nquads", "turtle", "jsonld"] {
        let one = out(&["extract", &samples, "--format", format, "-j", "1"]);
        assert_eq!(one, out(&["extract", &samples, "--format", format, "-j", "2"]), "{format}");
    }
}

#[test]
fn the_order_of_files_does_not_matter() {
    let mut files: Vec<String> =
        fs::read_dir(samples()).unwrap().map(|e| e.unwrap().path().display().to_string()).collect();
    files.sort();
    let forward: Vec<&str> =
        ["extract", "--format", "nquads"].into_iter().chain(files.iter().map(String::as_str)).collect();
    let backward: Vec<&str> =
        ["extract", "--format", "nquads"].into_iter().chain(files.iter().rev().map(String::as_str)).collect();
    assert_eq!(out(&forward), out(&backward));

    let mut stores = Vec::new();
    for order in [&forward[3..], &backward[3..]] {
        let folder = TempDir::new().unwrap();
        for file in order {
            let ran = entente(folder.path(), &["build", file, "--store", "kg"], b"");
            assert_eq!(ran.code, 0, "{}", ran.told);
        }
        let mut found = BTreeMap::new();
        contents(&folder.path().join("kg"), &mut found);
        stores.push((found, entente(folder.path(), &["export", "--format", "nquads", "--store", "kg"], b"").out));
    }
    assert_eq!(stores[0].1, stores[1].1, "the graphs differ");
    assert_eq!(
        stores[0].0.keys().collect::<Vec<_>>(),
        stores[1].0.keys().collect::<Vec<_>>(),
        "the files differ in name"
    );
    for (name, bytes) in &stores[0].0 {
        assert!(*bytes == stores[1].0[name], "{name} differs");
    }
}
