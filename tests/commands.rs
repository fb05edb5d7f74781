//! Command-line cases: what goes wrong is told clearly, with the right exit code, and nothing is lost.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use support::{Ran, command, entente, samples};
use tempfile::TempDir;

const TEXT: &str = "Envoys meet in Oslo\n\nExample News, 13 Jul 2024\n\nNorway's Prime Minister Astrid Holmvik met President Idriss Mbadou of Chad in Oslo on Friday. Norway and Chad signed an agreement.\n";

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// Runs in a folder with a good article and others.
fn run(files: &[(&str, &[u8])], arguments: &[&str]) -> Ran {
    let mut all = vec![("good.txt", TEXT.as_bytes())];
    all.extend_from_slice(files);
    entente(folder(&all).path(), arguments, b"")
}

#[track_caller]
fn check(ran: &Ran, code: i32, told: &str) {
    assert_eq!(ran.code, code, "{}", ran.told);
    assert!(ran.told.contains(told), "{:?} is not in:\n{}", told, ran.told);
    assert!(!ran.told.contains("panicked") && !ran.told.contains("RUST_BACKTRACE"), "{}", ran.told);
}

#[test]
fn a_missing_file_is_told_and_the_rest_goes_on() {
    let ran = run(&[], &["extract", "nowhere.txt", "good.txt"]);
    check(&ran, 3, "nowhere.txt: no such file or folder");
    assert!(ran.out.contains("\"meeting\""), "{}", ran.out);
}

#[test]
fn a_list_of_articles_is_read_element_by_element() {
    let article = |id: &str, text: &str| format!("  {{\n    \"id\": {id:?},\n    \"text\": {text:?}\n  }}");
    let list = format!("[\n{},\n  {{\"id\": \"no text\"}},\n{}\n]\n", article("one", TEXT), article("two", TEXT));
    let ran = run(&[("export.json", list.as_bytes())], &["build", "export.json", "--store", "kg"]);
    check(&ran, 3, "export.json: article 2: not an article");
    check(&ran, 3, "now 2 articles");
    let ran = entente(folder(&[]).path(), &["extract", "-"], list.as_bytes());
    check(&ran, 3, "standard input: article 2");
    assert!(ran.out.contains("\"source\":\"two\""), "{}", ran.out);
    let ran = run(&[("one.json", article("one", TEXT).as_bytes())], &["extract", "one.json"]);
    check(&ran, 0, "");
    assert!(ran.out.contains("\"meeting\""), "{}", ran.out);
}

#[test]
fn an_archive_is_named_with_what_to_do() {
    let ran = run(&[("texts.zip", b"PK\x03\x04\x14\0\0\0")], &["extract", "texts.zip", "good.txt"]);
    check(&ran, 3, "texts.zip: not text but a zip archive (or a word processor's document); unpack it first");
}

#[test]
fn empty_binary_and_disguised_files_are_told_and_the_rest_goes_on() {
    let noise: Vec<u8> = (0..=255).cycle().take(4000).collect();
    let ran = run(
        &[("empty.txt", b""), ("noise.txt", &noise), ("report.txt", b"%PDF-1.7\n1 0 obj"), ("blank.md", b" \n\n")],
        &["extract", "empty.txt", "noise.txt", "report.txt", "blank.md", "good.txt"],
    );
    check(&ran, 3, "empty.txt: empty");
    check(&ran, 3, "noise.txt: not text but binary data");
    check(&ran, 3, "report.txt: not text but a PDF document");
    check(&ran, 3, "blank.md: empty");
    assert!(ran.out.contains("\"meeting\""));
}

#[test]
fn a_folder_without_articles_is_told() {
    let ran = run(&[("pictures/a.png", b"\x89PNG")], &["build", "pictures", "--store", "kg"]);
    check(&ran, 3, "pictures: no articles in this folder");
}

