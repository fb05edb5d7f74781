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
    tok2vec::{DEPTH, Room, Tok2Vec, WIDTH},
    tokenizer::Piece,
    transition::Scores,
    tree::Trees,
    weights::Weights,
};

/// Tokens whose rows are made at once.
const BATCH: usize = 1024;

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
        while let Some(first) = rest.first() {
            let fits = rest.partition_point(|paragraph| paragraph.end - first.start <= BATCH).max(1);
            let (batch, after) = rest.split_at(fits);
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
        let mut row = DEPTH;
        for range in self.paragraphs {
            let rows = row * WIDTH..(row + range.len()) * WIDTH;
            self.analyse(kernel, range.clone(), rows);
            row += range.len() + DEPTH;
        }
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

    /// Runs both networks over the rows of all paragraphs, with rows of zeros on each side of each.
    #[inline(always)]
    fn encode<K: Kernel>(&mut self, kernel: K) {
        let Desk { word_rows, room, rows, entity_rows, .. } = &mut *self.desk;
        let tokens: usize = self.paragraphs.iter().map(Range::len).sum();
        let count = tokens + DEPTH * (self.paragraphs.len() + 1);
        let word_rows = word_rows.as_chunks::<WIDTH>().0;
        for (list, shared) in [(&mut *rows, true), (&mut *entity_rows, false)] {
            list.clear();
            list.resize(count * WIDTH, 0.0);
            let list_rows = list.as_chunks_mut::<WIDTH>().0;
            let mut at = DEPTH;
            for range in self.paragraphs {
                for (row, piece) in list_rows[at..].iter_mut().zip(&self.pieces[range.clone()]) {
                    let lexeme = self.lexicon.get(piece.lexeme);
                    let number = if shared { lexeme.rows[usize::from(piece.before_blank)] } else { lexeme.entity_row };
                    *row = word_rows[number as usize];
                }
                at += range.len() + DEPTH;
            }
        }
        self.network.tok2vec.encode(kernel, rows, room);
        self.network.entity_tok2vec.encode(kernel, entity_rows, room);
    }

    /// Tags, tree and entities of one paragraph.
    #[inline(always)]
    fn analyse<K: Kernel>(&mut self, kernel: K, range: Range<usize>, rows: Range<usize>) {
        let Network { tags, tag_mask, tagger, parser, recogniser, .. } = self.network;
        let Desk { rows: shared, entity_rows, tag_rows, tag_scores, scores, state, trees, .. } = &mut *self.desk;
        let (pieces, lexicon, found) = (&self.pieces[range.clone()], &*self.lexicon, &mut *self.found);
        let is_space = |token: usize| lexicon.get(pieces[token].lexeme).is_space;
        let shared = &shared[rows.clone()];

        tag_scores.resize(pieces.len() * tagger.width(), 0.0);
        tagger.scores(kernel, shared, WIDTH, tag_rows, tag_scores);
        found.tags.extend(tag_scores.chunks_exact(tagger.width()).map(|scores| tags[best(scores, tag_mask)]));

        let first = found.arcs.len();
        parser.parse(kernel, shared, state, scores, &mut found.arcs);
        let arcs = &mut found.arcs[first..];
        trees.finish(arcs, is_space, &mut found.starts);
        for arc in arcs {
            arc.head += u32::try_from(first).unwrap_or_default();
        }
        let starts = &found.starts[first..];
        let first_entity = found.entities.len();
        recogniser.find(kernel, &entity_rows[rows], starts, is_space, scores, &mut found.entities);
        for entity in &mut found.entities[first_entity..] {
            entity.tokens = entity.tokens.start + first..entity.tokens.end + first;
        }
        if let Some(start) = found.starts.get_mut(first) {
            *start = true;
        }
    }
}

/// Unseen word types whose rows are made at once.
const UNSEEN_AT_ONCE: usize = 24;
