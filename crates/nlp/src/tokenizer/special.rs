//! Tokenizer exceptions: strings that are cut in a way of their own, like `can't`, `10am` and `:-)`.
//!
//! In: the table of the weights. Out: the parts of a string; and, over finished tokens, the merging of those that spell an
//! exception which the affixes tore apart: `(` after `8` gives `8)` back as one token, as spaCy's phrase matcher does.

use std::collections::HashMap;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::{Memory, Piece, Tokenizer, affixes};
use crate::{LoadError, hash::string_hash, lexicon::Vocabulary};

static TABLE: &str = include_str!("../../../../data/model/tokenizer.tsv");

/// One token of an exception.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(super) text: String,
    /// Norm, where it is not the word's usual one.
    pub(super) norm: Option<String>,
}

/// All exceptions.
pub(crate) struct Specials {
    table: HashMap<String, Vec<Part>, FxBuildHasher>,
    longest: usize,
    /// Exceptions that the affixes tear apart, as hashes of their tokens, by the first.
    phrases: FxHashMap<u64, Vec<Vec<u64>>>,
}

/// Room to work in: matches and marks of tokens.
#[derive(Default)]
pub(super) struct Matches {
    found: Vec<(usize, usize)>,
    seen: Vec<bool>,
    pieces: Vec<Piece>,
}

fn unescape(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    let mut rest = cell.chars();
    while let Some(character) = rest.next() {
        text.push(match character {
            '\\' => match rest.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('e') => '=',
                other => other.unwrap_or('\\'),
            },
            other => other,
        });
    }
    text
}

impl Specials {
    pub(crate) fn load(vocabulary: &Vocabulary) -> Result<Self, LoadError> {
        let mut specials = Self { table: HashMap::default(), longest: 0, phrases: FxHashMap::default() };
        for line in TABLE.lines() {
            let mut cells = line.split('\t');
            let string = cells.next().map(unescape).ok_or(LoadError::Missing { name: "tokenizer.tsv" })?;
            let parts = cells.map(|cell| match cell.split_once('=') {
                Some((text, norm)) => Part { text: unescape(text), norm: Some(unescape(norm)) },
                None => Part { text: unescape(cell), norm: None },
            });
            specials.longest = specials.longest.max(string.len());
            specials.table.insert(string, parts.collect());
        }
        specials.find_phrases(vocabulary);
        Ok(specials)
    }

    /// Cuts every exception as if it were none, and keeps those that come apart.
    fn find_phrases(&mut self, vocabulary: &Vocabulary) {
        let characters = &vocabulary.characters;
        let mut strings: Vec<&String> = self.table.keys().collect();
        strings.sort_unstable();
        let mut phrases: FxHashMap<u64, Vec<Vec<u64>>> = FxHashMap::default();
        let mut memory = Memory::default();
        let mut pieces = Vec::new();
        let tokenizer = Tokenizer { vocabulary, specials: self, ruled: &|_| 0 };
        for string in strings {
            let mut torn = affixes::prefix(characters, string) > 0 || affixes::suffix(characters, string) > 0;
            affixes::infixes(characters, string, |_, _| torn = true);
            // White space is never torn; a single blank is no token at all.
            if torn {
                pieces.clear();
                tokenizer.cut(string, 0, false, &mut memory, &mut pieces);
                let hashes: Vec<u64> = pieces.iter().map(|p| string_hash(&string.as_bytes()[p.start..p.end])).collect();
                phrases.entry(hashes[0]).or_default().push(hashes);
            }
        }
        self.phrases = phrases;
    }

    pub(super) fn contains(&self, string: &str) -> bool {
        self.get(string).is_some()
    }

    pub(super) fn get(&self, string: &str) -> Option<&[Part]> {
        // The bound keeps long words linear.
        if string.len() > self.longest {
            return None;
        }
        self.table.get(string).map(Vec::as_slice)
    }

    /// Replaces tokens from `first` on that together spell an exception. The longest match wins, then the first.
    pub(super) fn merge(&self, tokenizer: &Tokenizer<'_>, memory: &mut Memory, first: usize, pieces: &mut Vec<Piece>) {
        let hash = |memory: &Memory, piece: &Piece| memory.lexicon.get(piece.lexeme).hash;
        let mut matches = std::mem::take(&mut memory.matches);
        matches.found.clear();
        for at in first..pieces.len() {
            let Some(phrases) = self.phrases.get(&hash(memory, &pieces[at])) else { continue };
            for phrase in phrases {
                let end = at + phrase.len();
                if end <= pieces.len() && (1..phrase.len()).all(|i| hash(memory, &pieces[at + i]) == phrase[i]) {
                    matches.found.push((at, end));
                }
            }
        }
        if !matches.found.is_empty() {
            self.replace(tokenizer, memory, first, pieces, &mut matches);
        }
        memory.matches = matches;
    }

    fn replace(
        &self,
        tokenizer: &Tokenizer<'_>,
        memory: &mut Memory,
        first: usize,
        pieces: &mut Vec<Piece>,
        matches: &mut Matches,
    ) {
        matches.found.sort_unstable_by_key(|&(start, end)| (std::cmp::Reverse(end - start), start));
        matches.seen.clear();
        matches.seen.resize(pieces.len() - first, false);
        let seen = &mut matches.seen;
        matches.found.retain(|&(start, end)| {
            let free = !seen[start - first] && !seen[end - 1 - first];
            seen[start - first..end - first].fill(true);
            free
        });
        matches.found.sort_unstable();
        matches.pieces.clear();
        let mut at = first;
        for &(start, end) in &matches.found {
            let spelt: bool = pieces[start..end].windows(2).all(|pair| pair[0].end == pair[1].start);
            let text: String = pieces[start..end].iter().map(|piece| memory.lexicon.text(piece.lexeme)).collect();
            // spaCy makes `m.` one token in "gave $6m. The", and misses the end of the sentence.
            let unit = start > first
                && text.len() == 2
                && text.ends_with('.')
                && pieces[start - 1].end == pieces[start].start
                && memory.lexicon.text(pieces[start - 1].lexeme).ends_with(|c: char| c.is_ascii_digit());
            if let Some(parts) = self.get(&text).filter(|_| spelt && !unit) {
                matches.pieces.extend_from_slice(&pieces[at..start]);
                let (offset, before_blank) = (pieces[start].start, pieces[end - 1].before_blank);
                tokenizer.push_special(parts, offset, memory, &mut matches.pieces);
                if let Some(last) = matches.pieces.last_mut() {
                    last.before_blank = before_blank;
                }
                at = end;
            }
        }
        matches.pieces.extend_from_slice(&pieces[at..]);
        pieces.truncate(first);
        pieces.append(&mut matches.pieces);
    }
}