#[test]
fn a_folder_is_searched_and_other_files_passed_over() {
    let ran =
        run(&[("a/b/c.txt", TEXT.as_bytes()), ("a/x.png", b"\x89PNG"), ("a/.hidden/d.txt", b"x")], &["extract", "a"]);
    check(&ran, 0, "");
    assert!(ran.out.lines().count() > 0 && ran.out.lines().all(|line| line.contains("\"source\":\"a/b/c.txt\"")));
}

#[test]
fn a_malformed_json_line_is_named_and_the_rest_goes_on() {
    let good = serde_json::json!({"id": "one", "text": TEXT}).to_string();
    let stream = format!("{good}\n{{\"id\": 3,\nnull\n{}\n", good.replace("\"one\"", "\"two\""));
    let ran = run(&[("a.jsonl", stream.as_bytes())], &["extract", "a.jsonl"]);
    check(&ran, 3, "a.jsonl: line 2: not JSON");
    check(&ran, 3, "a.jsonl: line 3: not an article");
    assert!(ran.out.contains("\"source\":\"one\"") && ran.out.contains("\"source\":\"two\""));
    let ran = entente(folder(&[]).path(), &["extract", "-"], stream.as_bytes());
    check(&ran, 3, "standard input: line 2: not JSON");
    assert!(ran.out.contains("\"source\":\"two\""));
}

#[test]
fn packed_files_are_unpacked() {
    let pack = |bytes: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    let line = serde_json::json!({"id": "one", "text": TEXT}).to_string();
    let ran = run(
        &[
            ("p/a.jsonl.gz", &pack(line.as_bytes())),
            ("p/b.txt.gz", &pack(TEXT.as_bytes())),
            ("p/c.txt.gz", b"\x1f\x8bbroken"),
        ],
        &["extract", "p"],
    );
    check(&ran, 3, "p/c.txt.gz: ");
    assert!(ran.out.contains("\"source\":\"one\"") && ran.out.contains("\"source\":\"p/b.txt.gz\""), "{}", ran.out);
}

#[test]
fn broken_utf8_is_read_with_a_warning() {
    let mut bytes = TEXT.replace("Chad", "Chad, the Zoë café and the Łódź café").into_bytes();
    bytes.extend_from_slice(b"And \xff so on.\n");
    let ran = run(&[("broken.txt", &bytes)], &["extract", "broken.txt"]);
    check(&ran, 0, "broken.txt: 1 byte sequences are no UTF-8");
    let latin: Vec<u8> =
        TEXT.replace("Astrid", "Andr\u{e9}e").chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let ran = run(&[("latin.txt", &latin)], &["extract", "latin.txt"]);
    check(&ran, 0, "latin.txt: not UTF-8: read as windows-1252, which was guessed");
    assert!(ran.out.contains("Andrée"), "{}", ran.out);
}

#[test]
fn a_text_of_a_hundred_megabytes_on_one_line_is_refused() {
    let folder = folder(&[("good.txt", TEXT.as_bytes()), ("long.txt", &vec![b'a'; 100_000_000])]);
    let ran = entente(folder.path(), &["extract", "long.txt", "good.txt"], b"");
    check(&ran, 3, "long.txt: 100000000 bytes in one text");
    assert!(ran.out.contains("\"meeting\""));
}

#[test]
fn usage_errors_have_their_own_code() {
    check(&run(&[], &["extract"]), 2, "INPUT");
    check(&run(&[], &["frobnicate"]), 2, "frobnicate");
    check(&run(&[], &["query"]), 2, "nothing asked");
    check(&run(&[], &["export", "--format", "bmp"]), 2, "bmp");
    check(&run(&[], &["explain", "a", "b"]), 2, "ACTOR RELATION ACTOR");
    check(&run(&[], &["man", "frobnicate"]), 2, "frobnicate");
}

