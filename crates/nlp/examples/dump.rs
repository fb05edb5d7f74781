//! Parses texts and prints what was found, one token a line: the other half of `tools/compare.py`.
//!
//! In: JSON lines with a `text` on stdin. Out: start and end byte, tag, part of speech, relation, head, sentence start,
//! entity and lemma, parted by tabs; an empty line after each text. `--lines` ends sentences at line breaks.

use std::io::{BufRead, BufWriter, Write};

use entente_nlp::{Layout, Pipeline};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let layout = if std::env::args().any(|arg| arg == "--lines") { Layout::Lines } else { Layout::Flowing };
    let pipeline = Pipeline::load()?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let article: serde_json::Value = serde_json::from_str(&line?)?;
        let document = pipeline.parse_as(article["text"].as_str().unwrap_or_default(), layout);
        let mut entities = vec![String::from("O"); document.tokens().len()];
        for entity in document.entities() {
            for token in entity.tokens.clone() {
                let side = if token == entity.tokens.start { 'B' } else { 'I' };
                entities[token] = format!("{side}-{}", entity.label.name());
            }
        }
        for (number, token) in document.tokens().iter().enumerate() {
            let start = document.sentences()[token.sentence].tokens.start == number;
            let lemma = document.lemma(number).replace('\n', "\\n").replace('\t', "\\t");
            writeln!(
                out,
                "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{lemma}",
                token.span.start,
                token.span.end,
                token.tag.name(),
                token.upos.name(),
                token.deprel.name(),
                token.head,
                u8::from(start),
                entities[number],
            )?;
        }
        writeln!(out)?;
    }
    out.flush()?;
    Ok(())
}
