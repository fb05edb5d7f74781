//! The networks over tokens: vectors, tags, trees and entities.
//!
//! In: tokens in paragraphs. Out: for each token a tag, a head with its relation, and whether a sentence starts; entity spans.
//! Paragraphs are documents of their own; their rows go through one multiplication together.

use std::ops::Range;

use crate::{
    EntitySpan, LoadError, Tag,
    classifier::{Classifier, best},
    entities::Recogniser,
    kernel::{Kernel, Machine, Rows, Task},
    lexicon::{Lexicon, NO_ROW},
    parser::{Arc, Parser, State},
    tok2vec::{MARGIN, Room, Tok2Vec, WIDTH},
    tokenizer::Piece,
    transition::{Scores, Tokens},
    tree::Trees,
    weights::Weights,
};

/// Rows that are worked on at once, those between paragraphs counted in.
const BATCH: usize = 1024;
/// Unseen word types whose rows are made at once.
const UNSEEN_AT_ONCE: usize = 24;
/// Tokens whose tags are scored at once.
const TAGGED_AT_ONCE: usize = 48;

/// All networks.
pub(crate) struct Network {
    tok2vec: Tok2Vec,
    tags: Vec<Tag>,
    tag_mask: Vec<f32>,
    tagger: Classifier,
    parser: Parser,
    entity_tok2vec: Tok2Vec,
    recogniser: Recogniser,
    machine: Machine,
}

/// What the networks say of the tokens of a text.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) tags: Vec<Tag>,
    /// Heads are numbers in the text.
    pub(crate) arcs: Vec<Arc>,
    pub(crate) starts: Vec<bool>,
    pub(crate) entities: Vec<EntitySpan>,
}

impl Found {
    pub(crate) fn clear(&mut self) {
        self.tags.clear();
        self.arcs.clear();
        self.starts.clear();
        self.entities.clear();
    }
}

/// Room to work in, and the rows of the word types met so far.
#[derive(Default)]
pub(crate) struct Desk {
    word_rows: Vec<f32>,
    /// Word types whose row is not made yet, with whether a blank follows.
    unseen: Vec<(u32, bool)>,
    room: Room,
    rows: Vec<f32>,
    entity_rows: Vec<f32>,
    tag_rows: Rows,
    tag_scores: Vec<f32>,
    scores: Scores,
    state: State,
    trees: Trees,
}

impl Desk {
    /// Forgets the rows, together with the lexicon that counts them.
    pub(crate) fn forget(&mut self) {
        self.word_rows.clear();
    }
}

/// Some paragraphs of a text, to be analysed together.
struct Batch<'a> {
    network: &'a Network,
    paragraphs: &'a [Range<usize>],
    pieces: &'a [Piece],
    lexicon: &'a mut Lexicon,
    desk: &'a mut Desk,
    found: &'a mut Found,
}

impl Network {
    pub(crate) fn load(weights: &Weights, machine: Machine) -> Result<Self, LoadError> {
        let tag = |name: &str| Tag::from_name(name).ok_or_else(|| LoadError::Label { label: name.to_owned() });
        let tags = weights.labels("tags")?.map(tag).collect::<Result<Vec<_>, _>>()?;
        let tagger = Classifier::load(weights, "tagger", WIDTH, tags.len())?;
        Ok(Self {
            tok2vec: Tok2Vec::load(weights, "tok2vec", 6)?,
            tag_mask: tagger.mask(|_| true),
            tags,
            tagger,
            parser: Parser::load(weights)?,
            entity_tok2vec: Tok2Vec::load(weights, "ner", 4)?,
            recogniser: Recogniser::load(weights)?,
            machine,
        })
    }

    /// Appends what the networks say of all paragraphs, which follow each other and cover all pieces.
    pub(crate) fn analyse(
        &self,
        paragraphs: &[Range<usize>],
        pieces: &[Piece],
        lexicon: &mut Lexicon,
        desk: &mut Desk,
        found: &mut Found,
    ) {
        let mut rest = paragraphs;
        while !rest.is_empty() {
            let mut slots = 0;
            let fits = rest.iter().take_while(|paragraph| {
                slots += paragraph.len() + 2 * MARGIN;
                slots <= BATCH
            });
            let (batch, after) = rest.split_at(fits.count().max(1));
            self.machine.run(Batch { network: self, paragraphs: batch, pieces, lexicon, desk, found });
            rest = after;
        }
    }
}

impl Task for Batch<'_> {
    #[inline(always)]
    fn run<K: Kernel>(mut self, kernel: K) {
        self.make_word_rows(kernel);
        self.encode(kernel);
        self.tag(kernel);
        self.parse(kernel);
        self.find_entities(kernel);
    }
}

