//! Word types and the features that the network sees of them.
//!
//! In: the text of a token and, for exceptions like `n't`, a norm of its own. Out: the number of a [`Lexeme`].
//! "Yemen's" is two types: `Yemen` (norm `yemen`, prefix `Y`, suffix `men`, shape `Xxxxx`) and `'s`.

use std::collections::HashMap;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::{LoadError, characters::Characters, hash::string_hash, lines::Lines, weights::Weights};

static NORMS: Lines = Lines(include_str!("../../../data/model/norms.tsv"));
static SYMBOLS: &str = include_str!("../../../data/model/symbols.tsv");

/// Number of vectors.
pub(crate) const VECTORS: usize = 20_000;
/// Number of keys of vectors.
const KEYS: usize = 514_157;
/// Buckets that the keys are sorted into.
const BUCKETS: usize = 1 << 16;
/// Spreads the small numbers, by which some words are known, over the buckets.
const KEY_FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
/// No row made yet.
pub(crate) const NO_ROW: u32 = u32::MAX;

/// Tables behind the features, the same for every text.
pub(crate) struct Vocabulary {
    pub(crate) characters: Characters,
    symbols: FxHashMap<&'static str, u64>,
    buckets: Vec<u32>,
    prints: &'static [[u8; 3]],
    rows: &'static [[u8; 2]],
}

impl Vocabulary {
    pub(crate) fn load(weights: &Weights) -> Result<Self, LoadError> {
        let symbols = SYMBOLS.lines().filter_map(|line| line.split_once('\t'));
        let mut table = HashMap::with_capacity_and_hasher(512, FxBuildHasher);
        for (name, number) in symbols {
            table.insert(name, number.parse().map_err(|_| LoadError::Missing { name: "symbols.tsv" })?);
        }
        let buckets = weights.words("keys.buckets")?;
        if buckets.len() != BUCKETS + 1 || buckets.iter().any(|&end| end as usize > KEYS) {
            return Err(LoadError::Missing { name: "keys.buckets" });
        }
        Ok(Self {
            characters: Characters::load(weights)?,
            symbols: table,
            buckets,
            prints: weights.bytes("keys.prints", safetensors::Dtype::U8, 3 * KEYS)?.as_chunks::<3>().0,
            rows: weights.shorts("keys.rows", KEYS)?,
        })
    }

    /// The number that the training data knew the string by.
    fn name(&self, string: &str) -> u64 {
        // The longest symbol has 25 letters; every other string is its hash.
        let symbol = if string.len() <= 32 { self.symbols.get(string).copied() } else { None };
        symbol.unwrap_or_else(|| string_hash(string.as_bytes()))
    }

    /// The row of the word's vector.
    #[allow(clippy::cast_possible_truncation, reason = "the top 16 bits and the 24 below")]
    fn vector(&self, key: u64) -> Option<u16> {
        let key = key.wrapping_mul(KEY_FACTOR);
        let bucket = (key >> 48) as usize;
        let print = &((key >> 24) as u32).to_le_bytes()[..3];
        let range = self.buckets[bucket] as usize..self.buckets[bucket + 1] as usize;
        let at = self.prints.get(range.clone())?.iter().position(|found| found == print)?;
        let row = u16::from_le_bytes(self.rows[range.start + at]);
        (usize::from(row) < VECTORS).then_some(row)
    }

    /// The word's norm, unless an exception gives one: a table's, else the word in lower case.
    fn norm(&self, word: &str) -> u64 {
        match NORMS.get(word) {
            Some(norm) => self.name(norm),
            None => self.name(&word.to_lowercase()),
        }
    }