#[test]
fn help_and_generated_files_go_to_standard_output() {
    for arguments in
        [&["--help"][..], &["build", "--help"], &["--version"], &["completions", "bash"], &["man"], &["man", "query"]]
    {
        let ran = run(&[], arguments);
        check(&ran, 0, "");
        assert!(!ran.out.is_empty() && ran.told.is_empty(), "{arguments:?}");
    }
}

#[test]
fn the_data_that_is_built_in_passes_its_check() {
    let ran = run(&[], &["check"]);
    assert_eq!(ran.out, "");
    check(&ran, 0, "0 findings");
}

#[test]
fn actors_of_ones_own_are_added_and_may_take_the_place_of_known_ones() {
    let own = "[[person]]\nname = \"Idriss Mbadou\"\noffices = [{ title = \"president\", of = \"Chad\", from = 2024, until = 2024 }]\n\n\
               [[actor]]\nid = \"Q20\"\nname = \"Kingdom of the Fjords\"\nkind = \"country\"\naliases = [\"Norway\"]\nreplaces = true\n";
    let ran = run(&[("own.toml", own.as_bytes())], &["extract", "good.txt", "--actors", "own.toml"]);
    check(&ran, 0, "");
    assert!(ran.out.contains("\"Kingdom of the Fjords\""), "{}", ran.out);
}

#[test]
fn actors_of_ones_own_that_clash_are_refused_with_both_places_and_a_way_out() {
    let clash = |own: &str, told: &[&str]| {
        let ran = run(&[("own.toml", own.as_bytes())], &["extract", "good.txt", "--actors", "own.toml"]);
        assert!(ran.out.is_empty(), "{}", ran.out);
        for part in told {
            check(&ran, 3, part);
        }
    };
    let other = "\n\n[[actor]]\nname = \"Ukraine\"\nkind = \"country\"\n";
    clash(
        other,
        &["own.toml:3: \"Ukraine\" of Ukraine", "of Ukraine (Q212) in data/actors/countries.toml:", "replaces = true"],
    );
    let same = "[[actor]]\nid = \"Q212\"\nname = \"Land of Kyiv\"\nkind = \"country\"\n";
    clash(
        same,
        &["own.toml:1: Land of Kyiv has the id Q212 of Ukraine in data/actors/countries.toml:", "replaces = true"],
    );
    let typo = "[[person]]\nname = \"Ada Marx\"\noffices = [{ title = \"president\", of = \"Farnce\", from = 2020 }]\n";
    clash(typo, &["own.toml:1: no actor is called \"Farnce\""]);
    let rival = "[[person]]\nname = \"Ada Marx\"\noffices = [{ title = \"president\", of = \"France\", from = 2020, until = 2023 }]\n";
    clash(rival, &["own.toml:1: Ada Marx and Emmanuel Macron in data/actors/persons-europe.toml:", "until"]);
}

#[test]
fn a_data_folder_that_is_none_is_told() {
    check(&run(&[], &["extract", "good.txt", "--data", "nowhere"]), 2, "nowhere: no such folder");
}

#[test]
fn a_missing_store_says_how_to_make_one() {
    check(&run(&[], &["query", "who-met-whom", "--store", "nowhere"]), 4, "nowhere");
}

