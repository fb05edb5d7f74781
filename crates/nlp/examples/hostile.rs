//! Measures the pipeline on texts made to hurt: the second table of `make bench-nlp`.
//!
//! In: nothing. Out: for each text its tokens, speed by token and by byte, and how many times slower that is than news, in
//! processor time. A line break ends a sentence; every text is met by pipelines that have seen nothing yet.

#![allow(clippy::print_stdout, clippy::cast_precision_loss, reason = "a program that prints rounded figures")]

#[path = "../benches/hostile/mod.rs"]
mod hostile;

use std::time::Instant;

use entente_nlp::Pipeline;

/// Pipelines that parse a text once each.
const TIMES: usize = 3;

/// Seconds that this thread has had a processor; by the clock where the system does not tell.
fn processor_seconds(started: Instant) -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.as_deref().and_then(|line| line.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| started.elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let started = Instant::now();
    let measured = |text: &str, times: usize| -> Result<(usize, f64), Box<dyn std::error::Error>> {
        let pipelines = (0..TIMES).map(|_| Pipeline::load()).collect::<Result<Vec<_>, _>>()?;
        let (before, mut tokens) = (processor_seconds(started), 0);
        for pipeline in &pipelines {
            for _ in 0..times {
                tokens = pipeline.parse(text).tokens().len();
            }
        }
        Ok((tokens, (processor_seconds(started) - before) / (TIMES * times) as f64))
    };
    let (_, seconds) = measured("", 1_000_000)?;
    println!("empty text: {:.2} µs", seconds * 1e6);
    println!("{:40} {:>8} {:>9} {:>7}   times slower than news", "", "tokens", "tokens/s", "MB/s");
    println!("{:40} {:>8} {:>9} {:>7} {:>9} {:>9}", "", "", "", "", "a token", "a byte");
    let mut news = None;
    for (name, text) in hostile::texts() {
        let (tokens, seconds) = measured(&text, 1)?;
        let (by_token, by_byte) = (seconds / tokens as f64, seconds / text.len() as f64);
        let (news_by_token, news_by_byte) = *news.get_or_insert((by_token, by_byte));
        let (token_factor, byte_factor) = (by_token / news_by_token, by_byte / news_by_byte);
        let speed = if tokens == 0 { "-".to_owned() } else { format!("{:.0}", 1.0 / by_token) };
        let token_factor = if tokens == 0 { "-".to_owned() } else { format!("{token_factor:.2}") };
        println!("{name:40} {tokens:8} {speed:>9} {:7.2} {token_factor:>9} {byte_factor:9.4}", 1e-6 / by_byte);
    }
    Ok(())
}