    /// The word's outline: `X` upper case, `x` other letters, `d` digits; runs end after four.
    fn shape(&self, word: &str, shape: &mut String) {
        shape.clear();
        if word.chars().nth(99).is_some() {
            shape.push_str("LONG");
            return;
        }
        let (mut last, mut run) = (None, 0);
        for character in word.chars() {
            let class = self.characters.class(character);
            let sign = match class {
                _ if class.is_letter() && class.is_upper() => 'X',
                _ if class.is_letter() => 'x',
                _ if class.is_digit() => 'd',
                _ => character,
            };
            run = if last == Some(sign) { run + 1 } else { 0 };
            last = Some(sign);
            if run < 4 {
                shape.push(sign);
            }
        }
    }
}

/// One word type.
#[derive(Debug, Clone)]
pub(crate) struct Lexeme {
    /// Where its text lies in the lexicon.
    text: (u32, u32),
    /// Hash of its text.
    pub(crate) hash: u64,
    /// Names of norm, prefix, suffix and shape.
    pub(crate) features: [u64; 4],
    pub(crate) is_space: bool,
    pub(crate) vector: Option<u16>,
    /// Which word of the attribute rules it is; 0 for none.
    pub(crate) ruled: u8,
    /// Rows of the shared network: before nothing, before a blank.
    pub(crate) rows: [u32; 2],
    /// Row of the entity network.
    pub(crate) entity_row: u32,
    /// What both networks make of it where it is a whole paragraph: the first of two rows.
    pub(crate) alone_row: u32,
}

/// Key of a word type: hashes of its text and of its own norm (0 for none).
type Key = (u64, u64);

/// The word types met so far.
#[derive(Default)]
pub(crate) struct Lexicon {
    lexemes: Vec<Lexeme>,
    text: String,
    numbers: HashMap<Key, u32, FxBuildHasher>,
    shape: String,
}

impl Lexicon {
    pub(crate) fn len(&self) -> usize {
        self.lexemes.len()
    }

    /// Bytes of text that it holds.
    pub(crate) fn bytes(&self) -> usize {
        self.text.len()
    }

    pub(crate) fn get(&self, number: u32) -> &Lexeme {
        &self.lexemes[number as usize]
    }

    pub(crate) fn get_mut(&mut self, number: u32) -> &mut Lexeme {
        &mut self.lexemes[number as usize]
    }

    pub(crate) fn text(&self, number: u32) -> &str {
        let (start, end) = self.lexemes[number as usize].text;
        &self.text[start as usize..end as usize]
    }

    /// The type of a word, made when it is new. `ruled` tells the attribute rules' number of a word in lower case.
    #[allow(clippy::cast_possible_truncation, reason = "the lexicon is emptied long before")]
    pub(crate) fn intern(
        &mut self,
        vocabulary: &Vocabulary,
        ruled: impl FnOnce(&str) -> u8,
        word: &str,
        norm: Option<&str>,
    ) -> u32 {
        let key = (string_hash(word.as_bytes()), norm.map_or(0, |norm| string_hash(norm.as_bytes())));
        // Two words may have the same hash, if somebody takes the trouble.
        if let Some(&number) = self.numbers.get(&key)
            && self.text(number) == word
        {
            return number;
        }
        vocabulary.shape(word, &mut self.shape);
        let first = word.chars().next().map_or(0, char::len_utf8);
        let tail = word.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
        let features = [
            norm.map_or_else(|| vocabulary.norm(word), |norm| vocabulary.name(norm)),
            vocabulary.name(&word[..first]),
            vocabulary.name(&word[tail..]),
            vocabulary.name(&self.shape),
        ];
        let start = self.text.len() as u32;
        self.text.push_str(word);
        let number = self.lexemes.len() as u32;
        self.lexemes.push(Lexeme {
            text: (start, self.text.len() as u32),
            hash: key.0,
            features,
            is_space: word.chars().all(|c| vocabulary.characters.class(c).is_space()),
            vector: vocabulary.vector(vocabulary.name(word)),
            ruled: if word.len() <= 32 { ruled(&word.to_lowercase()) } else { 0 },
            rows: [NO_ROW; 2],
            entity_row: NO_ROW,
            alone_row: NO_ROW,
        });
        self.numbers.insert(key, number);
        number
    }
}
