//! The store: what it keeps, what it refuses, and that nothing depends on order, repetition or a sudden end.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside of test functions")]

mod support;

use std::{fs, path::Path};

use entente_graph::{Change, Store, StoreError, StoreWriter};
use entente_model::Extraction;

fn build(dir: &Path, extractions: &[Extraction]) -> entente_graph::Summary {
    let mut writer = StoreWriter::open(dir, None).unwrap();
    for extraction in extractions {
        writer.put(extraction, "v1").unwrap();
    }
    writer.finish().unwrap()
}

/// Every file of a folder with its bytes.
fn files(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        // A database has files of its own at every run.
        if path.is_dir() && path.ends_with("rocksdb") {
            continue;
        }
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|(name, bytes)| (format!("{}/{name}", path.display()), bytes)));
        } else {
            found.push((path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()));
        }
    }
    for (name, _) in &mut found {
        *name = name.replace(&dir.display().to_string(), "");
    }
    found.sort();
    found
}

#[test]
fn a_store_gives_back_what_was_put_in() {
    let dir = tempfile::tempdir().unwrap();
    let world = support::world();
    let summary = build(dir.path(), &world);
    assert_eq!((summary.added, summary.articles, summary.events), (6, 6, 21));
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(support::nquads(store.graph()), support::nquads(&support::graph(&world)));
    assert_eq!(store.articles().unwrap(), ["a1", "a2", "a3", "a4", "a5", "a6"]);
    assert_eq!(store.extraction("a2").unwrap().as_ref(), Some(&world[1]));
    assert_eq!(store.extraction("a9").unwrap(), None);
}

#[test]
fn building_again_changes_only_what_is_new() {
    let dir = tempfile::tempdir().unwrap();
    let world = support::world();
    build(dir.path(), &world[..2]);
    let mut writer = StoreWriter::open(dir.path(), None).unwrap();
    assert!(writer.is_current(&world[0].article, "v1"));
    assert!(!writer.is_current(&world[0].article, "v2"));
    assert!(!writer.is_current(&world[2].article, "v1"));
    assert_eq!(writer.put(&world[0], "v1").unwrap(), Change::Unchanged);
    let mut changed = world[1].clone();
    changed.article.body.push_str("More.");
    assert_eq!(writer.put(&changed, "v1").unwrap(), Change::Changed);
    assert_eq!(writer.put(&world[2], "v1").unwrap(), Change::Added);
    let summary = writer.finish().unwrap();
    assert_eq!((summary.added, summary.changed, summary.unchanged, summary.articles), (1, 1, 1, 3));
}

#[test]
fn what_no_article_tells_any_more_is_gone() {
    let dir = tempfile::tempdir().unwrap();
    let world = support::world();
    build(dir.path(), &world);
    let mut writer = StoreWriter::open(dir.path(), None).unwrap();
    assert!(writer.remove("a3").unwrap());
    assert!(!writer.remove("a3").unwrap());
    assert_eq!(writer.finish().unwrap().articles, 5);
    let store = Store::open(dir.path()).unwrap();
    let rest: Vec<Extraction> = world.iter().filter(|extraction| extraction.article.id != "a3").cloned().collect();
    assert_eq!(support::nquads(store.graph()), support::nquads(&support::graph(&rest)));
    assert!(!support::nquads(store.graph()).contains("Odd Rebels"));
}

#[test]
fn order_and_repetition_leave_the_same_bytes() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut world = support::world();
    build(one.path(), &world);
    world.reverse();
    build(two.path(), &world[..3]);
    build(two.path(), &world[1..]);
    assert_eq!(files(one.path()), files(two.path()));
}

#[test]
fn a_kill_at_any_point_loses_nothing() {
    let world = support::world();
    let whole = tempfile::tempdir().unwrap();
    build(whole.path(), &world);
    for put in 0..world.len() {
        let dir = tempfile::tempdir().unwrap();
        build(dir.path(), &world[..1]);
        // A run that ends after so many articles, without its `finish`, and leaves half a file behind.
        let mut writer = StoreWriter::open(dir.path(), None).unwrap();
        for extraction in &world[..put] {
            writer.put(extraction, "v1").unwrap();
        }
        drop(writer);
        fs::write(dir.path().join("index.tmp"), "half").unwrap();
        let store = Store::open(dir.path()).unwrap();
        assert_eq!(store.graph().articles(), put.max(1));
        build(dir.path(), &world);
        assert_eq!(files(dir.path()), files(whole.path()));
    }
}

#[test]
fn an_index_that_is_lost_or_damaged_is_made_anew() {
    let dir = tempfile::tempdir().unwrap();
    build(dir.path(), &support::world());
    let index = dir.path().join("index.bin");
    let good = fs::read(&index).unwrap();
    for damage in [None, Some(&good[..100]), Some(b"nonsense".as_slice())] {
        fs::remove_file(&index).unwrap();
        if let Some(bytes) = damage {
            fs::write(&index, bytes).unwrap();
        }
        assert_eq!(Store::open(dir.path()).unwrap().graph().articles(), 6);
        assert_eq!(fs::read(&index).unwrap(), good);
    }
}

