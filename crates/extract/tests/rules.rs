//! Every rule finds what its examples say and refuses their near misses.

use entente_extract::Extractor;

#[test]
fn every_example_holds() {
    let findings = Extractor::load().unwrap().check();
    let listed: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(listed.is_empty(), "{}", listed.join("\n"));
}