impl Batch<'_> {
    /// Makes the rows of word types that were never met.
    #[inline(always)]
    #[allow(clippy::cast_possible_truncation, reason = "the lexicon is emptied long before")]
    fn make_word_rows<K: Kernel>(&mut self, kernel: K) {
        let Desk { word_rows, unseen, room, .. } = &mut *self.desk;
        let tokens = self.paragraphs.iter().flat_map(|range| &self.pieces[range.clone()]);
        for shared in [true, false] {
            let mut next = (word_rows.len() / WIDTH) as u32;
            unseen.clear();
            for piece in tokens.clone() {
                let lexeme = self.lexicon.get_mut(piece.lexeme);
                let row =
                    if shared { &mut lexeme.rows[usize::from(piece.before_blank)] } else { &mut lexeme.entity_row };
                if *row == NO_ROW {
                    *row = next;
                    next += 1;
                    unseen.push((piece.lexeme, piece.before_blank));
                }
            }
            let network = if shared { &self.network.tok2vec } else { &self.network.entity_tok2vec };
            for some in unseen.chunks(UNSEEN_AT_ONCE) {
                let types = some.iter().map(|&(lexeme, before_blank)| (self.lexicon.get(lexeme), before_blank));
                network.word_rows(kernel, types, room, word_rows);
            }
        }
    }

    /// All tokens of the batch.
    fn tokens(&self) -> Range<usize> {
        let [first, .., last] = self.paragraphs else { return self.paragraphs.first().cloned().unwrap_or(0..0) };
        first.start..last.end
    }

    /// Runs both networks over the rows of all tokens. What they make of a paragraph of one token depends on its type alone
    /// and is remembered with it.
    #[inline(always)]
    #[allow(clippy::cast_possible_truncation, reason = "the lexicon is emptied long before")]
    fn encode<K: Kernel>(&mut self, kernel: K) {
        let first = self.tokens().start;
        let pieces = &self.pieces[self.tokens()];
        let Desk { word_rows, room, rows, entity_rows, .. } = &mut *self.desk;
        rows.clear();
        entity_rows.clear();
        let documents = self.paragraphs.iter().map(|range| range.start - first..range.end - first);
        for document in documents.clone() {
            let known = word_rows.as_chunks::<WIDTH>().0;
            let pieces = &pieces[document];
            let alone_row = self.lexicon.get(pieces[0].lexeme).alone_row;
            if is_alone(pieces) && alone_row != NO_ROW {
                rows.extend_from_slice(&known[alone_row as usize]);
                entity_rows.extend_from_slice(&known[alone_row as usize + 1]);
                continue;
            }
            for piece in pieces {
                let lexeme = self.lexicon.get(piece.lexeme);
                rows.extend_from_slice(&known[lexeme.rows[usize::from(piece.before_blank)] as usize]);
                entity_rows.extend_from_slice(&known[lexeme.entity_row as usize]);
            }
        }
        let lexicon = &*self.lexicon;
        let unknown = documents.clone().filter(|document| {
            let pieces = &pieces[document.clone()];
            !is_alone(pieces) || lexicon.get(pieces[0].lexeme).alone_row == NO_ROW
        });
        self.network.tok2vec.encode(kernel, unknown.clone(), rows, room);
        self.network.entity_tok2vec.encode(kernel, unknown, entity_rows, room);
        for document in documents.filter(|document| is_alone(&pieces[document.clone()])) {
            let lexeme = self.lexicon.get_mut(pieces[document.start].lexeme);
            if lexeme.alone_row == NO_ROW {
                lexeme.alone_row = (word_rows.len() / WIDTH) as u32;
                for rows in [&*rows, &*entity_rows] {
                    word_rows.extend_from_slice(&rows[document.start * WIDTH..document.end * WIDTH]);
                }
            }
        }
    }

    #[inline(always)]
    fn tag<K: Kernel>(&mut self, kernel: K) {
        let Network { tags, tag_mask, tagger, .. } = self.network;
        let Desk { rows, tag_rows, tag_scores, .. } = &mut *self.desk;
        for rows in rows.chunks(TAGGED_AT_ONCE * WIDTH) {
            tag_scores.resize(rows.len() / WIDTH * tagger.width(), 0.0);
            tagger.scores(kernel, rows, WIDTH, tag_rows, tag_scores);
            self.found.tags.extend(tag_scores.chunks_exact(tagger.width()).map(|scores| tags[best(scores, tag_mask)]));
        }
    }

    /// Trees and sentence starts.
    #[inline(always)]
    fn parse<K: Kernel>(&mut self, kernel: K) {
        let first = self.tokens().start;
        let Network { parser, .. } = self.network;
        let Desk { rows, scores, state, trees, .. } = &mut *self.desk;
        let (lexicon, found) = (&*self.lexicon, &mut *self.found);
        parser.restart(scores);
        for range in self.paragraphs {
            let pieces = &self.pieces[range.clone()];
            let is_space = |token: usize| lexicon.get(pieces[token].lexeme).is_space;
            let first_arc = found.arcs.len();
            let tokens = Tokens { rows, first: range.start - first, count: range.len() };
            parser.parse(kernel, tokens, state, scores, &mut found.arcs);
            let arcs = &mut found.arcs[first_arc..];
            trees.finish(arcs, is_space, &mut found.starts);
            for arc in arcs {
                arc.head += u32::try_from(first_arc).unwrap_or_default();
            }
        }
    }

    /// Entities; then the first token of a paragraph starts a sentence, whatever the parser says.
    #[inline(always)]
    fn find_entities<K: Kernel>(&mut self, kernel: K) {
        let first = self.tokens().start;
        let Network { recogniser, .. } = self.network;
        let Desk { entity_rows, scores, .. } = &mut *self.desk;
        let (lexicon, found) = (&*self.lexicon, &mut *self.found);
        recogniser.restart(scores);
        for range in self.paragraphs {
            let pieces = &self.pieces[range.clone()];
            let is_space = |token: usize| lexicon.get(pieces[token].lexeme).is_space;
            let first_entity = found.entities.len();
            let starts = &found.starts[range.clone()];
            let tokens = Tokens { rows: entity_rows, first: range.start - first, count: range.len() };
            recogniser.find(kernel, tokens, starts, is_space, scores, &mut found.entities);
            for entity in &mut found.entities[first_entity..] {
                entity.tokens = entity.tokens.start + range.start..entity.tokens.end + range.start;
            }
            if let Some(start) = found.starts.get_mut(range.start) {
                *start = true;
            }
        }
    }
}

/// Whether these tokens of a paragraph, up to its end, are but one, of which nothing is to be known but its type.
fn is_alone(pieces: &[Piece]) -> bool {
    matches!(pieces, [Piece { before_blank: false, .. }])
}
