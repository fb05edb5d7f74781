//! What a character is, in the sense of the tokenizer that the model was trained behind.
//!
//! In: a character. Out: answers of Python's string methods and of the tokenizer's character classes, from one table.

use crate::{LoadError, weights::Weights};

/// Answers for one character: bits, in the order that `tools/convert_model.py` writes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Class(u16);

macro_rules! questions {
    ($($(#[$meta:meta])* $name:ident = $bit:literal,)+) => {
        impl Class {
            $($(#[$meta])* pub(crate) fn $name(self) -> bool { self.0 >> $bit & 1 == 1 })+
        }
    };
}

questions! {
    /// White space that parts words.
    is_space = 0,
    /// A letter (Unicode category L).
    is_letter = 1,
    /// An upper-case letter.
    is_upper = 2,
    /// A digit of any script.
    is_digit = 3,
    /// A letter of the tokenizer's scripts.
    is_alpha = 4,
    /// A lower-case letter of these, or one of a script without case.
    is_alpha_lower = 5,
    /// An upper-case letter of these, or one of a script without case.
    is_alpha_upper = 6,
    is_quote = 7,
    is_icon = 8,
    /// What a full stop is split off behind.
    parts_stop = 9,
    /// A letter, digit or underscore.
    is_word = 10,
    is_decimal = 11,
    /// Split off in front of a word.
    is_prefix = 12,
    /// Split off behind a word.
    is_suffix = 13,
    /// Split off behind a digit: currency signs and units of one letter.
    is_suffix_of_digit = 14,
}

/// The table.
pub(crate) struct Characters {
    ascii: [Class; 128],
    starts: Vec<u32>,
    answers: &'static [[u8; 2]],
}

impl Characters {
    pub(crate) fn load(weights: &Weights) -> Result<Self, LoadError> {
        let starts = weights.words("characters.starts")?;
        let answers = weights.shorts("characters.answers", starts.len())?;
        let mut table = Self { ascii: [Class(0); 128], starts, answers };
        for code in 0..128u8 {
            table.ascii[usize::from(code)] = table.search(u32::from(code));
        }
        Ok(table)
    }

    pub(crate) fn class(&self, character: char) -> Class {
        match self.ascii.get(character as usize) {
            Some(&class) => class,
            None => self.search(character.into()),
        }
    }

    fn search(&self, code: u32) -> Class {
        let run = self.starts.partition_point(|&start| start <= code);
        Class(self.answers.get(run.wrapping_sub(1)).map_or(0, |&b| u16::from_le_bytes(b)))
    }
}
