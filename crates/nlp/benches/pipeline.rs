//! Speed of loading and parsing, on the reference texts and on texts made to hurt.
//!
//! Hostile texts are to stay within a factor of two of news, byte for byte or token for token.

#![allow(missing_docs, reason = "criterion's macros write undocumented functions")]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use entente_nlp::{Layout, Pipeline};

/// All reference texts as one, or nothing where they cannot be read.
fn news() -> String {
    let lines = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/texts.jsonl"));
    let lines = lines.unwrap_or_default();
    let texts = lines.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    texts.filter_map(|text| text["text"].as_str().map(|text| text.to_owned() + "\n\n")).collect()
}

/// Words that nobody has met.
fn unseen_words() -> String {
    (0..20_000).fold(String::new(), |text, number| text + "w" + &number.to_string() + "x ")
}

fn loading(criterion: &mut Criterion) {
    criterion.bench_function("load", |bencher| bencher.iter(Pipeline::load));
    criterion.bench_function("load to first token", |bencher| {
        bencher.iter(|| Pipeline::load().map(|pipeline| pipeline.parse("Kyiv hosted talks.").tokens().len()));
    });
}

fn parsing(criterion: &mut Criterion) {
    let Ok(pipeline) = Pipeline::load() else { return };
    let texts = [
        ("news", news()),
        ("a million spaces", " ".repeat(1_000_000)),
        ("one token of 10 MB", "a".repeat(10_000_000)),
        ("brackets", "(".repeat(20_000)),
        ("commas and stops", ".,".repeat(10_000)),
        ("half addresses", "a.b@".repeat(20_000)),
        ("hyphens", "a-".repeat(10_000)),
        ("one sentence", "word ".repeat(20_000)),
        ("control characters", "\u{1}\u{7f} \u{85}".repeat(5_000)),
        ("another script", "习近平主席在北京会见了代表团。".repeat(2_000)),
        ("unseen words", unseen_words()),
    ];
    let mut group = criterion.benchmark_group("tokens");
    group.sample_size(10);
    for (name, text) in &texts {
        let tokens = pipeline.parse_as(text.as_str(), Layout::Flowing).tokens().len();
        // A token of megabytes is measured by its bytes.
        let bytes = text.len() / 6;
        group.throughput(Throughput::Elements(tokens.max(bytes) as u64));
        group.bench_with_input(BenchmarkId::from_parameter(name), text, |bencher, text| {
            bencher.iter(|| pipeline.parse_as(text.as_str(), Layout::Flowing));
        });
    }
    group.finish();
}

criterion_group!(benches, loading, parsing);
criterion_main!(benches);
