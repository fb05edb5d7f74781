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
    Deprel, Document, LoadError, Parts, Upos,
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
        let text = text.into();
        let idle = self.workers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut worker = idle.unwrap_or_default();
        worker.forget_if_full();
        self.cut(&text, layout, &mut worker);
        worker.found.clear();
        let Worker { memory, pieces, paragraphs, desk, found, .. } = &mut *worker;
        self.network.analyse(paragraphs, pieces, &mut memory.lexicon, desk, found);
        self.apply_rules(&mut worker);
        self.lemmatize(&mut worker);
        let document = worker.document(text);
        self.workers.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        document
    }

    /// Tokens of the text, and which of them form a paragraph.
    fn cut(&self, text: &str, layout: Layout, worker: &mut Worker) {
        let ruled = |word: &str| self.ruler.word(word);
        let tokenizer = Tokenizer { vocabulary: &self.vocabulary, specials: &self.specials, ruled: &ruled };
        let Worker { memory, pieces, paragraphs: found, .. } = worker;
        pieces.clear();
        found.clear();
        paragraphs(text, layout, |range| {
            let mut first = pieces.len();
            tokenizer.tokenize(&text[range.clone()], range.start, memory, pieces);
            while first < pieces.len() {
                let end = pieces.len().min(first + LONGEST_PARAGRAPH);
                found.push(first..end);
                first = end;
            }
        });
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
        if self.memory.lexicon.len() > MOST_TYPES || bytes > MOST_BYTES {
            self.memory.clear();
            self.desk.forget();
            self.known_lemmas.clear();
            self.lemmas.clear();
        }
    }

    fn document(&self, text: String) -> Document {
        let parts = self.pieces.iter().enumerate().map(|(number, piece)| {
            let (token, (start, end)) = (&self.ruled[number], self.token_lemmas[number]);
            Parts {
                span: Span::new(piece.start, piece.end),
                tag: token.tag,
                upos: token.upos,
                deprel: token.deprel,
                head: self.found.arcs[number].head as usize,
                starts_sentence: self.found.starts[number],
                lemma: token.lemma.unwrap_or(&self.lemmas[start as usize..end as usize]),
            }
        });
        Document::new(text, parts, self.found.entities.clone())
    }
}
