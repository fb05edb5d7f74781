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
    Document, EntitySpan, Parts, Tag, Upos,
    entities::Recogniser,
    layout::{Layout, paragraphs},
    lemmatizer::{Forms, Lemmatizer},
    lexicon::{NO_ROW, Vocabulary},
    parser::{Arc, Parser, State},
    ruler::{Morphology, Ruled, Ruler, Seen},
    tok2vec::{Classifier, DEPTH, Tok2Vec, WIDTH},
    tokenizer::{Memory, Piece, Specials, Tokenizer},
    transition::Scores,
    tree::Trees,
    weights::Weights,
};

/// Word types and rows that a worker remembers before it starts afresh.
const MOST_TYPES: usize = 30_000;
/// Bytes of text that a worker remembers.
const MOST_BYTES: usize = 4 << 20;
/// Tokens that are parsed as one: a longer paragraph is cut.
const LONGEST_PARAGRAPH: usize = 16_384;
/// Tokens whose rows are made at once.
const BATCH: usize = 2048;

/// Why the model could not be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The file of weights cannot be read.
    #[error("the weights are not a safetensors file")]
    Format(#[from] safetensors::SafeTensorError),
    /// A table is not there or is not what it should be.
    #[error("`{name}` is missing from the model or broken")]
    Missing {
        /// Name of the table.
        name: &'static str,
    },
    /// A tensor has another type or number of elements.
    #[error("tensor `{name}` has {found} elements or another type; {expected} were expected")]
    Shape {
        /// Name of the tensor.
        name: String,
        /// Elements expected.
        expected: usize,
        /// Elements found.
        found: usize,
    },
    /// A label is in no inventory.
    #[error("the model names an unknown label or attribute: `{label}`")]
    Label {
        /// The label.
        label: String,
    },
}

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
    tok2vec: Tok2Vec,
    tags: Vec<Tag>,
    tagger: Classifier,
    parser: Parser,
    entity_tok2vec: Tok2Vec,
    recogniser: Recogniser,
    ruler: Ruler,
    lemmatizer: Lemmatizer,
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
    word_rows: Vec<f32>,
    rows: Vec<f32>,
    spare: Vec<f32>,
    entity_rows: Vec<f32>,
    tag_scores: Vec<f32>,
    scores: Scores,
    state: State,
    arcs: Vec<Arc>,
    trees: Trees,
    starts: Vec<bool>,
    seen: Vec<Seen>,
    ruled: Vec<Ruled>,
    entities: Vec<EntitySpan>,
    forms: Forms,
    lemma_keys: FxHashMap<(u32, Upos, u8), (u32, u32)>,
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
        let weights = Weights::open()?;
        let vocabulary = Vocabulary::load(&weights)?;
        let tag = |name: &str| Tag::from_name(name).ok_or_else(|| LoadError::Label { label: name.to_owned() });
        let tags = weights.labels("tags")?.map(tag).collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            specials: Specials::load(&vocabulary)?,
            vocabulary,
            tok2vec: Tok2Vec::load(&weights, "tok2vec", 6)?,
            tagger: Classifier::load(&weights, "tagger", WIDTH, tags.len())?,
            tags,
            parser: Parser::load(&weights)?,
            entity_tok2vec: Tok2Vec::load(&weights, "ner", 4)?,
            recogniser: Recogniser::load(&weights)?,
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
        let pop = |workers: &mut Vec<Box<Worker>>| workers.pop();
        let mut worker = pop(&mut self.workers.lock().unwrap_or_else(PoisonError::into_inner)).unwrap_or_default();
        self.analyse(&text, layout, &mut worker);
        let document = Self::document(text, &worker);
        self.workers.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        document
    }

    fn analyse(&self, text: &str, layout: Layout, worker: &mut Worker) {
        worker.forget_if_full();
        worker.arcs.clear();
        worker.starts.clear();
        worker.ruled.clear();
        worker.entities.clear();
        worker.token_lemmas.clear();
        self.cut(text, layout, worker);
        let mut next = 0;
        while next < worker.paragraphs.len() {
            let first = next;
            let start = worker.paragraphs[first].start;
            next += 1;
            while next < worker.paragraphs.len() && worker.paragraphs[next].end - start <= BATCH {
                next += 1;
            }
            self.embed(first..next, worker);
            let mut offset = DEPTH + 1;
            for paragraph in first..next {
                let range = worker.paragraphs[paragraph].clone();
                let rows = offset * WIDTH..(offset + range.len()) * WIDTH;
                offset += range.len() + DEPTH;
                self.paragraph(range, rows, worker);
            }
        }
        self.lemmatize(worker);
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
            while pieces.len() - first > LONGEST_PARAGRAPH {
                found.push(first..first + LONGEST_PARAGRAPH);
                first += LONGEST_PARAGRAPH;
            }
            if first < pieces.len() {
                found.push(first..pieces.len());
            }
        });
    }

    /// Makes the rows of some paragraphs, with rows of zeros between them and a guard at each end.
    #[allow(clippy::cast_possible_truncation, reason = "the memory is emptied long before")]
    fn embed(&self, paragraphs: Range<usize>, worker: &mut Worker) {
        let Worker { memory, word_rows, rows, entity_rows, spare, .. } = worker;
        let tokens: usize = worker.paragraphs[paragraphs.clone()].iter().map(Range::len).sum();
        let count = tokens + DEPTH * (paragraphs.len() + 1) + 2;
        for list in [&mut *rows, &mut *entity_rows] {
            list.clear();
            list.resize(count * WIDTH, 0.0);
        }
        let mut at = DEPTH + 1;
        for range in &worker.paragraphs[paragraphs] {
            for piece in &worker.pieces[range.clone()] {
                let lexeme = memory.lexicon.get_mut(piece.lexeme);
                let side = usize::from(piece.before_blank);
                let mut make = |network: &Tok2Vec, blank| {
                    let mut row = [0.0; WIDTH];
                    network.word_row(lexeme, blank, &mut row);
                    word_rows.extend_from_slice(&row);
                    (word_rows.len() / WIDTH - 1) as u32
                };
                if lexeme.rows[side] == NO_ROW {
                    let number = make(&self.tok2vec, piece.before_blank);
                    lexeme.rows[side] = number;
                }
                if lexeme.entity_row == NO_ROW {
                    let mut row = [0.0; WIDTH];
                    self.entity_tok2vec.word_row(lexeme, false, &mut row);
                    word_rows.extend_from_slice(&row);
                    lexeme.entity_row = (word_rows.len() / WIDTH - 1) as u32;
                }
                for (list, number) in [(&mut *rows, lexeme.rows[side]), (&mut *entity_rows, lexeme.entity_row)] {
                    let from = number as usize * WIDTH;
                    list[at * WIDTH..(at + 1) * WIDTH].copy_from_slice(&word_rows[from..from + WIDTH]);
                }
                at += 1;
            }
            at += DEPTH;
        }
        self.tok2vec.encode(rows, spare);
        self.entity_tok2vec.encode(entity_rows, spare);
    }

    /// Tags, tree, rules and entities of one paragraph, whose rows lie in `rows`.
    fn paragraph(&self, range: Range<usize>, rows: Range<usize>, worker: &mut Worker) {
        let Worker { memory, pieces, scores, state, arcs, trees, starts, seen, ruled, entities, tag_scores, .. } =
            worker;
        let pieces = &pieces[range.clone()];
        let is_space = |token: usize| memory.lexicon.get(pieces[token].lexeme).is_space;

        let width = self.tagger.width();
        tag_scores.resize(pieces.len() * width, 0.0);
        self.tagger.scores(&worker.rows[rows.clone()], WIDTH, tag_scores);

        self.parser.parse(&worker.rows[rows.clone()], pieces.len(), state, scores, arcs);
        trees.finish(&mut arcs[range.start..], is_space, starts);

        seen.clear();
        seen.extend(pieces.iter().zip(tag_scores.chunks_exact(width)).zip(&arcs[range.start..]).map(
            |((piece, scores), arc)| {
                let lexeme = memory.lexicon.get(piece.lexeme);
                let tag = self.tags[first_highest(&scores[..self.tags.len()])];
                Seen { tag, deprel: arc.label.deprel, word: lexeme.ruled, is_space: lexeme.is_space }
            },
        ));
        // The tree's labels are those before the rules; a root is one by its head.
        for (token, arc) in arcs[range.start..].iter_mut().enumerate() {
            if arc.head as usize == token {
                seen[token].deprel = crate::Deprel::Root;
            }
            arc.head += u32::try_from(range.start).unwrap_or_default();
        }
        self.ruler.apply(seen, ruled);
        self.recogniser.find(
            &worker.entity_rows[rows],
            &starts[range.start..],
            is_space,
            range.start,
            scores,
            entities,
        );
        if let Some(start) = starts.get_mut(range.start) {
            *start = true;
        }
    }

    /// Lemmas of all tokens, each found once for a word, part of speech and morphology.
    #[allow(clippy::cast_possible_truncation, reason = "the memory is emptied long before")]
    fn lemmatize(&self, worker: &mut Worker) {
        let Worker { memory, pieces, ruled, forms, lemma_keys, lemmas, token_lemmas, .. } = worker;
        for (piece, token) in pieces.iter().zip(ruled.iter()) {
            if token.lemma.is_some() {
                token_lemmas.push((0, 0));
                continue;
            }
            let key = (piece.lexeme, token.upos, bits(token.morphology));
            let lemma = *lemma_keys.entry(key).or_insert_with(|| {
                let start = lemmas.len() as u32;
                let word = memory.lexicon.text(piece.lexeme);
                let characters = &self.vocabulary.characters;
                self.lemmatizer.lemmatize(characters, word, token.upos, token.morphology, forms, lemmas);
                (start, lemmas.len() as u32)
            });
            token_lemmas.push(lemma);
        }
    }

    fn document(text: String, worker: &Worker) -> Document {
        let Worker { pieces, ruled, arcs, starts, lemmas, token_lemmas, entities, .. } = worker;
        let parts = pieces.iter().enumerate().map(|(number, piece)| {
            let (token, (start, end)) = (&ruled[number], token_lemmas[number]);
            Parts {
                span: Span::new(piece.start, piece.end),
                tag: token.tag,
                upos: token.upos,
                deprel: token.deprel,
                head: arcs[number].head as usize,
                starts_sentence: starts[number],
                lemma: token.lemma.unwrap_or(&lemmas[start as usize..end as usize]),
            }
        });
        Document::new(text, parts, entities.clone())
    }
}

impl Worker {
    /// Starts the memory afresh when it has grown; what it holds never changes a result.
    fn forget_if_full(&mut self) {
        let bytes = self.memory.lexicon.bytes() + self.lemmas.len();
        if self.memory.lexicon.len() > MOST_TYPES || bytes > MOST_BYTES {
            self.memory.clear();
            self.word_rows.clear();
            self.lemma_keys.clear();
            self.lemmas.clear();
        }
    }
}

/// The morphology as a number.
fn bits(morphology: Morphology) -> u8 {
    let Morphology { singular, numbered, infinitive, finite_present, positive } = morphology;
    [singular, numbered, infinitive, finite_present, positive].iter().fold(0, |bits, &bit| bits << 1 | u8::from(bit))
}

/// The place of the highest score; of equals the first.
fn first_highest(scores: &[f32]) -> usize {
    let mut best = 0;
    for (place, &score) in scores.iter().enumerate() {
        if score > scores[best] {
            best = place;
        }
    }
    best
}
