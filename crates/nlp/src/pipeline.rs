//! The whole pipeline: text in, document out.
//!
//! In: an English text. Out: a [`Document`]. "Kyiv hosted talks." gives one sentence with the root "hosted".

use std::{
    ops::Range,
    sync::{Mutex, PoisonError},
};

use entente_model::Span;
use rustc_hash::FxHashMap;

use crate::{
    Deprel, Document, EntitySpan, LoadError, Parts, Upos,
    kernel::Machine,
    layout::{Layout, paragraphs},
    lemmatizer::{Forms, Lemmatizer},
    lexicon::Vocabulary,
    network::{Desk, Found, Network},
    ruler::{Morphology, Ruled, Ruler, Seen},
    tokenizer::{Memory, Piece, Specials, Tokenizer},
    weights::Weights,
};

/// Word types that a worker remembers before it starts afresh.
const MOST_TYPES: usize = 30_000;
/// Bytes of text that a worker remembers.
const MOST_BYTES: usize = 4 << 20;
/// Tokens that are parsed as one: a longer paragraph is cut.
const LONGEST_PARAGRAPH: usize = 16_384;
/// Bytes of a paragraph that is cut into tokens at once.
const LONGEST_LINE: usize = 1 << 18;
/// Tokens after which the document is parsed as far as it is cut, so that memory does not grow with the text.
const SEGMENT: usize = 4096;

/// The language model. One serves all threads.
///
/// ```
/// let pipeline = entente_nlp::Pipeline::load()?;
/// let document = pipeline.parse("Kyiv hosted talks on Tuesday.");
/// let root = document.sentences()[0].root;
/// assert_eq!(document.word(root), "hosted");
/// assert_eq!(document.lemma(root), "host");
/// # Ok::<(), entente_nlp::LoadError>(())
/// ```
pub struct Pipeline {
    vocabulary: Vocabulary,
    specials: Specials,
    network: Network,
    ruler: Ruler,
    lemmatizer: Lemmatizer,
    #[allow(clippy::vec_box, reason = "a worker is large and changes hands")]
    workers: Mutex<Vec<Box<Worker>>>,
}

impl std::fmt::Debug for Pipeline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pipeline").finish_non_exhaustive()
    }
}

/// What one thread works with; reused, so that nothing is allocated for a token.
#[derive(Default)]
struct Worker {
    memory: Memory,
    pieces: Vec<Piece>,
    /// Paragraphs of the text, as bytes.
    lines: Vec<Range<usize>>,
    /// Paragraphs of the segment, as tokens.
    paragraphs: Vec<Range<usize>>,
    desk: Desk,
    found: Found,
    seen: Vec<Seen>,
    ruled: Vec<Ruled>,
    forms: Forms,
    /// Where the lemma of a word with a part of speech and a morphology lies in `lemmas`.
    known_lemmas: FxHashMap<(u32, Upos, Morphology), (u32, u32)>,
    lemmas: String,
    token_lemmas: Vec<(u32, u32)>,
}

impl Pipeline {
    /// Loads the model that is compiled in.
    ///
    /// # Errors
    ///
    /// When the files under `data/model` do not belong together.
    pub fn load() -> Result<Self, LoadError> {
        Self::load_for(Machine::detect())
    }

    fn load_for(machine: Machine) -> Result<Self, LoadError> {
        let weights = Weights::open()?;
        let vocabulary = Vocabulary::load(&weights)?;
        Ok(Self {
            specials: Specials::load(&vocabulary)?,
            vocabulary,
            network: Network::load(&weights, machine)?,
            ruler: Ruler::load()?,
            lemmatizer: Lemmatizer::load(),
            workers: Mutex::default(),
        })
    }

    /// Parses an article: a line break or a list mark ends a sentence.
    pub fn parse(&self, text: impl Into<String>) -> Document {
        self.parse_as(text, Layout::Lines)
    }

