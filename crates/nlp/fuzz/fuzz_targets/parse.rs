//! Any bytes, read as text: no panic, and no byte of text that is not white space is lost.
#![no_main]

use std::sync::LazyLock;

use entente_nlp::{Layout, Pipeline};
use libfuzzer_sys::fuzz_target;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::load().expect("the model is compiled in"));

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    for layout in [Layout::Lines, Layout::Flowing] {
        let document = PIPELINE.parse_as(text.as_ref(), layout);
        let covered: usize = document.tokens().iter().map(|token| token.span.end - token.span.start).sum();
        let solid: usize = text.chars().filter(|c| !c.is_whitespace()).map(char::len_utf8).sum();
        assert!(covered >= solid);
    }
});
