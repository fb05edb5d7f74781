//! Text to tokens.
//!
//! In: a text, white space and all. Out: [`Piece`]s that follow each other without overlap; one blank between two is no token.
//! `He didn't pay $3.5bn (yet).` becomes `He did n't pay $ 3.5bn ( yet ) .`
//! The algorithm is spaCy's: split at white space, look for an exception, take off prefixes and suffixes, then cut at infixes.
//! One thing is ours: the stop behind an amount (`$6m.`) ends the sentence.

mod affixes;
mod special;
mod url;

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::{
    hash::string_hash,
    lexicon::{Lexicon, Vocabulary},
};
pub(crate) use special::Specials;

/// Longest word that is remembered, in bytes.
const LONGEST_REMEMBERED: usize = 64;

/// A token: a range of bytes and a word type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) lexeme: u32,
    /// A blank follows, and is no token.
    pub(crate) before_blank: bool,
}

/// Words cut before, and room to work in.
#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) lexicon: Lexicon,
    cuts: FxHashMap<u64, Range<u32>>,
    cut_lexemes: Vec<u32>,
    suffixes: Vec<Range<usize>>,
    matches: special::Matches,
}

impl Memory {
    /// How many word types or cut words it holds.
    pub(crate) fn size(&self) -> usize {
        self.lexicon.len().max(self.cuts.len() / 4)
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}

/// Cuts text into tokens.
pub(crate) struct Tokenizer<'a> {
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) specials: &'a Specials,
    /// The attribute rules' number of a word in lower case; 0 for none.
    pub(crate) ruled: &'a dyn Fn(&str) -> u8,
}

impl Tokenizer<'_> {
    /// Appends the tokens of `text`, whose bytes are counted from `offset`.
    pub(crate) fn tokenize(&self, text: &str, offset: usize, memory: &mut Memory, pieces: &mut Vec<Piece>) {
        let first = pieces.len();
        let characters = &self.vocabulary.characters;
        let mut start = 0;
        let mut in_space = text.chars().next().is_some_and(|c| characters.class(c).is_space());
        for (at, character) in text.char_indices() {
            if characters.class(character).is_space() == in_space {
                continue;
            }
            if start < at {
                self.word(text, start..at, offset, memory, pieces);
            }
            start = at;
            if character == ' ' {
                if let Some(last) = pieces[first..].last_mut() {
                    last.before_blank = true;
                }
                start += 1;
            }
            in_space = !in_space;
        }
        if start < text.len() {
            self.word(text, start..text.len(), offset, memory, pieces);
        }
        self.specials.merge(self, memory, first, pieces);
    }

    /// One word between white space, or the white space.
    #[allow(clippy::cast_possible_truncation, reason = "the memory is emptied long before")]
    fn word(&self, text: &str, range: Range<usize>, offset: usize, memory: &mut Memory, pieces: &mut Vec<Piece>) {
        let word = &text[range.clone()];
        let start = offset + range.start;
        let remembered = word.len() <= LONGEST_REMEMBERED;
        let key = if remembered { string_hash(word.as_bytes()) } else { 0 };
        let first = pieces.len();
        if remembered && let Some(lexemes) = memory.cuts.get(&key) {
            let mut rest = word;
            for &lexeme in &memory.cut_lexemes[lexemes.start as usize..lexemes.end as usize] {
                // Another word may have the same hash, if somebody takes the trouble.
                let Some(after) = rest.strip_prefix(memory.lexicon.text(lexeme)) else { break };
                let (at, end) = (start + word.len() - rest.len(), start + word.len() - after.len());
                pieces.push(Piece { start: at, end, lexeme, before_blank: false });
                rest = after;
            }
            if rest.is_empty() {
                return;
            }
            pieces.truncate(first);
        }
        self.cut(word, start, true, memory, pieces);
        if remembered {
            let begin = memory.cut_lexemes.len() as u32;
            memory.cut_lexemes.extend(pieces[first..].iter().map(|piece| piece.lexeme));
            memory.cuts.insert(key, begin..memory.cut_lexemes.len() as u32);
        }
    }

    /// Cuts a word at its affixes.
    fn cut(&self, word: &str, offset: usize, with_specials: bool, memory: &mut Memory, pieces: &mut Vec<Piece>) {
        let characters = &self.vocabulary.characters;
        let is_special = |range: Range<usize>| with_specials && self.specials.contains(&word[range]);
        let mut suffixes = std::mem::take(&mut memory.suffixes);
        suffixes.clear();
        let (mut start, mut end) = (0, word.len());
        while start < end && !is_special(start..end) {
            let before = start..end;
            let prefix = affixes::prefix(characters, &word[start..end]);
            if prefix > 0 && start + prefix < end && is_special(start + prefix..end) {
                self.push(word, start..start + prefix, offset, memory, pieces);
                start += prefix;
                break;
            }
            let suffix = affixes::suffix(characters, &word[start + prefix..end]);
            if suffix > 0 && start < end - suffix && is_special(start..end - suffix) {
                suffixes.push(end - suffix..end);
                end -= suffix;
                break;
            }
            if prefix > 0 {
                self.push(word, start..start + prefix, offset, memory, pieces);
                start += prefix;
            }
            if suffix > 0 {
                suffixes.push(end - suffix..end);
                end -= suffix;
            }
            if before == (start..end) {
                break;
            }
        }
        if start < end {
            self.core(word, start..end, offset, with_specials, memory, pieces);
        }
        for suffix in suffixes.drain(..).rev() {
            self.push(word, suffix, offset, memory, pieces);
        }
        memory.suffixes = suffixes;
    }

    /// What is left without affixes: an exception, an address, or parts between infixes.
    fn core(
        &self,
        word: &str,
        range: Range<usize>,
        offset: usize,
        with_specials: bool,
        memory: &mut Memory,
        pieces: &mut Vec<Piece>,
    ) {
        let core = &word[range.clone()];
        if with_specials && let Some(parts) = self.specials.get(core) {
            self.push_special(parts, offset + range.start, memory, pieces);
            return;
        }
        if url::is_url(&self.vocabulary.characters, core) {
            self.push(word, range, offset, memory, pieces);
            return;
        }
        let mut at = 0;
        affixes::infixes(&self.vocabulary.characters, core, |start, end| {
            if start == 0 {
                return;
            }
            if at < start {
                self.push(word, range.start + at..range.start + start, offset, memory, pieces);
            }
            self.push(word, range.start + start..range.start + end, offset, memory, pieces);
            at = end;
        });
        if at < core.len() {
            self.push(word, range.start + at..range.end, offset, memory, pieces);
        }
    }

    fn push(&self, word: &str, range: Range<usize>, offset: usize, memory: &mut Memory, pieces: &mut Vec<Piece>) {
        let lexeme = memory.lexicon.intern(self.vocabulary, self.ruled, &word[range.clone()], None);
        pieces.push(Piece { start: offset + range.start, end: offset + range.end, lexeme, before_blank: false });
    }

    fn push_special(&self, parts: &[special::Part], offset: usize, memory: &mut Memory, pieces: &mut Vec<Piece>) {
        let mut start = offset;
        for part in parts {
            let lexeme = memory.lexicon.intern(self.vocabulary, self.ruled, &part.text, part.norm.as_deref());
            let end = start + part.text.len();
            pieces.push(Piece { start, end, lexeme, before_blank: false });
            start = end;
        }
    }
}