    /// Parses a text whose line breaks mean what `layout` says.
    pub fn parse_as(&self, text: impl Into<String>, layout: Layout) -> Document {
        let mut document = Document::begin(text.into());
        let idle = self.workers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut worker = idle.unwrap_or_default();
        worker.lines.clear();
        paragraphs(document.text(), layout, |range| cut_long(document.text(), range, &mut worker.lines));
        let mut done = 0;
        while done < worker.lines.len() {
            worker.forget_if_full();
            done = self.cut(document.text(), done, &mut worker);
            worker.found.clear();
            let Worker { memory, pieces, paragraphs, desk, found, .. } = &mut *worker;
            self.network.analyse(paragraphs, pieces, &mut memory.lexicon, desk, found);
            self.apply_rules(&mut worker);
            self.lemmatize(&mut worker);
            worker.append_to(&mut document);
        }
        document.link();
        self.workers.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        document
    }

    /// Tokens of the next lines, a segment of the text, and which of them form a paragraph. Gives the first line left.
    fn cut(&self, text: &str, first_line: usize, worker: &mut Worker) -> usize {
        let ruled = |word: &str| self.ruler.word(word);
        let tokenizer = Tokenizer { vocabulary: &self.vocabulary, specials: &self.specials, ruled: &ruled };
        let Worker { memory, pieces, paragraphs, lines, .. } = worker;
        pieces.clear();
        paragraphs.clear();
        let mut line = first_line;
        while line < lines.len() && pieces.len() < SEGMENT {
            let mut first = pieces.len();
            tokenizer.tokenize(&text[lines[line].clone()], lines[line].start, memory, pieces);
            while first < pieces.len() {
                let end = pieces.len().min(first + LONGEST_PARAGRAPH);
                paragraphs.push(first..end);
                first = end;
            }
            line += 1;
        }
        line
    }

    /// Parts of speech and morphology, paragraph by paragraph.
    fn apply_rules(&self, worker: &mut Worker) {
        let Worker { memory, pieces, paragraphs, found, seen, ruled, .. } = worker;
        ruled.clear();
        for range in paragraphs {
            seen.clear();
            seen.extend(range.clone().map(|token| {
                let lexeme = memory.lexicon.get(pieces[token].lexeme);
                let arc = found.arcs[token];
                let deprel = if arc.head as usize == token { Deprel::Root } else { arc.label.deprel };
                Seen { tag: found.tags[token], deprel, word: lexeme.ruled, is_space: lexeme.is_space }
            }));
            self.ruler.apply(seen, ruled);
        }
    }

    /// Lemmas of all tokens, each found once for a word, part of speech and morphology.
    #[allow(clippy::cast_possible_truncation, reason = "the memory is emptied long before")]
    fn lemmatize(&self, worker: &mut Worker) {
        let Worker { memory, pieces, ruled, forms, known_lemmas, lemmas, token_lemmas, .. } = worker;
        token_lemmas.clear();
        for (piece, token) in pieces.iter().zip(ruled.iter()) {
            if token.lemma.is_some() {
                token_lemmas.push((0, 0));
                continue;
            }
            let lemma = *known_lemmas.entry((piece.lexeme, token.upos, token.morphology)).or_insert_with(|| {
                let start = lemmas.len() as u32;
                let word = memory.lexicon.text(piece.lexeme);
                let characters = &self.vocabulary.characters;
                self.lemmatizer.lemmatize(characters, word, token.upos, token.morphology, forms, lemmas);
                (start, lemmas.len() as u32)
            });
            token_lemmas.push(lemma);
        }
    }
}

impl Worker {
    /// Starts the memory afresh when it has grown; what it holds never changes a result.
    fn forget_if_full(&mut self) {
        let bytes = self.memory.lexicon.bytes() + self.lemmas.len();
        if self.memory.size() > MOST_TYPES || bytes > MOST_BYTES {
            self.memory.clear();
            self.desk.forget();
            self.known_lemmas.clear();
            self.lemmas.clear();
        }
    }

    /// Appends the tokens and entities of a segment.
    fn append_to(&self, document: &mut Document) {
        let first = document.tokens().len();
        for (number, piece) in self.pieces.iter().enumerate() {
            let (token, (start, end)) = (&self.ruled[number], self.token_lemmas[number]);
            document.push(&Parts {
                span: Span::new(piece.start, piece.end),
                tag: token.tag,
                upos: token.upos,
                deprel: token.deprel,
                head: first + self.found.arcs[number].head as usize,
                starts_sentence: self.found.starts[number],
                lemma: token.lemma.unwrap_or(&self.lemmas[start as usize..end as usize]),
            });
        }
        for entity in &self.found.entities {
            let tokens = first + entity.tokens.start..first + entity.tokens.end;
            document.push_entity(EntitySpan { tokens, label: entity.label });
        }
    }
}