#[test]
fn a_changed_article_leaves_the_segments_of_others_untouched() {
    let dir = tempfile::tempdir().unwrap();
    let world = support::world();
    build(dir.path(), &world);
    let written = || {
        let segments = fs::read_dir(dir.path().join("segments")).unwrap();
        let files = segments.flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap());
        let times =
            files.map(|file| file.unwrap()).map(|file| (file.path(), file.metadata().unwrap().modified().unwrap()));
        times.collect::<std::collections::BTreeMap<_, _>>()
    };
    let before = written();
    let mut changed = world[1].clone();
    changed.article.body.push_str("More.");
    let mut writer = StoreWriter::open(dir.path(), None).unwrap();
    for extraction in [&world[0], &changed, &world[3], &world[4], &world[5]] {
        writer.put(extraction, "v1").unwrap();
    }
    writer.remove("a3").unwrap();
    writer.finish().unwrap();
    let after = written();
    let same: Vec<_> = before.iter().filter(|(path, time)| after.get(*path) == Some(time)).collect();
    assert_eq!((before.len(), after.len(), same.len()), (6, 5, 4));
}

#[cfg(feature = "rocksdb")]
#[test]
fn the_database_is_made_anew_with_the_index() {
    let dir = tempfile::tempdir().unwrap();
    let databases = || fs::read_dir(dir.path().join("rocksdb")).map_or(0, Iterator::count);
    let world = support::world();
    let count = |store: &Store| {
        let options = entente_graph::QueryOptions::default();
        let sparql = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }";
        store.graph().query(sparql, &options).unwrap().rows()[0][0].clone()
    };
    for part in [&world[..3], &world[..]] {
        build(dir.path(), part);
        let store = Store::open(dir.path()).unwrap();
        assert_eq!((databases(), count(&store)), (1, store.graph().quads().to_string()));
    }
    fs::remove_dir_all(dir.path().join("rocksdb")).unwrap();
    let store = Store::open(dir.path()).unwrap();
    assert_eq!((databases(), count(&store)), (1, store.graph().quads().to_string()));
}

#[test]
fn what_is_wrong_is_said_with_path_and_remedy() {
    let check = |result: Result<Store, StoreError>, expected: &str| {
        let message = result.unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
    };
    let dir = tempfile::tempdir().unwrap();
    check(Store::open(&dir.path().join("nowhere")), "there is no store here");
    check(Store::open(dir.path()), "there is no store here");
    fs::write(dir.path().join("holiday.jpg"), "x").unwrap();
    check(Store::open(dir.path()), "is not an Entente store");
    assert!(matches!(StoreWriter::open(dir.path(), None), Err(StoreError::NotAStore(_))));

    let dir = tempfile::tempdir().unwrap();
    build(dir.path(), &support::world());
    let writer = StoreWriter::open(dir.path(), None).unwrap();
    check(Store::open(dir.path()), "the store is locked by process");
    assert!(matches!(StoreWriter::open(dir.path(), None), Err(StoreError::Locked { .. })));
    drop(writer);
    let other = StoreWriter::open(dir.path(), Some("https://example.org/kg/")).unwrap_err();
    assert!(matches!(other, StoreError::OtherBase { .. }), "{other}");

    let manifest = dir.path().join("entente-store.json");
    let good = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, good.replace("\"version\": 1", "\"version\": 7")).unwrap();
    check(Store::open(dir.path()), "format version 7, this program reads version 1");
    fs::write(&manifest, "{").unwrap();
    check(Store::open(dir.path()), "the manifest is broken");
    fs::write(&manifest, good).unwrap();

    let (segment, bytes) = files(&dir.path().join("segments")).into_iter().next().unwrap();
    let path = dir.path().join("segments").join(segment.trim_start_matches('/'));
    for (damage, expected) in [
        (&bytes[..bytes.len() / 2], "does not have the content that was written"),
        (&b"\xff\xfe"[..], "is not text"),
        (&b""[..], "has no content"),
    ] {
        fs::write(&path, damage).unwrap();
        fs::remove_file(dir.path().join("index.bin")).ok();
        check(Store::open(dir.path()), expected);
    }
}

/// Set for a child process that builds until it is killed: where.
const CHILD: &str = "ENTENTE_TEST_STORE";

/// Many articles that tell the same few events.
fn many() -> Vec<Extraction> {
    let world = support::world();
    let copy = |round: usize, extraction: &Extraction| {
        let mut extraction = extraction.clone();
        extraction.article.id = format!("{}-{round}", extraction.article.id);
        extraction
    };
    (0..6).flat_map(|round| world.iter().map(move |extraction| copy(round, extraction)).collect::<Vec<_>>()).collect()
}

/// Not a test by itself: what [`killed_fifty_times_it_still_ends_up_the_same`] runs in another process.
#[test]
fn child_that_is_killed() {
    if let Some(dir) = std::env::var_os(CHILD) {
        build(Path::new(&dir), &many());
    }
}

#[test]
fn killed_fifty_times_it_still_ends_up_the_same() {
    let (whole, dir) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    build(whole.path(), &many());
    let mut random = 12345_u64;
    for _ in 0..50 {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child_that_is_killed"])
            .env(CHILD, dir.path())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        std::thread::sleep(std::time::Duration::from_millis(random >> 58));
        child.kill().unwrap();
        child.wait().unwrap();
        if let Ok(store) = Store::open(dir.path()) {
            assert!(store.graph().check(None).unwrap().findings.is_empty());
        }
    }
    build(dir.path(), &many());
    assert_eq!(files(dir.path()), files(whole.path()));
}