#[test]
fn a_build_can_be_asked_drawn_and_explained() {
    let folder = folder(&[]);
    let ran = entente(folder.path(), &["build", &samples(), "--store", "kg"], b"");
    check(&ran, 0, "11 articles");
    let again = entente(folder.path(), &["build", &samples(), "--store", "kg"], b"");
    check(&again, 0, "0 new, 0 changed, 11 unchanged");
    let met = entente(folder.path(), &["query", "who-met-whom", "--store", "kg"], b"");
    check(&met, 0, "");
    assert!(met.out.contains("Astrid Holmvik"), "{}", met.out);
    for format in ["dot", "svg", "graphml", "turtle", "nquads", "html", "csv"] {
        let ran = entente(folder.path(), &["export", "--format", format, "--store", "kg"], b"");
        check(&ran, 0, "");
        assert!(ran.out.contains("Estonia"), "{format}");
    }
    check(&entente(folder.path(), &["export", "-o", "kg.svg", "--store", "kg"], b""), 0, "wrote kg.svg");
    assert!(
        fs::read_to_string(folder.path().join("kg.svg")).unwrap().starts_with("<?xml")
            || folder.path().join("kg.svg").exists()
    );
    let explained = entente(folder.path(), &["explain", "Norway", "signedAgreementWith", "Chad", "--store", "kg"], b"");
    check(&explained, 0, "");
    assert!(explained.out.contains("an agreement on water management"), "{}", explained.out);
    check(&entente(folder.path(), &["explain", "Norway", "attacked", "Chad", "--store", "kg"], b""), 1, "");
    let shown = entente(folder.path(), &["show", "Ukraine", "--store", "kg"], b"");
    check(&shown, 0, "");
    assert!(shown.out.contains("Estonia"), "{}", shown.out);
    check(&entente(folder.path(), &["show", "Atlantis", "--store", "kg"], b""), 3, "Atlantis");
    let ranked = entente(folder.path(), &["rank", "--top", "3", "--store", "kg"], b"");
    check(&ranked, 0, "");
    assert_eq!(ranked.out.lines().count(), 4, "{}", ranked.out);
    check(&entente(folder.path(), &["path", "Norway", "Chad", "--store", "kg"], b""), 0, "");
    check(&entente(folder.path(), &["path", "Japan", "Chad", "--type", "call", "--store", "kg"], b""), 1, "no chain");
    check(&entente(folder.path(), &["path", "Chad", "Chad", "--store", "kg"], b""), 2, "one and the same actor");
    check(
        &entente(folder.path(), &["query", "actors", "--limit", "1", "--store", "kg"], b""),
        0,
        "cut off after 1 row (",
    );
    check(&entente(folder.path(), &["query", "xyzzy", "--store", "kg"], b""), 3, "--list shows all");
    check(&entente(folder.path(), &["check", "--store", "kg"], b""), 0, "0 findings");
    let push = ["push", "http://127.0.0.1:9/sparql", "--timeout", "1", "--store", "kg"];
    check(&entente(folder.path(), &[&push[..], &["--dry-run"]].concat(), b""), 0, "would send");
    check(&entente(folder.path(), &["push", "no address", "--store", "kg"], b""), 5, "is not an address");
}

#[test]
fn a_query_with_a_mistake_says_where() {
    let folder = folder(&[("good.txt", TEXT.as_bytes())]);
    check(&entente(folder.path(), &["build", "good.txt", "--store", "kg"], b""), 0, "1 article");
    let ran = entente(folder.path(), &["query", "-e", "SELECT ?a WHERE {\n ?a ent:met }", "--store", "kg"], b"");
    check(&ran, 3, "line 2");
    check(&entente(folder.path(), &["query", "who-met", "--store", "kg"], b""), 3, "who-met-whom");
    check(&entente(folder.path(), &["query", "-e", "DELETE WHERE { ?s ?p ?o }", "--store", "kg"], b""), 3, "");
    check(&entente(folder.path(), &["query", "-e", "ASK { ent:a ent:met ent:b }", "--store", "kg"], b""), 1, "");
    check(&entente(folder.path(), &["query", "nowhere.rq", "--store", "kg"], b""), 3, "nowhere.rq: no such file");
    let ran =
        entente(folder.path(), &["query", "-", "--store", "kg"], b"SELECT (COUNT(*) AS ?n) WHERE { ?a ent:met ?b }");
    check(&ran, 0, "");
}

