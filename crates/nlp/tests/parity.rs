//! Agreement with spaCy on the reference corpus: `make parity` prints it, CI asserts it.
//!
//! In: `tests/reference/texts.jsonl` and spaCy's answers beside it, made by `tools/make_reference.py`.
//! Every difference is listed in `tests/reference/differences.tsv`; `BLESS=1` writes that list anew. The list holds on every
//! machine, because the pipeline's results do.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::{collections::BTreeSet, fmt::Write, io::Read, path::Path};

use entente_nlp::{Document, Layout, Pipeline};

/// One token as spaCy or as the pipeline sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    span: (usize, usize),
    tag: String,
    upos: String,
    deprel: String,
    /// First byte of the head.
    head: usize,
    start: bool,
    entity: String,
    lemma: String,
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference")
}

fn escape(lemma: &str) -> String {
    lemma.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}

/// spaCy's rows, a list for each text.
fn expected() -> Vec<Vec<Row>> {
    let file = std::fs::File::open(folder().join("answers.tsv.gz")).unwrap();
    let mut answers = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut answers).unwrap();
    let mut texts = Vec::new();
    let mut cells: Vec<Vec<&str>> = Vec::new();
    for line in answers.split('\n') {
        if !line.is_empty() {
            cells.push(line.split('\t').collect());
            continue;
        }
        let starts: Vec<usize> = cells.iter().map(|cell| cell[0].parse().unwrap()).collect();
        let row = |cell: &Vec<&str>| Row {
            span: (cell[0].parse().unwrap(), cell[1].parse().unwrap()),
            tag: cell[2].into(),
            upos: cell[3].into(),
            deprel: cell[4].into(),
            head: starts[cell[5].parse::<usize>().unwrap()],
            start: cell[6] == "1",
            entity: cell[7].into(),
            lemma: cell[8].into(),
        };
        texts.push(cells.iter().map(row).collect());
        cells.clear();
    }
    texts.pop();
    texts
}

/// The pipeline's rows of a text.
fn rows(document: &Document) -> Vec<Row> {
    let mut entities = vec![String::from("O"); document.tokens().len()];
    for entity in document.entities() {
        for token in entity.tokens.clone() {
            let side = if token == entity.tokens.start { 'B' } else { 'I' };
            entities[token] = format!("{side}-{}", entity.label.name());
        }
    }
    let row = |number: usize| {
        let token = document.token(number);
        Row {
            span: (token.span.start, token.span.end),
            tag: token.tag.name().into(),
            upos: token.upos.name().into(),
            deprel: token.deprel.name().into(),
            head: document.token(token.head).span.start,
            start: document.sentence_of(number).tokens.start == number,
            entity: std::mem::take(&mut entities[number]),
            lemma: escape(document.lemma(number)),
        }
    };
    (0..document.tokens().len()).map(row).collect()
}

/// Entity spans: first byte, last byte, type.
fn spans(rows: &[Row]) -> BTreeSet<(usize, usize, String)> {
    let mut spans: Vec<(usize, usize, String)> = Vec::new();
    for row in rows {
        match row.entity.split_once('-') {
            Some(("B", label)) => spans.push((row.span.0, row.span.1, label.to_owned())),
            Some(_) => spans.last_mut().unwrap().1 = row.span.1,
            None => {}
        }
    }
    spans.into_iter().collect()
}

/// How often the two agree in one respect.
struct Agreement {
    name: &'static str,
    /// Least share in percent that is accepted.
    least: f64,
    same: usize,
    all: usize,
}

impl Agreement {
    fn count(&mut self, same: bool) {
        self.all += 1;
        self.same += usize::from(same);
    }

    fn percent(&self) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "counts are small")]
        let share = self.same as f64 / self.all as f64;
        100.0 * share
    }
}

#[test]
fn the_pipeline_agrees_with_spacy() {
    let pipeline = Pipeline::load().unwrap();
    let texts = std::fs::read_to_string(folder().join("texts.jsonl")).unwrap();
    let agreement = |name, least| Agreement { name, least, same: 0, all: 0 };
    let [mut tokens, mut tags, mut upos, mut heads, mut labelled, mut starts, mut entities, mut lemmas] = [
        agreement("tokens", 99.99),
        agreement("tags", 99.9),
        agreement("parts of speech", 99.9),
        agreement("heads", 99.9),
        agreement("heads and labels", 99.9),
        agreement("sentence starts", 99.9),
        agreement("entity spans", 99.9),
        agreement("lemmas", 99.5),
    ];
    let mut differences = String::from("text\tbyte\tword\tfield\tspaCy\tours\n");
    let expected = expected();
    assert_eq!(expected.len(), texts.lines().count());
    for (number, (line, theirs)) in texts.lines().zip(&expected).enumerate() {
        let text = serde_json::from_str::<serde_json::Value>(line).unwrap()["text"].as_str().unwrap().to_owned();
        let ours = rows(&pipeline.parse_as(text.as_str(), Layout::Flowing));
        let mut differ = |byte: usize, word: &str, field: &str, spacy: &str, ours: &str| {
            writeln!(differences, "{number}\t{byte}\t{}\t{field}\t{spacy}\t{ours}", escape(word)).unwrap();
        };
        for row in theirs {
            let word = &text[row.span.0..row.span.1];
            let Ok(at) = ours.binary_search_by_key(&row.span, |row| row.span) else {
                tokens.count(false);
                differ(row.span.0, word, "token", "one token", "other tokens");
                continue;
            };
            tokens.count(true);
            let our = &ours[at];
            tags.count(row.tag == our.tag);
            upos.count(row.upos == our.upos);
            heads.count(row.head == our.head);
            labelled.count(row.head == our.head && row.deprel == our.deprel);
            starts.count(row.start == our.start);
            lemmas.count(row.lemma == our.lemma);
            let fields = [
                ("tag", &row.tag, &our.tag),
                ("part of speech", &row.upos, &our.upos),
                ("head", &row.head.to_string(), &our.head.to_string()),
                ("relation", &row.deprel, &our.deprel),
                ("sentence start", &row.start.to_string(), &our.start.to_string()),
                ("entity", &row.entity, &our.entity),
                ("lemma", &row.lemma, &our.lemma),
            ];
            for (field, spacy, ours) in fields.into_iter().filter(|(_, spacy, ours)| spacy != ours) {
                differ(row.span.0, word, field, spacy, ours);
            }
        }
        let (their_spans, our_spans) = (spans(theirs), spans(&ours));
        for span in their_spans.union(&our_spans) {
            entities.count(their_spans.contains(span) && our_spans.contains(span));
        }
    }
    println!("{} texts", expected.len());
    let all = [tokens, tags, upos, heads, labelled, starts, entities, lemmas];
    for agreement in &all {
        let Agreement { name, same, all, least } = agreement;
        println!("{name:18} {:9.4} %  ({} of {all} differ; at least {least} %)", agreement.percent(), all - same);
    }
    for agreement in &all {
        assert!(agreement.percent() >= agreement.least, "{}: {} %", agreement.name, agreement.percent());
    }
    let path = folder().join("differences.tsv");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &differences).unwrap();
    }
    let listed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(listed == differences, "differences.tsv is not what is found now; BLESS=1 writes it anew:\n{differences}");
}
