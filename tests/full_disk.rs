//! A disk that fills up while a store is built: it is said, nothing that was put is lost, and the same command completes the
//! store once there is room.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::{Command, Output},
};

use support::{command, entente, samples};
use tempfile::TempDir;

/// Names and bytes of the segments and the index below a folder.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "rocksdb" {
            found.extend(contents(&path));
        } else if path.is_file() && name != "lock" {
            found.insert(name, fs::read(&path).unwrap());
        }
    }
    found
}

/// A store of the samples that nothing disturbed.
fn undisturbed() -> BTreeMap<String, Vec<u8>> {
    let folder = TempDir::new().unwrap();
    let ran = entente(folder.path(), &["build", &samples(), "--store", "kg"], b"");
    assert_eq!(ran.code, 0, "{}", ran.told);
    contents(&folder.path().join("kg"))
}

/// What a run that met a full disk must leave: a message, its exit code, and only whole files beside an index of them;
/// gives how many files.
fn met_its_end(ran: &Output, store: &Path, whole: &BTreeMap<String, Vec<u8>>) -> usize {
    let told = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(4), "{told}");
    assert!(told.contains("there is no room"), "{told}");
    assert!(told.contains("run the same command again"), "{told}");
    let mut left = contents(store);
    left.remove("index.bin");
    for (name, bytes) in &left {
        assert!(Some(bytes) == whole.get(name), "{name}");
    }
    left.len()
}

fn completes(folder: &Path, store: &Path, whole: &BTreeMap<String, Vec<u8>>) {
    let ran = entente(folder, &["build", &samples(), "--store", &store.display().to_string()], b"");
    assert_eq!(ran.code, 0, "{}", ran.told);
    assert!(contents(store) == *whole);
    let asked = entente(folder, &["query", "articles", "--store", &store.display().to_string()], b"");
    assert!(asked.code == 0 && asked.out.contains("agency-oslo-talks"), "{}", asked.told);
}

fn mount(arguments: &[&str], folder: &Path) -> bool {
    Command::new("mount").args(arguments).arg(folder).output().is_ok_and(|ran| ran.status.success())
}

/// A file system of a few kilobytes, for as long as it lives.
struct Small(TempDir);

impl Small {
    fn new(kilobytes: usize) -> Option<Self> {
        let folder = TempDir::new().unwrap();
        mount(&["-t", "tmpfs", "-o", &format!("size={kilobytes}k"), "tmpfs"], folder.path()).then_some(Self(folder))
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[test]
fn a_full_disk_is_told_and_the_same_command_goes_on() {
    let whole = undisturbed();
    let mut left = Vec::new();
    // Full at the manifest, among the segments, at the index.
    for kilobytes in [4, 64, 192] {
        let Some(disk) = Small::new(kilobytes) else {
            println!("no file system can be mounted here; the limit on the length of files stands in for it");
            return;
        };
        let store = disk.0.path().join("kg");
        let ran = command(disk.0.path(), &["build", &samples(), "--store", "kg"]).output().unwrap();
        left.push(met_its_end(&ran, &store, &whole));
        assert!(mount(&["-o", "remount,size=4m"], disk.0.path()));
        completes(disk.0.path(), &store, &whole);
    }
    assert!(left[0] < left[1] && left[1] < left[2], "{left:?}");
    assert_eq!(left[2], whole.len() - 1, "all but the index");
}

#[test]
fn a_file_that_may_not_grow_is_told_and_the_same_command_goes_on() {
    let whole = undisturbed();
    // Too short for the manifest, for some segments, for the index.
    for blocks in [0, 12, 100] {
        let folder = TempDir::new().unwrap();
        let program = command(folder.path(), &["build", &samples(), "--store", "kg"]);
        // The signal would end the program; without it, writing fails.
        let ran = Command::new("sh")
            .args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\""), "sh"])
            .arg(program.get_program())
            .args(program.get_args())
            .current_dir(folder.path())
            .output()
            .unwrap();
        met_its_end(&ran, &folder.path().join("kg"), &whole);
        completes(folder.path(), &folder.path().join("kg"), &whole);
    }
}