/// Takes in a paragraph; one of more than [`LONGEST_LINE`] bytes is cut at white space.
fn cut_long(text: &str, mut range: Range<usize>, lines: &mut Vec<Range<usize>>) {
    while range.len() > LONGEST_LINE {
        let end = range.start + LONGEST_LINE;
        let limit = (range.start..=end).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(range.start);
        let before = text[range.start..limit].rfind(char::is_whitespace).filter(|&at| at > 0);
        let cut = match before {
            Some(at) => range.start + at,
            None => match text[limit..range.end].find(char::is_whitespace) {
                Some(at) => limit + at,
                None => break,
            },
        };
        lines.push(range.start..cut);
        range.start = cut;
    }
    lines.push(range);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts() -> Vec<String> {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/texts.jsonl");
        let lines = std::fs::read_to_string(path).unwrap();
        let text = |line| serde_json::from_str::<serde_json::Value>(line).unwrap()["text"].as_str().unwrap().to_owned();
        lines.lines().step_by(3).map(text).collect()
    }

    /// Everything that a document holds, as text.
    fn shown(document: &Document) -> String {
        let lemmas: Vec<&str> = (0..document.tokens().len()).map(|token| document.lemma(token)).collect();
        format!("{:?} {lemmas:?} {:?} {:?}", document.tokens(), document.sentences(), document.entities())
    }

    #[test]
    fn every_machine_gives_the_same_documents() {
        let texts = texts();
        let results = Machine::all().into_iter().map(|machine| {
            let pipeline = Pipeline::load_for(machine).unwrap();
            texts.iter().map(|text| shown(&pipeline.parse(text.as_str()))).collect::<Vec<_>>()
        });
        let results: Vec<_> = results.collect();
        assert!(results.iter().all(|result| result == &results[0]));
    }

    #[test]
    fn what_was_parsed_before_and_where_changes_nothing() {
        let texts = texts();
        let fresh = |text: &String| shown(&Pipeline::load().unwrap().parse(text.as_str()));
        let pipeline = Pipeline::load().unwrap();
        std::thread::scope(|scope| {
            let check = |texts: &[String]| texts.iter().map(|text| shown(&pipeline.parse(text.as_str()))).collect();
            let (first, second) = texts.split_at(texts.len() / 2);
            let backwards: Vec<String> = second.iter().rev().cloned().collect();
            let threads = [scope.spawn(move || check(first)), scope.spawn(move || check(&backwards))];
            let [forward, mut back]: [Vec<String>; 2] = threads.map(|thread| thread.join().unwrap());
            back.reverse();
            let all: Vec<String> = forward.into_iter().chain(back).collect();
            for (text, result) in texts.iter().zip(&all).step_by(5) {
                assert_eq!(&fresh(text), result);
            }
        });
    }

    #[test]
    fn paragraphs_are_parsed_alone() {
        let pipeline = Pipeline::load().unwrap();
        let words = ["Kyiv", "hosted", "Kyiv", "\u{1}\u{7f}", "Kyiv"].map(str::to_owned);
        let texts = texts().into_iter().filter(|text| !text.contains(['\n', '\r'])).chain(words);
        let texts: Vec<String> = texts.collect();
        let together = pipeline.parse(texts.join("\n"));
        let alone: Vec<usize> = texts.iter().map(|text| pipeline.parse(text.as_str()).tokens().len()).collect();
        let mut first = 0;
        for (text, count) in texts.iter().zip(alone) {
            let document = pipeline.parse(text.as_str());
            for token in 0..count {
                let (one, other) = (document.token(token), together.token(first + token));
                assert_eq!((one.tag, one.deprel, one.head), (other.tag, other.deprel, other.head - first), "{text}");
            }
            first += count;
        }
    }
}
