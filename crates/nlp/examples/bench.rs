//! Measures the pipeline: the half of `make bench-nlp` that is ours.
//!
//! In: JSON lines with a `text` on stdin; `--threads N`, `--repeat N`. Out: tokens, seconds, tokens a second, time to the first
//! token and peak memory, as one JSON object.

#![allow(clippy::print_stdout, reason = "a program")]

use std::{
    io::BufRead,
    sync::atomic::{AtomicUsize, Ordering},
    time::Instant,
};

use entente_nlp::{Layout, Pipeline};

/// The value behind an option, or a default.
fn option(name: &str, default: usize) -> usize {
    let mut args = std::env::args().skip_while(|arg| arg != name).skip(1);
    args.next().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// Highest memory use so far, in MB.
fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kilobytes| kilobytes / 1024.0)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (threads, repeat) = (option("--threads", 1), option("--repeat", 1));
    let started = Instant::now();
    let pipeline = Pipeline::load()?;
    let loaded = started.elapsed();
    pipeline.parse("Kyiv hosted talks.");
    let first = started.elapsed();
    let base = peak_memory();
    let mut texts = Vec::new();
    for line in std::io::stdin().lock().lines() {
        let article: serde_json::Value = serde_json::from_str(&line?)?;
        texts.push(article["text"].as_str().unwrap_or_default().to_owned());
    }
    let held: usize = texts.iter().map(String::capacity).sum();
    let (next, tokens) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let started = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= texts.len() * repeat {
                        break;
                    }
                    let document = pipeline.parse_as(texts[number % texts.len()].as_str(), Layout::Lines);
                    tokens.fetch_add(document.tokens().len(), Ordering::Relaxed);
                }
            });
        }
    });
    let seconds = started.elapsed().as_secs_f64();
    let tokens = u32::try_from(tokens.into_inner())?;
    let report = serde_json::json!({
        "threads": threads,
        "texts": texts.len() * repeat,
        "tokens": tokens,
        "seconds": seconds,
        "tokens_per_second": f64::from(tokens) / seconds,
        "load_ms": loaded.as_secs_f64() * 1000.0,
        "first_token_ms": first.as_secs_f64() * 1000.0,
        "memory_after_load_mb": base,
        "peak_memory_mb": peak_memory(),
        "texts_held_mb": f64::from(u32::try_from(held >> 10)?) / 1024.0,
    });
    println!("{report}");
    Ok(())
}