#[test]
fn a_damaged_store_is_told() {
    let folder = folder(&[("good.txt", TEXT.as_bytes())]);
    check(&entente(folder.path(), &["build", "good.txt", "--store", "kg"], b""), 0, "1 article");
    let mut segments = Vec::new();
    files(&folder.path().join("kg"), &mut segments);
    for segment in segments {
        fs::write(segment, b"\x00garbage").unwrap();
    }
    check(&entente(folder.path(), &["query", "who-met-whom", "--store", "kg"], b""), 4, "kg");
}

#[test]
fn a_folder_that_is_no_store_is_told() {
    check(&run(&[("mine/photo.txt", b"x")], &["query", "who-met-whom", "--store", "mine"]), 4, "mine");
}

fn files(folder: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[test]
fn a_changed_article_is_replaced_and_a_lost_one_can_be_pruned() {
    let folder = folder(&[("a.txt", TEXT.as_bytes()), ("b.txt", TEXT.replace("Chad", "Peru").as_bytes())]);
    check(&entente(folder.path(), &["build", "a.txt", "b.txt", "--store", "kg"], b""), 0, "2 new");
    fs::write(folder.path().join("a.txt"), TEXT.replace("Chad", "Mali")).unwrap();
    check(
        &entente(folder.path(), &["build", "a.txt", "--store", "kg"], b""),
        0,
        "0 new, 1 changed, 0 unchanged, 0 removed",
    );
    check(&entente(folder.path(), &["build", "a.txt", "--prune", "--store", "kg"], b""), 0, "1 removed; now 1 article");
}

#[test]
fn an_article_has_one_name_however_its_path_is_written() {
    let folder = folder(&[("a.txt", TEXT.as_bytes())]);
    let build =
        |path: &str, told: &str| check(&entente(folder.path(), &["build", path, "--store", "kg"], b""), 0, told);
    fs::create_dir_all(folder.path().join("far/away")).unwrap();
    build("a.txt", "1 new, 0 changed, 0 unchanged");
    for path in ["./a.txt", ".//a.txt", "far/../a.txt", "./far/./away/../../a.txt", "."] {
        build(path, "0 new, 0 changed, 1 unchanged");
    }
    // Behind a link `..` leads elsewhere.
    fs::write(folder.path().join("far/a.txt"), TEXT).unwrap();
    std::os::unix::fs::symlink(folder.path().join("far/away"), folder.path().join("link")).unwrap();
    build("link/../a.txt", "1 new, 0 changed, 0 unchanged");
}

#[test]
fn a_closed_pipe_is_silent() {
    let folder = TempDir::new().unwrap();
    let mut stream = Vec::new();
    for number in 0..400 {
        stream.extend(serde_json::json!({"id": number, "text": TEXT}).to_string().into_bytes());
        stream.push(b'\n');
    }
    fs::write(folder.path().join("a.jsonl"), stream).unwrap();
    let mut child =
        command(folder.path(), &["extract", "a.jsonl"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert_eq!((child.wait().unwrap().code(), told.as_str()), (Some(0), ""));
}

#[test]
fn no_color_and_quiet_are_honoured() {
    let ran = run(&[], &["build", "good.txt", "--store", "kg", "--quiet"]);
    check(&ran, 0, "");
    assert_eq!((ran.out.as_str(), ran.told.as_str()), ("", ""));
    let ran = run(&[], &["extract", "nowhere.txt"]);
    assert!(!ran.told.contains('\x1b'), "colour without a terminal");
}

/// A server of the program, ended with the test.
struct Server {
    child: Child,
    address: String,
    told: BufReader<std::process::ChildStderr>,
}

impl Server {
    fn start(folder: &std::path::Path) -> Self {
        let arguments = ["serve", "--bind", "127.0.0.1:0", "--store", "kg"];
        let mut child = command(folder, &arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let told = BufReader::new(child.stderr.take().unwrap());
        let mut server = Self { child, address: String::new(), told };
        let mut line = String::new();
        server.told.read_line(&mut line).unwrap();
        let address = line.split_once("http://").and_then(|(_, rest)| rest.split_once('/'));
        server.address = address.ok_or(&line).unwrap().0.to_owned();
        server
    }

    fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_graph_is_served_until_it_is_interrupted() {
    let folder = folder(&[("good.txt", TEXT.as_bytes())]);
    check(&entente(folder.path(), &["build", "good.txt", "--store", "kg"], b""), 0, "1 article");
    let mut server = Server::start(folder.path());
    let answer = server.ask("GET /sparql?query=ASK+%7B+%3Fa+ent%3Amet+%3Fb+%7D HTTP/1.1\r\nhost: x\r\n\r\n");
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200 ") && head.contains("application/sparql-results+json"), "{head}");
    assert_eq!(serde_json::from_str::<serde_json::Value>(body).unwrap()["boolean"], true);
    for (target, status, part) in [
        ("/", "200", "<html"),
        ("/query/who-met-whom", "200", "Astrid Holmvik"),
        ("/sparql?query=SELEKT", "400", "line 1, column 1"),
        ("/sparql?update=CLEAR+ALL", "403", "read-only"),
    ] {
        let answer = server.ask(&format!("GET {target} HTTP/1.1\r\nhost: x\r\n\r\n"));
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")) && answer.contains(part), "{target}: {answer}");
    }
    let taken = entente(folder.path(), &["serve", "--bind", &server.address, "--store", "kg"], b"");
    check(&taken, 5, &format!("{} is taken", server.address));
    // What is built meanwhile shows without a restart.
    fs::write(folder.path().join("second.txt"), TEXT.replace("Chad", "Niger")).unwrap();
    check(&entente(folder.path(), &["build", "second.txt", "--store", "kg"], b""), 0, "2 articles");
    let shows = || server.ask("GET /query/agreements HTTP/1.1\r\nhost: x\r\n\r\n").contains("Niger");
    let mut shown = shows();
    for _ in 0..200 {
        if !shown {
            thread::sleep(Duration::from_millis(100));
            shown = shows();
        }
    }
    assert!(shown);
    if cfg!(unix) {
        let interrupt = format!("kill -INT {}", server.child.id());
        assert!(Command::new("sh").args(["-c", &interrupt]).status().unwrap().success());
        let mut told = String::new();
        server.told.read_to_string(&mut told).unwrap();
        assert_eq!(server.child.wait().unwrap().code(), Some(130));
        assert!(told.starts_with("the store has changed: now ") && told.ends_with("error: interrupted\n"), "{told}");
    }
}

#[test]
fn an_address_that_cannot_be_served_at_is_told() {
    check(&run(&[], &["serve", "--bind", "nonsense"]), 2, "--bind nonsense: not host and port");
    check(&run(&[], &["serve", "--bind", "127.0.0.1:99999"]), 2, "not host and port");
    check(&run(&[], &["serve", "--timeout", "0"]), 2, "--timeout");
    check(&run(&[], &["serve", "--limit", "many"]), 2, "--limit");
    check(&run(&[], &["serve", "--bind", "192.0.2.1:7878"]), 5, "192.0.2.1:7878 is no address of this machine");
    check(&run(&[], &["serve", "--bind", "127.0.0.1:0", "--store", "nowhere"]), 4, "nowhere");
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = other.local_addr().unwrap().to_string();
    check(&run(&[], &["serve", "--bind", &address]), 5, "is taken: another program listens there");
}

#[test]
fn events_below_a_confidence_are_left_out() {
    let lines = |least: &str| {
        let ran = run(&[], &["extract", "good.txt", "--quiet", "--min-confidence", least]);
        assert_eq!(ran.code, 0, "{}", ran.told);
        ran.out.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let (all, none) = (lines("0"), lines("1"));
    assert!(all.iter().any(|line| line.contains("\"meeting\"")) && none.is_empty(), "{all:?} {none:?}");
    check(&run(&[], &["extract", "good.txt", "--min-confidence", "7"]), 2, "a number from 0 to 1 is wanted");
}
