//! Speed of loading and parsing, on the reference texts and on texts made to hurt, with line breaks that end a sentence.
//!
//! Hostile texts are to stay within a factor of two of news, byte for byte or token for token: `make bench-nlp` prints the
//! factors, this bench watches the times.

#![allow(missing_docs, reason = "criterion's macros write undocumented functions")]

mod hostile;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use entente_nlp::Pipeline;

fn loading(criterion: &mut Criterion) {
    criterion.bench_function("load", |bencher| bencher.iter(Pipeline::load));
    criterion.bench_function("load to first token", |bencher| {
        bencher.iter(|| Pipeline::load().map(|pipeline| pipeline.parse("Kyiv hosted talks.").tokens().len()));
    });
}

fn parsing(criterion: &mut Criterion) {
    let Ok(pipeline) = Pipeline::load() else { return };
    criterion.bench_function("empty text", |bencher| bencher.iter(|| pipeline.parse("")));
    for unit in ["tokens", "bytes"] {
        let mut group = criterion.benchmark_group(unit);
        group.sample_size(10);
        for (name, text) in &hostile::texts() {
            let tokens = pipeline.parse(text.as_str()).tokens().len();
            // What has a token only in kilobytes is measured by bytes.
            let by_bytes = text.len() > 1000 * tokens;
            if by_bytes != (unit == "bytes") {
                continue;
            }
            let size =
                if by_bytes { Throughput::Bytes(text.len() as u64) } else { Throughput::Elements(tokens as u64) };
            group.throughput(size);
            group.bench_with_input(BenchmarkId::from_parameter(name), text, |bencher, text| {
                bencher.iter(|| pipeline.parse(text.as_str()));
            });
        }
        group.finish();
    }
}

criterion_group!(benches, loading, parsing);
criterion_main!(benches);
